"""Whether a clause found bears on what is asked."""

import json

import pytest

from assistant.answering.asking import FOLDER
from assistant.answering.bearing import BY_WRITTEN, UNWRITTEN, likelihood, log_odds
from tests.answering.conftest import Ask

NEAR = {
    "cover": 0.8,
    "missed": 0.0,
    "dense": 0.5,
    "unheard_share": 0.1,
    "unheard": 1.0,
    "foreign": 0.0,
    "concepts_held": 2.0,
    "sides_held": 0.0,
    "lexical": 0.5,
    "alike": 0.2,
    "amiss": 0.1,
    "stated": 4.0,
}


def test_weights_are_those_of_the_features_weighed() -> None:
    stored = json.loads((FOLDER / "bearing.json").read_text("utf-8"))
    assert list(stored["weights"]) == list(NEAR)


def test_a_text_for_which_nothing_was_written_is_weighed_without_those_signs() -> None:
    stored = json.loads((FOLDER / UNWRITTEN).read_text("utf-8"))
    assert set(stored["weights"]) == NEAR.keys() - BY_WRITTEN
    strange = {**NEAR, "alike": 0.0, "amiss": 0.9}
    assert likelihood(strange, UNWRITTEN) == likelihood(NEAR, UNWRITTEN)
    assert likelihood(strange) < likelihood(NEAR)


@pytest.mark.parametrize("feature", ["cover", "dense", "stated", "alike"])
def test_more_in_common_makes_it_likelier(feature: str) -> None:
    assert likelihood({**NEAR, feature: NEAR[feature] / 2}) < likelihood(NEAR)


@pytest.mark.parametrize("feature", ["unheard", "missed", "amiss"])
def test_more_that_is_not_held_makes_it_less_likely(feature: str) -> None:
    assert likelihood({**NEAR, feature: NEAR[feature] + 2}) < likelihood(NEAR)


def test_log_odds_are_within_limits() -> None:
    assert log_odds(0.0) == pytest.approx(-log_odds(1.0))
    assert log_odds(0.5) == 0.0


@pytest.mark.parametrize(
    "question",
    [
        "仓储保管的粮食受潮了由哪一方赔",
        "表演者对自己的演出享有几年的权利",
        "运费没付，承运人能扣货吗",
        "留置的机器可以拿去拍卖吗",
    ],
)
def test_other_matters_are_not_answered_by_the_clause_that_happens_to_be_nearest(
    ask: Ask, question: str
) -> None:
    assert ask(question).kind == "refuse"


@pytest.mark.parametrize(
    "question", ["落户要等多久", "办居住证要掏多少手续费", "落户的窗口中午有人吗"]
)
def test_a_side_that_no_clause_states_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.reason) == ("refuse", "no_source")


def test_a_refusal_names_the_clause_on_the_same_matter(ask: Ask) -> None:
    assert "与此最接近的是《" in ask("租赁落户材料交上去以后多少天能办好").text
