"""Feedback as candidate questions: masked, in their conversation, and not yet fit to be judged."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.assembly import Assistant, build, build_service
from assistant.config import Settings
from assistant.schemas import AskRequest
from assistant.storage import Stores, open_stores
from eval.checks import check, load_ground
from eval.labels.candidates import as_lines, candidates
from eval.model import EVAL_DAY
from eval.sets import read_sets


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def service(var: Path) -> Iterator[Assistant]:
    settings = Settings(var_dir=var, today=EVAL_DAY)
    build(settings)
    service = build_service(settings)
    first = service.ask(AskRequest(question="租房半年能落户吗，我身份证 330402199001011237"))
    again = AskRequest(question="是商品房", conversation_id=first.conversation_id)
    service.rate(service.ask(again).answer_id, "down", "没说清楚，打我 13905730001")
    service.rate(service.ask(AskRequest(question="你好")).answer_id, "up", None)
    yield service
    service.close()


@pytest.fixture
def stores(service: Assistant, var: Path) -> Iterator[Stores]:
    stores = open_stores(None, var)
    yield stores
    stores.close()


def test_what_was_found_wanting_becomes_a_candidate_with_its_conversation(stores: Stores) -> None:
    (found,) = candidates(stores)
    assert [turn["question"] for turn in found["turns"]][1] == "是商品房"
    assert found["why"].startswith("待补：用的人说没有用：没说清楚")
    assert found["review"]["state"] == "pending"
    assert len(list(candidates(stores, ("up", "down")))) == 2


def test_nothing_personal_is_in_a_candidate(stores: Stores) -> None:
    text = as_lines(candidates(stores, ("up", "down")))
    assert "330402199001011237" not in text
    assert "13905730001" not in text


def test_a_candidate_is_refused_until_somebody_completes_it(stores: Stores, tmp_path: Path) -> None:
    (found,) = candidates(stores)
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(found | {"tags": ["settlement"]}, ensure_ascii=False), "utf-8")
    problems = check(read_sets([path]), load_ground(Path("corpus")))
    assert problems
    assert all("期望是空的" in problem for problem in problems)
