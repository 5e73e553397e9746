"""From messages to a conversation: what the user wrote, in order, and nothing that others wrote.

Assistant, system, developer and tool messages are the client's to write: they establish no fact
and instruct nothing. What we asked before is worked out again from the user's own messages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistant.errors import RequestError, UnknownModelError, UnsupportedRequestError
from assistant.schemas import AskRequest
from assistant.service.completions.shapes import MODEL, ChatMessage, ChatRequest
from assistant.service.problems import explain

MOST_USER_MESSAGES = 50

_OTHERS = frozenset({"assistant", "system", "developer", "tool", "function"})
_TEXT_PARTS = frozenset({"text", "input_text"})


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a user said, message by message: all but the last have been answered before."""

    earlier: tuple[AskRequest, ...]
    last: AskRequest
    keep: bool

    @property
    def length(self) -> int:
        """How many characters the user wrote."""
        return sum(len(request.question) for request in (*self.earlier, self.last))


def read_conversation(request: ChatRequest) -> Conversation:
    """The conversation that a request tells; raises RequestError with the field at fault."""
    _check_asked_for(request)
    said = list(_said_by_user(request.messages or ()))
    if not said:
        raise UnsupportedRequestError(
            "messages 里没有用户的话：至少要有一条 role 为 user、内容不空的消息。", field="messages"
        )
    if len(said) > MOST_USER_MESSAGES:
        raise RequestError(
            f"这次对话太长，最多 {MOST_USER_MESSAGES} 条用户消息，请新开一次对话。",
            field="messages",
        )
    day, place = _day_and_place(request)
    asked = [
        _request(
            text,
            field,
            as_of=day,
            jurisdiction=place,
            facts=(request.facts or {}) if number == 0 else {},
        )
        for number, (field, text) in enumerate(said)
    ]
    return Conversation(tuple(asked[:-1]), asked[-1], keep=request.store is not False)


def _check_asked_for(request: ChatRequest) -> None:
    """Refuse what would be a wrong reply if it were ignored."""
    if request.model not in {None, MODEL}:
        raise UnknownModelError(
            f"没有「{request.model}」这个模型，可用的是 {MODEL}。", field="model"
        )
    refused = {
        "tools": request.tools and request.tool_choice != "none",
        "functions": request.functions,
        "n": (request.n or 1) != 1,
        "response_format": request.response_format and request.response_format.type != "text",
        "modalities": set(request.modalities or ("text",)) != {"text"},
    }
    reasons = {
        "tools": "不调用工具",
        "functions": "不调用函数",
        "n": "一次只给一个回答",
        "response_format": "只回答文字，结构化的答复在 policy_answer 里",
        "modalities": "只回答文字",
    }
    for name, found in refused.items():
        if found:
            raise UnsupportedRequestError(f"不支持「{name}」：{reasons[name]}。", field=name)


def _said_by_user(messages: Sequence[ChatMessage]) -> Iterator[tuple[str, str]]:
    """Field and text of every user message; empty ones before the last say nothing."""
    users = []
    for number, message in enumerate(messages):
        if message.role == "user":
            users.append((f"messages.{number}.content", message.content))
        elif message.role not in _OTHERS:
            raise UnsupportedRequestError(
                f"不认识的 role「{message.role[:32]}」。", field=f"messages.{number}.role"
            )
    for position, (field, content) in enumerate(users, start=1):
        text = _text_of(content, field)
        if text.strip() or position == len(users):
            yield field, text


def _text_of(content: Any, field: str) -> str:
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise UnsupportedRequestError(f"「{field}」须为文字，或文字片段的列表。", field=field)
    texts = []
    for part in content:
        kind = part.get("type", "text") if isinstance(part, dict) else "text"
        text = part.get("text") if isinstance(part, dict) else part
        if not isinstance(kind, str) or kind not in _TEXT_PARTS:
            raise UnsupportedRequestError(
                f"「{field}」里有图片、声音、文件或别的东西，这里只读文字，请把内容写成文字。",
                field=field,
            )
        if not isinstance(text, str):
            raise UnsupportedRequestError(f"「{field}」里有不是文字的片段。", field=field)
        texts.append(text)
    return "\n".join(texts)


def _day_and_place(request: ChatRequest) -> tuple[Any, Any]:
    metadata = request.metadata
    day = request.as_of or (metadata.as_of if metadata else None)
    place = request.jurisdiction or (metadata.jurisdiction if metadata else None)
    return day, place


def _request(question: str, field: str, **more: Any) -> AskRequest:
    try:
        return AskRequest(question=question, **more)
    except ValidationError as error:
        _, _, message, _ = explain(error.errors()[0])
        raise RequestError(message.replace("「question」", f"「{field}」"), field=field) from None
