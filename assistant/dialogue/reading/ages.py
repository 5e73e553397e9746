"""Ages and days of birth, with whose they are."""

import re
from collections.abc import Iterator

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.age_words import Age
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.people import KIN
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene, is_elder


def read_owned_ages(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Every age said of somebody; a limit such as 45岁以上 is no one's."""
    for age in scene.ages:
        if _is_limit(scene, age):
            continue
        person = age_owner(scene, age)
        yield Found(
            "age",
            age.value,
            age.start,
            age.end,
            person,
            age.hedged or scene.is_hedged(age.start, age.end),
            age.low,
            age.high,
        )


def _is_limit(scene: Scene, age: Age) -> bool:
    text = scene.typed.text
    if scene.is_general(age.start, age.end) or re.search("[明后]$", text[: age.start]):
        return True  # 明年满45岁
    if re.search("男性?(?:年?满)?$|女性?(?:年?满)?$", text[: age.start]) and re.search(
        "男[^，。？]{0,6}女|女[^，。？]{0,6}男", text
    ):
        return True
    return bool(
        re.match(
            "(?:[（(]?含[）)]?)?(?:及?以[上下])|(?:的)?(?:那档|档|标准|这档|之前|以前|后|退休(?!了|的|人|职|工|教))|以上|以下|和|或者|还是",
            text[age.end :],
        )
    )


def age_owner(scene: Scene, age: Age) -> str:
    """Whose age it is: 三岁的孩子 belongs to the child."""
    following = re.match(rf"的(?:小|大|老|亲)?{KIN}++", scene.marked[age.end :])
    if following:
        return scene.people.at(age.end + following.end() - 1) or scene.person_at(age.start)
    person = scene.person_at(age.end)
    if is_elder(person) and not scene.people.named_in_clause(age.end) and age.value < 38:
        return APPLICANT
    return person


def read_owned_births(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Every day of birth, with whose it is."""
    for birth in scene.births:
        yield Found(
            "birth_date",
            birth.value,
            birth.start,
            birth.end,
            scene.person_at(birth.end),
            scene.is_hedged(birth.start, birth.end),
            birth.low,
            birth.high,
        )
