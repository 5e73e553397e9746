"""Who may do what: roles, accounts and sessions."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.errors import AccountError


class Role(StrEnum):
    """What a person with an account is here for; a citizen needs none."""

    OPERATOR = "operator"  # 坐席
    SUPERVISOR = "supervisor"  # 班长
    EVALUATOR = "evaluator"  # 评测员
    ADMIN = "admin"  # 管理员


ROLE_NAMES: dict[Role, str] = {
    Role.OPERATOR: "坐席",
    Role.SUPERVISOR: "班长",
    Role.EVALUATOR: "评测员",
    Role.ADMIN: "管理员",
}


class Task(StrEnum):
    """What may be asked of the service by people with an account."""

    ANSWER_CALLS = "answer_calls"
    READ_REVIEWS = "read_reviews"
    DECIDE_REVIEWS = "decide_reviews"


_TASKS: dict[Role, frozenset[Task]] = {
    Role.OPERATOR: frozenset({Task.ANSWER_CALLS}),
    Role.SUPERVISOR: frozenset(Task),
    Role.EVALUATOR: frozenset({Task.READ_REVIEWS}),
    Role.ADMIN: frozenset(Task),
}


def may(role: Role, task: Task) -> bool:
    """Whether the role includes the task."""
    return task in _TASKS[role]


@dataclass(frozen=True, slots=True)
class Account:
    """One person; disabled accounts stay, so that what they did keeps its name."""

    login: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session as the store has it: the secret only as its hash."""

    token_hash: str
    account: Account
    created_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its holder has it; `csrf` must come with every request that changes something."""

    token: str
    csrf: str
    login: str
    role: Role


_LOGIN = re.compile(r"[\w][\w.@-]{1,63}")


def checked_login(written: str) -> str:
    """The login in its one form; raises AccountError."""
    login = unicodedata.normalize("NFKC", written).strip().casefold()
    if _LOGIN.fullmatch(login) is None:
        raise AccountError(
            f"登录名「{written[:64]}」不能用：2 至 64 个字，只用文字、数字、点、横线、下划线和 @。",
            field="login",
        )
    return login
