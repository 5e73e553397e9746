"""Whether a permission carries every condition of the sentence that it rests on."""

import re
from collections.abc import Sequence

from assistant.answering.grounding.connectors import alternatives, flat
from assistant.answering.grounding.likeness import same_number
from assistant.answering.grounding.mark import DAY_UNITS, Mark, Sentence
from assistant.answering.grounding.marks import read_text
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.spelling import statement_sentences
from assistant.answering.grounding.support import rules_of
from assistant.answering.grounding.vocabulary import (
    ACTION,
    AUTHORITY,
    FAMILY,
    IMPLIED_BY,
    PAPER,
    PLACE,
    QUALIFICATION,
    SCHEME,
    SCOPE,
    STATUS,
)

_CLAUSE_GOAL = re.compile(r"允许|可以|可(?!能|靠|选|视)|准予|放宽至|应当|须|不受|取消|予以|能够")
_PERMISSION = re.compile(
    r"允许|可以|可(?!能|靠|选|视)|准予|能够|能(?!力|级)|就行|即可|行的?[。,]?$|办得了|有权|办理?落户|准许"
)
_PERMITTED = frozenset(
    {
        "落户",
        "投靠",
        "迁入",
        "申请",
        "申领",
        "挂靠",
        "转户籍",
        "换发",
        "合并计算",
        "补办",
        "参加",
        "退出",
        "享受",
        "迁移",
    }
)


def missing_conditions(statement: str, cited_sentence: str) -> tuple[str, ...]:
    """Conditions and numbers of the cited sentence, as printed there, that `statement` leaves out.

    A sentence of several rules divided by ；is compared by the rule that the statement is nearest.
    """
    said = [m for s in statement_sentences(statement) for m in s.marks]
    best: tuple[int, tuple[str, ...]] | None = None
    for unit in read_text(cited_sentence):
        for rule in rules_of(unit):
            shared = overlap(said, rule.marks)
            missing = _missing(said, rule)
            if best is None or (shared, -len(missing)) > (best[0], -len(best[1])):
                best = (shared, missing)
    return () if best is None else best[1]


_BOUND = frozenset({QUALIFICATION, PAPER, SCHEME, AUTHORITY, STATUS})
_BOUND_KEYS = frozenset(
    {
        "连续", "累计", "有效", "合法稳定就业", "合法稳定住所", "连续就读", "租赁", "居住登记",  "新成立",
        "未婚子女", "成年子女", "户主", "男", "女", "浙江省", "长三角", "转移接续", "同意", "批准", "毕业", "在职", "退休",
        "整体参保", "单位集体户", "亲友处", "人才集体户", "社区集体户", "投资创业", "离婚",
    }
)  # fmt: skip
_NOT_BOUND = frozenset(
    {
        "逾期",
        "学历",
        "职称",
        "职业资格",
        "技能等级",
        "学位",
        "公共服务",
        "技校",
        "证明材料",
        "就业",
        "用人单位",
        "个人账户",
    }
)


def completeness_reasons(sentence: Sentence, unit: Unit, context: tuple[Mark, ...]) -> list[str]:
    """The conditions of the cited rule that a permission leaves out; empty for other sentences."""
    if unit.deleted or not _is_permission(sentence):
        return []
    rules = [
        rule
        for rule in rules_of(unit.sentence)
        if _PERMISSION.search(rule.text) or re.search("放宽|取消|不受", rule.text)
    ]
    if not rules:
        return []
    if _REFERS.search(sentence.text) or _is_elaboration(sentence, rules):
        return []
    best = max(
        rules,
        key=lambda r: (
            overlap(sentence.marks, r.marks),
            -len(_missing(list(context), r, sentence.text)),
        ),
    )
    missing = _missing(list(context), best, sentence.text)
    return [f"漏了条件：{'、'.join(missing)}"] if missing else []


_ELABORATES = re.compile(
    r"一起|一同|随同|一块|一并|一道|随迁|跟着|跟随|带上|也可以|也能|也在|包括|[有是]:|这一?条|这种|本条|该条|[这该此本]项|本款|此外|另外|以后|之后|后,|(?:符合|满足)(?:上述|前述|以上|这些|该)"
)
_REFERS = re.compile(
    r"(?:满足|符合|达到|具备)(?:了)?(?:上述|前述|以上|上面|这些|这几|这[一两三]|该)[^,。;]{0,8}(?:后|的|时|,)"
    r"|^(?:满足|符合|达到|具备)(?:全部|所有|规定|相应|各项)?(?:条件|要求|时长|年限)(?:后|以后|之后|的|的人员?|时),"
    r"|^(?:以上|上述|这)?[两三四2-4](?:个|项|点)(?:条件|要求)?(?:都|均|同时)(?:具备|满足|符合|达到)(?:了|后|的|时|的话)*,"
)
_SUFFICES = re.compile(r"即可|就行|就可以|就能|只要|直接|无条件|凡|任何|所有")


def _is_elaboration(sentence: Sentence, rules: Sequence[Sentence]) -> bool:
    """可以一起落户的有配偶、父母 speaks of who or where, and leaves every condition to others."""
    if not _ELABORATES.search(sentence.text) or _SUFFICES.search(sentence.text):
        return False
    conditions = {
        m.key
        for rule in rules
        for m in rule.marks
        if m.key != "共同居住" and _is_bound(m, _goal_of(rule), rule.text, names_family=False)
    }
    lives_together = any(m.key == "共同居住" for m in sentence.marks)
    needs_it = any(m.key == "共同居住" for rule in rules for m in rule.marks)
    names = any(m.key in FAMILY for m in sentence.marks)
    return not conditions & {m.key for m in sentence.marks} and (
        lives_together or not needs_it or not names
    )


def _goal_of(rule: Sentence) -> int:
    """Where the conditions end and what is allowed begins."""
    goal = _CLAUSE_GOAL.search(rule.text)
    return goal.start() if goal else len(rule.text)


_REQUIRES = re.compile("对[^,。;]{2,12}的(?:要求|规定|限制)")


def _is_permission(sentence: Sentence) -> bool:
    if any(m.key == "年龄不限" for m in sentence.marks):
        return True
    if _REQUIRES.search(sentence.text):
        return False
    return (
        any(m.key in _PERMITTED and not m.negative for m in sentence.marks)
        and _PERMISSION.search(sentence.text) is not None
    )


def overlap(said: Sequence[Mark], held: Sequence[Mark]) -> int:
    """How many terms and numbers two readings share."""
    keys = {(m.key, m.value) for m in held}
    return len({(m.key, m.value) for m in said} & keys)


_VAGUE = frozenset(
    {"连续", "合法", "未婚", "已婚", "居住", "就业"}
)  # 连续居住 does not say 连续就读


_CAUSES = re.compile(r"因[^,;:。]*?等(?:原因|情形|情况)")  # any one of them is enough


_ONE_OF_THEM = re.compile("条件之一|条件中的?(?:一|任)|条件(?:占|符合|满足)一")


def _missing(said: list[Mark], rule: Sentence, spoken: str = "") -> tuple[str, ...]:
    end = _goal_of(rule)
    unit = Unit(Sentence(rule.text, tuple(said)), False, 0)
    groups = flat(alternatives(Unit(rule, False, 0))) + _listed_places(rule)
    names_family = any(m.key in FAMILY or m.key == "家属" for m in said)
    missing: list[str] = []
    for mark in rule.marks:
        if not _is_bound(mark, end, rule.text, names_family=names_family):
            continue
        if mark.negative and mark.category != STATUS:
            continue
        if any(found.start() <= mark.start < found.end() for found in _CAUSES.finditer(rule.text)):
            continue
        if not _mark_reasons_reversed(mark, unit):
            continue
        group = next((g for g in groups if mark.key in g), None)
        if group and _ONE_OF_THEM.search(spoken):
            continue
        if group and any(
            ({m.key} | IMPLIED_BY.get(m.key, frozenset())) & group
            for m in said
            if m.category not in {SCOPE, ACTION} and m.key not in _VAGUE
        ):
            continue
        missing.append(rule.text[mark.start : mark.end])
    return tuple(dict.fromkeys(missing))


def _mark_reasons_reversed(mark: Mark, said: Unit) -> bool:
    """Whether nothing said covers this condition of the rule."""
    if mark.is_number:
        return not any(m.is_number and same_number(m, mark) for m in said.marks)
    covering = (
        {mark.key}
        | {key for key, wider in IMPLIED_BY.items() if mark.key in wider and key not in _VAGUE}
        | (IMPLIED_BY.get(mark.key, frozenset()) - _VAGUE)
    )
    return not any(m.key in covering for m in said.marks)


def _listed_places(rule: Sentence) -> list[set[str]]:
    places = {m.key for m in rule.marks if m.category == PLACE and m.key in _BOUND_KEYS}
    return [places] if len(places) > 2 else []


def _is_bound(mark: Mark, end: int, text: str, *, names_family: bool) -> bool:
    if mark.key == "共同居住":
        return names_family
    if mark.is_number:
        return mark.key not in DAY_UNITS and (mark.start < end or bool(mark.direction))
    if mark.start >= end or mark.key in _NOT_BOUND:
        return False
    if mark.category == AUTHORITY:
        return re.match(r"(?:签发|核发|发放|颁发|讨论)", text[mark.end :]) is not None
    return mark.category in _BOUND or mark.key in _BOUND_KEYS
