"""Numbers of a sentence, and which way they are open: 满, 以上, 不超过, 自……起."""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.answering.grounding.mark import DAY_UNITS, DOWN, SINCE, UNTIL, UP, Mark
from assistant.clauses.numerals import Quantity, quantities

UP_BEFORE = re.compile(
    r"(?P<strict>(?<!不)(?<!没)(?<!未)(?<!不能)(?<!不得)(?:逾期|超过|高于|大于|多于|长于|超出|过了))了?$"
    r"|(?:(?<!不)(?<!未)(?<!没)(?:满|达到|达|够|足)|年满|不少于|不低于|不得少于|不得低于|不能少于|不能低于|至少|最少"
    r"|起码|最低|不短于|大于等于)(?:了|要|得|是|有|为)?$"
)
_UP_AFTER = re.compile(
    r"(?P<inclusive>\(含\)|及|含)?(?:或|或者|及)?(?:\(含\))?(?:以上|往上|起步|朝上|或更[多高长]|打底)|就?够|之后才"
)
DOWN_BEFORE = re.compile(
    r"(?:[不未没]满|[不没未]到|[不没]足|不够|(?<!不)(?<!不得)(?<!不能)(?:少于|低于|小于)|未达到?|没达到?|(?:最高|最多|至多)?(?:不|不能|不得|不会|没|未)超过|最高|最多|至多"
    r"|顶多|上限|不高于|不大于|不多于|封顶|最高额|最大)(?:了|还|都|也|均|仍然?|依然|是|为|能|给|拿|可|可以|奖|奖励|到|有|得|能拿|能给)*$"
)
_DOWN_AFTER = re.compile(
    r"(?P<inclusive>\(含\)|及|含)?(?:或|或者|及)?(?:以下|以内|之内|内|往下|(?:为)?封顶|为上限|为限|的上限|打住|的封顶|不到)"
)
_SINCE_BEFORE = re.compile(r"(?:自|从|打)$")
_SINCE_AFTER = re.compile(r"[初中底末]?(?:起|开始|以后|之后|后|生效|施行|实施|正式|往后)")
_UNTIL_BEFORE = re.compile(r"(?:截至|截止到?|直到|至)$")
_UNTIL_AFTER = re.compile(r"[初中底末]?(?:前|以前|之前|止|为止|截止|到期|失效|废止|停止)")
_COUNTERS = frozenset({"条", "项", "种", "份"})  # 三条占一条: grammar, not a figure of the text


def number_marks(text: str) -> list[Mark]:
    """The numbers of canonical text, but for those that only count what stands beside them."""
    marks = [
        _number_mark(text, quantity)
        for quantity in quantities(text)
        if not (quantity.unit in _COUNTERS and quantity.value <= 10)
        and not _counts_what_is_listed(text, quantity)
        and not _announces_a_list(text, quantity)
    ]
    marks = _with_list_direction(text, marks)
    marks += [
        Mark("个月", "number", m.start(), m.end(), 0, value=Decimal(12))
        for m in re.finditer("每年(?!(?:的|只有|只能|须|应|都|只)?[在于]?[0-9])", text)
    ]
    return marks


def _counts_what_is_listed(text: str, quantity: Quantity) -> bool:
    """甲、乙和丙三家: the number only says how many are named beside it."""
    if quantity.unit not in {"家", "个", "名", "位", "类"} or not 2 <= quantity.value <= 9:
        return False
    return any(
        len(re.split("、|和|以及", piece)) == quantity.value for piece in re.split("[,;:。]", text)
    )


def _announces_a_list(text: str, quantity: Quantity) -> bool:
    """两件事：甲，以及乙: as many as are named after it."""
    announced = re.match("事情?(?:是|,即)?:([^。]*)", text[quantity.end :])
    if quantity.unit != "件" or announced is None:
        return False
    return len([item for item in _ITEM_END.split(announced[1]) if item]) == quantity.value


_ITEM_END = re.compile("[、;,]+(?:以及)?|以及")


def _with_list_direction(text: str, marks: list[Mark]) -> list[Mark]:
    """满3000万、5000万、1亿美元: what is said of the first of a list holds for each."""
    done: list[Mark] = []
    for mark in marks:
        last = done[-1] if done else None
        if (
            last is None
            or last.key != mark.key
            or text[last.end : mark.start].strip() != "、"
            or mark.direction
        ):
            done.append(mark)
        else:
            done.append(replace(mark, direction=last.direction, strict=last.strict))
    return done


def _number_mark(text: str, quantity: Quantity) -> Mark:
    before, after = text[max(0, quantity.start - 8) : quantity.start], text[quantity.end :][:6]
    mark = Mark(quantity.unit, "number", quantity.start, quantity.end, 0, value=quantity.value)
    if quantity.unit in DAY_UNITS:
        return replace(mark, direction=_day_direction(before, after))
    down, up = DOWN_BEFORE.search(before), UP_BEFORE.search(before)
    if down:
        return replace(mark, direction=DOWN)
    if follows := _DOWN_AFTER.match(after):
        return replace(mark, direction=DOWN, inclusive=follows["inclusive"] is not None)
    if up:
        return replace(mark, direction=UP, strict=up["strict"] is not None)
    if follows := _UP_AFTER.match(after):
        return replace(mark, direction=UP, inclusive="含" in follows[0] or "及" in follows[0])
    return mark


def _day_direction(before: str, after: str) -> str:
    if _UNTIL_BEFORE.search(before) or _UNTIL_AFTER.match(after):
        return UNTIL
    if _SINCE_BEFORE.search(before) or _SINCE_AFTER.match(after):
        return SINCE
    return ""
