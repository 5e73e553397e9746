"""Answers to a question that was asked, and corrections of what was said before."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.clauses.numerals import quantities
from assistant.dialogue.model import Reading, SaidFact
from assistant.dialogue.reading.durations import number, read_ages, read_births, read_times
from assistant.dialogue.reading.facts import read_facts
from assistant.dialogue.reading.people import NODES, read_people
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.typed import Typed, read_typed
from assistant.rules import Fact, FactDictionary, FactType, FactValue, Member

CORRECTION = re.compile(
    r"^(?:哦|噢|啊|哎呀?|哎哟|唉|呃|嗯|哟|等等|等下|不好意思|抱歉|对不起|那个|，)*(?:不对不对|不对|不是的|错了|(?:我)?(?:刚才|刚刚|前面|上面|之前)?(?:我)?(?:说|写|打|记|填|讲|搞|弄)错了?|口误|更正(?:一下)?|纠正(?:一下)?|改(?:成|为|一下)|改正|不不+|应该是|修改一下|更改)(?:一下|了|啊|哈)?"
)
_NOT_BUT = re.compile(r"不是[^，。？]{1,10}?，?(?:而|应该)?是(?=[^，。？])")
_SAID_WRONG = re.compile(
    r"(?:(?:我|刚才|刚刚|前面|之前)*(?:说|写|打|记|填|讲)错了|应该是|改成|改为)，?"
)
_LEAD = re.compile(r"[，。]*(?:应该|实际上?|其实|准确(?:地)?说)?(?:是|为)?")
_SKIP = re.compile(
    r"(?:先)?(?:跳过|略过|下一个|下一题|下个问题|pass|不想(?:说|回答|答)|不方便(?:说|讲|回答)?|不告诉你|先不(?:说|答|填)|以后再说|换一个(?:问题)?)(?:吧|了|这题|这个)*"
)
UNKNOWN = re.compile(
    r"不(?:太)?(?:清楚|知道|晓得|确定|了解|懂|明白|记得|好说)|记不[太得大]?清?楚?|记不得|忘(?:记)?了|没印象|说不(?:准|清|好|上来)|拿不准|搞不(?:清|懂)|没(?:注意|留意|数)|(?:这个)?不详|不知"
)
_YES = re.compile(
    r"^(?:嗯+|恩+|哦|啊|，|那)*(?:是(?!不是|否|吗)|对(?!不起|方|象)|有(?!没有|吗|时)|嗯+|恩+|没错|没问题|当然|肯定|确实|可以|能|好|行|算|属于|同意|已经|办(?:了|好|过)|断过|成年|过了|转了|签了|参加了|yes|yep|y$|ok|√|正是|必须的)"
)
_NO = re.compile(
    r"^(?:嗯|哦|啊|，|那|我|也|都|还|都还|这个|目前|暂时|从来|一直|真|并|好像|可能|大概|应该)*(?:不是|没有|没|否|不(?!清|知|晓|确|了解|懂|明|记|太清|太确|好说|动产)|无|非|未|哪有|no$|nope|n$|×|算不上|不行)"
)
_ORDINAL = re.compile(
    r"^(?:我?选|是|就)?(?:第(?P<nth>[一二三四五六七八九十]|\d{1,2})(?:个|项|种|条)?|(?P<letter>[a-j])|(?P<digit>\d{1,2})|(?P<circled>[①-⑩])|(?P<last>最后(?:一)?个))(?:选项)?(?:吧|的|呢|\)|，)*$"
)
_HEDGE = re.compile(r"好像|大概|可能|应该|也许|估计|差不多|似乎|印象|记得是|左右|吧$")
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
    ("skill_level", "技能"),
    ("from_within_city", "户口在"),
    ("migrant", "户口在"),
    ("settled_at", "户口落在"),
    ("med.inpatient", "住院自付"),
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
        text, as_of=as_of, dictionary=dictionary, surroundings=surroundings, asked=question.name
    )
    own = _asked(typed, question, as_of, dictionary, surroundings, whole, relation)
    facts = dict(whole.facts)
    if own is not None:
        facts |= own
    _without_echo(facts, question)
    return replace(whole, facts=facts)


def read_correction(
    text: str,
    *,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    earlier: Sequence[str],
) -> Reading | None:
    """Read a correction that answers no question: 说错了，是六个月; None where it is none."""
    typed = read_typed(text)
    start = _correction(typed)
    if start is None or not earlier:
        return None
    return _read_correction(
        typed, start, dictionary[earlier[0]], as_of, dictionary, surroundings, earlier
    )


def is_correction(typed: Typed) -> bool:
    """Whether a message takes back something said before."""
    return _correction(typed) is not None


def _correction(typed: Typed) -> int | None:
    """Where the corrected words begin, in a message that corrects something."""
    text = typed.text
    for match in (CORRECTION.match(text), _NOT_BUT.search(text), _SAID_WRONG.search(text)):
        if match is None:
            continue
        counted = re.search(r"[\d一二两三四五六七八九十半]", match.group())
        if match.re is _NOT_BUT and not counted:
            continue
        lead = _LEAD.match(text, match.end())
        start = lead.end() if lead else match.end()
        if start < len(text.rstrip("，。？")):
            return start
    return None


def _read_correction(
    typed: Typed,
    start: int,
    question: Fact,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    earlier: Sequence[str],
) -> Reading | None:
    words = typed.said(start, len(typed.text))
    if not words:
        return None
    reading = read_facts(words, as_of=as_of, dictionary=dictionary, surroundings=surroundings)
    named = [name for name in reading.facts if _same_matter(dictionary, name, earlier)]
    if named:
        taken = [_same_matter(dictionary, name, earlier) or name for name in named]
        return replace(reading, corrects=tuple(dict.fromkeys(taken)))
    if reading.facts:
        return replace(reading, corrects=tuple(n for n in reading.facts if n in earlier))
    for name in [*earlier, question.name]:
        rest = read_typed(words)
        answered = _asked(rest, dictionary[name], as_of, dictionary, surroundings, Reading())
        fact = (answered or {}).get(name) or next(iter((answered or {}).values()), None)
        if answered and fact is not None and fact.value is not None:
            return Reading(answered, corrects=(name,) if name in earlier else ())
    return None


def _same_matter(dictionary: FactDictionary, name: str, earlier: Sequence[str]) -> str | None:
    """The earlier fact that a new one replaces: itself, or the start or length beside it."""
    if name in earlier:
        return name
    for other in earlier:
        if dictionary[other].start_of == name or dictionary[name].start_of == other:
            return other
    return None


def _asked(
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
    for name, fact in _by_type(typed, question, as_of, whole):
        return {name: fact}
    return None


_UNTOLD = re.compile(
    r"想|打算|准备|计划|希望|下个?月|明年|后年|以后|等我|等到|还要|还差|还得|再过|再[交缴登等]|是不是|能不能|可不可以|[吗么]$|[吗么]？|退学|肄业|没(?:有)?毕业|正在?(?:考|读|办|评|申请)|在考"
)
"""A wish, an if or a question answers nothing."""
_TIME_AROUND = re.compile(
    r"(?:要是|如果|那么?|假如|换成|改成|的话|我|您|是|从|自|打|到|在|有|满|快|刚|就|才|也|都|已经?|大概|差不多|可能|应该|好像|左右|上下|多|来|吧|了|的|呢|啊|呀|哦|嗯|哈|份|初|底|中旬?|号|那会儿?|那时候?|开始|起|算起|算来|至今|现在|目前|今天|一直|连续|连着|没断过?|没间断|不间断|办|登记?|居住|交|缴|弄|做|搬来|过来|前|之前|以前|后|时候|年|个|整|足足|大约|约|估计|记得|总共|一共|累计|加起来|前后|合计|还没|不到|没到|超过|每|，|。|？|《|》|[\d一二两三四五六七八九十零半几]|个?月|天|日|\ue001)*"
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
    plain = bool(_YES.match(head)) is told.value and len(head) <= 2
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
    prefix = next((words for key, words in _CONTEXT if question.name.startswith(key)), "")
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


def _by_type(
    typed: Typed, question: Fact, as_of: date, whole: Reading
) -> Iterator[tuple[str, SaidFact]]:
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


_LIGHT = re.compile(
    r"[的了过啊呀吧哦呢嘛哈哎我你您都也很是没有个着已经就办做拿去领开好完齐全弄搞一直从来目前现在暂时还这他她它们那对嗯给上到在呵算吗么之前刚才早，。！!]|嘉兴|浙江|本地|当地"
)
_ALREADY = re.compile(
    r"(?:都|也|已经?|早就?|全|嗯|是的?)*(?:同意|办好了|有的|是的|齐了|都有|办了|转了|签了|参加了)"
)
_NOT_YET = re.compile(r"不(?:同意|乐意|愿意|肯|让|答应)|没(?:办|去|签|参加|转|拿|成年|批)|还没")


_SAME = (("市区", "城镇"), ("城里", "城镇"), ("市里", "城镇"), ("县城", "城镇"), ("房子", "住所"), ("房", "住所"), ("住一起", "共同"), ("一起住", "共同"), ("上班", "就业"), ("工作", "就业"))  # fmt: skip


def _of_something_else(rest: str, question: Fact) -> bool:
    """Whether what a yes or a no is said of is another thing than what was asked: 有车, 还没转正."""
    for word, other in _SAME:
        rest = rest.replace(word, other)
    left = _LIGHT.sub("", rest)
    pairs = [left[i : i + 2] for i in range(len(left) - 1)] or [left]
    return bool(left) and not any(pair in question.label for pair in pairs)


def _yes_or_no(text: str, question: Fact) -> bool | None:
    head = re.split("[，。？]", text.strip("，。？"))[0]
    if question.name.startswith("own.") and "租" in text:
        return None  # a home that is rented is not one's own
    if question.name.endswith(".gap"):
        if re.search("没断|没有断|不间断|连续|一直|没中断|从没", head):
            return False
        if re.search("断过|断了|中断|间断", head):
            return True
    for answer, pattern in ((False, _NO), (True, _YES), (False, _NOT_YET), (True, _ALREADY)):
        match = pattern.match(head) if answer or pattern is _NO else pattern.search(head)
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
    if "true" in question.aliases and _YES.match(head):
        return question.aliases["true"]
    if "无" in question.choices and _NO.match(head):
        return "无"
    if "false" in question.aliases and re.match("(?:不是|不$|否)", head):
        return None
    return question.aliases.get("没有") if _NO.match(head) else None


def _members(typed: Typed, question: Fact, whole: Reading) -> tuple[Member, ...] | None:
    if re.search("就我(?:自己|一个)|只有我|我一个人|自己一个|不带|不用|没人", typed.text) or (
        _NO.match(typed.text) and not read_people(typed).others()
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


def _integers(
    typed: Typed, question: Fact, as_of: date, plain: SaidFact
) -> Iterator[tuple[str, SaidFact]]:
    if question.unit == "周岁":
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
        alone = question.unit == "人" or _LIGHT.sub("", typed.text.replace("月", "")).isdecimal()
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


def _without_echo(facts: dict[str, SaidFact], question: Fact) -> None:
    """A length asked and answered is one fact, not the day that it amounts to as well."""
    if question.start_of and question.name in facts and question.start_of in facts:
        facts.pop(question.start_of)
