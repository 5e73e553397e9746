"""Text that a question presents as a clause: whether the clauses held print it.

An invented clause pasted into a question must not be taken for law. It is compared with the
nearest clauses by common triples of characters and by its figures.
"""

import re
from collections.abc import Callable, Iterable

from assistant.clauses.numerals import normalize, quantities

FORGED = "forged"  # the cause of refusing what no clause prints

_QUOTED = re.compile(
    r"「([^」]{10,600})」|“([^”]{10,600})”|『([^』]{10,600})』|\"([^\"\n]{10,600})\""
)
_ANNOUNCED = re.compile(
    r"(?:补充(?:规定|通知|条款|说明)|内部(?:文件|通知|规定|政策|口径)|红头文件|批示(?:原文)?|修订(?:版|稿|内容)?|修正案|"
    r"最新(?:规定|通知|文件|政策|公布|条文)?(?:的)?(?:条文|规定|内容|原文)?|新规|(?:条文|原文|全文|内容|规定|通知|公告)如下|第[一二三四五六七八九十百\d]+条(?:规定|写明|明确)?)"
    r"[^。：:\n]{0,6}[：:]\s*([^「“『\"\n]{10,600})"
)
_CLAIMS = re.compile(
    r"第[一二三四五六七八九十百\d]+[条款项]|规定|通知|文件|条文|条款|政策|公告|批示|原文|办法|红头|\d号|新规|公布"
)
_CHECKS = re.compile(
    r"(?:原文|正文|现行|实际|正式|真正)[^。？?，,]{0,8}(?:怎么|几|多少|什么|哪)|到底|究竟"
)
_SENTENCE = re.compile(r"[^。；;！!？?]+")
_ASKING = re.compile(
    r"请问|吗|什么|怎么|如何|多少|按(?:照)?(?:这|此|上)|依据这|根据这|凭这|我(?:能|可以|符合)"
)
_ENOUGH = 0.8  # share of a pasted text's triples that the clauses must hold


def pasted(question: str) -> tuple[str, ...]:
    """The texts that `question` presents as official; none where it asks what really is written."""
    rest = _QUOTED.sub(" ", question)
    quotes = [next(g for g in found.groups() if g) for found in _QUOTED.finditer(question)]
    if quotes:
        if not _CLAIMS.search(question) or _CHECKS.search(rest):
            return ()
        return tuple(quotes)
    found = _ANNOUNCED.search(question)
    if found is None:
        return ()
    told = [s for s in _SENTENCE.findall(found.group(1)) if len(s) > 5]
    statements = [_before_asking(s) for s in told]
    return tuple(s for s in statements if len(s) >= 8)


def unheld(question: str, near: Callable[[str], Iterable[str]]) -> str | None:
    """The first text presented as official that none of the clauses near it prints."""
    for text in pasted(question):
        if not stands_in(text, near(text)):
            return text
    return None


def stands_in(text: str, clauses: Iterable[str]) -> bool:
    """Whether one of `clauses`, or all of them as one text, holds `text` with its figures."""
    clauses = list(clauses)
    wanted = _triples(text)
    figures = _figures(text)
    if not wanted:
        return True
    return any(
        len(wanted & _triples(held)) >= _ENOUGH * len(wanted) and figures <= _figures(held)
        for held in [*clauses, "\n".join(clauses)]
    )


def _before_asking(sentence: str) -> str:
    """A sentence up to the clause of it that asks."""
    kept: list[str] = []
    for piece in re.split(r"(?<=[，,])", sentence):
        if _ASKING.search(piece):
            break
        kept.append(piece)
    return "".join(kept).strip("，, ")


def _triples(text: str) -> set[str]:
    bare = "".join(re.findall(r"[\u4e00-\u9fffa-z\d%]", normalize(text)))
    return {bare[i : i + 3] for i in range(len(bare) - 2)}


def _figures(text: str) -> set[tuple[str, str]]:
    return {(str(q.value.normalize()), q.unit) for q in quantities(text)}
