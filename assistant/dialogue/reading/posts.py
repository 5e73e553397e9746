"""Whether a post is on the establishment (在编) or not (编外): the word for it, told, denied or since changed.

A denied word of the one kind tells the other: 不是编制内的 is 编外. Who was 编外 and has been taken on
since (编外转在编了, 考进了编制) is 在编.
"""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene

_SPAN = r"(?!外|制?以?外|制不|制没|不了)"
_ON = re.compile(
    rf"在编{_SPAN}|编制(?:之)?内|(?<![编])编内|工勤编制?(?!外)|有(?:个|了|着)?(?:正式|事业|行政|机关|公务员|教师|全额|差额)?(?:的)?编制?(?!辑|程|号|排|委|织){_SPAN}"
    rf"|带编制?{_SPAN}|(?:事业|行政|机关|公务员|教师|参公|全额|差额|正式)(?:单位)?(?:的)?编(?!外|辑|排|委|织)制?{_SPAN}"
)
_TAKEN_ON = re.compile(
    r"(?:考(?:进|上|到|入|取)|进|入|转(?:成|为|到|入|进)?|纳入|解决|拿到|落实)(?:了)?[^，。？不没未编]{0,4}(?:在编|(?:事业|行政|公务员|教师)?编(?!外|辑|排|委|织)制?)(?:了|的)?"
)
_OFF = re.compile(
    r"编外|编制(?:以)?外|(?:没|无|未)(?:有|能)?(?:正式)?(?:进|入|占|拿到|考[上进到]|转)?(?:的)?编(?!外|辑|排|织)制?|不在编(?!制?内)|不(?:占|带|给|入)(?:行政|事业)?编制?|外包(?:过来|派来|来的|人员|员工|的(?=人|保))|非(?:在)?编|(?<!签)合同工|合同制(?!教)|劳务派遣|派遣(?:工|员工|人员|的|制)|劳务(?:公司)?(?:派|外包)|(?:公司|外包)派来"
    r"|合同(?:护士|医生|教师|老师|人员)|辅警|协警|协管员?|临时工|外聘|临聘|编制(?:也|都|还|一直|就|倒)*(?:没有?|无)(?!影响|变)|书记员(?=[，。？]|$|不|没)"
)
_NOT = re.compile(
    r"(?:没有?|不是|并不是|并没有?|不算|不属于|算不上|不在|未|无|非|没能|一直没|还没)(?:正式|拿到|落实|解决|进|考[上进到]|纳入|的)*$"
)
_MAY = re.compile(
    r"(?:能|可以|想|要|准备|打算|争取|希望|等|盼|考虑|申请|如果|要是|怎么|啥时候|什么时候)[^，。？]{0,4}$"
)
_DONE = re.compile(r"了|已|[今去前]年|刚|后来|[\d一二三四五六七八九十]年")


def read_posts(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Who is on the establishment and who is not."""
    text = scene.typed.text
    taken = [m for m in _TAKEN_ON.finditer(text) if _has_come_about(scene, m)]
    for match in taken:
        found = plain_fact(scene, "staff.kind", "在编", match.start(), match.end())
        if found is not None:
            yield found
    for match in _OFF.finditer(text):
        since = [t for t in taken if t.end() > match.start()]
        if any(scene.person_at(t.start()) == scene.person_at(match.start()) for t in since):
            continue
        found = plain_fact(scene, "staff.kind", "编外", match.start(), match.end())
        if found is not None and not _counted(scene, match.end()):
            yield found
    for match in _ON.finditer(text):
        denied = _NOT.search(scene.before(match.start()))
        start = match.start() - len(denied.group()) if denied else match.start()
        found = plain_fact(scene, "staff.kind", "编外" if denied else "在编", start, match.end())
        if found is not None and not _counted(scene, match.end()):
            yield found


def _has_come_about(scene: Scene, match: re.Match[str]) -> bool:
    """今年考进了编制; not 想考进编制, 没转在编."""
    before = scene.before(match.start())
    if _NOT.search(before) or _MAY.search(before) or before.endswith(("没", "未")):
        return False
    return _DONE.search(before[-6:] + match.group()) is not None


_COUNTED = re.compile(
    r"(?:在职|人员|职工|员工|的)*(?:才|只|就|有|共|一共|是)*[\d一二两三四五六七八九十百]+(?:来|多)?(?:个(?!月|人?账户)|名|位|人|号)"
)


def _counted(scene: Scene, end: int) -> bool:
    """在编在职才二十五个: how many there are of them."""
    return _COUNTED.match(scene.after(end)) is not None
