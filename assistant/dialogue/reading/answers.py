"""What words say of the fact that was asked for: 是, 没有, 七个月, 第二个."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import Reading, SaidFact
from assistant.dialogue.reading.age_words import read_ages
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.people import NODES, read_people
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.time_words import number
from assistant.dialogue.reading.typed import Typed
from assistant.dialogue.reading.values import YES, by_type
from assistant.rules import Fact, FactDictionary, FactType, FactValue

UNKNOWN = re.compile(
    r"不(?:太)?(?:清楚|知道|晓得|确定|了解|懂|明白|记得|好说)|记不[太得大]?清?楚?|记不得|忘(?:记)?了|[想记]不(?:太)?起来?|没印象|说不(?:准|清|好|上来)|拿不准|搞不(?:清|懂)|没(?:注意|留意|数)|(?:这个)?不详|不知"
)

_ORDINAL = re.compile(
    r"^(?:我?选|是|就)?(?:第(?P<nth>[一二三四五六七八九十]|\d{1,2})(?:个|项|种|条)?|(?P<letter>[a-j])|(?P<digit>\d{1,2})|(?P<circled>[①-⑩])|(?P<last>最后(?:一)?个))(?:选项)?(?:吧|的|呢|\)|，)*$"
)

_CONTEXT: tuple[tuple[str, str], ...] = (
    ("rent.is_urban", "租的房子"),
    ("rent.registration", "租赁"),
    ("rent.", "租房"),
    ("reg.", "居住登记"),
    ("residence.", "在市本级住"),
    ("permit.issued", "居住证是"),
    ("permit.", "居住证"),
    ("pension.type", "交的是"),
    ("pension.province", "养老保险在"),
    ("pension.months_elsewhere", "在外地交养老保险"),
    ("pension.", "养老保险"),
    ("own.", "我"),
    ("job.contract", "劳动合同"),
    ("job.", "在嘉兴工作"),
    ("retired_on", "退休"),
    ("employer.founded", "公司成立"),
    ("employer.area", "单位在"),
    ("employer.base", "缴费基数"),
    ("edu.", "中专毕业"),
    ("birth_date", "出生"),
    ("apply.on", "受理"),
    ("title_level", "职称"),
    ("skill_level", "技能等级证书"),
    ("from_within_city", "户口在"),
    ("migrant", "户口在"),
    ("settled_at", "户口落在"),
    ("med.inpatient", "住院自付"),
)


def context_of(name: str) -> str:
    """The words that a bare answer about this fact is short of: 居住登记; empty where none."""
    return next((words for key, words in _CONTEXT if name.startswith(key)), "")


def read_answer(
    typed: Typed,
    question: Fact,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    whole: Reading,
    relation: str | None = None,
) -> dict[str, SaidFact] | None:
    """What the words say of the asked fact itself; None where they say nothing of it."""
    said = typed.said(0, len(typed.text))
    if UNKNOWN.search(typed.text) and not _has_value(typed, as_of):
        return {question.name: SaidFact(None, said, as_of)}
    if question.name in whole.facts:
        return _confirmed(typed, question, whole.facts[question.name])
    related = _related(question, whole, relation)
    if related is not None:
        return _confirmed(typed, question, related) or {question.name: related}
    if _stands_for(question, dictionary, whole):
        return None
    chosen = _by_ordinal(typed, question, as_of)
    if chosen is not None:
        return {question.name: chosen}
    if _UNTOLD.search(typed.text) or _speaks_of_another(typed, question):
        return None
    if not (question.start_of or question.type is FactType.DATE) or _is_bare_time(typed, as_of):
        found = _in_context(typed, question, as_of, dictionary, surroundings)
        if found:
            return found
    for name, fact in by_type(typed, question, as_of, whole):
        return {name: fact}
    return None


_UNTOLD = re.compile(
    r"想|打算|准备|计划|希望|下个?月|明年|后年|以后|等我|等到|还要|还差|还得|再过|再[交缴登等]|是不是|能不能|可不可以|[吗么]$|[吗么]？|退学|肄业|没(?:有)?毕业|正在?(?:考|读|办|评|申请)|在考"
)
"""A wish, an if or a question answers nothing."""

_TIME_AROUND = re.compile(
    r"(?:要是|如果|那么?|假如|换成|改成|的话|我|您|是|从|自|打|到|在|有|满|快|刚|就|才|也|都|已经?|大概|差不多|可能|应该|好像|左右|上下|多|来|吧|了|的|呢|啊|呀|哦|嗯|哈|份|初|底|中旬?|号|那会儿?|那时候?|开始|起|算起|算来|至今|现在|目前|今天|一直|连续|连着|没断过?|没间断|不间断|办|登记?|居住|交|缴|弄|做|上|录|签|租|才|只有|要是|搬来|过来|前|之前|以前|后|时候|年|个|整|足足|大约|约|估计|记得|总共|一共|累计|加起来|前后|合计|还没|不到|没到|超过|每|(?:也|都)?没有?(?:落下|少|缺|停|拉下)过?|，|。|？|《|》|[\d一二两三四五六七八九十零半几]|个?月|天|日|\ue001)*"
)


def _is_bare_time(typed: Typed, as_of: date) -> bool:
    """Whether a reply holds nothing but a length or a day, and light words: 我想想, 七个月吧."""
    text = list(typed.text)
    for time in read_times(typed.text, as_of):
        text[time.start : time.end] = "，" * (time.end - time.start)
    return _TIME_AROUND.fullmatch("".join(text).replace("嘉兴", "").replace("这边", "")) is not None


_OF_OTHERS = ("host.", "relation", "family", "settled_at", "age", "birth_date", "sex")


def _speaks_of_another(typed: Typed, question: Fact) -> bool:
    """我老婆大专, where one's own schooling was asked for."""
    if question.name.startswith(_OF_OTHERS):
        return False
    return any(
        NODES.get(m.person) is not None and not m.is_object for m in read_people(typed).mentions
    )


def _confirmed(typed: Typed, question: Fact, told: SaidFact) -> dict[str, SaidFact] | None:
    """有，他买了房: what is told besides a plain yes is not in doubt any more."""
    if question.type is not FactType.BOOLEAN or not told.hedged:
        return None
    head = re.split("[，。？]", typed.text.strip("，。？"))[0]
    plain = bool(YES.match(head)) is told.value and len(head) <= 2
    return {question.name: replace(told, hedged=False)} if plain else None


def _has_value(typed: Typed, as_of: date) -> bool:
    return bool(
        read_times(typed.text, as_of) or read_ages(typed.text) or re.search(r"\d", typed.text)
    )


def _related(question: Fact, whole: Reading, relation: str | None) -> SaidFact | None:
    """他买了房, asked of the one who is joined, is said of them."""
    pairs = {
        "host.stable_home": ("own.urban_home", "home.stable_in_city"),
        "host.property_certificate": ("own.property_certificate",),
        "host.adult": ("applicant.adult",),
        "home.stable_in_city": ("own.urban_home",),
        "migrant": (),
    }
    for name in pairs.get(question.name, ()):
        for facts in (whole.facts, *whole.others.values()):
            if name in facts and isinstance(facts[name].value, bool):
                return facts[name]
    if question.name in {"host.adult", "applicant.adult"}:
        for facts in (whole.facts, *whole.others.values()):
            age = facts.get("age")
            if age is not None and isinstance(age.value, int):
                return replace(age, value=age.value >= 18, low=None, high=None)
    for person, facts in whole.others.items():
        known = question.name.startswith(_OF_OTHERS) or NODES.get(person) == relation
        if question.name in facts and known:
            return facts[question.name]
    return None


def _stands_for(question: Fact, dictionary: FactDictionary, whole: Reading) -> bool:
    """Whether a start was told where a length was asked, or the other way round."""
    return any(
        name in dictionary
        and (dictionary[name].start_of == question.name or question.start_of == name)
        for name in whole.facts
    )


def _by_ordinal(typed: Typed, question: Fact, as_of: date) -> SaidFact | None:
    choices: Sequence[FactValue] = question.choices
    if question.type is FactType.BOOLEAN:
        choices = (True, False)
    if question.type not in {FactType.ENUM, FactType.BOOLEAN} or not choices:
        return None
    match = _ORDINAL.match(typed.text.strip("。？，"))
    if match is None:
        return None
    if match["nth"] or match["digit"]:
        index = (number(match["nth"] or match["digit"]) or 0) - 1
    elif match["letter"]:
        index = ord(match["letter"]) - ord("a")
    elif match["circled"]:
        index = ord(match["circled"]) - ord("①")
    else:
        index = len(choices) - 1
    if not 0 <= index < len(choices):
        return None
    return SaidFact(choices[index], typed.said(0, len(typed.text)), as_of)


def _in_context(
    typed: Typed,
    question: Fact,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
) -> dict[str, SaidFact]:
    """The words read as what they are short for: 七个月 after 居住登记."""
    prefix = context_of(question.name)
    if not prefix or len(typed.original) > 60:
        return {}
    reading = read_facts(
        prefix + typed.original, as_of=as_of, dictionary=dictionary, surroundings=surroundings
    )
    alone = read_facts(prefix, as_of=as_of, dictionary=dictionary, surroundings=surroundings)
    wanted = {question.name, question.start_of or ""} - set(alone.facts)
    wanted |= {fact.name for fact in dictionary if fact.start_of == question.name}
    found: dict[str, SaidFact] = {}
    for name, fact in reading.facts.items():
        if name in wanted:
            said = fact.said if fact.said in typed.original else typed.said(0, len(typed.text))
            found[name] = replace(fact, said=said)
    return found
