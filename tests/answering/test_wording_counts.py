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


CHILDREN = Support(("本人及其共同居住生活的配偶、未成年子女、父母在城镇地区申请落户。",))
GROWN = Support(("投靠有合法稳定住所成年子女的,取消对父母的年龄限制。",))
AFTER = Support(("退休人员在办理退休手续后的次月起调整,按160元/月标准划入。",))
DECEMBER = Support(
    ("各类用人单位可于每年12月向单位所在地医保经办机构申请参加或退出企业补充医疗保险。",)
)
TWICE = Support(("进一步做好无户口人员登记户口查漏补缺和国内外身份信息不一致的华侨回国落户工作。",))


@pytest.mark.parametrize(
    ("support", "text"),
    [
        (CHILDREN, "家属方面，子女须是未成年的，并且要共同居住生活"),
        (AFTER, "退休人员从办完退休手续的下一个月起调整"),
        (
            TWICE,
            "要进一步做好两件事：无户口人员登记户口的查漏补缺，以及国内外身份信息不一致的华侨的回国落户",
        ),
    ],
)
def test_the_same_said_apart_or_counted_is_kept(support: Support, text: str) -> None:
    assert wording_reasons(text, support) == ()


@pytest.mark.parametrize(
    ("support", "text"),
    [
        (CHILDREN, "家属方面，子女须是成年的，并且要共同居住生活"),
        (GROWN, "投靠有合法稳定住所的未成年子女，取消对父母的年龄限制"),
        (AFTER, "退休人员从办完退休手续的当月起调整"),
        (DECEMBER, "用人单位每年只有11月可以申请参加企业补充医疗保险"),
        (TWICE, "要进一步做好三件事：无户口人员登记户口的查漏补缺，以及华侨的回国落户"),
    ],
)
def test_others_or_other_counts_are_refused(support: Support, text: str) -> None:
    assert wording_reasons(text, support)
