"""Settings for a command, with complaints in Chinese that name the variable."""

from typing import TYPE_CHECKING

from assistant.errors import SettingError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from assistant.config import Settings


def read_settings() -> "Settings":
    """The settings; raises SettingError that names the variable, its value and what it is for."""
    from pydantic import ValidationError

    from assistant.config import Settings

    try:
        return Settings()
    except ValidationError as error:
        raise SettingError(_complaint(error.errors()[0])) from error


def _complaint(found: "ErrorDetails") -> str:
    """What is wrong with one setting; of several at once only the words, never their values."""
    from assistant.config import Settings

    if not found["loc"]:
        return str(found.get("ctx", {}).get("error", found["msg"]))
    setting = str(found["loc"][0])
    field = Settings.model_fields[setting]
    value = f"的值「{found['input']}」" if field.repr else "的值"
    return (
        f"设置 ASSISTANT_{setting.upper()} {value}不对（{field.description}）。"
        "请对照 docs/settings.md 改正。"
    )
