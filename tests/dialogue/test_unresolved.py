"""What a person says they do not know, have not found out, or is not decided, grants nothing."""

import pytest

from tests.dialogue.tables import load
from tests.dialogue.test_conversation import Talk, outcomes, talk

__all__ = ["talk"]

UNRESOLVED = [row["say"] for row in load("unresolved", "unresolved")]


@pytest.mark.parametrize("message", UNRESOLVED)
def test_what_is_not_known_grants_nothing(talk: Talk, message: str) -> None:
    assert "eligible" not in outcomes(talk(message)[0]).values()


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        ("租的商品房，登记满八个月，不知道能不能落户", "settle.rental"),
        ("租的商品房，具体哪天登记的忘了，反正超过八个月了，能落户吗", "settle.rental"),
        ("租的商品房，登记满八个月，备案没备案我没问，能租赁落户吗", "settle.rental"),
        ("我本科毕业，材料要不要带社保单没人告诉我，能人才落户吗", "settle.talent"),
    ],
)
def test_what_is_not_known_of_something_else_takes_nothing_away(
    talk: Talk, message: str, rule: str
) -> None:
    assert outcomes(talk(message)[0])[rule] == "eligible"


def test_what_was_found_out_since_counts(talk: Talk) -> None:
    doubt = "登记八个月，房东说是商品房，到底是不是我没核实过，能租赁落户吗"
    answers = talk(doubt, "是")
    assert [q.fact for q in answers[0].questions] == ["rent.is_urban_commodity_housing"]
    assert outcomes(answers[1]) == {"settle.rental": "eligible"}
