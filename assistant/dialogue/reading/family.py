"""The relatives who would move along."""

import re

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.ages import age_owner
from assistant.dialogue.reading.between import relation_between
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.people import NODES, SELF
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.wishing import moves_along
from assistant.rules import Member

_FAMILY_CHOICES = {"配偶": "配偶", "子女": "子女", "父母": "父母", "兄弟姐妹": "兄弟姐妹"}


_MINOR = re.compile(r"未成年|没成年|小学|幼儿园|刚出生|婴儿|宝宝|上初中|读初中|托班")


_GROWN = re.compile(r"(?<!未)(?<!没)成年|大学|工作|结婚|上班|大专|本科")


_APART = re.compile(
    r"(?:没有?|不|未)(?:跟|和|与|同)?[^，。？]{0,3}(?:住在?一起|一起住|同住|共同居住|住一起)|分居|分开住|在老家|不在(?:身边|一起|这边|嘉兴)|(?:没有?|不|未)(?:跟|和|与|同)[我俺咱]们?(?:一起|一块)?(?:过|住)|留守"
)


_TOGETHER = re.compile(
    rf"(?:住在?一起|一起(?:居?住|生活)|同住|共同(?:居住|生活)|一块儿?住|(?:跟|和|与){SELF}++[^，。？]{{0,4}}住|跟着?(?:着|一起)?住|随{SELF}++住|都住这)"
)


def read_family(scene: Scene, applicant: str, host: str | None) -> Found | None:
    """The relatives who would move along, with what is said of their age and of living together."""
    members: dict[str, Member] = {}
    spans: list[tuple[int, int]] = []
    for mention in scene.people.mentions:
        person = mention.person
        if person in {applicant, host} or NODES.get(person) == "其他":
            continue
        relation = _member_relation(person, applicant)
        if relation is None:
            continue
        if person != APPLICANT and _is_cared_for(scene, person):
            continue
        minor, cohabiting = _about_member(scene, person)
        if not _comes_along(scene, person, minor=minor, cohabiting=cohabiting, applicant=applicant):
            continue
        if person in members:
            continue
        members[person] = Member(relation, minor, cohabiting)
        spans.append((mention.start, mention.end))
    if not members:
        return None
    listed = tuple(dict.fromkeys(members.values()))
    end = spans[0][1] if len(spans) == 1 else max(e for _, e in spans)
    return Found("family", listed, min(s for s, _ in spans), end, applicant)


_CARED_FOR = re.compile(
    r"(?:帮|替|给|接|过来|来|在家|照顾|负责|退休|天天|一直)[^，。？]{0,8}?(?:带|照顾|照看|领|看)(?:着|个|大|小|[我俺咱]们?)*$|(?<!要)(?<!能)(?<!想)(?:照顾|照看|伺候)(?:着)?$"
)
_MOVES_TOO = re.compile(r"[^，。？]{0,4}(?:一起|一块|都|落|迁|随|过来|的户口)")


def _is_cared_for(scene: Scene, person: str) -> bool:
    """接我过来带孙子: who is looked after is why somebody comes, and nobody who moves along."""
    text = scene.typed.text
    named = [m for m in scene.people.mentions if m.person == person]
    return all(
        _CARED_FOR.search(text, scene.clause(m.start).start, m.start)
        and not _MOVES_TOO.match(text, m.end)
        for m in named
    )


def _member_relation(person: str, applicant: str) -> str | None:
    if person == APPLICANT:
        relation = relation_between(APPLICANT, applicant)
    elif applicant == APPLICANT:
        relation = NODES[person]
    else:
        relation = relation_between(person, applicant)
    return None if relation is None else _FAMILY_CHOICES.get(relation, "其他")


def _about_member(scene: Scene, person: str) -> tuple[bool | None, bool | None]:
    minor: bool | None = None
    cohabiting: bool | None = None
    for clause in scene.typed.clauses:
        text, marked = (s[clause.start : clause.end] for s in (scene.typed.text, scene.marked))
        inside = [m for m in scene.people.mentions if clause.start <= m.start < clause.end]
        named = any(m.person == person for m in inside)
        leading = [m for m in inside if not m.is_object]
        about = named or (not leading and scene.people.subject_at(clause.start) == person)
        if not about:
            continue
        if NODES[person] in {"子女", "孙辈"} if person != APPLICANT else False:
            ages = [a for a in scene.ages if clause.start <= a.start < clause.end]
            owned = [a for a in ages if age_owner(scene, a) == person]
            if owned:
                minor = owned[0].value < 18
            elif _MINOR.search(text):
                minor = True
            elif _GROWN.search(text):
                minor = False
        if _APART.search(text):
            cohabiting = False
        elif _TOGETHER.search(marked):
            cohabiting = True
    return minor, cohabiting


def _comes_along(
    scene: Scene, person: str, *, minor: bool | None, cohabiting: bool | None, applicant: str
) -> bool:
    if person == APPLICANT:
        return bool(re.search(rf"(?:带着?|带上){SELF}|{SELF}[^，。？]{{0,10}}随迁", scene.marked))
    if minor or cohabiting is not None:
        return True
    for clause in scene.typed.clauses:
        text = scene.typed.text[clause.start : clause.end]
        if not moves_along(text):
            continue
        inside = {m.person for m in scene.people.mentions if clause.start <= m.start < clause.end}
        if person in inside:
            return True
        index = scene.typed.clause_at(clause.start)
        if (
            index
            and person
            in {
                m.person
                for m in scene.people.mentions
                if scene.typed.clauses[index - 1].start <= m.start < clause.start
            }
            and not (inside - {APPLICANT})
        ):
            return bool(re.search("落户|迁|过来|户口|随", text))
    return applicant == APPLICANT and scene.roles.applicant == person and scene.roles.host is None
