"""OpenAI's shapes of a chat completion, as far as they mean something here."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.schemas import Answer, Day, RuleRequest, Wording

MODEL = "policy-assistant"


def _finite(value: dict[str, Any]) -> dict[str, Any]:
    return RuleRequest(facts=value).facts


class Lenient(BaseModel):
    """Base of what clients send: they send much that has no meaning here, and it is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ChatMessage(Lenient):
    """One message; only what the user wrote is read."""

    role: str = Field(examples=["user"])
    content: Any = Field(default=None, examples=["租房落户要登记满几个月？"])


class StreamOptions(Lenient):
    """What a stream tells besides its text."""

    include_usage: bool | None = None


class ResponseFormat(Lenient):
    """The form that the reply is to take."""

    type: str = "text"


class Metadata(Lenient):
    """Day and place, for clients that can send no fields of ours."""

    as_of: Day | None = None
    jurisdiction: Wording | None = Field(default=None, max_length=50)


class ChatRequest(Lenient):
    """Body of `POST /v1/chat/completions`; fields that are not named here are ignored."""

    model: str | None = Field(default=None, examples=[MODEL])
    messages: list[ChatMessage] | None = Field(default=None, max_length=400)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    store: bool | None = Field(default=None, description="false：答完即删，不留这次的原话和情况")
    metadata: Metadata | None = None
    n: int | None = None
    tools: list[Any] | None = None
    tool_choice: Any = None
    functions: list[Any] | None = None
    response_format: ResponseFormat | None = None
    modalities: list[str] | None = None
    as_of: Day | None = Field(default=None, description="按哪一天的规定回答")
    jurisdiction: Wording | None = Field(default=None, max_length=50, description="哪个地方")
    facts: Annotated[dict[str, Any], AfterValidator(_finite)] | None = Field(
        default=None, description="对话之前已知的事实"
    )


class Model(BaseModel):
    """One model that may be asked for."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = MODEL


class ModelList(BaseModel):
    """Response of `GET /v1/models`."""

    object: Literal["list"] = "list"
    data: list[Model]


class AssistantMessage(BaseModel):
    """The reply as text, and whole as `policy_answer`."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    policy_answer: Answer


class Choice(BaseModel):
    """The one reply."""

    index: int = 0
    message: AssistantMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Characters, where clients expect tokens: nothing here is counted in tokens."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """Response of `POST /v1/chat/completions`."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage


class OpenAIErrorBody(BaseModel):
    """Inner part of OpenAI's error shape."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIError(BaseModel):
    """The one shape of every error under `/v1`."""

    error: OpenAIErrorBody
