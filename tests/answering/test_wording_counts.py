"""What a wording counts, ranges over or turns down, beside the text that it rests on."""

import pytest

from assistant.answering.grounding import Support, wording_reasons
from assistant.answering.grounding.contrast import without_contrast

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
