"""Four of the rules written out by hand, each with a trace: what a decision costs at the least.

No validity, no doubts, no unknown facts but by absence, no quotes held against the text: a floor
to measure the engine against, and a second opinion on its verdicts.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple


class Step(NamedTuple):
    """One condition: how it stands, on which fact, on which clause."""

    name: str
    met: bool
    fact: object
    clause_id: str


Plain = tuple[bool | int, list[Step]]


def _after(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _since(facts: Mapping[str, Any], name: str, months: int, day: date) -> tuple[bool, date | None]:
    said = facts.get(name)
    start = date.fromisoformat(said) if said else None
    return start is not None and _after(start, months) <= day, start


def rental(facts: Mapping[str, Any], day: date) -> Plain:
    """租赁落户."""
    clause = "jx-gbo-2024-16__sec_1"
    housing = facts.get("rent.is_urban_commodity_housing")
    held, start = _since(facts, "reg.start", 6, day)
    paper = facts.get("rent.registration_certificate")
    trace = [
        Step("housing", housing is True, housing, clause),
        Step("registration", held, start, clause),
        Step("certificate", paper is not False, paper, clause),
    ]
    return all(step.met for step in trace), trace


def employment(facts: Mapping[str, Any], day: date) -> Plain:
    """合法稳定就业落户."""
    clause = "jx-gbo-2024-16__sec_4__para_1"
    job = facts.get("job.stable_in_city")
    paid, start = _since(facts, "pension.start", 3, day)
    trace = [Step("job", job is True, job, clause), Step("pension", paid, start, clause)]
    return all(step.met for step in trace), trace


def talent(facts: Mapping[str, Any], _day: date) -> Plain:
    """人才落户."""
    edu, title = facts.get("edu"), facts.get("title_level")
    skill = facts.get("skill_level")
    high = (
        edu in {"大专", "本科", "硕士", "博士"}
        or title in {"中级", "副高", "正高"}
        or skill in {"技师", "高级技师"}
    )
    low = high or edu == "中职技校" or title == "初级" or skill in {"中级工", "高级工"}
    said = (edu, title, skill)
    trace = [
        Step("college", high, said, "jx-gbo-2024-16__sec_3__para_2"),
        Step("vocational", low, said, "jx-gbo-2024-16__sec_3__para_1"),
    ]
    return low, trace


def public_account(facts: Mapping[str, Any], day: date) -> Plain:
    """机关事业单位医疗补助：个人账户划入."""
    clause = "jx-gbo-2024-17__sec_3__subsec_1"
    older, birth = _since(facts, "birth_date", 12 * 45, day)
    retired = facts.get("staff.kind") in {"退休", "退职"}
    trace = [
        Step("retired", retired, facts.get("staff.kind"), clause),
        Step("from_age", older, birth, clause),
    ]
    return (160 if retired else 120 if older else 80), trace


RULES: dict[str, Callable[[Mapping[str, Any], date], Plain]] = {
    "settle.rental": rental,
    "settle.employment": employment,
    "settle.talent": talent,
    "medical.public.account": public_account,
}
