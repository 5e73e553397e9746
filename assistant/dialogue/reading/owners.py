"""Whose a fact is: the one who writes, the one who moves, or the one who is joined."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.designations import names_somebody
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.people import KIN, NODES, SELF
from assistant.dialogue.reading.relations import is_personal
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.wishing import moves_along
from assistant.rules import FactValue, add_months

_IS_MINE = re.compile(r"[^，。？]{1,8}?(?:都|全|也|才|就)?(?:是|归|属于)[我俺咱](?:自己|本人)?的?$")
"""技师证是我的: whose it is, said outright."""


def is_of_the_asker(scene: Scene, item: Found) -> bool:
    """Whether renting or registration, told after an aside about a relative, is one's own again."""
    clause = scene.clause(item.start)
    if _IS_MINE.match(scene.typed.text[item.start : clause.end]):
        return True
    if item.name.startswith(("rent.", "reg.", "pension.", "job.")) and not (
        scene.people.named_in_clause(item.start)
    ):
        aside = _LIVES_WITH_ME.search(scene.marked, 0, item.start)
        if aside and scene.people.at(aside.start()) == item.person:
            return scene.roles.applicant == APPLICANT
    if not item.name.startswith(("rent.", "reg.")) or scene.people.named_in_clause(item.start):
        return False
    if _only_lets(scene, item):
        return True
    if NODES.get(item.person) in {"子女", "孙辈"}:
        return scene.roles.applicant != item.person
    return any(
        m.person == APPLICANT and not m.is_object and m.start < item.start
        for m in scene.people.mentions
    )


def _only_lets(scene: Scene, item: Found) -> bool:
    """亲戚的老宅租给我，…登记六个月: who was named only as the one whose home it is."""
    named = [m for m in scene.people.mentions if m.person == item.person and m.start < item.start]
    return bool(named) and all(_LETS.match(scene.typed.text, m.end) for m in named)


_LETS = re.compile(
    r"(?:家)?(?:里)?的?[^，。？我租住买登]{0,6}(?:房子?|宅|屋|楼|院子?|公寓|小区)(?:里|出|转)*(?:租|住|借|给|，|$)|(?:租|转租)给|(?:那里|那儿|手里|手上)(?:租|转租)(?:来|的)"
)


_LIVES_WITH_ME = re.compile(
    rf"{KIN}++(?:也|都|现在|一直)*(?:跟着?|和|与|同){SELF}++(?:们)?(?:一起|一块|同)?(?:居?住|过|生活)"
)
"""老婆跟我住，租的商品房: what follows is told of the household, by the one who writes."""


def is_of_childs_parent(scene: Scene, item: Found, found: list[Found]) -> bool:
    """孩子在嘉兴读书，没上班: a pupil's schooling counts for the parent, and the parent works."""
    if NODES.get(item.person) != "子女" or scene.roles.host not in {None, APPLICANT}:
        return False
    studies = any(f.name == "study.continuous" and f.person == item.person for f in found)
    return item.name.startswith("job.") and studies


HOSTED: Mapping[str, str] = {
    "own.urban_home": "host.stable_home",
    "home.stable_in_city": "host.stable_home",
    "own.property_certificate": "host.property_certificate",
}

SHARED = frozenset({"host.cohabiting", "host.consent", "relation", "host.is_head_urban_household"})

TALENT = frozenset({"settled_at", "edu", "title_level", "skill_level"})
"""What a relative's move to a talent's own registration turns on: the talent's, not the mover's."""

EMPLOYER = ("employer.", "apply.", "contribution.")


def is_of(item: Found, host: str | None) -> bool:
    """Whether a fact is told of the one who is joined: of nobody named, the one who writes."""
    return host is not None and (item.person or APPLICANT) == host


def is_hosts_before_named(scene: Scene, item: Found, applicant: str, host: str | None) -> bool:
    """城里有房，我妈想投靠: a home told before anybody is named is of the one who is joined."""
    if host != APPLICANT or applicant == APPLICANT or item.person or item.name not in HOSTED:
        return False
    named = (m.start for m in scene.people.mentions if m.person == applicant)
    return item.start < min(named, default=0)


def find_applicant(scene: Scene, found: list[Found]) -> str:
    """Who would move; where nobody is named as such, whoever alone has facts."""
    if scene.roles.spoken_for:
        return scene.roles.applicant
    of_talk = not scene.roles.end  # whom the talk is about, and not this message
    joined = scene.roles.explicit or scene.roles.host is not None
    if joined and not of_talk and not is_personal(scene):
        return APPLICANT
    if joined:
        return _unless_family(scene, found)
    owners = {f.person or APPLICANT for f in found if not f.name.startswith(EMPLOYER)}
    only = _only_other(scene, found)
    if only is not None:
        return only
    kin = [p for p in scene.people.others() if p in owners and NODES[p] != "其他"]
    speaks = any(m.person == APPLICANT and not m.is_object for m in scene.people.mentions)
    asks = re.search(
        "能|可以|吗|？|多少|怎么|几|符合|报|划|行不|不行|行吧|对吧|是吧|够|给不给|落不|差",
        scene.typed.text,
    )
    goal = next(reversed(list(_GOAL.finditer(scene.typed.text))), None)
    wishes = goal is not None and scene.people.subject_at(goal.start()) == "".join(kin[:1])
    alone = not speaks or wishes
    if len(kin) == 1 and asks and alone and APPLICANT not in owners and not _along(scene):
        return kin[0]
    return APPLICANT


_ASKS_FOR_THEM = re.compile(
    r"能不能|可不可以|能[^，。？]{0,8}(?:落|迁|办|转)|行不行|行吗|可以吗|够不够|帮[他她]|？$|吗$|不$|[报划补][^，。？]{0,4}(?:多少|几)"
)
_WISHES_FOR_THEM = re.compile(
    r"可否|能否|是否|问的是|问[^，。？]{0,4}落户|[想要][^，。？]{0,6}(?:落户|落(?=嘉|在|到|城)|迁|投靠)"
)


_OUR_PLACE = re.compile(
    "(?:的)?(?:单位|公司|厂|村|店|队|部门|班组|小区|社区|学校|医院|同事|这边|这里)"
)
"""我们单位一个小伙子: where the other one belongs, and nobody's own case."""


def _only_other(scene: Scene, found: list[Found]) -> str | None:
    """小张7月1号参的保，帮他办就业落户行不行: somebody else's case, put by whoever writes."""
    others = [p for p in scene.people.others() if NODES.get(p) == "其他"]
    owners = {f.person for f in found if not f.name.startswith(EMPLOYER)}
    if len(set(others)) != 1 or others[0] not in owners or APPLICANT in owners:
        return None
    if "" in owners and not names_somebody(scene.typed.text):
        return None
    told = scene.typed.text
    alone = names_somebody(told) or all(m.person != APPLICANT for m in scene.people.mentions)
    wishes = alone and _WISHES_FOR_THEM.search(told)
    if not (wishes or _ASKS_FOR_THEM.search(scene.typed.text)):
        return None
    text = scene.typed.text
    mine = any(
        m.person == APPLICANT and not m.is_object and not _OUR_PLACE.match(text, m.end)
        for m in scene.people.mentions
    )
    kin = any(NODES[p] != "其他" for p in scene.people.others())
    return None if mine or kin or others[0] == "被投靠人" else others[0]


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


def is_heads(scene: Scene, item: Found, host: str | None, applicant: str) -> bool:
    """Whether the head of household that is spoken of is the one who is joined."""
    if item.person == APPLICANT and applicant == APPLICANT and host not in {None, APPLICANT}:
        return KIN in scene.marked[item.start : item.end]
    if item.value is True and _HEAD_IS.match(scene.typed.text, item.start):
        named = {m.person for m in scene.people.mentions if item.start <= m.start < item.end}
        return not named or any(NODES.get(person, "") != "其他" for person in named)
    return True


_HEAD_IS = re.compile("户主(?:就|都|目前)?(?:是|写的)")
"""户主是别人: a head who is no relative is not the one who is joined."""


def hosted(scene: Scene, item: Found) -> Iterator[tuple[str, FactValue]]:
    """What a fact of the one who is joined says in the applicant's terms."""
    if item.name in HOSTED and item.value is not None:
        yield HOSTED[item.name], item.value
    if item.name == "own.property_certificate" and item.value is True:
        yield "host.stable_home", True  # the deed is of a home in town, or read with doubt
    if item.name == "age" and isinstance(item.value, int):
        yield "host.adult", (item.low if isinstance(item.low, int) else item.value) >= 18
    if item.name == "birth_date" and isinstance(item.value, date):
        yield "host.adult", add_months(item.value, 216) <= scene.as_of
    if item.name == "applicant.adult" and item.value is not None:
        yield "host.adult", item.value
    if item.name == "edu" and item.value in {"本科", "硕士", "博士"}:
        return
