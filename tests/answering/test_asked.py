"""Which particular is asked for, and whether a text holds it."""

import pytest

from assistant.answering.asked import (
    asks_commencement,
    asks_for_annex,
    asks_telephone,
    named_in_vain,
    names_other_office,
    outside_months,
    separate_asks,
    unheld_title,
)
from assistant.answering.particulars import (
    asks_for_sum,
    counted_unit,
    holds,
    states_sum,
    wanted_kinds,
)

RENT = "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的,允许本人申请落户。"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("办居住证要收费吗", "收费标准"),
        ("落户手续费多少", "收费标准"),
        ("补办居住证工本费是多少", "收费标准"),
        ("落户几天能办好", "办理时限"),
        ("居住证要几个工作日", "办理时限"),
        ("户籍窗口在哪里", "办公地址"),
        ("派出所地址是多少", "办公地址"),
        ("公安局几点上班", "办公时间"),
        ("星期六能办落户吗", "办公时间"),
        ("嘉兴现在房租多少", "价格"),
        ("咨询电话是多少", "联系电话"),
        ("哪个小程序可以办落户，网址是多少", "网上办理的入口"),
        ("落户申请表去哪里下载", "表格、照片等具体要求"),
        ("照片要几寸的", "表格、照片等具体要求"),
        ("起付标准是多少", "起付标准、限额、基数等具体数额"),
        ("企业补充医疗的缴费基数是多少", "起付标准、限额、基数等具体数额"),
        ("居住证丢了怎么补", "补办、换发"),
        ("刚生的宝宝怎么上户口", "出生、死亡、分户、改名等登记"),
        ("房屋租赁备案要交税吗", "税费"),
        ("户口迁过来会不会影响老家的社保", "对别的事的影响"),
        ("共同居住生活怎么认定", "认定办法"),
        ("迁户口可以代办吗", "代办、邮寄、预约等办法"),
    ],
    ids=range(22),
)
def test_a_particular_is_recognised_and_not_held_by_another_rule(text: str, name: str) -> None:
    kinds = wanted_kinds(text)
    assert name in {kind.name for kind in kinds}
    assert not all(holds(kind, RENT) for kind in kinds)


@pytest.mark.parametrize(
    "text",
    [
        "租房落户要登记满几个月",
        "租房落户需要什么材料",
        "大专学历能落户吗",
        "父母投靠子女有年龄限制吗",
        "45岁在职每月划多少钱",
        "起付标准以上的部分报多少",
        "企业缴费比例是多少",
        "居住登记满多久能落户",
        "养老保险要连续交多久",
        "跨境电商奖励多少钱",
        "新成立企业补充医疗怎么缴",
        "什么时候开始施行",
    ],
    ids=range(12),
)
def test_what_the_rules_do_state_is_no_particular(text: str) -> None:
    assert wanted_kinds(text) == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("证照办理工本费为 5 元", True),
        ("应当在 5个工作日内办结", True),
        ("地 址：嘉兴市广场路1号", True),
        ("电 话：0573—82521257", True),
    ],
    ids=range(4),
)
def test_a_text_that_states_a_particular_holds_it(text: str, held: bool) -> None:
    kinds = wanted_kinds("收费吗？几天办好？地址在哪？咨询电话是多少？")
    assert any(holds(kind, text) for kind in kinds) is held


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这个通知什么时候施行", True),
        ("自哪一天起执行", True),
        ("施行日期是哪天", True),
        ("什么时候能落户", False),
    ],
    ids=range(4),
)
def test_commencement(text: str, expected: bool) -> None:
    assert asks_commencement(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("附件里列了哪些文件", True),
        ("废止的是哪13件", True),
        ("重大火灾隐患单位名单是什么", True),
        ("租房落户需要哪些材料", False),
    ],
    ids=range(4),
)
def test_annexes(text: str, expected: bool) -> None:
    assert asks_for_annex(text) is expected


def test_telephone_and_sums() -> None:
    assert asks_telephone("户籍咨询电话多少")
    assert not asks_telephone("租房落户要几个月")
    assert asks_for_sum("奖励多少钱")
    assert states_sum("奖励多少钱", "给予一次性5万元奖励")
    assert states_sum("每月要缴多少钱", "按缴费基数的1%缴纳")
    assert not states_sum("奖励多少钱", RENT)


def test_a_rarer_unit_must_be_held() -> None:
    unit = counted_unit("积分落户要多少分")
    assert unit is not None
    assert unit.search("达到 80 分")
    assert not unit.search(RENT)
    assert counted_unit("登记满几个月") is None


def test_a_title_that_no_document_bears() -> None:
    held = ["嘉兴市机关事业单位医疗补助办法"]
    assert unheld_title("《浙江省户口登记管理规定》怎么说", held) == "《浙江省户口登记管理规定》"
    assert unheld_title("《嘉兴市机关事业单位医疗补助办法》怎么说", held) is None
    assert unheld_title("医疗补助办法怎么说", held) is None


@pytest.mark.parametrize(
    "question",
    [
        "第三十批重大火灾隐患单位有哪些",
        "2030年立法计划由谁起草",
        "落户后失业金怎么领",
        "户口迁来了，公积金贷款怎么办",
    ],
    ids=range(4),
)
def test_what_is_named_but_not_written_is_named_in_vain(question: str) -> None:
    assert named_in_vain(question, "关于公布第二十四批市级重大火灾隐患整改单位的通知", 2024)


@pytest.mark.parametrize(
    "question",
    [
        "第二十四批有哪些要求",
        "第24批什么时候整改",
        "2024年公布的名单怎么管",
        "公积金我有，落户要几个月",
    ],
    ids=range(4),
)
def test_what_is_written_is_not_named_in_vain(question: str) -> None:
    assert not named_in_vain(question, "关于公布第二十四批市级重大火灾隐患整改单位的通知", 2024)


def test_a_window_is_another_office_than_the_notices_own() -> None:
    assert names_other_office("新城派出所窗口电话")
    assert not names_other_office("市公安局户籍政策解读的联系电话")


def test_a_question_about_the_main_text_does_not_want_the_annex() -> None:
    assert asks_for_annex("附件里列了哪些文件")
    assert not asks_for_annex("附件略了，正文里说废止以后还能作依据吗")


@pytest.mark.parametrize(
    ("question", "outside"),
    [
        ("2024年7月任命了谁", True),
        ("2024年6月任命了谁", False),
        ("2023年6月任命了谁", True),
        ("最近任命了谁", False),
    ],
    ids=range(4),
)
def test_a_document_of_certain_months_says_nothing_of_others(question: str, outside: bool) -> None:
    assert outside_months(question, "嘉兴市人民政府人事任免（2024年5、6月份）") is outside


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("租房要登记多久？就业要交几个月？", ["租房要登记多久？", "就业要交几个月？"]),
        ("租房要登记多久，还有材料要带什么", ["租房要登记多久", "材料要带什么"]),
        ("我租了房，登记半年了。能落户吗？", ["我租了房，登记半年了。能落户吗？"]),
        ("还有几个月能落户", ["还有几个月能落户"]),
    ],
    ids=range(4),
)
def test_several_questions_of_one_message(question: str, asks: list[str]) -> None:
    assert list(separate_asks(question)) == asks
