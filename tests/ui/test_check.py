"""资格自测: any rule becomes a form, what is filled in becomes facts, and a verdict is shown."""

import asyncio
import json
import re
from functools import cache

import httpx
import pytest

from assistant.schemas import Decision, KnownFact, RuleFact, RuleList
from tests.service.fake import ContainmentService
from tests.ui.samples import CORPUS, DAY, MONTHS, RENTED, RULES, citation, verdict
from tests.ui.test_render import HOSTILE, harmless
from ui.check import render_decision, render_form, stated
from ui.checkdesk import CheckDesk
from ui.client import ServiceClient, ServiceProblemError

RULE = RULES.rules[0]


@cache
def real_rules() -> RuleList:
    return ContainmentService().rules()


def desk() -> tuple[CheckDesk, list[object]]:
    """A desk before a service that decides, and what it was asked to decide."""
    asked: list[object] = []

    def answered(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/rules":
            return httpx.Response(200, text=RULES.model_dump_json())
        if request.url.path == "/api/corpus":
            return httpx.Response(200, text=CORPUS.model_dump_json())
        asked.append((request.url.path, json.loads(request.content)))
        decision = Decision(verdict=verdict(), citations=[citation()])
        return httpx.Response(200, text=decision.model_dump_json())

    client = ServiceClient("http://service", transport=httpx.MockTransport(answered))
    return CheckDesk(client), asked


def test_every_fact_of_every_rule_has_a_control_and_a_question() -> None:
    for rule in real_rules().rules:
        page = render_form(real_rules().rules, rule, {}, "2026-11-22")
        controls = set(re.findall(r'data-fact="([^"]+)"', page))
        assert controls == {fact.name for fact in rule.facts if fact.type != "list"}
        assert all(fact.text in page for fact in rule.facts if fact.type != "list")
        assert page.count("<option") == len(real_rules().rules)


def test_another_way_to_state_a_fact_stands_right_behind_it() -> None:
    rule = next(rule for rule in real_rules().rules if rule.rule_id == "settle.rental")
    page = render_form(real_rules().rules, rule, {}, "")
    order = re.findall(r'data-fact="([^"]+)"', page)
    assert order.index("reg.months") == order.index("reg.start") + 1
    assert "或者填这一项" in page


def test_what_is_left_empty_or_not_known_is_not_stated() -> None:
    written = {RENTED.name: "不清楚", MONTHS.name: " ", "edu": "本科", "nowhere": "是"}
    assert stated(RULE, written) == {"edu": "本科"}
    assert stated(RULE, {RENTED.name: "否", MONTHS.name: "5个月"}) == {
        RENTED.name: False,
        MONTHS.name: 5,
    }


def test_what_is_no_number_is_told_with_the_field_s_name() -> None:
    with pytest.raises(ServiceProblemError) as caught:
        stated(RULE, {MONTHS.name: "五"})
    assert caught.value.message.startswith(MONTHS.label)


def test_the_form_is_filled_with_what_the_conversation_knows() -> None:
    known = {
        RENTED.name: KnownFact(value=True, said="租房", on=DAY),
        MONTHS.name: KnownFact(value=None, said="不清楚", on=DAY),
    }
    at, asked = desk()
    form, _ = asyncio.run(at.heard({"act": "open", "rule": "r", "known": True}, known))
    assert re.search(rf'name="{re.escape(RENTED.name)}" value="是" checked', form or "")
    assert asked == [("/api/rules/r/decide", {"facts": {RENTED.name: True}, "as_of": None})]
    form, _ = asyncio.run(at.heard({"act": "open", "rule": "r"}, known))
    assert re.search(rf'name="{re.escape(RENTED.name)}" value="不清楚" checked', form or "")


def test_a_change_is_decided_and_leaves_the_form_alone() -> None:
    at, asked = desk()
    event = {"act": "decide", "rule": "r", "as_of": "2021-05-01", "values": {MONTHS.name: "5"}}
    form, shown = asyncio.run(at.heard(event, {}))
    assert form is None
    assert "turn-0-verdict" in shown
    assert asked == [("/api/rules/r/decide", {"facts": {MONTHS.name: 5}, "as_of": "2021-05-01"})]


@pytest.mark.parametrize(
    "event",
    [None, "x", {"act": "decide", "values": "x"}, {"act": "decide", "rule": {"a": 1}}, {}],
)
def test_a_browser_may_send_anything(event: object) -> None:
    at, asked = desk()
    _, shown = asyncio.run(at.heard(event, {}))
    assert "turn-0-verdict" in shown
    assert asked[0][0] == "/api/rules/r/decide"  # type: ignore[index]


@pytest.mark.parametrize("event", [{"act": "decide", "as_of": "2021-02-30"}])
def test_what_is_no_day_is_told(event: dict[str, str]) -> None:
    at, asked = desk()
    form, shown = asyncio.run(at.heard(event, {}))
    assert form is None
    assert "2021-02-30" in shown
    assert asked == []


def test_hostile_rules_are_shown_as_text() -> None:
    fact = RuleFact(name="x", label=HOSTILE, text=HOSTILE, type="enum", choices=[HOSTILE])
    rule = RULE.model_copy(update={"title": HOSTILE, "facts": [fact]})
    page = render_form([rule], rule, {"x": HOSTILE}, HOSTILE)
    assert "<script>" not in page
    assert not re.search(r"[{}$`]", page)
    decision = Decision(verdict=verdict(hostile=HOSTILE), citations=[citation(title=HOSTILE)])
    seen = harmless(render_decision(decision, rule))
    assert seen.text.count("<script>alert(1)</script>") >= 3


def test_what_is_still_missing_leads_to_its_field() -> None:
    undecided = verdict().model_copy(update={"missing_facts": [MONTHS.name, "nowhere"]})
    page = render_decision(Decision(verdict=undecided, citations=[citation()]), RULE)
    assert re.findall(r'data-goto="([^"]+)"', page) == [MONTHS.name]
