"""The five tools: what each takes, gives and tells the model that calls it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from assistant.schemas import (
    Answer,
    AskRequest,
    Decision,
    RuleList,
    RuleRequest,
    Wire,
    Wording,
)
from assistant.schemas import Day as WrittenDay
from assistant.service.plain import plain_text
from assistant.service.shapes import ClauseDetail, SearchPage
from assistant.tools.backend import PolicyTools

INSTRUCTIONS = """政策问答：逐条引用原文、按日判断效力、由规则裁决资格（现收录嘉兴市户籍、居住证、医疗补助等文件）。
一、引文逐字照抄，连同文号、条款名称和效力状态；不改写、不拼接、不删减，不引工具没有给出的文字。
二、符合不符合、金额多少，只转述工具的结论；没有结论时不要自己下结论，缺什么就问用户什么。
三、文件没有写的，照实说没有写，并转告咨询电话；不用别处的知识补答。
四、用户的原话原样传入，不替用户补充或推测情况。"""

Given = TypeVar("Given", bound=BaseModel)
Shown = TypeVar("Shown", bound=BaseModel)


def _object_written_as_text(value: Any) -> Any:
    """Some models send an object as a piece of JSON text."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _finite(value: dict[str, Any]) -> dict[str, Any]:
    return RuleRequest(facts=value).facts


Facts = Annotated[
    dict[str, Any],
    BeforeValidator(_object_written_as_text),
    AfterValidator(_finite),
    Field(
        description='用户已经明说的事实，按名称，如 {"reg.months": 7}；名称、类型、可选的值由 list_rules 查得。'
        "只填用户说过的，不推测；不知道的不填",
    ),
]
AsOf = Annotated[
    WrittenDay | None,
    Field(description="按哪一天的规定，写作 2024-08-01；不填是今天", examples=["2024-08-01"]),
]
Place = Annotated[
    Wording | None,
    Field(max_length=50, description="地名，如 嘉兴市、海宁；不填是嘉兴市", examples=["嘉兴市"]),
]
ClauseId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9_-]+$",
        max_length=200,
        description="条款编号，取自引文的 clause_id",
        examples=["jx-gbo-2024-16__sec_1"],
    ),
]
RuleId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=100,
        description="规则编号，取自 list_rules",
        examples=["settle.rental"],
    ),
]


class AskPolicy(Wire):
    """Arguments of `ask_policy`."""

    question: Annotated[
        Wording, Field(min_length=1, max_length=2000, description="用户的原话，不改写、不补充")
    ]
    conversation_id: Annotated[
        str | None,
        Field(
            max_length=64, description="接着哪一次对话：上一次返回的 conversation_id；新问题不填"
        ),
    ] = None
    as_of: AsOf = None
    jurisdiction: Place = None
    facts: Facts = Field(default_factory=dict)


class SearchClauses(Wire):
    """Arguments of `search_clauses`."""

    query: Annotated[
        Wording,
        Field(
            min_length=1, max_length=2000, description="要找的内容，如 租房落户；也可以写文号、条款"
        ),
    ]
    as_of: AsOf = None
    jurisdiction: Place = None
    limit: Annotated[int, Field(ge=1, le=50, description="最多几条")] = 10


class GetClause(Wire):
    """Arguments of `get_clause`."""

    clause_id: ClauseId
    as_of: AsOf = None
    jurisdiction: Place = None


class ListRules(Wire):
    """Arguments of `list_rules`."""

    rule_id: Annotated[RuleId | None, Field(description="只看哪一条；不填列出全部")] = None


class Decide(Wire):
    """Arguments of `decide`."""

    rule_id: RuleId
    facts: Facts = Field(default_factory=dict)
    as_of: AsOf = None
    jurisdiction: Place = None


@dataclass(frozen=True, slots=True)
class PolicyTool(Generic[Given, Shown]):
    """One tool: `call` does it, `text` says its result to a model that reads only text."""

    name: str
    title: str
    description: str
    given: type[Given]
    shown: type[Shown]
    call: Callable[[PolicyTools, Given], Shown]
    text: Callable[[PolicyTools, Shown], str] = lambda _tools, shown: shown.model_dump_json()


def _ask(tools: PolicyTools, given: AskPolicy) -> Answer:
    return tools.ask(AskRequest(**given.model_dump()))


def _told(tools: PolicyTools, answer: Answer) -> str:
    lines = [plain_text(answer, tools.link)]
    lines.append(f"（追问时带上 conversation_id：{answer.conversation_id}）")
    return "\n\n".join(lines)


def _search(tools: PolicyTools, given: SearchClauses) -> SearchPage:
    return tools.search(given.query, given.as_of, given.jurisdiction, given.limit)


def _clause(tools: PolicyTools, given: GetClause) -> ClauseDetail:
    return tools.clause(given.clause_id, given.as_of, given.jurisdiction)


def _rules(tools: PolicyTools, given: ListRules) -> RuleList:
    return tools.rules(given.rule_id)


def _listed(_tools: PolicyTools, rules: RuleList) -> str:
    """Whole where one rule was asked for; else names, so that a context is not filled with forms."""
    if len(rules.rules) == 1:
        return rules.model_dump_json(exclude_none=True)
    lines = [
        f"{rule.rule_id}（{rule.title}）：{'、'.join(f'{f.name}={f.label}' for f in rule.facts)}"
        for rule in rules.rules
    ]
    return "\n".join([*lines, "每项事实的问法、类型和可选的值，用 rule_id 再查一次。"])


def _decide(tools: PolicyTools, given: Decide) -> Decision:
    return tools.decide(given.rule_id, given.facts, given.as_of, given.jurisdiction)


TOOLS: tuple[PolicyTool[Any, Any], ...] = (
    PolicyTool(
        "ask_policy",
        "问政策",
        """回答一个政策问题，或接着上一句继续对话。答复附逐字引文；问到本人够不够条件、能拿多少，由规则裁决。
转述时：引文（citations 的 quote）逐字照抄，保留 [1] 这样的编号、文号和效力状态（status）；notices 要转告。
kind 是 verdict：结论以 verdicts 的 outcome 为准（eligible 符合、ineligible 不符合、undetermined 缺事实、rule_uncertain 文件没有定论、not_applicable 不适用），不得改成别的结论。
kind 是 clarify：把 questions 原样问用户，用户回答后连同 conversation_id 再调用；不得替用户作答，不得自己判断符合不符合。
kind 是 refuse：照实说文件没有写或不归这里答，转告电话；不得用别处的知识补答。""",
        AskPolicy,
        Answer,
        _ask,
        _told,
    ),
    PolicyTool(
        "search_clauses",
        "找条款",
        """按意思查找条款，当天在当地有效的在前。每条附逐字引文、文号、条款名称、效力状态和出处。
引用时 quote 逐字照抄；status 不是 in_force 的（已被替代、已失效、征求意见稿等）不能当作现行规定，引用必须写明状态。
这里只查文字，不判断谁符合条件；判断用 ask_policy 或 decide。""",
        SearchClauses,
        SearchPage,
        _search,
    ),
    PolicyTool(
        "get_clause",
        "看一条条款",
        """一条条款的全文、当天的效力、被哪一条替代或修改、前后条款和出处。
text 逐字照抄；binds 为 false 的不能当作现行规定。""",
        GetClause,
        ClauseDetail,
        _clause,
    ),
    PolicyTool(
        "list_rules",
        "列出规则",
        """可以裁决的规则：编号、名称、依据的条款、要问的事实（名称、问句、类型、单位、可选的值）。
调用 decide 之前用它查事实的名称和写法。""",
        ListRules,
        RuleList,
        _rules,
        _listed,
    ),
    PolicyTool(
        "decide",
        "按规则裁决",
        """按一条规则裁决：结论、逐项条件及其引文、缺什么、最早哪天符合、金额和算式、谁可以随迁。
facts 只填用户明说过的；没有说的不填，结论会是 undetermined，照 missing_facts 去问。
结论、金额、日期原样转述，不得改动、推算或自行下结论；引文逐字照抄。""",
        Decide,
        Decision,
        _decide,
    ),
)
