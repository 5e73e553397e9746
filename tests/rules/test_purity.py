"""Nothing in the rules can reach a model, the network, a clock or chance."""

import ast
from pathlib import Path

import pytest

import assistant.rules

FILES = sorted(Path(assistant.rules.__file__).parent.glob("*.py"))
PURE = {
    "__future__", "ast", "calendar", "collections", "contextlib", "dataclasses", "datetime", "decimal", "enum",
    "functools", "itertools", "re", "typing",
}  # fmt: skip
DOORS = {
    "loader.py": {"pathlib", "yaml"},
    "rendering.py": set[str](),
}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp", "time", "monotonic", "random", "uuid4"}


def _imports(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_a_module_imports_only_what_is_pure(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    assert _imports(tree) - PURE - {"assistant"} <= DOORS.get(file.name, set())


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_no_module_reads_a_clock_or_draws_lots(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    called = {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    called |= {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert not called & CLOCKS


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_rules_look_only_at_clauses_shapes_and_errors(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    rooms = {
        node.module.split(".")[1]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("assistant.")
    }
    assert rooms <= {"rules", "clauses", "errors", "schemas"}
