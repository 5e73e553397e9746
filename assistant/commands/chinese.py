"""Typer in Chinese: help, usage and complaints about arguments."""

from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

HELP_OF_HELP = "显示帮助并退出。"

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.DEFAULT_STRING = "[默认：{}]"
rich_utils.ENVVAR_STRING = "[环境变量：{}]"
rich_utils.REQUIRED_LONG_STRING = "[必填]"


class _Chinese:
    """What commands and groups say of themselves."""

    def get_help_option(self, ctx: Any) -> Any:
        """The stock help option, described in Chinese."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP_OF_HELP
        return option

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The usage line, introduced in Chinese."""
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")


class ChineseCommand(_Chinese, TyperCommand):
    """A command in Chinese."""


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands in Chinese."""


def complaint(error: typer.TyperException) -> str:
    """What was wrong with the arguments, and where to look."""
    return f"{_what(error)}。用 --help 查看用法。"


def _what(error: typer.TyperException) -> str:
    parameter = getattr(error, "param", None)
    name = _parameter_name(parameter) or getattr(error, "param_hint", None) or ""
    match type(error).__name__:
        case "MissingParameter":
            return f"缺少参数 {name}"
        case "NoSuchOption":
            return f"没有选项 {getattr(error, 'option_name', '')}"
        case "BadParameter":
            return f"参数 {name} 的值不对：{_in_chinese(error.message)}"
        case "BadOptionUsage":
            return f"选项 {getattr(error, 'option_name', '')} 的用法不对，可能缺少值"
        case _:
            return _in_chinese(error.message)


def _parameter_name(parameter: object) -> str:
    """An option by its long form, an argument by what the usage line calls it."""
    options = getattr(parameter, "opts", None) or [""]
    longest: str = max(options, key=len)
    named = getattr(parameter, "metavar", None) or longest.upper()
    return longest if longest.startswith("-") else str(named)


def _in_chinese(message: str) -> str:
    """Our own messages pass; what the library says in English is put generally."""
    ours = any("\u4e00" <= sign <= "\u9fff" for sign in message)
    if ours:
        return message.rstrip("。")
    if message.startswith("No such command"):
        return "没有这个命令"
    if message.startswith("Missing command"):
        return "缺少命令"
    return "请核对类型和范围"
