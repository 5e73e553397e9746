"""Whether an employer applies to join the supplementary scheme or to leave it, and on which day."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import number

_ACTS = re.compile(
    r"(?P<leave>退出|退掉|退保|撤(?:出|离|走)|脱离|抽身|(?<!没)退(?=[了吗么不，。？]|$)|(?<=[能可以想要])退(?=[吗么不，。？]|$)|不(?:想|再|要)?参加了?(?=补充|企业|这)|停保)|(?P<join>参加|加入|加进[来去]?|参保|投保)(?!了?职工医|工作)"
)
_MEANT = re.compile(
    r"(?:把|催|让|叫|今天|明天|想|要|打算|准备|申请|去|来|能不能|能否|可不可以|可以|能|怎么|办理?|报名|提出|现在|眼下|[月日号份底里天])[^，。？]{0,12}$"
)
_ABOUT = re.compile(
    r"[^，。？]{0,14}(?:的事|手续|申请|准不准|行不行|行吗|可以[吗不]|能[吗不]|批|成不成|受理|够条件|合规)"
)
_TO_BE_DONE = re.compile(r"(?:催|让|叫|要|想|打算|准备|去|能|可以|今天就?|明天就?)[^，。？]{0,14}$")
"""催我去把保险退了: what is to be done."""
_ERRAND = re.compile(
    r"申请|递(?:材料|表|交)?|提出|受理|来得?及|赶(?:得|不)上|批不批|(?:行|成|准|能|可以|好)(?:不|吗|么|伐|行|成|准|办)|办(?:得|不)(?:了|成)|够(?:不够|条件)"
)
"""退出补充医疗，12月15日申请，…行不行: an act named first, and then the errand."""
_OTHER_ASK = re.compile(
    r"账户|划|报销|报多少|门诊|住院|自付|起付|限额|月标准|落户|户口|居住证|谁能|谁可以|哪些|什么(?:单位|企业|人)"
)
"""Asks about something else than applying."""
_SUPPLEMENT = re.compile(r"补充医|补医|企业补充|企补")


_ALONE = re.compile(
    r"(?:我|俺|职工|员工|本人|自己|私人|以)?(?:个人|自己一个人|一个人|单独|自己)(?:名义|身份)?[^，。？]{0,10}(?:参加|加入|退出|参保|投保|买|上)"
)


def individual_applies(words: str) -> bool:
    """我个人去申请参加: who speaks of one person, where employers apply as a whole."""
    return _ALONE.search(words) is not None


def read_applying(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Whether an employer applies to join the supplementary scheme, or to leave it."""
    text = scene.typed.text
    if not _SUPPLEMENT.search(text) or _OTHER_ASK.search(text):
        return
    acts = list(_ACTS.finditer(text))
    leaving = [m for m in acts if m["leave"]]
    for match in leaving or acts:
        before, after = scene.before(match.start()), scene.after(match.end())
        if individual_applies(before + match.group()):
            continue
        done = re.match(r"(?:了|过|着)(?!吗)", after) and not _TO_BE_DONE.search(before)
        if done or re.search(r"(?:没有?|未|已经?|是|单位都|职工医保|一直)$", before):
            continue
        meant = _MEANT.search(before) or _ABOUT.match(after) or _ERRAND.search(text, match.end())
        if meant:
            yield Found(
                "apply.action",
                "退出" if match["leave"] else "参加",
                match.start(),
                match.end(),
                scene.person_at(match.start()),
            )
            day = _day_meant(scene)
            yield from _in_month(scene) if day is None else (day,)
            return


_DATED = re.compile(
    r"(?:(?P<y>(?:19|20)\d{2})年|(?P<said>今年|明年|去年|前年)(?:的)?|(?<![\d年]))(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?P<d>[12]\d|3[01]|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
)
_NOT_OF_THE_ERRAND = re.compile(
    r"[^，。？]{0,8}(?:成立|注册|开张|开业|设立|开办|职工?代|讨论|开(?:的|过)?会|批准|通过|退休|参加工作)"
)
_OFFSETS = {"今年": 0, "明年": 1, "去年": -1, "前年": -2}
_HANDED_IN = re.compile(
    r"(?:申请|提交|递交|递|交)(?:材料|申请|表)*(?:了|过)|(?:交|递|提)(?:上去|进去)|那(?:时|会|天)"
)


def of_an_errand(scene: Scene) -> bool:
    """Whether a message applies for the supplementary scheme: its day is read with the errand."""
    text = scene.typed.text
    return (
        scene.asked is None
        and _SUPPLEMENT.search(text) is not None
        and _DATED.search(text) is not None
    )


def _day_meant(scene: Scene) -> Found | None:
    """12月15日申请: the one day of a message that is not of something else; the next that comes.

    今年刚成立的，6月18号申请: where this year is spoken of, the day is in it.
    """
    text = scene.typed.text
    days = [m for m in _DATED.finditer(text) if not _NOT_OF_THE_ERRAND.match(text, m.end())]
    if len(days) != 1:
        return None
    match = days[0]
    month, day = number(match["m"].lstrip("0")), number(match["d"].lstrip("0"))
    if month is None or day is None:
        return None
    year = scene.as_of.year
    if match["y"] or match["said"]:
        year = int(match["y"]) if match["y"] else year + _OFFSETS[match["said"]]
    elif (month, day) < (scene.as_of.month, scene.as_of.day):
        this_year = "今年" in text or _HANDED_IN.search(text)
        year += 0 if this_year else 1
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if value == scene.as_of and not match["y"]:
        return None  # applying today is what is asked about anyway
    return Found("apply.on", value, *match.span(), scene.person_at(match.start()))


_MONTH = re.compile(
    r"(?<![年\d])(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|初|里|中旬?|上旬)?(?![\d一二三四五六七八九十]+[日号])(?:再|就|去|来|能|可以|行|申请|办|交|提|退|撤|参加|加入|投保|想|要)"
)


def _in_month(scene: Scene) -> Iterator[Found]:
    """12月可以吗: the month in which one would apply, the next that comes."""
    match = _MONTH.search(scene.typed.text)
    month = number(match["m"]) if match else None
    if match is None or month is None:
        return
    year = scene.as_of.year + (month < scene.as_of.month)
    day = scene.as_of if month == scene.as_of.month else date(year, month, 1)
    yield Found("apply.on", day, match.start(), match.end(), scene.person_at(match.start()))
