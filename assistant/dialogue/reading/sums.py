"""Sums of money and numbers of staff."""

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.clauses.numerals import quantities
from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import number

_PAID = r"(?:自付|自费|自己?(?:还)?(?:付|掏|出|承担|交|拿|垫)|个人(?:付|承担|掏|支付)|剩余?|剩下|还要付|还得付|没报|报不了|腰包|自理)"


_MONEY_FACTS = (
    ("med.outpatient_above_cap", re.compile(r"(?:限额|封顶线?)(?:以上|之上|以外|外|上头|上面)|超(?:过|出|了)*(?:最高)?(?:支付)?(?:限额|封顶线?)|限额外")),
    ("med.outpatient_mid", re.compile(r"起付[^。？]{0,8}(?:以上|到|和|至)[^。？]{0,12}(?:以下|之间|以内)|中间段|中段|中间那段")),
    ("med.outpatient_below_deductible", re.compile(r"(?:起付(?:线|标准)|门槛费?)(?:以下|之下|以内|内|下面|里面|下头|里头|底下)|(?:没到|没过|不到|未到|低于|不够)起付(?:线|标准)")),
    ("med.base_paid", re.compile(r"(?:职工)?医保(?:已经?|都|给|已)*(?:报|付|支付|报销|给报)(?:销)?(?:了|掉)?")),
)  # fmt: skip


_BASE = re.compile(r"(?:缴费)?基数(?:是|为|按|大概|，)?|(?:月)?平均工资(?:是|为|按)?")


_HEADS = (
    ("employer.active_count", re.compile(r"在职(?:职工|员工|人员|的)?(?:有|共|是)?(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)?")),
    ("employer.retired_count", re.compile(r"退休(?:职工|员工|人员|的)?(?:有|共|是)?(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)?")),
    ("employer.active_count", re.compile(r"(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)(?:是)?在职")),
    ("employer.retired_count", re.compile(r"(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)(?:是)?退休")),
)  # fmt: skip


_BEFORE = re.compile(
    r"\d(?:多|来)?(?:个人|个|人|名|位)(?:是)?在职(?!(?:职工|员工|人员)?\d+(?:个人|人|名|位)?[，。？])"
)
"""40个人在职5个退休: the numbers stand before what they count."""


def read_money(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Sums of money whose place in the bill is told."""
    text = scene.typed.text
    for quantity in quantities(text):
        if quantity.unit not in {"元", ""}:
            continue
        start, end, value = quantity.start, quantity.end, quantity.value
        if quantity.unit == "" and not _is_sum(scene, start, end, value):
            continue
        name = _money_fact(scene, start, end)
        if name is None or scene.is_general(start, end):
            continue
        yield Found(
            name,
            value,
            start,
            end,
            scene.person_at(start),
            scene.is_hedged(start, end) or bool(re.match("多|来", text[end:])),
        )


def _is_sum(scene: Scene, start: int, end: int, value: Decimal) -> bool:
    """Whether a bare number is money: 自己掏了一万二, 限额以上2000."""
    after = scene.typed.text[end : end + 1]
    before = scene.before(start)
    return (
        value >= 50
        and after not in set("年月日岁个天号人名位条%期")
        and bool(
            re.search(
                rf"{_PAID}(?:了|的|有|是)?$|(?:以上|以下|以内|内|基数|工资|花|用|报|付|支付)(?:了|掉|脱|的|是|有|为|按|花了)*$",
                before,
            )
        )
    )


def _money_fact(scene: Scene, start: int, end: int) -> str | None:
    clause = scene.typed.clause_at(start)
    here, after = scene.before(start), scene.after(end)
    earlier = scene.typed.text[scene.typed.clauses[max(0, clause - 1)].start : start]
    mid = list(_MONEY_FACTS[1][1].finditer(earlier))
    if mid and not quantities(earlier[mid[-1].end() :]):
        return "med.outpatient_mid"
    for name, pattern in _MONEY_FACTS:
        own = list(pattern.finditer(here))
        if own and not quantities(here[own[-1].end() :]):
            if (
                name == "med.base_paid"
                and "住院" in scene.typed.text
                and "门诊" not in scene.typed.text
            ):
                return "med.inpatient_remaining" if re.search(f"{_PAID}$", here) else None
            return name
    for name, pattern in _MONEY_FACTS[:3]:
        rest = scene.typed.text[end : end + 16]
        following = pattern.search(rest)
        told = re.match(r"[，都是全也的]{0,4}(?:起付|限额|超|没到|不到|在|没过|门槛)", rest)
        if told and following and not quantities(rest[: following.start()]):
            return name
    if re.search("年|月|工资基数", after[:1]):
        return None
    if _BASE.search(here[-8:]):
        return "employer.base"
    if "住院" in earlier or "住院" in here:
        if re.search(_PAID, here[-8:]) or re.match(rf"(?:是|都)?(?:{_PAID})", after):
            return "med.inpatient_remaining"
    elif (
        re.search("住院", scene.typed.text)
        and "门诊" not in scene.typed.text
        and re.search(_PAID, here[-8:])
    ):
        return "med.inpatient_remaining"
    return None


def read_heads(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """How many staff are working and how many have retired."""
    seen: set[str] = set()
    both = re.search(r"在职[^，。？]{0,8}\d", scene.typed.text) and re.search(
        r"退休[^，。？]{0,8}\d", scene.typed.text
    )
    before = _BEFORE.search(scene.typed.text) is not None
    for name, pattern in _HEADS[2:] if before else _HEADS:
        for match in pattern.finditer(scene.typed.text):
            value = number(match["n"])
            if value is None or name in seen or not (match["u"] or both):
                continue
            if re.match("岁|年|个月|周岁|元|块", scene.typed.text[match.end() :]):
                continue
            seen.add(name)
            yield Found(
                name,
                value,
                match.start(),
                match.end(),
                APPLICANT,
                scene.is_hedged(match.start(), match.end()),
            )
