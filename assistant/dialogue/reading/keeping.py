"""Which of the values told of one fact is kept, and how surely it was told."""

from datetime import date

from assistant.dialogue.model import SaidFact
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.moods import is_supposed
from assistant.dialogue.reading.scene import Scene
from assistant.errors import FactError
from assistant.rules import FactDictionary, FactType, FactValue

_FIGURES = ("med.", "employer.base", "employer.active", "employer.retired")
"""Figures to reckon with: a sum that is only assumed is reckoned with all the same."""


def keep(
    facts: dict[str, SaidFact],
    scene: Scene,
    item: Found,
    name: str,
    subject: str,
    dictionary: FactDictionary,
) -> None:
    """Keep a fact, if the dictionary can hold it; what is said later counts."""
    said = scene.typed.said(item.start, item.end)
    if not said or name not in dictionary:
        return
    value = item.value
    if value is not None:
        try:
            value = dictionary.parse(name, _fitting(dictionary, name, value))
        except FactError:
            return
    known = facts.get(name)
    if known is not None and (value is None or _outranks(name, known.value, value)):
        return
    if known is not None and item.name == "host.adult" and known.value is False:
        return  # 儿子才16，想走投靠成年儿子那条
    if known is not None and (_is_vaguer(item, known.value) or item.likely > known.likely):
        return
    surer = known is not None and item.hedged and not known.hedged
    if known is not None and surer and (name == "age" or known.value == value):
        return
    facts[name] = SaidFact(
        value,
        said,
        scene.as_of,
        item.hedged,
        subject,
        item.low,
        item.high,
        supposed=not name.startswith(_FIGURES) and is_supposed(scene, item.start, item.end),
        general=scene.is_impersonal(item.start),
        likely=_is_likely(scene, item, dictionary[name].type),
        doubted=item.doubted,
    )


_FIGURED = frozenset({FactType.DATE, FactType.INTEGER, FactType.MONEY})


def _is_likely(scene: Scene, item: Found, kind: FactType) -> bool:
    """Whether words said flatly leave it open that they tell this: 在嘉兴有房, of a home in town."""
    if scene.is_hedged(item.start, item.end):
        return False
    return item.hedged if kind not in _FIGURED and item.hedged else item.likely and not item.hedged


def _is_vaguer(item: Found, known: FactValue | None) -> bool:
    """8月23才开始交（今年）: what is said later leaves the day open that was told before."""
    low, high = item.low, item.high
    if not (isinstance(known, date) and isinstance(low, date) and isinstance(high, date)):
        return False
    return low < known < high


def _fitting(dictionary: FactDictionary, name: str, value: FactValue) -> FactValue:
    """A place or province that is not among the choices is the choice that stands for the rest."""
    fact = dictionary[name]
    if (
        not fact.choices
        or not isinstance(value, str)
        or value in fact.choices
        or value in fact.aliases
    ):
        return value
    rest = [choice for choice in fact.choices if "其他" in choice]
    return (
        rest[0]
        if rest and name in {"permit.issued_in", "permit.outside_province", "pension.province"}
        else value
    )


_STAFF_RANK = ("在职", "在编", "退休", "退职", "编外", "保留事业身份")
"""Later ones say more: who is 在编 and 退休 has retired; who is 编外 never was 在编."""


def _outranks(name: str, known: FactValue | None, value: FactValue | None) -> bool:
    if name == "staff.kind" and isinstance(known, str) and isinstance(value, str):
        return _STAFF_RANK.index(known) > _STAFF_RANK.index(value)
    if name == "employer.kind":
        return (
            known in {"机关", "参公单位", "事业单位"} and value == "企业"
        ) or known == "参公单位"
    return name == "pension.type" and known == "职工基本养老保险" and value == "没有参加"
