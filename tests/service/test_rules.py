"""Rules over HTTP: forms to draw, verdicts with their citations, and what is refused."""

import re
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.clauses import Corpus
from assistant.schemas import Decision, RuleDetail, RuleList, Survey
from assistant.service.routes.rules import DECIDE_REQUEST, SURVEY_REQUEST
from tests.service.fake import the_book
from tests.service.test_errors import error_of

RENTAL = "/api/rules/settle.rental/decide"
SURVEY = "/api/rules/survey"


def decide(client: TestClient, rule_id: str, **body: Any) -> Decision:
    response = client.post(f"/api/rules/{rule_id}/decide", json=body)
    assert response.status_code == 200, response.text
    return Decision.model_validate(response.json())


def test_five_months_of_registration_are_one_month_short(client: TestClient) -> None:
    told = decide(
        client,
        "settle.rental",
        facts={"rent.is_urban_commodity_housing": True, "reg.months": 5},
        as_of="2026-11-22",
    )
    assert told.verdict.outcome == "ineligible"
    assert told.verdict.earliest_date == date(2026, 12, 22)
    quotes = {c.marker: c.quote for c in told.citations}
    stands_on = {c.id: quotes[c.marker] for c in told.verdict.conditions}
    assert stands_on["housing"] == "租赁本市城镇地区商品住房"
    assert stands_on["registration"] == "在浙江省范围内连续居住登记满六个月的"
    statuses = {c.id: c.status for c in told.verdict.conditions}
    assert statuses == {"housing": "met", "registration": "unmet"}
    assert {c.doc_number for c in told.citations} == {"嘉政办发〔2024〕16号"}


def test_on_that_day_the_same_registration_is_enough(client: TestClient) -> None:
    facts = {"rent.is_urban_commodity_housing": True, "reg.start": "2026-06-22"}
    eve = decide(client, "settle.rental", facts=facts, as_of="2026-12-21")
    day = decide(client, "settle.rental", facts=facts, as_of="2026-12-22")
    assert (eve.verdict.outcome, day.verdict.outcome) == ("ineligible", "eligible")


def test_a_survey_ranks_what_is_open_now_before_what_will_be(client: TestClient) -> None:
    response = client.post(
        SURVEY,
        json={
            "facts": {"edu": "大专", "pension.consecutive_months_city": 2},
            "as_of": "2026-11-22",
        },
    )
    told = Survey.model_validate(response.json())
    channels = [v.rule_id for v in told.verdicts]
    by_rule = {v.rule_id: v for v in told.verdicts}
    assert channels[0] == "settle.talent"
    assert by_rule["settle.talent"].outcome == "eligible"
    assert by_rule["settle.talent"].covers == ["配偶", "未成年子女", "父母"]
    assert by_rule["settle.employment"].earliest_date == date(2026, 12, 22)
    assert set(channels) == {r.id for r in the_book().channels()}


def test_with_a_stable_job_only_the_third_month_is_wanting(client: TestClient) -> None:
    told = Survey.model_validate(client.post(SURVEY, json=SURVEY_REQUEST).json())
    assert [v.rule_id for v in told.verdicts[:2]] == ["settle.talent", "settle.employment"]
    employment = told.verdicts[1]
    assert (employment.outcome, employment.earliest_date) == ("ineligible", date(2026, 12, 22))


@pytest.mark.parametrize("body", [{}, SURVEY_REQUEST, {"jurisdiction": "杭州市"}])
def test_every_marker_points_to_a_verbatim_citation(
    client: TestClient, corpus: Corpus, body: dict[str, Any]
) -> None:
    told = Survey.model_validate(client.post(SURVEY, json=body).json())
    markers = [c.marker for c in told.citations]
    used = {row.marker for v in told.verdicts for row in v.conditions}
    used |= {row.marker for v in told.verdicts for row in v.materials}
    assert markers == list(range(1, len(markers) + 1))
    assert used <= set(markers)
    assert markers
    for citation in told.citations:
        published = corpus.source(citation.source.file)
        published = published[citation.source.start : citation.source.end]
        assert re.sub(r"\s", "", published) == re.sub(r"\s", "", citation.quote)


def test_day_and_place_are_today_and_home_unless_named(client: TestClient) -> None:
    here = decide(client, "settle.rental")
    away = decide(client, "settle.rental", jurisdiction="杭州市", as_of=None)
    assert here.verdict.as_of == date(2026, 11, 22)
    assert here.verdict.outcome == "undetermined"
    assert away.verdict.outcome == "not_applicable"
    assert away.citations[0].clause_id == "jx-gbo-2024-16__sec_1"


def test_what_the_sources_leave_open_is_told_beside_the_verdict(client: TestClient) -> None:
    told = decide(client, "settle.rental", facts={}, as_of="2023-06-01")
    assert "conflict" in {n.code for n in told.notices}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        pytest.param({"no.such_fact": 1}, "no.such_fact", id="unknown_name"),
        pytest.param({"no.such_fact": None}, "no.such_fact", id="unknown_name_forgotten"),
        pytest.param({"age": 300}, "age", id="too_old"),
        pytest.param({"age": "四十六"}, "age", id="age_in_words"),
        pytest.param({"age": True}, "age", id="boolean_is_no_number"),
        pytest.param({"reg.months": -1}, "reg.months", id="negative_months"),
        pytest.param({"reg.months": 5.5}, "reg.months", id="half_months"),
        pytest.param({"reg.start": "2026-02-30"}, "reg.start", id="no_such_day"),
        pytest.param({"reg.start": 20260601}, "reg.start", id="day_as_number"),
        pytest.param({"birth_date": "2027-01-01"}, "birth_date", id="not_yet_born"),
        pytest.param(
            {"rent.start": "2026-01-01", "rent.end": "2025-01-01"}, "rent.end", id="end_first"
        ),
        pytest.param(
            {"birth_date": "1980-01-01", "age": 20}, "age", id="age_against_birth"
        ),
        pytest.param({"edu": "秀才"}, "edu", id="no_such_choice"),
        pytest.param({"edu": ["大专"]}, "edu", id="choice_as_list"),
        pytest.param({"family": [{"relation": "朋友"}]}, "family", id="no_such_relative"),
        pytest.param({"family": [{"minor": True}]}, "family", id="relative_without_relation"),
        pytest.param({"employer.base": -1}, "employer.base", id="negative_money"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [RENTAL, SURVEY])
def test_a_fact_that_cannot_be_is_422_and_named(
    client: TestClient, path: str, facts: dict[str, Any], field: str
) -> None:
    response = client.post(path, json={"facts": facts, "as_of": "2026-11-22"})
    assert response.status_code == 422
    assert error_of(response)["field"] == field


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"stray": 1}, "stray", id="unknown_field"),
        pytest.param({"facts": []}, "facts", id="facts_not_an_object"),
        pytest.param({"facts": None}, "facts", id="facts_null"),
        pytest.param({"as_of": "2026-13-01"}, "as_of", id="no_such_day"),
        pytest.param({"jurisdiction": "乌有市"}, "jurisdiction", id="unknown_place"),
        pytest.param({"jurisdiction": " "}, "jurisdiction", id="blank_place"),
    ],
)
@pytest.mark.parametrize("path", [RENTAL, SURVEY])
def test_a_bad_request_is_422_and_names_the_field(
    client: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == 422
    assert error_of(response)["field"] == field


@pytest.mark.parametrize("fact", ['"\\ud800": 1', '"edu": "\\ud800"', '"age": NaN', '"age": 1e999'])
def test_what_is_no_json_text_or_number_is_refused(client: TestClient, fact: str) -> None:
    response = client.post(
        RENTAL, content=f'{{"facts": {{{fact}}}}}', headers={"content-type": "application/json"}
    )
    assert response.status_code == 422
    assert error_of(response)["field"] == "facts"


def test_an_unknown_rule_is_404(client: TestClient) -> None:
    for response in (
        client.post("/api/rules/settle.nowhere/decide", json={}),
        client.get("/api/rules/settle.nowhere"),
        client.get("/api/rules/落户"),
    ):
        assert response.status_code == 404
        assert error_of(response)["code"] == "unknown_rule"


def test_an_unknown_parameter_is_422(client: TestClient) -> None:
    assert client.get("/api/rules", params={"x": 1}).status_code == 422
    assert client.post(RENTAL, params={"x": 1}, json={}).status_code == 422


def test_all_rules_are_listed_with_clauses_and_facts(client: TestClient, corpus: Corpus) -> None:
    listed = RuleList.model_validate(client.get("/api/rules").json())
    assert [r.rule_id for r in listed.rules] == [r.id for r in the_book().rules]
    for rule in listed.rules:
        assert rule.clause_ids
        for clause_id in rule.clause_ids:
            corpus.clause(clause_id)
        for fact in rule.facts:
            assert fact.text
            assert (fact.type in {"enum", "list"}) == (fact.choices is not None)


def test_a_form_names_each_fact_once_and_says_what_it_may_replace(client: TestClient) -> None:
    for rule in RuleList.model_validate(client.get("/api/rules").json()).rules:
        names = [fact.name for fact in rule.facts]
        assert len(names) == len(set(names))
        assert {f.instead_of for f in rule.facts if f.instead_of} <= set(names)


def test_whatever_is_missing_can_be_filled_in_the_form(client: TestClient) -> None:
    for rule in RuleList.model_validate(client.get("/api/rules").json()).rules:
        told = decide(client, rule.rule_id)
        assert set(told.verdict.missing_facts) <= {fact.name for fact in rule.facts}


def test_one_rule_shows_its_versions(client: TestClient) -> None:
    detail = RuleDetail.model_validate(client.get("/api/rules/settle.rental").json())
    assert detail.title == "租赁落户"
    assert [(v.effective_from, v.effective_to) for v in detail.versions] == [
        (date(2020, 8, 1), date(2024, 7, 31)),
        (date(2024, 8, 1), None),
    ]
    assert not [v for v in detail.versions if v.under_review]
    kept = {f.name: f for f in detail.facts}
    assert kept["reg.months"].instead_of == "reg.start"
    assert (kept["reg.months"].unit, kept["reg.months"].minimum) == ("个月", 0)


def test_the_same_facts_in_any_order_get_the_same_bytes(client: TestClient) -> None:
    facts = {"edu": "大专", "pension.consecutive_months_city": 2, "job.stable_in_city": True}
    turned = dict(reversed(facts.items()))
    first, second = (client.post(SURVEY, json={"facts": f}).content for f in (facts, turned))
    assert first == second


def test_the_example_in_openapi_is_what_the_service_says(client: TestClient) -> None:
    given = client.post(RENTAL, json=DECIDE_REQUEST).json()
    described = client.get("/api/openapi.json").json()["paths"]["/api/rules/{rule_id}/decide"]
    content = described["post"]["responses"]["200"]["content"]["application/json"]
    assert content["example"] == Decision.model_validate(given).model_dump(
        mode="json", exclude_none=True
    )
