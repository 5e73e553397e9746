"""Logging in as a security reviewer would try it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.assembly import Assistant
from tests.service.staffed import PASSWORD, client_of, log_in, staffed

ASK = {"question": "租房落户要登记满几个月"}
CHANGES = [
    ("/api/operator/ask", ASK),
    ("/api/operator/sheet", {"facts": {}}),
    ("/api/operator/escalations", {"note": "请回电"}),
    ("/api/operator/reviews", {"answer_id": "a", "note": "引错了"}),
    ("/api/operator/escalations/e-1/delivery", None),
]
READS = ["/api/operator/calls/c-1", "/api/operator/reviews"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with staffed(tmp_path_factory.mktemp("var")) as service:
        yield service


@pytest.fixture
def client(service: Assistant) -> TestClient:
    return client_of(service)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: TestClient,
) -> None:
    cookie = log_in(client, "wang").headers["set-cookie"]
    assert re.match(r"assistant_session=[\w-]{43}; ", cookie)
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_over_https_the_cookie_is_bound_to_the_host(service: Assistant) -> None:
    cookie = log_in(client_of(service, https=True), "wang").headers["set-cookie"]
    assert cookie.startswith("__Host-assistant_session=")
    assert "Secure" in cookie.split("; ")


def test_embedded_elsewhere_the_cookie_is_partitioned(service: Assistant) -> None:
    client = client_of(service, https=True, session_cookie="embedded")
    cookie = log_in(client, "wang").headers["set-cookie"]
    assert {"Secure", "SameSite=none", "Partitioned", "HttpOnly"} <= set(cookie.split("; "))
    assert client.get("/auth/session").status_code == 200
    gone = client.post("/auth/logout").headers["set-cookie"]
    assert {"Secure", "Partitioned", "Max-Age=0"} <= set(gone.split("; "))


def test_unknown_login_and_wrong_password_get_the_same_answer(client: TestClient) -> None:
    wrong, unknown = log_in(client, "wang", "x" * 20), log_in(client, "nobody", "x" * 20)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert "set-cookie" not in wrong.headers


def test_the_session_changes_with_each_login_and_dies_with_logout(client: TestClient) -> None:
    log_in(client, "wang")
    first = client.cookies["assistant_session"]
    log_in(client, "wang")
    second = client.cookies["assistant_session"]
    assert first != second
    assert client.get("/auth/session").json()["login"] == "wang"
    assert status_with(client, first) == 401
    assert client.post("/auth/logout").status_code == 204
    assert "assistant_session" not in client.cookies
    assert status_with(client, second) == 401


def status_with(client: TestClient, token: str) -> int:
    """How the service answers somebody who kept this token."""
    bare = TestClient(client.app)
    return bare.get("/auth/session", headers={"Cookie": f"assistant_session={token}"}).status_code


@pytest.mark.parametrize(("path", "body"), CHANGES)
def test_nothing_changes_without_a_login(
    client: TestClient, path: str, body: dict[str, object] | None
) -> None:
    told = client.post(path, json=body)
    assert told.status_code == 401
    assert told.json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize("path", READS)
def test_nothing_is_read_without_a_login(client: TestClient, path: str) -> None:
    assert client.get(path).json()["error"]["code"] == "unauthorized"


@pytest.mark.parametrize(("path", "body"), CHANGES)
@pytest.mark.parametrize("sign", [None, "", "0" * 64])
def test_nothing_changes_without_the_sign_of_our_own_page(
    client: TestClient, path: str, body: dict[str, object] | None, sign: str | None
) -> None:
    log_in(client, "wang")
    del client.headers["X-CSRF-Token"]
    headers = {} if sign is None else {"X-CSRF-Token": sign}
    told = client.post(path, json=body, headers=headers)
    assert told.status_code == 403
    assert told.json()["error"]["code"] == "forbidden"


def test_the_sign_of_another_session_is_no_good(service: Assistant, client: TestClient) -> None:
    other = client_of(service)
    sign = log_in(other, "li").json()["csrf"]
    log_in(client, "wang")
    told = client.post("/api/operator/ask", json=ASK, headers={"X-CSRF-Token": sign})
    assert told.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_request_that_another_site_made_is_refused(client: TestClient, site: str) -> None:
    headers = {"Sec-Fetch-Site": site}
    body = {"login": "wang", "password": PASSWORD}
    assert client.post("/auth/login", json=body, headers=headers).status_code == 403
    log_in(client, "wang")
    assert client.post("/api/operator/ask", json=ASK, headers=headers).status_code == 403


def test_a_form_of_another_site_cannot_log_anybody_in(client: TestClient) -> None:
    form = client.post("/auth/login", data={"login": "wang", "password": PASSWORD})
    text = client.post(
        "/auth/login",
        content=json.dumps({"login": "wang", "password": PASSWORD}),
        headers={"Content-Type": "text/plain"},
    )
    assert {form.status_code, text.status_code} <= {400, 422}


@pytest.mark.parametrize(
    ("login", "path", "status"),
    [
        ("wang", "/api/operator/reviews", 403),
        ("li", "/api/operator/reviews", 200),
        ("sun", "/api/operator/reviews", 200),
        ("qian", "/api/operator/reviews", 200),
        ("sun", "/api/operator/calls/c-1", 403),
        ("wang", "/api/operator/calls/c-1", 404),
    ],
)
def test_what_a_role_may_read(client: TestClient, login: str, path: str, status: int) -> None:
    log_in(client, login)
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    ("login", "path", "body", "status"),
    [
        ("sun", "/api/operator/ask", ASK, 403),
        ("li", "/api/operator/ask", ASK, 200),
        (
            "wang",
            "/api/operator/reviews/r-1/decision",
            {"state": "approved", "note": "无误"},
            403,
        ),
        ("sun", "/api/operator/reviews/r-1/decision", {"state": "approved", "note": "无误"}, 403),
        ("li", "/api/operator/reviews/r-1/decision", {"state": "approved", "note": "无误"}, 404),
    ],
)
def test_what_a_role_may_change(
    client: TestClient, login: str, path: str, body: dict[str, object], status: int
) -> None:
    log_in(client, login)
    told = client.post(path, json=body)
    assert told.status_code == status
    if status == 403:
        assert re.search("[\u4e00-\u9fff]", told.json()["error"]["message"])


def test_guessing_one_login_is_slowed_down_and_success_forgets(service: Assistant) -> None:
    client = client_of(service, account_limit="3/minute")
    assert [log_in(client, "wang", "x").status_code for _ in range(2)] == [401, 401]
    assert log_in(client, "wang").status_code == 200
    assert [log_in(client, "WANG ", "x").status_code for _ in range(4)] == [401, 401, 401, 429]
    told = log_in(client, "wang")
    assert told.status_code == 429, "also for the right password"
    assert 1 <= int(told.headers["retry-after"]) <= 60
    assert told.json()["error"]["code"] == "too_many_requests"
    assert log_in(client, "li").status_code == 200, "others are not kept out"


def test_guessing_many_logins_from_one_address_is_slowed_down(service: Assistant) -> None:
    client = client_of(service, login_limit="3/minute")
    told = [log_in(client, f"nobody{number}", "x").status_code for number in range(4)]
    assert told == [401, 401, 401, 429]


def test_questions_of_one_address_can_be_limited_and_operators_are_not(
    service: Assistant,
) -> None:
    client = client_of(service, ask_limit="2/minute")
    told = [client.post("/api/ask", json=ASK) for _ in range(3)]
    assert [each.status_code for each in told] == [200, 200, 429]
    assert int(told[2].headers["retry-after"]) >= 1
    assert "后再试" in told[2].json()["error"]["message"]
    assert client.get("/api/search", params={"q": "租房"}).status_code == 200
    log_in(client, "wang")
    assert client.post("/api/operator/ask", json=ASK).status_code == 200


def test_our_own_page_s_visitors_are_counted_one_by_one(service: Assistant) -> None:
    client = client_of(service, ask_limit="1/minute", page_key="key")

    def asked(visitor: str, key: str = "key") -> int:
        headers = {"X-Assistant-Page": key, "X-Assistant-Visitor": visitor}
        return int(client.post("/api/ask", json=ASK, headers=headers).status_code)

    assert [asked(visitor) for visitor in ("10.0.0.1", "10.0.0.2", "10.0.0.1")] == [200, 200, 429]
    assert [asked("10.0.0.3", "wrong"), asked("10.0.0.4", "")] == [200, 429]


@pytest.mark.parametrize("path", ["/operator", "/auth/login"])
def test_the_panels_pages_run_only_our_files_and_are_framed_by_those_allowed(
    service: Assistant, path: str
) -> None:
    page = client_of(service).get(path)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert page.headers["x-frame-options"] == "SAMEORIGIN"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "same-origin"
    assert 'lang="zh-CN"' in page.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//|<script>|style="|\son\w+="', page.text)
    framed = client_of(service, embed_origins=("https://crm.example.gov.cn",)).get(path)
    assert framed.headers["content-security-policy"].endswith(
        "frame-ancestors 'self' https://crm.example.gov.cn"
    )
    assert "x-frame-options" not in framed.headers


@pytest.mark.parametrize("name", ["../viewer.css", "nothing.js", "%2e%2e%2fviewer.css"])
def test_only_the_panels_own_files_are_served(service: Assistant, name: str) -> None:
    client = client_of(service)
    assert client.get("/operator/assets/main.js").headers["content-type"].startswith("text/java")
    assert client.get(f"/operator/assets/{name}").status_code == 404


def test_answers_to_the_logged_in_are_kept_by_no_cache(client: TestClient) -> None:
    log_in(client, "wang")
    assert client.get("/auth/session").headers["cache-control"] == "no-store"


def test_what_was_sent_is_not_repeated_in_an_error(client: TestClient) -> None:
    told = client.post("/auth/login", json={"login": "wang", "password": 12345678901234})
    assert told.status_code == 422
    assert "12345678901234" not in told.text


def test_no_account_is_there_that_nobody_added(tmp_path: Path) -> None:
    from assistant.storage import open_stores

    stores = open_stores(None, tmp_path)
    assert stores.accounts.all() == ()
    stores.close()
