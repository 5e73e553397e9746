"""The dictionary: words become facts, and what cannot be is refused by name."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import FactError
from assistant.rules import FactType, Member, RuleBook, load_facts
from tests.rules.conftest import CORPUS

TODAY = date(2026, 11, 22)
DICTIONARY = load_facts(CORPUS / "rules" / "facts.yaml")


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        pytest.param({"no.such_fact": True}, "no.such_fact", id="unknown_name"),
        pytest.param({"no.such_fact": None}, "no.such_fact", id="unknown_name_forgotten"),
        pytest.param({"age": 300}, "age", id="age_300"),
        pytest.param({"age": -1}, "age", id="negative_age"),
        pytest.param({"age": 10**5000}, "age", id="more_digits_than_can_be_printed"),
        pytest.param({"employer.base": 10**5000}, "employer.base", id="money_beyond_printing"),
        pytest.param({"employer.base": "1e999"}, "employer.base", id="money_beyond_measure"),
        pytest.param({"edu": 10**5000}, "edu", id="choice_as_endless_number"),
        pytest.param({"family": [{"relation": 10**5000}]}, "family", id="relation_as_number"),
        pytest.param({"age": "46"}, "age", id="age_as_text"),
        pytest.param({"age": 46.5}, "age", id="age_as_fraction"),
        pytest.param({"age": True}, "age", id="age_as_boolean"),
        pytest.param({"reg.months": -3}, "reg.months", id="negative_months"),
        pytest.param({"reg.months": 100000}, "reg.months", id="months_beyond_a_life"),
        pytest.param({"reg.gap": "是"}, "reg.gap", id="boolean_as_text"),
        pytest.param({"reg.gap": 1}, "reg.gap", id="boolean_as_number"),
        pytest.param({"reg.start": "2024-13-01"}, "reg.start", id="thirteenth_month"),
        pytest.param({"reg.start": "去年"}, "reg.start", id="date_in_words"),
        pytest.param({"reg.start": "1850-01-01"}, "reg.start", id="date_before_1900"),
        pytest.param({"reg.start": 20240101}, "reg.start", id="date_as_number"),
        pytest.param({"edu": "幼儿园"}, "edu", id="unknown_choice"),
        pytest.param({"edu": ""}, "edu", id="empty_choice"),
        pytest.param({"employer.base": -1}, "employer.base", id="negative_money"),
        pytest.param({"employer.base": "NaN"}, "employer.base", id="money_not_a_number"),
        pytest.param({"employer.base": "Infinity"}, "employer.base", id="money_without_end"),
        pytest.param({"family": "配偶"}, "family", id="list_as_text"),
        pytest.param({"family": [{"relation": "朋友"}]}, "family", id="unknown_relation"),
        pytest.param({"family": [{"minor": True}]}, "family", id="relative_without_relation"),
        pytest.param({"family": [{"relation": "子女", "minor": "是"}]}, "family", id="minor_text"),
        pytest.param({"birth_date": "2030-01-01"}, "birth_date", id="born_in_the_future"),
        pytest.param(
            {"rent.start": "2024-05-01", "rent.end": "2024-04-30"}, "rent.end", id="end_first"
        ),
        pytest.param(
            {"permit.issued_on": "2024-05-01", "permit.valid_until": "2024-04-30"},
            "permit.valid_until",
            id="permit_ends_before_it_begins",
        ),
        pytest.param({"age": 46, "birth_date": "1990-01-01"}, "age", id="age_against_birth"),
        pytest.param(
            {"reg.months": 12, "reg.start": "2026-10-01"}, "reg.months", id="months_against_start"
        ),
        pytest.param(
            {"permit.held": True, "reg_or_permit_voucher": False},
            "permit.held",
            id="implied_against_stated",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_chinese_by_name(stated: dict[str, Any], field: str) -> None:
    with pytest.raises(FactError) as caught:
        DICTIONARY.read(stated, TODAY)
    assert caught.value.field == field
    assert re.search("[一-鿿]", caught.value.message)


@pytest.mark.parametrize(
    ("stated", "known"),
    [
        pytest.param({"reg.gap": None}, {}, id="unknown_stays_unknown"),
        pytest.param({"edu": "中专"}, {"edu": "中职技校"}, id="alias"),
        pytest.param({"employer.base": 8000.5}, {"employer.base": Decimal("8000.5")}, id="money"),
        pytest.param(
            {"pension.type": True}, {"pension.type": "职工基本养老保险"}, id="yes_as_choice"
        ),
        pytest.param({"birth_date": "1980-11-22"}, {"birth_date": date(1980, 11, 22)}, id="date"),
        pytest.param(
            {"permit.held": False, "permit.issued_in": "杭州", "permit.valid_until": "2027-01-01"},
            {"permit.held": False},
            id="no_permit_drops_its_details",
        ),
        pytest.param(
            {"permit.issued_in": "杭州"},
            {"permit.issued_in": "杭州市", "permit.held": True, "reg_or_permit_voucher": True},
            id="details_imply_the_permit_and_the_permit_a_voucher",
        ),
        pytest.param(
            {"family": [{"relation": "妻子", "cohabiting": True}]},
            {"family": (Member("配偶", None, True),)},
            id="family",
        ),
    ],
)
def test_words_become_facts(stated: dict[str, Any], known: dict[str, Any]) -> None:
    assert DICTIONARY.read(stated, TODAY) == known


def test_months_are_kept_as_the_latest_start_by_the_day_they_were_said() -> None:
    said = DICTIONARY.read({"reg.months": 5}, TODAY)
    assert said["reg.start"] == date(2026, 6, 22)
    earlier = DICTIONARY.read({"reg.months": 5}, TODAY, {"reg.months": date(2026, 9, 30)})
    assert earlier["reg.start"] == date(2026, 4, 30)


def test_a_stated_start_outranks_roughly_equal_months() -> None:
    known = DICTIONARY.read({"reg.months": 6, "reg.start": "2026-06-01"}, TODAY)
    assert known["reg.start"] == date(2026, 6, 1)


def test_age_is_kept_as_the_latest_birthday() -> None:
    assert DICTIONARY.read({"age": 46}, TODAY)["birth_date"] == date(1980, 11, 22)


@given(
    st.dictionaries(
        st.sampled_from([f.name for f in DICTIONARY]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.floats(), st.dates()
        ),
        max_size=6,
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_anything_stated_is_read_or_refused(stated: dict[str, Any]) -> None:
    try:
        known = DICTIONARY.read(stated, TODAY)
    except FactError as error:
        assert error.field in DICTIONARY  # noqa: PT017 (either way is right)
    else:
        assert known == DICTIONARY.read(dict(reversed(stated.items())), TODAY)


def test_every_entry_can_be_asked_in_chinese() -> None:
    for fact in DICTIONARY:
        assert re.fullmatch(r"[a-z_.]+", fact.name)
        assert fact.question.endswith(("？", "）"))
        assert re.search("[一-鿿]", fact.label)
        assert fact.choices or fact.type is not FactType.ENUM or fact.name == "place.area"


def test_every_fact_that_a_form_asks_for_is_one_that_people_state(book: RuleBook) -> None:
    for rule in book.rules:
        names = [f.name for f in book.form(rule.id)]
        assert len(set(names)) == len(names)
        assert "reg.cumulative_start" not in names
        assert "pension.start" not in names
