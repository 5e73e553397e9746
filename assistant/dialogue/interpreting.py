"""Asks a language model what a person may have meant, and keeps what may be put to them."""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.grounding import Terms
from assistant.answering.llm import ModelError, Writer
from assistant.answering.pipeline import Pipeline, Timer
from assistant.answering.reply import Reply
from assistant.dialogue.ports import Gone
from assistant.dialogue.proposing import (
    Reader,
    asks,
    proposed_fact,
    proposed_question,
    question_of,
    wanted_of,
)
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.state import Proposal, State
from assistant.dialogue.understanding import Listener
from assistant.retrieval import Searcher
from assistant.rules import RuleBook
from assistant.schemas import AskRequest, Question, Verdict

logger = logging.getLogger(__name__)

DEGRADED = "语言模型这次没有应答，追问和结论不受影响。"
_SHORTEST = 6  # Chinese characters; less holds nothing to read otherwise
_MOST_WANTED = 12


class Interpreter:
    """Proposes readings where the reply asks back, or has found no source."""

    def __init__(
        self,
        writer: Writer,
        terms: Terms,
        pipeline: Pipeline,
        listener: Listener,
        surroundings: Surroundings,
    ) -> None:
        self._writer = writer
        self._terms = terms
        self._pipeline = pipeline
        self._listener = listener
        self._surroundings = surroundings

    def propose(
        self,
        reply: Reply,
        message: str,
        state: State,
        questions: Sequence[Question],
        verdicts: Sequence[Verdict],
        book: RuleBook,
        searcher: Searcher,
        request: AskRequest,
        today: date,
        gone: Gone | None,
    ) -> Proposal | None:
        """Add one question to `reply` about what the person meant; never raises for the model."""
        if not _worth_reading(message):
            return None
        missing = [q.fact for q in questions] + [n for v in verdicts for n in v.missing_facts]
        wanted = wanted_of(list(dict.fromkeys(missing))[:_MOST_WANTED], book.facts)
        names = [name for name, _, _ in wanted] if reply.kind == "clarify" else []
        reader = Reader(book.facts, self._surroundings, reply.as_of)

        def answerable(question: str) -> bool:
            understood = self._listener.understand(question, state, book, request, today)
            if understood.decides:
                return True
            tried = Reply(searcher.view, reply.as_of, reply.place)
            self._pipeline.respond(
                tried, understood.screened, understood.question, searcher, today, Timer()
            )
            return tried.kind == "answer"

        chosen: Proposal | None = None
        said = [state.topic.question, message] if state.topic.question else [message]
        try:
            for raw in self._writer.readings(list(dict.fromkeys(said)), wanted, gone):
                chosen = (
                    chosen
                    or proposed_fact(raw, message, names, state, reader)
                    or proposed_question(raw, message, self._terms, answerable)
                )
        except ModelError:
            reply.warn("degraded", DEGRADED)
        except Exception:
            logger.exception("reading a proposal failed")
            reply.warn("degraded", DEGRADED)
        if chosen is None:
            return None
        chosen = replace(chosen, message=message)
        reply.say(asks(question_of(chosen, book.facts)))
        return chosen


def _worth_reading(message: str) -> bool:
    return len(re.findall(r"[\u3400-\u9fff]", message)) >= _SHORTEST
