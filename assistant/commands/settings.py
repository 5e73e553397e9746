"""Settings for a command, with complaints in Chinese that name the variable."""

from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.config import Settings


def read_settings() -> "Settings":
    """The settings; raises AssistantError that names the variable and its value."""
    from pydantic import ValidationError

    from assistant.config import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ASSISTANT_" + "_".join(str(part) for part in first["loc"]).upper()
        message = f"设置 {name} 的值「{first.get('input')}」不对，请对照 docs/settings.md 改正。"
        raise AssistantError(message) from error
