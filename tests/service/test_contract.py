"""The contract's endpoints, over the real corpus."""

import re

import pytest
from fastapi.testclient import TestClient

from assistant.clauses.corpus import Corpus
from assistant.schemas import Answer
from tests.service.fake import RENTAL, ContainmentService


def test_an_answer_has_the_contract_s_fields_and_a_quote_that_its_offsets_reproduce(
    client: TestClient, corpus: Corpus
) -> None:
    body = client.post("/api/ask", json={"question": "租房落户要登记满几个月？"}).json()
    answer = Answer.model_validate(body)
    where = answer.citations[0].source
    published = corpus.source(where.file)[where.start : where.end]
    assert set(body) == set(Answer.model_fields)
    assert re.sub(r"\s", "", published) == re.sub(r"\s", "", answer.citations[0].quote)


def test_day_and_place_reach_the_service(client: TestClient, service: ContainmentService) -> None:
    asked = {"question": "租房", "as_of": "2021-05-01", "jurisdiction": "海宁"}
    assert client.post("/api/ask", json=asked).json()["as_of"] == "2021-05-01"
    assert service.asked[0].jurisdiction == "海宁"


def test_search_returns_citations_with_scores(client: TestClient) -> None:
    page = client.get("/api/search", params={"q": "满六个月", "limit": 2}).json()
    assert page["total"] == len(page["items"]) == 2
    assert {"score", "quote", "status", "source"} <= set(page["items"][0])


def test_paging_through_documents_meets_each_one_once(client: TestClient, corpus: Corpus) -> None:
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = client.get("/api/documents", params={"limit": 4, **after}).json()
        seen += [item["document_id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == [notice.notice_id for notice in corpus.notices()]
    assert page["total"] == len(seen)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"jurisdiction": "金华"}, {"jh-gbo-2023-hukou-draft"}),
        ({"kind": "personnel"}, {"jx-gov-2024-personnel-5-6"}),
        ({"kind": "personnel", "jurisdiction": "金华市"}, set()),
    ],
)
def test_documents_are_filtered(
    client: TestClient, query: dict[str, str], expected: set[str]
) -> None:
    items = client.get("/api/documents", params=query).json()["items"]
    assert {item["document_id"] for item in items} == expected


def test_a_document_shows_manifest_outline_and_relations(
    client: TestClient, corpus: Corpus
) -> None:
    detail = client.get("/api/documents/jx-gbo-2024-16").json()
    ids: list[str] = []
    waiting = list(detail["outline"])
    while waiting:
        node = waiting.pop()
        ids.append(node["clause_id"])
        waiting += node["children"]
    assert detail["doc_number"] == "嘉政办发〔2024〕16号"
    assert detail["jurisdiction_name"] == "嘉兴市"
    assert sorted(ids) == sorted(c.clause_id for c in corpus.clauses_of("jx-gbo-2024-16"))
    assert "jx-psb-2024-hukou-interpretation" in {r["document_id"] for r in detail["related_from"]}


def test_a_clause_shows_text_validity_neighbours_and_source(
    client: TestClient, corpus: Corpus
) -> None:
    detail = client.get(f"/api/clauses/{RENTAL}").json()
    where = detail["source"]
    published = corpus.source(where["file"])[where["start"] : where["end"]]
    assert detail["status"] == "in_force"
    assert re.sub(r"\s", "", published) == re.sub(r"\s", "", detail["text"])
    assert detail["previous"]["clause_id"] == "jx-gbo-2024-16__chapeau"
    assert detail["next"]["clause_id"] == "jx-gbo-2024-16__sec_2__para_1"


@pytest.mark.parametrize(
    ("day", "status"),
    [("2024-07-31", "not_yet_in_force"), ("2024-08-01", "in_force")],
)
def test_a_clause_is_judged_on_the_day_asked(client: TestClient, day: str, status: str) -> None:
    detail = client.get(f"/api/clauses/{RENTAL}", params={"as_of": day}).json()
    assert (detail["as_of"], detail["status"]) == (day, status)


def test_walking_from_clause_to_clause_passes_every_readable_one(
    client: TestClient, corpus: Corpus
) -> None:
    here: str | None = "jx-gbo-2024-16__chapeau"
    walked = []
    while here is not None:
        walked.append(here)
        following = client.get(f"/api/clauses/{here}").json()["next"]
        here = following["clause_id"] if following else None
    leaves = [c.clause_id for c in corpus.clauses_of("jx-gbo-2024-16") if c.is_leaf]
    furniture = ("__title", "__doc_number", "__addressee", "__signature")
    assert walked == [leaf for leaf in leaves if not leaf.endswith(furniture)]


def test_live_is_not_ready(client: TestClient, service: ContainmentService) -> None:
    service.states = {"index": "正在建立索引", "page": "ok"}
    ready = client.get("/readyz")
    assert client.get("/healthz").json() == {"status": "ok"}
    assert ready.status_code == 503
    assert ready.json() == {
        "error": {"code": "not_ready", "message": "index：正在建立索引", "field": None}
    }


def test_ready_names_every_dependency(client: TestClient) -> None:
    assert client.get("/readyz").json() == {"status": "ready", "dependencies": {"index": "ok"}}
    assert client.head("/readyz").status_code == 200


def test_metrics_count_requests_kinds_and_stages_without_what_was_asked(
    client: TestClient,
) -> None:
    client.post("/api/ask", json={"question": "租房落户"})
    client.post("/api/ask", json={"question": "落户要交多少钱"})
    client.get("/api/clauses/nowhere")
    text = client.get("/metrics").text
    assert 'assistant_answers_total{kind="refuse",reason="no_source"} 1.0' in text
    assert 'assistant_answer_stage_seconds_count{stage="retrieve"} 1.0' in text
    assert 'route="/api/clauses/{clause_id}",status="404"' in text
    assert "nowhere" not in text


def test_openapi_describes_every_endpoint_with_a_true_example(
    client: TestClient, corpus: Corpus
) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/ask",
        "/api/rules",
        "/api/rules/survey",
        "/api/rules/{rule_id}",
        "/api/rules/{rule_id}/decide",
        "/api/search",
        "/api/corpus",
        "/api/documents",
        "/api/documents/{document_id}",
        "/api/clauses/{clause_id}",
        "/api/conversations/{conversation_id}",
        "/api/feedback",
        "/auth/login",
        "/auth/logout",
        "/auth/session",
        "/api/operator/ask",
        "/api/operator/sheet",
        "/api/operator/calls/{conversation_id}",
        "/api/operator/escalations",
        "/api/operator/escalations/{escalation_id}/delivery",
        "/api/operator/reviews",
        "/api/operator/reviews/{review_id}/decision",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{model}",
        "/healthz",
        "/readyz",
        "/metrics",
    }
    content = described["paths"]["/api/ask"]["post"]["responses"]["200"]["content"]
    cited = content["application/json"]["example"]["citations"][0]
    where = cited["source"]
    published = corpus.source(where["file"])[where["start"] : where["end"]]
    assert re.sub(r"\s", "", published) == re.sub(r"\s", "", cited["quote"])
