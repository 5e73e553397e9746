"""What comes first and what last, as a wording tells it and as the text does."""

import re
from collections.abc import Callable

from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical

_IMPOSES = re.compile(r"先(?!后|进|生)[^。;]{1,30}?(?:,|、)?(?:再(?!次)|然后|之?后(?=[^的])|才)")


_ORDERED = re.compile("先|再|后|然后|顺序|依次|次序|前|经|剩余|征得|达|满")


def order_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """先自建、再购买, of a text that puts neither first; 排在第一位, of what is not listed first."""
    text = canonical(statement)
    texts = tuple(map(canonical, support.texts))
    if _IMPOSES.search(text) and not any(_ORDERED.search(held) for held in texts):
        return ("依据没有规定先后",)
    if any(_is_reversed(found["one"], found["two"], texts) for found in _FIRST.finditer(text)):
        return ("先后次序与依据不同",)
    return tuple(
        f"「{item}」在依据中不是{name}"
        for pattern, name, is_there in _ENDS
        for found in pattern.finditer(text)
        if (item := found["a"] or found["b"] or found["c"]) and not is_there(item, texts)
    )


_FIRST = re.compile(
    r"先(?!后|进|生)(?P<one>[^。;]{2,24}?)[,、]?(?:然后再?|再(?!次)|之?后再?)(?P<two>[^,。;]{2,24})"
)


def _is_reversed(one: str, two: str, texts: tuple[str, ...]) -> bool:
    """Whether a text has what comes second here before what comes first."""
    for text in texts:
        for sentence in re.split("[。;]", text):
            places = [_longest_at(part, sentence) for part in (one, two)]
            if min(places) < 0:
                continue
            between = sentence[min(places) : max(places)]
            if "前" not in between and re.search("后|先|再|经", sentence):
                return places[0] > places[1]
    return False


def _longest_at(part: str, sentence: str) -> int:
    """Where the longest stretch that a sentence shares with `part` stands in it, or -1."""
    for length in range(len(part), 1, -1):
        for start in range(len(part) - length + 1):
            if (place := sentence.find(part[start : start + length])) >= 0:
                return place
    return -1


_LIST = re.compile(r"[^,;:。“”]+(?:、[^,;:。“”]+)+")


_SIZE = 4  # characters by which an item of a list is known


def _is_first(item: str, texts: tuple[str, ...]) -> bool:
    return _is_at(item, texts, 0)


def _is_last(item: str, texts: tuple[str, ...]) -> bool:
    return _is_at(item, texts, -1)


def _is_at(item: str, texts: tuple[str, ...], place: int) -> bool:
    """Whether an item stands at one end of the list that has it, if any list has."""
    for text in texts:
        for listed in _LIST.findall(text):
            items = listed.split("、")
            best = max(items, key=lambda one: _shared(item, one))
            if _shared(item, best) >= min(_SIZE, len(item)):
                return best is items[place]
    return True


def _shared(left: str, right: str) -> int:
    """The length of the longest stretch that two texts share."""
    for length in range(min(len(left), len(right)), 1, -1):
        if any(left[i : i + length] in right for i in range(len(left) - length + 1)):
            return length
    return 0


_TOP = r"(?:第[一1]位|首位|最前面?|最先|头一位)"


_BOTTOM = r"(?:最后一?位?|末位|最末|最后面)"


_ITEM = r"[\u3400-\u9fff()、]{3,24}?"


_IsThere = Callable[[str, tuple[str, ...]], bool]


_ENDS: tuple[tuple[re.Pattern[str], str, _IsThere], ...] = tuple(
    (
        re.compile(
            rf"(?:{lead})(?:要?看|是|为|考虑|轮到|选)的?是?(?P<c>{_ITEM[:-1]})(?=[,;:。、]|$)"
            rf"|(?P<a>{_ITEM})(?:要|须|应|是|都|被)*(?:排|列|放|位)(?:列|在|于)*{end}"
            rf"|(?:排|列|放|位)(?:列|在|于)*{end}的?是?(?P<b>[\u3400-\u9fff()]{{3,24}})"
        ),
        name,
        there,
    )
    for end, lead, name, there in (
        (_TOP, "首先|首选|最先|优先", "第一位", _is_first),
        (_BOTTOM, "最后才?|最末", "最后一位", _is_last),
    )
)
