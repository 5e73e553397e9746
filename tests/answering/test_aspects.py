"""Which side of a matter is asked about."""

import pytest

from assistant.answering.aspects import aspects_of, without_asking


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("新旧文件打架听哪个的", "原有政策与本通知不一致的,以本通知为准。"),
        ("哪些人能享受医疗补助", "一、统一参保对象"),
        ("单位要交百分之几", "二、筹资标准"),
        ("每年几月份可以申请退出", "可于每年12月向医保经办机构申请"),
        ("重大决策要走哪些程序", "严格落实集体讨论决策等程序"),
        ("只给骨干职工上行不行", "按照单位整体参保的原则"),
        ("别的领导分工变没变", "其他市政府领导分工不变。"),
        ("这份解读是哪个部门写的", "解读机关:嘉兴市公安局。"),
        ("居住证互认推进到什么程度了", "探索开展长三角城市群居住证跨省互通互认"),
        ("按几个点缴", "二、筹资标准"),
        ("户口先落哪家", "按照先后顺序申请落户"),
        ("哪天开始执行", "本办法自 2024 年 8 月 1 日起施行"),
        ("落户有哪些途径", "全面畅通居住落户、就业落户等渠道"),
    ],
    ids=range(13),
)
def test_a_side_is_found_in_the_words_of_notices(question: str, text: str) -> None:
    assert any(aspect.held.search(text) for aspect in aspects_of(question))


@pytest.mark.parametrize(
    "question",
    ["租房落户要登记满几个月", "大专能落户吗", "哪些单位负责集体户", "我想落户"],
    ids=range(4),
)
def test_other_questions_ask_no_side(question: str) -> None:
    assert aspects_of(question) == ()


def test_the_words_of_asking_are_taken_out_and_nothing_moves() -> None:
    question = "医疗补助谁来征收"
    bare = without_asking(question, aspects_of(question))
    assert bare.strip() == "医疗补助"
    assert len(bare) == len(question)
