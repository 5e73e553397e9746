"""Whether an employer takes part in a medical scheme, and what its congress said of leaving one.

The name of the scheme is found first; what is said of it stands before the name (参加了补充医疗), after
it (补充医疗单位是有的), or in the clause that follows (补充医疗，厂里没参加).
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.age_words import counts_heads
from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene

_NAMES: Mapping[str, str] = {
    "employer.joined_supplement": r"(?:企业|职工)*补充(?:性)?医(?:疗|保)(?:保险|险)?(?!办法|政策|标准|通知|待遇|资金|账户)|补医|企补|企业补充(?!医|资金|办法|待遇|标准|账户)|(?<=参加)补充(?=[，。？的了]|$)|(?<=参加了)补充(?=[，。？的]|$)",
    "employer.joined_public": r"(?:机关|事业单位|事业|公务员|职工)*医疗补助(?!资金|办法|待遇|标准|参保|人员|经费|政策|账户)|公补",
    "employer.basic_insured": r"(?<!补充)(?<!居民)职工(?:基本)?医(?:疗保险|保|疗)(?!报|付|支付|结算|先|卡|账户|已|给|基金|之外|外|支)|(?<!居民)基本医疗(?:保险)?(?!报|付|支付|规定|政策|范围)",
    "employer.congress_approved": r"职(?:工)?代(?:表)?(?:大)?会|职工大会|工会(?:大会)?代表",
}
_NAME = re.compile("|".join(f"(?P<n{i}>{words})" for i, words in enumerate(_NAMES.values())))
_JOIN = r"(?:参加|参保|加入|报名(?:参加)?|入|上|买|交|缴|办|投保|投|搞|有|(?<![另自己])建)"
_ADVERB = r"(?:[\ue011\ue012]++|(?:\d{4}年)?\d{1,2}月份?|\d{4}年|他们|单位|公司|厂子?里?|企业|老板|学校|局里|这边|那边|这个|这块|也|都|已经?|早就?|一直|是|倒|就|全|每年|今年|去年|前年|每月|在|里|从来|还|反正|肯定|确实|的|给|职工|大家|员工)*"
_LINK = r"(?:了|过|着|的|有|到|上|起|进|那个|这个|市里|市本级|本级|一份|什么|任何|嘉兴|个|参加|保|给|职工|员工|[\ue011\ue012\ue001]|我们|大家|企业)*"
_HELD = r"(?:(?:参加|参保|加入|投保|入|上|买|交|缴|办|投|搞|建)(?:了|过|着|的|上|进去|起来)+|有(?!没|无|吗|什么|哪|多|关|规定|要求|几)(?:参加|交|缴|买|的)?|(?:一直|每月|都)?(?:在)(?:参加|交|缴)|参加(?=[，。？）)]|$))"
_SPOKEN: Mapping[str, tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]] = {
    "scheme": (
        re.compile(
            rf"(?:没有?|未|从没|尚未|不)(?:给(?:[\ue011\ue012]|我们|职工|大家|员工)*)?{_JOIN}?{_LINK}$"
        ),
        re.compile(rf"(?<![没未不])(?<!没有){_JOIN}{_LINK}$"),
        re.compile(
            rf"{_ADVERB}(?:(?:没有?|未|不曾|尚未|还没有?)(?:给(?:[\ue011\ue012]|我们|职工|大家)*)?(?:{_JOIN}|(?=[，。？]|$))|不(?:给(?:[\ue011\ue012]|我们|职工|大家)*)?{_JOIN})(?!断)"
        ),
        re.compile(rf"{_ADVERB}{_HELD}(?!了?吗|没有|没$)"),
    ),
    "congress": (
        re.compile(r"(?:没有?|还没|未|不)(?:开|经过?|召开|通过|过|提交|上)*$"),
        re.compile(r"(?:经过?|通过了?|过了?|上了?|开了?|开过了?|召开了?)$"),
        re.compile(
            r"[^，。？]{0,6}?(?:还|也|都)?(?:没有?|未|不)(?:开|通过|讨论|批|同意|过|表决|提交|点头|答应)"
            r"|[^，。？没未]{0,6}?(?:否(?:决|掉|了)|反对|驳回|打回|通不过|卡住|泡汤|不答应)"
        ),
        re.compile(
            r"[^，。？没未]{0,8}?(?:通过|批准|同意|表决(?:通过|过)|(?<!讨论)(?<!议)(?<!开)(?<!开会)过了|批了|点头|批的|批准的|讨论(?:批准|通过)|举手)(?!吗|没|才|之后才)"
        ),
    ),
}
_WHETHER_OR_NOT = re.compile(r"(?:没有?|了没有?)(?=[，。？]|$|[\ue011我]|也|不|都)")
_OPENED = re.compile(r"[^，。？没未]{0,4}(?:开过?了|开了|召开了?)")
_PENDING = re.compile(
    r"(?:通没通|批没批|过没过)|(?:结果|决议|文件?|批复)[^，。？]{0,3}(?:没|未)(?:有)?(?:公布|出|下|发|定)|(?:还没|没|未)(?:有)?(?:出(?:文|结果)|表决)|等结果"
)
"""职代会讨论过，通没通过还没出文: it met, and what came of it is not told."""
_ASIDE = re.compile(r"(?:[（(]|的(?:单位|企业|公司|职工|话)?)?")


def read_schemes(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """What is said of each scheme, and of the congress that must agree to leaving one."""
    marked = scene.marked
    names = list(_NAME.finditer(marked))
    heard: set[str] = set()
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
        if value is None:
            heard.add(fact)
            yield Found(fact, None, begin, end, scene.person_at(begin))
            continue
        found = plain_fact(scene, fact, value, begin, end)
        if found is not None and not _is_asked(scene, begin, end):
            heard.add(fact)
            yield found
    yield from _outside(scene, names, heard)


_ENTER = r"(?:参加|参与|掺和|参保|加入|纳入|投保|入(?!职|院|编)|进(?!医|账)|上(?!班|医|门|海|个|了年|面|头)|买|搞(?![不清懂定明])|建|缴(?!费))"
_NOT_IN = re.compile(
    rf"(?<!有)(?:从来?没|没有?|未|不曾|尚未|没能|不肯|不愿意?|拒绝|拒不|不给)(?![有]?(?:办|退))[^，。？]{{0,6}}?{_ENTER}|不在[^，。？]{{0,14}}?(?:里|内|中|名单)"
)
_LEFT_IT = re.compile(
    r"(?:退出|撤出|抽身|脱离|退掉|停掉|断掉|停保|退保|停缴|断缴|断保|中断|中止|终止|取消)[^，。？想要能]{0,4}?(?:了|过|的|$)|(?:已经?|早已?|于?[今去前]年)[^，。？想要能]{0,6}(?:退出|退保|停保|停缴|脱离|撤出)|不再?(?:参加|缴|交|续|参保)(?:下去)?了|(?<!不)停(?:了|掉了?)(?!吗)"
)
_NOT_YET = re.compile(
    rf"(?:打算|准备|计划|明年|后年|下个?月|下半年|等到?|正在|还在|要到|快要|马上)[^，。？]{{0,8}}?{_ENTER}"
)
_ENTERED = re.compile(rf"(?<![没未不停断欠退])(?<!没有){_ENTER}(?:了|过|着)(?!吗|没)")
_OF_BENEFITS = re.compile("账户|个账|划|报|门诊|住院|自付|起付|限额|付|给")


def _outside(
    scene: Scene, names: Sequence[re.Match[str]], heard: Collection[str]
) -> Iterator[Found]:
    """That an employer is outside a scheme, wherever in the clause of its name that is said.

    补充医疗公司谈了两年还是没参加成; 去年从补充医疗里退出了; 单位打算明年参加.
    """
    for match in names:
        fact = next(n for i, n in enumerate(_NAMES) if match[f"n{i}"] is not None)
        clause = scene.clause(match.start())
        onward = _AFTERWARDS.match(scene.typed.text, clause.end)
        words = scene.typed.text[clause.start : onward.end() if onward else clause.end]
        joined = fact.startswith("employer.joined")
        entered = _ENTERED.search(words)
        left = _LEFT_IT.search(words, entered.end() if entered else 0)
        if not joined or (entered and not left) or (fact in heard and not (entered and left)):
            continue  # 早先入过，后来退掉了: what came last holds
        said = left if entered else _NOT_IN.search(words) or left
        if said is None and _OF_BENEFITS.search(scene.typed.text, clause.end):
            said = _NOT_YET.search(words)
        if said is None or _ASKED_OR_IF.search(words):
            continue
        start, end = clause.start + said.start(), clause.start + said.end()
        if scene.is_general(start, end):
            continue
        heard = {*heard, fact}
        yield Found(fact, False, start, end, scene.person_at(match.start()))


_AFTERWARDS = re.compile("，(?:再?后来|[去前今]年|上个?月|又|然后|结果|可是?|但是?|不过)[^，。？]*")
_ASKED_OR_IF = re.compile(
    "有没有|是否|[吗么]$|[搞弄分说]不清|不(?:太)?(?:清楚|知道|晓得|确定)|吃不准|怎么|如何|什么|哪些|谁|能不能|可不可以|行不行|如果|要是|假如|的话|申请|规定"
)


def _told(
    scene: Scene, fact: str, match: re.Match[str], before: str, limit: int
) -> tuple[bool | None, int, int] | None:
    lacks, has, lacked, had = _SPOKEN["congress" if "congress" in fact else "scheme"]
    marked, clause = scene.marked, scene.clause(match.start())
    after = marked[match.end() : min(clause.end, limit)]
    said = lacked.match(after)
    if said and _WHETHER_OR_NOT.match(after) and has.search(before):
        return None, match.start(), match.end()  # 单位给我交了补充医疗没有我也搞不清
    if said:
        return False, match.start(), match.end() + said.end()
    said = lacks.search(before)
    if said:
        return False, match.start() - len(said.group()), match.end()
    if "congress" in fact and _PENDING.search(scene.typed.text, match.end()):
        return None
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
    if _ALLOWED.search(rest) and not _DONE.search(scene.typed.text[start : end + 1]):
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


_EITHER_SCHEME = re.compile(
    r"医疗补助[^，。？]{0,4}(?:或者?|还是|和|跟|、)[^，。？]{0,6}补充|补充[^，。？]{0,8}(?:或者?|还是|和|跟|、)[^，。？]{0,8}医疗补助"
    r"|(?:什么|哪种|哪类|啥)(?:单位)?性质|(?:参|交|属于?)(?:的|了)?(?:是)?(?:哪|什么)(?:一)?(?:种|个|样)"
)
"""医疗补助或补充保险, 单位什么性质: either scheme is named, and neither told."""


def read_scheme_paid(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Into which scheme an employer pays, where staff are counted and it is not told what it is."""
    text = scene.typed.text
    if not counts_heads(text) or _EMPLOYER_TOLD.search(text):
        return
    named = [(value, m) for value, words in _PAID_INTO if (m := words.search(text))]
    if len(named) == 1 and not _EITHER_SCHEME.search(text):
        value, match = named[0]
        yield Found("contribution.scheme", value, match.start(), match.end(), APPLICANT)
