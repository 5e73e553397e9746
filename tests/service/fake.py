"""A service over the real corpus, without index or pipeline: it finds by containment."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from assistant.clauses.citation import cite
from assistant.clauses.corpus import Corpus
from assistant.clauses.loader import load_corpus
from assistant.clauses.model import FURNITURE
from assistant.dialogue.ports import Gone
from assistant.errors import UnknownAnswerError, UnknownConversationError
from assistant.rules import RuleBook, RuleDesk, load_rules
from assistant.schemas import (
    Answer,
    Answered,
    AskEvent,
    AskRequest,
    Citation,
    Decision,
    Delta,
    Notice,
    RuleDetail,
    RuleList,
    ScoredCitation,
    Stage,
    Survey,
)

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
TODAY = date(2026, 11, 22)
RENTAL = "jx-gbo-2024-16__sec_1"


@cache
def the_book() -> RuleBook:
    return load_rules(CORPUS / "rules")


class ContainmentService:
    """Quotes the clauses that hold one of the words looked for."""

    def __init__(self, corpus: Corpus | None = None) -> None:
        self.corpus = corpus or load_corpus(CORPUS)
        self.failure: Exception | None = None
        self.broken: Exception | None = None  # raised once a stream is under way
        self.states: dict[str, str] = {"index": "ok"}
        self.asked: list[AskRequest] = []
        self.resumed: list[list[AskRequest]] = []
        self.branched: list[tuple[str, str]] = []
        self.ratings: list[tuple[str, str, str | None]] = []
        self.desk = RuleDesk(the_book())

    def ask(self, request: AskRequest) -> Answer:
        self._fail_if_told()
        self.asked.append(request)
        if request.conversation_id not in {None, "c-1" if self.resumed or self.branched else None}:
            raise UnknownConversationError("没有这个会话，请重新提问。")
        day = request.as_of or TODAY
        place = self.corpus.gazetteer.resolve(request.jurisdiction or "嘉兴市")
        if "租房" not in request.question:
            return Answer(
                answer_id="a-2",
                conversation_id="c-1",
                kind="refuse",
                text="资料里没有这方面的规定。",
                notices=[Notice(code="handoff", text="户籍事务请咨询 0573-81292203。")],
                reason="no_source",
                as_of=day,
                jurisdiction=place.name,
            )
        citation = cite(self.corpus, RENTAL, marker=1, as_of=day, place=place)
        return Answer(
            answer_id="a-1",
            conversation_id="c-1",
            kind="answer",
            text="租赁城镇地区商品住房落户，须连续居住登记满六个月。[1]",
            citations=[citation],
            as_of=day,
            jurisdiction=place.name,
            timings_ms={"retrieve": 1.5, "total": 3.0},
        )

    def stream(self, request: AskRequest, gone: Gone | None = None) -> Iterator[AskEvent]:
        answer = self.ask(request)
        yield Stage(stage="understand")
        for piece in answer.text.splitlines(keepends=True):
            if self.broken is not None:
                raise self.broken
            yield Delta(text=piece)
        yield Answered(answer=answer)

    def resume(self, earlier: Sequence[AskRequest]) -> str:
        self._fail_if_told()
        self.resumed.append(list(earlier))
        return "c-1"

    def branch(self, conversation_id: str, answer_id: str) -> str | None:
        self._fail_if_told()
        self.branched.append((conversation_id, answer_id))
        return "c-1"

    def search(
        self, q: str, as_of: date | None, jurisdiction: str | None, limit: int
    ) -> list[ScoredCitation]:
        self._fail_if_told()
        place = self.corpus.gazetteer.resolve(jurisdiction or "嘉兴市")
        cited = self._containing(q)
        hits: list[ScoredCitation] = []
        for marker, clause_id in enumerate(cited, start=1):
            citation: Citation = cite(
                self.corpus, clause_id, marker=marker, as_of=as_of or TODAY, place=place
            )
            hits.append(ScoredCitation(**citation.model_dump(), score=1 / marker))
        return hits[:limit]

    def rules(self) -> RuleList:
        return self.desk.rules(self.view())

    def rule(self, rule_id: str) -> RuleDetail:
        return self.desk.rule(self.view(), rule_id)

    def decide(
        self, rule_id: str, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Decision:
        place = self.corpus.gazetteer.resolve(jurisdiction or "嘉兴市")
        return self.desk.decide(self.view(), rule_id, facts, as_of or TODAY, place)

    def survey(
        self, facts: Mapping[str, Any], as_of: date | None, jurisdiction: str | None
    ) -> Survey:
        place = self.corpus.gazetteer.resolve(jurisdiction or "嘉兴市")
        return self.desk.survey(self.view(), facts, as_of or TODAY, place)

    def forget(self, conversation_id: str) -> None:
        self._fail_if_told()
        raise UnknownConversationError(f"没有「{conversation_id}」这个会话。")

    def rate(self, answer_id: str, rating: Literal["up", "down"], reason: str | None) -> None:
        self._fail_if_told()
        if answer_id not in {"a-1", "a-2"}:
            raise UnknownAnswerError(f"没有「{answer_id}」这个答复。")
        self.ratings.append((answer_id, rating, reason))

    def model_counts(self) -> Mapping[str, Mapping[str, int]]:
        return {"calls": {"timeout": 2}, "statements": {}}

    def today(self) -> date:
        return TODAY

    def view(self) -> Corpus:
        self._fail_if_told()
        return self.corpus

    def readiness(self) -> dict[str, str]:
        return self.states

    def _containing(self, words: str) -> Iterator[str]:
        for notice in self.corpus.notices():
            for clause in self.corpus.clauses_of(notice.notice_id):
                if clause.is_leaf and clause.kind not in FURNITURE and words in clause.text:
                    yield clause.clause_id

    def _fail_if_told(self) -> None:
        if self.failure is not None:
            raise self.failure
