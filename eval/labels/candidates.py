"""What people thought of answers, as candidates for the question sets: masked, and to be reviewed."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.dialogue.ports import AuditRecord, Feedback
from assistant.dialogue.privacy import mask
from assistant.errors import UnknownConversationError
from assistant.storage import Stores

_RATED = {"up": "有用", "down": "没有用"}


def candidates(stores: Stores, ratings: Iterable[str] = ("down",)) -> Iterator[dict[str, Any]]:
    """A case to be completed for each rated answer whose wording is still there, oldest first.

    Its expectation is empty on purpose: the validator refuses it until somebody has looked.
    """
    seen: set[str] = set()
    for record, feedback in stores.feedback.rated():
        if feedback.rating not in ratings or record.answer_id in seen or record.request is None:
            continue
        seen.add(record.answer_id)
        yield _candidate(stores, record, feedback)


def as_lines(found: Iterable[dict[str, Any]]) -> str:
    """Candidates as JSONL."""
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found)


def _candidate(stores: Stores, record: AuditRecord, feedback: Feedback) -> dict[str, Any]:
    reason = f"：{mask(feedback.reason).text}" if feedback.reason else ""
    return {
        "id": f"c-{record.answer_id.lower().replace('_', '-')[:24].strip('-')}",
        "turns": [
            {
                "question": mask(str(request.get("question", ""))).text,
                **{
                    name: request[name]
                    for name in ("as_of", "jurisdiction", "facts")
                    if request.get(name)
                },
                "expect": {},
            }
            for request in _requests(stores, record)
        ],
        "tags": [],
        "why": f"待补：用的人说{_RATED.get(feedback.rating, feedback.rating)}{reason}",
        "split": "dev",
        "review": {"by": "反馈", "on": feedback.at.date().isoformat(), "state": "pending"},
    }


def _requests(stores: Stores, record: AuditRecord) -> list[dict[str, Any]]:
    """The messages of the conversation up to the rated answer, as they are kept: masked."""
    try:
        turns = stores.conversations.load(record.conversation_id).turns
    except UnknownConversationError:
        return [dict(record.request or {})]
    told: list[dict[str, Any]] = []
    for turn in turns:
        told.append({**turn.request, "question": turn.question})
        if turn.answer is not None and turn.answer.get("answer_id") == record.answer_id:
            return told
    return [dict(record.request or {})]
