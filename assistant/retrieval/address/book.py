"""Everything that a question names in one corpus."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.clauses.effectivity import binding_period
from assistant.clauses.model import FURNITURE, Clause, Notice
from assistant.retrieval.address.doc_numbers import (
    STORED,
    Number,
    abbreviates,
    blanked,
    names_issuer,
    numbers_in,
)
from assistant.retrieval.address.spelling import fold, letters, pairs
from assistant.retrieval.address.titles import ALIKE, Title, likeness, title_of
from assistant.retrieval.address.units import steps_in, walk
from assistant.retrieval.model import NEVER, OPEN_END, AddressHit, Scope, day_number
from assistant.retrieval.snapshot import Snapshot

_QUOTED = re.compile(r"《([^《》]{2,80})》")
_LEAST_HEADING = 5


@dataclass(frozen=True, slots=True)
class _Named:
    """A notice that the question names."""

    notice_id: str
    words: str
    exact: bool


class AddressBook:
    """Finds what a question names in one corpus; its tables are made when first needed."""

    def __init__(self, view: Snapshot) -> None:
        self._view = view

    def find(
        self, query: str, scope: Scope, nearest: Callable[[], Iterable[str]]
    ) -> tuple[AddressHit, ...]:
        """Everything named, full names first, then what is in `scope`.

        `nearest` gives clauses that resemble the query, for headings quoted without a notice.
        """
        text = fold(query)
        whole = self._whole_title(text)
        # The title of an amendment holds the number of what it amends.
        numbers = [n for n in numbers_in(text) if whole is None or not _stands_in(text, n, whole)]
        named = [hit for number in numbers for hit in self._by_number(text, number)]
        if whole is not None:
            named.append(_Named(whole.notice_id, whole.letters, exact=True))
        elif not numbers:
            named = list(self._by_part_of_title(text))
        rest = _QUOTED.sub("", blanked(text, numbers))
        hits = [hit for notice in named for hit in self._within(notice, rest)]
        if not named and not numbers:
            hits = list(self._by_heading(text, nearest()))
        first: dict[tuple[str, str | None], AddressHit] = {}
        for hit in hits:
            first.setdefault((hit.notice_id, hit.clause_id), hit)
        # Stable: what the question names first stays first among equals.
        return tuple(
            sorted(first.values(), key=lambda hit: (not hit.exact, not self._in_scope(hit, scope)))
        )

    @cached_property
    def _numbered(self) -> dict[int, list[tuple[str, int, str]]]:
        """Notices by the serial of their 文号: issuer, year, id."""
        table: dict[int, list[tuple[str, int, str]]] = {}
        for entry in self._view.catalogue:
            match = STORED.match(entry.doc_number or "")
            if match:
                row = (fold(match["issuer"]), int(match["year"]), entry.notice_id)
                table.setdefault(int(match["serial"]), []).append(row)
        return table

    @cached_property
    def _titles(self) -> list[Title]:
        """Every notice's title, taken apart once."""
        return [title_of(entry.notice_id, entry.title) for entry in self._view.catalogue]

    @cached_property
    def _titles_by_pair(self) -> dict[str, list[int]]:
        table: dict[str, list[int]] = {}
        for row, title in enumerate(self._titles):
            for pair in title.core:
                table.setdefault(pair, []).append(row)
        return table

    def _by_number(self, text: str, number: Number) -> Iterator[_Named]:
        words = text[number.start : number.end]
        rows = [
            row for row in self._numbered.get(number.serial, ()) if number.year in {None, row[1]}
        ]
        issuer = number.issuer or ""
        full = [row for row in rows if issuer.endswith(row[0])]
        if full:
            longest = max(len(row[0]) for row in full)
            for row in full:
                if len(row[0]) == longest:
                    yield _Named(row[2], words, exact=number.year is not None)
            return
        for row in rows:
            if not names_issuer(issuer) or abbreviates(issuer, row[0]):
                yield _Named(row[2], words, exact=False)

    def _whole_title(self, text: str) -> Title | None:
        """The longest title that stands in the question in full."""
        said = letters(text)
        titles = (self._titles[row] for row in self._candidates(said))
        found = (title for title in titles if title.letters in said)
        return max(found, key=lambda title: len(title.letters), default=None)

    def _by_part_of_title(self, text: str) -> Iterator[_Named]:
        """Notices most of whose title stands in the question, the likest only."""
        said = letters(text)
        quoted = [letters(title) for title in _QUOTED.findall(text)]
        titles = [self._titles[row] for row in self._candidates(said)]
        for words in quoted or [said]:
            scored = [(likeness(title, words, quoted=bool(quoted)), title) for title in titles]
            best = max((score for score, _ in scored), default=0.0)
            for score, title in scored:
                if score >= max(best - 1e-9, ALIKE):
                    yield _Named(title.notice_id, words, exact=score >= 1.0)

    def _candidates(self, said: str) -> list[int]:
        """Titles that share a pair of characters with the question."""
        return sorted({row for pair in pairs(said) for row in self._titles_by_pair.get(pair, ())})

    def _within(self, named: _Named, rest: str) -> Iterator[AddressHit]:
        """The units of a named notice that the question names; the notice itself if it names none."""
        clauses = self._view.clauses_of(named.notice_id)
        steps = list(steps_in(rest))
        found, missing = (
            walk(clauses, steps) if steps else (_by_own_heading(clauses, named, rest), None)
        )
        for clause in found:
            yield AddressHit(named.notice_id, clause.clause_id, named.words, named.exact)
        if not found:
            yield AddressHit(named.notice_id, None, named.words, named.exact, missing)

    def _by_heading(self, text: str, nearest: Iterable[str]) -> Iterator[AddressHit]:
        """Units whose heading the question quotes, among those around the nearest clauses."""
        said = letters(text)
        seen: dict[str, Clause] = {}
        for clause_id in nearest:
            clause: Clause | None = self._view.clause(clause_id)
            while clause is not None and clause.clause_id not in seen:
                seen[clause.clause_id] = clause
                clause = self._view.clause(clause.parent_id) if clause.parent_id else None
        quoted = [c for c in seen.values() if _quotes_heading(said, c)]
        longest = max((len(letters(fold(c.heading))) for c in quoted), default=0)
        for clause in quoted:
            heading = letters(fold(clause.heading))
            if len(heading) == longest:
                yield AddressHit(
                    clause.notice_id,
                    clause.clause_id,
                    clause.heading,
                    exact=len(said) <= 2 * longest,
                )

    def _in_scope(self, hit: AddressHit, scope: Scope) -> bool:
        notice = self._view.notice(hit.notice_id)
        if hit.clause_id is not None:
            first, last = binding_period(self._view, self._view.clause(hit.clause_id))
        else:
            first, last = _life(notice)
        return scope.admits(
            int(notice.jurisdiction),
            NEVER if first is None else day_number(first),
            OPEN_END if last is None else day_number(last),
        )


def _life(notice: Notice) -> tuple[date | None, date | None]:
    return (notice.effective_from, notice.effective_to) if notice.binds else (None, None)


def _stands_in(text: str, number: Number, title: Title) -> bool:
    """Whether year and serial are part of the title, whatever words precede them."""
    return letters(text[number.start : number.end])[-6:] in title.letters


def _by_own_heading(clauses: Sequence[Clause], named: _Named, rest: str) -> list[Clause]:
    """The unit whose heading is quoted, apart from the words that name the notice."""
    said = letters(rest).replace(letters(named.words), "")
    quoted = [c for c in clauses if _quotes_heading(said, c)]
    longest = max((len(c.heading) for c in quoted), default=0)
    return [c for c in quoted if len(c.heading) == longest][:1]


def _quotes_heading(said: str, clause: Clause) -> bool:
    heading = letters(fold(clause.heading))
    return clause.kind not in FURNITURE and len(heading) >= _LEAST_HEADING and heading in said
