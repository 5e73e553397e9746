"""Notices and their units found by what they are called: 文号, 标题, 第三条, （一）, a heading."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.clauses.effectivity import binding_period
from assistant.clauses.model import FURNITURE, Clause, ClauseKind, Notice
from assistant.clauses.numerals import ordinal
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

_YEAR_IN_PARENTHESES = re.compile(rf"\(\s*({_YEAR})\s*年?\s*\)")

_QUOTED = re.compile(r"《([^《》]{2,80})》")
_TITLE_FRAME = re.compile(
    r"^(?:(?P<issuer>.{2,20}?)关于)?(?:印发|公布|转发|下发)?(?P<core>.+?)"
    r"(?:的?(?:通知|意见|公告|函|征求意见稿|政策解读))*$"
)
_PUNCTUATION = re.compile(r"[\W_]+")
_SHARE_OF_TITLE = 0.75  # so much of a title's pairs of characters must stand in the question
_LEAST_HEADING = 5
_LEAST_CORE = 6

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


@dataclass(frozen=True, slots=True)
class _Title:
    """A title without punctuation, its issuer, and the pairs of characters of its core."""

    notice_id: str
    letters: str
    issuer: str
    core: frozenset[str]


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
        whole = self._whole_title(text)
        # The title of an amendment holds the number of what it amends.
        numbers = [n for n in _numbers(text) if whole is None or not _stands_in(text, n, whole)]
        named = [hit for number in numbers for hit in self._by_number(text, number)]
        if whole is not None:
            named.append(_Named(whole.notice_id, whole.letters, exact=True))
        elif not numbers:
            named = list(self._by_part_of_title(text))
        rest = _QUOTED.sub("", _blank(text, numbers))
        hits = [hit for notice in named for hit in self._within(notice, rest)]
        if not named and not numbers:
            hits = list(self._by_heading(text, nearest()))
        first: dict[tuple[str, str | None], AddressHit] = {}
        for hit in hits:
            first.setdefault((hit.notice_id, hit.clause_id), hit)
        # Stable: what the question names first stays first among equals.
        return tuple(
            sorted(first.values(), key=lambda hit: (not hit.exact, not self._in_scope(hit, scope)))
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
    def _titles(self) -> list[_Title]:
        """Every notice's title, taken apart once."""
        return [_title(entry.notice_id, entry.title) for entry in self._view.catalogue]

    @cached_property
    def _titles_by_pair(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for row, title in enumerate(self._titles):
            for pair in title.core:
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

    def _whole_title(self, text: str) -> _Title | None:
        """The longest title that stands in the question in full."""
        said = _letters(text)
        titles = (self._titles[row] for row in self._candidates(said))
        return max((title for title in titles if title.letters in said), key=_length, default=None)

    def _by_part_of_title(self, text: str) -> Iterator[_Named]:
        """Notices most of whose title stands in the question, the likest only."""
        said = _letters(text)
        quoted = [_letters(title) for title in _QUOTED.findall(text)]
        titles = [self._titles[row] for row in self._candidates(said)]
        for words in quoted or [said]:
            scored = [(_likeness(title, words, quoted=bool(quoted)), title) for title in titles]
            best = max((score for score, _ in scored), default=0.0)
            for score, title in scored:
                if score >= max(best - 1e-9, _SHARE_OF_TITLE):
                    yield _Named(title.notice_id, words, exact=score >= 1.0)

    def _candidates(self, said: str) -> list[int]:
        """Titles that share a pair of characters with the question."""
        return sorted({row for pair in _pairs(said) for row in self._titles_by_pair.get(pair, ())})

    def _within(self, named: _Named, rest: str) -> Iterator[AddressHit]:
        """The units of a named notice that the question names; the notice itself if it names none."""
        clauses = self._view.clauses_of(named.notice_id)
        steps = list(_steps(rest))
        found, missing = (
            _walk(clauses, steps) if steps else (_by_own_heading(clauses, named, rest), None)
        )
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
    return _YEAR_IN_PARENTHESES.sub(r"[\1]", folded)


def _letters(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _title(notice_id: str, title: str) -> _Title:
    """The title taken apart; its core is what is left without issuer, 关于 and 的通知."""
    letters = _letters(_fold(title))
    framed = _TITLE_FRAME.match(letters)
    core = framed["core"] if framed and len(framed["core"]) >= _LEAST_CORE else letters
    return _Title(notice_id, letters, (framed["issuer"] or "") if framed else "", _pairs(core))


def _length(title: _Title) -> int:
    return len(title.letters)


def _likeness(title: _Title, said: str, *, quoted: bool) -> float:
    """How much of the title was said; naming the issuer tells equal titles apart."""
    share = len(_pairs(said) & title.core) / max(1, len(title.core))
    if quoted and said in title.letters:
        share = max(share, _SHARE_OF_TITLE)
    if share >= _SHARE_OF_TITLE and title.issuer and title.issuer in said:
        share += 0.5
    return share


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


def _stands_in(text: str, number: _Number, title: _Title) -> bool:
    """Whether year and serial are part of the title, whatever words precede them."""
    return _letters(text[number.start : number.end])[-6:] in title.letters


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


def _by_own_heading(clauses: Sequence[Clause], named: _Named, rest: str) -> list[Clause]:
    """The unit whose heading is quoted, apart from the words that name the notice."""
    said = _letters(rest).replace(_letters(named.words), "")
    quoted = [c for c in clauses if _quotes_heading(said, c)]
    longest = max((len(c.heading) for c in quoted), default=0)
    return [c for c in quoted if len(c.heading) == longest][:1]


def _quotes_heading(said: str, clause: Clause) -> bool:
    heading = _letters(_fold(clause.heading))
    return clause.kind not in FURNITURE and len(heading) >= _LEAST_HEADING and heading in said


_ORDINAL = re.compile(_NUMERAL)


def _ordinal(text: str) -> int | None:
    """The number in 三、 第十二条 （一） 1. (1)."""
    match = _ORDINAL.search(unicodedata.normalize("NFKC", text))
    return ordinal(match.group()) if match else None
