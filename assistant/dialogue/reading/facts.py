"""The facts that a message states, each with the person's own words; nothing is guessed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import APPLICANT, Cast, Reading, SaidFact
from assistant.dialogue.reading.ages import read_owned_ages, read_owned_births
from assistant.dialogue.reading.applying import read_applying
from assistant.dialogue.reading.asked_of import asked_of, shared_among
from assistant.dialogue.reading.coming import Roles
from assistant.dialogue.reading.consequences import OF_AGE, conclude
from assistant.dialogue.reading.designations import called
from assistant.dialogue.reading.employers import read_employers
from assistant.dialogue.reading.endings import is_ended
from assistant.dialogue.reading.family import read_family
from assistant.dialogue.reading.found import Found, clause_text
from assistant.dialogue.reading.heads import read_heads
from assistant.dialogue.reading.homes import read_deeds, read_homes
from assistant.dialogue.reading.households import read_households
from assistant.dialogue.reading.jobs import read_jobs
from assistant.dialogue.reading.keeping import keep
from assistant.dialogue.reading.lacking import read_lacking
from assistant.dialogue.reading.lengths import read_bare_answer, read_lengths
from assistant.dialogue.reading.moods import Mood, mood_of
from assistant.dialogue.reading.owners import (
    EMPLOYER,
    SHARED,
    TALENT,
    find_applicant,
    hosted,
    is_heads,
    is_hosts_before_named,
    is_of,
    is_of_childs_parent,
    is_of_the_asker,
)
from assistant.dialogue.reading.papers import read_papers
from assistant.dialogue.reading.pensions import read_pensions
from assistant.dialogue.reading.people import COUPLE, KIN, NODES
from assistant.dialogue.reading.permits import read_areas, read_permits
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.posts import read_posts
from assistant.dialogue.reading.relations import read_relation
from assistant.dialogue.reading.scene import Scene, read_scene
from assistant.dialogue.reading.schemes import read_scheme_paid, read_schemes
from assistant.dialogue.reading.staff import read_staff
from assistant.dialogue.reading.statements import read_gaps, read_grades, read_phrases
from assistant.dialogue.reading.sums import read_money
from assistant.dialogue.reading.tenancy import read_tenancies
from assistant.dialogue.reading.unknowns import read_unknowns
from assistant.dialogue.reading.unresolved import doubted
from assistant.rules import FactDictionary


def read_facts(
    text: str,
    *,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    asked: str | None = None,
    cast: Cast | None = None,
) -> Reading:
    """Every fact that `text` states of the applicant, and what it states of others.

    `asked` is the fact that was asked for: a bare length of time is then said of it. `cast` is
    whom the talk is about, for a message that leaves it out.
    """
    scene = read_scene(text, as_of, surroundings, asked, cast)
    return read_scenes_facts(scene, surroundings, dictionary)[0]


def read_scenes_facts(
    scene: Scene, surroundings: Surroundings, dictionary: FactDictionary
) -> tuple[Reading, tuple[Found, ...]]:
    """What a scene states, and every fact of which words were found, told or not."""
    asked = scene.asked
    if not scene.typed.clauses:
        return Reading(), ()
    spoken = list(_found(scene, surroundings))
    told = (
        item for item in spoken if mood_of(scene, item) is Mood.TOLD and not is_ended(scene, item)
    )
    told = (_of_whom_it_is(scene, item) for item in told)
    found = doubted(scene, _sure_of_all(scene, _sure_of_deeds(scene, list(told))))
    talent = _talent_joined(scene, found)
    if talent is not None:
        scene = replace(scene, roles=_joining(scene, talent, found))
        found += read_relation(scene, surroundings)
    if asked is not None:
        found += read_bare_answer(scene, asked, dictionary, found)
    return _assemble(scene, found, dictionary), (*spoken, *found)


def _found(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    for reader in (
        read_phrases,
        read_grades,
        read_lacking,
        read_owned_ages,
        read_owned_births,
        read_tenancies,
        read_homes,
        read_households,
        read_papers,
        read_permits,
        read_posts,
        read_staff,
        read_employers,
        read_jobs,
        read_schemes,
        read_scheme_paid,
        read_pensions,
        read_applying,
        read_gaps,
        read_money,
        read_heads,
        read_areas,
        read_relation,
        read_unknowns,
    ):
        yield from reader(scene, surroundings)
    yield from read_lengths(scene)


_FOLLOWS = re.compile(
    "(?:跟|随)(?:着|了|[他她])?(?:一起|一块)?(?:过|去|来|迁|落|走)|户口[^，。？]{0,6}过[来去]|投靠|迁(?:过|到|进)"
)


def _talent_joined(scene: Scene, found: list[Found]) -> str | None:
    """我户口在单位集体户，老婆能迁来吗: where a talent is settled is where a relative would be."""
    settled = {f.person or APPLICANT for f in found if f.name == "settled_at"}
    roles = scene.roles
    if roles.host is not None or len(settled) != 1:
        return None
    talent = settled.pop()
    if talent == APPLICANT:
        return talent if roles.explicit and roles.applicant != APPLICANT else None
    asks = NODES.get(talent) in {"配偶", "父母", "子女"} and _FOLLOWS.search(scene.typed.text)
    return talent if asks and roles.applicant in {APPLICANT, talent} else None


def _joining(scene: Scene, talent: str, found: list[Found]) -> Roles:
    """Who would move to the talent, with the words that say where the talent is settled."""
    if talent == APPLICANT:
        return replace(scene.roles, host=talent)
    told = next(f for f in found if f.name == "settled_at")
    return Roles(APPLICANT, talent, told.start, told.end)


def _sure_of_deeds(scene: Scene, found: list[Found]) -> list[Found]:
    homes = [f for f in found if f.name == "own.urban_home"]
    deeds = {
        id(f): read_deeds(scene, f, homes) for f in found if f.name == "own.property_certificate"
    }
    kept = (deeds.get(id(f), f) if id(f) in deeds else f for f in found)
    return [f for f in kept if f is not None]


_IS_OF = re.compile(rf"[^，。？]{{0,8}}的(?:就|都|其实)?是(?P<who>{KIN}++)(?=[，。？]|$)")


def _of_whom_it_is(scene: Scene, item: Found) -> Found:
    """登记八个月的是我室友: the clause ends by saying of whom it is told."""
    match = _IS_OF.match(scene.marked, item.end)
    person = scene.people.at(match.start("who")) if match else None
    return replace(item, person=person) if person else item


_NOT_ALL = re.compile(
    r"(?:这|那)(?:[两二三四几]|些)(?:样|条|个|项|点)(?:东西|条件)?[^，。？]{0,8}(?:没|不(?!是问题)|缺)|只(?:满足|符合|有|占|够|达到)(?:了)?[^，。？]{0,3}(?:前|后|第|其中)(?:面|头)?(?:那|[一二两三])?(?:个|条|样|项)|(?:一样|一条|一个)(?:都|也)(?:不|没)"
)
"""登记满六个月、租商品房，这两样我都还没有: a later clause takes back what was listed."""


_NOT_THAT = re.compile(
    r"(?:这|那)(?:一)?个?(?:条件|条|点|项|要求|门槛|杠)[^，。？能吗么]{0,6}?(?:(?<!够)不够|没(?:有)?(?:到|满|达到|满足|够)|不(?:满足|符合|具备)|达不到|够不(?:上|着)|差)(?!吗|么|多)"
)
"""登记满六个月这个条件我还不够: what stands before in the clause is the condition, and nobody's."""


def _without_conditions(scene: Scene, found: list[Found]) -> list[Found]:
    spans = [
        (scene.clause(m.start()).start, m.start()) for m in _NOT_THAT.finditer(scene.typed.text)
    ]
    return [f for f in found if not any(s <= f.start and f.end <= e for s, e in spans)]


def _sure_of_all(scene: Scene, found: list[Found]) -> list[Found]:
    found = _without_conditions(scene, found)
    taken_back = _NOT_ALL.search(scene.typed.text)
    if taken_back is None:
        return found
    at = taken_back.start()
    kept = (f for f in found if f.value is False or f.start > at or f.name in {"age", "sex"})
    doubted = (replace(f, hedged=True) for f in found if f.value is not False and f.start < at)
    return list({id(f): f for f in (*kept, *doubted)}.values())


_BY_TALENT = re.compile("人才(?:的)?(?:家属|配偶)|(?:作为|算|按|走|靠)(?:人才)?家属")
"""按人才家属那条: the one who is joined is a talent, whose papers count."""


def _assemble(scene: Scene, found: list[Found], dictionary: FactDictionary) -> Reading:
    applicant, host = find_applicant(scene, found), scene.roles.host
    asked = None if host is not None else asked_of(scene, found)
    if asked is not None:
        found = [*found, *shared_among(scene, found)]
        applicant = asked.people[0]
    talent = scene.talent or _BY_TALENT.search(scene.typed.text) is not None
    talent = talent or any(f.name == "settled_at" and is_of(f, host) for f in found)
    facts: dict[str, SaidFact] = {}
    others: dict[str, dict[str, SaidFact]] = {}
    for item in sorted(found, key=lambda f: (f.start, f.name)):
        name, person = item.name, item.person or (applicant if asked is None else APPLICANT)
        if is_hosts_before_named(scene, item, applicant, host):
            person = APPLICANT
        if is_of_the_asker(scene, item):
            person = APPLICANT
        if is_of_childs_parent(scene, item, found):
            person = APPLICANT
        if name == "from_within_city" and "市内" in scene.typed.text[item.start : item.end]:
            person = applicant
        if (
            name == "from_within_city"
            and person == host
            and re.search("我们|都", clause_text(scene, item))
        ):
            person = applicant
        if name == "host.consent":
            person = applicant  # whose house it is makes no difference
        shared = (
            name in SHARED
            or (name.startswith(EMPLOYER) and (asked is None or not _has_post(found, applicant)))
            or (talent and name in TALENT and is_of(item, host))
        )
        if name == "host.in_urban_area":
            of_host = person == host or _follows_head(scene, item, host)
            _keep_area(facts, scene, item, of_host, applicant, dictionary)
            continue
        if name == "host.is_head_urban_household" and not is_heads(scene, item, host, applicant):
            continue
        if person == applicant or (shared and person in {APPLICANT, host}):
            keep(facts, scene, item, name, applicant, dictionary)
            continue
        keep(others.setdefault(person, {}), scene, item, name, person, dictionary)
        if person == host:
            for told_of_host, value in hosted(scene, item):
                grown = told_of_host == "host.adult" and isinstance(item.value, int)
                of_age = grown and isinstance(item.low, int) and item.low > OF_AGE + 1
                keep(
                    facts,
                    scene,
                    replace(
                        item, value=value, low=None, high=None, hedged=item.hedged and not of_age
                    ),
                    told_of_host,
                    applicant,
                    dictionary,
                )
    conclude(facts, scene)
    family = read_family(scene, applicant, host)
    if family is not None:
        keep(facts, scene, family, "family", applicant, dictionary)
    besides = () if asked is None else asked.people[1:]
    named = _called(scene, applicant)
    return Reading(facts, others, applicant, host, _spoken_of(scene), besides, named)


def _has_post(found: list[Found], person: str) -> bool:
    """Whether an employer of their own was told of somebody: then another's is not theirs."""
    return any(f.name == "employer.kind" and f.person == person for f in found)


def _called(scene: Scene, person: str) -> str | None:
    """What the one who moves is called, of those who are no relatives; None for 他 alone."""
    if NODES.get(person) != "其他" or person == "被投靠人":
        return None
    said = [scene.typed.text[m.start : m.end] for m in scene.people.mentions if m.person == person]
    names = [words for words in said if words[0] not in "他她"]
    return called(names[0]) if names else None


def _spoken_of(scene: Scene) -> str | None:
    unnamed = {APPLICANT, "旁人", "被投靠人"}
    named = [m for m in scene.people.mentions if m.person not in unnamed]
    subjects = [
        m.person for m in named if not m.is_object
    ]  # 我爱人在上班，我带娃: 他 is not the child
    couple = "配偶" if COUPLE.search(scene.typed.text) else None
    people = subjects or [m.person for m in named]
    return people[-1] if people else couple


def _follows_head(scene: Scene, item: Found, host: str | None) -> bool:
    """户主是我爷爷，农村户: what kind of household it is, said right after its head."""
    index = scene.typed.clause_at(item.start)
    if item.person or item.value is not False or not index:
        return False
    before = scene.typed.clauses[index - 1]
    if "户主" not in scene.typed.text[before.start : before.end]:
        return False
    return any(
        m.person == host for m in scene.people.mentions if before.start <= m.start < before.end
    )


def _keep_area(
    facts: dict[str, SaidFact],
    scene: Scene,
    item: Found,
    is_hosts: bool,
    applicant: str,
    dictionary: FactDictionary,
) -> None:
    """Where the registration of the one who is joined stands; anybody else's is not asked for."""
    if is_hosts:
        keep(facts, scene, item, item.name, applicant, dictionary)
