"""Before the index is there, the service says so; afterwards it hands everything on."""

from collections.abc import Callable

import pytest

from assistant.errors import IndexUnavailableError
from assistant.schemas import AskRequest
from assistant.service.starting import StartingService
from tests.service.fake import ContainmentService

CALLS: list[Callable[[StartingService], object]] = [
    lambda s: s.ask(AskRequest(question="租房")),
    lambda s: list(s.stream(AskRequest(question="租房"))),
    lambda s: s.resume([AskRequest(question="租房")]),
    lambda s: s.branch("c-1", "a-1"),
    lambda s: s.search("落户", None, None, 3),
    lambda s: s.today(),
    lambda s: s.view(),
    lambda s: s.rules(),
    lambda s: s.rule("settle.rental"),
    lambda s: s.decide("settle.rental", {}, None, None),
    lambda s: s.survey({}, None, None),
]
NAMES = [
    "ask",
    "stream",
    "resume",
    "branch",
    "search",
    "today",
    "view",
    "rules",
    "rule",
    "decide",
    "survey",
]


@pytest.mark.parametrize("call", CALLS, ids=NAMES)
def test_nothing_is_answered_before_the_service_is_there(
    call: Callable[[StartingService], object],
) -> None:
    starting = StartingService()
    starting.report("正在建立索引。")
    with pytest.raises(IndexUnavailableError, match="正在建立索引"):
        call(starting)
    assert starting.readiness() == {"index": "正在建立索引。"}


@pytest.mark.parametrize("call", CALLS, ids=NAMES)
def test_everything_is_handed_on_once_it_is(
    call: Callable[[StartingService], object], service: ContainmentService
) -> None:
    starting = StartingService()
    starting.attach(service)
    assert call(starting) is not None
    assert starting.readiness() == {"index": "ok"}
