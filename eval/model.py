"""What a question set is made of: cases, their expectations, and the checks that keep them true."""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.clauses.model import Clause, CorpusView
from assistant.errors import AssistantError, UnknownClauseError
from assistant.schemas import AnswerKind, NoticeCode, Outcome, RefusalReason

EVAL_DAY = date(2026, 11, 22)
"""The day for cases that name none: figures must not move with the calendar."""

TAGS = {
    # subject
    "settlement": "落户",
    "permit": "居住证",
    "medical": "医疗补助与企业补充医疗保险",
    "legislation": "立法计划",
    "decision": "重大行政决策",
    "fire": "火灾隐患单位",
    "leaders": "市领导分工",
    "personnel": "人事任免",
    "trade": "开放型经济（外贸）",
    "repeal": "废止和修改规范性文件",
    "reform2020": "2020年户籍通知的其他部分",
    "pilot2014": "2014年居住证试点",
    "draft": "征求意见稿",
    "other_city": "金华",
    # manner of asking
    "colloquial": "口语",
    "formal": "书面语",
    "address": "按文号、条款查",
    # what is tested
    "time_travel": "指定过去的日子",
    "amended": "已被修改、删去",
    "conflict": "来源不一致或存疑",
    "two_numbers": "两份文件同为16号",
    "no_source": "相近而文件没写",
    "out_of_scope": "不属本领域",
    "elsewhere": "没有收录的外地",
    "injection": "夹带指令的真问题",
    "account_data": "问本人账户或进度",
    "personal_data": "索要他人信息",
    "legal_opinion": "要法律意见或评价",
    "unsafe": "造假、骗取、自伤",
    "chat": "寒暄",
    "lookalike": "像该拒答其实该答",
    "forged": "冒充官方的条文",
    "injection_only": "只有指令、没有真问题",
    "threshold": "门槛的一侧",
    "amount": "问金额",
    "hedge": "约数、说不准",
    "story": "夹着无关的事",
    "several_people": "一句话里几个人、随迁家属",
    "inventory": "规则清单第8、9节里的问句",
    # what a turn of a conversation does
    "answering": "回答我们的追问",
    "correction": "更正说过的话",
    "ellipsis": "省略、承前",
    "switch": "换话题再回来",
    "restart": "重新开始",
    "recall": "问记住了什么",
    "day_change": "换日子",
    "place_change": "换地方",
    "midway_policy": "中间插一个政策问题",
}

NEAR_DUPLICATE = 0.7
"""Share of common character pairs (Jaccard) above which two questions are one question."""

MIN_WHY = 4


class CaseError(AssistantError):
    """A question set that is not sound; the message lists every problem."""


class Strict(BaseModel):
    """Base of the case shapes: unknown fields are an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(Strict):
    """What a right reply shows; a field left out is not judged."""

    kind: AnswerKind | None = None
    or_kinds: tuple[AnswerKind, ...] = ()  # kinds that are equally right
    reason: RefusalReason | None = None
    # rule id -> outcome; `undetermined` is also met by no verdict: no decision may be taken
    outcomes: dict[str, Outcome] = Field(default_factory=dict)
    also_eligible: tuple[str, ...] = ()  # rules that the same facts meet though nobody asked
    clauses: tuple[str, ...] = ()  # equally right: one of them must be cited
    phrases: tuple[str, ...] = ()  # verbatim: each must stand in some quote
    notices: tuple[NoticeCode, ...] = ()  # each must be among the reply's notices
    missing: tuple[str, ...] = ()  # facts that must be asked for; others may be too
    amount: float | None = None
    earliest: dict[str, date | None] = Field(default_factory=dict)  # rule id -> first day
    covers: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # rule id -> who moves along
    says: tuple[str, ...] = ()  # words that must stand in the reply's text

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds that are right; empty where the kind is not judged."""
        return frozenset(k for k in (self.kind, *self.or_kinds) if k is not None)


class Reading(Strict):
    """What a careful person takes from the words so far: proves the expectation, is never sent."""

    facts: dict[str, Any]
    as_of: date = EVAL_DAY
    jurisdiction: str = "嘉兴市"


class Turn(Strict):
    """One request and what is expected of its reply."""

    question: str = Field(min_length=1, max_length=2000)
    as_of: date | None = None
    jurisdiction: str | None = None
    facts: dict[str, Any] = Field(default_factory=dict)
    expect: Expectation
    reading: Reading | None = None


class Case(Strict):
    """One conversation of one or more turns, with the reason for its expectation."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    turns: tuple[Turn, ...] = Field(min_length=1)
    tags: tuple[str, ...] = Field(min_length=1)
    why: str = Field(min_length=MIN_WHY)
    split: Literal["dev", "test"]


def read_cases(path: Path) -> tuple[Case, ...]:
    """Cases of a JSONL file, in order; raises CaseError that names every bad line."""
    cases: list[Case] = []
    problems: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate(json.loads(line)))
        except json.JSONDecodeError as error:
            problems.append(f"第 {number} 行不是合法的 JSON（{error.msg}），请检查引号和逗号。")
        except ValidationError as error:
            problems.extend(f"第 {number} 行：{text}" for text in _shape_problems(error))
    if problems:
        raise CaseError(f"{path} 有 {len(problems)} 处不合格式：\n" + "\n".join(problems))
    return tuple(cases)


def validate_cases(cases: Sequence[Case], view: CorpusView) -> None:
    """Check cases against the corpus and each other; raises CaseError that lists all problems."""
    problems = [
        *_duplicate_ids(cases),
        *(problem for case in cases for problem in _case_problems(case, view)),
        *near_duplicates(cases),
    ]
    if problems:
        raise CaseError(f"题目集有 {len(problems)} 处问题：\n" + "\n".join(problems))


def validate_rules(
    cases: Sequence[Case], rule_ids: Collection[str], fact_names: Collection[str]
) -> None:
    """Check that cases name only rules and facts that there are; raises CaseError."""
    problems = []
    for case in cases:
        for turn in case.turns:
            expect = turn.expect
            rules = {*expect.outcomes, *expect.also_eligible, *expect.earliest, *expect.covers}
            facts = {*expect.missing, *turn.facts, *(turn.reading.facts if turn.reading else ())}
            problems += [
                f"{case.id}：没有编号为 {name} 的规则，请对照 corpus/rules/。"
                for name in sorted(rules - set(rule_ids))
            ]
            problems += [
                f"{case.id}：没有名为 {name} 的事实，请对照 corpus/rules/facts.yaml。"
                for name in sorted(facts - set(fact_names))
            ]
    if problems:
        raise CaseError(f"题目集有 {len(problems)} 处问题：\n" + "\n".join(problems))


def near_duplicates(cases: Sequence[Case]) -> list[str]:
    """Questions that stand almost alike in both splits, or twice in one, as Chinese messages."""
    entries = [
        (case, turn, _character_pairs(turn.question))
        for case in cases
        for turn in case.turns[:1]
        if len(turn.question) > 1
    ]
    problems = []
    for index, (case, turn, pairs) in enumerate(entries):
        for other, other_turn, other_pairs in entries[index + 1 :]:
            setting = (turn.as_of, turn.jurisdiction)
            if setting != (other_turn.as_of, other_turn.jurisdiction) and case.split == other.split:
                continue
            if _addresses(turn.question) != _addresses(other_turn.question):
                continue  # two addresses differ in a digit and ask different things
            if _jaccard(pairs, other_pairs) >= NEAR_DUPLICATE:
                problems.append(
                    f"{case.id}（{case.split}）与 {other.id}（{other.split}）的问句几乎相同，"
                    f"请改写或删去其一：「{turn.question}」「{other_turn.question}」"
                )
    return problems


def squeeze(text: str) -> str:
    """`text` without white space: the form in which phrases, quotes and sources are compared."""
    return re.sub(r"\s+", "", text)


def _shape_problems(error: ValidationError) -> list[str]:
    messages = []
    for item in error.errors():
        place = ".".join(str(part) for part in item["loc"])
        messages.append(
            _SHAPE_MESSAGES.get(item["type"], "{msg}").format(msg=item["msg"], at=place)
        )
    return messages


_SHAPE_MESSAGES = {
    "extra_forbidden": "有不认识的字段 {at}，请对照 eval/README.md 的字段表。",
    "missing": "缺少字段 {at}，请补上。",
    "literal_error": "字段 {at} 的取值不在允许的范围内（{msg}）。",
    "string_pattern_mismatch": "字段 {at} 只能用小写字母、数字、下划线和连字符。",
    "string_too_short": "字段 {at} 太短（{msg}）。",
    "string_too_long": "字段 {at} 太长（{msg}）。",
    "too_short": "字段 {at} 至少要有一项。",
}


def _duplicate_ids(cases: Sequence[Case]) -> list[str]:
    seen: set[str] = set()
    repeated = []
    for case in cases:
        if case.id in seen:
            repeated.append(f"编号 {case.id} 用了不止一次，每题编号须唯一。")
        seen.add(case.id)
    return repeated


def _case_problems(case: Case, view: CorpusView) -> Iterable[str]:
    for tag in case.tags:
        if tag not in TAGS:
            yield f"{case.id}：标签 {tag} 不在标签表里，可用的有 {'、'.join(TAGS)}。"
    for turn in case.turns:
        yield from _gold_problems(case.id, turn.expect, view)


def _gold_problems(case_id: str, expect: Expectation, view: CorpusView) -> Iterable[str]:
    clauses: list[Clause] = []
    for clause_id in expect.clauses:
        try:
            clauses.append(view.clause(clause_id))
        except UnknownClauseError:
            yield f"{case_id}：语料库里没有条款 {clause_id}，请核对编号。"
    if expect.reason is not None and expect.kinds != {"refuse"}:
        yield f"{case_id}：只有 kind 为 refuse 时才能写 reason（现为 {expect.kind}）。"
    texts = [squeeze(clause.text) for clause in clauses]
    for phrase in expect.phrases:
        if not any(squeeze(phrase) in text for text in texts):
            yield (
                f"{case_id}：短语「{phrase}」不在所列条款 {'、'.join(expect.clauses) or '（无）'} "
                "的原文里，短语须与公布文本逐字一致（只忽略空白）。"
            )


def _character_pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"[\s，。？！、：；,.?!:;]", "", text)
    return frozenset(plain[i : i + 2] for i in range(max(1, len(plain) - 1)))


def _addresses(text: str) -> frozenset[str]:
    return frozenset(
        re.findall(
            r"[\u4e00-\u9fff]*[〔\[]\d{4}[〕\]]\s*\d+|第[\d一二三四五六七八九十]+[条款项部]", text
        )
    )


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
