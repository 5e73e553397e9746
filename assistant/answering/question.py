"""What a question says of itself: its day, its place, the documents it names, its manner."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.answering.days import Days, read_days
from assistant.clauses.jurisdictions import Gazetteer, Place, PlaceMention, ancestors

_ATTRIBUTE_AFTER = re.compile(
    r"(?:市|省|县|区|那边|这边)?(?:公安局?|派出所)?(?:同胞|居民|"
    r"(?:给|所)?(?:办|发|签发|领|申领|签)(?:理|出|放)?(?:了|过|下来)?的?(?:《?浙江省?》?)?居住证"
    r"|(?:人(?!才|员|社|民|口)|户口|户籍|来的|老家|那边的户口)"
    r"|(?:的)?(?:社保|医保|养老保险|户口本|居住登记)"
    r"|(?:那边|这边)?(?:也)?(?:缴|交|参保|上班|工作|打工|读|念|登记|住|待|租|转|搬(?:过)?来|迁过来)"
    r"|(?:的)?(?:居住证|房子))"
)
_ATTRIBUTE_BEFORE = re.compile(
    r"(?:[在从由]|来自|老家在?|户口(?:(?:也|都|还|一直|就|现在|仍|挂|留)*在|(?:也|都)?是)?|户籍(?:地)?在?|原?籍|持有?|拿着?|有|我是|本人是)$"
)
_ORIGIN = re.compile(r"来自|老家|户口|户籍|原?籍")  # says where somebody is from, whatever follows
_TELLING_AFTER = re.compile(r"[办发领签].*居住证|人$|同胞|居民|户口$|户籍$|来的|老家")
_DONE_THERE = re.compile(
    r"(?:那边|这边)?(?:[那这]?[几两三些]?(?:年|个月))?(?:缴|交|角|参保|登记|参加)(?:了|过)?的(?!话)"
)
_DESTINATION = re.compile(r"(?<!坐)(?:迁|转|搬|落)(?:户口?|移|入|去)?(?:到|往|去|至|进|在)\s*$")
_MISTYPED = re.compile(r"[落入]沪$")  # 落户
_IN_A_WORD = re.compile(r"[医参社担]保定$")  # 医保定点
_WAY_NAMED = re.compile(
    "(?:[\u4e00-\u9fff]?(?:高速|高铁|铁路|动车|城际))|(?:路(?!口|线|由|上)|大道|大厦|广场)"
)
"""沪杭高速, 上海路: a way or a building that bears the name of places."""
_HERE = re.compile(
    r"本市|本地|我们这|我这(?:里|边|儿|地方)|咱们?这|咱这|这边|这里|你们(?:这|市|那)|当地"
)
_DRAFT = re.compile(
    r"征求意见稿|意见稿|省稿|草案|(?:省|厅|金华|户籍)[^，。？]{0,4}草稿|讨论稿|公开征求意见的|(?:户籍|公安厅|省里)[^，。？?]{0,6}征求意见|征求意见[^，。？?]{0,8}(?:寄|邮箱|反馈|来信|时候?|那会|那阵|的稿)"
)
_INTERPRETATION = re.compile(r"(?<![和与跟、])解读(?![和与跟、])")
_NAMED_KIND = re.compile(
    rf"(?:的|那个|那份|这个)*(?:{_DRAFT.pattern}|解读)(?:里面?|上|中|文件)?的?"
)
_PAST = re.compile(
    r"以前|过去|原来|原先|之前|从前|旧政策|老政策|老规定|当时|那时候|旧规定|老办法|早先"
)
_CHANGE = re.compile(
    r"分别(?:是|怎么|如何|说|写|要)|对着|对照|对一下|降到|两边|掉了(?:哪|什么)|新[^，。？]{0,8}旧|[旧老][^，。？]{0,8}新|变化|改了|改(?:了)?(?:啥|什么|哪)|变了|打架|说法|两份|两个文件|前后|调整|区别|不同|不一样|对比|相比|新旧|取消了|还有吗|还要|还算|还需要|还能|现在还|比以前"
)
_WHOLE = re.compile(
    r"(?:讲|说|写|规定|是|包括|有)(?:的是|了|的)?(?:些)?(?:什么|啥|哪些(?:内容|方面)?)|主要内容|大意|概要|是什么文件|"
    r"哪个文件|什么通知|关于什么|关于啥|内容是"
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question, read: what retrieval and composition need to know of it."""

    text: str
    words: str  # what it is about: without the day, which says nothing of the matter
    sought: str  # what to search for
    as_of: date
    other_day: bool  # another day than today is asked about
    place: Place
    elsewhere: Place | None  # the place asked about, where it is not home
    names_place: bool  # the question itself names the place
    document_years: tuple[int, ...]
    names_draft: bool
    names_interpretation: bool
    speaks_of_interpretation: bool  # beside the notice itself: to be compared
    about_past: bool
    about_change: bool
    about_whole: bool


def names_draft(text: str) -> bool:
    """Whether `text` names a draft put out for comment."""
    return _DRAFT.search(text) is not None


def without_document(text: str) -> str:
    """`text` without the kind of document it asks about: 征求意见稿里."""
    return _NAMED_KIND.sub("", text)


def read_question(
    text: str,
    *,
    today: date,
    as_of: date | None,
    place: Place | None,
    home: Place,
    gazetteer: Gazetteer,
) -> Question:
    """Read `text`; `as_of` and `place` given by the request take precedence over its words."""
    days = read_days(text, today)
    named = None if place is not None else _asked_place(text, home, gazetteer)
    asked = place or named or home
    words = _words(text, days)
    return Question(
        text=text,
        words=words,
        sought=words,
        as_of=as_of or (days.day.day if days.day else today),
        other_day=(as_of or (days.day.day if days.day else today)) != today,
        place=asked,
        elsewhere=asked if asked.code != home.code else None,
        names_place=named is not None,
        document_years=days.document_years,
        names_draft=names_draft(text),
        names_interpretation=bool(_INTERPRETATION.search(text)),
        speaks_of_interpretation="解读" in text,
        about_past=bool(_PAST.search(text)),
        about_change=bool(_CHANGE.search(text)),
        about_whole=bool(_WHOLE.search(text)),
    )


_COMPARING = re.compile(
    r"(?:这)?(?:两|二)(?:份|个)(?:文件|通知|政策|规定)?|(?:新|老)旧|新老|前后|(?:新|老|旧)(?:的)?(?:政策|规定|文件|办法)|(?:互相|相)?比(?:较|起来|一比|一下)?(?=[，,。？?]|$)|对比(?:一下)?|对照|相比|区别|"
    r"(?:有)?(?:什么|啥|哪些)?(?:不同|不一样|变化|差别)|(?:上|都)?(?:改|变)了(?:啥|什么|哪些|没有?)|说法(?:是否|是不是)?(?:一样|一致|相同)(?:不一样|吗|不)?|一样不一样"
)


def _words(text: str, days: Days) -> str:
    """What the question is about, without the day, the years of documents and the comparing."""
    words = text.replace(days.day.said, " ", 1) if days.day and days.day.dated else text
    if not _CHANGE.search(text):
        return words
    for year in days.document_years:
        words = re.sub(rf"{year}\s*年?(?:度)?的?", " ", words)
    return _COMPARING.sub(" ", words)


def _asked_place(text: str, home: Place, gazetteer: Gazetteer) -> Place | None:
    """The place whose rules are asked for; a place where somebody comes from is not it."""
    mentions = [
        m
        for m in gazetteer.mentions(text)
        if not _in_title(text, m)
        and not _MISTYPED.search(text[: m.end])
        and not _IN_A_WORD.search(text[: m.end])
        and not _WAY_NAMED.match(text, m.end)
    ]
    bound_for = [m.place for m in mentions if _DESTINATION.search(text[: m.start])]
    if bound_for and bound_for[-1].code not in ancestors(home.code):
        return bound_for[-1]
    local = [m for m in mentions if m.place.code == home.code and not _PASSING.match(text, m.end)]
    if local or _HERE.search(text):
        with_area = [m.place for m in local if m.place.area]
        return (with_area or [m.place for m in local] or [home])[0]
    whence = {m.start for m in mentions if _WHENCE.match(text, m.end)}
    others = [
        m
        for m in mentions
        if not _is_attribute(text, m)
        and not whence & {m.start, m.end}
        and m.place.code not in ancestors(home.code)
    ]
    return others[0].place if others else None


_PASSING = re.compile("(?:这边|这里)?(?:来)?(?:出差|旅游|旅行|开会|路过|玩)")
"""人在嘉兴出差: who is there for a few days asks of elsewhere."""


def _in_title(text: str, mention: PlaceMention) -> bool:
    inside = text.rfind("《", 0, mention.start) > text.rfind("》", 0, mention.start)
    return inside or text.startswith(("省居住证", "省临时居住证"), mention.end - 1)


_HOUSEHOLD_SOUGHT = re.compile(
    r"(?:市|省)?的?户口(?:到底|现在)?(?:难不难|好不好|容不容易|难|好|容易|怎么|咋|如何)(?:办|落|拿|上|入户?|弄|申请)(?![^，。？]{0,6}(?:过来|来|到))"
)


_OF_CARE = re.compile(
    r"医疗补助|补充医|补助|自付|起付|医保|公务员|机关|事业|企业补充|个人账户|门诊|住院|异地就医"
)
_CARED_FOR = re.compile(
    r"(?:市|省)?(?:那边|那里|的)?(?:(?!补充|补助|医保|公务员)[^，,。？?；;]){0,10}(?:医院|门诊|住院|住的院|开(?:的|了)?刀|手术|看(?:的|了)?病|就医|治病|就诊|抢救|化疗|病房|急诊)"
)
_LIVES_WITH = re.compile(r"(?:住|待|养老|跟[^，,。？?]{1,6}[住在到])(?:在)?\s*$")


def _is_where_cared_for(text: str, mention: PlaceMention) -> bool:
    """在上海中山医院开的刀: where somebody was treated; what comes of it is asked at home."""
    if not _OF_CARE.search(text):
        return False
    treated = _CARED_FOR.match(text, mention.end)
    return treated is not None or _LIVES_WITH.search(text[: mention.start]) is not None


_PERMIT_IS = re.compile("居住证(?:是|在|就是|原来是|原先是|以前是|当时是|上次是|都是)?$")
_ISSUED = re.compile(
    "(?:市|省)?(?:那边|那里|公安(?:局|机关)?|派出所)*(?:签?发|办|领|拿)(?:的|了|下来|出来)"
)


def _is_where_issued(text: str, mention: PlaceMention) -> bool:
    """居住证是绍兴发的，…: whose permit it is that somebody holds."""
    before = _PERMIT_IS.search(text[: mention.start])
    return before is not None and _ISSUED.match(text, mention.end) is not None


_WHENCE = re.compile(
    r"(?:市|省|县|那边|那里|老家)?(?:"
    r"来(?:的|了|跟|和|同|陪|照顾|帮|带|给|住|养老|投靠|投奔|嘉兴|我|这|，|,|$)|过来|(?:搬|迁|接|转|嫁|调|赶|移)(?:户口|移)?(?:过)?来"
    r"|人(?!才|员|社|民|口)"
    r"|(?:的|那段|那几年的?)?(?:养老|社保|医保|缴费|参保|年限|年头|工龄)[^，,。？?]{0,12}(?:转[过进到来]|转移过|并[进入到]|合[并在到计]|接续|接过来|带过来))"
)
"""安徽阜阳来的: of a province and its city, what follows the city tells of both."""


_STAYING = re.compile(r"(?:在|住|住在|待在)\s*$")
_FETCHED = re.compile(
    r"(?:接|搬|迁|带)(?:他|她|他们|她们|老人|爸妈?|妈|孩子)?(?:过|到|进)?来|来(?:跟|和|同)我"
)


def _is_where_kin_live(text: str, mention: PlaceMention) -> bool:
    """外婆一个人在江西，想接过来: where somebody is who is to come here."""
    staying = _STAYING.search(text[: mention.start]) is not None
    return staying and _FETCHED.search(text, mention.end) is not None


def _is_attribute(text: str, mention: PlaceMention) -> bool:
    if _HOUSEHOLD_SOUGHT.match(text, mention.end):
        return False
    if _is_where_cared_for(text, mention) or _is_where_issued(text, mention):
        return True
    after = _ATTRIBUTE_AFTER.match(text, mention.end)
    before = _ATTRIBUTE_BEFORE.search(text[: mention.start])
    return (
        bool(after and before)
        or bool(before and _ORIGIN.match(before.group()))
        or bool(after and _TELLING_AFTER.search(after.group()))
        or _DONE_THERE.match(text, mention.end) is not None
        or _is_where_kin_live(text, mention)
    )
