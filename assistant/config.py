"""Settings: plain values with their defaults, read once in `assembly` (docs/settings.md)."""

from datetime import date
from pathlib import Path

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    max_body_bytes: int = Field(default=65_536, ge=1_024, description="请求体的字节上限")

    @model_validator(mode="after")
    def _model_is_whole(self) -> "Settings":
        if (self.llm_base_url is None) != (self.llm_model is None):
            raise ValueError("ASSISTANT_LLM_BASE_URL 与 ASSISTANT_LLM_MODEL 要么都填，要么都不填。")
        return self
