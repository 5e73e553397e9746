"""Settings: plain values with their defaults, read once in `assembly` (docs/settings.md)."""

import re
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ORIGIN = re.compile(r"(?:https?://[a-z0-9.-]+(?::[0-9]{1,5})?|chrome-extension://[a-p]{32})")

_ADDRESS = re.compile(r"https?://[^\s/?#]+")


class Settings(BaseSettings):
    """Every setting; each is also an environment variable with the prefix `ASSISTANT_`."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", extra="ignore", frozen=True)

    corpus_dir: Path = Field(default=Path("corpus"), description="语料文件夹")
    var_dir: Path = Field(default=Path("var"), description="索引与数据库所在的文件夹")
    host: str = Field(default="127.0.0.1", description="服务监听的地址")
    port: int = Field(default=7860, ge=1, le=65535, description="服务监听的端口")
    home_jurisdiction: str = Field(default="嘉兴市", description="没有说明地点时，按这个地方回答")
    encoder: str | None = Field(
        default=None, description="向量模型：不填用自带的；填 sentence-transformers 文件夹或模型名"
    )
    chroma_url: str | None = Field(default=None, description="Chroma 服务地址；不填用内嵌的 Chroma")
    database_url: str | None = Field(
        default=None,
        repr=False,  # may hold a password
        description="对话与答复记录的数据库：不填用 var 下的 SQLite 文件；或 postgresql://用户:密码@主机/库名",
    )
    retention_days: int = Field(
        default=30, ge=1, le=36_500, description="对话最后一次使用之后保留多少天，过后连同原话删除"
    )
    embed_origins: str = Field(
        default="",
        description="哪些来源可以嵌入坐席面板，空格分隔，如 https://crm.example.gov.cn；空为都不可以",
    )
    session_cookie: Literal["strict", "lax", "embedded"] = Field(
        default="strict",
        description="登录 Cookie 的范围：嵌在别的站点里须用 embedded（要求 HTTPS）",
    )
    session_idle_minutes: int = Field(
        default=60, ge=1, le=1_440, description="登录后多少分钟没有操作即失效"
    )
    session_hours: int = Field(default=12, ge=1, le=168, description="一次登录最长有效多少小时")
    login_limit: str = Field(
        default="30/5minutes", description="同一来源地址多少时间内可以登录几次；空为不限"
    )
    account_limit: str = Field(
        default="8/15minutes", description="同一登录名多少时间内可以连续输错几次；空为不限"
    )
    ask_limit: str = Field(
        default="", description="同一来源地址多少时间内可以提问几次，如 60/minute；空为不限"
    )
    escalation_webhook: str | None = Field(
        default=None, repr=False, description="升级单送往的地址；不填只存文件"
    )
    escalation_secret: str | None = Field(
        default=None, repr=False, description="升级单签名用的密钥；不填不签名"
    )
    escalation_timeout_s: float = Field(
        default=3.0, gt=0, le=30, description="送升级单时每次等多少秒，最多试三次"
    )
    today: date | None = Field(default=None, description="把「今天」固定在某一天，用于测试与复现")
    llm_base_url: str | None = Field(
        default=None,
        description="语言模型：与 OpenAI 兼容的接口地址，如 http://127.0.0.1:8000/v1；不填不用语言模型",
    )
    llm_model: str | None = Field(default=None, description="语言模型的名称；与地址一起填")
    llm_api_key: SecretStr | None = Field(
        default=None, repr=False, description="语言模型接口的密钥；本机的接口多半不要"
    )
    llm_streaming: bool = Field(default=True, description="语言模型是否逐段返回")
    llm_proposes: bool = Field(
        default=True, description="追问或查无依据时，是否请语言模型猜一猜意思，猜的要本人确认才算"
    )
    llm_connect_s: float = Field(
        default=3.0, gt=0, le=60, description="连接语言模型最多等几秒；等不到就用原文摘录"
    )
    llm_first_token_s: float = Field(
        default=8.0, gt=0, le=300, description="语言模型的第一个字最多等几秒"
    )
    llm_total_s: float = Field(
        default=20.0, gt=0, le=600, description="语言模型写完一次答复最多等几秒"
    )
    llm_concurrency: int = Field(
        default=8, ge=1, le=1000, description="同时最多几次语言模型调用，多出来的用原文摘录"
    )
    llm_failures: int = Field(
        default=3, ge=1, le=1000, description="语言模型连续失败几次之后暂停使用"
    )
    llm_rest_s: float = Field(default=30.0, gt=0, le=86_400, description="暂停使用语言模型几秒")
    api_keys: SecretStr | None = Field(
        default=None, repr=False, description="/v1 的密钥，多个用逗号隔开；不填则不要密钥"
    )
    max_body_bytes: int = Field(default=65_536, ge=1_024, description="请求体的字节上限")

    @model_validator(mode="after")
    def _model_is_whole(self) -> "Settings":
        if (self.llm_base_url is None) != (self.llm_model is None):
            raise ValueError("ASSISTANT_LLM_BASE_URL 与 ASSISTANT_LLM_MODEL 要么都填，要么都不填。")
        return self

    @field_validator("chroma_url", "escalation_webhook", "llm_base_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        """An address with its scheme and host: `localhost:8000/v1` would fail only when asked."""
        if value is not None and _ADDRESS.match(value) is None:
            raise ValueError(value)
        return value

    @field_validator("login_limit", "account_limit", "ask_limit")
    @classmethod
    def _is_limit(cls, value: str) -> str:
        """A number of times in a span, as `limits` reads it, or nothing."""
        from limits import parse

        if value.strip():
            parse(value)
        return value.strip()

    @field_validator("embed_origins")
    @classmethod
    def _are_origins(cls, value: str) -> str:
        """Origins only: a path or a wildcard would let in more than was meant."""
        for origin in value.split():
            if _ORIGIN.fullmatch(origin) is None:
                raise ValueError(origin)
        return " ".join(value.split())
