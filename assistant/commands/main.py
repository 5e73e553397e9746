"""`assistant`: the commands of the policy assistant."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from assistant.commands.ask import ask_command
from assistant.commands.chinese import ChineseCommand, ChineseGroup, complaint
from assistant.commands.corpus import corpus_command
from assistant.commands.index import index_command
from assistant.commands.ingest import ingest_command
from assistant.commands.labelling import eval_app
from assistant.commands.mcp import mcp_command
from assistant.commands.replay import replay_command
from assistant.commands.serve import serve_command
from assistant.commands.user import user_app
from assistant.errors import AssistantError

app = typer.Typer(
    name="assistant",
    help="政策问答助手：逐条引用、逐字核对、按日判断效力。",
    cls=ChineseGroup,
    no_args_is_help=True,
    add_completion=False,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]",
    pretty_exceptions_enable=False,
)

for name, command in (
    ("ask", ask_command),
    ("ingest", ingest_command),
    ("index", index_command),
    ("serve", serve_command),
    ("corpus", corpus_command),
    ("replay", replay_command),
    ("mcp", mcp_command),
):
    app.command(name, cls=ChineseCommand, options_metavar="[选项]")(command)
app.add_typer(user_app, options_metavar="[选项]")

app.add_typer(eval_app)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command (default: the process's own); deliberate errors are one Chinese line and an exit code."""
    try:
        code = app(
            None if arguments is None else list(arguments),
            prog_name="assistant",
            standalone_mode=False,
        )
    except typer.Exit as done:
        code = done.exit_code
    except typer.Abort:
        code = 130
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            code = 0
        else:
            _complain(complaint(error))
            code = error.exit_code
    except AssistantError as error:
        _complain(error.message + error.detail)
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(code or 0)


def _complain(message: str) -> None:
    typer.echo(f"错误：{message}", err=True)
