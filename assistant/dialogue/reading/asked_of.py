"""Whose sum is asked: 儿子每月划多少, 我和我爸各划多少, 我俩分别报多少.

A sum of the medical schemes is one person's. Where a message tells of several people, the clause that
asks says whose sum it wants, by naming them, by 各 and 分别, or by going on about the last of them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.people import NODES, Mention
from assistant.dialogue.reading.scene import Scene

_ASKS_SUM = re.compile(
    r"(?:划|打|报销?|补助?|补贴|给|进|拿|领|发|付|支付|算|出|到手|账户|个账|到账|入账|标准|享受|月|年)[^，。？]{0,12}(?:多少|几(?!个月|年|岁|天|次)|哪一?档|啥档|什么标准)"
    r"|(?:多少|几(?:块|元|钱|百|千))[^，。？]{0,8}(?:划|打|报|补|到账|进|给)|各(?:是|自|能|该|应)?[^，。？]{0,6}(?:多少|几)"
)
_OF_A_SCHEME = re.compile("账户|个账|医保|医疗|补助|卡里|卡上|门诊|住院|自付|起付|划|报销?")
_EACH = re.compile(
    r"各|分别|两个人|[俩仨]|两口子|夫妻|父子|母子|母女|父女|爷俩|娘俩|姐妹|兄弟|一家|我们(?=都|每|一)|都(?=是?(?:划|打|报|补|能|多少))"
)
_JOINED = re.compile(r"(?:和|跟|与|同|、|还有|以及|，)")
_ALL = re.compile(r"都|全|俩|两个(?:人)?|两口子|夫妻|均|也(?:是|在)|一样")
_OWN = ("staff.", "age", "birth_date", "retired_on", "med.", "employer.kind")
_EMPLOYER = ("employer.", "staff.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The people whose sums are asked for, the first of them the one whom the reading is of."""

    people: tuple[str, ...]


def asked_of(scene: Scene, found: Sequence[Found]) -> Asked | None:
    """Whose sum is asked; None where no sum of several people's is."""
    text = scene.typed.text
    known = _with_facts(found)
    if not (known - {APPLICANT}) or not _OF_A_SCHEME.search(text):
        return None
    asks = list(_ASKS_SUM.finditer(text))
    if not asks:
        return _only_one_told(scene, known, found)
    people: list[str] = []
    for match in asks:
        people += [p for p in _people_at(scene, match, known, found) if p not in people]
    if not people or not set(people) <= known | {APPLICANT}:
        return None
    people = [p for p in people if p in known]
    if not people:
        return None
    return Asked(tuple(sorted(people, key=lambda p: p != APPLICANT)))


def _with_facts(found: Sequence[Found]) -> set[str]:
    people = {f.person or APPLICANT for f in found if f.name.startswith(_OWN)}
    kin = {p for p in people if p == APPLICANT or NODES.get(p, "其他") != "其他"}
    return kin or (people if len(people) == 1 else set())  # 老张: whoever alone is spoken of


_ASKS_OF_THEM = re.compile(
    r"(?:包(?:括|含)|轮(?:得|不)?到|算(?:不算)?|有(?:没有)?|覆盖|管(?:得|不)?到?|够(?:得|不)?上?|归|纳入)[^，。？]{0,6}[他她](?!人)|[他她](?!人)[^，。？]{0,8}(?:能|可以|算|属于|在不在|够|有(?:没有|份)|享受|拿|领|划|报)"
)
"""包括她吗: whose case is asked, where no sum is."""


def _only_one_told(scene: Scene, known: set[str], found: Sequence[Found]) -> Asked | None:
    """我妈从教育局退的，这个补助包括她吗: the one of whom everything is told."""
    others = {f.person for f in found if f.name.startswith(_OWN) and f.person}
    if len(known) != 1 or others - known or APPLICANT in known:
        return None
    if any((f.person or APPLICANT) == APPLICANT and f.name.startswith(_OWN) for f in found):
        return None
    return Asked(tuple(known)) if _ASKS_OF_THEM.search(scene.typed.text) else None


def _people_at(
    scene: Scene, match: re.Match[str], known: set[str], found: Sequence[Found]
) -> list[str]:
    clause = scene.clause(match.start())
    inside = [m for m in scene.people.mentions if clause.start <= m.start and m.end <= match.end()]
    if _EACH.search(scene.typed.text, clause.start, clause.end):
        return [p for p in (APPLICANT, *scene.people.others()) if p in known]
    named = _joined(scene, inside)
    if named:
        return named
    carried = scene.people.subject_at(match.start()) or APPLICANT
    both = carried != APPLICANT and any(_tells_own(f) and f.end <= match.start() for f in found)
    return [APPLICANT, carried] if both else [carried]


def _tells_own(item: Found) -> bool:
    return (item.person or APPLICANT) == APPLICANT and item.name.startswith(("staff.", "med."))


def _joined(scene: Scene, inside: Sequence[Mention]) -> list[str]:
    """The last person that a clause names, with those joined to them: 我和我爸."""
    named: list[str] = []
    after: Mention | None = None
    for mention in reversed(inside):
        if after is None:
            if mention.is_object and not _JOINED.search(scene.before(mention.start)[-1:]):
                continue
        elif not _JOINED.fullmatch(scene.typed.text, mention.end, after.start) and (
            mention.end != after.start
        ):
            break
        if mention.person == APPLICANT or NODES.get(mention.person, "其他"):
            named.append(mention.person)
        after = mention
    return list(dict.fromkeys(named))


def shared_among(scene: Scene, found: Sequence[Found]) -> Iterator[Found]:
    """我44我爱人46，都是在编: what is told of all, as told of each who was not told of apart."""
    told = {(f.person or APPLICANT, f.name) for f in found}
    for item in found:
        if not item.name.startswith(_EMPLOYER):
            continue
        clause = scene.clause(item.start)
        if not _ALL.search(scene.typed.text, clause.start, item.start):
            continue
        inside = [m.person for m in scene.people.mentions if clause.start <= m.start < item.start]
        group = inside if len(set(inside)) > 1 else [APPLICANT, *scene.people.others()]
        for person in dict.fromkeys(group):
            known = person == APPLICANT or NODES.get(person, "其他") != "其他"
            if known and (person, item.name) not in told:
                yield replace(item, person=person)
