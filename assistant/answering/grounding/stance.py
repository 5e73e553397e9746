"""Duties, permissions, denials, deletions and changes: said the way the support says them."""

import itertools
import re
from collections.abc import Sequence

from assistant.answering.grounding.mark import MAY, MUST, Sentence
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.polarity import denies
from assistant.answering.grounding.spelling import pairs_of
from assistant.answering.grounding.vocabulary import ACTION, FAMILY, PERSON, SCOPE, STATUS

_DELETION_SAID = re.compile(
    r"删|取消|废止|废除|不再|没有了|没了|停止|原来|原先|以前|此前|过去|曾|旧|原|作废|停了|修改之?前|改之?前"
)
_DELETION_CLAIMED = re.compile(r"删去|删除|删掉|废止|废除|作废|停止执行|已经?失效")
_SUPPORT_ENDS = re.compile(r"删去|删除|取消|废止|不再|失效|停止|中止|注销|届满|作废")
_ONLY = re.compile(r"只(?!要|需要?)|仅|限于|唯一|单独|光是")
_EXEMPTS = re.compile(
    r"不用|不需要?|无需|无须|不必|用不着|不要求|可以不|可不|(?<!任)免(?![费去职])|不得|禁止|严禁|不能(?!少|低于|超过|缺|漏)|不可以|不允许|(?<![拿说吃])不准|不许"
)


def exemption_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """可以不提供材料: a release or a ban needs some denial in the support to rest on."""
    if any(mark.negative for mark in sentence.marks) or not _EXEMPTS.search(sentence.text):
        return []
    return [] if denies(unit.sentence.text) else ["依据没有免除或禁止"]


_DENIAL = re.compile(
    r"(?:不再|没有|不能|不得|不予|不会|不必|不用|无需|无须|不需要?|未曾?|没|不)(?P<what>[\u3400-\u9fff]{2})"
)
_COMPARED = re.compile("[不未没](?:满|到|足|超过|低于|高于|少于|多于|晚于|早于)")


def affirmed_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """不按要求整改, of a text that says 按要求整改: what is denied stands there undenied."""
    reasons = []
    text = unit.sentence.text
    for found in _DENIAL.finditer(sentence.text):
        if _COMPARED.match(found[0]):
            continue
        places = [place.start() for place in re.finditer(re.escape(found["what"]), text)]
        if places and not any(denies(re.split("[,;:。]", text[:place])[-1]) for place in places):
            reasons.append(f"依据中「{found['what']}」没有否定")
    return reasons


def self_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """父母投靠父母, 在职和在职人员: the same named where the text names two."""
    del unit
    for left, right in itertools.pairwise(
        m for m in sentence.marks if m.category in {PERSON, STATUS}
    ):
        gap = sentence.between(left, right)
        if (
            sentence.text[left.start : left.end] == sentence.text[right.start : right.end]
            and left.piece == right.piece
            and gap in {"", "和", "与", "或", "及", "、", "和者"}
        ):
            return [f"「{left.key}」说了两遍"]
    return []


_DENIED = re.compile(r"(?:不再|不受|不得|不能|不予|不作|无需|不需要?|不)([^,;:。!?()]{4,})")


def denial_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """仍列为…, of a text that says 不再列为…: what no table lists is compared by its characters."""
    if denies(sentence.text) or any(m.key == "年龄不限" for m in sentence.marks):
        return []
    said = pairs_of(sentence.text)
    for denied in _DENIED.findall(unit.sentence.text):
        pairs = pairs_of(denied[:12])
        if pairs and len(pairs & said) >= 0.6 * len(pairs):
            return ["依据是否定的，陈述是肯定的"]
    return []


def modal_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """What may be done told as a duty, or a duty as what may be done."""
    reasons: list[str] = []
    for mark in sentence.marks:
        if mark.category != ACTION or not mark.modal or mark.negative:
            continue
        held = {m.modal for m in unit.marks if m.key == mark.key}
        allowed = MAY in held or (mark.key in _GRANTED and MAY in {m.modal for m in unit.marks})
        if mark.modal == MUST and allowed and MUST not in held:
            reasons.append(f"「{mark.key}」在依据中是可以，不是应当")
        if mark.modal == MAY and (held == {MUST} or (held == {""} and mark.key in _DUTIES)):
            reasons.append(f"「{mark.key}」在依据中是应当，不是可以")
    return reasons


_GRANTED = frozenset({"落户", "投靠", "享受", "迁入", "转户籍"})
_DUTIES = frozenset({"缴纳", "征收", "监管", "审核"})


def only_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """只有本人, 仅限配偶: fails where the support lists more people than that."""
    if not _ONLY.search(sentence.text):
        return []
    said = {m.key for m in sentence.marks} & (FAMILY | {"本人"})
    held = {m.key for m in unit.marks} & (FAMILY | {"本人"})
    if re.search(r"随|一起|一同|带|家人|家属", sentence.text):
        held -= {"本人"}
    if said and held - said and _ONLY.search(sentence.text):
        return ["依据没有只限于这些人"]
    return []


def deletion_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """Deleted or former text told as if it held, or a deletion told of text that holds."""
    if unit.deleted and not _DELETION_SAID.search(sentence.text):
        return ["依据说的是删去或取消，陈述没有说"]
    if unit.former and not _DELETION_SAID.search(sentence.text):
        gone = pairs_of(unit.former) - pairs_of(unit.sentence.text)
        if len(pairs_of(sentence.text) & gone) > 1:
            return ["陈述用的是修改前的文字"]
    if _DELETION_CLAIMED.search(sentence.text) and not _SUPPORT_ENDS.search(unit.sentence.text):
        return ["依据没有说删去或废止"]
    return []


_PREVAILS = re.compile(r"以([^,。;以]{1,16}?)为准")
_FOLLOWED = re.compile(r"(?:以|按照?|依照?)([^,。;以按]{2,16}?)(?:为准|执行(?!情况)|办理)")


def prevailing_reasons(sentence: Sentence, units: Sequence[Unit]) -> list[str]:
    """以原有政策为准, of texts that say 以本通知为准."""
    texts = [text for unit in units for text in _PREVAILS.findall(unit.sentence.text)]
    held = [pairs for text in texts if (pairs := pairs_of(text))]
    said = [pairs for text in _FOLLOWED.findall(sentence.text) if (pairs := pairs_of(text))]
    if not held or all(any(pairs & other for other in held) for pairs in said):
        return []
    return ["以什么为准与依据不同"]


_OLD = r"原来|原先|从|由(?!于|税|医)|以前|过去|之前是"
_NEW = r"调整为|调整到|改为|改成|变为|变成|降到|降为|降至|减到|减为|缩短[到为至]|放宽[到为至]|扩大[到为至]|缩小[到为至]|扩[到为至]|现在|提高[到为至]"
_CHANGE = re.compile(f"(?P<old>{_OLD})|(?P<new>{_NEW})")


def change_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """从一年调整为六个月: what was and what is must not change places, nor what was be told as it is."""
    said, held = _before_and_after(sentence), _before_and_after(unit.sentence)
    if any(key in held and held[key] != side for key, side in said.items()):
        return ["调整前后与依据相反"]
    if said or _DELETION_SAID.search(sentence.text):
        return []
    told = {(mark.key, mark.value) for mark in sentence.marks if mark.is_number}
    return ["说的是调整以前的"] if any(held.get(key) == "old" for key in told) else []


def _before_and_after(sentence: Sentence) -> dict[tuple[str, object], str]:
    """What stands after 原来 and what after 调整为; empty where nothing is said to change."""
    events = list(_CHANGE.finditer(sentence.text))
    if not {"old", "new"} <= {event.lastgroup for event in events}:
        return {}
    sides: dict[tuple[str, object], str] = {}
    for mark in sentence.marks:
        before = [event for event in events if event.start() < mark.start]
        if before and (mark.is_number or mark.category == SCOPE):
            sides.setdefault((mark.key, mark.value), before[-1].lastgroup or "")
    return sides
