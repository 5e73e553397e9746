"""Pensions: whether one is paid at all, where it was paid, whether it was moved, how long beside a job.

As with schemes, the name (养老, 社保) and what is said of it may stand in any order.
"""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import HERE, Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months
from assistant.dialogue.reading.told_times import time_fact
from assistant.dialogue.reading.topics import Topic, topics_in

_NAME = re.compile(
    r"(?:职工|基本|城镇|企业)*养老(?:保险|险)?(?!院|金(?!保)|服务)|社保|社会保险|五险(?:一金)?"
)
_LIGHT = r"(?:[\ue011\ue012]++|单位|公司|厂里?|老板|这边|也|都|就|从来|一直|压根|根本|还|现在|目前|什么的|这个|那个|是)*"
_UNPAID = re.compile(
    rf"{_LIGHT}(?:没(?:有)?|未|不曾)(?:给[\ue011\ue012我们他她]*)?(?:参加|参保|[交缴买上])(?:过|的|呢)?(?=[，。？]|$)"
)
_ABROAD = re.compile(r"外地|原来|以前|之前|老家|转移|转接|接续|转到|转过来|转来|转入|关系")
_NOT_MOVED = re.compile(
    r"(?:还|都|一直|目前|现在)*(?:没|未)(?:有|去|来得及|能|法|空|时间|顾上)*(?:办|转|接|弄|迁)(?!满|理?(?:备案|居住|登记))(?:完|好|成|理|过来|下来)?|(?:正在|还在|在)(?:办|转|走(?:流程|手续))|办(?:到|了)一半|(?:转|接续|办)不(?:过来|了|成)"
)
_PAYS = r"(?:[交缴参买上]|参保|参加)"
_SINCE_START = re.compile(
    rf"(?:从头(?:到尾)?|一直|从一开始|入职(?:就|起|以来)|进厂(?:就|起|以来)|一进(?:去|厂)就|每个月都)[^，。？没未不停断]{{0,8}}{_PAYS}"
)
_PAID_FOR = re.compile(
    rf"(?:工厂|厂里?|公司|单位|企业|老板|店里)(?:[^，。？]{{0,6}}给(?:\ue011|我们?|俺)|给(?:\ue011|我们?|俺)){{1}}[^，。？没不]{{0,8}}{_PAYS}(?:了|的|着)?[^，。？]{{0,6}}(?:养老|社保|五险|保险)"
)


def read_pensions(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    """What is told of pensions apart from lengths and days."""
    yield from _unpaid(scene)
    yield from _none_here(scene)
    yield from _not_moved(scene)
    yield from _paid_where(scene, surroundings)
    yield from _as_long_as_the_job(scene)
    match = _PAID_FOR.search(scene.marked)
    if match is not None:
        found = plain_fact(
            scene, "job.stable_in_city", True, match.start(), match.end(), hedged=True
        )
        if found is not None:
            yield found


_NONE_HERE = re.compile(
    rf"{HERE}+(?:市|这边|这里|这头|那边|本地)?(?:[^，。？]{{0,4}})(?:一|半)个?(?:天|月|年|分钱?|毛钱?)(?:也|都)(?:没(?:有)?|未)(?:给我)?(?:[交缴参]|买过?|上过)"
)


def _none_here(scene: Scene) -> Iterator[Found]:
    """参保地在杭州，嘉兴一个月都没缴: no month of it counts here."""
    for match in _NONE_HERE.finditer(scene.marked):
        start, end = match.start(), match.end()
        name = "pension.consecutive_months_city"
        found = plain_fact(scene, name, 0, start, end)
        if found is not None:
            yield found


def _unpaid(scene: Scene) -> Iterator[Found]:
    """养老保险我没交."""
    for match in _NAME.finditer(scene.marked):
        clause = scene.clause(match.start())
        said = _UNPAID.match(scene.marked, match.end(), clause.end)
        elsewhere = HERE in scene.marked[clause.start : clause.end]
        if said is None or elsewhere:
            continue
        found = plain_fact(
            scene,
            "pension.type",
            "没有参加",
            match.start(),
            said.end(),
            hedged="养老" not in match.group(),
        )
        if found is not None:
            yield found


def _not_moved(scene: Scene) -> Iterator[Found]:
    """想把外地养老转到嘉兴，还没去办."""
    text = scene.typed.text
    if not (_NAME.search(text) and _ABROAD.search(text) and re.search("转|接续", text)):
        return
    for match in _NOT_MOVED.finditer(text):
        begin = scene.sentence_start(match.start())
        about = text[begin : match.end()]
        named = list(
            re.finditer(
                "转|接续|备案|居住证|登记|房|合同", about[: match.start() - begin] + match.group()
            )
        )
        moved = [m for m in named if m.group() in {"转", "接续"}]
        if not moved or named[-1].group() not in {"转", "接续"}:
            continue
        found = plain_fact(scene, "pension.transferred", False, match.start(), match.end())
        if found is not None:
            yield found


_PAID_THERE = re.compile(rf"[^，。？{HERE}]{{0,5}}(?:[交缴]|参保)(?:的|过|了)")
"""那三年是在安徽芜湖缴的: what is paid for a time, and where."""


_PUT_THERE = re.compile(
    r"(?:(?<![没不未想要能])(?:[交缴上参买放挂]|参保))(?:的|着)?(?:都|是|就)?(?:在|到)$"
)
"""公司把社保交在上海: where it is paid now, and so not here."""


def _paid_where(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    """原来的养老保险在上海交: the province named after the pension."""
    for place in scene.places:
        if place.place is None or place.nearness == HERE:
            continue
        clause = scene.clause(place.start)
        before = scene.marked[clause.start : place.start]
        after = scene.marked[place.end : clause.end]
        spans = any(clause.start <= t.start < t.end <= place.start for t in scene.times)
        told = _NAME.search(before) or (spans and _PAID_THERE.match(after))
        if not told or not re.search(r"(?:在|从|是|于|[\ue002\ue003])$", before):
            continue
        put_there = _PUT_THERE.search(before) and not re.match("[^，。？]", after)
        if not put_there and not re.match(rf"[^，。？{HERE}]{{0,5}}{_PAYS}", after):
            continue
        if scene.is_general(place.start, place.end):
            continue
        yield Found(
            "pension.province",
            surroundings.province(place.place),
            place.start,
            place.end,
            scene.person_at(place.start),
        )
        told_length = any(clause.start <= t.start < clause.end for t in scene.times)
        if put_there and not told_length and not _ABROAD.search(scene.typed.text):
            yield Found(
                "pension.consecutive_months_city",
                0,
                clause.start,
                place.end,
                scene.person_at(place.start),
                likely=True,
            )


def _as_long_as_the_job(scene: Scene) -> Iterator[Found]:
    """做了三年多，厂里从头给我交职工养老，没断过: paid for as long as the job."""
    text = scene.typed.text
    if not _NAME.search(text) or not _SINCE_START.search(text):
        return
    told = [(t, topics_in(scene, t.start, t.end)) for t in scene.times if isinstance(t, Months)]
    if any(topic is Topic.PENSION for _, topic in told):
        return
    jobs = [t for t, topic in told if topic is Topic.JOB and not t.later]
    if len(jobs) != 1 or scene.is_general(jobs[0].start, jobs[0].end):
        return
    found = time_fact(scene, "pension.consecutive_months_city", jobs[0])
    yield Found(found.name, found.value, found.start, found.end, found.person, hedged=True)
