"""Check question sets against the corpus: `python -m eval.validate [FILE …]`."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.clauses.loader import load_corpus
from assistant.errors import AssistantError
from assistant.rules import load_rules
from eval.model import TAGS, Case, read_cases, validate_cases, validate_rules

SETS = tuple(
    Path("eval") / name / "cases.jsonl"
    for name in ("retrieval", "policy", "eligibility", "missing", "dialogues", "refusals")
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Validate the named sets (by default all); exit code 1 where one is not sound."""
    parser = argparse.ArgumentParser(prog="python -m eval.validate", description="校验题目集")
    parser.add_argument("files", nargs="*", type=Path, help="题目文件（JSONL），默认全部")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录")
    options = parser.parse_args(arguments)
    try:
        view = load_corpus(options.corpus)
        book = load_rules(options.corpus / "rules")
        rule_ids = [rule.id for rule in book.rules]
        fact_names = [fact.name for fact in book.facts]
        for path in options.files or SETS:
            cases = read_cases(path)
            validate_cases(cases, view)
            validate_rules(cases, rule_ids, fact_names)
            sys.stdout.write(_summary(path, cases))
    except AssistantError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1
    return 0


def _summary(path: Path, cases: Sequence[Case]) -> str:
    splits = Counter(case.split for case in cases)
    tags = Counter(tag for case in cases for tag in case.tags)
    lines = [f"{path}：{len(cases)} 题（dev {splits['dev']}，test {splits['test']}），无误"]
    lines += [f"  {tag:<14}{tags[tag]:>4}  {TAGS[tag]}" for tag in TAGS if tags[tag]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
