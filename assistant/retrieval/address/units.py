"""The ladder of a notice, walked rung by rung: 第三部分第（二）项, 第四条第二款, 附件."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses.model import Clause, ClauseKind
from assistant.retrieval.address.spelling import NUMERAL, ordinal_in

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
            rf"第\s*(?P<ordinal>{NUMERAL})\s*(?P<unit>{'|'.join(sorted(_UNIT_WORDS, key=len, reverse=True))})",
            r"\((?P<bracket_han>[一二三四五六七八九十]{1,3})\)",
            r"\((?P<bracket_digit>\d{1,2})\)",
            r"(?<![一-鿿])(?P<section>[一二三四五六七八九十]{1,3})、",
            r"(?<![\d.])(?P<point>\d{1,2})[.、](?!\d)",
            rf"(?P<special>{'|'.join(_SPECIAL)})",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of an address: which kinds may be meant, and the ordinal."""

    kinds: tuple[ClauseKind, ...]
    ordinal: int | None
    said: str


def steps_in(text: str) -> Iterator[Step]:
    """The rungs that folded text names, in the order in which it does."""
    first = True
    for match in _STEP.finditer(text):
        said = match.group().strip()
        groups = match.groupdict()
        if groups["special"]:
            yield Step((_SPECIAL[groups["special"]],), None, said)
        elif groups["unit"]:
            kinds = _UNIT_WORDS[groups["unit"]]
            if first and groups["unit"] == "点":
                kinds = _TOP_POINT
            yield Step(kinds, ordinal_in(groups["ordinal"]), said)
        else:
            yield _plain_step(groups, said)
        first = False


def _plain_step(groups: dict[str, str | None], said: str) -> Step:
    kinds = {
        "bracket_han": (ClauseKind.SUBSECTION, ClauseKind.SUBPOINT),
        "bracket_digit": (ClauseKind.SUBPOINT, ClauseKind.SUBSECTION),
        "section": (ClauseKind.SECTION,),
        "point": (ClauseKind.POINT, ClauseKind.SECTION),
    }
    name = next(name for name in kinds if groups[name])
    return Step(kinds[name], ordinal_in(groups[name] or ""), said)


def walk(clauses: Sequence[Clause], steps: Sequence[Step]) -> tuple[list[Clause], str | None]:
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


def _is_lower(step: Step, clause: Clause) -> bool:
    """Whether the rung can only be meant below the clause, as 款 below 条."""
    if clause.kind not in _RUNGS or step.ordinal is None:
        return False
    return all(
        kind in _RUNGS and _RUNGS.index(kind) > _RUNGS.index(clause.kind) for kind in step.kinds
    )


def _resolve(clauses: Sequence[Clause], below: Clause | None, step: Step) -> Clause | None:
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
        return ordinal_in(clause.number) == ordinal
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
