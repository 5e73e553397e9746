"""A bare answer as a value of the kind that was asked for: yes or no, a choice, a number, a day."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.clauses.numerals import quantities
from assistant.dialogue.model import Reading, SaidFact
from assistant.dialogue.reading.age_words import read_ages, read_births
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.people import NODES, read_people
from assistant.dialogue.reading.time_words import number
from assistant.dialogue.reading.typed import Typed
from assistant.rules import Fact, FactType, Member

YES = re.compile(
    r"^(?:嗯+|恩+|哦|啊|，|那)*(?:是(?!不是|否|吗)|对(?!不起|方|象)|有(?!没有|吗|时)|嗯+|恩+|没错|没问题|当然|肯定|确实|可以|能|好|行|算|属于|同意|已经|办(?:了|好|过)|断过|成年|过了|转了|签了|参加了|yes|yep|y$|ok|√|正是|必须的)"
)

NO = re.compile(
    r"^(?:嗯|哦|啊|，|那|我|也|都|还|都还|这个|目前|暂时|从来|一直|真|并|好像|可能|大概|应该)*(?:不是|没有|没|否|不(?!清|知|晓|确|了解|懂|明|记|太清|太确|好说|动产)|无|非|未|哪有|no$|nope|n$|×|算不上|不行)"
)

_HEDGE = re.compile(r"好像|大概|可能|应该|也许|估计|差不多|似乎|印象|记得是|左右|吧$")


def by_type(
    typed: Typed, question: Fact, as_of: date, whole: Reading
) -> Iterator[tuple[str, SaidFact]]:
    """The values that a bare answer gives to the fact asked for, the likeliest first."""
    said = typed.said(0, len(typed.text))
    hedged = bool(_HEDGE.search(typed.text.rstrip("，。？")))
    plain = SaidFact(None, said, as_of, hedged)
    if question.type is FactType.BOOLEAN:
        value = _yes_or_no(typed.text, question)
        if value is not None:
            yield question.name, replace(plain, value=value)
    elif question.type is FactType.ENUM:
        choice = _choice(typed.text, question)
        if choice is not None:
            yield question.name, replace(plain, value=choice)
    elif question.type is FactType.LIST:
        members = _members(typed, question, whole)
        if members is not None:
            yield question.name, replace(plain, value=members)
    elif question.type is FactType.MONEY:
        yield from ((question.name, replace(plain, value=v)) for v in _sums(typed.text))
    elif question.type is FactType.INTEGER:
        yield from _integers(typed, question, as_of, plain)
    elif question.type is FactType.DATE:
        yield from _days(typed, question, as_of, plain)


LIGHT = re.compile(
    r"[的了过啊呀吧哦呢嘛哈哎我你您都也很是没有个着已经就办做拿去领开好完齐全弄搞一直从来目前现在暂时还这他她它们那对嗯给上到在呵算吗么之前刚才早，。！!]|嘉兴|浙江|本地|当地"
)

_ALREADY = re.compile(
    r"(?:都|也|已经?|早就?|全|嗯|是的?)*(?:同意|办好了|有的|是的|齐了|都有|办了|转了|签了|参加了)"
    r"|(?:职代会|大会|开会|讨论|表决|审议|也|都|已经)*(?:批准|通过)(?:了|过)?"
)

_PASSED = re.compile("批准|通过")
_NOT_YET = re.compile(r"不(?:同意|乐意|愿意|肯|让|答应)|没(?:办|去|签|参加|转|拿|成年|批)|还没")

_SAME = (("市区", "城镇"), ("城里", "城镇"), ("市里", "城镇"), ("县城", "城镇"), ("房子", "住所"), ("房", "住所"), ("住一起", "共同"), ("一起住", "共同"), ("上班", "就业"), ("工作", "就业"))  # fmt: skip


def _of_something_else(rest: str, question: Fact) -> bool:
    """Whether what a yes or a no is said of is another thing than what was asked: 有车, 还没转正."""
    for word, other in _SAME:
        rest = rest.replace(word, other)
    left = LIGHT.sub("", rest)
    pairs = [left[i : i + 2] for i in range(len(left) - 1)] or [left]
    return bool(left) and not any(pair in question.label for pair in pairs)


_OF_A_TOWN = frozenset({"host.is_head_urban_household", "host.stable_home", "own.urban_home"})
"""Asked of something in town: where it stands answers them."""
_PLACED = re.compile(
    r"(?:[我他她它们家房子户口那套的是就在]|没错|对|嗯|，)*(?:不(?:是|在))?"
    r"(?:(?P<town>城镇|城区|市区|城里|市里|县城|街道|小区|镇上的小区)|(?P<village>农村|乡下|村里|村上|村))(?:里|上|头|那边)?(?:的|户|房|住房|家庭户)*(?:呀|啊|呢|哦|吧|哈)*"
)


def in_town(text: str, question: Fact) -> bool | None:
    """城里的, 我家在农村: whether who told of a home or a household places it in town, when asked."""
    match = _PLACED.fullmatch(text.strip("，。？"))
    if question.name not in _OF_A_TOWN or match is None or text.endswith("吧"):
        return None
    denied = re.search("不(?:是|在)", text) is not None
    return (match["town"] is not None) is not denied


def _yes_or_no(text: str, question: Fact) -> bool | None:
    head = re.split("[，。？]", text.strip("，。？"))[0]
    if question.name.startswith("own.") and "租" in text:
        return None  # a home that is rented is not one's own
    if question.name.endswith(".gap"):
        if re.search("没断|没有断|不间断|连续|一直|没中断|从没", head):
            return False
        if re.search("断过|断了|中断|间断", head):
            return True
    for clause in re.split("[，。？]", text.strip("，。？"))[1:]:
        done = _ALREADY.fullmatch(clause)
        if done is not None and _PASSED.search(clause) and not NO.match(head):
            return True
    for answer, pattern in ((False, NO), (True, YES), (False, _NOT_YET), (True, _ALREADY)):
        match = pattern.match(head) if answer or pattern is NO else pattern.search(head)
        if match is not None:
            rest = head[: match.start()] + head[match.end() :]
            return None if _of_something_else(rest, question) else answer
    return None


def _choice(text: str, question: Fact) -> str | None:
    """The choice, or the everyday word for one, that stands in the answer."""
    head = text.strip("，。？")
    words = {choice: choice for choice in question.choices} | dict(question.aliases)
    words |= {unicodedata.normalize("NFKC", word): choice for word, choice in words.items()}
    for flag in ("true", "false"):
        words.pop(flag, None)
    held = [
        w
        for w in words
        if w in head and not re.search(f"(?:不是|没有?|非|不算){re.escape(w)}", head)
    ]
    if held:
        said = max(held, key=len)
        return None if _of_something_else(head.replace(said, "", 1), question) else words[said]
    if "true" in question.aliases and YES.match(head):
        return question.aliases["true"]
    if "无" in question.choices and NO.match(head):
        return "无"
    if "false" in question.aliases and re.match("(?:不是|不$|否)", head):
        return None
    return question.aliases.get("没有") if NO.match(head) else None


def _members(typed: Typed, question: Fact, whole: Reading) -> tuple[Member, ...] | None:
    if re.search("就我(?:自己|一个)|只有我|我一个人|自己一个|不带|不用|没人", typed.text) or (
        NO.match(typed.text) and not read_people(typed).others()
    ):
        return ()
    if "family" in whole.facts:
        return None
    people = read_people(typed)
    minor = True if re.search("未成年|小学|幼儿园|\\d岁", typed.text) else None
    together = None
    if re.search("不住|没住|分开|老家", typed.text):
        together = False
    elif re.search("住一起|一起住|同住|共同", typed.text):
        together = True
    members = []
    for name in people.others():
        node = NODES[name]
        relation = node if node in question.choices else "其他"
        ages = [age.value for age in read_ages(typed.text)]
        young = (ages[0] < 18 if ages else minor) if node == "子女" else None
        members.append(Member(relation, young, together))
    return tuple(dict.fromkeys(members)) or None


def _sums(text: str) -> Iterator[Decimal]:
    for quantity in quantities(text):
        if quantity.unit in {"", "元"} and quantity.value >= 0:
            yield quantity.value


_MONTHS = re.compile(r"个月|[\d一二两三四五六七八九十半]天")


def _integers(
    typed: Typed, question: Fact, as_of: date, plain: SaidFact
) -> Iterator[tuple[str, SaidFact]]:
    if question.unit == "周岁":
        if _MONTHS.search(typed.text):
            return  # five months are nobody's age here
        ages = read_ages(typed.text) or read_ages("我" + typed.text + "岁")
        for age in ages:
            hedged = plain.hedged or age.hedged
            yield (
                question.name,
                replace(plain, value=age.value, low=age.low, high=age.high, hedged=hedged),
            )
        for birth in read_births(typed.text, as_of):
            yield (
                question.start_of or "birth_date",
                replace(plain, value=birth.value, low=birth.low, high=birth.high),
            )
        return
    if re.fullmatch(
        r"(?:还)?(?:没有?|没呢|未)(?:登记|缴|交|办|开始|过|呢)*|刚(?:刚)?(?:开始|办|登记)?",
        typed.text.strip("，。？"),
    ):
        yield question.name, replace(plain, value=0)
        return
    units = {"", "人", "个", "名", "位"} if question.unit == "人" else {""}
    for quantity in quantities(typed.text):
        alone = question.unit == "人" or LIGHT.sub("", typed.text.replace("月", "")).isdecimal()
        if alone and quantity.unit in units and quantity.value == int(quantity.value):
            yield question.name, replace(plain, value=int(quantity.value))
    numeral = re.sub(r"[个名人位月了吧大概约是有。，]", "", typed.text.strip("，。？"))
    bare = (
        number(numeral)
        if re.fullmatch(r"[\d零一二三四五六七八九十百千两半俩仨]+", numeral)
        else None
    )
    if bare is not None:
        yield question.name, replace(plain, value=bare)


def _days(
    typed: Typed, question: Fact, as_of: date, plain: SaidFact
) -> Iterator[tuple[str, SaidFact]]:
    if question.name == "birth_date":
        for birth in read_births(typed.text + "生", as_of):
            yield question.name, replace(plain, value=birth.value, low=birth.low, high=birth.high)
        for age in read_ages(typed.text):
            yield "age", replace(plain, value=age.value, low=age.low, high=age.high)
        for day in read_times(typed.text, as_of):
            if isinstance(day.value, date):
                yield question.name, replace(plain, value=day.value, low=None, high=None)
