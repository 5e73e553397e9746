"""The gate: what somebody else worded is shown only as far as the clauses it names carry it.

A statement comes with the ids of the clauses that it rests on, and is held to those alone. It is
accepted as it stands, or replaced by the quotation beside it (it leaves out a condition), or
dropped. Nothing here trusts a model: it may be the author of an answer's wording, never of a
quotation, a marker, a validity or a verdict.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from assistant.answering.contacts import Contact
from assistant.answering.evidence import COURTESIES, evidence
from assistant.answering.grounding import (
    Support,
    Terms,
    foreign_reasons,
    still_reasons,
    without_opening,
    wording_reasons,
)
from assistant.answering.reply import Reply
from assistant.answering.spans import sentence_spans
from assistant.clauses import Clause
from assistant.schemas import STATUS_NAMES, Citation

Fate = Literal["accepted", "replaced", "dropped"]

_HOLDS = frozenset({"in_force", "interpretation"})
_OF_THE_DAY = re.compile("按[^，]*有效的规定")
_CALLS = re.compile(r"咨询|拨打|热线|致电|联系(?:电话|方式)|电话(?:号码)?(?:是|为|:|：)|\d{7}")
_NUMBER = re.compile(r"\d{7,8}")  # of a telephone, without its area
_LONGEST = 240  # characters of one statement
_SHORTEST = 4
_END = re.compile(r"[。！!；;，,、\s]+$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that somebody worded, and the clauses that they say it rests on."""

    text: str
    clause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a statement; `line` is what is printed, empty unless it was accepted."""

    fate: Fate
    line: str = ""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """One cited clause as a statement may rest on it."""

    citation: Citation
    text: str  # the quotation, then what else of the clause stands as the quotation does
    support: Support


class Gate:
    """Judges statements against the citations of one reply."""

    def __init__(
        self,
        reply: Reply,
        contacts: Iterable[Contact] = (),
        terms: Terms | None = None,
        *,
        other_day: bool = False,
    ) -> None:
        known = tuple(contacts)
        self._terms = terms
        self._other_day = other_day
        self._said: set[str] = set()
        self.bases: tuple[Basis, ...] = tuple(
            _basis(reply, citation, known) for citation in reply.citations
        )
        self._by_clause: Mapping[str, tuple[Basis, ...]] = {
            clause_id: tuple(b for b in self.bases if b.citation.clause_id == clause_id)
            for clause_id in {b.citation.clause_id for b in self.bases}
        }

    def judge(self, statement: Statement) -> Judged:
        """Whether a statement may be printed, and how."""
        text = _END.sub("", statement.text.strip())
        if not _SHORTEST <= len(text) <= _LONGEST:
            return Judged("dropped", reasons=("长短不像一句话",))
        ids = tuple(dict.fromkeys(statement.clause_ids))
        if not ids or any(clause_id not in self._by_clause for clause_id in ids):
            return Judged("dropped", reasons=("没有写明依据，或依据不在所给条款中",))
        if text in self._said:
            return Judged("dropped", reasons=("重复",))
        bases, supports = self._named(ids), self.supports(ids)
        whole = supports[-1]
        if reasons := foreign_reasons(without_opening(text), whole):
            return Judged("dropped", reasons=reasons)
        past = self._other_day or any(b.citation.status not in _HOLDS for b in bases)
        if past and (reasons := still_reasons(text)):
            return Judged("dropped", reasons=reasons)
        carrying = self._carrying(text, bases, supports)
        if carrying:
            self._said.add(text)
            return Judged("accepted", _line(text, [basis.citation for basis in carrying]))
        reasons = self._reasons(text, whole)
        if not self._reasons(text, whole, complete=False):
            return Judged("replaced", reasons=reasons)
        return Judged("dropped", reasons=reasons)

    def supports(self, clause_ids: Iterable[str]) -> tuple[Support, ...]:
        """What a statement that names these clauses may rest on: each alone, then all together."""
        bases = self._named(clause_ids)
        alone = tuple(basis.support for basis in bases)
        return (*alone, _joined(bases)) if len(bases) > 1 else alone

    def _named(self, clause_ids: Iterable[str]) -> list[Basis]:
        return [basis for one in clause_ids for basis in self._by_clause.get(one, ())]

    def _carrying(
        self, text: str, bases: Sequence[Basis], supports: Sequence[Support]
    ) -> tuple[Basis, ...]:
        """The fewest of the named clauses that carry the statement: one of them, or all."""
        for basis, support in zip(bases, supports, strict=False):
            if not self._reasons(text, support):
                return (basis,)
        if len(bases) > 1 and not self._reasons(text, supports[-1]):
            return tuple(bases)
        return ()

    def _reasons(self, text: str, support: Support, *, complete: bool = True) -> tuple[str, ...]:
        """Why a support does not carry a wording."""
        own = {number for held in support.texts for number in _NUMBER.findall(held)}
        if own:  # a clause that prints a number is held to it
            contacts = (c for c in support.contacts if own & set(_NUMBER.findall(c)))
            support = replace(support, contacts=tuple(contacts))
        if not _CALLS.search(text):
            support = replace(support, contacts=())
        return wording_reasons(text, support, self._terms, complete=complete)


def statement_of(raw: Mapping[str, Any]) -> Statement | None:
    """A statement from a model's JSON object; None where it is not one."""
    text, ids = raw.get("text"), raw.get("clause_ids")
    if isinstance(ids, str):
        ids = [ids]
    if not isinstance(text, str) or not isinstance(ids, list):
        return None
    if not all(isinstance(clause_id, str) for clause_id in ids):
        return None
    return Statement(text, tuple(ids))


def _basis(reply: Reply, citation: Citation, contacts: tuple[Contact, ...]) -> Basis:
    clause = reply.view.clause(citation.clause_id)
    texts = (citation.quote, *_beside(reply, citation, clause))
    told = evidence(reply.view, [citation], contacts, reply.as_of)
    facts = tuple(
        fact for fact in told.facts if fact not in COURTESIES and not _OF_THE_DAY.fullmatch(fact)
    )
    return Basis(citation, "".join(texts), Support(texts, facts, told.contacts))


def _beside(reply: Reply, citation: Citation, clause: Clause) -> Iterator[str]:
    """Sentences of the clause outside the quotation that stand on the day just as it does."""
    at = clause.text.find(citation.quote)
    low, high = at, at + len(citation.quote)
    own = reply.status(clause.clause_id, low, high)
    for span in sentence_spans(clause):
        if at < 0 or (low < span.end and span.start < high):
            continue
        state = reply.status(clause.clause_id, span.start, span.end)
        if state.status is own.status and set(state.notices) <= set(own.notices):
            yield clause.text[span.start : span.end]


def _joined(bases: Sequence[Basis]) -> Support:
    return Support(
        tuple(text for basis in bases for text in basis.support.texts),
        tuple(dict.fromkeys(fact for basis in bases for fact in basis.support.facts)),
        bases[0].support.contacts,
    )


def _line(text: str, citations: Sequence[Citation]) -> str:
    """The statement as it is printed: its standing where it does not bind, and its markers."""
    standing = {STATUS_NAMES[c.status] for c in citations if c.status != "in_force"}
    prefix = f"（{'、'.join(sorted(standing))}）" if standing else ""
    marks = "".join(f"[{citation.marker}]" for citation in citations)
    return f"{prefix}{text}{marks}。"
