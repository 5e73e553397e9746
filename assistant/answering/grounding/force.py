"""May and must, 或, denials, releases and words that make less of a deed: as strong as the text says them."""

import re

from assistant.answering.grounding.marks import read_sentence, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.polarity import denies
from assistant.answering.grounding.spelling import canonical, pairs_of
from assistant.answering.grounding.vocabulary import PERSON, PLACE, SCOPE

_DUTY = re.compile(
    r"(?:必须|务必|应当|应该|一定要|应(?![用届])|(?<![无不])须)(?:要|先|都|得|在[^,;:。]{2,10}?(?=申|落|办|提))?(?P<host>[\u3400-\u9fff]{2,3})"
)


_MAY_DO = re.compile(
    r"(?:可以|可(?![靠见能选看理说视谓知以])|能够|允许|有权)(?!要求)(?P<host>[\u3400-\u9fff]{2,3})"
)


_GRANTED = re.compile(
    r"(?:可以|可(?![靠见能选看理说视谓知以])|能够|允许|准予|放宽至|自愿)(?P<goal>[^,;:。]*)"
)


_OBLIGED = re.compile(r"(?:必须|应当|应(?![用届])|须|不得|要(?!求))(?P<goal>[^,;:。]*)")


_STATES = frozenset("共连是有为满具符持凭在由向按经与和同拥达属")


def force_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """应当投靠, of a text that lets people; 可以强化, of one that tells them to."""
    text = canonical(statement)
    sentences = [s for held in support.texts for s in re.split("[。;]", canonical(held))]
    granted = _goals(_GRANTED, sentences)
    obliged = _goals(_OBLIGED, sentences)
    carried = "\n".join(sentences)
    lets = _LETS.search(carried) and not _OBLIGES.search(carried)
    reasons = [
        f"依据没有要求「{found[0]}」"
        for found in _STRONG.finditer(text)
        if lets and found["host"][0] not in _STATES and not _PAPERS.match(found["host"])
    ]
    for found in _DUTY.finditer(text):
        pairs = pairs_of(found["host"])
        if found["host"][0] not in _STATES and pairs & granted and not pairs & obliged:
            reasons.append(f"依据是可以「{found['host']}」，不是应当")
    for found in _MAY_DO.finditer(text):
        pairs = pairs_of(found["host"])
        beside = [s for s in sentences if pairs & pairs_of(s)]
        if found["host"][0] not in _STATES and beside and not any(map(_ALLOWS.search, beside)):
            reasons.append(f"依据没有说可以「{found['host']}」")
    return tuple(dict.fromkeys(reasons))


_LETS = re.compile("允许|可以?(?!能|靠)|放宽|取消|准予")


_OBLIGES = re.compile("应(?![用届对])|须|必|不得|要求")


_STRONG = re.compile(
    r"(?:必须|务必|应当|应该|一定要|(?<![相对反适回供])应(?![用届对有急]))(?:要|先|都|得|在[^,;:。]{2,10}?(?=申|落|办|提))?(?P<host>[\u3400-\u9fff]{2})"
)


_PAPERS = re.compile("携带|带[上着]|提供|提交|出示|准备|先[有办]|是|注意|当")


_ALLOWS = re.compile("可|允许|能|准予|有权|放宽|取消|不受|享受|自愿|不得")


def _goals(pattern: re.Pattern[str], sentences: list[str]) -> frozenset[str]:
    return frozenset(
        pair for s in sentences for found in pattern.finditer(s) for pair in pairs_of(found["goal"])
    )


_OR = re.compile(
    r"(?P<left>[\u3400-\u9fff》)]{2})(?:或者?|或是|要么)(?P<right>[\u3400-\u9fff《(]{2})"
)


_EITHER = re.compile("或|之一|任[意一]|其中|要么")


def either_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """甲或者乙, of a text that lists 甲、乙 and leaves no choice."""
    sentences = [s for held in support.texts for s in re.split("[。;]", canonical(held))]
    reasons = []
    text = canonical(statement)
    listed = [
        m
        for s in map(read_sentence, split_sentences(text))
        for m in s.marks
        if m.category in {PERSON, PLACE, SCOPE}
    ]
    names = [
        s.text[m.start : m.end]
        for s in map(read_sentence, split_sentences(text))
        for m in s.marks
        if m in listed
    ]
    for found in _OR.finditer(text):
        left, right = found["left"], found["right"]
        if any(name.endswith(left) or name.startswith(right) for name in names):
            continue
        both = [s for s in sentences if left in s and right in s]
        if both and not any(_EITHER.search(s) or "可" in s[: s.find(left)] for s in both):
            reasons.append(f"「{left}」与「{right}」在依据中不是「或」")
    return tuple(reasons)


_HAS_NOT = re.compile(r"(?:没有|没|无)(?P<what>[\u3400-\u9fff]{2})")


_UNDONE = re.compile(r"(?:不再|不会|没有|未)(?:受|被|予以?)(?P<what>[\u3400-\u9fff]{2})")
_RELEASED = re.compile(
    r"(?:不需要?|无需|无须|不用|不必|不要求|免于?)(?P<after>[^,;:。、]{2,12})|(?P<before>[^,;:。、]{2,12}?)(?:都|也|均|则|就|可以?)*(?:不需要|无需|无须|不用|不必|免)(?:提供|提交|办理|交|带)?(?=[,;:。、]|$)"
)


_OTHERS = re.compile("其他|其它|其余|别的|另外|任何|额外")


_IS_NOT = re.compile(r"(?:不是|并非|不属于|不算|不含|不包括)(?P<what>[^,;:。、]{2,})")


_UNBOUND = re.compile(
    r"(?:不受|没有|不设|无)(?P<what>[^,;:。、]{2,10}?)(?:上|方面)?的?(?:限制|要求|约束)"
)


def not_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """被免去的不是总农艺师, of a text that denies nothing of it."""
    carried = "\n".join(map(canonical, support.texts))
    sentences = re.split("[。;\n]", carried)
    reasons = [
        f"依据中没有「{found[0]}」"
        for found in _UNBOUND.finditer(canonical(statement))
        if not any(pair in carried for pair in pairs_of(found["what"]))
    ]
    for found in _HAS_NOT.finditer(canonical(statement)):
        has, lacks = f"有{found['what']}", re.search(f"[没无未]有?{found['what']}", carried)
        if has in carried and not lacks:
            reasons.append(f"依据中没有「{found[0]}」")
    for found in _RELEASED.finditer(canonical(statement)):
        what = found["after"] or found["before"]
        pairs = pairs_of(what)
        beside = [s for s in sentences if pairs & pairs_of(s)]
        generic = _OTHERS.search(what) is not None and not any(
            w in carried for w in _OTHERS.findall(what)
        )
        if generic or (beside and not any(map(denies, beside))):
            reasons.append(f"依据没有免除「{what}」")
    for found in _UNDONE.finditer(canonical(statement)):
        what = found["what"]
        beside = [p for p in re.split("[,;:。、\n]", carried) if what in p]
        if beside and not any(map(denies, beside)):
            reasons.append(f"依据中没有「{found[0]}」")
    for found in _IS_NOT.finditer(canonical(statement)):
        pairs = pairs_of(found["what"])
        beside = [s for s in sentences if 2 * len(pairs & pairs_of(s)) > len(pairs)]
        if beside and not any(denies(s) for s in beside):
            reasons.append(f"依据中没有「{found[0]}」")
    return tuple(reasons)


_WEAK = re.compile(
    r"(?P<weak>协助|探索|争取|力争|拟|暂时|逐步|鼓励|推动|有条件的地方|参照|首次|委托)(?P<host>[\u3400-\u9fff]{2})"
)


def weakened_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """分管市司法局, of a text that says 协助分管: a word that makes less of a deed left out."""
    text = canonical(statement)
    carried = "\n".join(map(canonical, support.texts))
    reasons = []
    for found in _WEAK.finditer(carried):
        weak, host = found["weak"], found["host"]
        if host not in text or weak in text or _says_weak(weak, text):
            continue
        if not re.search(f"(?<!{weak}){host}", carried):
            reasons.append(f"漏了「{weak}{host}」的「{weak}」")
    return tuple(dict.fromkeys(reasons))


_WEAK_LIKE = {
    "协助": "协管|帮助|配合",
    "探索": "试|摸索",
    "争取": "可|有望|力争",
    "鼓励": "支持|提倡|引导",
    "推动": "推进|促进",
    "参照": "参考|比照|依照",
    "首次": "第一次|初次|头一次",
    "暂时": "暂",
    "逐步": "渐",
}


def _says_weak(weak: str, text: str) -> bool:
    return weak in _WEAK_LIKE and re.search(_WEAK_LIKE[weak], text) is not None
