"""docs/api.md tells of every endpoint, parameter and error there is, and of no other."""

import re

from fastapi.testclient import TestClient

from assistant.schemas import Answer, AskRequest, Citation
from assistant.service.inputs import ClauseQuery, DocumentsQuery, SearchQuery, SourceQuery
from assistant.service.problems import CODE_OF_STATUS, STATUS_OF_ERROR
from tests.service.fake import ROOT

PAGES = {
    "/",
    "/operator",
    "/source/{clause_id}",
    "/compare/{old}/{new}",
    "/basis",
    "/api/openapi.json",
}
DOCS = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_every_endpoint_is_documented_and_no_other(client: TestClient) -> None:
    paths = set(client.get("/api/openapi.json").json()["paths"])
    told = set(re.findall(r"(?:GET|POST|DELETE) (/[\w/{}.]*)", DOCS))
    assert told == paths | PAGES


def test_every_field_and_parameter_is_documented() -> None:
    for shape in (AskRequest, Answer, Citation):
        assert {name for name in shape.model_fields if name not in DOCS} == set()
    for query in (SearchQuery, DocumentsQuery, ClauseQuery, SourceQuery):
        assert {name for name in query.model_fields if f"`{name}`" not in DOCS} == set()


def test_every_error_code_is_documented() -> None:
    codes = {code for _, code in STATUS_OF_ERROR.values()} | set(CODE_OF_STATUS.values())
    for code in codes | {"malformed_json", "invalid_input", "internal", "not_ready"}:
        assert f"`{code}`" in DOCS
