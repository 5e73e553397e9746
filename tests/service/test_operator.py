"""The operators' side over the real service: ask, tick, look back, hand on, doubt, decide."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.assembly import Assistant
from tests.service.staffed import client_of, log_in, staffed

ASK = {"question": "租房落户要登记满几个月"}
MET = {"rent.is_urban_commodity_housing": True, "reg.months": 7}
IDENTITY = "33040219900307002X"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def service(var: Path) -> Iterator[Assistant]:
    with staffed(var) as service:
        yield service


@pytest.fixture
def operator(service: Assistant) -> TestClient:
    client = client_of(service)
    log_in(client, "wang")
    return client


@pytest.fixture
def supervisor(service: Assistant) -> TestClient:
    client = client_of(service)
    log_in(client, "li")
    return client


def test_the_panel_gets_the_same_answer_and_what_to_say(operator: TestClient) -> None:
    told = operator.post("/api/operator/ask", json=ASK).json()
    public = operator.post("/api/ask", json=ASK).json()
    for part in ("kind", "text", "citations"):
        assert told["answer"][part] == public[part]
    assert told["brief"]["script"] == "按现行规定：满六个月。"
    assert f"编号：{told['answer']['answer_id']}" in told["brief"]["block"]


def test_ticks_are_decided_for_all_channels_and_for_one(operator: TestClient) -> None:
    sheet = operator.post("/api/operator/sheet", json={"facts": MET}).json()
    alone = operator.post("/api/rules/survey", json={"facts": MET}).json()
    assert [item["verdict"] for item in sheet["items"]] == alone["verdicts"]
    assert sheet["citations"] == alone["citations"]
    rental = next(i for i in sheet["items"] if i["verdict"]["rule_id"] == "settle.rental")
    assert rental["brief"]["script"].startswith("按您说的情况，符合租赁落户的条件。")
    one = operator.post(
        "/api/operator/sheet", json={"facts": MET, "rule_id": "settle.rental"}
    ).json()
    assert one["items"][0]["brief"] == one["overall"] == rental["brief"]


def test_ticks_that_contradict_are_told(operator: TestClient) -> None:
    told = operator.post("/api/operator/sheet", json={"facts": {"reg.months": -1}})
    assert (told.status_code, told.json()["error"]["code"]) == (422, "invalid_fact")


def test_a_call_can_be_looked_back_at(operator: TestClient) -> None:
    first = operator.post("/api/operator/ask", json=ASK).json()["answer"]
    again = ASK | {"conversation_id": first["conversation_id"], "question": "要带什么材料"}
    operator.post("/api/operator/ask", json=again)
    turns = operator.get(f"/api/operator/calls/{first['conversation_id']}").json()["turns"]
    assert [turn["question"] for turn in turns] == [ASK["question"], "要带什么材料"]
    assert turns[0]["answer"]["answer_id"] == first["answer_id"]
    assert turns[0]["brief"]["script"] == "按现行规定：满六个月。"


def test_an_escalation_holds_everything_and_no_personal_data(
    operator: TestClient, var: Path
) -> None:
    asked = {"question": f"我的身份证{IDENTITY}，租房落户要登记满几个月"}
    answer = operator.post("/api/operator/ask", json=asked).json()["answer"]
    told = operator.post(
        "/api/operator/escalations",
        json={
            "note": f"请回电13812345678，身份证{IDENTITY}",
            "call": "CRM-77",
            "conversation_id": answer["conversation_id"],
            "answer_id": answer["answer_id"],
            "facts": MET,
        },
    )
    assert told.status_code == 201
    assert told.json()["state"] == "kept"
    file = var / "escalations" / f"{told.json()['escalation_id']}.json"
    text = file.read_text("utf-8")
    packet = json.loads(text)
    assert packet["by"] == "wang"
    assert packet["call"] == "CRM-77"
    assert packet["note"] == "请回电〔手机号已隐去〕，身份证〔身份证号已隐去〕"
    assert packet["question"] == "我的身份证〔身份证号已隐去〕，租房落户要登记满几个月"
    assert packet["facts"][1] == {
        "name": "reg.months",
        "label": "连续居住登记月数",
        "value": 7,
    }
    assert packet["answer"]["text"] == answer["text"]
    assert packet["citations"] == answer["citations"]
    assert IDENTITY not in text
    assert "13812345678" not in text


def test_ticks_alone_can_be_handed_on(operator: TestClient, var: Path) -> None:
    told = operator.post(
        "/api/operator/escalations",
        json={"note": "请核", "facts": MET, "rule_id": "settle.rental"},
    ).json()
    packet = json.loads((var / "escalations" / f"{told['escalation_id']}.json").read_text("utf-8"))
    assert packet["answer"] is None
    assert packet["verdicts"][0]["outcome"] == "eligible"
    assert packet["citations"]


@pytest.mark.parametrize("note", ["", "   ", "x" * 2001])
def test_a_note_is_needed(operator: TestClient, note: str) -> None:
    assert operator.post("/api/operator/escalations", json={"note": note}).status_code == 422


def test_an_answer_of_another_call_is_not_handed_on(operator: TestClient) -> None:
    mine = operator.post("/api/operator/ask", json=ASK).json()["answer"]
    other = operator.post("/api/operator/ask", json=ASK).json()["answer"]
    told = operator.post(
        "/api/operator/escalations",
        json={
            "note": "请核",
            "conversation_id": mine["conversation_id"],
            "answer_id": other["answer_id"],
        },
    )
    assert told.status_code == 404


def test_a_doubt_goes_to_the_supervisor_who_corrects_it(
    operator: TestClient, supervisor: TestClient
) -> None:
    answer = operator.post("/api/operator/ask", json=ASK).json()["answer"]
    doubt = {"answer_id": answer["answer_id"], "note": "来电人13812345678说窗口要一年"}
    assert operator.post("/api/operator/reviews", json=doubt).status_code == 204
    items = supervisor.get("/api/operator/reviews").json()["items"]
    mine = next(item for item in items if item["answer_id"] == answer["answer_id"])
    assert mine["note"] == "来电人〔手机号已隐去〕说窗口要一年"
    assert mine["question"] == ASK["question"]
    assert mine["answer"]["citations"] == answer["citations"]
    path = f"/api/operator/reviews/{mine['review_id']}/decision"
    decision = {"state": "corrected", "note": "补充", "correction": "满六个月，须连续。"}
    told = supervisor.post(path, json=decision)
    assert told.status_code == 200
    assert (told.json()["decided_by"], told.json()["state"]) == ("li", "corrected")
    again = supervisor.post(path, json={"state": "approved", "note": "无误"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "already_decided")
    decided = supervisor.get("/api/operator/reviews", params={"state": "decided"}).json()["items"]
    assert decided[0]["correction"] == "满六个月，须连续。"


@pytest.mark.parametrize(
    "decision",
    [
        {"state": "corrected", "note": "补充"},
        {"state": "approved", "note": "无误", "correction": "满六个月"},
        {"state": "pending", "note": "无误"},
        {"state": "approved", "note": ""},
    ],
)
def test_a_decision_says_why_and_a_correction_what(
    operator: TestClient, supervisor: TestClient, decision: dict[str, str]
) -> None:
    answer = operator.post("/api/operator/ask", json=ASK).json()["answer"]
    operator.post("/api/operator/reviews", json={"answer_id": answer["answer_id"], "note": "疑"})
    items = supervisor.get("/api/operator/reviews").json()["items"]
    mine = next(item for item in items if item["answer_id"] == answer["answer_id"])
    path = f"/api/operator/reviews/{mine['review_id']}/decision"
    assert supervisor.post(path, json=decision).status_code == 422


def test_a_review_outlives_its_conversation_without_its_words(
    operator: TestClient, supervisor: TestClient
) -> None:
    answer = operator.post("/api/operator/ask", json=ASK).json()["answer"]
    operator.post("/api/operator/reviews", json={"answer_id": answer["answer_id"], "note": "疑"})
    operator.delete(f"/api/conversations/{answer['conversation_id']}")
    items = supervisor.get("/api/operator/reviews").json()["items"]
    mine = next(item for item in items if item["answer_id"] == answer["answer_id"])
    assert (mine["note"], mine["question"], mine["answer"]) == (None, None, None)
