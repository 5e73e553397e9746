"""Who does it: the office with its deed, whoever may or must, who joins whom."""

import re
from collections.abc import Iterator

from assistant.answering.grounding.mark import Sentence
from assistant.answering.grounding.marks import read_sentence, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical
from assistant.answering.grounding.vocabulary import AUTHORITY, PERSON, SCHEME

_OFFICE = re.compile(
    r"(?:[市省县区][\u3400-\u9fff]{1,10}?(?:局|委|办公室|妇联|中心|部门|厅)|各?承办单位|用人单位|公安机关|公安派出所|[\u3400-\u9fff]{2}部门|职工代表大会|各地|各?县\(市\)|市人大常委会|市政府(?!办公室)|医保经办机构)"
)


_DEED = re.compile(
    "起草|审核|审议|调研(?!报告|项目|论证)|牵头|制定|征收|批准|监管|评估|签发|验收|核发|归档|汇报|通知|制订|缴纳|拟定"
)


def deed_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """起草由市司法局负责, of a text in which 市司法局 only 审核: who does what, piece by piece."""
    pairs = {pair for text in support.texts for pair in _doings(canonical(text))}
    offices, deeds = {o for o, _ in pairs}, {d for _, d in pairs}
    return tuple(
        f"依据中不是「{office}」{deed}"
        for office, deed in sorted(_doings(canonical(statement)))
        if office in offices and deed in deeds and (office, deed) not in pairs
    )


def _doings(text: str) -> set[tuple[str, str]]:
    """Each office with each deed named beside it, in one piece of a sentence."""
    return {
        (_name(office[0]), deed[0])
        for piece in _pieces(text)
        for office in _OFFICE.finditer(piece)
        for deed in _DEED.finditer(piece)
    }


def _pieces(text: str) -> Iterator[str]:
    """The pieces of a text, and of 由甲起草、乙审核 each half, where each names who does what."""
    for piece in re.split("[,;:。]", text):
        halves = piece.split("、")
        each = len(halves) > 1 and all(_OFFICE.search(h) and _DEED.search(h) for h in halves)
        yield from halves if each else (piece,)


def _name(office: str) -> str:
    return office.removeprefix("各").removeprefix("公安")


_ABLE = re.compile(
    r"(?:也|都|均|还|就|则|便|亦|同样|一般|自己|另外)*(?:可以?(?!能|靠|见)|能(?!力)|应当?(?!用|届)|必须|须|不得|有权|允许)"
)


_ANY_MODAL = re.compile("可(?!能|靠)|应(?!用|届)|须|不得|允许|准予|按|由")


def subject_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """职工可以购买商业保险, of a text in which 用人单位 may, for its 职工: who may and who must."""
    sentences = [
        read_sentence(s) for held in support.texts for s in re.split("(?<=[。;])", canonical(held))
    ]
    reasons = []
    for sentence in map(read_sentence, split_sentences(canonical(statement))):
        for mark in sentence.marks:
            if mark.category not in _ACTORS or not _ABLE.match(sentence.text, mark.end):
                continue
            beside = [s for s in sentences if any(m.key == mark.key for m in s.marks)]
            if beside and not any(_may_act(mark.key, s) for s in beside):
                reasons.append(f"依据中不是「{mark.key}」可以或应当")
    return tuple(dict.fromkeys(reasons))


_ACTORS = frozenset({PERSON, SCHEME, AUTHORITY})


def _may_act(key: str, sentence: Sentence) -> bool:
    """Whether somebody stands before what a sentence lets people do or tells them to do."""
    modals = [found.start() for found in _ANY_MODAL.finditer(sentence.text)]
    if not modals or re.search("允许|准予", sentence.text):
        return True
    return any(m.key == key and m.start < modals[-1] + 12 for m in sentence.marks)


def joins_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """成年子女投靠父母, of a text in which only 未婚子女 may join them: who joins whom."""
    allowed: dict[str, set[str]] = {}
    for text in support.texts:
        for rule in re.split("[。;]", canonical(text)):
            for who, whom in _joinings(read_sentence(rule), follow=True):
                allowed.setdefault(whom, set()).update(who)
    reasons = []
    for sentence in map(read_sentence, split_sentences(canonical(statement))):
        named = {m.key for m in sentence.marks}
        for who, whom in _joinings(sentence, follow=False):
            may = allowed.get(whom, set())
            if who and may and not who & may and not (named & may and "子女" in who):
                reasons.append(f"依据中投靠「{whom}」的不是「{'、'.join(sorted(who))}」")
    return tuple(dict.fromkeys(reasons))


def _joinings(sentence: Sentence, *, follow: bool) -> Iterator[tuple[set[str], str]]:
    """Who joins whom in a sentence; in a text, who is named after it where nobody is before."""
    people = [m for m in sentence.marks if m.category == PERSON and m.key not in _NOBODY]
    for mark in sentence.marks:
        if mark.key != "投靠":
            continue
        after = [m for m in people if m.start >= mark.end and m.piece == mark.piece]
        before = {m.key for m in people if m.end <= mark.start and m.piece == mark.piece}
        if not after:
            continue
        whom = after[0].key
        if not before and follow:
            before = {m.key for m in people if m.piece > mark.piece}
        yield before, whom


_NOBODY = frozenset({"被投靠人", "户主", "申请人", "本人", "家属"})
