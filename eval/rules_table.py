"""Write the table of all rules for review: `python -m eval.rules_table docs/rules.md`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.clauses import load_corpus
from assistant.errors import AssistantError
from assistant.rules import load_rules, overview


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table, or with --check say whether the file is the table of today's rules."""
    parser = argparse.ArgumentParser(prog="python -m eval.rules_table", description="规则总表")
    parser.add_argument("target", type=Path, help="写到哪个文件")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料文件夹")
    parser.add_argument("--check", action="store_true", help="只检查文件是不是最新，不写")
    options = parser.parse_args(arguments)
    try:
        table = overview(load_rules(options.corpus / "rules"), load_corpus(options.corpus))
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    if options.check:
        return _check(options.target, table)
    options.target.write_text(table, encoding="utf-8")
    return 0


def _check(target: Path, table: str) -> int:
    if target.is_file() and target.read_text(encoding="utf-8") == table:
        return 0
    sys.stderr.write(f"{target} 不是由现在的规则生成的，请运行 make docs。\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
