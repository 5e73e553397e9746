"""The real service with people who may log in, and a client in the role of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from assistant.accounts import Role
from assistant.assembly import Assistant, build, build_service
from assistant.clauses import load_gazetteer
from assistant.config import Settings
from assistant.service.app import create_app
from assistant.service.doors import DoorRules
from assistant.service.guard import CSRF_HEADER
from tests.service.fake import CORPUS

PASSWORD = "correct horse battery"
PEOPLE = {
    "wang": Role.OPERATOR,
    "li": Role.SUPERVISOR,
    "sun": Role.EVALUATOR,
    "qian": Role.ADMIN,
}


@contextmanager
def staffed(var: Path, **settings: Any) -> Iterator[Assistant]:
    """A service over a new index and database, with one person of each role."""
    chosen = Settings(corpus_dir=CORPUS, var_dir=var, today=date(2026, 11, 22), **settings)
    build(chosen)
    service = build_service(chosen)
    for login, role in PEOPLE.items():
        service.accounts().add(login, role, PASSWORD)
    yield service
    service.close()


def client_of(service: Assistant, https: bool = False, **rules: Any) -> TestClient:
    """A browser's stand-in that nobody has logged in with yet."""
    app = create_app(
        service,
        load_gazetteer(CORPUS),
        home="嘉兴市",
        operators=service,
        rules_of_doors=DoorRules(**rules),
    )
    return TestClient(app, base_url="https://testserver" if https else "http://testserver")


def log_in(client: TestClient, login: str, password: str = PASSWORD) -> Any:
    """Log in; on success the client carries the sign that changes need."""
    told = client.post("/auth/login", json={"login": login, "password": password})
    if told.status_code == 200:
        client.headers[CSRF_HEADER] = told.json()["csrf"]
    return told
