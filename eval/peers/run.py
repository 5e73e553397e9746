"""Make the peers' environment and run them: `python -m eval.peers.run [IN OUT]`."""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError

HERE = Path(__file__).parent
ENVIRONMENT = Path("var/peers-venv")


class PeersError(AssistantError):
    """The peers could not be installed or run."""


def ask_peers(exchange: Mapping[str, Any]) -> dict[str, Any]:
    """What the peers make of `{documents, questions, sources, limit}`."""
    python = ensure_environment()
    return exchange_with(python, HERE / "retrievers.py", exchange)


def exchange_with(
    python: Path, script: Path, exchange: Mapping[str, Any], *task: str
) -> dict[str, Any]:
    """What a script makes of an exchange file, run by the Python of another environment."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in.json", Path(folder) / "out.json"
        source.write_text(json.dumps(exchange, ensure_ascii=False), encoding="utf-8")
        _run([str(python), str(script), *task, str(source), str(target)], f"运行 {script.name}")
        reply: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return reply


def ensure_environment(
    folder: Path = ENVIRONMENT, requirements: Path = HERE / "requirements.txt"
) -> Path:
    """The Python of a peers' environment, which is made when absent or out of date."""
    python = folder / "bin" / "python"
    wanted = requirements.read_text(encoding="utf-8")
    stamp = folder / "requirements.txt"
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    _run([sys.executable, "-m", "venv", "--clear", str(folder)], "建立对照环境")
    _run([str(python), "-m", "pip", "install", "-q", "-r", str(requirements)], "安装对照软件")
    stamp.write_text(wanted, encoding="utf-8")
    return python


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the environment; with IN and OUT also run the peers on an exchange file."""
    parser = argparse.ArgumentParser(prog="python -m eval.peers.run", description="对照检索器")
    parser.add_argument("source", nargs="?", type=Path, help="交换文件（JSON）")
    parser.add_argument("target", nargs="?", type=Path, help="结果写到这里")
    options = parser.parse_args(arguments)
    try:
        sys.stdout.write(f"对照环境：{ensure_environment()}\n")
        if options.source and options.target:
            reply = ask_peers(json.loads(options.source.read_text(encoding="utf-8")))
            text = json.dumps(reply, ensure_ascii=False, indent=1)
            options.target.write_text(text, encoding="utf-8")
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return 0


def _run(command: Sequence[str], what: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        detail = (done.stderr or done.stdout).strip().splitlines()[-8:]
        raise PeersError(
            f"{what}失败（退出码 {done.returncode}）：\n"
            + "\n".join(detail)
            + "\n请检查网络和 eval/peers/ 下的 requirements.txt，删去 var/ 下的对照环境后重试。"
        )


if __name__ == "__main__":
    raise SystemExit(main())
