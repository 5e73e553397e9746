"""Pieces of a wording that rest on nothing: words about what is said stay, inventions do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.grounding import Support, wording_reasons
from assistant.answering.grounding.framing import (
    RESTS,
    invention_reasons,
    pieces_of,
    without_frames,
)
from assistant.answering.grounding.spelling import canonical

PERMIT = Support(
    (
        "在浙江省范围内连续居住登记满六个月,持有本市公安机关签发的有效《浙江省居住证》的,"
        "允许本人凭居住证在城镇地区居住地申请落户。",
    )
)
LEVY = Support(("企业补充医疗保险费由税务部门随同职工医保费按月一并征收。",))
LATE = Support(("逾期60日内可补办签注手续,证件使用功能恢复。",))
TRUE = (
    (
        PERMIT,
        "在浙江省范围内连续居住登记满六个月，持有本市公安机关签发的有效《浙江省居住证》的，"
        "允许本人凭居住证在城镇地区居住地申请落户",
    ),
    (LEVY, "企业补充医疗保险费由税务部门随同职工医保费按月一并征收"),
    (LATE, "逾期60日内可补办签注手续，证件使用功能恢复"),
)
INVENTED = (
    "先到先得",
    "额满为止",
    "三个工作日内办结",
    "可在手机上办完",
    "免收工本费",
    "须两名担保人作保",
)
FRAMES = ("就您关心的这一点", "说白了", "讲得通俗一点", "文件写道", "这里要说清楚一点")


@pytest.mark.parametrize(("support", "true"), TRUE)
@pytest.mark.parametrize("frame", FRAMES)
def test_words_about_what_is_said_cost_nothing(support: Support, true: str, frame: str) -> None:
    assert wording_reasons(f"{frame}，{true}", support) == ()


@pytest.mark.parametrize(("support", "true"), TRUE)
@pytest.mark.parametrize("phrase", INVENTED)
@pytest.mark.parametrize("form", ["{true}，{phrase}", "{phrase}，{true}", "{true}（{phrase}）"])
def test_an_invention_beside_the_truth_is_refused(
    support: Support, true: str, phrase: str, form: str
) -> None:
    assert wording_reasons(form.format(true=true, phrase=phrase), support)


def test_a_frame_does_not_carry_what_is_false() -> None:
    assert wording_reasons("说白了，逾期30日内可补办签注手续，证件使用功能恢复", LATE)
    assert wording_reasons("说白了，企业补充医疗保险费由医保部门按月一并征收", LEVY)


@pytest.mark.parametrize("said", ["说法不对", "只有一点", "两者有其一即可", "条件均已达标"])
def test_what_denies_counts_chooses_or_decides_is_no_frame(said: str) -> None:
    text = f"{said}，逾期60日内可补办签注手续"
    assert without_frames(text, LATE) == text


def test_frames_alone_are_not_taken_away() -> None:
    assert without_frames("说白了，再补充一点", LATE) == "说白了，再补充一点"


def test_inventions_are_named() -> None:
    assert invention_reasons("逾期60日内可补办签注手续，先到先得", LATE) == (
        "依据中没有「先到先得」",
    )
    assert invention_reasons("逾期60日内可补办签注手续", LATE) == ()


@given(st.text(alphabet="逾期60日内可补办签注手续先到得写法，：；。（）a 1", max_size=40))
def test_pieces_are_parts_of_the_text_in_order(text: str) -> None:
    spelled = canonical(text)
    pieces = pieces_of(spelled, LATE)
    assert all(0 <= piece.held <= 1 for piece in pieces)
    assert [p.start for p in pieces] == sorted(p.start for p in pieces)
    for piece in pieces:
        words = spelled[piece.start : piece.end]
        assert all(gap.text[0] in words for gap in piece.gaps)
        assert piece.gaps or piece.held >= RESTS
