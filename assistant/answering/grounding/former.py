"""What an amendment takes away, and the days from which a text holds."""

import re

from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical

_FORMER = re.compile(
    r"[“]([^”]+)[”](?:修改为|改为|调整为)[“]|[“]([^”]+)[”](?:的内容)?(?:删去|删除|废止)"
)
_GONE = re.compile(
    r"删|取消|废止|不再|没有了|停止|原来|原先|以前|此前|曾|原规定|(?<![照依仍])旧|作废|改为|修改|不能再"
)


def former_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """What an amendment takes away, told in its very words as if it still held."""
    text = canonical(statement)
    if _GONE.search(text):
        return ()
    for held in map(canonical, support.texts):
        for found in _FORMER.finditer(held):
            old = found[1] or found[2]
            rest = held.replace(old, "")
            own = [text[i : i + 4] for i in range(len(text) - 3) if text[i : i + 4] in old]
            if found[2] or any(piece not in rest for piece in own):
                return ("依据说的是删去或修改前的文字",) if own else ()
    return ()


_EVENT_DAY = re.compile(
    r"(?P<event>印发|发布|公布|签发|成文|下发|发文|出台|通过|批准|退休|补办|签注|办理)"
    r"[\u3400-\u9fff]{0,4}?(?P<day>之日|当日|当天|那天|次日|当月|次月|下个?月|第二天)"
)
_SAME_DAY = {
    "当日": "之日",
    "当天": "之日",
    "那天": "之日",
    "第二天": "次日",
    "下月": "次月",
    "下个月": "次月",
}


def event_day_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """自印发之日起施行, of a text that names a day of its own."""
    carried = [_days(canonical(text)) for text in support.texts]
    held = {day for days in carried for day in days}
    return tuple(
        f"依据中没有「{event}{day}」"
        for event, day in sorted(_days(canonical(statement)))
        if day not in {d for _, d in held}
        or (event in {"印发", "发布", "公布", "签发"} and (event, day) not in held)
    )


def _days(text: str) -> set[tuple[str, str]]:
    return {(f["event"], _SAME_DAY.get(f["day"], f["day"])) for f in _EVENT_DAY.finditer(text)}
