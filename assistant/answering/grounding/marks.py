"""What a sentence claims, as marks: terms and numbers with polarity, direction and modality."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from assistant.answering.grounding.vocabulary import (
    ACTION,
    PERSON,
    QUALIFICATION,
    VARIANTS,
    first_characters,
    longest_match,
)
from assistant.clauses.numerals import Quantity, normalize, quantities

UP = "up"
DOWN = "down"
SINCE = "since"
UNTIL = "until"
MAY = "may"
MUST = "must"
DAY_UNITS = frozenset({"日期", "年月", "年份", "月日", "文号", "号"})

_AGE_FREE = re.compile(
    r"(?:取消|不受|没有|没了|无|不设|不再有|不再设|放开|去掉|免去|免除|不看|不限|不管|不论|无论|不用管|不问|不再?限制"
    r"|不再?要求|不再?卡|不再?看|不再?考虑|不再?受)[^,。;]{0,6}(?:年龄|年纪|岁数)(?:上)?的?(?:限制|要求|门槛|条件|约束)?"
    r"|(?:年龄|年纪|岁数)(?:上|方面|大小)?(?:都|也|就|已经)?(?:不再?(?:限|受限制?|作限制|做限制|设限|设门槛|作要求|做要求|卡|管|是问题)"
    r"|(?:没有?|无)(?:限制|要求|门槛)|放开了?|取消了?)(?:制|了)?"
    r"|(?:年龄|年纪|岁数)(?:限制|要求|门槛)(?:也|都|已经?|就)?(?:被|给)?(?:取消|去掉|没有|没了|不再有|放开)了?"
    r"|(?:无论|不管|不论)?多大(?:年纪|岁数|年龄)?(?:都|也)"
)
_NOT_NEGATIVE = (
    "不动产|不管|不论|无论|不仅|不但|不只|不光|不过|不一致|不一样|不同|有没有|是不是|能不能|要不要"
    "|可不可以|不然|不断|未来|非常|不变|不清楚|不需要另外|没关系|不冲突|不相同|出入|非公|不足部分|不足的部分|无障碍|不妨|还不够|不够"
)
_NEGATIVE = (
    "不得|不能够?|不可以|不可|不允许|不准|不许|不予|不需要?|不须|不必|不用|不要求?|不看|不再|不作|不做|不包括|不含"
    "|不算|不受|不是|不属于|不会|不在|不给|不带|不限|用不着|没法|无法|无需|无须|不肯|不愿|拒不|拒绝|取消|免去|免除"
    "|严禁|禁止|除外|排除|除(?!了|非|上|夕)|未经|尚未|没有|没|未|无|非|免|不"
)
_POSITIVE = "就可以|就能|可以|允许|能够|应当|必须|务必|一定要|只要|须|应(?!用|届)|才|则|但|而(?!且)|要(?!求|闻)|可(?!能|靠|选|视)|能(?!力|级)|准予|有权|改为|改成|放宽|只|作为|当作|当成"
_POLARITY = re.compile(f"(?P<mask>{_NOT_NEGATIVE})|(?P<no>{_NEGATIVE})|(?P<yes>{_POSITIVE})")
_MODAL = re.compile(
    "(?P<must>必须|务必|应当|应该|应(?!用|届)|须|一定要|强制|一律要|非得|有义务)"
    "|(?P<may>可以|允许|能够|准予|有权|可(?!能|靠|选|视)|能(?!力|级|不能))"
)
_UP_BEFORE = re.compile(
    r"(?P<strict>(?<!不)(?<!没)(?<!未)(?<!不能)(?<!不得)(?:逾期|超过|高于|大于|多于|长于|超出|过了))了?$"
    r"|(?:(?<!不)(?<!未)(?<!没)(?:满|达到|达|够|足)|年满|不少于|不低于|不得少于|不得低于|不能少于|不能低于|至少|最少"
    r"|起码|最低|不短于|大于等于)(?:了|要|得|是|有|为)?$"
)
_UP_AFTER = re.compile(
    r"(?P<inclusive>\(含\)|及|含)?(?:或|或者|及)?(?:\(含\))?(?:以上|往上|起步|朝上|或更[多高长]|打底)|就?够|之后才"
)
_DOWN_BEFORE = re.compile(
    r"(?:[不未没]满|[不没未]到|[不没]足|不够|(?<!不)(?<!不得)(?<!不能)(?:少于|低于|小于)|未达到?|没达到?|(?:最高|最多|至多)?(?:不|不能|不得|不会|没|未)超过|最高|最多|至多"
    r"|顶多|上限|不高于|不大于|不多于|封顶|最高额|最大)(?:了|是|为|能|给|拿|可|可以|奖|奖励|到|有|得|能拿|能给)*$"
)
_DOWN_AFTER = re.compile(
    r"(?P<inclusive>\(含\)|及|含)?(?:或|或者|及)?(?:以下|以内|之内|内|往下|(?:为)?封顶|为上限|为限|的上限|打住|的封顶|不到)"
)
_SINCE_BEFORE = re.compile(r"(?:自|从|打)$")
_SINCE_AFTER = re.compile(r"(?:起|开始|以后|之后|后|生效|施行|实施|正式|往后)")
_UNTIL_BEFORE = re.compile(r"(?:截至|截止到?|直到|至)$")
_UNTIL_AFTER = re.compile(r"(?:前|以前|之前|止|为止|截止|到期|失效|废止|停止)")
_SENTENCE = re.compile(r"(?:“[^”]*”|[^。!?\n])+[。!?]*")
_DOUBLE = re.compile(  # 没有居住证不行: what is denied twice is required
    r"(?:没有?|不|未|无|缺|少了?)[^,。;]{1,20}?(?:就|也|都|是|的)(?:不行|不能|不可以|办不了|没法|无法|不给办|不成)"
)
_PIECE = re.compile(r"[,;:。!?]")
_SCOPE_END = re.compile(r"[,;:。!?()]")
_COUNTERS = frozenset({"条", "项", "种", "份"})  # 三条占一条: grammar, not a figure of the text


@dataclass(frozen=True, slots=True)
class Mark:
    """A term (`key` is its concept) or a number (`key` is its unit) and how it is claimed."""

    key: str
    category: str  # "number" for numbers
    start: int
    end: int
    piece: int
    value: Decimal | None = None
    negative: bool = False
    excepted: bool = False  # denied by 除…外
    direction: str = ""
    strict: bool = False  # 超过, against 满
    inclusive: bool = False  # (含)以上, 及以下
    modal: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the mark is a number with its unit."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, spelled canonically, with its marks in order."""

    text: str
    marks: tuple[Mark, ...]

    def between(self, left: Mark, right: Mark) -> str:
        """The characters between two marks."""
        return self.text[left.end : right.start]


def denies(text: str) -> bool:
    """Whether canonical text holds any denial at all."""
    return any(match["no"] is not None for match in _POLARITY.finditer(text))


def split_sentences(text: str) -> list[str]:
    """Sentences of canonical text; a line break inside one does not end it."""
    return [part for part in _SENTENCE.findall(text) if part.strip("。!? ")]


@lru_cache(maxsize=2048)
def read_sentence(text: str) -> Sentence:
    """The marks of one sentence of canonical text."""
    cuts = [match.start() for match in _PIECE.finditer(text)]
    marks = sorted([*_term_marks(text), *_number_marks(text)], key=lambda m: m.start)
    marks = _without_overlaps(marks)
    marks = [replace(mark, piece=sum(cut < mark.start for cut in cuts)) for mark in marks]
    return Sentence(text, tuple(_with_polarity(text, marks)))


@lru_cache(maxsize=512)
def read_text(text: str) -> tuple[Sentence, ...]:
    """Every sentence of a text as people wrote it."""
    joined = re.sub(r"(?<![。!?！？；;：:])\s*\n\s*", "", text)
    return tuple(
        read_sentence(sentence)
        for line in joined.split("\n")
        for sentence in split_sentences(normalize(line))
    )


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], tuple[tuple[str, str], ...]]]:
    """By first character: the variants, longest first, as one alternation, and their meanings."""
    variants = sorted(VARIANTS, key=lambda variant: longest_match(variant[2]), reverse=True)
    by_first: dict[str, list[tuple[str, str, str]]] = {}
    for variant in variants:
        for char in first_characters(variant[2]):
            by_first.setdefault(char, []).append(variant)
    return {
        char: (
            re.compile("|".join(f"({branch})" for _, _, branch in found)),
            tuple((category, concept) for category, concept, _ in found),
        )
        for char, found in by_first.items()
    }


def _occurrences(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(category, concept, start, end) of each term, left to right, the longest at each place."""
    patterns = _patterns()
    position = 0
    while position < len(text):
        match = None
        if known := patterns.get(text[position]):
            pattern, meanings = known
            match = pattern.match(text, position)
        if match is None or match.end() == position:
            position += 1
            continue
        category, concept = meanings[(match.lastindex or 1) - 1]
        yield category, concept, position, match.end()
        position = match.end()


def _term_marks(text: str) -> list[Mark]:
    ages = [match.span() for match in _AGE_FREE.finditer(text)]
    marks = [Mark("年龄不限", "role", start, end, 0) for start, end in ages]
    for category, concept, start, end in _occurrences(text):
        if concept == "年龄限制" and any(a <= start and end <= b for a, b in ages):
            continue
        ranked = (category == QUALIFICATION and concept not in _UNRANKED) or concept in _LIMITS
        direction = _direction_of_rank(text, end) if ranked else ""
        marks.append(Mark(concept, category, start, end, 0, direction=direction))
    return marks


_LIMITS = frozenset({"起付标准", "最高限额"})
_UNRANKED = frozenset({"学历", "学位", "职称", "职业资格", "技能等级"})


def _direction_of_rank(text: str, end: int) -> str:
    """大专以上, 中级以上职称: which way the rank is open."""
    near = re.split(r"[,、;。]", text[end : end + 5])[0]
    near = re.split(r"[,、;。]", text[max(0, end - 8) : end])[-1] + near
    if re.search(r"以上|往上|更高|起步", near):
        return UP
    return DOWN if re.search(r"以下|往下|更低|以内", near) else ""


def _number_marks(text: str) -> list[Mark]:
    marks = [
        _number_mark(text, quantity)
        for quantity in quantities(text)
        if not (quantity.unit in _COUNTERS and quantity.value <= 10)
        and not _counts_what_is_listed(text, quantity)
    ]
    marks = _with_list_direction(text, marks)
    marks += [
        Mark("个月", "number", m.start(), m.end(), 0, value=Decimal(12))
        for m in re.finditer("每年(?=[^0-9]|$)", text)
    ]
    return marks


def _counts_what_is_listed(text: str, quantity: Quantity) -> bool:
    """甲、乙和丙三家: the number only says how many are named beside it."""
    if quantity.unit not in {"家", "个", "名", "位", "类"} or not 2 <= quantity.value <= 9:
        return False
    return any(
        len(re.split("、|和|以及", piece)) == quantity.value for piece in re.split("[,;:。]", text)
    )


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
    down, up = _DOWN_BEFORE.search(before), _UP_BEFORE.search(before)
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


def _without_overlaps(marks: list[Mark]) -> list[Mark]:
    """Numbers that belong to a term (满18周岁的孩子) are part of it."""
    people = [m for m in marks if m.category in {PERSON, "paper"}]
    return [
        m
        for m in marks
        if not (m.is_number and any(p.start <= m.start and m.end <= p.end for p in people))
    ]


def _with_polarity(text: str, marks: list[Mark]) -> list[Mark]:
    """Marks with what 不, 没有, 取消 and 可以, 应当 before (or at the end after) them say."""
    masked = _masked(text, marks)
    bounds = [-1, *(match.start() for match in _SCOPE_END.finditer(text)), len(text)]
    done: list[Mark] = []
    for left, right in itertools.pairwise(bounds):
        inside = [m for m in marks if left < m.start < right]
        done += _piece_polarity(masked, left + 1, right, inside)
    return done


def _masked(text: str, marks: list[Mark]) -> str:
    """`text` with terms and comparisons blanked, so that their own 不 and 未 deny nothing."""
    chars = list(text)
    spans = [(m.start, m.end) for m in marks]
    for mark in marks:
        if mark.is_number:
            before = text[max(0, mark.start - 8) : mark.start]
            offset = mark.start - len(before)
            found = (_DOWN_BEFORE.search(before), _UP_BEFORE.search(before))
            spans += [(offset + match.start(), mark.start) for match in found if match]
    for start, end in spans:
        chars[start:end] = "_" * (end - start)
    return "".join(chars)


def _piece_polarity(masked: str, left: int, right: int, marks: list[Mark]) -> list[Mark]:
    events = [m for m in _POLARITY.finditer(masked, left, right) if m["mask"] is None]
    if _DOUBLE.search(masked, left, right):
        events = [m for m in events if m["no"] is None]
    modals = list(_MODAL.finditer(masked, left, right))
    result: list[Mark] = []
    for mark in marks:
        before = [event for event in events if event.start() < mark.start]
        denied = before[-1] if before and before[-1]["no"] is not None else None
        outside = _OUTSIDE.match(masked, mark.end, right) is not None
        modal = ""
        if mark.category == ACTION:
            said = [m for m in modals if m.start() < mark.start]
            modal = "" if not said else MUST if said[-1]["must"] else MAY
        result.append(
            replace(
                mark,
                negative=outside or (denied is not None and not _ends_before(denied, mark, masked)),
                excepted=outside or (denied is not None and denied[0].startswith("除")),
                modal=modal,
            )
        )
    return _with_final_negation(events, result, right)


def _ends_before(denied: re.Match[str], mark: Mark, masked: str) -> bool:
    """没有住所的家庭成员: 没有 denies the 住所, not the one who has none."""
    if denied[0] not in _LACKING:
        return False
    between = masked[denied.end() : mark.start]
    return "_" in between and "的" in between[between.index("_") :]


_OUTSIDE = re.compile("[城区的_]{0,4}(?:以外|之外)")
_LACKING = frozenset({"没有", "没", "无", "未", "尚未", "非", "未经"})


def _with_final_negation(events: list[re.Match[str]], marks: list[Mark], right: int) -> list[Mark]:
    """居住证不用带, 投资创业的除外: a denial with nothing after it denies what stands before."""
    if not events or not marks or events[-1]["no"] is None or events[-1][0] == "除":
        return marks
    last = events[-1]
    if any(mark.start > last.start() for mark in marks) or right - last.end() > 4:
        return marks
    since = max((e.start() for e in events[:-1] if e["yes"] is not None), default=-1)
    return [
        replace(mark, negative=True, excepted=last[0].startswith("除"))
        if since < mark.start < last.start()
        else mark
        for mark in marks
    ]
