"""Status of a span, on a day, at a place, for a topic: the 2020 notice clause by clause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import Corpus, Place, Status, status_of
from assistant.clauses.effectivity import SpanStatus, binding_period

JIAXING = Place("330400", "嘉兴市")
JINHUA = Place("330700", "金华市")
EVE = date(2024, 7, 31)
DAY = date(2024, 8, 1)
HJ20 = "jx-gbo-2020-28__"


def on(
    corpus: Corpus,
    clause_id: str,
    day: date,
    quote: str | None = None,
    topic: str | None = None,
    place: Place = JIAXING,
) -> SpanStatus:
    text = corpus.clause(clause_id).text
    start = text.index(quote) if quote else None
    end = start + len(quote) if quote and start is not None else None
    return status_of(corpus, clause_id, as_of=day, place=place, topic=topic, start=start, end=end)


# Inventory, section 5: clause, quote, topic, status from 2024-08-01, notice code, superseding clause.
ROWS = [
    pytest.param("sec_1__para_1", None, "own_home", "in_force", None, None, id="own_home_stays"),
    pytest.param(
        "sec_1__para_1", None, "rental", "superseded", "superseded", "sec_1", id="rental_half_ends"
    ),
    pytest.param(
        "sec_1__para_2",
        "连续居住3年及以上",
        None,
        "superseded",
        "superseded",
        "sec_1",
        id="three_years",
    ),
    pytest.param(
        "sec_1__para_2",
        "按“一房一户”原则",
        None,
        "in_force",
        "rule_uncertain",
        None,
        id="one_home_doubt",
    ),
    pytest.param(
        "sec_2__para_1", None, None, "superseded", "superseded", "sec_3__para_2", id="talent"
    ),
    pytest.param(
        "sec_2__para_2", None, None, "superseded", "superseded", "sec_3__para_1", id="vocational"
    ),
    pytest.param(
        "sec_3__para_1",
        "男性年满60周岁、女性年满55周岁",
        None,
        "superseded",
        "superseded",
        "sec_2__para_1",
        id="parents_age",
    ),
    pytest.param(
        "sec_3__para_1",
        "申报户口投靠不受年龄限制。",
        "host_with_home",
        "superseded",
        "superseded",
        "sec_2__para_1",
        id="parents_cohabiting_child_with_home",
    ),
    pytest.param(
        "sec_3__para_1",
        "申报户口投靠不受年龄限制。",
        "host_without_home",
        "in_force",
        "rule_uncertain",
        None,
        id="parents_cohabiting_child_without_home",
    ),
    pytest.param(
        "sec_3__para_2", None, None, "superseded", "superseded", "sec_3__para_2", id="talent_family"
    ),
    pytest.param("sec_4__para_1", None, None, "in_force", None, None, id="collective_focus"),
    pytest.param("sec_4__para_2", None, None, "in_force", None, None, id="order_of_addresses"),
    pytest.param("sec_4__para_3", None, None, "in_force", None, None, id="lost_address"),
    pytest.param("sec_5", None, None, "in_force", None, None, id="rural_rights"),
    pytest.param("sec_6", None, None, "in_force", None, None, id="public_services"),
    pytest.param("sec_7", None, None, "in_force", None, None, id="funding"),
]


@pytest.mark.parametrize(("clause", "quote", "topic", "status", "code", "by"), ROWS)
def test_each_clause_of_2020_on_the_eve_and_after_the_notice_of_2024(
    corpus: Corpus,
    clause: str,
    quote: str | None,
    topic: str | None,
    status: str,
    code: str | None,
    by: str | None,
) -> None:
    assert on(corpus, HJ20 + clause, EVE, quote, topic).status is Status.IN_FORCE
    found = on(corpus, HJ20 + clause, DAY, quote, topic)
    assert found.status == status
    assert found.by == (f"jx-gbo-2024-16__{by}" if by else None)
    told = {c for c, text in found.notices if "嘉政办发〔2024〕19号" not in text}
    assert told == ({code} if code else set())


def test_a_superseded_span_ends_the_day_before(corpus: Corpus) -> None:
    assert on(corpus, HJ20 + "sec_2__para_1", EVE).effective_to == EVE
    assert on(corpus, HJ20 + "sec_1__para_1", EVE, topic="own_home").effective_to is None


def test_every_citation_of_2020_warns_of_the_list_that_is_not_published(corpus: Corpus) -> None:
    found = on(corpus, HJ20 + "sec_5", date(2026, 1, 1))
    assert any("嘉政办发〔2024〕19号" in text for _, text in found.notices)


def test_the_years_between_carry_the_conflict_of_sources(corpus: Corpus) -> None:
    codes = {c for c, _ in on(corpus, HJ20 + "sec_1__para_2", EVE, "连续居住3年及以上").notices}
    assert "conflict" in codes


@pytest.mark.parametrize(
    ("clause_id", "day", "status"),
    [
        pytest.param("jx-gbo-2024-16__sec_1", EVE, "not_yet_in_force", id="eve_of_2024"),
        pytest.param("jx-gbo-2024-16__sec_1", DAY, "in_force", id="first_day_of_2024"),
        pytest.param(
            "jx-gbo-2020-28__sec_5", date(2020, 7, 31), "not_yet_in_force", id="eve_of_2020"
        ),
        pytest.param("jx-gbo-2020-28__sec_5", date(2020, 8, 1), "in_force", id="first_day_of_2020"),
        pytest.param(
            "jx-gbo-2014-permit-pilot__sec_2__subsec_2",
            date(2014, 10, 30),
            "not_yet_in_force",
            id="eve_of_pilot",
        ),
        pytest.param(
            "jx-gbo-2014-permit-pilot__sec_2__subsec_2",
            date(2015, 10, 30),
            "in_force",
            id="last_day_of_pilot",
        ),
        pytest.param(
            "jx-gbo-2014-permit-pilot__sec_2__subsec_2",
            date(2015, 10, 31),
            "expired",
            id="day_after_pilot",
        ),
        pytest.param(
            "zj-psd-2023-hukou-draft__sec_1__subsec_4", DAY, "draft", id="draft_of_the_province"
        ),
        pytest.param(
            "jh-gbo-2023-hukou-draft__sec_2__subsec_6", DAY, "draft", id="draft_of_jinhua"
        ),
        pytest.param(
            "jx-psb-2024-hukou-interpretation__sec_3__subsec_1",
            DAY,
            "interpretation",
            id="interpretation",
        ),
    ],
)
def test_status_on_either_side_of_each_boundary(
    corpus: Corpus, clause_id: str, day: date, status: str
) -> None:
    assert on(corpus, clause_id, day).status == status


def test_deleted_text_is_amended_and_its_place_is_named(corpus: Corpus) -> None:
    found = on(corpus, "jx-gbo-2024-20__sec_4", DAY, "年度进出口额首次达到100万美元")
    assert found.status is Status.AMENDED
    assert any("嘉政办发〔2023〕59号第五部分第十九点" in text for _, text in found.notices)


def test_replaced_text_is_amended_and_its_replacement_in_force(corpus: Corpus) -> None:
    clause = "jx-gbo-2024-20__sec_3"
    assert on(corpus, clause, DAY, "每 1 万美元最高奖励0.1万元").status is Status.AMENDED
    assert on(corpus, clause, DAY, "按照综合评价等次给予一定奖励").status is Status.IN_FORCE


def test_amendments_name_place_action_old_and_new(corpus: Corpus) -> None:
    notice = corpus.notice("jx-gbo-2024-20")
    assert [(a.place, a.action.value) for a in notice.amendments] == [
        ("第一部分第四点", "delete"),
        ("第二部分第八点", "replace"),
        ("第四部分第十五点", "replace"),
        ("第五部分第十九点", "delete"),
        ("第五部分第二十一点", "delete"),
        ("第五部分第二十一一点", "delete"),
    ]
    replaced = notice.amendments[1]
    text = corpus.clause(replaced.clause_id).text
    assert "按照贡献给予服务费奖励" in text[replaced.old.start : replaced.old.end]
    assert replaced.new is not None
    assert "按照综合评价等次" in text[replaced.new.start : replaced.new.end]


def test_no_text_of_another_city_binds_here(corpus: Corpus) -> None:
    found = on(corpus, "jx-gbo-2024-16__sec_1", DAY, place=JINHUA)
    assert not found.binds
    assert "other_jurisdiction" in {code for code, _ in found.notices}


def test_a_county_of_the_city_is_reached(corpus: Corpus) -> None:
    haining = corpus.gazetteer.resolve("海宁")
    assert (haining.name, haining.area) == ("嘉兴市", "海宁市")
    assert on(corpus, "jx-gbo-2024-16__sec_1", DAY, place=haining).binds


@given(days=st.integers(-3000, 3000))
def test_a_clause_never_binds_outside_its_binding_period(corpus: Corpus, days: int) -> None:
    day = DAY + timedelta(days=days)
    for clause_id in ("jx-gbo-2024-16__sec_1", HJ20 + "sec_2__para_1", HJ20 + "sec_4__para_2"):
        first, last = binding_period(corpus, corpus.clause(clause_id))
        inside = first is not None and first <= day and (last is None or day <= last)
        assert on(corpus, clause_id, day).binds == inside
