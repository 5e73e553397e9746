"""Settings: plain values with their defaults, read once in `assembly` (docs/settings.md)."""

from datetime import date
from pathlib import Path

from pydantic import Field
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
    max_body_bytes: int = Field(default=65_536, ge=1_024, description="请求体的字节上限")
