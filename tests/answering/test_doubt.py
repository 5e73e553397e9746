"""Words that no table knows: which may stand, and which never."""

import pytest

from assistant.answering.grounding import Support, wording_reasons
from assistant.answering.grounding.alignment import features
from assistant.answering.grounding.contrast import without_contrast
from assistant.answering.grounding.doubt import doubt
from assistant.answering.grounding.wording import refusals, rests_on_words

LINKS = Support(("医保经办机构按本办法规定,做好参保单位及参保人员医疗补助关系衔接。",))
STEPS = Support(
    (
        "承办单位须严格落实公众参与、专家论证、风险评估、合法性审核、集体讨论决策等程序,"
        "确保程序正当、过程公开、责任明确。",
    )
)
DEPUTY = Support(("戴锋副市长增加分管市政府驻沪联络处、南湖研究院、南湖实验室。",))
YIWU = Support(
    (
        "在拟落户地连续居住登记满一年(在义乌市居住登记满两年)的居住证持有人,"
        "可以凭居住证在居住地公共集体户落户。",
    )
)
PAUSE = Support(("全市范围内暂时停止施行《条例》第十五条、第十七条,期限为一年。",))
MAIL = Support(("通过电子邮箱将意见发送至:zj_fjz@126.com",))
TRUE = "医保经办机构要按办法规定，把参保单位和参保人员的医疗补助关系衔接好"


def test_an_unknown_word_may_stand_where_little_is_in_doubt() -> None:
    assert rests_on_words(refusals(TRUE, LINKS))
    assert wording_reasons(TRUE, LINKS) == ()


@pytest.mark.parametrize(
    "false",
    [
        "银行代扣参保人员的医疗补助关系",
        "医保经办机构须凭户口簿做好参保人员医疗补助关系衔接",
        "医保经办机构一律自行做好参保人员医疗补助关系衔接",
        "医保经办机构不再做好参保人员医疗补助关系衔接",
        "医保经办机构做好参保人员医疗补助关系衔接好的罚款",
    ],
)
def test_an_unknown_word_that_claims_something_is_dropped(false: str) -> None:
    assert wording_reasons(false, LINKS)


def test_words_of_a_text_that_is_not_named_are_never_forgiven() -> None:
    said = "医保经办机构稳妥做好参保人员医疗补助关系衔接"
    assert rests_on_words(refusals(said, LINKS))
    assert not rests_on_words(refusals(said, Support(LINKS.texts, beside=("稳妥处理。",))))


def test_doubt_grows_with_what_is_not_in_the_text() -> None:
    assert doubt(TRUE, LINKS).likelihood < doubt(f"{TRUE}，另收银行手续费", LINKS).likelihood


def test_features_tell_what_is_left_over() -> None:
    whole = features(LINKS.texts[0], LINKS)
    assert whole["held"] == 1.0
    assert whole["left_runs"] == 0
    assert "word:银行" in features("银行按本办法规定做好衔接", LINKS)


@pytest.mark.parametrize(
    ("support", "false", "true"),
    [
        (
            STEPS,
            "要走四道程序：公众参与、专家论证、风险评估和集体讨论决策",
            "要走五道程序：公众参与、专家论证、风险评估、合法性审核和集体讨论决策",
        ),
        (
            DEPUTY,
            "戴锋副市长增加分管两个单位：市政府驻沪联络处、南湖研究院",
            "戴锋副市长增加分管三个单位：市政府驻沪联络处、南湖研究院、南湖实验室",
        ),
        (
            YIWU,
            "在拟落户地连续居住登记满两年，在义乌市满一年",
            "在拟落户地连续居住登记满一年，在义乌市满两年",
        ),
        (PAUSE, "暂时停止施行《条例》第十五条至第十七条", "暂时停止施行《条例》第十五条、第十七条"),
        (MAIL, "意见发送至zj_fjz@163.com", "意见发送至zj_fjz@126.com"),
    ],
    ids=["steps", "offices", "places", "articles", "address"],
)
def test_what_is_counted_is_held_to_the_text(support: Support, false: str, true: str) -> None:
    assert wording_reasons(false, support)
    assert wording_reasons(true, support) == ()


@pytest.mark.parametrize("mark", ["1. ", "1、", "（1）", "① ", "- "])
def test_a_list_mark_claims_nothing(mark: str) -> None:
    assert wording_reasons(f"{mark}承办单位须严格落实公众参与", STEPS) == ()


def test_a_figure_that_is_only_turned_down_is_set_aside() -> None:
    said = "不是两年，是一年：暂时停止施行的期限为一年"
    assert without_contrast(said, PAUSE) == "一年：暂时停止施行的期限为一年"
    assert without_contrast("不是一年，是两年", PAUSE) == "不是一年，是两年"
    assert without_contrast("期限不是一年", PAUSE) == "期限不是一年"
