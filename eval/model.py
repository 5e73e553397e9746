"""What a question set is made of: cases and their expectations."""

import re
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

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

CATEGORIES = {
    "retrieval": "检索",
    "policy": "据原文答复",
    "eligibility": "资格与金额",
    "missing": "缺事实",
    "dialogues": "多轮",
    "refusals": "应拒答",
    "lookalikes": "貌似该拒其实该答",
    "time_travel": "过去的日子",
    "amendments": "修改与删去",
    "drafts": "征求意见稿",
    "other_cities": "外地",
    "same_number": "同号文件",
    "conflicts": "来源不一致",
    "wording": "语言模型措辞",
}
"""Categories by which figures are given; every case is in one (`category_of`)."""

_BY_TAG = {
    "two_numbers": "same_number",
    "conflict": "conflicts",
    "amended": "amendments",
    "draft": "drafts",
    "other_city": "other_cities",
    "elsewhere": "other_cities",
    "time_travel": "time_travel",
}

MIN_WHY = 4


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


class Review(Strict):
    """Who last looked at a case, when, and what they thought of it."""

    by: str = Field(min_length=1)
    on: date
    state: Literal["pending", "approved", "disputed"]
    note: str = ""


class Case(Strict):
    """One conversation of one or more turns, with the reason for its expectation."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    turns: tuple[Turn, ...] = Field(min_length=1)
    tags: tuple[str, ...] = Field(min_length=1)
    why: str = Field(min_length=MIN_WHY)
    split: Literal["dev", "test"]
    category: str | None = None  # None: follows from the set and the tags
    review: Review | None = None


def category_of(case: Case, set_name: str) -> str:
    """The category of a case: its own, else the first that its set, reply or tags speak for."""
    if case.category is not None:
        return case.category
    if set_name in {"retrieval", "eligibility", "missing", "dialogues"}:
        return set_name
    if "lookalike" in case.tags:
        return "lookalikes"
    if case.turns[0].expect.kinds == {"refuse"}:
        return "refusals"
    return next((name for tag, name in _BY_TAG.items() if tag in case.tags), set_name)


def squeeze(text: str) -> str:
    """`text` without white space: the form in which phrases, quotes and sources are compared."""
    return re.sub(r"\s+", "", text)
