"""Any OpenAI-compatible endpoint as a writer (vLLM, Ollama, DashScope, DeepSeek …)."""

from assistant.answering.llm.limits import Limits
from assistant.answering.llm.writer import Writer


def openai_writer(
    base_url: str,
    model: str,
    key: str | None,
    limits: Limits,
    *,
    connect_s: float,
    streaming: bool = True,
) -> Writer:
    """A writer over the endpoint; nothing is asked of it yet. The key is never logged."""
    import httpx
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    chat = ChatOpenAI(
        model=model,
        base_url=base_url,
        api_key=SecretStr(key or "none"),  # an endpoint without keys takes any
        timeout=httpx.Timeout(limits.total_s, connect=connect_s),
        max_retries=0,
        temperature=0,
        use_responses_api=False,
        stream_usage=False,
    )
    return Writer(chat, model, limits, streaming=streaming, tells_end=True)
