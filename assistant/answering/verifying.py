"""What becomes of words presented as official: printed, changed, of a text not in force, or nowhere.

A clause is quoted by those who hold its very words, so these are compared character by character
with the clauses nearest to them, in force and not. What is only reported is weighed as a question
would be: a clause that answers it holds the gist of it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from assistant.answering.askbook import AskBook
from assistant.answering.bearing import bears
from assistant.answering.comparing import Comparison, Difference, compare, triples
from assistant.answering.matters import MatterReader
from assistant.answering.picking import Picker
from assistant.answering.presented import Pasted, Presentation, presentation_of
from assistant.answering.question import Question, names_draft
from assistant.answering.reply import name_of
from assistant.answering.spans import QuoteSpan, body_span
from assistant.clauses import Clause, DocumentKind, Place
from assistant.clauses.numerals import Quantity, quantities
from assistant.retrieval import Searcher
from assistant.retrieval.address.spelling import letters, pairs

_NEAR = 8  # clauses of each kind that pasted words are compared with
_ALIGNED = 4  # of these, by common triples, that are laid beside them
_SURE_OF_REPORT = 0.75  # share of reported words that a clause must print to be quoted by them
_IN_FORCE_TOO = 0.1  # by how much less a text in force may print and still be the one meant
_BY_TITLE = 0.05  # what a title that the message says in full is worth beside that
_DOUBTFUL = 0.5  # share of a report covered, by the likelihood that the clause bears on it
_GROUNDLESS = 0.3  # the same, below which nothing on the matter is told beside
_A_SUM = 50  # from which a figure without a unit is one of money
_ORDER = {"printed": 2, "altered": 1, "unheld": 0}
_ADDRESS = re.compile(
    r"^\s*(?:[一-鿿]{0,14}[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号|\d+号文?件?)?\s*"
    r"(?:第?[一二三四五六七八九十百\d]+(?:部分|大?条|款|项|点|章)|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)*[：:、\s]*"
)
_BARE_ORDINAL = re.compile(
    r"(号文?件?|办法|通知|》)\s*((?<!第)[一二三四五六七八九十百]{1,4}(?:条|部分|章))"
)
_NUMBERED = re.compile(r"(\d+号)(?=办法|通知|规定)")
_PLACED = re.compile(r"第?\s*[一二三四五六七八九十百\d]+\s*(?:部分|条|款|项|点|章)")
_SENTENCE = re.compile(r"[^。；;！!\n]+")
_LEAST = 8  # characters of a sentence that is compared by itself
_OUT_OF_FORCE = re.compile(r"解读|稿|草案|试点|金华|20(?:14|20)|28号|[旧老](?:文件|政策|规定|办法)")
_FORMER = re.compile("原来|以前|从前|过去|原先|旧|改成|取消|还不|没有|不再")
"""A report of what was, or is no more: what is in force need not hold it."""


@dataclass(frozen=True, slots=True)
class HeldWords:
    """The clause that prints words presented, as they are or otherwise."""

    comparison: Comparison
    clause: Clause
    span: QuoteSpan  # whole sentences


@dataclass(frozen=True, slots=True)
class Presented:
    """Words presented as official, and how they stand to the texts held."""

    presentation: Presentation | None
    held: HeldWords | None = None
    missing: str = ""  # that a notice has no such place, as a sentence
    groundless: bool = True  # nothing held even comes near
    in_gist: bool = False  # only reported, and a clause in force holds as much


class Verifier:
    """Holds what a message presents against one build of the index."""

    def __init__(
        self,
        searcher: Searcher,
        matters: MatterReader,
        asks: AskBook,
        home: Place,
        read: Callable[[str], Question],
    ) -> None:
        self._searcher = searcher
        self._matters = matters
        self._asks = asks
        self._home = home
        self._read = read

    def verify(self, message: str, today: date) -> Presented | None:
        """How what `message` presents stands; None where it presents nothing."""
        presentation = presentation_of(message)
        placed = _PLACED.search(message) is not None
        if presentation is None and not placed:
            return None
        named, missing = self._named(message, today) if placed or presentation else ((), "")
        if presentation is None:
            return Presented(None, missing=missing) if missing else None
        for pasted in presentation.pasted:
            found = self._held(pasted, message, named, today)
            if found is not None:
                return Presented(presentation, found, missing)
        first = presentation.pasted[0]
        if first.strict:
            vouched = first.vouched or missing
            return Presented(presentation, missing=missing) if vouched else None
        doubt = self._doubt(first.text, anywhere=_OUT_OF_FORCE.search(message) is not None)
        if not missing and (doubt is None or _FORMER.search(first.text)):
            return Presented(presentation, groundless=False, in_gist=True)
        return Presented(
            presentation,
            missing=missing,
            groundless=bool(missing) or (doubt is not None and doubt < _GROUNDLESS),
        )

    def _named(self, message: str, today: date) -> tuple[tuple[str, ...], str]:
        """The notices that a message names, and that none of them has the place named, if so."""
        text = _NUMBERED.sub(r"\1文", _BARE_ORDINAL.sub(r"\1第\2", message))
        hits = self._searcher.lookup(text, as_of=today, place=self._home)
        if not any(h.exact for h in hits) and not re.search(r"号|《|办法|通知", message):
            return (), ""
        ids = tuple(dict.fromkeys(h.notice_id for h in hits))
        lost = next((h for h in hits if h.missing), None)
        if lost is None or any(h.clause_id for h in hits):
            return ids, ""
        notice = self._searcher.view.notice(lost.notice_id)
        return ids, f"{name_of(notice)}里没有「{lost.missing}」。"

    def _held(
        self, pasted: Pasted, message: str, named: Sequence[str], today: date
    ) -> HeldWords | None:
        """The clause that prints the words, as they are or with a difference."""
        said = _ADDRESS.sub("", pasted.text, count=1)
        clauses = list(self._near(said, named, today))
        wanted = triples(said)
        if not wanted:
            return None
        shares = {c.clause_id: len(wanted & triples(c.text)) / len(wanted) for c in clauses}
        nearest = sorted(clauses, key=lambda c: -shares[c.clause_id])[:_ALIGNED]
        tried = [(_compared(said, c.text), c) for c in nearest]
        least = 0.0 if pasted.strict else _SURE_OF_REPORT
        tried = [(c, k) for c, k in tried if c.standing != "unheld" and c.share >= least]
        if not pasted.strict:
            tried = [(_as_reported(c), k) for c, k in tried]
        if not tried:
            return None
        tried = [(c, k) for c, k in tried if c.end > k.heading_end] or tried
        comparison, clause = max(tried, key=lambda t: self._worth(t[0], t[1], message, named))
        return HeldWords(comparison, clause, _sentences(clause, comparison))

    def _worth(
        self, comparison: Comparison, clause: Clause, message: str, named: Sequence[str]
    ) -> tuple[int, float]:
        notice = self._searcher.view.notice(clause.notice_id)
        draft = notice.kind is DocumentKind.CONSULTATION_DRAFT
        share = comparison.share + _IN_FORCE_TOO * notice.binds
        title = pairs(letters(notice.title))
        share += _BY_TITLE * len(title & pairs(letters(message))) / max(1, len(title))
        if draft and names_draft(message):
            share += 2 * _IN_FORCE_TOO
        return _ORDER[comparison.standing], share + _IN_FORCE_TOO * (clause.notice_id in named)

    def _near(self, said: str, named: Sequence[str], today: date) -> Iterator[Clause]:
        seen = set()
        passes: list[tuple[bool, frozenset[str] | None]] = [(True, None), (False, None)]
        if named:
            passes += [(True, frozenset(named)), (False, frozenset(named))]
        for binding, ids in passes:
            for hit in self._searcher.search(
                said,
                as_of=today,
                place=self._home,
                limit=_NEAR,
                binding=binding,
                notice_ids=ids,
            ):
                if hit.clause_id not in seen:
                    seen.add(hit.clause_id)
                    yield self._searcher.view.clause(hit.clause_id)

    def _doubt(self, report: str, *, anywhere: bool) -> float | None:
        """How little of a report the likeliest clause holds; None where it holds enough."""
        read = partial(self._matters.read, searcher=self._searcher)
        question = self._read(report)
        picker = Picker(
            question,
            read(report),
            self._searcher,
            topic=None,
            case=None,
            read=read,
            asks=self._asks,
        )
        picks = picker.search(None if anywhere else True)
        if not picks:
            return 0.0
        held = picks[0].cover * bears(picker, picks[0])
        if held < _DOUBTFUL:
            return held
        printed = [q for pick in picks[:_NEAR] for q in quantities(pick.clause.text)]
        told = [q for q in quantities(report) if q.unit or q.value >= _A_SUM]
        return None if all(any(_same(q, p) for p in printed) for q in told) else _DOUBTFUL


def _same(told: Quantity, printed: Quantity) -> bool:
    """每月四百 of 四百元/月: the unit may be left out."""
    units = told.unit.partition("/")[0], printed.unit.partition("/")[0]
    return told.value == printed.value and (not told.unit or units[0] == units[1])


def _as_reported(comparison: Comparison) -> Comparison:
    """The same for words that were reported: who reports leaves out, and that alters nothing."""
    told = tuple(d for d in comparison.differences if d.said)
    return replace(comparison, standing="altered" if told else "printed", differences=told)


def _compared(said: str, text: str) -> Comparison:
    """`said` laid beside `text`; of several sentences some may be printed and others not."""
    whole = compare(said, text)
    sentences = [s for s in _SENTENCE.findall(said) if len(s.strip()) >= _LEAST]
    if whole.standing != "unheld" or len(sentences) < 2:
        return whole
    each = [(compare(s, text), s.strip()) for s in sentences]
    held = [c for c, _ in each if c.standing != "unheld"]
    if not held:
        return whole
    put_in = tuple(Difference(s, "") for c, s in each if c.standing == "unheld")
    changed = tuple(d for c in held for d in c.differences)
    return Comparison(
        "altered",
        sum(len(s) for c, s in each if c.standing != "unheld") / sum(len(s) for _, s in each),
        changed + put_in,
        min(c.start for c in held),
        max(c.end for c in held),
    )


def _sentences(clause: Clause, comparison: Comparison) -> QuoteSpan:
    """The whole sentences of a clause that print what was compared."""
    start, end = comparison.start, comparison.end
    whole = body_span(clause)
    if end <= whole.start:
        return whole
    stops = [m.end() for m in re.finditer(r"[。\n]", clause.text)]
    first = max([s for s in stops if s <= start] + [whole.start])
    last = min([s for s in stops if s >= end] + [len(clause.text)])
    while first < last and clause.text[first].isspace():
        first += 1
    while last > first and clause.text[last - 1].isspace():
        last -= 1
    return QuoteSpan(first, last)
