"""Times told without a figure: 年底, 明年, 现在, of which a text says what it says."""

import re
from collections.abc import Iterable

from assistant.answering.grounding.marks import read_sentence
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical

_MOMENT = re.compile(
    r"年[初中底末]|月[初中底末]|季[初末]|周末|[上中下]旬|[上下]半[年月]|[今明去前后]年(?![满龄])|[本下上]周|[一二三四1234]季度"
    r"|近期|近日|日前|不久|即将|将来|今后|往后每|眼下|届时|到时候|最初|最早|最晚|最迟|隔天|次日|翌日|当晚"
)
_SAME = {"年末": "年底", "月末": "月底", "将来": "今后"}
_HARMLESS = frozenset({"届时", "到时候"})


def moment_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """年底前提交, of a text that says 11月底前; 最迟 is a figure's own 前 said again."""
    text = canonical(statement)
    carried = "\n".join(map(canonical, support.texts))
    held = _moments(carried)
    inside = {i for mark in read_sentence(text).marks for i in range(mark.start, mark.end)}
    said = {
        (name, found[0])
        for found in _MOMENT.finditer(text)
        if (name := _SAME.get(found[0], found[0])) not in held | _HARMLESS
        and found.start() not in inside
    }
    late = bool(re.search("前|以内|之内", carried))
    return tuple(
        f"依据中没有「{shown}」"
        for name, shown in sorted(said)
        if not (name in {"最晚", "最迟"} and late)
    )


def _moments(text: str) -> set[str]:
    return {_SAME.get(found[0], found[0]) for found in _MOMENT.finditer(text)}


_STILL = re.compile(
    "现在|目前|如今|现今|眼下|今天|当前|至今|现行|正在|仍|依然|依旧|照旧|照常|还在|还有效|继续|已经?(?=可|能|允许|开始|实[施行]|施行|执行|放开|规定)"
)
_ENDED = re.compile(
    "失效|废止|删|取消|不再|停止|替代|不能|没有|未|征求意见|草案|稿|探索|改为|改成|修改|当时|那时|原来|以前"
)


def still_reasons(statement: str) -> tuple[str, ...]:
    """现在可以, told of a text that does not bind today; that it has ended may be told."""
    text = canonical(statement)
    if _ENDED.search(text):
        return ()
    return tuple(f"依据不是现在的：「{found[0]}」" for found in _STILL.finditer(text))[:1]


_COUNTED = re.compile(
    r"(?:至少|最少|起码|不少于|最多|至多|顶多|只需|仅需|只要|任意|任选|其中)[\u3400-\u9fff]{0,4}?"
    r"(?P<count>[2-9两二三四五六])[个项条种样道类点步]"
)


def counting_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """至少符合两个, of a text that asks for one of three, or for all of them."""
    carried = "\n".join(map(canonical, support.texts))
    return tuple(
        f"依据中没有「{found[0]}」"
        for found in _COUNTED.finditer(canonical(statement))
        if found[0] not in carried
    )


_JOINED = re.compile(
    r"(?P<left>[\u3400-\u9fff》)]{2})(?P<word>、|或者?|或是|要么|以及|和|与|及|且|并且?|同时)(?P<right>[\u3400-\u9fff《]{2})"
)
_ALIKE = re.compile("[都均皆](?:是|可|能|在|由|按|属|算)")
_OPEN = re.compile("或|之一|任|其中")
_EITHER = frozenset({"或", "或者", "或是", "要么"})


def joining_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """告知和公示程序, of a text that says 告知或公示程序: words that no table has."""
    held = _joints(map(canonical, support.texts), neutral=False)
    both = _ALIKE.search(canonical(statement))  # 参加或退出在12月: 参加和退出都在12月
    return tuple(
        f"「{left}」与「{right}」的「和」「或」与依据不同"
        for (left, right), words in _joints([canonical(statement)], neutral=True).items()
        if (left, right) in held and not words & held[left, right] and not (both and False in words)
    )


def _joints(texts: Iterable[str], *, neutral: bool) -> dict[tuple[str, str], set[bool]]:
    """Two characters on each side of a 和 or 或 -> whether 或 joins them; 、 is 和, or `neutral`."""
    found: dict[tuple[str, str], set[bool]] = {}
    for text in texts:
        for joint in _JOINED.finditer(text):
            sides = (joint["left"], joint["right"])
            sentence = text[text.rfind("。", 0, joint.start()) + 1 :].split("。")[0]
            if joint["word"] == "、" and (neutral or _OPEN.search(sentence)):
                continue
            if not any(
                mark.category in {"person", "place"}
                for s in sides
                for mark in read_sentence(s).marks
            ):
                found.setdefault(sides, set()).add(joint["word"] in _EITHER)
    return found


_FIRST = re.compile(r"先(?!后)([^,。;]{1,10}?)[,、]?(?:然后|之后|再|后(?!的))([^,。;]{1,10})")


def first_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """先就业后落户, of a text that says 先落户后就业."""
    held = [pair for text in support.texts for pair in _firsts(canonical(text))]
    for first, then in _firsts(canonical(statement)):
        for before, after in held:
            if (first & after and not first & before) or (then & before and not then & after):
                return ("先后次序与依据不同",)
    return ()


def _firsts(text: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    return [
        (
            frozenset(m.key for m in read_sentence(found[1]).marks),
            frozenset(m.key for m in read_sentence(found[2]).marks),
        )
        for found in _FIRST.finditer(text)
    ]
