"""The facts that a message states, each with the person's own words; nothing is guessed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import APPLICANT, Reading, SaidFact
from assistant.dialogue.reading.ages import read_owned_ages, read_owned_births
from assistant.dialogue.reading.endings import is_ended
from assistant.dialogue.reading.family import read_family
from assistant.dialogue.reading.found import Found, clause_text
from assistant.dialogue.reading.homes import read_deeds, read_homes
from assistant.dialogue.reading.households import read_households
from assistant.dialogue.reading.lengths import read_bare_answer, read_lengths
from assistant.dialogue.reading.moods import Mood, is_supposed, mood_of
from assistant.dialogue.reading.papers import read_papers
from assistant.dialogue.reading.people import KIN, NODES, SELF, moves_along
from assistant.dialogue.reading.permits import read_areas, read_permits
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.relations import is_personal, read_relation
from assistant.dialogue.reading.scene import Scene, read_scene
from assistant.dialogue.reading.statements import read_gaps, read_grades, read_phrases
from assistant.dialogue.reading.sums import read_heads, read_money
from assistant.dialogue.reading.unknowns import read_unknowns
from assistant.errors import FactError
from assistant.rules import FactDictionary, FactValue, add_months


def read_facts(
    text: str,
    *,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    asked: str | None = None,
) -> Reading:
    """Every fact that `text` states of the applicant, and what it states of others.

    `asked` is the fact that was asked for: a bare length of time is then said of it.
    """
    scene = read_scene(text, as_of, surroundings, asked)
    if not scene.typed.clauses:
        return Reading()
    told = (
        item
        for item in _found(scene, surroundings)
        if mood_of(scene, item) is Mood.TOLD and not is_ended(scene, item)
    )
    found = _sure_of_deeds(scene, list(told))
    if _joins_talent(scene, found):
        scene = replace(scene, roles=replace(scene.roles, host=APPLICANT))
        found += read_relation(scene, surroundings)
    if asked is not None:
        found += read_bare_answer(scene, asked, dictionary, found)
    return _assemble(scene, found, dictionary)


def _found(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    for reader in (
        read_phrases,
        read_grades,
        read_owned_ages,
        read_owned_births,
        read_homes,
        read_households,
        read_papers,
        read_permits,
        read_gaps,
        read_money,
        read_heads,
        read_areas,
        read_relation,
        read_unknowns,
    ):
        yield from reader(scene, surroundings)
    yield from read_lengths(scene)


def _joins_talent(scene: Scene, found: list[Found]) -> bool:
    """我户口在单位集体户，老婆能迁来吗: where the one who writes is settled is where she would be."""
    settled = any(f.name == "settled_at" and f.person in {"", APPLICANT} for f in found)
    roles = scene.roles
    return settled and roles.explicit and roles.host is None and roles.applicant != APPLICANT


def _sure_of_deeds(scene: Scene, found: list[Found]) -> list[Found]:
    homes = [f for f in found if f.name == "own.urban_home"]
    deeds = {
        id(f): read_deeds(scene, f, homes) for f in found if f.name == "own.property_certificate"
    }
    kept = (deeds.get(id(f), f) if id(f) in deeds else f for f in found)
    return [f for f in kept if f is not None]


def _of_the_asker(scene: Scene, item: Found) -> bool:
    """Whether renting or registration, told after an aside about a relative, is one's own again."""
    if not item.name.startswith(("rent.", "reg.")) or scene.people.named_in_clause(item.start):
        return False
    if NODES.get(item.person) in {"子女", "孙辈"}:
        return scene.roles.applicant != item.person
    return any(
        m.person == APPLICANT and not m.is_object and m.start < item.start
        for m in scene.people.mentions
    )


def _is_of_childs_parent(scene: Scene, item: Found, found: list[Found]) -> bool:
    """孩子在嘉兴读书，没上班: a pupil's schooling counts for the parent, and the parent works."""
    if NODES.get(item.person) != "子女" or scene.roles.host not in {None, APPLICANT}:
        return False
    if item.name == "study.continuous":
        return "居住证" in scene.typed.text or "申领" in scene.typed.text
    studies = any(f.name == "study.continuous" and f.person == item.person for f in found)
    return item.name.startswith("job.") and studies


_HOSTED: Mapping[str, str] = {
    "own.urban_home": "host.stable_home",
    "home.stable_in_city": "host.stable_home",
    "own.property_certificate": "host.property_certificate",
}


_SHARED = frozenset({"host.cohabiting", "host.consent", "relation", "host.is_head_urban_household"})


_TALENT = frozenset({"settled_at", "edu", "title_level", "skill_level"})
"""What a relative's move to a talent's own registration turns on: the talent's, not the mover's."""


_FIGURES = ("med.", "employer.base", "employer.active", "employer.retired")
"""Figures to reckon with: a sum that is only assumed is reckoned with all the same."""


_EMPLOYER = ("employer.", "apply.", "contribution.")


def _assemble(scene: Scene, found: list[Found], dictionary: FactDictionary) -> Reading:
    applicant, host = _applicant(scene, found), scene.roles.host
    talent = any(f.name == "settled_at" and _is_of(f, host) for f in found)
    facts: dict[str, SaidFact] = {}
    others: dict[str, dict[str, SaidFact]] = {}
    for item in sorted(found, key=lambda f: (f.start, f.name)):
        name, person = item.name, item.person or applicant
        if _is_hosts_before_named(scene, item, applicant, host):
            person = APPLICANT
        if _of_the_asker(scene, item):
            person = APPLICANT
        if _is_of_childs_parent(scene, item, found):
            person = APPLICANT
        if name == "from_within_city" and "市内" in scene.typed.text[item.start : item.end]:
            person = applicant
        if (
            name == "from_within_city"
            and person == host
            and re.search("我们|都", clause_text(scene, item))
        ):
            person = applicant
        shared = (
            name in _SHARED
            or name.startswith(_EMPLOYER)
            or (talent and name in _TALENT and _is_of(item, host))
        )
        if name == "host.is_head_urban_household" and not _is_heads(scene, item, host, applicant):
            continue
        if person == applicant or (shared and person in {APPLICANT, host}):
            _keep(facts, scene, item, name, applicant, dictionary)
            continue
        _keep(others.setdefault(person, {}), scene, item, name, person, dictionary)
        if person == host:
            for hosted, value in _hosted(scene, item):
                _keep(
                    facts,
                    scene,
                    replace(item, value=value, low=None, high=None),
                    hosted,
                    applicant,
                    dictionary,
                )
    _from_within(facts)
    _settle_employment(facts)
    _prefer_days(facts)
    family = read_family(scene, applicant, host)
    if family is not None:
        _keep(facts, scene, family, "family", applicant, dictionary)
    return Reading(facts, others, applicant, host)


def _is_of(item: Found, host: str | None) -> bool:
    """Whether a fact is told of the one who is joined: of nobody named, the one who writes."""
    return host is not None and (item.person or APPLICANT) == host


def _is_hosts_before_named(scene: Scene, item: Found, applicant: str, host: str | None) -> bool:
    """城里有房，我妈想投靠: a home told before anybody is named is of the one who is joined."""
    if host != APPLICANT or applicant == APPLICANT or item.person or item.name not in _HOSTED:
        return False
    named = (m.start for m in scene.people.mentions if m.person == applicant)
    return item.start < min(named, default=0)


def _applicant(scene: Scene, found: list[Found]) -> str:
    """Who would move; where nobody is named as such, whoever alone has facts."""
    if scene.roles.spoken_for:
        return scene.roles.applicant
    if (scene.roles.explicit or scene.roles.host is not None) and not is_personal(scene):
        return APPLICANT
    if scene.roles.explicit or scene.roles.host is not None:
        return _unless_family(scene, found)
    owners = {f.person or APPLICANT for f in found if not f.name.startswith(_EMPLOYER)}
    kin = [p for p in scene.people.others() if p in owners and NODES[p] != "其他"]
    speaks = any(m.person == APPLICANT and not m.is_object for m in scene.people.mentions)
    asks = re.search("能|可以|吗|？|多少|怎么|几|符合|报|划|行不", scene.typed.text)
    goal = _GOAL.search(scene.typed.text)
    wishes = goal is not None and scene.people.subject_at(goal.start()) == "".join(kin[:1])
    alone = not speaks or wishes
    if len(kin) == 1 and asks and alone and APPLICANT not in owners and not _along(scene):
        return kin[0]
    return APPLICANT


_GOAL = re.compile("落户|上户|入户|转户|迁|居住证|账户|[划报补]多少|划|报销|补助")


def _unless_family(scene: Scene, found: list[Found]) -> str:
    """我大专毕业，老婆能落户吗 asks whether she may come along; 我老婆能落户吗 is about her."""
    applicant = scene.roles.applicant
    if scene.roles.host is not None or applicant == APPLICANT:
        return applicant
    own = [f for f in found if f.person in {APPLICANT, ""} and f.name not in {"relation"}]
    theirs = [f for f in found if f.person == applicant]
    said_self = any(m.person == APPLICANT and not m.is_object for m in scene.people.mentions)
    taken = re.search(rf"{KIN}++(?:能|可以|想|要)*(?:带着?|带上){SELF}", scene.marked)
    if own and said_self and not theirs and not taken:
        return APPLICANT
    return applicant


def _along(scene: Scene) -> bool:
    return moves_along(scene.typed.text)


def _keep(
    facts: dict[str, SaidFact],
    scene: Scene,
    item: Found,
    name: str,
    subject: str,
    dictionary: FactDictionary,
) -> None:
    """Keep a fact, if the dictionary can hold it; what is said later counts."""
    said = scene.typed.said(item.start, item.end)
    if not said or name not in dictionary:
        return
    value = item.value
    if value is not None:
        try:
            value = dictionary.parse(name, _fitting(dictionary, name, value))
        except FactError:
            return
    known = facts.get(name)
    if known is not None and (value is None or _outranks(name, known.value, value)):
        return
    if known is not None and name == "age" and item.hedged and not known.hedged:
        return
    facts[name] = SaidFact(
        value,
        said,
        scene.as_of,
        item.hedged,
        subject,
        item.low,
        item.high,
        supposed=not name.startswith(_FIGURES) and is_supposed(scene, item.start, item.end),
        general=scene.is_impersonal(item.start),
    )


def _fitting(dictionary: FactDictionary, name: str, value: FactValue) -> FactValue:
    """A place or province that is not among the choices is the choice that stands for the rest."""
    fact = dictionary[name]
    if (
        not fact.choices
        or not isinstance(value, str)
        or value in fact.choices
        or value in fact.aliases
    ):
        return value
    rest = [choice for choice in fact.choices if "其他" in choice]
    return (
        rest[0]
        if rest and name in {"permit.issued_in", "permit.outside_province", "pension.province"}
        else value
    )


_STAFF_RANK = ("在职", "退休", "退职", "编外", "在编", "保留事业身份")


def _outranks(name: str, known: FactValue | None, value: FactValue | None) -> bool:
    if name == "staff.kind" and isinstance(known, str) and isinstance(value, str):
        return _STAFF_RANK.index(known) > _STAFF_RANK.index(value)
    if name == "employer.kind":
        return (
            known in {"机关", "参公单位", "事业单位"} and value == "企业"
        ) or known == "参公单位"
    return name == "pension.type" and known == "职工基本养老保险" and value == "没有参加"


def _is_heads(scene: Scene, item: Found, host: str | None, applicant: str) -> bool:
    """Whether the head of household that is spoken of is the one who is joined."""
    if item.person == APPLICANT and applicant == APPLICANT and host not in {None, APPLICANT}:
        return KIN in scene.marked[item.start : item.end]
    return True


def _hosted(scene: Scene, item: Found) -> Iterator[tuple[str, FactValue]]:
    """What a fact of the one who is joined says in the applicant's terms."""
    if item.name in _HOSTED and item.value is not None:
        yield _HOSTED[item.name], item.value
    if item.name == "age" and isinstance(item.value, int):
        yield "host.adult", (item.low if isinstance(item.low, int) else item.value) >= 18
    if item.name == "birth_date" and isinstance(item.value, date):
        yield "host.adult", add_months(item.value, 216) <= scene.as_of
    if item.name == "applicant.adult" and item.value is not None:
        yield "host.adult", item.value
    if item.name == "edu" and item.value in {"本科", "硕士", "博士"}:
        return


def _from_within(facts: dict[str, SaidFact]) -> None:
    within = facts.get("from_within_city")
    if within is not None and isinstance(within.value, bool) and "migrant" not in facts:
        facts["migrant"] = replace(within, value=not within.value)


def _settle_employment(facts: dict[str, SaidFact]) -> None:
    """合同工 of a company is its employee; 编外 is said of public bodies only."""
    kind, staff = facts.get("employer.kind"), facts.get("staff.kind")
    if kind is not None and kind.value == "企业" and staff is not None and staff.value == "编外":
        facts["staff.kind"] = replace(staff, value="在职", hedged=True)


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
