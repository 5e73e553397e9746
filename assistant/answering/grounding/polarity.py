"""What 不, 没有, 取消 and 可以, 应当 say of the terms and numbers beside them."""

import itertools
import re
from dataclasses import replace

from assistant.answering.grounding.figures import DOWN_BEFORE, UP_BEFORE
from assistant.answering.grounding.mark import MAY, MUST, Mark
from assistant.answering.grounding.vocabulary import ACTION

_NOT_NEGATIVE = (
    "不动产|不管|不论|无论|不仅|不但|不只|不光|不过|不一致|不一样|不同|有没有|是不是|能不能|要不要"
    "|可不可以|不然|不断|未来|非常|不变|不清楚|不需要另外|没关系|不冲突|不相同|出入|非公|不足部分|不足的部分|无障碍|不妨|还不够|不够"
)
_NEGATIVE = (
    "不得|不能够?|不可以|不可|不允许|不准|不许|不予|不需要?|不须|不必|不用|不要求?|不看|不再|不作|不做|不包括|不含"
    "|不算|不受|不是|不属于|不会|不在|不给|不带|不限|用不着|没法|无法|无需|无须|不肯|不愿|拒不|拒绝|取消|免去|免除"
    "|严禁|禁止|除外|排除|除(?!了|非|上|夕)|未经|尚未|没有|没|未|无|非|免|不"
)
_POSITIVE = "就可以|就能|可以|允许|能够|应当|必须|务必|一定要|只要|须|应(?!用|届)|才|则|但|而(?!且)|要(?!求|闻)|可(?!能|靠|选|视)|能(?!力|级)|准予|有权|改为|改成|放宽|只|作为|当作|当成"
_POLARITY = re.compile(f"(?P<mask>{_NOT_NEGATIVE})|(?P<no>{_NEGATIVE})|(?P<yes>{_POSITIVE})")
_MODAL = re.compile(
    "(?P<must>必须|务必|应当|应该|应(?!用|届)|须|一定要|强制|一律要|非得|有义务)"
    "|(?P<may>可以|允许|能够|准予|有权|可(?!能|靠|选|视)|能(?!力|级|不能))"
)
_DOUBLE = re.compile(  # 没有居住证不行: what is denied twice is required
    r"(?:没有?|不|未|无|缺|少了?)[^,。;]{1,20}?(?:就|也|都|是|的)(?:不行|不能|不可以|办不了|没法|无法|不给办|不成)"
)
_SCOPE_END = re.compile(r"[,;:。!?()]")
_OUTSIDE = re.compile("[城区的_]{0,4}(?:以外|之外)")
_NO_CONDITION = re.compile(
    r"(?:不(?:是|算|作为|属于|构成)|不[得能可]以?(?:作为|当作?|成为|列为|构成))[^,。;]*(?:条件|前提|依据|门槛)"
)
_DENIES_TOPIC = re.compile("(?:[都均也]|一律|同样)+(?:不得|不能|不可|不准|不许|不允许)|不得以")
_LACKING = frozenset({"没有", "没", "无", "未", "尚未", "非", "未经"})


def denies(text: str) -> bool:
    """Whether canonical text holds any denial at all."""
    return any(match["no"] is not None for match in _POLARITY.finditer(text))


def with_polarity(text: str, marks: list[Mark]) -> list[Mark]:
    """Marks with what 不, 没有, 取消 and 可以, 应当 before (or at the end after) them say."""
    masked = _masked(text, marks)
    bounds = [-1, *(match.start() for match in _SCOPE_END.finditer(text)), len(text)]
    done: list[Mark] = []
    topic = (0, 0)
    for left, right in itertools.pairwise(bounds):
        inside = [m for m in marks if left < m.start < right]
        if _DENIES_TOPIC.match(masked, left + 1) and not _says(masked, *topic):
            done = [replace(m, negative=True) if topic[0] <= m.start else m for m in done]
        done += _piece_polarity(masked, left + 1, right, inside)
        topic = (left + 1, right)
    return done


def _says(masked: str, left: int, right: int) -> bool:
    """Whether a piece is more than a topic: it denies or allows, or names whom what follows befalls."""
    return _POLARITY.search(masked, left, right) is not None or masked[left:right].endswith(
        ("的", "者", "时", "后", "人", "人员")
    )


def _masked(text: str, marks: list[Mark]) -> str:
    """`text` with terms and comparisons blanked, so that their own 不 and 未 deny nothing."""
    chars = list(text)
    spans = [(m.start, m.end) for m in marks]
    for mark in marks:
        if mark.is_number:
            before = text[max(0, mark.start - 8) : mark.start]
            offset = mark.start - len(before)
            found = (DOWN_BEFORE.search(before), UP_BEFORE.search(before))
            spans += [(offset + match.start(), mark.start) for match in found if match]
    for start, end in spans:
        chars[start:end] = "_" * (end - start)
    return "".join(chars)


def _piece_polarity(masked: str, left: int, right: int, marks: list[Mark]) -> list[Mark]:
    events = [m for m in _POLARITY.finditer(masked, left, right) if m["mask"] is None]
    if no := _NO_CONDITION.search(masked, left, right):
        return [replace(mark, negative=mark.end <= no.start()) for mark in marks]
    if _DOUBLE.search(masked, left, right):
        events = [m for m in events if m["no"] is None]
    modals = list(_MODAL.finditer(masked, left, right))
    result: list[Mark] = []
    for mark in marks:
        before = [event for event in events if event.start() < mark.start]
        denied = before[-1] if before and before[-1]["no"] is not None else None
        outside = _OUTSIDE.match(masked, mark.end, right) is not None
        modal = ""
        if mark.category == ACTION:
            said = [m for m in modals if m.start() < mark.start]
            modal = "" if not said else MUST if said[-1]["must"] else MAY
        result.append(
            replace(
                mark,
                negative=outside or (denied is not None and not _ends_before(denied, mark, masked)),
                excepted=outside or (denied is not None and denied[0].startswith("除")),
                modal=modal,
            )
        )
    return _with_final_negation(events, result, right)


def _ends_before(denied: re.Match[str], mark: Mark, masked: str) -> bool:
    """没有住所的家庭成员: 没有 denies the 住所, not the one who has none."""
    if denied[0] not in _LACKING:
        return False
    between = masked[denied.end() : mark.start]
    return "_" in between and "的" in between[between.index("_") :]


def _with_final_negation(events: list[re.Match[str]], marks: list[Mark], right: int) -> list[Mark]:
    """居住证不用带, 投资创业的除外: a denial with nothing after it denies what stands before."""
    if not events or not marks or events[-1]["no"] is None or events[-1][0] == "除":
        return marks
    last = events[-1]
    if any(mark.start > last.start() for mark in marks) or right - last.end() > 4:
        return marks
    since = max((e.start() for e in events[:-1] if e["yes"] is not None), default=-1)
    return [
        replace(mark, negative=True, excepted=last[0].startswith("除"))
        if since < mark.start < last.start()
        else mark
        for mark in marks
    ]
