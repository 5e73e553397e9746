"""Lengths of time and days: which fact each of them tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.dialogue.reading.attaching import topic_meant
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import FAR, HERE, NEAR
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.spells import put_together
from assistant.dialogue.reading.time_words import Months, Point
from assistant.dialogue.reading.timed import read_timed
from assistant.dialogue.reading.told_times import time_fact
from assistant.dialogue.reading.topics import Topic, topic_of, topics_in
from assistant.rules import FactDictionary, FactType


def read_bare_answer(
    scene: Scene, asked: str, dictionary: FactDictionary, found: list[Found]
) -> Iterator[Found]:
    """A length or a day that names no topic answers the question that was asked."""
    if any(item.name == asked for item in found):
        return
    taken = [(f.start, f.end) for f in found]
    for time in scene.times:
        if any(s < time.end and time.start < e for s, e in taken):
            continue
        bare = _is_bare(scene, time) and _is_bare_after(scene, time)
        if topics_in(scene, time.start, time.end) is not None or not bare:
            continue
        if not _counts(scene, time.start, time.end):
            continue
        answer = _answer(scene, asked, dictionary, time)
        if answer is not None:
            yield answer
            return


def _answer(
    scene: Scene, asked: str, dictionary: FactDictionary, time: Months | Point
) -> Found | None:
    fact = dictionary[asked]
    starts = fact.name if fact.type is FactType.DATE else fact.start_of
    if isinstance(time, Point):
        return time_fact(scene, starts, time) if starts else None
    lengths = fact if fact.unit else next((f for f in dictionary if f.start_of == asked), None)
    if lengths is None or time.later:
        return None
    found = time_fact(scene, lengths.name, time)
    if lengths.unit == "周岁" and time.value < _YOUNGEST:
        return None  # five months are nobody's age here
    if lengths.unit in {"年", "周岁"}:
        return replace(found, value=time.value // 12, low=None, high=None)
    return found if lengths.unit == "个月" else None


_YOUNGEST = 72  # months; what is shorter is a length of something else


def read_lengths(scene: Scene) -> Iterator[Found]:
    """Every length and day that tells a fact, by what it is said of."""
    yield from put_together(scene, list(_read_lengths(scene)))


def _read_lengths(scene: Scene) -> Iterator[Found]:
    inside = [(a.start, a.end) for a in scene.ages] + [(b.start, b.end) for b in scene.births]
    carried: Topic | None = None
    previous = -1
    for time in scene.times:
        if any(s <= time.start < e or time.start <= s < time.end for s, e in inside):
            continue
        clause = scene.typed.clause_at(time.start)
        topic = topics_in(scene, time.start, time.end)
        if topic is None and _TODAY.fullmatch(scene.typed.text[time.start : time.end]):
            continue  # 登记有十个月，今天申请
        if topic is None:
            topic = _topic_of_bare(scene, time, carried, beside=clause - previous <= 1)
            around, likelihood = _meant(scene, time)
            if around is not None and around is not topic:
                yield from _by_what_stands_around(scene, time, around, likelihood)
                continue
        if topic is None:
            continue
        carried, previous = topic, clause
        if not _counts(scene, time.start, time.end):
            continue
        meant = _that_month(scene, time)
        if meant is not None:
            yield from read_timed(scene, meant, topic)
            if topic is Topic.JOB and _is_insured_since(scene, clause):
                yield from read_timed(scene, meant, Topic.PENSION)


def _topic_of_bare(
    scene: Scene, time: Months | Point, carried: Topic | None, *, beside: bool
) -> Topic | None:
    """The topic of a time that stands among nothing but light words; `beside`: after another."""
    clause = scene.typed.clause_at(time.start)
    lapses = re.match("(?:就|才|要|会|的)*(?:到期|过期|截止|失效)", scene.after(time.end))
    bare = _is_bare(scene, time)
    topic: Topic | None = None
    if lapses or ((beside or bare) and _is_bare_after(scene, time)):
        ahead = 3 if isinstance(time, Months) else 2
        topic = topic_of(scene, time.start, tuple(Topic), ahead) or carried
        if topic is Topic.REG and clause and _UNREGISTERED.search(_clause(scene, clause - 1)):
            topic = None
    return _told_after(scene, clause) if topic is None and bare else topic


_SHORTEST = 6  # characters beside a time; less says nothing of what it is of
_ENOUGH = 0.7  # likelihood from which a time is taken as said of a topic
_CERTAIN = 0.95  # likelihood from which it counts as if a word had named it


def _meant(scene: Scene, time: Months | Point) -> tuple[Topic | None, float]:
    """The topic that a time has by what stands around it, and its likelihood; None: hard to say."""
    if len(scene.typed.text) - (time.end - time.start) < _SHORTEST:
        return None, 0.0  # 五个月呢: it leans on what was asked
    topic, likelihood = topic_meant(scene, time)
    clause = scene.typed.clause_at(time.start)
    if topic is Topic.OTHER or likelihood < _ENOUGH:
        return None, likelihood
    if topic is Topic.REG and clause and _UNREGISTERED.search(_clause(scene, clause - 1)):
        return None, likelihood
    return topic, likelihood


def _by_what_stands_around(
    scene: Scene, time: Months | Point, topic: Topic, likelihood: float
) -> Iterator[Found]:
    """交到这个月第三个月了: the facts of the topic that a time most likely has."""
    if not _counts(scene, time.start, time.end):
        return
    for found in read_timed(scene, time, topic):
        yield replace(found, likely=likelihood < _CERTAIN)


def _is_insured_since(scene: Scene, clause: int) -> bool:
    """Whether the pension began with the job: 入职四个月，当天就参的职工养老."""
    if _AND_INSURED.search(_clause(scene, clause)):
        return True
    following = scene.typed.clauses[clause + 1 : clause + 2]
    return any(_SAME_DAY.match(scene.typed.text[c.start : c.end]) for c in following)


_SAME_DAY = re.compile(
    r"(?:我|也|都|厂里|公司|单位)*(?:当天|当日|当月|同月|同时|同一天)(?:就|即|便|也)*(?:给)?(?:我)?(?:开始)?(?:参|缴|交|上)[^，。？]{0,4}(?:养老|社保|保)"
)
_AND_INSURED = re.compile(
    r"(?:入职|进厂|上班|报到|工作|进公司)(?:就|当天|同时|并|即|和|与|、|开始|给[\ue011我]*)*(?:参保|参加?社保|[交缴](?:的|了|上)*(?:职工)?(?:养老|社保)|(?:养老|社保)[^，。？]{0,4}[交缴])"
)
"""7月1号入职参保: the day of both."""
_THAT = re.compile("当月|当年|同月|同年|当天|同一天|那个?月|那年")


def _that_month(scene: Scene, time: Months | Point) -> Months | Point | None:
    """7月15号入职，当月就缴了: the month of the day told before; None where none was."""
    if isinstance(time, Months) or not _THAT.fullmatch(scene.typed.text, time.start, time.end):
        return time
    told = [t for t in scene.times if isinstance(t, Point) and t.end <= time.start]
    if not told:
        return None
    return replace(time, value=told[-1].value, low=told[-1].low, high=told[-1].high)


_TODAY = re.compile("今天|今日|明天|后天|现在")
_IT_IS = re.compile(r"(?:这|那|就|也)*(?:是|为|系)[^，。？]*(?:时长|时间|日子|月数|年限|期限)")


def _told_after(scene: Scene, clause: int) -> Topic | None:
    """二十三个月，这是我居住登记的时长: the next clause says of what the length is."""
    if clause + 1 >= len(scene.typed.clauses):
        return None
    following = scene.typed.clauses[clause + 1]
    if not _IT_IS.match(scene.typed.text[following.start : following.end]):
        return None
    return topic_of(scene, following.end, (Topic.REG, Topic.PENSION, Topic.JOB))


_UNREGISTERED = re.compile(
    r"(?:没|未)[^，。？断]{0,6}登记(?!满|够)|登记[^，。？断]{0,6}(?:没|未)(?![有]?(?:断|间断|中断|停|满|到))"
)
"""登记还没去办，…刚好半年: what follows is no length of it."""


def _clause(scene: Scene, index: int) -> str:
    clause = scene.typed.clauses[index]
    return scene.typed.text[clause.start : clause.end]


_BARE_AROUND = re.compile(
    r"^(?:反正|好在|幸好|重新|接上|接着|续上|以后|后|今儿|今日|今天|目前|迄今|截[至止]|满打满算|掐指|算下来|起码|恐怕|估摸|足足|整整|要是|如果|假如|那|换成|改成|只有|就只|只|其实|应该|应当|准确|说|先前|起先|开头|头先|先|上了?|登了?|录了?|搞了?|弄了?|我|也|都|已经?|到现在|现在|就|才|有|是|大概|差不多|从|自|算|算来|到|这个?月|刚好|正好|恰好|凑满|到今天|一共|总共|拢共|合计|合起来|断前断后|断前后|断前|断后|前面|后面|前头|后头|前一段|后一段|头一段|第一段|第二段|先前|之后|中断前|中断后|恢复后|前前后后|加一块|拢总|累计|加起来|前后|连续|一直|开始|办|缴|交|的|了|好像|应该|连着|最近|这边|在|这里|快|满|刚|将近|不到|还|没|但|只|其中|断之?前|断之?后|断了以后|加上?|和|总计|合计|不间断|没断过?|这一?段|这次|重新|又|后来)*$"
)


def _is_bare(scene: Scene, time: Months | Point) -> bool:
    return bool(
        _BARE_AROUND.match(
            re.sub(
                f"[{HERE}{NEAR}{FAR}]",
                "在",
                _before_time(scene, time),
            )
        )
    )


def _before_time(scene: Scene, time: Months | Point) -> str:
    """What stands before a time in its clause, marked, without the times told before it."""
    begin = scene.clause(time.start).start
    words = scene.marked[begin : time.start]
    for told in reversed(scene.times):
        if begin <= told.start and told.end <= time.start:
            words = words[: told.start - begin] + words[told.end - begin :]
    return words


_BARE_AFTER = re.compile(
    r"(?:没(?:有)?(?:停|断|漏|落|少|缺)过?|不(?:间断|断)|无间断|没(?:有)?(?:换过?|挪过?|动过?|离开过?|搬过)[^，。？]{0,3}|录(?:进|入)(?:了)?(?:系统|电脑)?|进(?:了)?系统|报(?:上|的)|弄(?:好|的)|上的?|录的?|签的?|登的|呢|了|的|吧|左右|上下|来|多|整|以来|至今|到现在|到今天|一直|都|也|就|才|刚|又|没断过?|没间断|连续|连着|开始|起|办|做|弄|登|交|缴|续|算|呢|啊|份|初|底|中旬?|前|之前|以前|过|半|满|够|足|不到|出头|的样子|前后|为止|到)*"
    r"(?:[，。？]|$|能|可以|行|够|落|算|还是|和|最近|最长|中间|[\d一二两三四五六七八九十])"
)


def _is_bare_after(scene: Scene, time: Months | Point) -> bool:
    """Whether nothing but light words follows a time: 昨天下雨 is of the rain."""
    before = scene.before(time.start)
    told = _BARE_AFTER.match(scene.after(time.end)) is not None
    return told or bool(re.search("登记|[交缴租住办]", before + scene.after(time.end)))


_FUTURE = re.compile(
    r"(?:(?:下个?月|明年|月底|过几天|马上|很快)(?:就|才|要|能|可以|正好|刚好)*(?=满|到|够)|还差|还要|再|离(?:满|到|够)?|还有|还得|还需|(?<![交缴住租干做读上登记办])过|等|差|再|(?:差|再|过)[^，。？]{0,8}(?:就|才)(?:能)?(?:满|到|够|足)?|(?:差(?!不多)|再)[^，。？]{0,8}(?:满|到|够|足))(?:登记|交|缴|住|租|连续|个|上|满)*$"
)

_NO_BREAK = re.compile("(?:都|也)*(?:没有?|未|不)(?:曾)?(?:断|空|漏|间断|中断|停|少|落|缺|拉|差)")
"""中间一天没断: a day that was not missed."""

_COUNT_BLOCK = re.compile(r"(?:每隔?|一共要|最多|最长|期限|有效期|(?<![之以目])前)$")

_NOT_YET = re.compile(
    r"(?:再过|再等|再有|到|等)?(?:下个?月|明年|年底|月底|过几天|明天|后天|再过|到时候|[一二两三四五六七八九十\d]+个?月后)"
)

_NOT_A_LENGTH = re.compile(
    r"(?:了)?(?:还|就|只)?差|的话才|还不够吗才"
    r"|(?:以上|以内|之内)?(?:的)?(?:规定|要求|条件|门槛|期限|限制|标准|政策)"
    r"|(?:的)?(?:租金|房租|工资|收入|(?:单位|公司|厂里?|我们?|要|该|得|能|是|大概|一共|总共)*(?:交|缴|划|补|报|打|付)?(?:多少|几)|\d)"
)


def _counts(scene: Scene, start: int, end: int) -> bool:
    """Whether a length or a day tells how things stand, rather than what is to come or required."""
    before, after = scene.before(start), scene.after(end)
    own = scene.typed.text[start:end]
    if scene.is_general(start, end) or _COUNT_BLOCK.search(before):
        return False
    if _AWAY.search(before) or (_FUTURE.search(before) and not _SHORT_OF.search(own)):
        return False
    if _NO_BREAK.match(after) and (own[-1] in "天日" or own in {"一个月", "1个月", "哪个月"}):
        return False  # 一个月没断: not one of them was missed
    if _NOT_YET.search(before) and before.endswith(("满", "到", "够")):
        return False
    if re.search("(?:不是|并非|不只是)$", before):
        return False
    if re.match("(?:的)?没有?(?=[，。？]|$)", after):
        return False  # 登记满六个月没有
    if _LEFT_OFF.match(after) or _CAME_BACK.fullmatch(after) or _in_closed_stretch(scene, start):
        return False
    return not _NOT_A_LENGTH.match(after)


_AWAY = re.compile(
    r"(?:回(?:了|过|到)?(?:老家|家|娘家|去|乡下?|原籍)|离开|外出|出(?:国|差|远门)|(?<!在)不在)[^，。？满]{0,5}$"
)
"""中间回老家了三个月: the length of an absence is of nothing else."""
_SHORT_OF = re.compile("[差缺少]")
"""离满半年还差五天: what it lacks was taken off already."""

_LEFT_OFF = re.compile(
    r"(?:就|才|又|都|给|被|已经|单位|公司|老板|厂里?|那边|份|漏了)*(?:漏(?:了|缴|交)|接上|续上|补上|停(?:了|缴|交|掉|保)|断(?:了|过|开|缴|交|保)|注销|离职|辞(?:了|职)|卖(?:了|掉)|退(?:了|掉|租|房))"
)
"""上个月停了: the day on which something ended starts nothing."""

_CAME_BACK = re.compile(
    r"(?:才|刚|又|就|我|也|份|底|初)*(?:回|来|搬|到(?=[\u4e00-\u9fff]{0,3}嘉兴))(?:[^，。？登租交缴办上工入]{0,6})"
)
"""今年才回来: the day somebody came is the day of nothing else."""


def _in_closed_stretch(scene: Scene, start: int) -> bool:
    """2020年到2022年交过两年: a stretch between two days, of which the second is past."""
    clause = scene.clause(start)
    days = [t for t in scene.times if clause.start <= t.start < start and isinstance(t, Point)]
    for first, second in pairwise(days):
        between = scene.typed.text[first.end : second.start]
        if re.fullmatch("到|至|-|~", between) and (scene.as_of - second.value).days > 62:
            return True
    return False
