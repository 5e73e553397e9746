"""What is heard in words that no reader knows: it fills gaps, and changes nothing that was read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from assistant.dialogue.reading import hearing
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.hearing import hear_facts
from assistant.dialogue.reading.likely import Likely
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.typed import read_typed
from assistant.rules import FactDictionary
from tests.dialogue.tables import FACT_TABLES, day_of, load
from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

DAY = date(2026, 11, 22)
RENTED = "落脚那处是跟中介订下来的"  # no reader knows these words


def heard(monkeypatch: pytest.MonkeyPatch, likelihood: float, clause: str, **facts: Any) -> None:
    """Have `clause` tell `facts` with a likelihood, wherever it is said."""

    def likely(text: str) -> tuple[Likely, ...]:
        start = text.find(clause)
        if start < 0:
            return ()
        span = start, start + len(clause)
        names = {name.replace("__", "."): value for name, value in facts.items()}
        return tuple(Likely(n, v, likelihood, span, span) for n, v in names.items())

    monkeypatch.setattr(hearing, "read_likely", likely)


@pytest.mark.parametrize("table", FACT_TABLES)
def test_what_was_read_stands(
    table: str, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    row: Mapping[str, Any]
    for row in list(load(table))[:60]:
        say = row["say"]
        given: dict[str, Any] = {"dictionary": dictionary, "surroundings": surroundings}
        read = read_facts(say, as_of=day_of(row), **given)
        all_heard = hear_facts(say, as_of=day_of(row), **given)
        assert {n: all_heard.facts[n] for n in read.facts} == dict(read.facts), say
        for name in all_heard.facts.keys() - read.facts.keys():
            assert all_heard.facts[name].said in say


def test_what_is_heard_but_not_for_certain_grants_nothing_before_it_is_confirmed(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(monkeypatch, 0.93, RENTED, rent__is_urban_commodity_housing=True)
    first, then = talk(f"居住登记满八个月了，{RENTED}，能租赁落户吗", "是")
    assert first.kind == "clarify"
    assert [q.fact for q in first.questions] == ["rent.is_urban_commodity_housing"]
    assert outcomes(then)["settle.rental"] == "eligible"


def test_what_is_heard_for_certain_counts(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard(monkeypatch, 0.99, RENTED, rent__is_urban_commodity_housing=True)
    answer = talk(f"居住登记满八个月了，{RENTED}，能租赁落户吗")[0]
    assert outcomes(answer)["settle.rental"] == "eligible"
    assert answer.facts["rent.is_urban_commodity_housing"].said == RENTED


def test_a_doubtful_hearing_may_still_close_a_way(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard(monkeypatch, 0.93, RENTED, rent__is_urban_commodity_housing=False)
    answer = talk(f"居住登记满八个月了，{RENTED}，能租赁落户吗")[0]
    assert outcomes(answer)["settle.rental"] == "ineligible"


@pytest.mark.parametrize(
    "says",
    [
        f"我打算{RENTED}",
        f"要是{RENTED}",
        f"租的是农民房，{RENTED}",
    ],
)
def test_what_is_planned_supposed_or_read_otherwise_is_not_heard(
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    dictionary: FactDictionary,
    surroundings: Surroundings,
) -> None:
    heard(monkeypatch, 0.99, RENTED, rent__is_urban_commodity_housing=True)
    reading = hear_facts(says, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
    fact = reading.facts.get("rent.is_urban_commodity_housing")
    assert fact is None or fact.value is False


@pytest.mark.parametrize("rival", [0.75, 0.2])
def test_of_two_values_one_must_be_clearly_likelier(
    rival: float,
    monkeypatch: pytest.MonkeyPatch,
    dictionary: FactDictionary,
    surroundings: Surroundings,
) -> None:
    says = "铺子里头的活计我干得顺手"
    whole = 0, len(read_typed(says).text)
    both = (
        Likely("job.stable_in_city", True, 0.95, whole, whole),
        Likely("job.stable_in_city", False, rival, whole, whole),
    )
    monkeypatch.setattr(hearing, "read_likely", lambda _: both)
    reading = hear_facts(says, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
    assert ("job.stable_in_city" in reading.facts) == (rival < 0.5)


def test_a_level_that_is_not_named_is_never_heard(
    monkeypatch: pytest.MonkeyPatch, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    says = "厂里师傅都夸我手艺了得"
    heard(monkeypatch, 0.99, says, skill_level="高级技师")
    reading = hear_facts(says, as_of=DAY, dictionary=dictionary, surroundings=surroundings)
    assert "skill_level" not in reading.facts
