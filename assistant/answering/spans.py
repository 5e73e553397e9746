"""Which sentences of a clause answer a question, and which figure in them is the answer."""

import re
from dataclasses import dataclass

from assistant.answering.relevance import Content, coverage
from assistant.clauses.model import Clause, EffectState, Notice
from assistant.clauses.numerals import Quantity, quantities

WHOLE_UP_TO = 320  # characters; a longer clause is quoted by its sentences
LONGEST = 420
_SENTENCE = re.compile(r"[^。\n]+(?:。[”）)]?|$)|\n")
_DUTY = re.compile(r"〔责任单位[^〕]*〕")
_AMOUNT_ASKED = {
    "个月": re.compile(
        r"几个月|多少个月|多久|多长时间|几年|多少年|满几|年限|期限|(?:缴费|登记|居住|参保|缴纳)的?(?:时间|期限)"
    ),
    "天": re.compile(r"几天|多少天|几日|多久|多长时间"),
    "周岁": re.compile(r"几岁|多大|多少岁|几周岁|年龄"),
    "元": re.compile(
        r"多少钱|几块|多少元|几元|金额|多少(?:奖|补)|(?:奖励|补助|补贴|划入|划|打|给)(?:最高)?多少|封顶多少"
    ),
    "家": re.compile(r"几家|多少家"),
    "件": re.compile(r"几件|多少件|几部"),
    "%": re.compile(r"百分之|比例|报(?:销)?多少|几成|多少个点|百分比|费率"),
}


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """A range of a clause's `text` to be quoted."""

    start: int
    end: int

    def of(self, clause: Clause) -> str:
        """The words themselves."""
        return clause.text[self.start : self.end]


def sentence_spans(clause: Clause) -> list[QuoteSpan]:
    """The sentences after number and heading."""
    return _sentences(clause.text, body_span(clause))


def body_span(clause: Clause) -> QuoteSpan:
    """What follows number and heading; all of it where nothing follows."""
    start = clause.heading_end
    while start < len(clause.text) and clause.text[start].isspace():
        start += 1
    if start >= len(clause.text):
        return QuoteSpan(0, len(clause.text))
    return QuoteSpan(start, len(clause.text))


def quote_span(
    clause: Clause, notice: Notice, content: Content, question: str = "", on: str = ""
) -> QuoteSpan:
    """The sentences of `clause` to quote: all of a short one, the telling ones of a long one.

    Where questions like this one are answered by the sentence with `on`, that one is quoted too.
    An amendment is quoted whole, so that no quotation ends before its 删去 or 修改为.
    """
    whole = body_span(clause)
    if any(a.clause_id == clause.clause_id for a in notice.amendments):
        return whole
    at = clause.text.find(on) if on else -1
    if at < 0 or _DUTY.match(clause.text, at) is None:
        whole = _without_duty(clause.text, whole)
    sentences = _sentences(clause.text, whole)
    fates = _fates(clause, notice)
    if fates:
        pieces = _cut(clause.text, sentences, fates)

        def worth(piece: QuoteSpan) -> tuple[float, int]:
            text = clause.text[piece.start : piece.end]
            figure = 0.2 if states_asked_figure(question, text) else 0.0
            return coverage(content, text) + figure, -piece.start

        return max(pieces, key=worth)
    if whole.end - whole.start <= WHOLE_UP_TO or len(sentences) <= 1:
        return whole
    held = [i for i, s in enumerate(sentences) if at >= 0 and s.start <= at < s.end]
    return _grow(clause.text, sentences, content, held[0] if held else None)


def pieces_of(clause: Clause, notice: Notice) -> list[QuoteSpan]:
    """The sentences of `clause`, cut where the validity changes; an amendment is one piece."""
    whole = body_span(clause)
    if any(a.clause_id == clause.clause_id for a in notice.amendments):
        return [whole]
    whole = _without_duty(clause.text, whole)
    return _cut(clause.text, _sentences(clause.text, whole), _fates(clause, notice))


def _fates(clause: Clause, notice: Notice) -> list[QuoteSpan]:
    """Spans that ended apart from the rest of the clause."""
    found = []
    for effect in notice.effects:
        ended = effect.state is not EffectState.DOUBTFUL
        if ended and effect.clause_id == clause.clause_id and effect.quote:
            at = clause.text.find(effect.quote)
            found.append(QuoteSpan(at, at + len(effect.quote)))
    return sorted(set(found), key=lambda span: span.start)


def _cut(text: str, sentences: list[QuoteSpan], fates: list[QuoteSpan]) -> list[QuoteSpan]:
    """Sentences, cut where a span of other validity begins or ends: no quotation mixes them."""
    pieces = list(fates)
    for sentence in sentences:
        position = sentence.start
        inside = [f for f in fates if f.start < sentence.end and sentence.start < f.end]
        for fate in inside:
            pieces.append(QuoteSpan(position, max(position, fate.start)))
            position = fate.end
        pieces.append(QuoteSpan(position, max(position, sentence.end)))
    trimmed = [_trim_punctuation(text, piece) for piece in pieces]
    return sorted({p for p in trimmed if p.end - p.start > 1}, key=lambda piece: piece.start)


def _trim_punctuation(text: str, span: QuoteSpan) -> QuoteSpan:
    start = span.start
    while start < span.end and (text[start].isspace() or text[start] in "，,；;。、"):
        start += 1
    return QuoteSpan(start, span.end)


def _without_duty(text: str, span: QuoteSpan) -> QuoteSpan:
    found = _DUTY.search(text, span.start, span.end)
    if found and found.end() == span.end and found.start() > span.start:
        return QuoteSpan(span.start, found.start())
    return span


def _sentences(text: str, span: QuoteSpan) -> list[QuoteSpan]:
    out = []
    for found in _SENTENCE.finditer(text, span.start, span.end):
        start, end = found.span()
        while start < end and text[start].isspace():
            start += 1
        if text[start:end].strip():
            out.append(QuoteSpan(start, min(end, span.end)))
    return out


def _grow(
    text: str, sentences: list[QuoteSpan], content: Content, best: int | None = None
) -> QuoteSpan:
    """The best sentence, with neighbours that cover more of the question."""
    if best is None:
        scores = [coverage(content, text[s.start : s.end]) for s in sentences]
        best = max(range(len(sentences)), key=lambda i: (scores[i], -i))
    low = high = best
    while True:
        now = coverage(content, text[sentences[low].start : sentences[high].end])
        options = []
        if low > 0:
            options.append((low - 1, high))
        if high + 1 < len(sentences):
            options.append((low, high + 1))
        gains = [
            (coverage(content, text[sentences[a].start : sentences[b].end]) - now, a, b)
            for a, b in options
            if sentences[b].end - sentences[a].start <= LONGEST
        ]
        if not gains or max(gains)[0] < 0.08:
            return QuoteSpan(sentences[low].start, sentences[high].end)
        _, low, high = max(gains)


def states_asked_figure(question: str, quote: str) -> bool | None:
    """Whether the quote has a figure of the kind asked for; None where none is asked for."""
    asked = {unit for unit, pattern in _AMOUNT_ASKED.items() if pattern.search(question)}
    return None if not asked else any(q.unit in asked for q in quantities(quote))


def answer_figure(question: str, quote: str) -> str | None:
    """The one figure in `quote` of the kind the question asks for; None where there are several."""
    for unit, asked in _AMOUNT_ASKED.items():
        if not asked.search(question):
            continue
        found = [q for q in quantities(quote) if _unit_of(q) == unit]
        if len({q.value for q in found}) == 1:
            return _with_lead(quote, found[0])
    return None


def _unit_of(quantity: Quantity) -> str:
    """The unit as it is asked for: who asks for 元 is answered by 元/月 too."""
    return quantity.unit.split("/")[0]


def _with_lead(quote: str, quantity: Quantity) -> str:
    before = re.search(
        r"(?:连续)?(?:满|达|不超过|最高不超过|不低于|不少于|年满)\s*$", quote[: quantity.start]
    )
    start = before.start() if before else quantity.start
    after = re.match(
        r"\s*(?:及?以上|及?以下|以内|\(含\)以上|（含）以上|/月标准|/月|内)", quote[quantity.end :]
    )
    return quote[start : quantity.end + (after.end() if after else 0)].strip()
