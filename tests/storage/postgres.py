"""A PostgreSQL server of our own, from Debian's package, for as long as the tests run."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


class NoServerError(Exception):
    """Why there is no server to test with."""


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server, up to the name of a database; raises NoServerError."""
    programs = _programs()
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="policy-pg-"))  # pytest's own folders shut others out
    try:
        if account is not None:
            shutil.chown(folder, account)
        data = folder / "data"
        _run(
            account,
            programs / "initdb",
            *("--pgdata", data, "--username", USER, "--auth", "trust", "--encoding", "UTF8"),
            *("--locale", "C", "--no-sync"),
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _run(
            account,
            programs / "pg_ctl",
            *("start", "-w", "-D", data, "-l", folder / "log", "-o", options),
        )
        try:
            yield f"postgresql://{USER}@/{{name}}?host={folder}"
        finally:
            _run(account, programs / "pg_ctl", "stop", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    if found is None:
        raise NoServerError("PostgreSQL is not installed: apt-get install postgresql")
    return Path(found).parent


def _account() -> str | None:
    """Whom to be: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in (USER, "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServerError("PostgreSQL does not run as root, and there is no other account to run it")


def _run(account: str | None, *command: object) -> None:
    """The output goes to a file: a server inherits a pipe, and would hold it open."""
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            user=account,
            cwd="/",
            check=False,
            timeout=60,
        )
        if done.returncode != 0:
            output.seek(0)
            raise NoServerError(f"{Path(str(command[0])).name} failed: {output.read()[-800:]}")
