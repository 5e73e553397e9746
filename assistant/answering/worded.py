"""An extractive reply with a model's wording put in, as far as it passes the gate.

The wording stands between the first sentence and the quotations; whatever becomes of the model,
the rest of the reply is there, so that nothing sent has ever to be taken back.
"""

import logging
from collections.abc import Callable, Iterable, Iterator

from assistant.answering.contacts import Contact
from assistant.answering.gate import Gate, statement_of
from assistant.answering.grounding import Terms
from assistant.answering.llm import ModelError, Writer
from assistant.answering.reply import Reply

logger = logging.getLogger(__name__)

DEGRADED = "语言模型没有给出可用的说明，以上由原文摘录而成，内容和结论不受影响。"


def word(
    reply: Reply,
    question: str,
    writer: Writer,
    *,
    contacts: Iterable[Contact] = (),
    terms: Terms | None = None,
    gone: Callable[[], bool] | None = None,
    other_day: bool = False,
) -> Iterator[str]:
    """Yield the reply's text in pieces and leave the same text in `reply`.

    `other_day`: the reply speaks of another day than today, so that nothing is said of now.

    Closed early, `reply` holds what was yielded and the quotations.
    """
    extractive = [line for line in reply.lines if line]
    head, intro = extractive[0][: reply.intro_at], extractive[0][reply.intro_at :]
    gate = Gate(reply, contacts, terms, other_day=other_day)
    accepted: list[str] = []
    if head:
        yield head
    try:
        for line in _accepted(question, writer, gate, gone):
            accepted.append(line)
            reply.composer = writer.name
            reply.lines = [part for part in (head, *accepted, intro) if part] + extractive[1:]
            yield line if not head and len(accepted) == 1 else f"\n{line}"
        if not accepted:
            reply.warn("degraded", DEGRADED)
    except ModelError:
        reply.warn("degraded", DEGRADED)
    except Exception:
        logger.exception("wording failed")
        reply.warn("degraded", DEGRADED)
    tail = "\n".join([intro, *extractive[1:]] if intro or not accepted else extractive[1:])
    yield f"\n{tail}" if accepted else tail


def _accepted(
    question: str, writer: Writer, gate: Gate, gone: Callable[[], bool] | None
) -> Iterator[str]:
    clauses = [
        (b.citation.clause_id, f"{b.citation.title} {b.citation.label}", b.text) for b in gate.bases
    ]
    for item in writer.statements(question, clauses, gone):
        statement = statement_of(item)
        if statement is None:
            continue
        judged = gate.judge(statement)
        writer.tally.count_statement(judged.fate)
        if judged.fate == "accepted":
            yield judged.line
