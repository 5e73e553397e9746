"""Accounts: who gets in, for how long, and what the store learns of it."""

from datetime import timedelta

import pytest

from assistant.accounts import AccountDesk, Role, Task, may
from assistant.accounts.passwords import SHORTEST, Passwords
from assistant.errors import AccountError, UnknownAccountError
from assistant.storage import Stores
from tests.storage.conftest import Clock

PASSWORD = "correct horse battery"


@pytest.fixture
def desk(stores: Stores, clock: Clock) -> AccountDesk:
    desk = AccountDesk(
        stores.accounts, clock=clock, idle=timedelta(minutes=60), lifetime=timedelta(hours=12)
    )
    desk.add("wang", Role.OPERATOR, PASSWORD)
    return desk


def test_the_right_password_opens_a_session_of_the_role(desk: AccountDesk) -> None:
    session = desk.log_in("Wang ", PASSWORD)
    assert session is not None
    assert (session.login, session.role) == ("wang", Role.OPERATOR)
    assert desk.session(session.token) == session


@pytest.mark.parametrize(
    ("login", "password"), [("wang", "wrong"), ("nobody", PASSWORD), ("", PASSWORD), ("wang", "")]
)
def test_nothing_else_does(desk: AccountDesk, login: str, password: str) -> None:
    assert desk.log_in(login, password) is None


def test_an_unknown_login_costs_the_same_work(
    desk: AccountDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[bool] = []
    real = Passwords.is_right

    def counting(self: Passwords, kept: str | None, password: str) -> bool:
        checked.append(kept is not None)
        return real(self, kept, password)

    monkeypatch.setattr(Passwords, "is_right", counting)
    desk.log_in("wang", "wrong password here")
    desk.log_in("nobody", "wrong password here")
    assert checked == [True, False]


def test_each_login_gets_a_session_of_its_own_and_ends_the_one_it_replaces(
    desk: AccountDesk,
) -> None:
    first = desk.log_in("wang", PASSWORD)
    assert first is not None
    second = desk.log_in("wang", PASSWORD, replaced=first.token)
    assert second is not None
    assert second.token != first.token
    assert second.csrf != first.csrf
    assert desk.session(first.token) is None


def test_logging_out_ends_it(desk: AccountDesk) -> None:
    session = desk.log_in("wang", PASSWORD)
    assert session is not None
    desk.log_out(session.token)
    assert desk.session(session.token) is None


def test_a_session_ends_when_nobody_used_it(desk: AccountDesk, clock: Clock) -> None:
    session = desk.log_in("wang", PASSWORD)
    assert session is not None
    clock.advance(minutes=59)
    assert desk.session(session.token) is not None
    clock.advance(minutes=59)
    assert desk.session(session.token) is not None, "use keeps it alive"
    clock.advance(minutes=61)
    assert desk.session(session.token) is None


def test_a_session_in_use_ends_all_the_same(desk: AccountDesk, clock: Clock) -> None:
    session = desk.log_in("wang", PASSWORD)
    assert session is not None
    for _ in range(14):
        clock.advance(minutes=50)
        desk.session(session.token)
    assert clock.now - desk.all()[0].created_at < timedelta(hours=12)
    clock.advance(minutes=50)
    assert desk.session(session.token) is None


def test_a_new_password_and_being_disabled_end_all_sessions(desk: AccountDesk) -> None:
    session = desk.log_in("wang", PASSWORD)
    assert session is not None
    desk.change_password("wang", "another long password")
    assert desk.session(session.token) is None
    assert desk.log_in("wang", PASSWORD) is None
    session = desk.log_in("wang", "another long password")
    assert session is not None
    desk.set_disabled("wang", disabled=True)
    assert desk.session(session.token) is None
    assert desk.log_in("wang", "another long password") is None
    desk.set_disabled("wang", disabled=False)
    assert desk.log_in("wang", "another long password") is not None


@pytest.mark.parametrize(
    "password",
    ["", "a" * 11, "a" * 30, "abab" * 5, "x" * 129, "my name is wang!!"],
    ids=["empty", "short", "one_sign", "two_signs", "long", "holds_login"],
)
def test_a_weak_password_is_refused(desk: AccountDesk, password: str) -> None:
    with pytest.raises(AccountError) as caught:
        desk.change_password("wang", password)
    assert caught.value.field == "password"


def test_twelve_signs_are_enough(desk: AccountDesk) -> None:
    assert SHORTEST == 12
    desk.change_password("wang", "q7-Lm2xT.9vR")


@pytest.mark.parametrize("login", ["", "a", "a b", "<b>", "x" * 65, "a/../b"])
def test_a_login_that_will_not_do_is_refused(desk: AccountDesk, login: str) -> None:
    with pytest.raises(AccountError):
        desk.add(login, Role.OPERATOR, PASSWORD)


def test_a_login_is_given_once_in_any_writing(desk: AccountDesk) -> None:
    with pytest.raises(AccountError, match="已经有"):
        desk.add("WANG", Role.ADMIN, PASSWORD)


def test_nobody_can_be_changed(desk: AccountDesk) -> None:
    with pytest.raises(UnknownAccountError):
        desk.change_password("nobody", PASSWORD)


def test_neither_password_nor_token_is_in_the_database(desk: AccountDesk, stores: Stores) -> None:
    import sqlalchemy as sa

    session = desk.log_in("wang", PASSWORD)
    assert session is not None
    with stores.database.reading() as connection:
        told = str(connection.execute(sa.text("SELECT * FROM accounts")).all())
        told += str(connection.execute(sa.text("SELECT * FROM sessions")).all())
    assert "$argon2id$" in told
    assert PASSWORD not in told
    assert session.token not in told


def test_ended_sessions_do_not_pile_up(desk: AccountDesk, stores: Stores, clock: Clock) -> None:
    desk.log_in("wang", PASSWORD)
    clock.advance(hours=2)
    desk.log_in("wang", PASSWORD)
    assert stores.accounts.end_sessions_before(used=clock.now, created=clock.now) == 0
    clock.advance(hours=1)
    assert stores.accounts.end_sessions_before(used=clock.now, created=clock.now) == 1


@pytest.mark.parametrize(
    ("role", "tasks"),
    [
        (Role.OPERATOR, {Task.ANSWER_CALLS}),
        (Role.SUPERVISOR, set(Task)),
        (Role.EVALUATOR, {Task.READ_REVIEWS}),
        (Role.ADMIN, set(Task)),
    ],
)
def test_what_each_role_may_do(role: Role, tasks: set[Task]) -> None:
    assert {task for task in Task if may(role, task)} == tasks
