"""Whether an employer takes part in a medical scheme, and whether it applies to join or to leave.

The name of the scheme is found first; what is said of it stands before the name (参加了补充医疗), after
it (补充医疗单位是有的), or in the clause that follows (补充医疗，厂里没参加).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.age_words import counts_heads
from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import number

_NAMES: Mapping[str, str] = {
    "employer.joined_supplement": r"(?:企业|职工)*补充(?:性)?医(?:疗|保)(?:保险|险)?(?!办法|政策|标准|通知|待遇|资金|账户)|补医|企补|企业补充(?!医)(?=[，。？保险还有]|$)|(?<=参加)补充(?=[，。？的]|$)|(?<=参加了)补充(?=[，。？的]|$)",
    "employer.joined_public": r"(?:机关|事业单位|事业|公务员|职工)*医疗补助(?!资金|办法|待遇|标准|参保|人员|经费|政策|账户)|公补",
    "employer.basic_insured": r"(?<!补充)(?<!居民)职工(?:基本)?医(?:疗保险|保|疗)(?!报|付|支付|结算|先|卡|账户|已|给|基金|之外|外|支)|(?<!居民)基本医疗(?:保险)?(?!报|付|支付|规定|政策|范围)",
    "employer.congress_approved": r"职(?:工)?代(?:表)?(?:大)?会|职工大会|工会(?:大会)?代表",
}
_NAME = re.compile("|".join(f"(?P<n{i}>{words})" for i, words in enumerate(_NAMES.values())))
_JOIN = r"(?:参加|参保|加入|入|上|买|交|缴|办|投保|投|搞|有|(?<![另自己])建)"
_ADVERB = r"(?:[\ue011\ue012]++|他们|单位|公司|厂子?里?|企业|老板|学校|局里|这边|那边|这个|这块|也|都|已经?|早就?|一直|是|倒|就|全|每年|今年|去年|前年|每月|在|里|从来|还|反正|肯定|确实|的|给|职工|大家|员工)*"
_LINK = r"(?:了|过|着|的|有|到|上|起|进|那个|这个|市里|市本级|本级|一份|什么|任何|嘉兴|个|参加|保|给|职工|员工|[\ue011\ue012\ue001]|我们|大家|企业)*"
_HELD = r"(?:(?:参加|参保|加入|投保|入|上|买|交|缴|办|投|搞|建)(?:了|过|着|的|上|进去|起来)+|有(?!没|无|吗|什么|哪|多|关|规定|要求|几)(?:参加|交|缴|买|的)?|(?:一直|每月|都)?(?:在)(?:参加|交|缴)|参加(?=[，。？）)]|$))"
_SPOKEN: Mapping[str, tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]] = {
    "scheme": (
        re.compile(
            rf"(?:没有?|未|从没|尚未|不)(?:给(?:[\ue011\ue012]|我们|职工|大家|员工)*)?{_JOIN}?{_LINK}$"
        ),
        re.compile(rf"(?<![没未不])(?<!没有){_JOIN}{_LINK}$"),
        re.compile(
            rf"{_ADVERB}(?:没有?|未|不曾|尚未|还没有?|不)(?:给(?:[\ue011\ue012]|我们|职工|大家)*)?(?:{_JOIN}|(?=[，。？]|$))(?!断)"
        ),
        re.compile(rf"{_ADVERB}{_HELD}(?!了?吗|没有|没$)"),
    ),
    "congress": (
        re.compile(r"(?:没有?|还没|未|不)(?:开|经过?|召开|通过|过|提交|上)*$"),
        re.compile(r"(?:经过?|通过了?|过了?|上了?|开了?|开过了?|召开了?)$"),
        re.compile(
            r"[^，。？]{0,6}?(?:还|也|都)?(?:没有?|未|不)(?:开|通过|讨论|批|同意|过|表决|提交)"
        ),
        re.compile(
            r"[^，。？没未]{0,8}?(?:通过|批准|同意|表决(?:通过)?|过了|批了|点头|批的|批准的|讨论(?:过|批准|通过)|举手)(?!吗|没|才|之后才)"
        ),
    ),
}
_OPENED = re.compile(r"[^，。？没未]{0,4}(?:开过?了|开了|召开了?)")
_ASIDE = re.compile(r"(?:[（(]|的(?:单位|企业|公司|职工|话)?)?")


def read_schemes(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """What is said of each scheme, and of the congress that must agree to leaving one."""
    marked = scene.marked
    names = list(_NAME.finditer(marked))
    for index, match in enumerate(names):
        fact = next(n for i, n in enumerate(_NAMES) if match[f"n{i}"] is not None)
        clause = scene.clause(match.start())
        start = names[index - 1].end() if index else 0
        before = marked[max(clause.start, start) : match.start()]
        limit = names[index + 1].start() if index + 1 < len(names) else len(marked)
        told = _told(scene, fact, match, before, limit)
        if told is None:
            continue
        value, begin, end = told
        found = plain_fact(scene, fact, value, begin, end)
        if found is not None and not _is_asked(scene, begin, end):
            yield found


def _told(
    scene: Scene, fact: str, match: re.Match[str], before: str, limit: int
) -> tuple[bool, int, int] | None:
    lacks, has, lacked, had = _SPOKEN["congress" if "congress" in fact else "scheme"]
    marked, clause = scene.marked, scene.clause(match.start())
    after = marked[match.end() : min(clause.end, limit)]
    said = lacked.match(after)
    if said:
        return False, match.start(), match.end() + said.end()
    said = lacks.search(before)
    if said:
        return False, match.start() - len(said.group()), match.end()
    said = had.match(after)
    if said:
        return True, match.start(), match.end() + said.end()
    opened = "congress" in fact and _OPENED.match(after)
    if not opened:
        said = has.search(before) if "congress" not in fact else None
        if said and not _is_of_a_class(after):
            return True, match.start() - len(said.group()), match.end()
    if after and not opened and not _ASIDE.fullmatch(after):
        return None
    return _told_after(scene, match, limit, lacked, had)


def _told_after(
    scene: Scene, match: re.Match[str], limit: int, lacked: re.Pattern[str], had: re.Pattern[str]
) -> tuple[bool, int, int] | None:
    """补充医疗，厂里没参加: the clause that follows says it."""
    index = scene.typed.clause_at(match.start()) + 1
    if index >= len(scene.typed.clauses):
        return None
    clause = scene.typed.clauses[index]
    following = scene.marked[clause.start : min(clause.end, limit)]
    for pattern, value in ((lacked, False), (had, True)):
        said = pattern.match(following)
        bare = said is not None and re.fullmatch(r"[，。？了的]*", following[said.end() :])
        if said is not None and bare:
            return value, match.start(), clause.start + said.end()
    return None


def _is_of_a_class(after: str) -> bool:
    """参加补充医疗的职工: people of a kind, and nobody's employer."""
    return bool(
        re.match(
            r"的?(?:职工|人员|单位|企业)(?!了)|(?:要|需要|怎么|如何|什么|有什么|能|可以|好处|条件|材料|划算)",
            after,
        )
    )


_ALLOWED = re.compile("允许|准不准|可不可以|能不能|能否|行不行|合规|违规")
_DONE = re.compile("[了过的着有]")


def _is_asked(scene: Scene, start: int, end: int) -> bool:
    before, after = scene.before(start), scene.after(end)
    stops = [i for i in (scene.typed.text.find(m, end) for m in "。？") if i >= 0]
    rest = scene.typed.text[end : min(stops, default=len(scene.typed.text))]
    if _ALLOWED.search(rest) and not _DONE.search(scene.typed.text[start:end]):
        return True  # 只给领导参加医疗补助，准不准: a case that is asked about
    if re.search(
        r"(?:哪些|什么|谁|怎么|如何|要不要|是否|有没有|可以|能否|能不能|能|想|要|申请|打算|准备|去|来|没法|退出|申报)(?:[^，。？]{0,4})$",
        before,
    ):
        return True
    return bool(re.match(r"(?:了|过|的)*(?:吗|没有|没(?=[，。？]|$)|怎么|要)", after))


_PAID_INTO = (
    ("企业补充医疗保险", re.compile("补充医|企补|补医|企业补充")),
    ("机关事业单位医疗补助", re.compile("医疗补助|公补")),
)
_EMPLOYER_TOLD = re.compile("企业(?!补充)|公司|厂|机关(?!事业单位医)|(?<!机关)事业|参公|学校|医院")


def read_scheme_paid(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Into which scheme an employer pays, where staff are counted and it is not told what it is."""
    text = scene.typed.text
    if not counts_heads(text) or _EMPLOYER_TOLD.search(text):
        return
    named = [(value, m) for value, words in _PAID_INTO if (m := words.search(text))]
    if len(named) == 1:
        value, match = named[0]
        yield Found("contribution.scheme", value, match.start(), match.end(), APPLICANT)


_ACTS = re.compile(
    r"(?P<leave>退出|退掉|退保|(?<!没)退(?=[了吗么不，。？]|$)|(?<=[能可以想要])退(?=[吗么不，。？]|$)|不(?:想|再|要)?参加了?(?=补充|企业|这)|停保)|(?P<join>参加|加入|参保|投保)"
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
            yield from _in_month(scene)
            return


_MONTH = re.compile(
    r"(?<![年\d])(?P<m>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|初|里|中旬?|上旬)?(?![\d一二三四五六七八九十]+[日号])(?:再|就|去|来|能|可以|行|申请|办|交|提)"
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
