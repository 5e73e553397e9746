"""What an amending document deletes and replaces, read from its own words."""

import re
from collections.abc import Iterable, Iterator

from assistant.clauses.model import Amendment, AmendmentAction, Clause, ClauseKind, Span

_PLACE = r"(?:第[一二三四五六七八九十百\d]+(?:部分|章|节|条|款|项|点|目|段))+"
_DELETE = re.compile(
    rf"将(?P<place>{_PLACE})(?:的)?“(?P<old>[^”]+)”(?:这一(?:内容|表述))?(?:予以)?(?:删去|删除)"
)
_REPLACE = re.compile(
    rf"将(?P<place>{_PLACE})(?:的)?“(?P<old>[^”]+)”(?:修改为|改为|调整为)[：:]?“(?P<new>[^”]+)”"
)
_DELETE_PLACE = re.compile(rf"(?:删去|删除)(?P<place>{_PLACE})")
_NEW_TEXT = re.compile(rf"(?:将)?(?P<place>{_PLACE})修改为[：:]“(?P<new>[^”]+)”")
_TARGET = re.compile(
    r"《[^》]+》[（(](?P<number>[^（）()]*?[〔\[［]\d{4}[〕\]］]\s*\d+\s*号)[）)][^。]*?"
    r"(?:修改|删去|调整)"
)
_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{2,12}?)\s*[〔\[［【(（]\s*(?P<year>(?:19|20)\d{2})\s*"
    r"[〕\]］】)）]\s*(?:第\s*)?(?P<no>\d{1,4})\s*号"
)


def normalize_doc_number(text: str) -> str | None:
    """The 文号 in the first spelling found in `text`, as 嘉政办发〔2024〕16号."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    return f"{found['agency']}〔{found['year']}〕{int(found['no'])}号"


def parse_amendments(clauses: Iterable[Clause]) -> tuple[Amendment, ...]:
    """Every deletion and replacement an amending notice makes, with ranges of the clause's text.

    A place amended without its old wording printed has an empty `old` span at the place's name.
    """
    ordered = list(clauses)
    target = next((t for c in ordered if (t := _target(c))), None)
    if target is None:
        return ()
    return tuple(amendment for c in ordered if c.is_leaf for amendment in _of_clause(c, target))


def _target(clause: Clause) -> str | None:
    if clause.kind in {ClauseKind.TITLE, ClauseKind.DOC_NUMBER}:
        return None
    found = _TARGET.search(clause.text)
    return normalize_doc_number(found["number"]) if found else None


def _of_clause(clause: Clause, target: str) -> Iterator[Amendment]:
    text = clause.text
    taken: list[tuple[int, int]] = []
    for pattern, action in (
        (_REPLACE, AmendmentAction.REPLACE),
        (_DELETE, AmendmentAction.DELETE),
        (_NEW_TEXT, AmendmentAction.REPLACE),
        (_DELETE_PLACE, AmendmentAction.DELETE),
    ):
        groups = pattern.groupindex
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            taken.append(found.span())
            place = Span(*found.span("place"))
            yield Amendment(
                clause_id=clause.clause_id,
                target_doc_number=target,
                place=found["place"],
                action=action,
                old=Span(*found.span("old")) if "old" in groups else Span(place.end, place.end),
                new=Span(*found.span("new")) if "new" in groups else None,
            )
