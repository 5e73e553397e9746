"""A fact found at a place of a message, and what keeps words from stating one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.dialogue.reading.places import FAR, NEAR
from assistant.dialogue.reading.scene import Scene
from assistant.rules import FactValue


@dataclass(frozen=True, slots=True)
class Found:
    """A fact found at a place of the folded text."""

    name: str
    value: FactValue | None
    start: int
    end: int
    person: str
    hedged: bool = False
    low: FactValue | None = None
    high: FactValue | None = None
    likely: bool = False  # by what stands around it, and by no word that names it
    doubted: bool = False  # the person says that they do not know whether it is so


class WordsByFact:
    """Words that bear on some facts only; each row: which names of facts, and the words."""

    def __init__(self, *rows: tuple[str, str]) -> None:
        self._rows = [(re.compile(names), re.compile(words)) for names, words in rows]

    def of(self, name: str) -> Iterator[re.Pattern[str]]:
        """The words that bear on a fact."""
        return (words for names, words in self._rows if names.search(name))


def plain_fact(
    scene: Scene, name: str, value: FactValue, start: int, end: int, *, hedged: bool = False
) -> Found | None:
    """The fact that stands there; None where it is required, asked for, or denied."""
    if scene.is_general(start, end) or _asks_itself(scene, start, end):
        return None
    if _HOW_BEFORE.search(scene.before(start)) or _is_denied(scene, value, start):
        return None
    return Found(
        name,
        value,
        start,
        end,
        scene.person_at(start if name == "marital" else _inside(scene, start, end)),
        hedged or scene.is_hedged(start, end),
    )


_DENIED = re.compile(
    r"(?:没有?|不是|并不是|并没有?|不|未|并非|从未|没说(?:过)?我?|不算|不属于|算不上|不能算|谈不上|说不上|称不上|够不上|没有?任何|别)(?:[有是在])?$"
)


_NEGATIVES = frozenset({"无", "没有参加", "未婚", "尚未落户"})


def _is_denied(scene: Scene, value: FactValue, start: int) -> bool:
    """Whether a 没 or 不是 stands before words that would otherwise state something."""
    before = scene.before(start)
    if value is False or value in _NEGATIVES:
        return value == "未婚" and before.endswith(("不是", "并非"))
    return bool(_DENIED.search(before)) and not before.endswith(("差不", "要不", "不得不"))


def _inside(scene: Scene, start: int, end: int) -> int:
    """Where to ask for the subject: before the words, or after the 我 that they begin with."""
    mentions = [
        m
        for m in scene.people.mentions
        if start <= m.start and m.end <= end and not m.is_object and m.start - start <= 1
    ]
    return mentions[0].end if mentions else start


_HOW_BEFORE = re.compile(r"(?:怎么|如何|咋|去哪儿?|哪里|在哪儿?)(?:能|才能|样)?[^，。？]{0,2}$")


HOW = re.compile(
    r"怎么(?:办|弄|开|申|领|去|做)|如何|哪里|哪儿|去哪|要什么|什么材料|什么条件|流程|多少钱|多久能|找谁|是什么|什么是|算什么|能不能办|想办|去办"
)


def _asks_itself(scene: Scene, start: int, end: int) -> bool:
    """Whether the words are what is asked: 备案了吗, 有居住证没."""
    rest = scene.after(end)
    clause = scene.clause(start)
    own = scene.typed.text[start:end]
    topical = rest == "嘛" and clause.stop == "，"  # 商品房嘛，租的
    if (
        not topical and re.fullmatch(r"(?:了|的|过|证明?|书)*(?:吗|么|嘛|没有|没)", rest)
    ) and not re.search("能|可以|行|够|算|符合", scene.before(start)):
        return True
    if re.fullmatch(r"(?:的|了)*(?:也|都|还|也都)(?:行|可以|算数?|成|能行)(?:吗|么|不|嘛)", rest):
        return True
    if HOW.search(rest) and re.search("办|开|领|拿", own) and not re.search("了|过|好|到", own):
        return True
    return clause.stop == "？" and bool(re.fullmatch(r"(?:了|过)?没", rest))


ELSEWHERE = re.compile(f"[{NEAR}{FAR}]")


def clause_text(scene: Scene, item: Found) -> str:
    """The clause that a fact stands in."""
    clause = scene.clause(item.start)
    return scene.typed.text[clause.start : clause.end]
