"""The corpus in memory: all approved notices, parsed and checked."""

from collections.abc import Iterable, Mapping

from assistant.clauses.jurisdictions import Gazetteer
from assistant.clauses.model import Clause, Notice
from assistant.errors import UnknownClauseError, UnknownNoticeError


class Corpus:
    """All approved notices, parsed and checked, in memory: what an index is built from."""

    def __init__(
        self,
        notices: Mapping[str, Notice],
        clauses: Mapping[str, tuple[Clause, ...]],
        sources: Mapping[str, str],
        gazetteer: Gazetteer,
        digest: str,
    ) -> None:
        self._notices = dict(notices)
        self._by_notice = dict(clauses)
        self._clauses = {c.clause_id: c for group in clauses.values() for c in group}
        self._sources = dict(sources)
        self._numbers = {n.doc_number: n for n in notices.values() if n.doc_number}
        self.gazetteer = gazetteer
        self._digest = digest

    @property
    def digest(self) -> str:
        """Hash over manifests, sources and the parser's version."""
        return self._digest

    def notice(self, notice_id: str) -> Notice:
        """The notice; raises UnknownNoticeError."""
        try:
            return self._notices[notice_id]
        except KeyError:
            raise UnknownNoticeError(f"语料库里没有编号为 {notice_id} 的文件。") from None

    def notices(self) -> Iterable[Notice]:
        """All approved notices, by id."""
        return (self._notices[key] for key in sorted(self._notices))

    def notice_by_number(self, doc_number: str) -> Notice | None:
        """The notice that bears this normalised 文号."""
        return self._numbers.get(doc_number)

    def clause(self, clause_id: str) -> Clause:
        """The clause; raises UnknownClauseError."""
        try:
            return self._clauses[clause_id]
        except KeyError:
            raise UnknownClauseError(f"语料库里没有编号为 {clause_id} 的条款。") from None

    def clauses_of(self, notice_id: str) -> tuple[Clause, ...]:
        """All clauses of a notice in document order."""
        self.notice(notice_id)
        return self._by_notice[notice_id]

    def source(self, file: str) -> str:
        """The whole text of a source file."""
        return self._sources[file]
