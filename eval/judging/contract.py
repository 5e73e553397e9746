"""What holds of every answer, whatever was asked; checked without the code that composes."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.schemas import Answer, Citation
from eval.judging.sources import Published
from eval.judging.validity import SAYS_SO, may_bind
from eval.model import squeeze

_MARKER = re.compile(r"\[(\d{1,2})\]")
_PRINTED = re.compile(r"「([^「」]+)」\[(\d{1,2})\]")
_CHANGES = re.compile(r"删\s*去|删\s*除|修\s*改\s*为|改\s*为")
_LABELS = {
    "draft": "征求意见稿",
    "expired": "已经失效",
    "superseded": "替代",
    "repealed": "废止",
    "amended": "删去",
    "not_yet_in_force": "没有施行",
    "interpretation": "解读",
}
AMENDING = frozenset({"jx-gbo-2024-19", "jx-gbo-2024-20"})
"""Documents whose sentences delete or replace text of other documents."""


def breaches(answer: Answer, published: Published) -> list[str]:
    """Everything the contract promises that `answer` breaks; empty for a sound answer."""
    found = [*_shape(answer), *_markers(answer)]
    for citation in answer.citations:
        found += (
            f"[{citation.marker}] {what}" for what in _of_citation(answer, citation, published)
        )
    return found


def _shape(answer: Answer) -> Iterator[str]:
    if not answer.text.strip():
        yield "答复没有文字"
    if answer.kind in {"answer", "verdict"} and not answer.citations:
        yield f"{answer.kind} 没有引文"
    if answer.kind == "verdict" and not answer.verdicts:
        yield "verdict 没有裁决"
    if answer.kind == "refuse" and answer.reason is None:
        yield "拒答没有理由"
    if answer.kind != "refuse" and answer.reason is not None:
        yield f"{answer.kind} 带着拒答理由 {answer.reason}"
    if answer.kind == "clarify" and not answer.questions:
        yield "clarify 没有问题"
    if not answer.jurisdiction or "total" not in answer.timings_ms:
        yield "缺少地点或计时"


def _markers(answer: Answer) -> Iterator[str]:
    own = [citation.marker for citation in answer.citations]
    if own != list(range(1, len(own) + 1)):
        yield f"引文编号不连续：{own}"
    bare = answer.text
    for citation in answer.citations:
        bare = bare.replace(citation.quote, "")
    shown = {int(marker) for marker in _MARKER.findall(bare)}
    if shown - set(own):
        yield f"正文的编号没有引文：{sorted(shown - set(own))}"
    stood_on = _markers_of_verdicts(answer)
    if stood_on - set(own):
        yield f"裁决的编号没有引文：{sorted(stood_on - set(own))}"
    if set(own) - shown - stood_on:
        yield f"引文没有出现在正文：{sorted(set(own) - shown - stood_on)}"
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    for printed, marker in _PRINTED.findall(answer.text):
        if printed not in quotes.get(int(marker), ""):
            yield f"正文印的不是引文 [{marker}]"


def _markers_of_verdicts(answer: Answer) -> set[int]:
    conditions = {c.marker for verdict in answer.verdicts for c in verdict.conditions}
    return conditions | {m.marker for verdict in answer.verdicts for m in verdict.materials}


def _of_citation(answer: Answer, citation: Citation, published: Published) -> Iterator[str]:
    quote = squeeze(citation.quote)
    if not quote:
        yield "引文是空的"
    if quote not in squeeze(published.text(citation.source.file)):
        yield "引文不在原文里"
    if squeeze(published.at(citation)) != quote:
        yield "字符位置取不出引文"
    if citation.document_id in AMENDING:
        if _CHANGES.search(published.rest_of_sentence(citation)):
            yield "修改文件的引文断在删去或修改为之前"
        if quote.count("“") != quote.count("”"):
            yield "修改文件的引文断在引号里"
    codes = {notice.code for notice in answer.notices}
    if citation.status != "in_force":
        told = SAYS_SO[citation.status] & codes or _LABELS[citation.status] in answer.text
        if not told:
            yield f"状态为 {citation.status} 而没有说明"
    else:
        if not may_bind(citation, answer.as_of):
            yield f"在 {answer.as_of} 并不有效，却标为现行有效"
        first, last = citation.effective_from, citation.effective_to
        if not (first or date.min) <= answer.as_of <= (last or date.max):
            yield f"标为现行有效，起止日期却不含 {answer.as_of}"
