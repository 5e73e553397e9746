"""Rule files: what is sound loads, what is not is refused with the place and the reason."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.clauses import Corpus, Place
from assistant.errors import RuleError
from assistant.rules import Outcome, RuleBook, check_bindings, load_rules
from tests.rules.conftest import CORPUS

GUIDE = CORPUS.parent / "docs" / "rules-format.md"
FACTS = (CORPUS / "rules" / "facts.yaml").read_text(encoding="utf-8")
RENTAL = yaml.safe_load((CORPUS / "rules/330400/settle.rental.yaml").read_text(encoding="utf-8"))


def write(root: Path, rule: dict[str, Any], name: str = "settle.rental") -> Path:
    folder = root / "330400"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(rule, allow_unicode=True), "utf-8")
    return root


@pytest.fixture
def guide(tmp_path: Path) -> RuleBook:
    """The two worked examples of the guide, as rule files."""
    for block in re.findall(r"```yaml\n(rule: .*?)```", GUIDE.read_text(encoding="utf-8"), re.S):
        write(tmp_path, rule := yaml.safe_load(block), rule["rule"])
    return load_rules(tmp_path)


def test_the_examples_of_the_guide_load_and_stand_on_the_text(
    guide: RuleBook, corpus: Corpus
) -> None:
    assert [r.id for r in guide.rules] == ["settle.rental", "medical.public.account"]
    assert check_bindings(guide.rules, corpus).lines() == ()


@pytest.mark.parametrize(
    ("as_of", "stated", "outcome", "amount"),
    [
        pytest.param("2025-01-01", {"age": 46, "staff.kind": "在职"}, "eligible", 120, id="T28"),
        pytest.param("2025-01-01", {"age": 45, "staff.kind": "在职"}, "eligible", 120, id="T29"),
        pytest.param("2025-01-01", {"age": 44, "staff.kind": "在职"}, "eligible", 80, id="young"),
        pytest.param("2025-04-01", {"retired_on": "2025-03-10"}, "eligible", 160, id="T31_after"),
        pytest.param(
            "2025-03-31", {"retired_on": "2025-03-10", "age": 60}, "eligible", 120, id="T31_before"
        ),
        pytest.param("2024-07-15", {"age": 46}, "not_applicable", None, id="T32"),
        pytest.param("2025-01-01", {"age": 46, "staff.kind": "编外"}, "ineligible", None, id="T33"),
        pytest.param("2025-01-01", {"staff.kind": "在职"}, "undetermined", None, id="age_unknown"),
    ],
)
def test_an_amount_rests_on_age_and_standing(
    guide: RuleBook,
    jiaxing: Place,
    as_of: str,
    stated: dict[str, Any],
    outcome: str,
    amount: int | None,
) -> None:
    day = date.fromisoformat(as_of)
    verdict = guide.decide("medical.public.account", stated, day, jiaxing)
    assert verdict.outcome is Outcome(outcome)
    assert (verdict.amount.value if verdict.amount else None) == amount


def test_the_year_in_which_the_age_is_reached_gets_a_notice(
    guide: RuleBook, jiaxing: Place
) -> None:
    stated = {"birth_date": "1980-06-15", "staff.kind": "在职"}
    turning = guide.decide("medical.public.account", stated, date(2025, 7, 1), jiaxing)
    later = guide.decide("medical.public.account", stated, date(2026, 7, 1), jiaxing)
    assert [n.code for n in turning.notices] == ["rule_uncertain"]
    assert later.notices == ()


def _overlap(rule: dict[str, Any]) -> None:
    values = rule["parameters"]["hukou.rent.registration_months"]["values"]
    values.append({**values[0], "from": date(2025, 1, 1)})


def _silent_gap(rule: dict[str, Any]) -> None:
    values = rule["parameters"]["hukou.rent.registration_months"]["values"]
    values[0]["to"] = date(2025, 1, 1)
    values.append({**values[0], "from": date(2025, 6, 1), "to": None})


def _short_parameter(rule: dict[str, Any]) -> None:
    rule["parameters"]["hukou.rent.registration_months"]["values"][0]["from"] = date(2025, 1, 1)


def _unknown_fact(rule: dict[str, Any]) -> None:
    rule["versions"][1]["conditions"][0]["test"] = {"is": "no.such_fact"}


def _unknown_test(rule: dict[str, Any]) -> None:
    rule["versions"][1]["conditions"][0]["test"] = {"about": "reg.start"}


def _unknown_key(rule: dict[str, Any]) -> None:
    rule["versions"][1]["conditions"][0]["weight"] = 3


def _figure_in_a_condition(rule: dict[str, Any]) -> None:
    rule["versions"][1]["conditions"][1]["test"]["at_least"]["months"] = 6


def _overlapping_versions(rule: dict[str, Any]) -> None:
    rule["versions"][0]["to"] = date(2024, 8, 1)
    rule["parameters"]["hukou.rent.residence_years"]["values"][0]["to"] = date(2024, 8, 1)


def _wrong_code(rule: dict[str, Any]) -> None:
    rule["versions"][1]["notices"][0]["code"] = "attention"


def _wrong_name(rule: dict[str, Any]) -> None:
    rule["rule"] = "settle.other"


def _not_a_choice(rule: dict[str, Any]) -> None:
    rule["versions"][1]["conditions"][0]["test"] = {"is": "marital", "value": "订婚"}


def _no_quote(rule: dict[str, Any]) -> None:
    del rule["versions"][1]["conditions"][0]["cite"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        pytest.param(_overlap, "重叠", id="parameter_periods_overlap"),
        pytest.param(_silent_gap, "gaps", id="gap_not_written"),
        pytest.param(_short_parameter, "没有覆盖", id="parameter_shorter_than_version"),
        pytest.param(_unknown_fact, "no.such_fact", id="unknown_fact"),
        pytest.param(_unknown_test, "不认识的测试", id="unknown_test"),
        pytest.param(_unknown_key, "weight", id="unknown_key"),
        pytest.param(_figure_in_a_condition, "没有定义", id="figure_in_a_condition"),
        pytest.param(_overlapping_versions, "重叠", id="versions_overlap"),
        pytest.param(_wrong_code, "attention", id="unknown_notice_code"),
        pytest.param(_wrong_name, "文件名", id="name_differs_from_file"),
        pytest.param(_not_a_choice, "订婚", id="value_is_no_choice"),
        pytest.param(_no_quote, "写法不对", id="condition_without_a_quote"),
    ],
)
def test_an_unsound_rule_file_is_refused(tmp_path: Path, spoil: Any, says: str) -> None:
    rule = yaml.safe_load(yaml.safe_dump(RENTAL, allow_unicode=True))
    spoil(rule)
    with pytest.raises(RuleError, match=says) as caught:
        load_rules(write(tmp_path, rule))
    assert "settle.rental.yaml" in caught.value.message


def test_another_city_is_another_folder(tmp_path: Path, corpus: Corpus) -> None:
    text = (CORPUS / "rules/330400/settle.dwelling.yaml").read_text(encoding="utf-8")
    folder = write(tmp_path, RENTAL) / "330700"
    folder.mkdir()
    other = text.replace("settle.dwelling", "settle.jinhua").replace('"330400"', '"330700"')
    (folder / "settle.jinhua.yaml").write_text(other, encoding="utf-8")
    book = load_rules(tmp_path)
    verdict = book.decide(
        "settle.jinhua", {"own.urban_home": True}, date(2026, 1, 1), Place("330700", "金华市")
    )
    assert verdict.outcome is Outcome.ELIGIBLE
    assert "settle.jinhua" in check_bindings(book.rules, corpus).rule_ids  # another city's notice


@pytest.mark.parametrize("start", [date(2025, 6, 1), date(2025, 7, 1), date(2025, 12, 31)])
def test_a_figure_that_changes_counts_from_its_first_day(
    tmp_path: Path, jiaxing: Place, start: date
) -> None:
    """Six months until the end of 2025, twelve in 2026, three from 2027 on."""
    rule = yaml.safe_load(yaml.safe_dump(RENTAL, allow_unicode=True))
    values = rule["parameters"]["hukou.rent.registration_months"]["values"]
    values[0]["to"] = date(2025, 12, 31)
    later = {"from": date(2026, 1, 1), "to": date(2026, 12, 31), "value": 12}
    values.append({**values[0], **later})
    values.append({**values[0], "from": date(2027, 1, 1), "to": None, "value": 3})
    book = load_rules(write(tmp_path, rule))
    stated = {"rent.is_urban_commodity_housing": True, "reg.start": start}
    asked = date(2025, 11, 1)
    first = next(
        day
        for day in (asked + timedelta(n) for n in range(900))
        if book.decide("settle.rental", stated, day, jiaxing).outcome is Outcome.ELIGIBLE
    )
    assert book.decide("settle.rental", stated, asked, jiaxing).earliest_date == first


def test_an_unknown_rule_is_refused(book: RuleBook) -> None:
    with pytest.raises(RuleError, match=r"settle\.none"):
        book.rule("settle.none")
