"""`assistant user`: the people who may log in. There is no account until somebody adds one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.chinese import ChineseCommand, ChineseGroup
from assistant.errors import AccountError

if TYPE_CHECKING:
    from assistant.accounts import AccountDesk

ROLES = ("operator", "supervisor", "evaluator", "admin")

user_app = typer.Typer(
    name="user",
    help="管理能登录的人：坐席、班长、评测员、管理员。",
    cls=ChineseGroup,
    no_args_is_help=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]",
)

Name = Annotated[str, typer.Argument(help="登录名", metavar="登录名", show_default=False)]


def _as_role(written: str) -> str:
    if written not in ROLES:
        raise typer.BadParameter(f"角色「{written}」不在 {'、'.join(ROLES)} 之中")
    return written


@user_app.command("add", cls=ChineseCommand, options_metavar="[选项]")
def add(
    name: Name,
    role: Annotated[
        str,
        typer.Option(
            "--role",
            parser=_as_role,
            metavar="角色",
            help=f"{' / '.join(ROLES)}",
            show_default=False,
        ),
    ],
) -> None:
    """添加一个人；密码在提示后输入，或从标准输入读第一行。"""
    from assistant.accounts import ROLE_NAMES, Role

    with _desk() as desk:
        account = desk.add(name, Role(role), _password())
    typer.echo(f"已添加：{account.login}（{ROLE_NAMES[account.role]}）")


@user_app.command("list", cls=ChineseCommand, options_metavar="[选项]")
def list_users() -> None:
    """列出所有人。"""
    from assistant.accounts import ROLE_NAMES

    with _desk() as desk:
        accounts = desk.all()
    for account in accounts:
        state = "已停用" if account.disabled_at else "可登录"
        day = account.created_at.date().isoformat()
        typer.echo(f"{account.login}\t{ROLE_NAMES[account.role]}\t{state}\t{day} 添加")
    if not accounts:
        typer.echo("还没有人。用 assistant user add 登录名 --role operator 添加。")


@user_app.command("passwd", cls=ChineseCommand, options_metavar="[选项]")
def passwd(name: Name) -> None:
    """换密码，并让他在各处退出登录。"""
    with _desk() as desk:
        desk.change_password(name, _password())
    typer.echo("密码已换，原来的登录都已失效。")


@user_app.command("disable", cls=ChineseCommand, options_metavar="[选项]")
def disable(name: Name) -> None:
    """停用一个人，并让他立即退出登录；他做过的事仍记着他的名字。"""
    with _desk() as desk:
        desk.set_disabled(name, disabled=True)
    typer.echo("已停用，原来的登录都已失效。")


@user_app.command("enable", cls=ChineseCommand, options_metavar="[选项]")
def enable(name: Name) -> None:
    """重新启用一个人，密码不变。"""
    with _desk() as desk:
        desk.set_disabled(name, disabled=False)
    typer.echo("已启用。")


@contextmanager
def _desk() -> "Iterator[AccountDesk]":
    from assistant.assembly import build_accounts
    from assistant.commands.settings import read_settings
    from assistant.storage import open_stores

    settings = read_settings()
    stores = open_stores(settings.database_url, settings.var_dir)
    try:
        yield build_accounts(settings, stores)
    finally:
        stores.close()


def _password() -> str:
    """Typed twice at a terminal, else the first line given."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise AccountError("没有读到密码：请在终端里输入，或从标准输入给出一行。")
        return line
    first: str = typer.prompt("密码", hide_input=True)
    if typer.prompt("再输一次", hide_input=True) != first:
        raise AccountError("两次输入的密码不一样，请重来。")
    return first
