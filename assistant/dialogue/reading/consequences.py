"""What follows from the facts that a message told, and which of two that tell the same counts."""

import re
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import APPLICANT, SaidFact
from assistant.dialogue.reading.people import NODES
from assistant.dialogue.reading.scene import Scene, is_elder
from assistant.rules import add_months

OF_AGE = 18  # years
_EARLIEST_PENSION = 45  # years; nobody retires before, on whatever ground


def conclude(facts: dict[str, SaidFact], scene: Scene) -> None:
    """Add to the facts told of the applicant what follows from them; drop what they rule out."""
    _without_urban_household(facts)
    _from_within(facts)
    _settle_employment(facts)
    _prefer_days(facts)
    _live_in_own_home(facts)
    _part_the_divorced(facts)
    _tell_grown(facts, scene.as_of)
    _tell_host_of_age(facts, scene)
    _too_young_to_have_retired(facts, scene)
    _leave_out_foreign_permit(facts)
    _too_young_to_wed(facts)


def _without_urban_household(facts: dict[str, SaidFact]) -> None:
    """户主是我公公，可他那是农村的户: a head of a rural household is no head of an urban one."""
    head, area = facts.get("host.is_head_urban_household"), facts.get("host.in_urban_area")
    if area is None or area.value is not False:
        return
    if (head is not None and head.value is True) or re.search("家庭户|户主", area.said):
        facts["host.is_head_urban_household"] = replace(area, value=False)


def _from_within(facts: dict[str, SaidFact]) -> None:
    within = facts.get("from_within_city")
    if within is not None and isinstance(within.value, bool) and "migrant" not in facts:
        facts["migrant"] = replace(within, value=not within.value)


def _settle_employment(facts: dict[str, SaidFact]) -> None:
    """合同工 of a company is its employee; 编外 is said of public bodies only."""
    kind, staff = facts.get("employer.kind"), facts.get("staff.kind")
    if kind is not None and kind.value == "企业" and staff is not None and staff.value == "编外":
        facts["staff.kind"] = replace(staff, value="在职", hedged=True)


def _part_the_divorced(facts: dict[str, SaidFact]) -> None:
    """我和老公离婚了，他是户主: who was a spouse is one no more; what they are is asked."""
    marital, relation = facts.get("marital"), facts.get("relation")
    parted = marital is not None and marital.value in {"离异", "丧偶"}
    if parted and relation is not None and relation.value in {"配偶", "子女配偶"}:
        facts.pop("relation")


def _tell_grown(facts: dict[str, SaidFact], as_of: date) -> None:
    """女儿二十一岁，想投靠我的集体户: only a child who is not of age may join a talent."""
    relation = facts.get("relation")
    joins_talent = "settled_at" in facts and relation is not None and relation.value == "子女"
    if not joins_talent or "applicant.adult" in facts:
        return
    age, born = facts.get("age"), facts.get("birth_date")
    if age is not None and isinstance(age.value, int):
        grown = (age.low if isinstance(age.low, int) else age.value) >= OF_AGE
        facts["applicant.adult"] = replace(age, value=grown, low=None, high=None)
    elif born is not None and isinstance(born.value, date):
        grown = add_months(born.value, OF_AGE * 12) <= as_of
        facts["applicant.adult"] = replace(born, value=grown, low=None, high=None)


_ELDER = 60  # years; a parent of this age has no child under age, as anybody would take it
_HAS_CHILD = re.compile("孙|[带照]顾?(?:个|俺|我)?(?:小?孩|娃|宝宝)|儿媳|女婿|孩子他?[爸妈]")
_HAS_FAMILY = re.compile(
    "老公|老婆|丈夫|妻子|爱人|婆婆|公公|岳|丈人|丈母|我们?家?(?:的)?(?:小?孩|娃|宝宝|儿子|女儿)|带娃|孩子"
)
_BOUGHT = re.compile("买")


def _tell_host_of_age(facts: dict[str, SaidFact], scene: Scene) -> None:
    """我今年七十三，儿子买了房: whose parent is old, or who has a home or child, is of age."""
    relation, host = facts.get("relation"), scene.roles.host
    if relation is None or relation.value != "父母" or "host.adult" in facts or host is None:
        return
    grounds = [
        _elder(facts, scene.as_of),
        _bought(facts, scene),
        relation if is_elder(host) else None,
        relation if NODES.get(host) == "子女" and _HAS_CHILD.search(scene.typed.text) else None,
        relation if host == APPLICANT and _HAS_FAMILY.search(scene.typed.text) else None,
        relation if NODES.get(host) == "配偶" else None,
    ]
    ground = next((g for g in grounds if g is not None), None)
    if ground is not None:
        facts["host.adult"] = replace(ground, value=True, hedged=False, low=None, high=None)


def _elder(facts: dict[str, SaidFact], as_of: date) -> SaidFact | None:
    age, born = facts.get("age"), facts.get("birth_date")
    if age is not None and isinstance(age.value, int):
        return age if (age.low if isinstance(age.low, int) else age.value) >= _ELDER else None
    if born is None or not isinstance(born.value, date):
        return None
    latest = born.high if isinstance(born.high, date) else born.value
    return born if add_months(latest, _ELDER * 12) <= as_of else None


_BOUGHT_FOR = re.compile("(?:给|替|帮)[^，。？]{0,6}买|买给|买来给")
"""给儿子买了房: the home is bought for them, at whatever age."""


def _bought(facts: dict[str, SaidFact], scene: Scene) -> SaidFact | None:
    home = facts.get("host.stable_home")
    if _BOUGHT_FOR.search(scene.typed.text):
        return None
    return home if home is not None and home.value is True and _BOUGHT.search(home.said) else None


def _too_young_to_wed(facts: dict[str, SaidFact]) -> None:
    """孩子刚上小学，想落到我们户上: who is not of age is not married."""
    relation, grown = facts.get("relation"), facts.get("applicant.adult")
    if relation is None or relation.value != "子女" or "marital" in facts:
        return
    age = facts.get("age")
    if grown is not None and grown.value is False:
        facts["marital"] = replace(grown, value="未婚")
    elif age is not None and isinstance(age.value, int) and age.value < OF_AGE and not age.hedged:
        facts["marital"] = replace(age, value="未婚", low=None, high=None)


def _too_young_to_have_retired(facts: dict[str, SaidFact], scene: Scene) -> None:
    """我29，厂里参加了补充医疗: who is of a firm and so young is still at work."""
    employer, joined = facts.get("employer.kind"), facts.get("employer.joined_supplement")
    of_a_firm = employer is not None and employer.value == "企业"
    text = scene.typed.text
    if "staff.kind" in facts or "退" in text or not re.search("医|账户|个账|卡里", text):
        return
    if not of_a_firm and (joined is None or (employer is not None and not of_a_firm)):
        return
    age, born = facts.get("age"), facts.get("birth_date")
    if age is not None and isinstance(age.value, int):
        oldest = age.high if isinstance(age.high, int) else age.value
        if age.value >= OF_AGE and oldest < _EARLIEST_PENSION:
            facts["staff.kind"] = replace(age, value="在职", hedged=False, low=None, high=None)
    elif born is not None and isinstance(born.value, date):
        eldest = born.low if isinstance(born.low, date) else born.value
        if add_months(eldest, _EARLIEST_PENSION * 12) > scene.as_of:
            facts["staff.kind"] = replace(born, value="在职", hedged=False, low=None, high=None)


def _leave_out_foreign_permit(facts: dict[str, SaidFact]) -> None:
    """上海的居住证，有效的: what is valid is a permit of another province."""
    if "permit.outside_province" in facts and "permit.issued_in" not in facts:
        for name in ("permit.valid", "permit.valid_until", "permit.issued_on"):
            facts.pop(name, None)


def _live_in_own_home(facts: dict[str, SaidFact]) -> None:
    """名下还有一套公寓: a home of one's own in town is a lawful dwelling there."""
    home = facts.get("own.urban_home")
    spoken_of = facts.keys() & {"address.lost_conditions", "household.is_family"}
    if not spoken_of or "home.legal_local" in facts:
        return
    if home is not None and home.value is True:
        facts["home.legal_local"] = home


def _prefer_days(facts: dict[str, SaidFact]) -> None:
    """Where a start day and a length are both told, keep the more exact one."""
    for length, start in (
        ("reg.months", "reg.start"),
        ("rent.months", "rent.start"),
        ("job.months", "job.start"),
        ("pension.consecutive_months_city", "pension.start"),
        ("age", "birth_date"),
        ("residence.months_same_county", "residence.start_same_county"),
    ):
        told, day = facts.get(length), facts.get(start)
        if told is None or day is None or told.value is None or not isinstance(day.value, date):
            continue
        low = day.low if isinstance(day.low, date) else day.value
        if (day.value - low).days > 45 and not told.vague:
            facts.pop(start)
        else:
            facts.pop(length)
