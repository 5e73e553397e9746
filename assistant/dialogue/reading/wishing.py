"""Who is said to wish to move, where nobody is said to be joined; and who would only move along."""

import re

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.between import relation_between
from assistant.dialogue.reading.coming import HAS_HOME, OWN_GROUND, Roles
from assistant.dialogue.reading.people import KIN, NODES, SELF, People

_G = "[^，。？]"

ALONG = re.compile(
    r"(?:一起|一块|一同|一道)(?!儿?(?:居?住|生活))|随迁|跟着|跟我(?!们?[^，。？]{0,3}(?:居?住|生活))|随着|随我|带着|带上|带|连同|陪|也(?:一起|能|可以|想|要)?(?:跟|落|迁|过来|转|进)|都(?:能|可以)?(?:落|迁|过来)|全家|家属"
)

_WISHES = re.compile(
    rf"(?P<who>{KIN}++){_G}{{0,16}}?(?:能不能|能否|能|可以|可不可以|可否|想|要|准备|打算|怎么|如何|怎样|符合|够|是否|有没有资格|咋)"
    rf"{_G}{{0,10}}?(?:落户|落不|落吗|落得|落(?:过|进)来|落这|上户|迁|转户|转为户|入户|投靠|居住证|进户口|户口|报销?|划|补)"
)


_ALONE = re.compile(
    rf"(?P<who>{KIN}++)(?:们)?(?:一个人|自己|单独|本人|独自){{1,3}}{_G}{{0,8}}?(?:申请|办理?|落户|报)"
)
"""她一个人单独按人才申请: of the two, she would apply."""


def wisher(people: People, marked: str) -> str | None:
    """Who is said to wish to move, joined or not."""
    for match in _WISHES.finditer(marked):
        person = people.at(match.start("who"))
        if person is None or SELF in match.group():
            continue
        if NODES[person] == "其他" and person != "亲戚":
            continue
        if not _is_object_at(people, match.start("who")):
            return person
    return None


def _is_object_at(people: People, position: int) -> bool:
    return any(m.is_object for m in people.mentions if m.start <= position < m.end)


def wishing(people: People, marked: str) -> Roles | None:
    """Who would move, where a wish is all that is said of it."""
    alone = next(iter(_ALONE.finditer(marked)), None)
    person = people.at(alone.start("who")) if alone else None
    if alone and person is not None and NODES[person] != "其他":
        return Roles(person, None, alone.start(), alone.end(), True)
    for match in _WISHES.finditer(marked):
        clause = people.typed.clauses[people.typed.clause_at(match.start())]
        if ALONG.search(people.typed.text[clause.start : clause.end]) or SELF in match.group():
            continue
        person = people.at(match.start("who"))
        if person is None or _is_object_at(people, match.start("who")):
            continue
        if NODES[person] == "其他":
            if not _OWN_FRIEND.match(people.typed.text, match.start("who")):
                continue
            return Roles(person, None, match.start(), match.end(), True, True)
        return Roles(person, _home_of_self(people, person), match.start(), match.end(), True)
    return None


_OWN_FRIEND = re.compile(
    r"[我俺咱](?:的|有个|一?个|那个|们)?(?:(?:男|女)?朋友|室友|同事|同学|老乡|[表堂][哥弟姐妹]|侄|外甥|舅|姑|姨|叔|伯|嫂|姐夫|妹夫|弟媳|徒弟|对象)"
)
"""我朋友想落户: somebody in particular, for whom it is asked."""


def _home_of_self(people: People, person: str) -> str | None:
    """我在市区有房，爸妈能迁来吗: parents would join the child whose home is told."""
    if NODES[person] in {"配偶父母", "祖辈", "长辈"}:
        return _home_of_child(people, person)
    if NODES[person] not in {"父母", "子女"}:
        return None
    if NODES[person] == "子女" and OWN_GROUND.search(people.typed.text):
        return None  # 我大专，孩子能落户吗: along with me
    homes = {people.subject_at(m.start()) for m in HAS_HOME.finditer(people.typed.text)}
    if re.search(
        "房子?(?:就)?(?:是)?[我俺](?:们)?的|[我俺](?:们)?(?:自己)?的房", people.typed.text
    ):
        return APPLICANT
    return APPLICANT if APPLICANT in homes else None


def _home_of_child(people: People, person: str) -> str | None:
    """婆婆户口能迁吗，我老公买了房: who is somebody's parent would join that one's home."""
    if "租" in people.typed.text:
        return None
    homes = [people.subject_at(m.start()) for m in HAS_HOME.finditer(people.typed.text)]
    children = [h for h in homes if h and h != person and relation_between(person, h) == "父母"]
    if children:
        return children[0]
    return APPLICANT if APPLICANT in homes and NODES[person] != "祖辈" else None


def moves_along(clause_text: str) -> bool:
    """Whether a clause speaks of relatives who would move along."""
    return ALONG.search(clause_text) is not None
