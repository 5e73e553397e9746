"""The day a question speaks of, and the years that only name a document."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.days import read_days

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年5月1日租房落户要几年", date(2021, 5, 1)),
        ("2021-05-01租房落户要几年", date(2021, 5, 1)),
        ("2021/5/1 租房落户", date(2021, 5, 1)),
        ("2021.5.1的政策", date(2021, 5, 1)),
        ("2021 年 5 月 1 日租房落户", date(2021, 5, 1)),
        ("2021年5月1号租房落户", date(2021, 5, 1)),
        ("二〇二一年五月1日租房落户", date(2021, 5, 1)),
        ("2021年5月租房落户要几年", date(2021, 5, 31)),
        ("2024年2月份的规定", date(2024, 2, 29)),
        ("2021年租房落户要几年", date(2021, 12, 31)),
        ("二〇二一年租房落户要几年", date(2021, 12, 31)),
        ("2021年底租房落户", date(2021, 12, 31)),
        ("2021年年初租房落户", date(2021, 1, 31)),
        ("2021年上半年落户", date(2021, 6, 30)),
        ("2021年下半年落户", date(2021, 12, 31)),
        ("21年的时候落户要什么", date(2021, 12, 31)),
        ("去年落户要什么条件", date(2025, 12, 31)),
        ("去年七月份租房落户要几年", date(2025, 7, 31)),
        ("去年8月1日的规定", date(2025, 8, 1)),
        ("前年落户要什么条件", date(2024, 12, 31)),
        ("大前年落户要什么条件", date(2023, 12, 31)),
        ("去年年底落户要什么条件", date(2025, 12, 31)),
        ("今年落户要什么条件", TODAY),
        ("明年落户要什么条件", date(2027, 1, 1)),
        ("三年前落户要什么条件", date(2023, 11, 22)),
        ("5年前落户要什么条件", date(2021, 11, 22)),
        ("昨天去办落户", date(2026, 11, 21)),
        ("明天去办落户", date(2026, 11, 23)),
        ("上个月去办落户", date(2026, 10, 31)),
        ("下个月去办落户", date(2026, 12, 31)),
        ("2024年8月1日以前租房落户要几年", date(2024, 7, 31)),
        ("2024年8月1日之前租房落户要几年", date(2024, 7, 31)),
        ("2024年8月以前租房落户要几年", date(2024, 7, 31)),
        ("2024年以前租房落户要几年", date(2023, 12, 31)),
        ("2026年现在落户", TODAY),
        ("2026年11月现在落户", TODAY),
    ],
    ids=lambda value: value.isoformat() if isinstance(value, date) else None,
)
def test_the_day_is_read(text: str, day: date) -> None:
    found = read_days(text, TODAY).day
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "text",
    [
        "租房落户要登记满几个月",
        "连续居住登记满六个月",
        "居住登记满3年能落户吗",
        "毕业后15年内能落户吗",
        "养老保险交了两年",
        "46岁每月划多少",
        "2021年13月1日",
        "2021年2月30日",
        "13800138000",
        "0573-81292203",
    ],
    ids=range(10),
)
def test_durations_and_figures_are_no_days(text: str) -> None:
    found = read_days(text, TODAY).day
    assert found is None or found.day.year == 2021  # an impossible day leaves at most its year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("嘉政办发〔2024〕16号讲什么", 2024),
        ("嘉政办发[2020]28号还有效吗", 2020),
        ("2020年的通知怎么说", 2020),
        ("2020年户籍制度改革通知怎么说", 2020),
        ("2024年立法工作计划有哪些", 2024),
        ("2014年居住证试点还有效吗", 2014),
        ("《2024年度市政府重大行政决策事项目录》有几项", 2024),
    ],
    ids=range(7),
)
def test_years_of_documents_are_no_days(text: str, year: int) -> None:
    found = read_days(text, TODAY)
    assert found.day is None
    assert found.document_years in {(year,), ()}


def test_a_day_beside_a_document_is_still_a_day() -> None:
    found = read_days("2021年5月1日时嘉政办发〔2020〕28号怎么规定", TODAY)
    assert found.day is not None
    assert found.day.day == date(2021, 5, 1)


def test_the_first_day_named_counts() -> None:
    found = read_days("2021年5月1日和2022年5月1日有什么不同", TODAY)
    assert found.day is not None
    assert found.day.day == date(2021, 5, 1)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_written_day_is_read_back(day: date) -> None:
    for text in (f"{day.year}年{day.month}月{day.day}日落户", f"{day.isoformat()} 落户"):
        found = read_days(text, TODAY).day
        assert found is not None
        assert found.day == day


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    read_days(text, TODAY)


def test_years_compared_set_no_day() -> None:
    found = read_days("户籍通知2020年和2024年有什么不同", date(2026, 11, 22))
    assert found.day is None
    assert found.document_years == (2020, 2024)


def test_a_year_in_a_story_that_leads_to_now_sets_no_day() -> None:
    found = read_days("前年登记断过一阵子，后来一直连续到现在，能落户吗", date(2026, 11, 22))
    assert found.day is None


@pytest.mark.parametrize(
    "text",
    [
        "嘉兴居住证是去年办的，居住登记快一年，能转户口吗",
        "我2005年毕业的中专能落户吗",
        "去年领了居住证，能落户吗",
        "2021年租的房能落户吗",
        "去年刚毕业，能人才落户吗",
        "今年3月生的孩子能落户吗",
    ],
)
def test_when_something_happened_to_somebody_is_no_day_asked_about(text: str) -> None:
    assert read_days(text, TODAY).day is None
