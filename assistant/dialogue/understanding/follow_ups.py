"""Elliptical questions, and what each changes of the one before: 那我老婆呢, 2021年呢, 第二条呢."""

import re
from datetime import date

from assistant.answering.premises import read_premise
from assistant.dialogue.model import APPLICANT, FollowUp, Intent, IntentKind
from assistant.dialogue.reading.age_words import read_ages
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.people import KIN, SELF, People
from assistant.dialogue.reading.time_words import number
from assistant.dialogue.reading.typed import Typed
from assistant.dialogue.understanding.frames import changes_only
from assistant.dialogue.understanding.question_words import DOCUMENT, ITEM, STATED, TARGET, asks

_FOLLOW_HEAD = r"(?:那|那么|那要是|那如果|要是|如果|假如|换成|改成|换|若|还有|另外|放在|放到|按|照|再问下|那么如果|是)*(?:在|是|按)?"
_COUNTS_OFF = re.compile("[^，]{0,8}，?第[一二三四五六七八九十]{1,2}(?:个|位|名)")
_FOLLOW_END = re.compile(
    r"(?:呢|的话呢?|怎么样|咋样|又?怎么算|也(?:能|可以|行)(?:吗|么|不)|行不行|能吗|可以吗|行吗|还能吗|一样吗|又如何)$"
)


def read_follow_up(
    typed: Typed, people: People, marked: str, as_of: date, asked: str | None
) -> Intent | None:
    """An elliptical question, with what it changes of the one before."""
    bare = typed.text.strip("，。？")
    item = ITEM.search(bare)
    if item and _COUNTS_OFF.match(bare) and not asks(bare):
        item = None  # 第一个，员工赵某…
    if item and not DOCUMENT.search(bare) and len(bare) <= 24 and (asked is None or asks(bare)):
        return Intent(IntentKind.POLICY, follow_up=FollowUp.ITEM, item=number(item["n"]))
    if asked is None or asks(bare):
        elsewhere = re.sub("[\ue001\ue002\ue003]+", "，", marked)
        told = re.search("户口(?:也|都|就|还)?[在是]|外地|外省|本地|老家|[交缴住登](?!件)", bare)
        if elsewhere != marked and told is None and changes_only(elsewhere):
            return Intent(IntentKind.POLICY, follow_up=FollowUp.PLACE)
    if len(bare) > 24 or not _FOLLOW_END.search(bare) or read_premise(bare):
        return None
    core = _FOLLOW_END.sub("", bare)
    core = re.sub(f"^{_FOLLOW_HEAD}", "", core)
    if not core:
        return None
    at = bare.find(core)
    inside = marked.strip("，。？")[at : at + len(core)]
    if re.fullmatch(rf"(?:{SELF}|的|和|跟|与|{KIN}|们|家|，|也)+", inside) and KIN in inside:
        person = next((m.person for m in people.mentions if m.person != APPLICANT), APPLICANT)
        return Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.PERSON, applicant=person)
    if re.fullmatch(r"[他她]们?|我自己|我本人|我", core):
        return Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.PERSON)
    if _is_day(core, as_of):
        return Intent(IntentKind.POLICY, follow_up=FollowUp.DAY)
    if re.fullmatch("[\ue001\ue002\ue003]+(?:市|县|区|那边|那里|的)?", inside):
        return Intent(IntentKind.POLICY, follow_up=FollowUp.PLACE)
    if _OTHER_ERRAND.search(core):
        return None
    if TARGET.search(core) and not re.search("居住证|参加", core):
        return None
    if "，" in core and re.search("(?:申领|申请|办理?)[^，。？]{0,6}居住证", core):
        return None
    if _is_value(core, as_of):
        return Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
    return None


_OTHER_ERRAND = re.compile("互认|转换|转户|签注")
"""那跟嘉兴的居住证互认呢: another errand is named, not another fact."""


def _is_day(core: str, as_of: date) -> bool:
    """2021年, 去年, 新政策以前: a time and nothing else."""
    if re.fullmatch(
        r"(?:新|老|旧)?政策?(?:以前|之前|出来前|实施前)|以前|过去|当时|现在|今天", core
    ):
        return True
    rest = re.sub(
        r"(?:以前|之前|以后|之后|的时候|那会儿?|当时|那年|年底|年初|前|后|份|之|申请|办|的)+$",
        "",
        core,
    )
    if re.search(
        r"(?:19|20)\d{2}|[一二][零〇○][零〇○一二三四五六七八九]{2}|去年|前年|明年|后年|今年", rest
    ):
        left = re.sub(
            r"(?:19|20)\d{2}年?|[一二][零〇○][零〇○一二三四五六七八九]{2}年?|大?前年|去年|今年|明年|后年|\d{1,2}[月日号]|[一二三四五六七八九十]{1,3}[月日号]|[-/.]\d{1,2}|上半年|下半年|年",
            "",
            rest,
        )
        return not left
    times = read_times(rest, as_of)
    return (
        bool(times)
        and isinstance(times[0].value, date)
        and times[0].end - times[0].start >= len(rest) - 1
    )


def _is_value(core: str, as_of: date) -> bool:
    """五个月, 46岁, 没备案, 大专: a fact and nothing to ask with."""
    if len(core) > 16 or re.search("怎么|什么|哪|多少|几个|材料|条件|流程|政策", core):
        return False
    return bool(
        read_times(core, as_of)
        or read_ages(core)
        or re.search(r"\d|[一二两三四五六七八九十][百千万]", core)
        or STATED.search(core)
        or re.match(r"(?:没|不|有|是|已|未|断|还|只|刚)", core)
        or re.fullmatch(
            r"(?:在职|退休|编外|在编|企业|机关|事业单位|民房|商品房|公租房|男的?|女的?|已婚|居民养老|职工养老|租房|买房|有房|无房|过期了?|副高|初级|中级|高级)(?:的|了|人员|职称)?",
            core,
        )
    )
