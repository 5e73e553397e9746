"""A service that holds a conversation about renting, and decides it by the real rules."""

import re
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
import pytest
import uvicorn

from assistant.dialogue.ports import Gone
from assistant.errors import UnknownConversationError
from assistant.schemas import Answer, AskEvent, AskRequest, KnownFact, Notice, Question
from assistant.service.app import create_app
from assistant.service.doors import DoorRules
from tests.service.fake import TODAY, ContainmentService
from ui.doorway import CitizenPage
from ui.welcome import Welcome

# The page's framework sums up its own timings with an option that pandas is giving up.
FRAMEWORK_WARNS = pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'")

WELCOME = Welcome("嘉兴市", {"落户": ("租房半年了能落户吗？", "租房落户要登记满几个月？")})
HOUSING, MONTHS = "rent.is_urban_commodity_housing", "reg.months"
PAPER, START = "rent.registration_certificate", "rent.start"
ASKED = {
    HOUSING: Question(
        fact=HOUSING,
        text="您租的是嘉兴城镇地区的商品住房吗？",
        type="boolean",
        choices=["是", "否", "不清楚"],
    ),
    MONTHS: Question(
        fact=MONTHS,
        text="您在浙江省内连续办了几个月的居住登记？",
        type="integer",
        choices=["还没有", *[f"{n}个月" for n in range(1, 6)], "6个月及以上", "不清楚"],
    ),
    PAPER: Question(
        fact=PAPER,
        text="您有《房屋租赁登记备案证明》吗？",
        type="boolean",
        choices=["是", "否", "不清楚"],
    ),
    START: Question(fact=START, text="您从哪天开始租的？", type="date"),
}


@dataclass
class Kept:
    """What one conversation remembers."""

    facts: dict[str, KnownFact] = field(default_factory=dict)
    asked: str | None = None
    order: tuple[str, ...] = (HOUSING, MONTHS, PAPER)


class TalkingService(ContainmentService):
    """Answers 能落户 by the rental rule, asking for what is missing; the rest by containment."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Kept] = {}
        self.slow_s = 0.0
        self.held: dict[str, threading.Event] = {}  # steps of a stream that wait to be let go on

    def ask(self, request: AskRequest) -> Answer:
        time.sleep(self.slow_s)
        known = request.conversation_id
        if known is not None and known not in self.kept:
            raise UnknownConversationError("没有这个会话，请重新提问。")
        name = known or f"c-{len(self.kept) + 1}"
        kept = self.kept.setdefault(name, Kept())
        self._remember(kept, request)
        if "能落户" in request.question or kept.asked is not None or kept.facts:
            return self._decided(name, kept, request)
        alone = request.model_copy(update={"conversation_id": None})
        return super().ask(alone).model_copy(update={"conversation_id": name})

    def stream(self, request: AskRequest, gone: Gone | None = None) -> Iterator[AskEvent]:
        for event in super().stream(request, gone):
            yield event
            if (held := self.held.get(type(event).__name__)) is not None:
                held.wait(60)

    @contextmanager
    def holding(self, *steps: type[AskEvent]) -> Iterator[list[threading.Event]]:
        """Streams stop after each of these until it is set; all go on in the end."""
        events = [threading.Event() for _ in steps]
        self.held = {step.__name__: event for step, event in zip(steps, events, strict=True)}
        try:
            yield events
        finally:
            self.held = {}
            for event in events:
                event.set()

    def forget(self, conversation_id: str) -> None:
        self.kept.pop(conversation_id, None)

    def _remember(self, kept: Kept, request: AskRequest) -> None:
        words, day = request.question, request.as_of or TODAY
        for fact, value in request.facts.items():
            kept.facts.pop(fact, None)
            if value is not None:
                kept.facts[fact] = KnownFact(value=value, said=None, on=day)
        if kept.asked is not None and not request.facts:
            value = _understood(words)
            kept.facts[kept.asked] = KnownFact(value=value, said=words, on=day)

    def _decided(self, name: str, kept: Kept, request: AskRequest) -> Answer:
        stated = {fact: k.value for fact, k in kept.facts.items() if k.value is not None}
        told = self.decide("settle.rental", _numbers(stated), request.as_of, request.jurisdiction)
        if "哪天" in request.question:
            kept.order = (HOUSING, START, MONTHS)
        missing = [ASKED[fact] for fact in kept.order if fact not in kept.facts]
        undecided = told.verdict.outcome == "undetermined" and bool(missing)
        questions = missing[:3] if undecided else []
        kept.asked = questions[0].fact if questions else None
        notices = [*told.notices]
        if re.search(r"\d{17}", request.question):
            text = "您写的身份证号码已经遮去，不会保存；以后不必写。"
            notices.append(Notice(code="privacy", text=text))
        return Answer(
            answer_id=f"a-{name}",
            conversation_id=name,
            kind="clarify" if undecided else "verdict",
            text="\n".join(_lines(told.verdict, questions)),
            citations=told.citations,
            verdicts=[told.verdict],
            questions=questions,
            notices=notices,
            as_of=told.verdict.as_of,
            jurisdiction="嘉兴市",
            facts=kept.facts,
        )


def _understood(words: str) -> Any:
    """A tapped choice as a value."""
    if words in {"是", "否"}:
        return words == "是"
    day = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", words)
    if day is not None:
        return date(int(day[1]), int(day[2]), int(day[3])).isoformat()
    figure = re.match(r"\d+", words)
    return int(figure[0]) if figure else 0 if words == "还没有" else None


def _numbers(stated: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in stated.items() if name != START}


def _lines(verdict: Any, questions: list[Question]) -> Iterator[str]:
    """The whole reply in words, as the service writes it."""
    from assistant.dialogue.wording import ask_lines, details, outcome_sentence

    yield outcome_sentence(verdict)
    yield from details(verdict)
    if questions:
        yield "请告诉我："
        yield from ask_lines(questions)
    yield "以上按公开文件判断，最终以主管部门审核为准；可以咨询：公安部门，电话 0573-81292203。"


@contextmanager
def spoken_with(service: TalkingService, ask_limit: str = "") -> Iterator[str]:
    """The address at which `service` is served with its page, in this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    doors = DoorRules(ask_limit=ask_limit)
    page = CitizenPage(address, WELCOME, doors.page_key)
    places = service.corpus.gazetteer
    app = create_app(service, places, home="嘉兴市", page=page, rules_of_doors=doors)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        _wait_until_ready(address)
        yield address
    finally:
        server.should_exit = True
        thread.join(timeout=30)


def _wait_until_ready(address: str) -> None:
    state = "no reply"
    for _ in range(1200):  # the framework loads slowly on a busy machine
        try:
            ready = httpx.get(f"{address}/readyz", trust_env=False)
            if ready.status_code == 200:
                return
            state = ready.text
        except httpx.HTTPError as error:
            state = repr(error)
        time.sleep(0.1)
    raise TimeoutError(f"{address}: {state}")
