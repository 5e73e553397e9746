"""Laws of reading: wishes tell nothing, stories change nothing, more months never decide against."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.assembly import Assistant
from assistant.dialogue.model import Reading
from assistant.dialogue.privacy import mask
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.rules import FactDictionary
from assistant.schemas import Answer, AskRequest
from eval.model import Case
from eval.sets import read_cases
from tests.dialogue.tables import load

DAY = date(2024, 9, 2)
PLAIN = list(load("plain", "plain"))
WISHES = (
    "我打算",
    "我想",
    "我准备",
    "我计划",
    "我希望能",
    "明年",
    "下个月",
    "等我以后",
    "我正考虑",
)
GOALS = (
    "租一套城里的商品房",
    "去办居住登记",
    "在嘉兴城里买套房",
    "考个中级职称",
    "读个大专",
    "考技师证",
    "去办居住证",
    "在嘉兴找份稳定工作",
    "交职工养老保险",
    "把上海的养老转到嘉兴来",
    "做租赁备案",
    "在嘉兴上学",
    "和对象结婚",
    "让单位参加企业补充医疗保险",
)
ASKS = ("，能落户吗", "，可以吗", "，再来落户行不行", "")
STORIES = (
    "昨天下雨堵车",
    "这天真热",
    "窗口排队两个小时",
    "电话一直打不通",
    "菜又涨价了",
    "我手机字太小看不清",
    "麻烦您了",
    "不好意思打扰一下",
    "这事拖了好几天",
    "我也不太懂政策",
)
NOT_SO = {"无", "没有参加", "尚未落户"}


def _read(text: str, dictionary: FactDictionary, surroundings: Surroundings) -> Reading:
    return read_facts(text, as_of=DAY, dictionary=dictionary, surroundings=surroundings)


def _told(reading: Reading) -> dict[str, object]:
    return {n: f.value for n, f in reading.facts.items() if not f.supposed}


@settings(max_examples=120, deadline=None)
@given(
    parts=st.lists(
        st.tuples(st.sampled_from(WISHES), st.sampled_from(GOALS)), min_size=1, max_size=3
    ),
    ask=st.sampled_from(ASKS),
)
def test_what_is_only_wished_for_is_no_fact(
    parts: list[tuple[str, str]], ask: str, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    text = "，".join(wish + goal for wish, goal in parts) + ask
    granted = {
        name: value
        for name, value in _told(_read(text, dictionary, surroundings)).items()
        if value is not None
        and value is not False
        and value not in NOT_SO
        and name != "pension.province"  # 把上海的养老转来: it was paid in Shanghai
        and name != "apply.action"  # 打算参加: what is wished for is what is applied for
    }
    assert not granted, text


@settings(max_examples=150, deadline=None)
@given(row=st.sampled_from(PLAIN), story=st.sampled_from(STORIES), first=st.booleans())
def test_a_story_that_has_nothing_to_do_with_it_changes_nothing(
    row: Mapping[str, Any],
    story: str,
    first: bool,
    dictionary: FactDictionary,
    surroundings: Surroundings,
) -> None:
    text = f"{story}，{row['say']}" if first else f"{row['say']}，{story}"
    plain = _told(_read(row["say"], dictionary, surroundings))
    assert _told(_read(text, dictionary, surroundings)) == plain, text


@settings(max_examples=60, deadline=None)
@given(row=st.sampled_from(PLAIN), at=st.integers(0, 60))
def test_what_was_said_is_found_in_the_question_as_masked(
    row: Mapping[str, Any], at: int, dictionary: FactDictionary, surroundings: Surroundings
) -> None:
    at = min(at, len(row["say"]))
    masked = mask(f"{row['say'][:at]}，身份证330402199001011234，{row['say'][at:]}").text
    for fact in _read(masked, dictionary, surroundings).facts.values():
        assert fact.said in masked


@pytest.mark.parametrize(
    ("words", "rule", "enough"),
    [
        pytest.param("我租的城里商品房，居住登记连续{}个月，能租赁落户吗", "settle.rental", 6, id="rental"),
        pytest.param("我在嘉兴稳定上班，职工养老连续交了{}个月，能就业落户吗", "settle.employment", 3, id="employment"),
        pytest.param("嘉兴发的居住证在有效期内，居住登记连续{}个月，居住证能转户籍吗", "settle.permit", 6, id="permit"),
    ],
)  # fmt: skip
def test_eligible_from_so_many_months_on_and_not_before(
    words: str, rule: str, enough: int, service: Assistant
) -> None:
    for months in range(1, 25):
        answer = service.ask(AskRequest(question=words.format(months)))
        outcome = {v.rule_id: v.outcome for v in answer.verdicts}.get(rule)
        assert outcome == ("eligible" if months >= enough else "ineligible"), months


EVAL = Path(__file__).parents[3] / "eval" / "eligibility" / "cases.jsonl"
UNDONE: tuple[tuple[str, str], ...] = (
    ("reg.", "居住登记还没去办"),
    ("rent.is_urban", "租的是村里的农民房"),
    ("own.", "在嘉兴没有房子"),
    ("job.stable", "现在没有工作"),
    ("pension.", "从没交过养老保险"),
    ("permit.valid", "居住证已经过期了"),
    ("permit.issued", "居住证是杭州发的"),
    ("permit.held", "没有居住证"),
)


def _decided() -> list[Any]:
    """The eligible questions of one turn that may be read, with the rule they meet."""
    found = []
    for case in read_cases(EVAL):
        turn = case.turns[0]
        met = [r for r, o in turn.expect.outcomes.items() if o == "eligible"]
        if case.split == "dev" and len(case.turns) == 1 and len(met) == 1:
            found.append(pytest.param(case, met[0], id=case.id))
    return found


def _ask(service: Assistant, case: Case, question: str) -> Answer:
    turn = case.turns[0]
    return service.ask(
        AskRequest(question=question, as_of=turn.as_of, jurisdiction=turn.jurisdiction)
    )


@pytest.mark.parametrize(("case", "rule"), _decided())
def test_with_a_needed_fact_denied_nobody_is_eligible(
    case: Case, rule: str, service: Assistant
) -> None:
    question = case.turns[0].question
    answer = _ask(service, case, question)
    for name, fact in answer.facts.items():
        denial = next((words for prefix, words in UNDONE if name.startswith(prefix)), None)
        if denial is None or not fact.said or rule not in _rules_of(name):
            continue
        said = [f.said for n, f in answer.facts.items() if f.said and n[:4] == name[:4]]
        clauses = re.split("([，。？！,?! ])", question)
        kept = "".join(denial if any(s in c for s in said) else c for c in clauses)
        if kept == question:
            continue
        again = {v.rule_id: v.outcome for v in _ask(service, case, kept).verdicts}
        assert again.get(rule) != "eligible", kept


def _rules_of(name: str) -> set[str]:
    """The rules for which a fact of this name is needed."""
    return {
        "reg": {"settle.rental", "settle.permit", "permit.apply"},
        "rent": {"settle.rental"},
        "own": {"settle.dwelling"},
        "job": {"settle.employment"},
        "pension": {"settle.employment"},
        "permit": {"settle.permit", "permit.exchange"},
    }.get(name.partition(".")[0], set())
