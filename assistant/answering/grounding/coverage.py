"""Every word of a wording is accounted for: it stands in the support, or means what stands there.

The tables know what the words of our field mean. What they do not know, and the support does not
print, is either the glue of a sentence or a claim of its own; a claim is a reason to drop it.
"""

import itertools
import re

from assistant.answering.grounding.conditions import missing_conditions
from assistant.answering.grounding.glue import claims, is_particle, joined_by_glue
from assistant.answering.grounding.marks import read_sentence, read_text, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.polarity import denies
from assistant.answering.grounding.spelling import folded
from assistant.answering.grounding.support import read_support
from assistant.answering.grounding.vocabulary import PERSON, QUALIFICATION, SCOPE
from assistant.clauses.numerals import normalize

_SWEEPING = re.compile(
    "不管|不论|无论|即使|哪怕|就算|尽管|任何(?!一)|任意(?!一)|任选|随便|随意|一律|一概|所有|全部|一切|凡是|完全|绝对|肯定|保证|一定|必定|必然"
    "|无条件|直接|自动|马上|立即|立刻|永久|长期|随时|唯一|最早|最晚|优先|免费|首要|统统|自行|自由|一方|国家级|部级|省级|县级|乡级|镇级|村级"
)
_ONCE = re.compile("尚未?|还没有?|仍")  # says how far a thing has come
_NOT = re.compile("不再|没有|不(?![足同一])|没|无|未|非|别|勿|莫")
_MOST_GAPS = 2  # characters here and there that nothing accounts for


def coverage_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """Words of `statement` that neither stand in `support`, nor mean what does, nor are glue."""
    texts = (*support.texts, *support.facts, *support.contacts)
    carried = "\n".join(normalize(text) for text in texts)
    reasons: list[str] = []
    for part in split_sentences(normalize(statement)):
        reasons += _gaps(part, carried)
    return tuple(dict.fromkeys(reasons))


def _gaps(text: str, carried: str) -> list[str]:
    covered = _covered(text, carried)
    sweeping = [
        found[0]
        for found in _SWEEPING.finditer(text)
        if found[0] not in carried and not _within_mark(text, found)
    ]
    if sweeping:
        return [f"依据中没有「{word}」" for word in sweeping]
    runs = re.findall("[\u3400-\u9fff]+", _struck(text, covered))
    alone = [run for run in runs if not all(map(is_particle, run))]
    gaps = [run for run in runs if claims(run)] or (alone if len(alone) > _MOST_GAPS else [])
    return [f"依据中没有「{gap}」" for gap in gaps]


def _struck(text: str, covered: set[int]) -> str:
    return "".join(" " if i in covered else char for i, char in enumerate(text))


def _within_mark(text: str, found: re.Match[str]) -> bool:
    return any(m.start <= found.start() < m.end for m in read_sentence(text).marks)


def _covered(text: str, carried: str) -> set[int]:
    covered = {i for mark in read_sentence(text).marks for i in range(mark.start, mark.end)}
    for start in range(len(text) - 1):
        if text[start : start + 2] in carried:
            covered |= {start, start + 1}
    covered |= joined_by_glue(text)
    for pattern, held in ((_ONCE, _ONCE.search(carried)), (_NOT, denies(carried))):
        for found in pattern.finditer(text):
            span = set(range(*found.span()))
            covered = covered | span if held else covered - span
    return covered


_FOLLOWS = re.compile(r"先(?!后|进|生)|然后|其次|最后|优先|再(?!次)")
_LISTS = re.compile("依次|顺序|次序|先后")
_STANDS = re.compile(r"在前|在后|在先")


def sequence_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """先甲后乙, of a text that has 乙 before 甲."""
    text = normalize(statement)
    if not any(words.search(text) for words in (_FOLLOWS, _LISTS, _STANDS)):
        return ()
    nearest = max(
        (unit.sentence.text for unit in read_support(support)),
        key=lambda held: sum(length for _, _, length in _shared(text, held)),
        default="",
    )
    ordered = _places(text, nearest)
    backwards = any(later < earlier for earlier, later in itertools.pairwise(ordered))
    return ("先后次序与依据不同",) if backwards else ()


def _places(text: str, held: str) -> list[int]:
    """Where that which each word of order speaks of stands in another text, in this one's order."""
    shared = _shared(text, held)
    places: list[int] = []
    firsts = {found[0]: found for found in reversed([*_FOLLOWS.finditer(text)])}
    for found in sorted(firsts.values(), key=lambda found: found.start()):
        after = [place for start, place, _ in shared if start >= found.end() - 1]
        places += after[:1]
    for found in list(_LISTS.finditer(text))[:1]:
        listed = [place for start, place, _ in shared if start >= found.end() - 1]
        places = listed if len(listed) > len(places) else places
    for found in _STANDS.finditer(text):
        before = [place for start, place, _ in shared if start < found.start()]
        places += before[-1:]
    return places


def _shared(text: str, held: str) -> list[tuple[int, int, int]]:
    """(start, place in the other text, length) of the pieces that two texts share, each found once."""
    pieces: list[tuple[int, int, int]] = []
    start = 0
    while start < len(text) - 2:
        length = 0
        while start + length < len(text) and text[start : start + length + 1] in held:
            length += 1
        piece = text[start : start + length]
        if len(piece) >= 3 and held.count(piece) == 1:
            pieces.append((start, held.index(piece), length))
        start += max(1, length)
    return pieces


_ONLY = re.compile(r"(?:只(?!要|需要?)|仅|限于)[^,;:。]*")


def listing_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """只实行事后监管, of a text that lists 事前、事中、事后."""
    only = _ONLY.search(normalize(statement))
    if only is None:
        return ()
    text = only[0]
    for unit in read_support(support):
        for listed in re.findall(
            r"[\u3400-\u9fff]{2,8}(?:、[\u3400-\u9fff]{2,8})+", unit.sentence.text
        ):
            items = [item[:2] for item in listed.split("、")[1:-1]]
            items += [listed.split("、")[0][-2:], listed.split("、")[-1][:2]]
            named = [item for item in items if item in text]
            if named and len(named) < len(items):
                return ("依据没有只限于其中一部分",)
    return ()


_FORMER = re.compile(
    r"[“]([^”]+)[”](?:修改为|改为|调整为)[“]|[“]([^”]+)[”](?:的内容)?(?:删去|删除|废止)"
)
_GONE = re.compile(
    r"删|取消|废止|不再|没有了|停止|原来|原先|以前|此前|曾|原规定|旧|作废|改为|修改|不能再"
)


def former_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """What an amendment takes away, told in its very words as if it still held."""
    text = normalize(statement)
    if _GONE.search(text):
        return ()
    for held in map(normalize, support.texts):
        for found in _FORMER.finditer(held):
            old = found[1] or found[2]
            rest = held.replace(old, "")
            own = [text[i : i + 4] for i in range(len(text) - 3) if text[i : i + 4] in old]
            if found[2] or any(piece not in rest for piece in own):
                return ("依据说的是删去或修改前的文字",) if own else ()
    return ()


_EVERY = re.compile(
    "同时(?:满足|具备|符合|具有|发生|出现|达到)|缺一不可|都要(?:满足|有|具备|符合)|都得|都必须|全部(?:满足|具备|符合)|全都要"
    "|均须|均应|样样|[两三四五2-5][样项个种](?:条件|情形)?(?:都|全)|都(?:满足|具备|符合|齐)"
)
_ONE_OF = re.compile("之一|任一|其中一|任意一")


def choice_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """同时具备这些情形, of a text that asks for one of them."""
    if not _EVERY.search(normalize(statement)):
        return ()
    carried = "\n".join(map(normalize, support.texts))
    asks_one = _ONE_OF.search(carried) is not None and _EVERY.search(carried) is None
    return ("依据是任选其一，不是同时具备",) if asks_one else ()


_GRANTS = re.compile("允许|可以|可(?!能|靠|选|视)|准予")


def cut_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """A permission cut out of its sentence word for word, without the conditions before it."""
    piece = folded(statement)
    if not _GRANTS.search(piece):
        return ()
    for text in support.texts:
        for sentence in re.split("(?<=[。;；])", text):
            if piece in folded(sentence) and piece != folded(sentence):
                missing = missing_conditions(statement, sentence)
                return (f"漏了条件：{'、'.join(missing)}",) if missing else ()
    return ()


_SERIES = re.compile(r"第[零一二两三四五六七八九十百\d]+[批届次期]")


def series_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """第二十四批, of a clause on the twenty-third in a notice that publishes the twenty-fourth."""
    carried = "\n".join(map(normalize, support.texts))
    said = {found[0] for found in _SERIES.finditer(normalize(statement))}
    return tuple(f"依据中没有「{name}」" for name in sorted(said) if name not in carried)


_DOES = re.compile(
    r"(?P<what>[^,;:。]{3,}?)(?:由|是)(?P<who>[\u3400-\u9fff]{2,14}?)(?:负责)?"
    r"(?P<deed>牵头|起草|审核|审议|调研|主管|承办|征收|制定|批准|签发|组织实施)"
)


def binding_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """甲由乙牵头, of a text in which 甲 and 乙 stand apart, each with another."""
    text = normalize(statement)
    carried = [piece for t in support.texts for piece in re.split("[,;。]", normalize(t))]
    reasons = []
    for found in _DOES.finditer(text):
        what = _longest_shared(found["what"], carried)
        who = found["who"].removeprefix("市")
        beside = [piece for piece in carried if what and what in piece]
        named = any(who[:2] in piece for piece in carried)
        if beside and named and not any(who[:2] in piece for piece in beside):
            reasons.append(f"「{what}」在依据中不由「{found['who']}」{found['deed']}")
    return tuple(reasons)


def _longest_shared(text: str, pieces: list[str]) -> str:
    """The longest stretch of `text`, of four characters or more, that stands in one of the pieces."""
    for length in range(len(text), 3, -1):
        for start in range(len(text) - length + 1):
            if any(text[start : start + length] in piece for piece in pieces):
                return text[start : start + length]
    return ""


_CIRCUMSTANCES = frozenset({PERSON, QUALIFICATION, SCOPE})


def adds_circumstances(reading: str, words: str) -> bool:
    """Whether a reading of somebody's words names a number, a person, a place or a rank more."""
    said = {(m.key, m.value) for s in read_text(words) for m in s.marks}
    return any(
        (m.key, m.value) not in said
        for s in read_text(reading)
        for m in s.marks
        if m.is_number or m.category in _CIRCUMSTANCES
    )
