"""Roles told in kinship words that mean the one who writes: 我户口在海宁，…孙子投靠奶奶行吗."""

import re
from dataclasses import replace

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.coming import OWN_GROUND, Roles
from assistant.dialogue.reading.people import KIN, NODES, SELF, People

_ELDERS = frozenset({"父母", "配偶父母", "祖辈"})
_JUNIORS = frozenset({"子女", "子女配偶", "孙辈"})
_G = "[^，。？]"
_I_AM_HOST = re.compile(
    rf"{SELF}++{_G}{{0,14}}(?:是|当|做|为|任){_G}{{0,12}}户主|户主{_G}{{0,3}}(?:是|写的?是?){SELF}"
    rf"|{SELF}++(?:们)?(?:(?:跟|和|与|同){KIN}++)?{_G}{{0,12}}(?<!没)(?:有了?|买了?|置了?){_G}{{0,4}}房"
)
_I_AM_REGISTERED = re.compile(rf"{SELF}++(?:的)?(?:户口|户籍)")
_FOLLOWS = re.compile(rf"随着?(?P<host>{KIN}++)(?:一起)?(?:的户口)?(?:落户|迁入|入户|上户|迁)")
_COMES = re.compile(
    rf"(?P<who>{KIN}++)的?(?:户口|户籍)(?:想|要|能|可以)*(?:跟|随)着?{SELF}++(?=[，。？]|$|走|落|迁)"
)


def meant_of_self(roles: Roles, people: People, marked: str) -> Roles:
    """`roles`, where one of two relatives who are named is the one who writes."""
    applicant, host = roles.applicant, roles.host
    if host is None or host == APPLICANT:
        return roles
    if applicant == APPLICANT:
        couple = NODES.get(host) == "配偶" and "夫妻投靠" in people.typed.text
        if couple and _I_AM_HOST.search(marked):
            return replace(roles, applicant=host, host=APPLICANT, explicit=True)
        return roles
    if NODES.get(applicant) not in _JUNIORS or NODES.get(host) not in _ELDERS:
        return roles
    if _I_AM_HOST.search(marked):
        return replace(roles, host=APPLICANT)  # 我是户主，女婿投靠丈人行吗
    if NODES[applicant] != "子女" and _I_AM_REGISTERED.search(marked):
        return replace(roles, applicant=APPLICANT, explicit=False)
    return roles


def following(people: People, marked: str) -> Roles | None:
    """能随父母迁入吗, 妈妈户口跟我: who follows whom, with no ground of their own."""
    if OWN_GROUND.search(people.typed.text):
        return None
    follows = _FOLLOWS.search(marked)
    host = people.at(follows.start("host")) if follows else None
    if follows is not None and host is not None and NODES.get(host) in _ELDERS:
        subject = people.subject_at(follows.start()) or APPLICANT
        applicant = APPLICANT if subject == host else subject
        return Roles(
            applicant, host, follows.start(), follows.end(), explicit=applicant != APPLICANT
        )
    comes = _COMES.search(marked)
    person = people.at(comes.start("who")) if comes else None
    if comes is not None and person is not None and NODES.get(person, "其他") != "其他":
        return Roles(person, APPLICANT, comes.start(), comes.end(), True)
    return None
