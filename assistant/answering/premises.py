"""A requirement that a question takes for granted or asks about, held against what the text says.

「要就业满六个月才能办居住证吗」 asks about a figure (六个月) of something (就业). The clause in force
may state that very figure, another one of the same thing, or nothing of the kind, while an expired
text, a draft or another place's text does. Who asks is told which (inventory T41, T43).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.answering.spans import QuoteSpan
from assistant.clauses.model import Clause
from assistant.clauses.numerals import Quantity, quantities

Terms = Callable[[str], Iterable[str]]
"""The official terms that a text says or stands for."""

_KINDS = frozenset({"个月", "周岁", "元", "元/月", "%", "天", "工作日"})
_DEMANDS = r"(?:必须|一定要?|非要|非得|需要?|还要|也要|都要|就要|(?<!不)要(?!求|是|么|不)|还得|也得|(?<![取获])得|应当|是不是|是否|也?是(?=[^，。？]*[吗么吧]))"
_CONFIRMS = r"(?:才(?:能|可以|行|给|算|办)|[吗么嘛吧][？?]?$|对(?:吗|不对|吧)|是(?:吗|吧|不是)[？?]?$|[？?]$)"
_BREAK = re.compile(
    r"[，,；;。：:、？?！!（）()]|是不是|是否|才能|就能|就可以|必须|一定要|非要|需要|还要|也要|要(?!求)|得(?=[^到])|也是|都是"
)
_LACKS = re.compile(r"还(?:要|得|需要?|差)(?:再)?(?:[交缴登住干做等](?:记)?)?$")
_UNTIL = re.compile(r"才(?:够|满|到|能|行)")
"""还要交三个月才够: what somebody still lacks, and no requirement."""
_OWN = re.compile(r"[我俺咱](?!们?(?:嘉兴|这|市|当地))[^，。？]{0,8}(?:了|过|已|到现在)")
_LEAD = re.compile(
    r"(?:连续|累计|至少|最少|不少于|不低于|必须|年)*(?:满|达到?|够|上|交|缴|滿)?(?:了|够|满|到)?\s*$"
)
_WAY = re.compile(r"(?:落户|入户|上户|迁户|转户籍?)$")
"""租房落户满六个月: the way to settle, of which nothing is counted by itself."""
_HEAD = 3  # characters of a noun that two terms share at their end
_WIDTH = 18  # characters before a figure that say what it is a figure of


Stands = Literal["states", "differs", "silent", "open"]


@dataclass(frozen=True, slots=True)
class Premise:
    """A figure and what it is said to be a figure of, as the question words them."""

    said: str  # 就业满六个月
    of: str  # 就业; empty where the question does not say
    quantity: Quantity
    rest: str  # the question without it


@dataclass(frozen=True, slots=True)
class Finding:
    """How a text stands to a premise; `stated` is what it says of the same thing, verbatim."""

    premise: Premise
    stands: Stands  # open: several figures of that thing
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A finding, and the text not in force from which a mistaken premise may come."""

    finding: Finding
    origin: tuple[Clause, QuoteSpan] | None = None


def read_premise(text: str) -> Premise | None:
    """The requirement that `text` asks to confirm; None where it asks or tells something else."""
    if _OWN.search(text):
        return None
    found = [q for q in quantities(text) if q.unit in _KINDS]
    if len({(q.value, q.unit) for q in found}) != 1:
        return None
    asked = found[-1]
    if not _is_demanded(text[: asked.start], text[asked.end :]):
        return None
    if _LACKS.search(text[: asked.start]) and _UNTIL.search(text[asked.end :]):
        return None
    starts = [_start(text, q) for q in found]
    leads = [text[start : q.start].strip() for start, q in zip(starts, found, strict=True)]
    manner = next((lead for lead in reversed(leads) if _thing(lead)), "")
    rest = list(text)
    for start, quantity in zip(starts, found, strict=True):
        rest[start : quantity.end] = " " * (quantity.end - start)
    return Premise(
        text[starts[-1] : asked.end].strip(), _thing(manner), asked, "".join(rest).strip()
    )


def _start(text: str, quantity: Quantity) -> int:
    """Where the words begin that say what a figure is a figure of."""
    breaks = [m.end() for m in _BREAK.finditer(text[: quantity.start])]
    return max([*breaks, quantity.start - _WIDTH, 0])


def _thing(words: str) -> str:
    thing = _LEAD.sub("", words).strip()
    return "" if _WAY.search(thing) else thing


def _is_demanded(before: str, after: str) -> bool:
    """Whether the figure stands where a requirement stands, in a question."""
    asks = re.search(_CONFIRMS, after) or re.search(r"[吗么嘛？?]|吧$|是不是|是否", before + after)
    if not asks:
        return False
    clause = re.split(r"[，,；;。]", before)[-1]
    return (
        re.search(_DEMANDS, clause) is not None
        or re.match(r"(?:以上|以下|以内)?的?(?:才|对吗|是吗|吗|么|嘛)", after) is not None
    )


def hold(premise: Premise, text: str, terms: Terms) -> Finding:
    """How `text`, the sentences quoted, stands to `premise`."""
    wanted = _named(premise, terms)
    same = [
        q for q in quantities(text) if q.unit.split("/")[0] == premise.quantity.unit.split("/")[0]
    ]
    of_it = [
        q
        for q in same
        if _is_required(text, q) and _speaks_of(premise.of, wanted, _context(text, q), terms)
    ]
    if len({q.value for q in of_it}) != 1:
        return Finding(premise, "open" if of_it else "silent")
    stands: Stands = "states" if of_it[0].value == premise.quantity.value else "differs"
    return Finding(premise, stands, _phrase(text, of_it[0]))


def states(premise: Premise, text: str, terms: Terms) -> bool:
    """Whether `text` states the figure of that very thing."""
    if not premise.of:
        return False
    return may_state(premise, text, terms)


def may_state(premise: Premise, text: str, terms: Terms) -> bool:
    """Whether `text` requires that figure, of that thing where the question names one."""
    wanted = _named(premise, terms)
    return any(
        (q.value, q.unit) == (premise.quantity.value, premise.quantity.unit)
        and _is_required(text, q)
        and _speaks_of(premise.of, wanted, _context(text, q), terms)
        for q in quantities(text)
    )


_REQUIRED = re.compile(r"(?:满|滿|达到?|到|够|足|少于|低于|超过)\s*$")
_DESCRIBES = re.compile("重点|主要|优先")


def _is_required(text: str, quantity: Quantity) -> bool:
    """Whether a length of time is asked for: 登记满六个月, and not 重点解决就业居住5年的人."""
    if quantity.unit != "个月":
        return True
    context = _context(text, quantity)
    asked = _REQUIRED.search(context) or re.match(r"\s*(?:及?以上)", text[quantity.end :])
    return asked is not None and not _DESCRIBES.search(context)


def _named(premise: Premise, terms: Terms) -> set[str]:
    """The official terms for what the figure is a figure of: 参保 alone says less than 参保满."""
    return {*terms(premise.of), *terms(f"{premise.of}满")} if premise.of else set()


def _context(text: str, quantity: Quantity) -> str:
    """The words that say what a figure in a clause is a figure of."""
    before = text[: quantity.start]
    return re.split(r"[，,；;。：:]", before)[-1]


def _phrase(text: str, quantity: Quantity) -> str:
    """The figure with the words before it up to the comma: 连续参加…养老保险达三个月."""
    start = quantity.start - len(_context(text, quantity))
    return text[start : quantity.end].strip()


def _speaks_of(of: str, wanted: set[str], context: str, terms: Terms) -> bool:
    if not of:
        return True
    if of in context:
        return True
    told = set(terms(context))
    return any(a in b or b in a or _same_head(a, b) for a in wanted for b in told)


def _same_head(one: str, other: str) -> bool:
    """Whether two terms end in the same noun, as 职工基本养老保险 and 企业职工养老保险 do."""
    return min(len(one), len(other)) >= _HEAD and one[-_HEAD:] == other[-_HEAD:]
