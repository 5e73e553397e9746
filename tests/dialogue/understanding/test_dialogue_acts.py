"""Messages about the talk itself, told by what was learned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.model import Reading, SaidFact
from assistant.dialogue.understanding.closing import closes_talk
from assistant.dialogue.understanding.dialogue_acts import Act, Standing, read_acts
from eval.model import EVAL_DAY
from tests.dialogue.test_conversation import Talk, talk

__all__ = ["talk"]


@given(words=st.text(max_size=80), standing=st.sampled_from(["asked", "decided", "text"]))
def test_the_likelihoods_of_the_acts_sum_to_one(words: str, standing: Standing) -> None:
    likely = read_acts(words, standing)
    assert sum(likely[act] for act in Act) == pytest.approx(1)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("等我接个电话", "asked"),
        ("你先等我戴上老花镜", "asked"),
        ("文凭总算没白考，回头请你吃糖", "decided"),
        ("我叫儿子礼拜天陪我跑一趟", "decided"),
        ("原来文件里写得这么细啊", "text"),
    ],
)
def test_what_one_plans_or_sighs_is_a_remark(words: str, standing: Standing) -> None:
    assert closes_talk(words, Reading(), standing)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("嗯是的", "asked"),
        ("没有", "asked"),
        ("不晓得", "asked"),
        ("哎呀其实房子上个月退掉了", "decided"),
        ("谢谢，不过我社保断过两个月", "decided"),
        ("好的，那要带什么材料", "decided"),
        ("那就跟我走，我俩住一起的，这样可以的吧", "decided"),
        ("再核一核，总觉得算少了吧", "decided"),
        ("第二款再念一遍", "text"),
    ],
)
def test_what_answers_tells_or_asks_is_none(words: str, standing: Standing) -> None:
    assert not closes_talk(words, Reading(), standing)


def test_what_tells_a_fact_is_none_however_it_sounds() -> None:
    told = Reading({"edu": SaidFact("大专", "大专", EVAL_DAY)})
    assert not closes_talk("文凭总算派上用场了", told, "decided")


def test_a_remark_leaves_the_question_open(talk: Talk) -> None:
    answers = talk("租赁落户，帮我看看我够条件不", "稍等，有人敲门送快递", "商品房，登记满八个月了")
    assert answers[1].kind == "chat"
    assert [v.outcome for v in answers[2].verdicts] == ["eligible"]


RENTS = "租的市区商品房，登记七个月，能落户吗"


@pytest.mark.parametrize("words", ["把我报过的情况复述一遍听听", "我前面都交代了些啥，你给念念"])
def test_what_was_noted_is_told_when_asked_for(talk: Talk, words: str) -> None:
    answer = talk(RENTS, words)[1]
    assert answer.kind == "chat"
    assert "我了解到的情况" in answer.text
    assert "7" in answer.text


@pytest.mark.parametrize("words", ["都忘掉吧，咱从零开始", "前面的统统不算，重新来过"])
def test_everything_is_forgotten_when_asked_to(talk: Talk, words: str) -> None:
    answers = talk(RENTS, words, "我能租房落户吗")
    assert answers[1].facts == {}
    assert answers[2].facts == {}


@pytest.mark.parametrize("words", ["刚才没听清，再讲一遍", "看不懂，说人话"])
def test_what_was_said_is_said_again(talk: Talk, words: str) -> None:
    answers = talk(RENTS, words)
    assert answers[1].text == answers[0].text


@pytest.mark.parametrize(
    "words", ["我重新登记过一次，三个月前", "登记要从零开始算吗", "前面说的登记改成三个月"]
)
def test_what_tells_or_asks_of_the_matter_forgets_nothing(talk: Talk, words: str) -> None:
    answer = talk(RENTS, words)[1]
    assert "rent.is_urban_commodity_housing" in answer.facts
