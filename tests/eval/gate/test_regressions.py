"""Each defect put in on purpose turns the real gate red; the product as it is does not.

The gate is the one that `make eval-gate` runs, with the thresholds of the repository, over cases of
the development split that bear on the defect: a run over everything would take a minute for each.
"""

from pathlib import Path

import pytest

from eval.gate.regressions import REGRESSIONS, broken
from eval.gate.thresholds import judge, load_thresholds
from eval.model import EVAL_DAY
from eval.running.doors import InProcess, Recipe
from eval.running.evaluation import Plan, cases_of, evaluate
from eval.sets import Choice

CORPUS = Path("corpus")
CHOSEN = {
    "validity_off": Choice(split="dev", categories=("time_travel", "drafts", "amendments")),
    "lexicon_empty": Choice(split="dev", sets=("retrieval",), tags=("colloquial",)),
    "gate_bypassed": Choice(
        split="dev", sets=("wording",), ids=tuple(f"hostile-{n:03}" for n in range(1, 9))
    ),
    "parameter_changed": Choice(
        split="dev", sets=("eligibility",), ids=tuple(f"e-{n:03}" for n in range(1, 25))
    ),
}


def red(choice: Choice, recipe: Recipe) -> list[str]:
    """What the gate finds against a run."""
    plan = Plan(choice=choice, recipe=recipe)
    result = evaluate(plan, cases_of(plan), lambda _: None)
    checks = judge(result, load_thresholds())
    assert checks
    return [f"{check.group} {check.title} {check.measured}" for check in checks if not check.passed]


@pytest.mark.parametrize("name", CHOSEN)
def test_the_product_as_it_is_passes(name: str, tmp_path: Path) -> None:
    assert red(CHOSEN[name], InProcess(CORPUS, EVAL_DAY, var_dir=tmp_path)) == []


@pytest.mark.parametrize("name", CHOSEN)
def test_a_seeded_regression_turns_the_gate_red(name: str, tmp_path: Path) -> None:
    assert red(CHOSEN[name], broken(name, CORPUS, tmp_path, EVAL_DAY)) != []


def test_every_regression_is_tried() -> None:
    assert CHOSEN.keys() == REGRESSIONS.keys()
