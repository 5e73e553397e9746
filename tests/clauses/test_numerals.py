"""Numerals: equal quantities read equal, words stay words, offsets point into the text given."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses.numerals import in_digits, in_han, normalize, ordinal, quantities

SPELLINGS = [
    ["六个月", "6个月", "６ 个月", "半年", "6 个月"],
    ["一年半", "18个月", "一年六个月", "1年半", "十八个月"],
    ["两个月", "俩月", "2个月", "二个月"],
    ["三年", "3年", "３ 年"],
    ["60日", "六十天", "60 天", "六十日"],
    ["45周岁", "45岁", "四十五岁", "四十五周岁"],
    ["5.5%", "百分之五点五", "５.５％", "5.5 %"],
    ["85%", "百分之八十五", "八成五", "85％"],
    ["30万元", "三十万元", "300000元", "300,000元", "３０ 万元"],
    ["3000 万美元", "三千万美元", "30000000美元", "0.3亿美元"],
    ["1亿美元", "一亿美元", "10000万美元"],
    ["80元/月", "80 元／月", "八十元/月"],
    ["2024年8月1日", "2024 年 8 月 1 日", "2024-08-01", "２０２４年８月１日", "二〇二四年八月一日"],
    ["嘉政办发〔2024〕16号", "嘉政办发[2024]16号", "嘉政办发（2024）16 号", "嘉政办发【2024】16号"],
    ["13家", "十三家", "13 家"],
    ["四十五", "45", "４５"],
    ["两万五", "25000", "2.5万"],
]
WORDS = ["一般", "统一", "一房一户", "第一款", "第十六条", "三省一市", "十四五", "十几", "上半年"]
WORDS += ["一家三口", "高效办成一件事", "十分", "一律", "唯一", "万一", "一次性", "数十", "第3个月"]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=range(len(SPELLINGS)))
def test_spellings_of_one_quantity_normalise_alike(spellings: list[str]) -> None:
    assert len({normalize(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("spellings", SPELLINGS, ids=range(len(SPELLINGS)))
def test_spellings_of_one_quantity_have_one_value(spellings: list[str]) -> None:
    assert len({tuple((q.value, q.unit) for q in quantities(s)) for s in spellings}) == 1


@pytest.mark.parametrize("word", WORDS, ids=range(len(WORDS)))
def test_words_made_of_numerals_stay_words(word: str) -> None:
    assert normalize(word) == word
    assert quantities(word) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("半年", [("6", "个月")], id="half_year"),
        pytest.param("1年", [("12", "个月")], id="years_are_months"),
        pytest.param("45周岁(含)以上", [("45", "周岁")], id="age"),
        pytest.param("500 万元", [("5000000", "元")], id="scaled_amount"),
        pytest.param("每月80元", [("80", "元/月")], id="monthly_amount_before"),
        pytest.param("一个月给80块钱", [("80", "元/月")], id="monthly_amount_spoken"),
        pytest.param("80元/月", [("80", "元/月")], id="monthly_amount_after"),
        pytest.param("〔2024〕16号", [("202400016", "文号")], id="document_number"),
        pytest.param("2024年8月1日", [("20240801", "日期")], id="day"),
        pytest.param("2024年8月", [("202408", "年月")], id="month_of_year"),
        pytest.param("8月1日", [("801", "月日")], id="day_of_month"),
        pytest.param("每年12月", [("12", "月份")], id="month"),
        pytest.param("2024年度", [("2024", "年份")], id="year"),
        pytest.param("三至五年", [("36", "个月"), ("60", "个月")], id="range_shares_its_unit"),
        pytest.param("3-6个月", [("3", "个月"), ("6", "个月")], id="arabic_range"),
        pytest.param("15个工作日", [("15", "工作日")], id="working_days"),
        pytest.param("0573-12345", [("573", ""), ("12345", "")], id="bare_numbers"),
        pytest.param("2024-13-45", [], id="no_such_day"),
    ],
)
def test_quantities_carry_canonical_units(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(format(q.value, "f").split(".")[0], q.unit) for q in quantities(text)] == expected


def test_percentages_keep_their_decimals() -> None:
    assert [(q.value, q.unit) for q in quantities("按百分之五点五缴纳")] == [(Decimal("5.5"), "%")]


def test_offsets_survive_spaces_and_wide_characters() -> None:
    text = "按 ８０ 元／月标准，连续 六\n个月"
    assert [text[q.start : q.end] for q in quantities(text)] == ["８０ 元／月", "六\n个月"]


PIECES = st.sampled_from(
    [
        *(spelling for group in SPELLINGS for spelling in group),
        *WORDS,
        *"一二三十百千万亿两半年月日号个元块岁成点第0123456789.,%-/ 〔〕（）abé①½㎡",
        "百分之",
        "以上",
        "每月",
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30)


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(TEXTS)
def test_offsets_are_ordered_and_inside_the_text(text: str) -> None:
    position = 0
    for quantity in quantities(text):  # one character may hold two numbers: ½
        assert position <= quantity.start < quantity.end <= len(text)
        position = quantity.start


@given(TEXTS)
def test_the_slice_of_a_lone_quantity_reads_the_same(text: str) -> None:
    for q in quantities(text):
        if q.unit in {"日期", "文号", "年月"}:
            assert (q.value, q.unit) in {
                (p.value, p.unit) for p in quantities(text[q.start : q.end])
            }


@given(TEXTS)
def test_full_width_and_half_width_are_one(text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert normalize(wide) == normalize(text)
    assert [(q.value, q.unit) for q in quantities(wide)] == [
        (q.value, q.unit) for q in quantities(text)
    ]


@given(st.integers(min_value=1, max_value=9999))
def test_han_and_arabic_durations_agree(months: int) -> None:
    digits = "零一二三四五六七八九"
    written = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = months // scale % 10
        if digit:
            written += digits[digit] + name
        elif written and months % scale and not written.endswith("零"):
            written += "零"
    assert normalize(f"{written}个月") == f"{months}个月"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("5", 5),
        ("两", 2),
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("一〇", 10),
        ("一百零五", 105),
    ],
    ids=range(7),
)
def test_an_ordinal_has_its_value_in_either_script(numeral: str, value: int) -> None:
    assert ordinal(numeral) == value


@given(st.integers(1, 9999))
def test_what_is_written_in_chinese_is_read_back(value: int) -> None:
    assert ordinal(in_han(value)) == value
    assert quantities(f"{in_han(value)}元")[0].value == value


def test_a_year_is_read_digit_by_digit() -> None:
    assert in_digits("二〇二一年") == "2021年"
    assert in_digits("二○○八") == in_digits("二零零八") == "2008"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("1万2", 12000, ""),
        ("1万5元", 15000, "元"),
        ("3万8多块", 38000, ""),
        ("基数七千五", 7500, ""),
        ("3百5块", 350, "元"),
    ],
)
def test_a_last_digit_that_dropped_its_scale_is_of_the_next_lower_one(
    text: str, value: int, unit: str
) -> None:
    assert [(int(q.value), q.unit) for q in quantities(text)] == [(value, unit)]


def test_a_digit_that_counts_what_follows_is_no_part_of_the_sum() -> None:
    assert [q.value for q in quantities("花了1万3个月")] == [10000, 3]
