"""和 and 或: what the support lists as alternatives, and what must stand together."""

import itertools
import re
from collections.abc import Iterable, Sequence

from assistant.answering.grounding.mark import Mark, Sentence
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.vocabulary import ACTION, FAMILY, IMPLIED_BY, PERSON, PLACE

_AND = re.compile(
    r"且|同时|以及|及(?!时|以上)|和|与|并(?!未|不|办)|还要|还得|也要|也得|还须|又|加上|再加|外加|连同"
)
_STRONG_AND = re.compile(
    r"且|同时|还要|还得|也要|也得|还须|又|都要|都得|都必须|缺一不可|全部|全都|均须|均应|样样|都齐|两样都|三样都|都满足|都具备|都符合|一起满足"
)
_ANY_OF = re.compile(
    r"(?<!是其中)(?<!为其中)之一(?!是|为)|任一(?!职)|任何一|任意一|(?<![是为])其中一|有一[项个条样]|一[项个条样种](?:就|即可|便|也行|足够)|二选一|三选一|择一|任选|[选有占居]其一|选一|至少[^,。;]{0,4}[一1][项个条样种]|其一就|或"
)
_ALL_OF = re.compile(
    r"同时(?:满足|具备|符合|具有|有|持有|拥有|达到)(?![^,;。]*(?:之一|其中一|任[意何]?[一1]|[一1]项))|缺一不可|[都也]不能少|都要(?:满足|有|具备|符合)?|都得|都必须|全部(?:满足|具备|符合)|全都要|均须|均应|样样|[两三四]样都|[2-4][样项个](?:条件)?(?:都|全)|都(?:满足|具备|符合|齐)"
)


_PEOPLE_AND = re.compile(
    "(?:人员|的人|者|的)(?:和|与|以及|及)"
)  # 有甲的人员和有乙的人员: either is one
_CHOSEN = re.compile(
    r"(?:具备|满足|符合|具有|有|属于|达到|占)(?:以上|上述|这些|前述)?(?:条件|情形)?(?:其中之一|其一|之一|其中[一任](?:项|个|种|样)|任[意何]?一(?:项|个|种|样)|[一1](?:项|个|种|样))"
)


def connector_reasons_anywhere(sentence: Sentence, units: Sequence[Unit]) -> list[str]:
    """The fewest such reasons that any of several sentences gives."""
    per_unit = [connector_reasons(sentence, unit) for unit in units]
    return min(per_unit, key=len, default=[])


def _items(sentence: Sentence) -> list[Mark]:
    return [m for m in sentence.marks if m.category not in {"role", ACTION}]


def alternatives(unit: Unit) -> list[list[set[str]]]:
    """Lists whose items the support joins by 或 or by …之一; an item is its set of terms."""
    lists: list[list[set[str]]] = []
    sentence = unit.sentence
    items: list[set[str]] = []
    last: Mark | None = None
    joined = False
    for mark in _items(sentence):
        gap = sentence.between(last, mark) if last else ""
        ends = joined and re.search("和|及|与", gap) is not None and "或" not in gap
        if last and (ends or re.search(r"[,;:。]", gap) or _STRONG_AND.search(gap)):
            if joined or "之一" in gap:
                lists.append(items)
            items, joined, gap = [], False, ""
        if last and "或" in gap:
            if last.category == mark.category == PERSON:
                lists.append([{last.key}, {mark.key}])
            else:
                joined = True
        if items and not re.search(r"[、或与和及]", gap):
            items[-1].add(mark.key)
        else:
            items.append({mark.key})
        last = mark
    if last and (joined or "之一" in sentence.text[last.end :]):
        lists.append(items)
    return lists


def flat(lists: list[list[set[str]]]) -> list[set[str]]:
    """The terms of each list, taken together."""
    return [set().union(*items) for items in lists]


def connector_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """Where `sentence` joins by 或 what the support does not, or asks for all where any one is enough."""
    lists = alternatives(unit)
    groups = flat(lists)
    items = _items(sentence)
    chosen = _CHOSEN.search(sentence.text) is not None  # 甲、乙以及丙, 具备其中之一
    reasons: list[str] = []
    for left, right in itertools.pairwise(items):
        gap = sentence.between(left, right)
        if len(gap) > 24 or left.key == right.key:
            continue
        if len(gap) > 10 and left.category != right.category:
            continue  # what 或 joins stands nearer
        if "或" in gap or "要么" in gap:
            if not _may_be_alternatives(left, right, groups, unit):
                reasons.append(f"「{left.key}」与「{right.key}」在依据中不是「或」")
        elif (
            _AND.search(gap)
            and not chosen
            and not _PEOPLE_AND.search(gap)
            and _are_alternatives(left, right, lists)
        ):
            reasons.append(f"「{left.key}」与「{right.key}」在依据中是「或」")
    said_or = re.search("或者|要么", sentence.text) and not _people_only(items)
    if said_or and not re.search("或|、|之一|任", unit.sentence.text):
        reasons.append("依据中没有「或」")
    keys = {m.key for m in items}
    if _ALL_OF.search(sentence.text) and re.search("之一|任一", unit.sentence.text):
        reasons.append("依据是任选其一，不是同时具备")
    if _ALL_OF.search(sentence.text) and any(len(keys & group) > 1 for group in groups):
        reasons.append("依据是任选其一，不是同时具备")
    if _ANY_OF.search(sentence.text.replace("或", "")) and not groups:
        reasons.append("依据不是任选其一")
    return reasons


def _people_only(items: Sequence[Mark]) -> bool:
    return all(m.category == PERSON for m in items)


_JOINABLE = {PERSON, PLACE}


def _are_alternatives(left: Mark, right: Mark, lists: list[list[set[str]]]) -> bool:
    if left.category in _JOINABLE and right.category in _JOINABLE:
        return False
    pair = {left.key, right.key}
    return any(
        pair <= set().union(*items) and not any(pair <= item for item in items) for items in lists
    )


def _may_be_alternatives(left: Mark, right: Mark, groups: list[set[str]], unit: Unit) -> bool:
    if any({left.key, right.key} == group for group in groups):
        return True
    if {left.key, right.key} & {"本人"} and {left.key, right.key} & FAMILY:
        return False
    if left.category == right.category and left.category in _JOINABLE:
        return True
    piece = {m.key: m.piece for m in unit.marks}
    one, other = _held_as(left.key, piece), _held_as(right.key, piece)
    if not (one and other):
        return True
    if any(one & group and other & group for group in groups):
        return True
    listed = {piece[key] for key in one} & {piece[key] for key in other}
    return bool(listed) and "、" in unit.sentence.text and left.category == right.category


def _held_as(key: str, held: Iterable[str]) -> set[str]:
    """The terms of a support that say what `key` says."""
    keys = set(held)
    return {key} if key in keys else keys & IMPLIED_BY.get(key, frozenset())
