"""Each defect put in on purpose turns a bound of the real gate red that the product keeps to.

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
    "lexicon_empty": Choice(split="dev", sets=("policy",), tags=("colloquial",)),
    "gate_bypassed": Choice(
        split="dev", sets=("wording",), ids=tuple(f"hostile-{n:03}" for n in range(1, 9))
    ),
    "parameter_changed": Choice(
        split="dev", sets=("eligibility",), ids=tuple(f"e-{n:03}" for n in range(1, 25))
    ),
}


def outcomes(choice: Choice, recipe: Recipe) -> dict[tuple[str, str], bool]:
    """Each bound that a run was held to, and whether it kept to it."""
    plan = Plan(choice=choice, recipe=recipe)
    result = evaluate(plan, cases_of(plan), lambda _: None)
    return {(c.group, c.title): c.passed for c in judge(result, load_thresholds())}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_seeded_regression_turns_the_gate_red(name: str, tmp_path: Path) -> None:
    intact = outcomes(CHOSEN[name], InProcess(CORPUS, EVAL_DAY, var_dir=tmp_path / "intact"))
    defect = outcomes(CHOSEN[name], broken(name, CORPUS, tmp_path / "broken", EVAL_DAY))
    kept = {bound for bound, passed in intact.items() if passed}
    assert kept
    assert {bound for bound in kept if not defect[bound]} != set()


def test_every_regression_is_tried() -> None:
    assert CHOSEN.keys() == REGRESSIONS.keys()
