"""What follows from facts told, through the reader of messages."""

from datetime import date

import pytest

from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.rules import FactDictionary

DAY = date(2026, 11, 22)
CASES = (
    ("我和老公离婚了，他是户主，我能投靠他吗", "relation", None),
    ("我29岁，公司参加了补充医疗保险，个人账户划多少", "staff.kind", "在职"),
    ("户主是我公公，可他那是农村的家庭户，我能投靠公公吗", "host.is_head_urban_household", False),
)


@pytest.mark.parametrize(("words", "name", "value"), CASES)
def test_what_follows_from_what_was_told_is_known(
    words: str, name: str, value: object, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(words, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
    told = reading.facts.get(name)
    assert (told.value if told else None) == value
