"""Every word of a wording is accounted for: it stands in the support, or means what stands there.

The tables know what the words of our field mean. What they do not know, and the support does not
print, is either the glue of a sentence or a claim of its own; a claim is a reason to drop it.
"""

import itertools
import re
from collections.abc import Sequence

from assistant.answering.grounding.conditions import missing_conditions
from assistant.answering.grounding.figures import DOWN_BEFORE, UP_BEFORE
from assistant.answering.grounding.glue import claims, is_particle, joined_by_glue
from assistant.answering.grounding.marks import read_sentence, read_text, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.polarity import denies
from assistant.answering.grounding.spelling import canonical, folded, pairs_of, without_besides
from assistant.answering.grounding.support import read_support
from assistant.answering.grounding.vocabulary import PERSON, QUALIFICATION, SCOPE
from assistant.clauses.numerals import quantities

_SWEEPING = re.compile(
    "不管|不论|无论|即使|哪怕|就算|尽管|任何(?!一)|任意(?!一)|任选|随便|随意|一律|一概|所有|全部|一切|凡是|完全|绝对|肯定|保证|一定|必定|必然"
    "|无条件|直接|自动|马上|立即|立刻|永久|长期|随时|唯一|最早|最晚|优先(?!顺序|次序)|免费|首要|统统|自行|自由|一方(?!面)|国家级|部级|省级|县级|乡级|镇级|村级"
)
_ONCE = re.compile("尚未?|还没有?|仍(?![未没超])")  # says how far a thing has come
_NOT = re.compile("不再|没有|不(?![足同一])|没|无|未|非|别|勿|莫|除(?!了)")
_COMPARES = re.compile(
    r"不在此[列限]|一[个项样条]?[都也]不能少|缺一不可|第[零一二三四五六七八九十百\d]+(?:部分|条|款|项|点)"
    r"|(?:[不未没]满|[不没未]到|[不没]足|不够|没?未?不?超过|不[高大多低少短]于|不得[少低高多超][于过])"
    r"(?:了|为|过|是)?(?=[0-9])"
)


def coverage_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """Words of `statement` that neither stand in `support`, nor mean what does, nor are glue."""
    texts = (*support.texts, *support.facts, *support.contacts)
    carried = "\n".join(canonical(text) for text in texts)
    carried += "\n" + _ASIDE.sub("", carried)  # 医保(以下简称…)费 holds 医保费
    held = [unit.sentence.text for unit in read_support(support)]
    words: list[str] = []
    for part in split_sentences(without_besides(canonical(statement))):
        words += (
            _sweeping(part, carried) or _loose_numbers(part, carried) or _gaps(part, carried, held)
        )
    return tuple(f"依据中没有「{word}」" for word in dict.fromkeys(words))


def _sweeping(text: str, carried: str) -> list[str]:
    return [
        found[0]
        for found in _SWEEPING.finditer(text)
        if found[0] not in carried and not _within_mark(text, found)
    ]


def _gaps(text: str, carried: str, held: Sequence[str]) -> list[str]:
    struck = _struck(text, _covered(text, carried, held) | _asked(text, carried))
    found = re.finditer("[\u3400-\u9fff]+", struck)
    runs = [f[0] for f in found if not _completes(f[0], text[f.start() - 1 : f.start()], carried)]
    alone = [run for run in runs if not all(map(is_particle, run))]
    return [run for run in runs if claims(run)] or alone


_ASKS = re.compile(
    r"[应要能该可]?(?:怎么样?|怎样|如何)(?P<what>[\u3400-\u9fff]{1,3}?)(?=[、,:;。的]|$)"
)
_COMPLEMENT = re.compile("(?P<verb>[\u3400-\u9fff])(?:到|往|来)|好|到|往|出|去")
_MOVES = frozenset("迁转移退调入出搬流收交进回划投")  # 迁来 and 迁去 are two things


def _asked(text: str, carried: str) -> set[int]:
    """Questions that a wording takes up (怎么用，按……执行): they ask of what the text has, and claim nothing."""
    return {
        i
        for found in _ASKS.finditer(text)
        if all(char in carried or is_particle(char) for char in found["what"])
        for i in range(*found.span())
    }


def _completes(run: str, before: str, carried: str) -> bool:
    """Whether characters only complete a verb of the text: 寄到, of a text that says 寄至."""
    found = _COMPLEMENT.fullmatch(run)
    verb = (found["verb"] or before) if found else ""
    return verb != "" and verb in carried and verb not in _MOVES


def _loose_numbers(text: str, carried: str) -> list[str]:
    """Figures that neither a text nor a reading accounts for (十六月), with what is counted."""
    read = {i for quantity in quantities(text) for i in range(quantity.start, quantity.end)}
    loose = re.finditer(r"\d+(?:\.\d+)?[\u3400-\u9fff%]?", text)
    return [f[0] for f in loose if f.start() not in read and f[0] not in carried]


def _struck(text: str, covered: set[int]) -> str:
    return "".join(" " if i in covered else char for i, char in enumerate(text))


def _within_mark(text: str, found: re.Match[str]) -> bool:
    return any(m.start <= found.start() < m.end for m in read_sentence(text).marks)


def _covered(text: str, carried: str, held: Sequence[str]) -> set[int]:
    marked = {i for mark in read_sentence(text).marks for i in range(mark.start, mark.end)}
    marked |= {i for found in _COMPARES.finditer(text) for i in range(*found.span())}
    covered = marked | joined_by_glue(text, carried) | _limits(text)
    for start in range(len(text) - 1):
        if text[start : start + 2] in carried:
            covered |= {start, start + 1}
    once = _ONCE.search(carried) is not None
    for found in _ONCE.finditer(text):
        covered = (
            covered | set(range(*found.span())) if once else covered - set(range(*found.span()))
        )
    for found in _NOT.finditer(text):
        span = set(range(*found.span()))
        if not span <= marked:
            covered = covered | span if _denied_near(text, found, held) else covered - span
    return covered


def _limits(text: str) -> set[int]:
    """The words before a figure that say which way it is open: 最高不超过."""
    spans: set[int] = set()
    for mark in read_sentence(text).marks:
        if mark.is_number:
            before = text[max(0, mark.start - 8) : mark.start]
            for pattern in (DOWN_BEFORE, UP_BEFORE):
                if found := pattern.search(before):
                    spans |= set(range(mark.start - len(before) + found.start(), mark.start))
    return spans


def _denied_near(text: str, found: re.Match[str], held: Sequence[str]) -> bool:
    """Whether the sentence of the support that a denial speaks of denies anything itself."""
    start = max((text.rfind(mark, 0, found.start()) for mark in ",;:。"), default=-1) + 1
    end = min(
        (i for i in (text.find(m, found.end()) for m in ",;:。") if i >= 0), default=len(text)
    )
    said = pairs_of(text[start:end])
    shared = [len(said & pairs_of(sentence)) for sentence in held]
    most = max(shared, default=0)
    if most < 2:
        return any(map(denies, held))
    return any(n == most and denies(sentence) for n, sentence in zip(shared, held, strict=True))


_FOLLOWS = re.compile(r"先(?!后|进|生)|然后|其次|最后|优先|再(?!次)")
_LISTS = re.compile("依次|顺序|次序|先后")
_ASIDE = re.compile(r"\([^()]*\)")
_STANDS = re.compile(r"在前|在后|在先")


def sequence_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """先甲后乙, of a text that has 乙 before 甲."""
    text = _ASIDE.sub("", canonical(statement))
    if not any(words.search(text) for words in (_FOLLOWS, _LISTS, _STANDS)):
        return ()
    nearest = max(
        (_ASIDE.sub("", unit.sentence.text) for unit in read_support(support)),
        key=lambda held: sum(length for _, _, length in _shared(text, held)),
        default="",
    )
    ordered = _places(text, nearest)
    listed = _listed_places(text, nearest) if _LISTS.search(text) else []
    backwards = any(
        later < earlier
        for places in (ordered, listed)
        for earlier, later in itertools.pairwise(places)
    )
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
        end = next((i for i in range(found.end(), len(text)) if text[i] == "。"), len(text))
        start_at = max(found.end() - 1, text.find(":", found.end(), end))
        listed = [place for start, place, _ in shared if start_at <= start < end]
        places = listed if len(listed) > len(places) else places
    for found in _STANDS.finditer(text):
        before = [place for start, place, _ in shared if start < found.start()]
        places += before[-1:]
    return places


def _listed_places(text: str, held: str) -> list[int]:
    """Where the items that a statement lists with 、 stand in another text, in this one's order."""
    items = [
        item for run in re.findall(r"[^,;:。]+(?:、[^,;:。]+)+", text) for item in run.split("、")
    ]
    shared = (piece for item in items for piece in _shared(item, held)[:1])
    return [place for _, place, _ in shared]


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
    only = _ONLY.search(canonical(statement))
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


_EVERY = re.compile(
    "同时(?:满足|具备|符合|具有|发生|出现|达到)(?![^,;。]*(?:之一|其中一|任[意何]?[一1]|[一1]项))|缺一不可|都要(?:满足|有|具备|符合)|都得|都必须|全部(?:满足|具备|符合)|全都要"
    "|均须|均应|样样|[两三四五2-5][样项个种](?:条件|情形)?(?:都|全)|都(?:满足|具备|符合|齐)"
)
_ANY = re.compile("[二两三四五]者(?:有|占|居|满足)?其一|(?:有|满足|具备|符合)其一(?:即可|就)")
_ALSO = re.compile("[,;]?(?:且|并且|并(?=[参具持取办])|同时)")
_ONE_OF = re.compile("之一|任一|其中一|任意一")


def choice_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """同时具备这些情形, of a text that asks for one of them."""
    carried = "\n".join(map(canonical, support.texts))
    if _ANY.search(canonical(statement)) and not _ONE_OF.search(carried) and _ALSO.search(carried):
        return ("依据不是任选其一",)
    if not _EVERY.search(canonical(statement)):
        return ()
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
