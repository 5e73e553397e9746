"""Numbers of staff: each figure is of the group, at work or retired, that is named beside it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.age_words import counts_heads
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import number

_COUNT = re.compile(
    r"(?P<n>\d{1,7}|[零〇一二两三四五六七八九十百千]{1,7})(?:多|来)?(?P<u>个人|号人|个|人|名|位|号)?(?!岁|年|个?月|周岁|元|块|%|\d|[.号楼日]|个?(?:人)?(?:也|都|还)?(?:没|无))"
)
_GROUP = re.compile(
    r"(?P<active>在编在职|在职在编|在职|在编|在岗|(?:还)?在?(?:上班|干活|做工|做事|岗位)的?)(?:职工|员工|人员|教师|老师|工人|干部|的人|的)?|(?P<retired>吃(?:着)?退休(?:饭|金|工资)的?|[领拿](?:着)?退休(?:金|工资|费)的?|(?:离)?退休|退下来的?|退了(?:休)?的|退掉的)(?:职工|员工|人员|教师|老师|工人|干部|的人|的)?"
)
_BESIDE = re.compile(
    r"(?:[的是有共计约总才只就还：，]|大概|一共|人数|现有|目前|现在|不到|(?:缩|减|增|加|改|变|调|降|扩|裁|换)[到成为])*"
)


def read_heads(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """How many staff are working and how many have retired."""
    text = scene.typed.text
    groups = list(_GROUP.finditer(text))
    counts = [m for m in _COUNT.finditer(text) if number(m["n"]) is not None]
    leads = _count_leads(text, groups, counts)
    told: dict[str, Found] = {}
    taken: set[int] = set()
    unitless: list[str] = []
    for group in groups:
        name = "employer.active_count" if group["active"] else "employer.retired_count"
        free = [c for c in counts if c.start() not in taken]
        count = _count_of(text, group, free, leads=leads)
        if count is None or name in told:
            continue
        taken.add(count.start())
        if not count["u"]:
            unitless.append(name)
        start, end = min(group.start(), count.start()), max(group.end(), count.end())
        told[name] = Found(
            name, number(count["n"]), start, end, APPLICANT, scene.is_hedged(start, end)
        )
    told.update(_other_group(scene, told, counts, taken))
    yield from _all_of_one_kind(scene, told, counts)
    for name, found in told.items():
        if name not in unitless or len(told) > 1 or counts_heads(text):
            yield found


def _other_group(
    scene: Scene, told: Mapping[str, Found], counts: Sequence[re.Match[str]], taken: set[int]
) -> dict[str, Found]:
    """流水线上40个、退休10个: of two numbers of people, the one that is not of the retired."""
    people = [c for c in counts if c["u"]]
    if len(people) != _BOTH or set(told) != {"employer.retired_count"}:
        return {}
    if not counts_heads(scene.typed.text):
        return {}
    left = next((c for c in people if c.start() not in taken), None)
    count = number(left["n"]) if left is not None else None
    if left is None or count is None:
        return {}
    name = "employer.active_count"
    start, end = left.span()
    hedged = scene.is_hedged(start, end)
    retired = told["employer.retired_count"]
    within = _OF_THESE.search(scene.typed.text[end : retired.end])
    if within or _ALTOGETHER.search(scene.before(left.start())):
        if not within or not isinstance(retired.value, int) or retired.value > count:
            return {}
        count -= retired.value  # 一共60人，里面退休的12个
    return {name: Found(name, count, start, end, APPLICANT, hedged)}


_BOTH = 2  # numbers of people: who works, and who has retired
_OF_THESE = re.compile("^[里中]|其中|里面|里头|当中|包括|包含|含|内有")
_ALTOGETHER = re.compile("一共|总共|合计|共计|全部|总人数|拢共|加起来|连|上下")


_NONE_RETIRED = re.compile(
    r"退休(?:的|人员|职工|人)*(?:是|有)?(?:一个|半个|0个?|零个?)(?:人)?(?:也|都|还)?(?:没有?|无)|(?:没有?|无|还没有?)(?:一个|任何|人)?(?:已经?)?(?:退休|退下来)(?:的|人员|职工|人)?(?=[，。？]|$)|退休(?:的|人员|职工|人)*(?:一个)?(?:也|都|还)?(?:没有?|无|0个?|零)(?=[，。？人呢]|的话|$)"
)
_NOBODY = re.compile(
    r"(?:一个|半个)(?:已经?)?(?:退休|退下来)(?:的|人员|职工|人)*(?:也|都)(?:没有?|无)"
)
_ALL_ACTIVE = re.compile(r"(?:全|都|全部|清一色)(?:是|都)?(?:在职|在编|在岗|上班)")


def _all_of_one_kind(
    scene: Scene, told: dict[str, Found], counts: Sequence[re.Match[str]]
) -> Iterator[Found]:
    """五十人都在职, 没有退休的: that nobody has retired, and the whole number with it."""
    text = scene.typed.text
    nobody = _NOBODY.search(text)
    none, every = nobody or _NONE_RETIRED.search(text), _ALL_ACTIVE.search(text)
    said = none or every
    if nobody is not None:
        told.pop("employer.retired_count", None)
    if said is None or "employer.retired_count" in told:
        return
    if nobody is None and not counts_heads(text):
        return
    yield Found("employer.retired_count", 0, said.start(), said.end(), APPLICANT)
    if nobody is not None and not counts_heads(text):
        return
    people = [c for c in counts if c["u"] and c["u"] != "个"] or [c for c in counts if c["u"]]
    if "employer.active_count" not in told and len(people) == 1:
        start, end = people[0].span()
        yield Found(
            "employer.active_count",
            number(people[0]["n"]),
            start,
            end,
            APPLICANT,
            scene.is_hedged(start, end),
        )


def _count_leads(
    text: str, groups: Sequence[re.Match[str]], counts: Sequence[re.Match[str]]
) -> bool:
    """40个人在职5个退休: whether the first number stands before what it counts."""
    for group in groups[:1]:
        before = next((c for c in reversed(counts) if c.end() <= group.start()), None)
        if before is not None and before["u"]:
            return text[before.end() : group.start()] in {"", "是", "的"}
    return False


def _count_of(
    text: str, group: re.Match[str], counts: Sequence[re.Match[str]], *, leads: bool
) -> re.Match[str] | None:
    """The number of a group: on the side where numbers stand here, else on the other."""
    ahead = next((c for c in reversed(counts) if c.end() <= group.start()), None)
    if ahead and not _BESIDE.fullmatch(text, ahead.end(), group.start()):
        ahead = None
    behind = next((c for c in counts if c.start() >= group.end()), None)
    if behind and not _BESIDE.fullmatch(text, group.end(), behind.start()):
        behind = None
    if ahead and not (ahead["u"] and text[ahead.end() : group.start()] in {"", "是", "的"}):
        ahead = None
    return (ahead or behind) if leads else (behind or ahead)
