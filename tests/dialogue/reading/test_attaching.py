"""Times that no word of their clause names: whose they are taken to be, and how surely."""

from datetime import date

import pytest

from assistant.dialogue.reading.attaching import surroundings_of, topic_meant
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene, read_scene
from assistant.dialogue.reading.topics import Topic
from assistant.rules import FactDictionary

DAY = date(2026, 11, 22)


def scene_of(words: str, surroundings: Surroundings) -> Scene:
    return read_scene(words, DAY, surroundings, None, None)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("职工养老已经转过来了，那边二十个月，这边连续七个月", Topic.PENSION),
        ("居住登记一直没断，翻出来的回执是2026年3月1日起", Topic.REG),
        ("这楼盖了十二年，电梯修了三回", Topic.OTHER),
    ],
)
def test_a_time_is_placed_by_what_stands_around(
    words: str, topic: Topic, surroundings: Surroundings
) -> None:
    scene = scene_of(words, surroundings)
    assert topic_meant(scene, scene.times[0])[0] is topic


def test_likelihoods_are_shares_of_one(surroundings: Surroundings) -> None:
    scene = scene_of("登记了八个月，租了两年，养老断断续续", surroundings)
    for time in scene.times:
        assert 0 < topic_meant(scene, time)[1] <= 1


def test_other_figures_of_a_message_are_not_looked_at(surroundings: Surroundings) -> None:
    few, many = (
        scene_of(f"房租{rent}块，这边连续七个月", surroundings) for rent in ("1800", "2500")
    )
    assert surroundings_of(few, few.times[-1]) == surroundings_of(many, many.times[-1])


def test_what_is_not_all_but_certain_is_marked(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    words = "职工养老已经从合肥转过来，那边二十个月，这边连续七个月"
    reading = read_facts(words, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
    scene = scene_of(words, surroundings)
    told = reading.facts["pension.consecutive_months_city"]
    assert told.value == 7
    assert told.likely == (topic_meant(scene, scene.times[-1])[1] < 0.95)
