"""What a message presents as written in a text is told apart from what its writer says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.presented import presentation_of

_PRESENTS = {
    "收到内部通知：「租赁住房连续居住登记满一个月即可落户」，我按这个办": "租赁住房连续居住登记满一个月即可落户",
    "16号文补充规定：大专学历奖励购房款十万元，怎么领": "大专学历奖励购房款十万元",
    "第九条：凡在本市购房者一律发放补贴二十万元。什么时候到账": "凡在本市购房者一律发放补贴二十万元",
    "红头文件写着“凡持居住证的人员直接转为本市户籍”，对不对": "凡持居住证的人员直接转为本市户籍",
    "17号办法第八部分规定家属也能报销，家属的票交给谁": "家属也能报销",
    "根据嘉政办发〔2024〕16号第七条，凡居住满一个月即可落户，我符合吧": "凡居住满一个月即可落户",
    "听说新政策要求落户先交三万块押金，押金退不退": "落户先交三万块押金",
    "群公告：16号第八条明确，凡年满五十岁者不得落户。我五十三了还有戏吗": "凡年满五十岁者不得落户",
    "网上流传落户就送车牌，在哪里领": "落户就送车牌",
    "你们那个18号办法第15条不是说离职后可以退现金吗，怎么退": "离职后可以退现金",
    "核实一下：在浙江省范围内连续居住登记满六个月 这句是不是16号里的": "在浙江省范围内连续居住登记满六个月",
    "在本市有合法稳定就业即可落户。文件里是这么写的吗": "在本市有合法稳定就业即可落户",
}


@pytest.mark.parametrize(("message", "words"), _PRESENTS.items(), ids=range(len(_PRESENTS)))
def test_words_said_to_stand_in_a_text_are_told_apart(message: str, words: str) -> None:
    presentation = presentation_of(message)
    assert presentation is not None
    assert [one.text for one in presentation.pasted] == [words]
    assert words not in presentation.rest
    assert words not in presentation.own


@pytest.mark.parametrize(
    "message",
    [
        "租赁落户要登记满几个月",
        "「投靠」是什么意思",
        "我朋友说“只要能租房就好”",
        "解读里说的“跨省互通”是什么意思",
        "通知和解读的说法一样不一样",
        "倒回2024年7月31号：我本科，想带老婆落户",
        "我看看，5月30号登的，一直没断",
        "那我说买房这条：上个月在秀洲买下一套，写我的名",
        "16号文规定租房要登记多久",
        "解读说还得先做一件事，是哪件",
        "有人卖“内部文件第二十条”，父母投靠到底要多大年纪",
    ],
    ids=range(11),
)
def test_a_question_or_somebodys_own_case_presents_nothing(message: str) -> None:
    assert presentation_of(message) is None


@pytest.mark.parametrize(
    ("message", "own"),
    [
        (
            "我租房登记七个月了，听人说16号文规定得登记满一年，我能落户吗",
            "我租房登记七个月了，我能落户吗",
        ),
        ("文件说“登记满一个月即可落户”，我登记两个月，能落户吗", "我登记两个月，能落户吗"),
    ],
    ids=range(2),
)
def test_what_the_writer_tells_of_themselves_is_left(message: str, own: str) -> None:
    presentation = presentation_of(message)
    assert presentation is not None
    assert presentation.asks_own
    assert presentation.own.replace("？", "") == own


@given(st.text(max_size=200))
def test_any_message_is_read(message: str) -> None:
    found = presentation_of(message)
    assert found is None or all(message[p.start : p.end] for p in found.pasted)
