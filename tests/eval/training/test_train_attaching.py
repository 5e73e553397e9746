"""The training of what places times, and whether the weights shipped are of what is written."""

import json
from pathlib import Path

import pytest

from assistant.clauses import load_gazetteer
from assistant.dialogue.reading.attaching import FOLDER, TopicReader
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.topics import Topic
from assistant.rules import load_facts
from eval.training.told import digests
from eval.training.train_attaching import HOME, TOPICS, Message, placed, train, write

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def surroundings() -> Surroundings:
    return Surroundings(load_gazetteer(ROOT / "corpus"), HOME)


def test_weights_are_of_the_messages_written() -> None:
    stored = json.loads((FOLDER / "attaching.json").read_text("utf-8"))
    assert stored["told"] == digests(), "请重新运行 python -m eval.training.train_attaching"


def test_every_fact_that_a_time_tells_is_in_the_dictionary() -> None:
    facts = load_facts(ROOT / "corpus" / "rules" / "facts.yaml")
    assert all(name in facts for name in TOPICS)


def test_a_time_is_of_the_fact_whose_words_it_stands_in(surroundings: Surroundings) -> None:
    message = Message(
        "租了一年半，登记倒才五个月，还有三年合同",
        {"rent.months": 18, "reg.months": 5},
        {"rent.months": "一年半", "reg.months": "五个月"},
        "one",
    )
    assert [p.topic for p in placed([message], surroundings)] == [
        Topic.RENT,
        Topic.REG,
        Topic.OTHER,
    ]


def test_a_time_that_two_facts_could_be_told_by_is_left_out(surroundings: Surroundings) -> None:
    message = Message("都是七个月", {"reg.months": 7, "rent.months": 7}, {}, "two")
    assert not list(placed([message], surroundings))


def test_what_is_stored_places_as_it_was_trained(
    tmp_path: Path, surroundings: Surroundings
) -> None:
    say = {"登记": "reg.months", "养老": "pension.consecutive_months_city", "租房": "rent.months"}
    messages = [
        Message(f"{word}这块{n}个月", {name: n}, {}, f"{word}{n}")
        for word, name in say.items()
        for n in range(2, 10)
    ]
    times = tuple(placed(messages, surroundings))
    write(train(times), tmp_path)
    reader = TopicReader(tmp_path)
    assert all(reader.read(each.scene, each.time)[0] is each.topic for each in times)
