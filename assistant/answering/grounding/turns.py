"""Small words that turn a sentence: before and after, inside and outside, each month, may and must.

They stand in no table of terms and hide among particles, so each kind is held to the text by itself:
a wording may use one where the text does, or where what the text says means as much.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.grounding.marks import read_sentence, read_text, split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical, pairs_of

_BEFORE = r"(?:之前|以前|前)(?!提(?![交出请供])|[款项述者往来一两几后面期条景列台端去言])(?<!目前)(?<!先前)(?<!此前)(?<!当前)(?<!提前)"


_AFTER = r"(?:之后|以后|过后|后)(?![者续面果勤代来选])(?<!今后)(?<!此后)(?<!随后)(?<!然后)(?<!最后)(?<!往后)"


_FORMERLY = re.compile(
    r"(?:以前|之前)的?(?=政策|规定|办法|标准|是|按|要|为|对|由|那|比)|^(?:以前|之前)|[改变调][整动]?之?前|修改以?之?前"
)


@dataclass(frozen=True, slots=True)
class _Turn:
    """A kind of small word, and what in a text allows a wording to use it."""

    said: re.Pattern[str]
    held: re.Pattern[str]


_TURNS = (
    _Turn(
        re.compile(r"(?:(?<!此)之外|以外|范围外|区域外|城市群外|[省市县境区]外)(?!地|省|的?政策)"),
        re.compile("外(?!包|贸|地|国|籍|伤)"),
    ),
    _Turn(
        re.compile(r"(?<!不)可以?(?![靠见能选看理说视谓知拨致咨参查])|能够|允许|准许|有权|准予"),
        re.compile(
            r"可|允许|准予|能|有权|放宽|放开|取消|享受|不受|自愿|申请|电话|另有|不作为|直接支付|联系"
        ),
    ),
    _Turn(
        re.compile(r"必须|务必|应当|应该|一定要|有义务|强制"),
        re.compile(r"应|须|必|要|不得|严格|严禁|需|按|提供|由|负责|凭|满"),
    ),
    _Turn(re.compile(r"每[日天]|按[日天]|逐日"), re.compile(r"每[日天]|按[日天]|/[日天]")),
    _Turn(re.compile(r"每个?星期|每周|按周"), re.compile(r"每周|按周")),
    _Turn(re.compile(r"每个?月|按月|月度|逐月"), re.compile(r"月")),
    _Turn(re.compile(r"每个?季|按季|季度"), re.compile(r"季")),
    _Turn(re.compile(r"每个?年|按年|年度|逐年"), re.compile(r"年")),
    _Turn(re.compile(r"之月|当月"), re.compile(r"之月|当月")),
    _Turn(re.compile(r"之日|当[日天]"), re.compile(r"[日天]")),
    _Turn(re.compile(r"之年"), re.compile(r"之年")),
    _Turn(
        re.compile(r"分别(?=收|办|管|申|缴|落|核|征|计)|分开|单独(?=收|办|申|缴|落|征)"),
        re.compile(r"分别|单独|分开"),
    ),
    _Turn(re.compile(r"合并(?=收|建|核|管|办|申)|混合"), re.compile(r"合并|一并|统一")),
    _Turn(
        re.compile(r"最(?![高低多少大小后终先前早晚迟末近主首好]|长三角)|最[早晚小大](?!化)"),
        re.compile("最(?![高低])"),
    ),
)


_PLANNED = re.compile("[底日]前")
_DONE = re.compile(r"已经?(?!成年|婚|满|[在有退办])")


def turn_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """每日划入, of a text that says 每月; 可以强化, of one that allows nothing."""
    text = canonical(statement)
    carried = "\n".join(map(canonical, (*support.texts, *support.facts)))
    if _PLANNED.search(carried) and "已" not in carried and (found := _DONE.search(text)):
        return (f"依据中没有「{found[0]}」",)
    reasons = [
        f"依据中没有「{found[0]}」"
        for turn in _TURNS
        if (found := turn.said.search(text)) and not turn.held.search(carried)
    ]
    return tuple(reasons)


_HOST = r"(?P<host>[\u3400-\u9fff0-9]{2})(?:之|以|的)?"


def side_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """整改完毕前, of a text that says 整改完毕后: which side of an event or place is meant."""
    text = _FORMERLY.sub("", canonical(statement))
    carried = "\n".join(map(canonical, support.texts))
    reasons: list[str] = []
    for said, opposite in _SIDES:
        own, other = _hosts(said, carried), _hosts(opposite, carried)
        for host, word in _found(said, text):
            if host in other and host not in own:
                reasons.append(f"依据中「{host}」之后不是「{word}」")
    if not reasons and (found := re.search(_BEFORE, text)) and not _comes_before(text, carried):
        reasons.append(f"依据中没有「{found[0]}」")
    return tuple(dict.fromkeys(reasons))


_INSIDE = r"(?:范围|区域|城市群)?(?:之内|以内|内)(?!部|容)"


_OUTSIDE = r"(?:范围|区域|城市群)?(?:之外|以外|外)(?!包|贸|地)"


_SIDES = tuple(
    (re.compile(_HOST + f"(?P<word>{one})"), re.compile(_HOST + f"(?P<word>{other})"))
    for one, other in (
        (_BEFORE, _AFTER),
        (_AFTER, _BEFORE),
        (_INSIDE, _OUTSIDE),
        (_OUTSIDE, _INSIDE),
        ("起(?!草|诉)", "止"),
        ("止", "起(?!草|诉)"),
    )
)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    for found in pattern.finditer(text):
        yield found["host"], found["word"]


def _hosts(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(host for host, _ in _found(pattern, text))


_FIRST_DO = re.compile(rf"{_BEFORE}[,]?[^,。;]{{0,10}}?(?:须|需|要|应|先|得|必)")


def _comes_before(text: str, carried: str) -> bool:
    """Whether the text has something before something, or has what must be done first."""
    if re.search(_BEFORE, carried):
        return True
    return bool(_FIRST_DO.search(text)) and bool(
        re.search("后|经(?![济营办费])|征得|先|已", carried)
    )


_GOALS = frozenset({"落户", "投靠", "迁入", "申领", "转户籍", "退出", "享受", "合并计算"})


def afterwards_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """落户后须连续参保, of a text in which 落户 is what comes of it: an end told as a beginning."""
    held = [s for t in support.texts for s in read_text(t)]
    reasons = []
    for sentence in map(read_sentence, split_sentences(canonical(statement))):
        for mark in sentence.marks:
            if mark.key not in _GOALS or not _THEN.match(sentence.text, mark.end):
                continue
            beside = [(s, m) for s in held for m in s.marks if m.key == mark.key]
            if beside and not any(
                re.search("后|起|前", s.text[m.end : m.end + 6])
                or re.search("已|先", s.text[max(0, m.start - 4) : m.end])
                for s, m in beside
            ):
                reasons.append(f"依据中「{mark.key}」不在先")
    return tuple(dict.fromkeys(reasons))


_THEN = re.compile("(?:之|以)?后(?!续|面|果)|满")


_DURING = re.compile(r"(?P<frame>[\u3400-\u9fff]{2}期间)的?,?(?P<rest>[^。;]{4,})")


def during_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """整改期间提出验收, of a text in which something else is done 整改期间."""
    sentences = [s for t in support.texts for s in re.split("[。;]", canonical(t))]
    reasons = []
    for found in _DURING.finditer(canonical(statement)):
        rest = pairs_of(found["rest"])
        framed = [len(rest & pairs_of(s)) for s in sentences if found["frame"] in s]
        most = max((len(rest & pairs_of(s)) for s in sentences), default=0)
        if framed and 2 * max(framed) < most:
            reasons.append(f"依据中不是「{found['frame']}」")
    return tuple(reasons)
