"""Whether a term, number or day of a statement is the one that the support holds."""

import re
from collections.abc import Sequence

from assistant.answering.grounding.mark import DAY_UNITS, DOWN, SINCE, UNTIL, UP, Mark, Sentence
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.vocabulary import FAMILY, IMPLIED_BY


def is_framing(mark: Mark) -> bool:
    """Dates and document numbers may come from another part of the support."""
    if mark.is_number:
        return mark.key in DAY_UNITS or (mark.key == "" and (mark.value or 0) >= 10_000)
    return mark.key in _DAY_ROLES or mark.key in {"征求意见", "解读"}


def framing_holds(mark: Mark, sentence: Sentence, units: Sequence[Unit]) -> bool:
    """Whether the day stands somewhere in the support, in the same role (施行, 成文)."""
    roles = roles_beside(mark, sentence)
    for unit in units:
        if mark.is_number and unit.told and not roles and mark.key not in {"文号", "号", "年份"}:
            continue  # a day of the notice itself, told as something else's
        pieces = {m.piece for m in unit.marks if not _mark_reasons_for(mark, m, unit)}
        if not pieces:
            continue
        held = {m.key for m in unit.marks if m.key in _DAY_ROLES and m.piece in _near(pieces)}
        if not mark.is_number or mark.key == "文号" or not roles or roles & held:
            return True
    return False


def roles_beside(mark: Mark, sentence: Sentence) -> set[str]:
    """What happens on a day: 施行, 失效 or 印发, said in the same piece."""
    return {m.key for m in sentence.marks if m.piece == mark.piece and m.key in _DAY_ROLES}


_DAY_ROLES = frozenset({"施行", "失效", "印发"})


def _near(pieces: set[int]) -> set[int]:
    return {piece + step for piece in pieces for step in (-1, 0)}


def _mark_reasons_for(mark: Mark, held: Mark, unit: Unit) -> list[str]:
    if mark.is_number != held.is_number:
        return ["不同类"]
    return mark_reasons(mark, None, Unit(Sentence(unit.sentence.text, (held,)), unit.deleted, 0))


def mark_reasons(mark: Mark, sentence: Sentence | None, unit: Unit) -> list[str]:
    """Why `unit` does not hold a term or number as it is said; empty when it does."""
    if mark.is_number:
        return _number_reasons(mark, sentence, unit)
    found = [m for m in unit.marks if m.key == mark.key]
    if not found:
        found = [m for m in unit.marks if m.key in IMPLIED_BY.get(mark.key, frozenset())]
    if not found and mark.key == "子女" and sentence is not None:
        kinds = {m.key for m in sentence.marks} & _CHILDREN.keys()
        kinds |= {kind for kind, apart in _CHILDREN.items() if apart.search(sentence.text)}
        found = [m for m in unit.marks if m.key in kinds]  # 成年的孩子……孩子有住房: the same one
    if not found and mark.key == "修改" and unit.former:
        return []  # 现在改成……: what an amendment puts in place of the former wording
    if not found and mark.key == "家属":
        relatives = [m for m in unit.marks if m.key in FAMILY]
        found = relatives if len({m.key for m in relatives}) > 1 else []
    ages = [sentence.marks if sentence else (), unit.marks]
    if not found and mark.key == "年龄限制" and all(any(m.key == "周岁" for m in a) for a in ages):
        return []  # 年龄要求是年满60周岁
    if not found and mark.key == "每月":
        found = [m for m in unit.marks if m.key.endswith("/月")]
        return [] if found else ["依据中没有「每月」"]
    if not found:
        return [f"依据的同一句中没有「{mark.key}」"]
    if unit.deleted and "“" in unit.sentence.text:
        return []
    if all(m.negative != mark.negative for m in found) and not (
        sentence is not None and _is_about_exception(mark, unit, sentence)
    ):
        return [f"「{mark.key}」的肯定与否定和依据相反"]
    if mark.direction and all(m.direction and m.direction != mark.direction for m in found):
        return [f"「{mark.key}」以上、以下与依据不同"]
    if mark.direction and all(m.direction != mark.direction for m in found):
        return [f"「{mark.key}」的以上、以下不在依据中"]
    return []


_CHILDREN = {
    "成年子女": re.compile(
        "(?<!未)成年[^,;。]{0,14}子女|子女[^,;。]{0,6}(?:须|要|应|已经?|得)(?:是|为)?成年"
    ),
    "未成年子女": re.compile(
        "未成年[^,;。]{0,14}子女|子女[^,;。]{0,6}(?:须|要|应|得|还)?(?:是|为)?未成年"
    ),
    "未婚子女": re.compile(
        "未婚[^,;。]{0,14}子女|子女[^,;。]{0,6}(?:须|要|应|得|还)?(?:是|为)?未婚"
    ),
}  # which children, said apart from the word


_SPECIAL = r"特别规定|另有|(?<!没有)(?<![没无不])例外|特殊|另行|不受|不适用"


def _is_about_exception(mark: Mark, unit: Unit, sentence: Sentence) -> bool:
    """投资创业的另有规定 tells of an exception that the support words as 除…外."""
    special = re.search(_SPECIAL, sentence.text) is not None
    excepted = {m.key for m in unit.marks if m.excepted}
    return special and bool(excepted) and (mark.negative or mark.key in excepted)


def _number_reasons(mark: Mark, sentence: Sentence | None, unit: Unit) -> list[str]:
    same = [m for m in unit.marks if m.is_number and same_number(mark, m)]
    if not same:
        return [f"依据的同一句中没有「{shown(mark)}」"]
    excepted = sentence is not None and _is_about_exception(mark, unit, sentence)
    if not (unit.deleted or excepted) and all(m.negative != mark.negative for m in same):
        return [f"「{shown(mark)}」的肯定与否定和依据相反"]
    if not any(_same_direction(mark, m) for m in same):
        return [f"「{shown(mark)}」的以上、以下、起止与依据不同"]
    if (
        mark.inclusive
        and mark.direction == DOWN
        and any(m.inclusive and m.direction == UP for m in same)
    ):
        return [f"「{shown(mark)}」含不含本数与依据不同"]
    return []


def shown(mark: Mark) -> str:
    """A number as reasons print it."""
    return f"{mark.value:f}{mark.key}"


def same_number(said: Mark, held: Mark) -> bool:
    """Whether two numbers are one, be it as part of a day: 2024年 of 2024年8月1日."""
    if said.value is None or held.value is None:
        return False
    if said.value == held.value and _same_unit(said.key, held.key):
        return True
    return _is_part_of_day(said, held)


def _same_unit(said: str, held: str) -> bool:
    if said == held:
        return True
    if said in {"元", "美元"}:
        return held.startswith(f"{said}/")
    return said == "" or (held == "" and said in {"号"})


def _is_part_of_day(said: Mark, held: Mark) -> bool:
    """2024年, 8月 or 16号 of a date or document number that the support gives in full."""
    value, whole = int(said.value or 0), int(held.value or 0)
    parts: dict[tuple[str, str], int] = {
        ("年份", "日期"): whole // 10_000,
        ("年份", "年月"): whole // 100,
        ("年份", "文号"): whole // 100_000,
        ("年月", "日期"): whole // 100,
        ("月日", "日期"): whole % 10_000,
        ("月份", "日期"): whole // 100 % 100,
        ("月份", "年月"): whole % 100,
        ("号", "文号"): whole % 100_000,
    }
    return parts.get((said.key, held.key)) == value


def _same_direction(said: Mark, held: Mark) -> bool:
    if said.key in DAY_UNITS:
        return not {said.direction, held.direction} >= {SINCE, UNTIL} and not (
            said.direction == UNTIL and held.direction != UNTIL
        )
    if said.strict and not held.strict:
        return False
    if said.direction == UP and not held.direction and said.key in {"个月", "天"}:
        return True
    if said.direction:
        return said.direction == held.direction
    is_cap = held.direction == DOWN and held.key in {"元", "美元", "元/月"}
    return not is_cap
