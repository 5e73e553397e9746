"""What stands with what: an item with the head of its list, a name with its partner, a rank with its title."""

import re

from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical

_LIST = re.compile(r"(?P<head>[\u3400-\u9fff]{2})(?P<items>[^,;:]+、[^,;:]+)")
_SHORTEST_ITEM = 3


def list_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """分管市消防救援支队, of a text that names it among those it says 联系 of."""
    text = canonical(statement)
    owners: dict[str, set[str]] = {}
    for held in support.texts:
        for sentence in re.split("[。;]", canonical(held)):
            if listed := _LIST.fullmatch(sentence.strip()):
                for item in listed["items"].split("、"):
                    owners.setdefault(item, set()).add(listed["head"])
    heads = {head for own in owners.values() for head in own if head in text}
    reasons = []
    for item in sorted(owners, key=len, reverse=True):
        at = text.find(item)
        if len(item) < _SHORTEST_ITEM or at < 0 or not heads:
            continue
        before = [head for head in heads if head in text[:at]]
        nearest = {max(before, key=lambda head: text.rfind(head, 0, at))} if before else heads
        if not nearest & owners[item]:
            reasons.append(f"「{item}」在依据中不在「{'、'.join(sorted(nearest))}」之列")
        text = text.replace(item, "_" * len(item))  # 市应急管理局 names no 应急管理
    return tuple(reasons)


_PARTNER = re.compile(
    r"((?<!面|方|走|去|流)向|会同|协助|配合|委托|授权|报请|提请|移交|指导)(?:的?是|给|由)?([市省县区]*)"
)


def partner_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """市财政局会同市医保局, of a text in which 市医保局 acts and 市财政局 joins it."""
    held = [_after(found) for t in support.texts for found in _PARTNER.finditer(canonical(t))]
    reasons = []
    for found in _PARTNER.finditer(canonical(statement)):
        verb, name = _after(found)
        partners = [other for by, other in held if by == verb]
        if partners and name not in partners:
            reasons.append(f"「{verb}」的对象与依据不同")
    return tuple(reasons)


def _after(found: re.Match[str]) -> tuple[str, str]:
    """The verb, and the two characters by which whom it governs is known."""
    return found[1], found.string[found.end() : found.end() + 2]


_RANK = re.compile(r"(?:第?[零一二两三四五六七八九十百\d]+|[甲乙丙丁])[类档批届](?![似型])")
_LONGEST_SHARED = 6


def rank_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """甲属于一类项目, of a text that lists 甲 under 二类项目."""
    text = canonical(statement)
    ranks = {found[0] for found in _RANK.finditer(text)}
    sentences = [s for t in support.texts for s in re.split("[。;]", canonical(t))]
    if not any(rank in sentence for rank in ranks for sentence in sentences):
        return ()
    bare = _RANK.sub("\n", text)
    shared = longest_shared(bare, sentences, _LONGEST_SHARED)
    beside = [s for s in sentences if shared and shared in s]
    return tuple(
        f"「{rank}」与「{shared}」在依据中不在一处"
        for rank in sorted(ranks)
        if beside and not any(rank in sentence for sentence in beside)
    )


_LEVEL = re.compile(r"(?P<base>国家|省|市|县|乡镇?|区)级(?:及|或|\(含\))*(?P<way>以[上下])")


def level_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """县级以下, of a text that says 县级以上."""
    held = {(f["base"], f["way"]) for t in support.texts for f in _LEVEL.finditer(canonical(t))}
    return tuple(
        f"依据中没有「{found[0]}」"
        for found in _LEVEL.finditer(canonical(statement))
        if (found["base"], found["way"]) not in held
    )


_PAYS = re.compile(
    r"由(?P<payer>[\u3400-\u9fff]{2,14}?)(?:按[^,;。]{0,30}?|直接|予以|来|负责)*(?:支付|补足|承担|报销|付)"
)


def payer_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """85%由职工医保支付, of a text in which 85% are paid by 医疗补助资金."""
    text = canonical(statement)
    payers = [found["payer"] for found in _PAYS.finditer(text)]
    shares = set(re.findall(r"\d+(?:\.\d+)?%", text))
    pieces = [p for t in support.texts for p in re.split("[,;。]", canonical(t))]
    beside = [p for p in pieces if "由" in p and any(share in p for share in shares)]
    if not payers or not beside or any(payers[-1][-4:] in piece for piece in beside):
        return ()
    return (f"这个比例在依据中不由「{payers[-1]}」支付",)


_SERIES = re.compile(r"第[零一二两三四五六七八九十百\d]+[批届次期]")


def series_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """第二十四批, of a clause on the twenty-third in a notice that publishes the twenty-fourth."""
    carried = "\n".join(map(canonical, support.texts))
    said = {found[0] for found in _SERIES.finditer(canonical(statement))}
    return tuple(f"依据中没有「{name}」" for name in sorted(said) if name not in carried)


_DOES = re.compile(
    r"(?P<what>[^,;:。]{3,}?)(?:由|是)(?P<who>[\u3400-\u9fff]{2,14}?)(?:负责)?"
    r"(?P<deed>牵头|起草|审核|审议|调研|主管|承办|征收|制定|批准|签发|组织实施)"
)


def binding_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """甲由乙牵头, of a text in which 甲 and 乙 stand apart, each with another."""
    text = canonical(statement)
    carried = [piece for t in support.texts for piece in re.split("[,;。]", canonical(t))]
    reasons = []
    for found in _DOES.finditer(text):
        shared = _all_shared(found["what"], carried, 4)
        what, who = "、".join(shared), found["who"].removeprefix("市")
        beside = [piece for piece in carried if any(name in piece for name in shared)]
        named = any(who[:2] in piece for piece in carried)
        if beside and named and not any(who[:2] in piece for piece in beside):
            reasons.append(f"「{what}」在依据中不由「{found['who']}」{found['deed']}")
    return tuple(reasons)


def longest_shared(text: str, pieces: list[str], shortest: int) -> str:
    """The longest stretch of `text`, of `shortest` characters or more, that stands in a piece."""
    return next(iter(_all_shared(text, pieces, shortest)), "")


def _all_shared(text: str, pieces: list[str], shortest: int) -> list[str]:
    """All the stretches of that greatest length."""
    for length in range(len(text), shortest - 1, -1):
        stretches = (text[start : start + length] for start in range(len(text) - length + 1))
        if found := [one for one in stretches if any(one in piece for piece in pieces)]:
            return found
    return []
