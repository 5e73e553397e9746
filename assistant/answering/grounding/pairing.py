"""Which subject a number or condition belongs to: 80 元 to 45周岁以下, 85% to 在职."""

from collections.abc import Sequence

from assistant.answering.grounding.likeness import same_number, shown
from assistant.answering.grounding.mark import DAY_UNITS, Mark, Sentence
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.vocabulary import EXCLUSIVE, IMPLIED_BY, PAPER


def pairing_reasons(sentence: Sentence, units: Sequence[Unit]) -> list[str]:
    """Numbers and conditions that `sentence` gives to another subject than the support does."""
    reasons: list[str] = []
    for mark in sentence.marks:
        if not (mark.is_number or mark.key in _ANCHORS) or mark.key in DAY_UNITS - {"日期"}:
            continue
        for group in EXCLUSIVE:
            if mark.key in group or (mark.is_number and group <= _DEEDS):
                continue
            said = _governors(mark, sentence, group)
            held: set[str] = set()
            for unit in units:
                for other in unit.marks:
                    same = same_number(mark, other) if mark.is_number else _names(mark, other)
                    if same:
                        held |= _governors(other, unit.sentence, group)
            if said and held and not said & held:
                name = shown(mark) if mark.is_number else mark.key
                reasons.append(f"「{name}」的对象与依据不同")
    return reasons + [r for unit in units for r in _age_band_reasons(sentence, unit)]


_DEEDS = frozenset({"参加", "退出"})
_ANCHORS = frozenset(
    {
        "居住登记",
        "职工养老",
        "养老保险",
        "浙江省居住证",
        "居住证",
        "合法稳定就业",
        "合法稳定住所",
        "转移接续",
        "职代会",
    }
)


def _names(said: Mark, held: Mark) -> bool:
    return held.key == said.key or held.key in IMPLIED_BY.get(said.key, frozenset())


def _governors(mark: Mark, sentence: Sentence, group: frozenset[str]) -> set[str]:
    """Which member of `group` stands nearest to the mark: before it, else after it in its piece."""
    same_piece = [m for m in sentence.marks if m.key in group and m.piece == mark.piece]
    before = [m for m in same_piece if m.end <= mark.start]
    if before:
        return {_SAME.get(before[-1].key, before[-1].key)}
    if same_piece and (mark.is_number or mark.category != PAPER):
        return {_SAME.get(same_piece[0].key, same_piece[0].key)}
    if not mark.is_number or group & {"浙江省", "连续", "施行"}:
        return set()
    earlier = [m for m in sentence.marks if m.key in group and m.end <= mark.start]
    return {_SAME.get(earlier[-1].key, earlier[-1].key)} if earlier else set()


_SAME = {"父亲": "男", "母亲": "女", "机关补助": "机关事业", "补充医保": "企业"}


def _age_band_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """80 元 belongs to 45周岁以下 as 85% belongs to 在职: an amount and the band before it."""
    held = _bands(unit.sentence)
    reasons = []
    for amount, band in _bands(sentence).items():
        if amount in held and band not in {"", held[amount]} and held[amount]:
            reasons.append(f"「{amount}」的年龄段或档次与依据不同")
    return reasons


def _bands(sentence: Sentence) -> dict[str, str]:
    """Amount -> the nearest threshold (age, or export volume) that stands before or after it."""
    bands: dict[str, str] = {}
    for mark in sentence.marks:
        if not mark.is_number or not mark.key.startswith("元"):
            continue
        ages = [m for m in sentence.marks if m.key == "周岁" and m.direction]
        before = [m for m in ages if m.start < mark.start]
        near = before[-1] if before else next((m for m in ages if m.piece == mark.piece), None)
        people = [m.start for m in sentence.marks if m.key in {"退休"} and m.start < mark.start]
        if near is not None and not (people and people[-1] > near.start):
            bands[f"{mark.value:f}元"] = f"{near.value:f}{near.direction}"
        elif people:
            bands[f"{mark.value:f}元"] = "退休"
    return bands
