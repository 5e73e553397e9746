"""Answers to a question that was asked, and corrections of what was said before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import Cast, Reading, SaidFact
from assistant.dialogue.reading.answers import read_answer
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.typed import Typed, read_typed
from assistant.dialogue.reading.values import in_town
from assistant.rules import Fact, FactDictionary, FactType

CORRECTION = re.compile(
    r"^(?:哦|噢|啊|哎呀?|哎哟|唉|呃|嗯|哟|等等|等下|不好意思|抱歉|对不起|那个|，)*(?:不对不对|不对|不是的|错了|(?:我)?(?:刚才|刚刚|前面|上面|之前)?(?:我)?(?:说|写|打|记|填|讲|搞|弄|看|算|数)(?:错|多|少|漏|岔|混|反|乱|早|晚|重)了?|口误|更正(?:一下)?|纠正(?:一下)?|改(?:成|为|一下)|改正|不不+|应该是|修改一下|更改)(?:一下|了|啊|哈)?"
)

_NOT_BUT = re.compile(r"不是[^，。？]{1,10}?，?(?:而|应该)?是(?=[^，。？])")

_SAID_WRONG = re.compile(
    r"(?:(?:我|刚才|刚刚|前面|之前)*(?<!没)(?<!没有)(?:说|写|打|记|填|讲|看|算|搞|弄|数)(?:错|多|少|漏|岔|混|反)(?:了|(?=，))|应该是|改成|改为|(?:^|(?<=[，。]))(?:说准点|准确(?:点|地|来)?说|更正|其实(?=[才只就是不没有离]|没有)))，?"
)

_SAID_WRONG_LAST = re.compile(
    r"[，。](?:是|我|刚才?|刚刚|前面|上面|之前|上一?[条句]|那个|全|都|给)*(?:(?:说|写|打|记|填|讲|搞|弄|看|算|数|报|念)(?:错|岔|混|反)了?|口误|笔误|手滑|手误)(?:了|啊|呀|哈|，|。|不好意思|抱歉|对不起|哈哈)*$"
)
"""是四个月，刚才讲错: what holds is said first, and then that something else was said."""
_NAMES_VALUE = re.compile(r"是|为|[\d一二两三四五六七八九十半]|没|不")
_STOPS = re.compile(r"[，,。；;、！!？?\s]+")
_THINGS = (
    ("pension.", re.compile("养老|社保|缴|交|参保")),
    ("reg.", re.compile("登记")),
    ("residence.", re.compile("住")),
    ("permit.", re.compile("居住证|证")),
    ("birth_date", re.compile("生日|出生|生的")),
    ("age", re.compile("年纪|年龄|岁")),
    ("retired_on", re.compile("退休")),
    ("apply.on", re.compile("申请|递|受理")),
    ("rent.", re.compile("租|房")),
    ("med.inpatient", re.compile("住院")),
    ("med.outpatient", re.compile("门诊|起付|限额")),
    ("employer.active", re.compile("在职|人数")),
    ("employer.retired", re.compile("退休")),
)
"""What people call the thing that a fact is of."""

_LEAD = re.compile(r"[，。]*(?:应该|应当|应|实际上?|其实|实|系|准确(?:地)?说)?(?:是|为)?")

_SKIP = re.compile(
    r"(?:先)?(?:跳过|略过|下一个|下一题|下个问题|pass|不想(?:说|回答|答)|不方便(?:说|讲|回答)?|不告诉你|先不(?:说|答|填)|以后再说|换一个(?:问题)?)(?:吧|了|这题|这个)*"
)


def read_reply(
    text: str,
    question: Fact,
    as_of: date,
    *,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    earlier: Sequence[str] = (),
    relation: str | None = None,
    cast: Cast | None = None,
) -> Reading:
    """Read an answer to `question`; `earlier` are the facts said before, the latest first.

    `relation` is what the one who moves is to the one who is joined, where that is known.

    What else the answer states is read too. A correction names in `corrects` what it takes back.
    """
    typed = read_typed(text)
    if not typed.text:
        return Reading()
    corrected = _correction(typed)
    if corrected is not None:
        reading = _read_correction(
            typed, corrected, question, as_of, dictionary, surroundings, earlier
        )
        if reading is not None:
            return reading
    bare = typed.text.strip("，。？")
    if _SKIP.fullmatch(bare):
        unknown = SaidFact(None, typed.said(0, len(typed.text)), as_of)
        return Reading({question.name: unknown}, skipped=True)
    whole = read_facts(
        text,
        as_of=as_of,
        dictionary=dictionary,
        surroundings=surroundings,
        asked=question.name,
        cast=cast,
    )
    placed = in_town(typed.text, question) if question.name in earlier else None
    if placed is not None:
        said = typed.said(0, len(typed.text))
        return replace(whole, facts={question.name: SaidFact(placed, said, as_of)})
    own = read_answer(typed, question, as_of, dictionary, surroundings, whole, relation)
    facts = dict(whole.facts)
    if own is not None:
        facts |= own
    _without_echo(facts, question)
    return replace(whole, facts=facts)


def is_correction(typed: Typed) -> bool:
    """Whether a message takes back something said before."""
    return _correction(typed) is not None


def _correction(typed: Typed) -> tuple[int, int] | None:
    """Where the corrected words begin and end, in a message that corrects something."""
    text = typed.text
    end = len(text)
    last = _SAID_WRONG_LAST.search(text)
    if last is not None and last.start() > 0 and _NAMES_VALUE.search(text, 0, last.start()):
        end = last.start()
    for match in (CORRECTION.match(text), _NOT_BUT.search(text), _SAID_WRONG.search(text)):
        if match is None or match.start() >= end:
            continue
        counted = re.search(r"[\d一二两三四五六七八九十半]", match.group())
        if match.re is _NOT_BUT and not counted:
            continue
        lead = _LEAD.match(text, match.end())
        start = lead.end() if lead else match.end()
        if start < len(text[:end].rstrip("，。？")):
            return start, end
    return (0, end) if end < len(text) else None


def _read_correction(
    typed: Typed,
    span: tuple[int, int],
    question: Fact,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    earlier: Sequence[str],
) -> Reading | None:
    words = typed.said(*span)
    if not words:
        return None
    reading = read_facts(words, as_of=as_of, dictionary=dictionary, surroundings=surroundings)
    named = [name for name in reading.facts if _same_matter(dictionary, name, earlier)]
    if named:
        taken = [_same_matter(dictionary, name, earlier) or name for name in named]
        return replace(reading, corrects=tuple(dict.fromkeys(taken)))
    of_a_kind = _of_one_kind(reading, dictionary, earlier)
    if reading.facts and of_a_kind is None:
        return replace(reading, corrects=tuple(n for n in reading.facts if n in earlier))
    if of_a_kind is not None:
        earlier = [of_a_kind, *earlier]
    thing = typed.text[: span[0]]
    names = list(dict.fromkeys([*earlier, question.name]))
    if of_a_kind is None:
        names.sort(key=lambda n: not _is_of(n, thing))
    for piece in dict.fromkeys([words, *_pieces(words)]):
        for name in names:
            rest = read_typed(piece)
            answered = read_answer(
                rest, dictionary[name], as_of, dictionary, surroundings, Reading()
            )
            fact = (answered or {}).get(name) or next(iter((answered or {}).values()), None)
            if answered and fact is not None and fact.value is not None:
                return Reading(answered, corrects=(name,) if name in earlier else ())
    return None


def _pieces(words: str) -> list[str]:
    return [piece for piece in _STOPS.split(words) if _NAMES_VALUE.search(piece)]


def _is_of(name: str, thing: str) -> bool:
    """Whether what is named before a correction (起缴日期弄错，实为…) is this fact."""
    return any(name.startswith(kind) and words.search(thing) for kind, words in _THINGS)


def _of_one_kind(
    reading: Reading, dictionary: FactDictionary, earlier: Sequence[str]
) -> str | None:
    """The day told before that a day told now replaces, though it reads like another's: 是10月20号交的."""
    days = [name for name in earlier if dictionary[name].type is FactType.DATE]
    told = [dictionary[name].type is FactType.DATE for name in reading.facts]
    return days[0] if len(days) == 1 and told and all(told) else None


def _same_matter(dictionary: FactDictionary, name: str, earlier: Sequence[str]) -> str | None:
    """The earlier fact that a new one replaces: itself, or the start or length beside it."""
    if name in earlier:
        return name
    for other in earlier:
        if dictionary[other].start_of == name or dictionary[name].start_of == other:
            return other
    return None


def _without_echo(facts: dict[str, SaidFact], question: Fact) -> None:
    """A length asked and answered is one fact, not the day that it amounts to as well."""
    if question.start_of and question.name in facts and question.start_of in facts:
        facts.pop(question.start_of)
