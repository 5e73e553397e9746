"""Notices and their units found by what they are called: 文号, 标题, 第三条, （一）, a heading."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.clauses.effectivity import binding_period
from assistant.clauses.model import FURNITURE, Clause, ClauseKind, Notice
from assistant.retrieval.model import NEVER, OPEN_END, AddressHit, Scope, day_number
from assistant.retrieval.snapshot import Snapshot

_YEAR = r"(?:19|20)\d{2}"
_ISSUER_END = "发函办令字规告通"
_NUMERAL = r"[0-9]{1,3}|[零一二三四五六七八九十百]{1,5}"

# 嘉政办发[2024]16号, 嘉政办发(2024)第16号, 2024年16号文: brackets and 第 are optional.
_NUMBER = re.compile(
    rf"(?P<issuer>[一-鿿]{{0,20}})\s*\[?\s*(?P<year>{_YEAR})\s*年?\s*\]?\s*第?\s*(?P<serial>\d{{1,4}})\s*号"
)
# 2024年嘉政办发16号
_YEAR_FIRST = re.compile(
    rf"(?P<year>{_YEAR})\s*年?\s*的?(?P<issuer>[一-鿿]{{2,12}}[{_ISSUER_END}])\s*第?\s*(?P<serial>\d{{1,4}})\s*号"
)
# 嘉政办发16号, 16号文
_NO_YEAR = re.compile(
    rf"(?P<issuer>[一-鿿]{{1,20}}[{_ISSUER_END}])\s*第?\s*(?P<serial>\d{{1,4}})\s*号"
)
_BARE = re.compile(rf"(?P<serial>{_NUMERAL})\s*号(?:文件|文)")
_STORED = re.compile(rf"^(?P<issuer>[^〔]*)〔(?P<year>{_YEAR})〕(?P<serial>\d+)号$")
# What may stand before an abbreviated 文号 without being part of it.
_LEAD_IN = re.compile(
    r"(?:^|看|查|问|的|和|与|跟|及|是|据|按|照|在|对|据|于|到|下|文件|文号|请问|帮我)$"
)

_QUOTED = re.compile(r"《([^《》]{2,80})》")
_TITLE_FRAME = re.compile(r"^.*?(?:关于(?:印发|公布|转发|下发)?)|(?:的?(?:通知|意见|公告|函))+$")
_PUNCTUATION = re.compile(r"[\W_]+")
_SHARE_OF_TITLE = 0.75  # so much of a title's pairs of characters must stand in the question
_LEAST_HEADING = 5

_UNIT_WORDS: dict[str, tuple[ClauseKind, ...]] = {
    "部分": (ClauseKind.SECTION, ClauseKind.CHAPTER, ClauseKind.ARTICLE),
    "大点": (ClauseKind.SECTION, ClauseKind.ARTICLE),
    "大项": (ClauseKind.SECTION, ClauseKind.ARTICLE),
    "大条": (ClauseKind.SECTION, ClauseKind.ARTICLE),
    "章": (ClauseKind.CHAPTER, ClauseKind.SECTION),
    "节": (ClauseKind.SECTION,),
    "条": (ClauseKind.ARTICLE, ClauseKind.SECTION, ClauseKind.SUBSECTION, ClauseKind.POINT),
    "小点": (ClauseKind.POINT, ClauseKind.SUBSECTION, ClauseKind.SUBPOINT),
    "点": (ClauseKind.POINT, ClauseKind.SUBSECTION, ClauseKind.SECTION, ClauseKind.SUBPOINT),
    "项": (ClauseKind.SUBSECTION, ClauseKind.POINT, ClauseKind.SUBPOINT, ClauseKind.SECTION),
    "目": (ClauseKind.SUBPOINT, ClauseKind.POINT),
    "自然段": (ClauseKind.PARAGRAPH,),
    "段": (ClauseKind.PARAGRAPH,),
    "款": (ClauseKind.PARAGRAPH, ClauseKind.SUBSECTION),
}
_TOP_POINT = (ClauseKind.SECTION, ClauseKind.ARTICLE, ClauseKind.POINT, ClauseKind.SUBSECTION)
_SPECIAL: dict[str, ClauseKind] = {
    "附件": ClauseKind.ANNEX,
    "标题": ClauseKind.TITLE,
    "题目": ClauseKind.TITLE,
    "落款": ClauseKind.SIGNATURE,
    "署名": ClauseKind.SIGNATURE,
    "成文日期": ClauseKind.SIGNATURE,
    "主送机关": ClauseKind.ADDRESSEE,
    "抬头": ClauseKind.ADDRESSEE,
    "引言": ClauseKind.CHAPEAU,
    "开头": ClauseKind.CHAPEAU,
    "结尾": ClauseKind.CLOSING,
}
_STEP = re.compile(
    "|".join(
        (
            rf"第\s*(?P<ordinal>{_NUMERAL})\s*(?P<unit>{'|'.join(sorted(_UNIT_WORDS, key=len, reverse=True))})",
            r"\((?P<bracket_han>[一二三四五六七八九十]{1,3})\)",
            r"\((?P<bracket_digit>\d{1,2})\)",
            r"(?<![一-鿿])(?P<section>[一二三四五六七八九十]{1,3})、",
            r"(?<![\d.])(?P<point>\d{1,2})[.、](?!\d)",
            rf"(?P<special>{'|'.join(_SPECIAL)})",
        )
    )
)


@dataclass(frozen=True, slots=True)
class _Number:
    """A 文号 as a question gives it; what it leaves out is None."""

    issuer: str | None
    year: int | None
    serial: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Step:
    """One rung of an address: which kinds may be meant, and the ordinal."""

    kinds: tuple[ClauseKind, ...]
    ordinal: int | None
    said: str


@dataclass(frozen=True, slots=True)
class _Named:
    """A notice that the question names."""

    notice_id: str
    words: str
    exact: bool


class AddressBook:
    """Finds what a question names in one corpus; its tables are made when first needed."""

    def __init__(self, view: Snapshot) -> None:
        self._view = view

    def find(
        self, query: str, scope: Scope, nearest: Callable[[], Iterable[str]]
    ) -> tuple[AddressHit, ...]:
        """Everything named, full names first, then what is in `scope`.

        `nearest` gives clauses that resemble the query, for headings quoted without a notice.
        """
        text = _fold(query)
        numbers = list(_numbers(text))
        named = [hit for number in numbers for hit in self._by_number(text, number)]
        rest = _blank(text, numbers)
        if not named and not numbers:
            named = list(self._by_title(text))
            rest = _QUOTED.sub("", rest)
        hits = [hit for notice in named for hit in self._within(notice, rest, query)]
        if not named and not numbers:
            hits = list(self._by_heading(text, nearest()))
        order = {hit: place for place, hit in reversed(list(enumerate(hits)))}
        return tuple(
            sorted(
                order, key=lambda hit: (not hit.exact, not self._in_scope(hit, scope), order[hit])
            )
        )

    @cached_property
    def _numbered(self) -> dict[int, list[tuple[str, int, str]]]:
        """Notices by the serial of their 文号: issuer, year, id."""
        table: dict[int, list[tuple[str, int, str]]] = {}
        for entry in self._view.catalogue:
            match = _STORED.match(entry.doc_number or "")
            if match:
                row = (_fold(match["issuer"]), int(match["year"]), entry.notice_id)
                table.setdefault(int(match["serial"]), []).append(row)
        return table

    @cached_property
    def _titles(self) -> list[tuple[str, str, frozenset[str]]]:
        """Every notice: id, title without punctuation, pairs of characters of its core."""
        rows = []
        for entry in self._view.catalogue:
            title = _letters(_fold(entry.title))
            rows.append((entry.notice_id, title, _pairs(_core(title))))
        return rows

    @cached_property
    def _titles_by_pair(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for row, (_, _, pairs) in enumerate(self._titles):
            for pair in pairs:
                table.setdefault(pair, []).append(row)
        return table

    def _by_number(self, text: str, number: _Number) -> Iterator[_Named]:
        words = text[number.start : number.end]
        rows = [
            row for row in self._numbered.get(number.serial, ()) if number.year in {None, row[1]}
        ]
        issuer = number.issuer or ""
        full = [row for row in rows if issuer.endswith(row[0])]
        if full:
            longest = max(len(row[0]) for row in full)
            for row in full:
                if len(row[0]) == longest:
                    yield _Named(row[2], words, exact=number.year is not None)
            return
        for row in rows:
            if not _names_issuer(issuer) or _abbreviates(issuer, row[0]):
                yield _Named(row[2], words, exact=False)

    def _by_title(self, text: str) -> Iterator[_Named]:
        quoted = [_letters(title) for title in _QUOTED.findall(text)]
        for title in quoted or [_letters(text)]:
            found = sorted(self._title_matches(title, quoted=bool(quoted)), reverse=True)
            for share, row in found:
                if share >= found[0][0] - 1e-9:
                    yield _Named(self._titles[row][0], title, exact=share >= 1.0)

    def _title_matches(self, said: str, *, quoted: bool) -> Iterator[tuple[float, int]]:
        pairs = _pairs(said)
        rows = {row for pair in pairs for row in self._titles_by_pair.get(pair, ())}
        for row in rows:
            _, title, core = self._titles[row]
            if title in said or (quoted and said == title):
                yield 2.0, row
                continue
            share = len(pairs & core) / len(core)
            if quoted and said in title:
                share = max(share, _SHARE_OF_TITLE)
            if share >= _SHARE_OF_TITLE:
                yield share, row

    def _within(self, named: _Named, rest: str, query: str) -> Iterator[AddressHit]:
        """The units of a named notice that the question names; the notice itself if it names none."""
        clauses = self._view.clauses_of(named.notice_id)
        steps = list(_steps(rest))
        found, missing = _walk(clauses, steps) if steps else (_by_own_heading(clauses, query), None)
        for clause in found:
            yield AddressHit(named.notice_id, clause.clause_id, named.words, named.exact)
        if not found:
            yield AddressHit(named.notice_id, None, named.words, named.exact, missing)

    def _by_heading(self, text: str, nearest: Iterable[str]) -> Iterator[AddressHit]:
        """Units whose heading the question quotes, among those around the nearest clauses."""
        said = _letters(text)
        seen: dict[str, Clause] = {}
        for clause_id in nearest:
            clause: Clause | None = self._view.clause(clause_id)
            while clause is not None and clause.clause_id not in seen:
                seen[clause.clause_id] = clause
                clause = self._view.clause(clause.parent_id) if clause.parent_id else None
        quoted = [c for c in seen.values() if _quotes_heading(said, c)]
        longest = max((len(_letters(_fold(c.heading))) for c in quoted), default=0)
        for clause in quoted:
            heading = _letters(_fold(clause.heading))
            if len(heading) == longest:
                yield AddressHit(
                    clause.notice_id,
                    clause.clause_id,
                    clause.heading,
                    exact=len(said) <= 2 * longest,
                )

    def _in_scope(self, hit: AddressHit, scope: Scope) -> bool:
        notice = self._view.notice(hit.notice_id)
        if hit.clause_id is not None:
            first, last = binding_period(self._view, self._view.clause(hit.clause_id))
        else:
            first, last = _life(notice)
        return scope.admits(
            int(notice.jurisdiction),
            NEVER if first is None else day_number(first),
            OPEN_END if last is None else day_number(last),
        )


def named_numbers(query: str) -> tuple[str, ...]:
    """Every complete 文号 in a question, normalised, whether the corpus holds it or not.

    The issuer is all Han text before the year, so it may begin with other words of the sentence.
    """
    return tuple(
        f"{number.issuer}〔{number.year}〕{number.serial}号"
        for number in _numbers(_fold(query))
        if number.year is not None and _names_issuer(number.issuer or "")
    )


def _life(notice: Notice) -> tuple[date | None, date | None]:
    return (notice.effective_from, notice.effective_to) if notice.binds else (None, None)


def _fold(text: str) -> str:
    """Width folded, all square brackets alike."""
    folded = unicodedata.normalize("NFKC", text).translate(str.maketrans("〔〕【】〖〗", "[][][]"))
    return re.sub(r"\((?=\s*(?:19|20)\d{2}\s*年?\s*\))", "[", folded).replace(")号", "]号")


def _letters(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _core(title: str) -> str:
    """A title without issuer and 的通知, unless nothing telling would remain."""
    core = _TITLE_FRAME.sub("", title)
    return core if len(core) >= 6 else title


def _numbers(text: str) -> Iterator[_Number]:
    taken: list[tuple[int, int]] = []
    for pattern in (_YEAR_FIRST, _NUMBER, _NO_YEAR, _BARE):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            groups = match.groupdict()
            serial = _ordinal(groups["serial"])
            if serial is None:
                continue
            taken.append(match.span())
            year = groups.get("year")
            yield _Number(
                groups.get("issuer"),
                int(year) if year else None,
                serial,
                match.start(),
                match.end(),
            )


def _names_issuer(issuer: str) -> bool:
    return len(issuer) >= 2 and issuer[-1] in _ISSUER_END


def _abbreviates(said: str, issuer: str) -> bool:
    """Whether what was said ends in a shortened form: 政办发 for 嘉政办发, never for 浙政办发."""
    length = 0
    while length < min(len(said), len(issuer)) and said[-1 - length] == issuer[-1 - length]:
        length += 1
    return length >= 2 and _LEAD_IN.search(said[: len(said) - length]) is not None


def _blank(text: str, numbers: Iterable[_Number]) -> str:
    for number in numbers:
        text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text


def _steps(text: str) -> Iterator[_Step]:
    first = True
    for match in _STEP.finditer(text):
        said = match.group().strip()
        groups = match.groupdict()
        if groups["special"]:
            yield _Step((_SPECIAL[groups["special"]],), None, said)
        elif groups["unit"]:
            kinds = _UNIT_WORDS[groups["unit"]]
            if first and groups["unit"] == "点":
                kinds = _TOP_POINT
            yield _Step(kinds, _ordinal(groups["ordinal"]), said)
        else:
            yield _plain_step(groups, said)
        first = False


def _plain_step(groups: dict[str, str | None], said: str) -> _Step:
    kinds = {
        "bracket_han": (ClauseKind.SUBSECTION, ClauseKind.SUBPOINT),
        "bracket_digit": (ClauseKind.SUBPOINT, ClauseKind.SUBSECTION),
        "section": (ClauseKind.SECTION,),
        "point": (ClauseKind.POINT, ClauseKind.SECTION),
    }
    name = next(name for name in kinds if groups[name])
    return _Step(kinds[name], _ordinal(groups[name] or ""), said)


def _walk(clauses: Sequence[Clause], steps: Sequence[_Step]) -> tuple[list[Clause], str | None]:
    """Follow the rungs downwards; a rung that is not below the last one starts a new address."""
    found: list[Clause] = []
    missing = ""
    below: Clause | None = None
    for step in steps:
        inside = _resolve(clauses, below, step)
        if inside is not None and below is not None:
            found[-1] = inside
        elif inside is None and below is not None and _is_lower(step, below):
            # 第三条第九款, where 第三条 has no 第九款: the address as a whole names nothing.
            missing += found.pop().number + step.said
            below = None
            continue
        else:
            inside = inside or _resolve(clauses, None, step)
            if inside is None:
                missing += step.said
                below = None
                continue
            found.append(inside)
        below = inside
    return found, missing or None


_RUNGS = (
    ClauseKind.CHAPTER,
    ClauseKind.ARTICLE,
    ClauseKind.SECTION,
    ClauseKind.SUBSECTION,
    ClauseKind.POINT,
    ClauseKind.SUBPOINT,
    ClauseKind.PARAGRAPH,
)


def _is_lower(step: _Step, clause: Clause) -> bool:
    """Whether the rung can only be meant below the clause, as 款 below 条."""
    if clause.kind not in _RUNGS or step.ordinal is None:
        return False
    return all(
        kind in _RUNGS and _RUNGS.index(kind) > _RUNGS.index(clause.kind) for kind in step.kinds
    )


def _resolve(clauses: Sequence[Clause], below: Clause | None, step: _Step) -> Clause | None:
    inside = list(_descendants(clauses, below)) if below is not None else list(clauses)
    for kind in step.kinds:
        found = [c for c in inside if c.kind is kind and _bears(c, step.ordinal, below, clauses)]
        if found:
            # The 办法 or 意见 itself is meant before its covering 通知, an upper rung before a lower.
            return min(found, key=lambda c: (c.part != "main", _depth(c, clauses), c.ordinal))
    if below is not None and step.kinds[0] is ClauseKind.PARAGRAPH and step.ordinal == 1:
        return below if below.is_leaf else None
    return None


def _bears(
    clause: Clause, ordinal: int | None, below: Clause | None, clauses: Sequence[Clause]
) -> bool:
    if ordinal is None:
        return True
    if clause.kind is not ClauseKind.PARAGRAPH:
        return _ordinal(clause.number) == ordinal
    parent_id = below.clause_id if below is not None else None
    siblings = [
        c
        for c in clauses
        if c.kind is clause.kind and c.parent_id == parent_id and c.part == clause.part
    ]
    return clause in siblings and siblings.index(clause) + 1 == ordinal


def _descendants(clauses: Sequence[Clause], root: Clause) -> Iterator[Clause]:
    inside = {root.clause_id}
    for clause in clauses:
        if clause.parent_id in inside:
            inside.add(clause.clause_id)
            yield clause


def _depth(clause: Clause, clauses: Sequence[Clause]) -> int:
    parents = {c.clause_id: c.parent_id for c in clauses}
    depth = 0
    parent = clause.parent_id
    while parent is not None:
        depth += 1
        parent = parents.get(parent)
    return depth


def _by_own_heading(clauses: Sequence[Clause], query: str) -> list[Clause]:
    said = _letters(_fold(query))
    quoted = [c for c in clauses if _quotes_heading(said, c)]
    longest = max((len(c.heading) for c in quoted), default=0)
    return [c for c in quoted if len(c.heading) == longest][:1]


def _quotes_heading(said: str, clause: Clause) -> bool:
    heading = _letters(_fold(clause.heading))
    return clause.kind not in FURNITURE and len(heading) >= _LEAST_HEADING and heading in said


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_ORDINAL = re.compile(_NUMERAL)


def _ordinal(text: str) -> int | None:
    """The number in 三、 第十二条 （一） 1. (1)."""
    match = _ORDINAL.search(unicodedata.normalize("NFKC", text))
    if match is None:
        return None
    said = match.group()
    if said.isdigit():
        return int(said)
    total = digit = 0
    for character in said:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
    return total + digit
