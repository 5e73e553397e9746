"""The rules timed side by side are the same rules: hand-written Python comes to the same."""

import ast
from datetime import date
from pathlib import Path

import pytest

from assistant.rules import RuleBook, load_rules
from eval.benchmarks.plain_rules import RULES
from eval.benchmarks.rules import CASES, CORPUS, Case, measure, value_of
from eval.benchmarks.table import Row, print_table

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules(ROOT / CORPUS / "rules")


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_plain_python_and_the_engine_agree(book: RuleBook, case: Case) -> None:
    plain, steps = RULES[case.rule](case.facts, date.fromisoformat(case.as_of))
    assert value_of(book, case) == plain
    assert steps


def test_every_rule_compared_has_cases_on_both_sides(book: RuleBook) -> None:
    for rule in RULES:
        assert len({value_of(book, case) for case in CASES if case.rule == rule}) > 1


def test_a_run_without_the_peer_has_a_figure_for_everything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("eval.benchmarks.rules.TABLES", ROOT / "nowhere")
    figures = measure(rounds=1, peer=False)
    print_table("规则", figures.rows, figures.remarks)
    printed = capsys.readouterr().out
    assert {row.name for row in figures.rows} >= set(RULES)
    assert f"手写 Python 与规则引擎结论一致：{len(CASES)}/{len(CASES)}" in printed
    assert all(row.time in printed for row in figures.rows)


def test_the_peer_imports_nothing_of_ours() -> None:
    """openfisca-core is AGPL: it stays in its own environment, and we in ours."""
    for path in (ROOT / "assistant").rglob("*.py"):
        assert "openfisca" not in path.read_text(encoding="utf-8")
    tree = ast.parse((ROOT / "eval/peers/openfisca/model.py").read_text(encoding="utf-8"))
    modules = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert not [m for m in modules if m.split(".")[0] in {"assistant", "eval", "ui"}]
    assert "openfisca" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "openfisca" not in (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()


def test_columns_stand_in_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("表", [Row("中文", "a", "1 µs"), Row("ab", "二", "10 µs")])
    lines = capsys.readouterr().out.strip().splitlines()
    assert lines[2].startswith("中文  a")
    assert lines[3].startswith("ab    二")
