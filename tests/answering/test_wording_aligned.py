"""A wording beside the sentence that it copies, and sentences of a clause that belong together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.grounding import Support, wording_reasons
from assistant.answering.grounding.alignment import alignment_reasons
from assistant.answering.grounding.limits import exception_reasons, part_reasons, stage_reasons

JOIN = Support(
    (
        "放宽城镇地区投靠落户条件。投靠有合法稳定住所成年子女的,取消对父母的年龄限制;"
        "投靠有合法稳定住所父母的,放宽至未婚子女。",
    )
)
SKILLED = Support(
    (
        "具有大专以上学历、中级以上职称或取得技师以上国家职业资格证书的人员,允许本人及其共同居住生活的配偶、未成年子女、父母在城镇地区申请落户。"
        "本人已落户在单位集体户、家庭户亲友处、社区集体户的,其配偶、未成年子女、父母可申请投靠迁入。",
    )
)
ORDER = Support(
    ("公安机关按照当事人合法住所、单位集体户、社区公共集体户先后顺序,办理落户登记手续。",)
)
LEAVE = Support(
    (
        "用人单位可于每年12月向医保经办机构申请参加或退出企业补充医疗保险(当年新成立的用人单位除外)。"
        "申请退出企业补充医疗保险的用人单位,应经职工代表大会讨论批准并提供相关材料。",
    )
)
REPEAL = Support(
    (
        "决定废止市政府规范性文件5件,今后不再作为行政管理的依据;"
        "决定修改市政府规范性文件2件,修改后继续有效。",
    )
)
POST = Support(("周某、张某兼任嘉兴市投资促进中心副主任",))
TRIAL = Support(("探索开展农村集体产权有偿退出试点。各地不得以退出宅基地使用权作为落户条件。",))
LEVY = Support(("由税务部门随同职工基本医疗保险(以下简称职工医保)费按月一并征收。",))
MAIL = Support(("通过信函方式将意见寄至:嘉兴市中山西路9号。做好参保人员关系衔接。",))
ACCOUNT = Support(("个人账户使用规则、使用范围按嘉兴市职工医保历年个人账户有关规定执行。",))
HONOUR = Support(("被评为劳动模范、道德模范、优秀农民工等荣誉称号的人员,可以申报户口迁入登记。",))
MAYOR = Support(
    (
        "王某副市长负责应急管理、统计工作。分管市应急管理局、市统计局、市数据局。联系嘉兴军分区、市税务局。",
    )
)
GRANT = Support(("对承接外包业务的企业给予一定奖励,奖励最高不超过60万元。",))
EVERY = (
    MAYOR,
    GRANT,
    MAIL,
    ACCOUNT,
    HONOUR,
    JOIN,
    SKILLED,
    ORDER,
    LEAVE,
    REPEAL,
    POST,
    TRIAL,
    LEVY,
)

FALSE = [
    pytest.param(MAYOR, "王某副市长联系市应急管理局、市统计局，分管嘉兴军分区", id="heads_of_lists_exchanged"),
    pytest.param(GRANT, "给企业的奖励都是60万元", id="cap_as_amount"),
    pytest.param(MAIL, "意见须当面送往嘉兴市中山西路9号", id="another_verb_completed"),
    pytest.param(HONOUR, "被评为劳动模范等荣誉称号的人员，可以申报户口迁出登记", id="in_for_out"),
    pytest.param(ACCOUNT, "个人账户怎么继承，按嘉兴市职工医保历年个人账户的有关规定执行", id="question_of_something_else"),
    pytest.param(ORDER, "社区按照当事人合法住所、单位集体户、社区公共集体户先后顺序，办理落户登记手续", id="office"),
    pytest.param(ORDER, "公安机关按照当事人合法住所、单位集体户、家庭户先后顺序，办理落户登记手续", id="place"),
    pytest.param(LEAVE, "申请参加企业补充医疗保险的用人单位，应经职工代表大会讨论批准并提供相关材料", id="deed"),
    pytest.param(REPEAL, "决定修改的市政府规范性文件2件，今后不再作为行政管理的依据", id="another_head"),
    pytest.param(POST, "周某、张某兼任嘉兴市投资促进中心主任", id="rank_left_out"),
    pytest.param(TRIAL, "农村集体产权有偿退出已经全面开展", id="trial_as_done"),
    pytest.param(TRIAL, "各地不得以退出宅基地使用权作为落户条件，集体产权除外", id="exception"),
    pytest.param(REPEAL, "其中部分市政府规范性文件修改后继续有效", id="part"),
    pytest.param(JOIN, "投靠有合法稳定住所父母的，放宽至未婚子女及其配偶", id="relatives_of_relatives"),
    pytest.param(LEAVE, "所有用人单位都可于每年12月申请参加，没有例外", id="no_exception"),
    pytest.param(JOIN, "杭州市投靠有合法稳定住所成年子女的，取消对父母的年龄限制", id="scope_not_announced"),
    pytest.param(SKILLED, "具有硕士以上学历，已落户在单位集体户的，其配偶、未成年子女、父母可申请投靠迁入", id="rank_of_before"),
]  # fmt: skip
TRUE = [
    pytest.param(MAYOR, "市应急管理局、市统计局都由王某副市长分管", id="topic_within_a_name"),
    pytest.param(GRANT, "给企业的奖励封顶都是60万元", id="cap_with_a_word_between"),
    pytest.param(MAIL, "意见用信函方式寄往嘉兴市中山西路9号", id="verb_completed"),
    pytest.param(MAIL, "把参保人员的关系衔接好", id="verb_completed_behind"),
    pytest.param(ACCOUNT, "个人账户怎么用，按嘉兴市职工医保历年个人账户的有关规定执行", id="question_taken_up"),
    pytest.param(HONOUR, "被评为道德模范、优秀农民工、劳动模范等荣誉称号的人员，可以申报户口迁入登记", id="list_in_another_order"),
    pytest.param(JOIN, "在城镇地区投靠有合法稳定住所的成年子女，对父母的年龄限制已经取消", id="scope_announced"),
    pytest.param(SKILLED, "具有大专以上学历的人，本人已落户在社区集体户的，其配偶、未成年子女、父母可申请投靠迁入", id="who_before"),
    pytest.param(SKILLED, "本人已落户在单位集体户的，其配偶、未成年子女、父母可申请投靠迁入，本人须具有中级以上职称", id="who_after"),
    pytest.param(LEVY, "职工基本医疗保险费由税务部门按月征收", id="words_apart_by_a_gloss"),
    pytest.param(LEAVE, "申请退出的用人单位，应经职工代表大会讨论批准并提供相关材料", id="same_deed"),
    pytest.param(REPEAL, "决定废止的5件文件，今后不再作为行政管理的依据", id="same_head"),
    pytest.param(TRIAL, "农村集体产权有偿退出还在探索开展试点", id="trial_as_trial"),
    pytest.param(LEAVE, "当年新成立的用人单位除外", id="exception_of_the_text"),
]  # fmt: skip


@pytest.mark.parametrize(("support", "statement"), FALSE)
def test_what_is_put_in_the_place_of_something_is_stopped(support: Support, statement: str) -> None:
    assert wording_reasons(statement, support)


@pytest.mark.parametrize(("support", "statement"), TRUE)
def test_what_the_sentences_say_together_is_kept(support: Support, statement: str) -> None:
    assert wording_reasons(statement, support) == ()


@given(st.data())
def test_a_sentence_beside_itself_differs_in_nothing(data: st.DataObject) -> None:
    support = data.draw(st.sampled_from(EVERY))
    sentence = data.draw(st.sampled_from([s for s in support.texts[0].split("。") if s]))
    ending = data.draw(st.sampled_from(["", "。", "！", " "]))
    for examine in (alignment_reasons, exception_reasons, part_reasons, stage_reasons):
        assert examine(sentence + ending, support) == ()
