"""Facts: what sentences state, what they leave unsaid, and whose it is."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.errors import FactError
from assistant.rules import FactDictionary
from tests.dialogue.tables import FACT_TABLES, day_of, faults, load

DAY = date(2024, 9, 2)
ROWS = [
    pytest.param(row, id=f"{t}-{i}")
    for t in (*FACT_TABLES, "heldout")
    for i, row in enumerate(load(t))
]
PIECES = [str(row["say"]) for t in FACT_TABLES for row in load(t)]
NOISE = st.sampled_from(
    [
        "😀",
        "\x00",
        "\u202e",
        "\n",
        "，",
        "？",
        "    ",
        "我",
        "登记",
        "个月",
        "半年",
        "没",
        "的",
        "投靠",
        "1",
        "年",
    ]
)
MESSAGES = st.one_of(
    st.text(max_size=2000),
    st.lists(st.one_of(st.sampled_from(PIECES), NOISE), max_size=40).map("".join).map(lambda t: t[:2000]),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_a_sentence_states_these_facts_and_no_others(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(
        row["say"], as_of=day_of(row), dictionary=dictionary, surroundings=surroundings
    )
    assert not faults(row, reading)


@settings(max_examples=150, deadline=None)
@given(message=MESSAGES)
def test_whatever_is_typed_is_read_in_the_persons_own_words(
    message: str, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(message, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
    for facts in (reading.facts, *reading.others.values()):
        for name, fact in facts.items():
            assert fact.said
            assert fact.said in message
            assert fact.on == DAY
            if fact.value is not None:
                assert dictionary.parse(name, fact.value) == fact.value


@settings(max_examples=50, deadline=None)
@given(message=MESSAGES)
def test_reading_twice_reads_the_same(
    message: str, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    first, again = (
        read_facts(message, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
        for _ in range(2)
    )
    assert first == again


@pytest.mark.parametrize("row", ROWS)
def test_what_one_sentence_states_does_not_contradict_itself(
    row: Mapping[str, Any], dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(
        row["say"], as_of=day_of(row), dictionary=dictionary, surroundings=surroundings
    )
    try:
        dictionary.read(reading.stated(), day_of(row))
    except FactError as error:
        pytest.fail(f"{row['say']}: {error}")


@pytest.mark.parametrize("length", ["半年", "七个月", "一年多", "从去年三月到现在", "180天"])
@pytest.mark.parametrize("home", ["租房", "租房子", "住", "在嘉兴住了", "来嘉兴", "住宿舍"])
def test_renting_or_living_somewhere_is_never_registration(
    length: str, home: str, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(
        f"我{home}{length}能落户吗", as_of=DAY, dictionary=dictionary, surroundings=surroundings
    )
    assert not [name for name in reading.facts if name.startswith("reg.")]


def test_an_if_is_marked_as_supposed(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(
        "如果我登记满了六个月", as_of=DAY, dictionary=dictionary, surroundings=surroundings
    )
    assert reading.facts["reg.months"].supposed


def test_facts_of_relatives_are_kept_apart(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    reading = read_facts(
        "我登记七个月了，我老婆46岁在事业单位",
        as_of=DAY,
        dictionary=dictionary,
        surroundings=surroundings,
    )
    assert "age" not in reading.facts
    assert reading.others["妻子"]["age"].value == 46


def test_vague_words_bound_the_value(
    dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    fact = read_facts(
        "登记半年左右", as_of=DAY, dictionary=dictionary, surroundings=surroundings
    ).facts["reg.months"]
    assert (fact.low, fact.value, fact.high) == (5, 6, 7)
    assert fact.hedged


def test_no_sentence_names_a_fact_outside_the_dictionary(dictionary: FactDictionary) -> None:
    wanted = {name for t in FACT_TABLES for row in load(t) for name in row.get("facts", {})}
    assert wanted <= {fact.name for fact in dictionary}
    assert all(re.fullmatch(r"[a-z_.]+", name) for name in wanted)
