"""What is said first of words pasted as official, and what follows."""

import pytest

from tests.answering.conftest import Ask

NOWHERE = "现在收录的文件里"


@pytest.mark.parametrize(
    "question",
    [
        "16号文第九条写着“落户当天发放安家补贴一万元”，这一万在哪个窗口领",
        "收到通知截图，上面写：租房落户须一次性缴纳配套费八千元。这八千交给谁",
        "房东说新规要求租客落户得付他三个月租金的同意费，这个费怎么算",
        "解读里说“落户后三年内不得迁出，违者罚款”，罚多少",
    ],
    ids=range(4),
)
def test_what_follows_from_an_invented_clause_is_refused(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.reason) == ("refuse", "no_source")
    assert NOWHERE in answer.text.split("\n")[0]


@pytest.mark.parametrize(
    "question",
    [
        "根据嘉政办发〔2024〕16号第七条，凡居住满一个月即可落户，我符合吧",
        "我登记了两个月，朋友圈转的新规说“租房登记满一个月即可落户”，我够了没",
    ],
    ids=range(2),
)
def test_beside_an_invented_clause_the_rules_still_decide(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind in {"clarify", "verdict"}
    assert NOWHERE in answer.text.split("\n")[0]
    assert all(v.outcome != "eligible" for v in answer.verdicts)


def test_a_notice_is_said_to_have_no_such_article(ask: Ask) -> None:
    first = ask("按嘉政办发〔2024〕16号第七条，凡居住满一个月即可落户，我符合吧").text.split("\n")[
        0
    ]
    assert "里没有「第七条」" in first


@pytest.mark.parametrize(
    ("question", "said", "printed", "clause"),
    [
        (
            "“连续参加本市职工基本养老保险达一个月的，允许本人落户”，文件是这么写的吧",
            "一个月",
            "三个月",
            "jx-gbo-2024-16__sec_4__para_1",
        ),
        (
            "17号文件规定：在职人员45周岁以下按100元/月标准划入。没错吧",
            "100元/月",
            "80 元/月",
            "jx-gbo-2024-17__sec_3__subsec_1",
        ),
        (
            "“投靠有合法稳定住所父母的,放宽至未成年子女”这句是通知的原话吗",
            "未成年",
            "未婚",
            "jx-gbo-2024-16__sec_2__para_1",
        ),
    ],
    ids=range(3),
)
def test_a_changed_word_is_told_beside_the_printed_one(
    ask: Ask, question: str, said: str, printed: str, clause: str
) -> None:
    answer = ask(question)
    first = answer.text.split("\n")[0]
    assert answer.kind == "answer"
    assert "不一样" in first
    assert f"「{said}」" in first
    assert f"「{printed}」" in first
    assert answer.citations[0].clause_id == clause
    assert printed in answer.citations[0].quote


def test_words_of_a_draft_are_said_to_be_in_force_nowhere(ask: Ask) -> None:
    answer = ask(
        "文件上写「在本省其他城镇地区经常居住，有合法稳定住所（含租赁）的，可以在居住地申请登记常住户口」，"
        "规定是这样吗"
    )
    assert "征求意见稿，没有施行" in answer.text.split("\n")[0]
    assert {n.code for n in answer.notices} >= {"draft"}


def test_words_that_no_longer_apply_stand_beside_those_that_do(ask: Ask) -> None:
    answer = ask(
        "通知规定「当事人租赁城区（城镇）商品住房的，须在市本级或同一县（市）范围内已连续居住3年及以上」，现在还是这样吗"
    )
    assert "已被新文件替代" in answer.text.split("\n")[0]
    assert [c.status for c in answer.citations[:2]] == ["superseded", "in_force"]


def test_true_words_are_known_as_such_and_their_place_is_told(ask: Ask) -> None:
    answer = ask("“投靠有合法稳定住所成年子女的,取消对父母的年龄限制”，真有这么一条吗")
    assert "是文件的原文" in answer.text.split("\n")[0]
    assert answer.citations[0].clause_id == "jx-gbo-2024-16__sec_2__para_1"


@pytest.mark.parametrize(
    "question",
    [
        "听说新规定爸妈投靠子女不看年纪了，是真的吗",
        "16号文规定大专毕业就能带老婆孩子一起落户，我没理解错吧",
        "听说新政策中专毕业也能落户了，有这个文件吗",
        "文件规定不能拿退宅基地当落户条件，是哪一条",
    ],
    ids=range(4),
)
def test_what_is_reported_rightly_is_never_said_to_be_nowhere(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind != "refuse"
    assert NOWHERE not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "“在浙江省范围内连续居住登记满六个月,持有本市公安机关签发的有效《浙江省居住证》的,允许本人凭居住证落户”是真的吗",
        "嘉政办发〔2024〕16号：“被投靠人是城镇地区家庭户户主的,投靠对象放宽至户主的直系亲属”是真的吗",
    ],
    ids=range(2),
)
def test_words_of_a_clause_tell_nothing_of_their_reader(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.facts == {}
    assert answer.verdicts == []


def test_a_draft_is_no_basis_for_a_case(ask: Ask) -> None:
    answer = ask("省厅意见稿说租房就可以登记户口，我租房三个月，能按意见稿落户吗")
    assert "没有施行" in answer.text.split("\n")[0]
    assert {n.code for n in answer.notices} >= {"draft"}
    assert all(v.outcome != "eligible" for v in answer.verdicts)
