"""Sums of money: each figure is of the part of the bill that is named beside it.

What a figure is of is named before it or after it: 起付线以下花了800, 800都是起付线以下的. The figures and
the names are found apart and then paired, so that their order and the words between do not matter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.clauses.numerals import Quantity, quantities
from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene

_LINE = r"(?:起付(?:线|标准|金|段|点)?|门槛(?:费|线|钱)?)"
_CAP = r"(?:最高)?(?:支付|报销)?(?:限额|封顶线?|上限|额度)"
_OVER = r"(?:以上|往上|之上|以外|之外|外头|外面|外|上头|上面|上(?!限))"
_UNDER = r"(?:以下|往下|之下|以内|之内|内|下面|里面|下头|里头|底下|下)"
_PAID = (
    r"(?:自付|自费|自理|自负|自掏腰包|腰包|没报|没给报|报不了|不给报|剩余|剩下|余下|剩(?=[\d一二两三四五六七八九十])"
    r"|(?:自己|自个儿?|个人)[^，。？\d一二三四五六七八九]{0,6}?(?:付|掏|出|承担|负担|交|拿|垫|贴|花|支付)"
    r"|还[要得需]?(?:自己)?(?:付|掏|出|交|拿))"
)
_PARTS: tuple[tuple[str, str], ...] = (
    ("med.outpatient_mid", rf"{_LINE}(?:以上|之上|上头|上面|往上|过了?|到|和|至|与|跟)[^，。？\d]{{0,8}}?{_CAP}(?:以下|之下|以内|之内|之间|中间|往下|内|下面|里面|下)?|{_LINE}(?:以上|之上|往上|上头|上面|上)(?:的)?，{_CAP}(?:以下|之下|以内|之内|往下|内|下面|里面|里头|下)|{_LINE}以上，?{_CAP}以下|中间(?:的|那)?(?:一)?[段块部]分?|中段|(?:中间|当中|居中)(?:的|那|有|是|这)*(?=[\d一二两三四五六七八九])|(?<!没)(?<!不)(?<!未)(?:超过|超出|过了){_LINE}(?:的)?(?:部分|那[段块部]分?)?|{_LINE}(?:以上|之上)(?:的)?(?:部分|那[段块])"),
    ("med.outpatient_above_cap", rf"{_CAP}(?:的|那条线)?{_OVER}|超(?:过|出|了)*{_CAP}|(?:冲|越|突|跨|超|高|多)?(?:过|破|出)(?:了)?{_CAP}|{_CAP}(?:都|也|就|全)?(?:用[光完尽]|花[光完]|满|顶到头|到顶|到头|用掉)?(?:了)?(?:以后|之后|过后|后)|{_CAP}(?:都|也|就|全)?(?:用[光完尽]|花[光完]|顶到头|到顶)了?|超(?:出|过)(?:去|来)?的(?:部分|那?[段块笔])?(?=[\d一二两三四五六七八九])"),
    ("med.outpatient_below_deductible", rf"{_LINE}(?:的|那条线|都)?{_UNDER}|(?:没到|没过|没够|不到|未到|低于|不够|不足|没达到){_LINE}|{_LINE}(?:都|也|还)?(?:没到|没过|没够|不到|未到|不够)"),
    ("med.base_paid", r"(?:职工|基本)?医(?:疗)?保(?:险)?(?:基金|统筹|那边|局|先|已经?|都|给我?|我|帮我|替我们?|替(?:他|她)|替|帮(?:他|她|忙)|那头|自己|一共|总共|只|就|能|里)*(?:报销?|付|支付|出|赔|结算|承担|给(?=[了过]?[\d一二两三四五六七八九])|(?<=[先经])(?:给|走))(?:掉|了|过|的|是|有)*|统筹(?:基金)?(?:先|已经?|给)*(?:报销?|付|支付|出)了?|(?:已经?|先)(?:报销?|支付)(?:掉|了)+"),
    ("employer.base", r"基数|社平(?!均)|(?:社|月)?平均?(?:月)?工资"),
    ("own", _PAID),
    ("other", r"工资(?!基数)|月薪|收入|房租|租金|总(?:费用|额|共|计)|一共|拢共|合计|统共|全部|药费|押金|[一整]次"),
)  # fmt: skip
_PART = re.compile("|".join(f"(?P<p{i}>{words})" for i, (_, words) in enumerate(_PARTS)))
_BOUNDED = re.compile("限额|封顶|上限|中间|中段")
"""A part above the deductible that is said to stay below the cap too."""
_LIGHT = re.compile(
    r"(?:[¥，了的是有就也都才只约那这段块个部分笔里花用付费钱给我他她们又还再掉去过在为按算共计来先若：（）()]|大概|差不多|金额|费用|医药费|药费|门诊|住院|总共|一共|加起来|标准|部分|大约|自己|个人|可能|左右|标准|上年度|职工|应该|[拿取套仍用定]|只有|(?:调|改|换|变|提|降|涨|加|减)(?:整)?[到成为])*"
)
"""What may stand between a name and its bare figure: 中间那段3000."""
_NO_SUM = re.compile(r"[年月日岁天号名位条%期人档级]|个(?:月|人|百分)|周岁|多?(?:岁|年)")
_FOLLOWED = re.compile(r"(?:[，都是全也的就属于在这那算元块钱多]|左右|部分|没|不|还|刚好|其实)*")
_LEAST_WAGE = 1000  # no month's average wage is below this
_LEAST = 30  # a bare number below this is no sum of money


@dataclass(frozen=True, slots=True)
class _Part:
    """A name of what a figure may be of, at its place."""

    name: str
    start: int
    end: int


def read_money(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Sums of money whose place in the bill is told."""
    text = scene.typed.text
    parts = _parts(text)
    sums = _without_denied(
        text, [q for q in quantities(text) if _is_money(text, q) and not _is_parts(text, q)]
    )
    told: dict[str, list[Found]] = {}
    unplaced = False
    last: _Part | None = None
    for index, quantity in enumerate(sums):
        previous = sums[index - 1].end if index else 0
        following = sums[index + 1].start if index + 1 < len(sums) else len(text)
        part = _part_of(text, quantity, parts, previous, following)
        if part is None and index and _MENDED.search(text, previous, quantity.start):
            part = last  # 自付5000，不对，是6000
        last = part or last
        name = _fact_of(text, part, quantity) if part else None
        unplaced = unplaced or (part is None and _is_of_the_bill(text, quantity, previous))
        start, end = quantity.start, quantity.end
        if name is None or _is_of_people_at_large(scene, start, end):
            continue
        hedged = scene.is_hedged(start, end) or _ROUND.match(text, end) is not None
        if name == "med.outpatient_mid" and part is not None:
            to = max(part.end, start)
            hedged = hedged or not _BOUNDED.search(text, part.start, to)
        person = APPLICANT if name == "employer.base" else scene.person_at(start)
        found = Found(name, quantity.value, start, end, person, hedged)
        told.setdefault(f"{name} {found.person}", []).append(found)
    if not told and (left := _left_to_pay(scene, sums)) is not None:
        yield left
        return
    names = {key.partition(" ")[0] for key in told}
    unplaced = unplaced or ("med.base_paid" in names and "med.outpatient_mid" not in names)
    for items in told.values():
        found = _deductible_added(scene, _one_of(scene, items), sums)
        of_bill = found.name.startswith("med.")
        yield replace(found, hedged=True) if unplaced and of_bill else found


_HEARSAY = re.compile(
    r"听说|据说|听人|草案|意见稿|解读(?:里|说)|办法(?:里|说)|网上|通知(?:里|上|说|写)|文件(?:里|上|说|写)|人家说|都说|意思是|比如|例如|打个比方"
)
_ONLY_THEN = re.compile(r"[^，。？]{0,8}?才(?:能|可以|行|算|让|给|可|报|付|补)")


_STAY = re.compile("住院|出院|开刀|手术")
_TOTAL = re.compile(
    "(?:总共|一共|总费用|费用|合计|拢共|全部)[^，。？付报]{0,6}$|(?:住院|手术|看病)[^，。？付报]{0,4}花(?:了|掉)?$"
)
_REIMBURSED = re.compile("医保[^，。？]{0,4}(?:报(?:销)?|付|支付|结算?|出)(?:了|掉|过)?$")


def _left_to_pay(scene: Scene, sums: Sequence[Quantity]) -> Found | None:
    """总共花了三万，医保报了两万二: of a stay, what is left to pay after the insurance."""
    text = scene.typed.text
    if _STAY.search(text) is None or len(sums) != 2:
        return None
    total, paid = sums
    of_all = _TOTAL.search(scene.before(total.start))
    if of_all is None or _REIMBURSED.search(scene.before(paid.start)) is None:
        return None
    if not total.value > paid.value or scene.is_hedged(total.start, paid.end):
        return None
    start, end = total.start, paid.end
    value = total.value - paid.value
    return Found("med.inpatient_remaining", value, start, end, scene.person_at(start))


def _is_of_people_at_large(scene: Scene, start: int, end: int) -> bool:
    """Whether a figure is what a text is said to state, and nobody's bill.

    A bill is told in words that elsewhere require something: 自己要付三千, 符合规定的自付7750.
    """
    if not scene.is_general(start, end):
        return False
    return bool(_HEARSAY.search(scene.before(start)) or _ONLY_THEN.match(scene.after(end)))


_DENIED = re.compile(r"(?:不是|并非|不止)(?:说|什么)?$")


def _without_denied(text: str, sums: list[Quantity]) -> list[Quantity]:
    """只有450，不是600: the figure that is denied is none, where another is told."""
    left = [q for q in sums if not _DENIED.search(text[: q.start])]
    return left or sums


_ROUND = re.compile("多(?!少)|来(?!自)|出头|不到|上下|左右|挂零|有余|冒头|开外|好几|不止")
"""三千块出头: more or less than the figure."""
_MENDED = re.compile(r"不对|不是|说错|写错|记错|应该是|更正|看错|其实是")
_WITHIN = re.compile(r"其中|里面|里头|当中|包括|包含|含|有(?=[\d一二三四五六七八九])")
_PUT_TOGETHER = re.compile(
    r"一共|总共|加起来|合计|合起来|一起|拢共|加上|另外|再加|外加|还有|又|[两三几]次|[两三几]回|第二次|全部|都"
)


def _one_of(scene: Scene, items: Sequence[Found]) -> Found:
    """One figure of several told of the same part: the sum, the mended one, or the whole of it.

    Where the words settle none of these, the figure is unsure.
    """
    first, last = items[0], items[-1]
    if len({item.value for item in items}) == 1:
        return first
    between = scene.typed.text[first.end : last.start]
    values = [item.value for item in items if isinstance(item.value, Decimal)]
    if _MENDED.search(between):
        return last
    if _WITHIN.search(between) and len(values) == len(items) and max(values) == first.value:
        return replace(first, hedged=True)
    if len(values) == len(items) and _PUT_TOGETHER.search(scene.typed.text, first.start):
        whole = [item for item in items if item.value == sum(values) - Decimal(str(item.value))]
        if whole:
            return whole[0]  # 5000和3000，一共8000
        return replace(last, value=sum(values, Decimal()), start=first.start)
    return replace(last, hedged=True)


_DEDUCTIBLE = re.compile(
    rf"{_LINE}(?!以|之|的?上|的?下|都|也|没|内)(?:是|为|的|要|那|部分|自己|自付|付|出|了|扣|先|[¥：])*$"
)
_ADDED = re.compile(r"加上|另外|还有|再加|外加|以外|之外|除(?:了|去|掉|开)|再")


def _deductible_added(scene: Scene, found: Found, sums: Sequence[Quantity]) -> Found:
    """住院起付线800，加上自付4200: what is left to pay of a stay includes its deductible."""
    if found.name != "med.inpatient_remaining" or not isinstance(found.value, Decimal):
        return found
    text = scene.typed.text
    for index, quantity in enumerate(sums):
        begin = sums[index - 1].end if index else 0
        if quantity.start == found.start or not _DEDUCTIBLE.search(text[begin : quantity.start]):
            continue
        low, high = sorted((quantity.end, found.start))
        between = text[low:high] if low < high else ""
        if quantity.start > found.start:
            between = text[found.end : quantity.start]
        if _ADDED.search(between) and not _WITHIN.search(between):
            whole = found.value + quantity.value
            return replace(found, value=whole, start=min(found.start, quantity.start))
        if not _WITHIN.search(between):
            return replace(found, hedged=True)
    return found


def _is_parts(text: str, quantity: Quantity) -> bool:
    """两块一起报多少: two parts of a bill, and no two yuan."""
    words = text[quantity.start : quantity.end]
    return words in {"两块", "三块", "2块", "3块"} and not re.match("钱", text[quantity.end :])


_TOTAL = re.compile(r"(?:花|用|费|共|总|收|工资|租|押金|扣)[^，。？]{0,6}$")


def _is_of_the_bill(text: str, quantity: Quantity, previous: int) -> bool:
    """Whether a sum that nothing names is likely a part of the bill: then the rest is no whole."""
    if quantity.unit != "元" and not re.search("[百千万]", text[quantity.start : quantity.end]):
        return False
    return _TOTAL.search(text[max(previous, quantity.start - 10) : quantity.start]) is None


def _parts(text: str) -> list[_Part]:
    found = []
    for match in _PART.finditer(text):
        index = next(i for i in range(len(_PARTS)) if match[f"p{i}"] is not None)
        found.append(_Part(_PARTS[index][0], match.start(), match.end()))
    return found


def _is_money(text: str, quantity: Quantity) -> bool:
    """Whether a figure may be a sum: in yuan, or bare and large enough."""
    if quantity.unit == "元":
        return True
    bare = quantity.unit == "" and quantity.value >= _LEAST
    return bare and not _NO_SUM.match(text, quantity.end)


def _part_of(
    text: str, quantity: Quantity, parts: Sequence[_Part], previous: int, following: int
) -> _Part | None:
    """What a figure is of: named right before it, else right after, else before in its sentence."""
    before = [p for p in parts if previous <= p.start and p.end <= quantity.start]
    after = [p for p in parts if quantity.end <= p.start and p.end <= following]
    near = before[-1] if before else None
    if near and _LIGHT.fullmatch(text, near.end, quantity.start):
        return _named(before)
    beside = near is not None and _stands_beside(text, near, quantity)
    if after and _FOLLOWED.fullmatch(text, quantity.end, after[0].start):
        return after[0]
    if beside:
        return _named(before)
    if near is None or quantity.unit == "":
        return None
    between = text[near.end : quantity.start]
    return None if re.search("[。？]", between) else _named(before)


_FAR_ENOUGH = 8  # characters between a name and its bare figure: 自付余额统共还有一万三
_LEAST_BESIDE = 100  # what is less may be an age, or a share


def _stands_beside(text: str, near: _Part, quantity: Quantity) -> bool:
    """自付剩了1万整: whether a bare figure stands in the clause of a name, with little between."""
    between = text[near.end : quantity.start]
    if quantity.value < _LEAST_BESIDE or len(between) > _FAR_ENOUGH:
        return False
    return re.search(r"[，。？\d年月]|工资|押金|房租|基数|起付|总", between) is None


def _named(before: Sequence[_Part]) -> _Part:
    """The last name, or the one that it only sums up: 起付线以下一共自付800."""
    last = before[-1]
    if last.name not in {"other", "own"} or len(before) == 1:
        return last
    outpatient = (p for p in reversed(before) if p.name.startswith("med.outpatient"))
    parts = (p for p in reversed(before) if p.name != "other")
    return next(outpatient, None) or next(parts, last)


def _fact_of(text: str, part: _Part, quantity: Quantity) -> str | None:
    if part.name == "other":
        return None
    if part.name == "employer.base":
        return part.name if quantity.value >= _LEAST_WAGE else None
    stay = is_of_a_stay(text, quantity.start)
    if part.name == "own":
        stay = stay or _is_left_of_a_stay(text)
        return "med.inpatient_remaining" if stay else None
    if part.name == "med.base_paid" and stay:
        return None
    return part.name


_LEFT_OVER = re.compile(
    r"剩[余下][^，。？]{0,8}?自(?:付|费|理|负)|自付余额|自付(?:部分)?(?:还)?剩|(?:医保|统筹|基金)[^，。？]{0,6}(?:报|付|支付|结|核|走|赔)[^，。？]{0,3}(?:完|掉|清|过|好|了|销|后)[^。？]{0,14}自(?:付|费|理|负|己|掏)"
)
_OF_A_VISIT = re.compile(
    r"门诊|配药|买药|挂号|看病|药店|起付(?:线|标准|金)?[^，。？]{0,2}[下内上]|限额|封顶|中间|中段"
)


def _is_left_of_a_stay(text: str) -> bool:
    """Whether what is left to pay (剩余自付) is of a stay, though 住院 is not said.

    The texts reckon with what is left of the bill of a stay, and with the parts of other bills.
    """
    return _LEFT_OVER.search(text) is not None and _OF_A_VISIT.search(text) is None


def is_of_a_stay(text: str, position: int | None = None) -> bool:
    """Whether the bill spoken of at a place (or at the end) is of a hospital stay."""
    named = list(_CARE.finditer(text, 0, len(text) if position is None else position))
    if named:
        return named[-1]["stay"] is not None
    return _STAY.search(text) is not None and "门诊" not in text


_STAY = re.compile(
    r"住院|(?:开|动)(?:的|了|过|个|一次|大|小)*刀|(?:割|切)(?:的|了|掉|除)|术后|病床|住(?:的|了|过|着|进)(?:一次|两次|[一两二三四五六七八九十\d]+(?:天|周|个月)(?:的)?)?医?院|出院|开刀|手术|支架|病房|icu|住(?:了|过)?(?:个|一个|半个|大半个|[\d一二两三四五六七八九十]+)(?:多)?(?:天|周|礼拜|星期|个?月)的?(?:医?院)?(?=.{0,30}(?:自付|自费|医保|报))"
)
_CARE = re.compile(rf"(?P<stay>{_STAY.pattern})|门诊(?!住院)|配药|看门诊")
"""What a bill is of: the last word of either kind that was said."""
