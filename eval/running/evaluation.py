"""One evaluation from choice to figures; the command line and the gate stand on it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from eval.checks import load_ground, require_sound
from eval.measures.figures import groups, summarize
from eval.measures.scoring import with_ranking
from eval.model import EVAL_DAY
from eval.provenance import provenance
from eval.running.doors import InProcess, OverHttp, Recipe
from eval.running.results import ItemResult, Provenance, RunResult
from eval.running.runner import Done, InterruptedRunError, run
from eval.running.worded import run_scripts, scripts_of
from eval.sets import WORDING, Choice, Located, choose, paths, read_sets


@dataclass(frozen=True, slots=True)
class Plan:
    """What to evaluate and how."""

    choice: Choice = field(default_factory=Choice)
    sets_root: Path = Path("eval")
    corpus: Path = Path("corpus")
    today: date = EVAL_DAY
    url: str | None = None
    workers: int = 1
    show_held_out: bool = False
    recipe: Recipe | None = None  # None: by `url`, else in this process


def cases_of(plan: Plan) -> tuple[Located, ...]:
    """The cases meant, after all sets were found sound; raises CaseError."""
    if plan.choice.sets == (WORDING,):
        return ()
    found = read_sets(paths(plan.sets_root, plan.choice.sets))
    require_sound(found, load_ground(plan.corpus))
    return choose(found, plan.choice)


def evaluate(plan: Plan, found: Sequence[Located], done: Done) -> RunResult:
    """Run the cases and sum up; interrupted, what was done so far, marked incomplete."""
    began = time.monotonic()
    recipe = plan.recipe or (OverHttp(plan.url) if plan.url else InProcess(plan.corpus, plan.today))
    known = provenance(
        corpus=plan.corpus,
        files=paths(plan.sets_root, {each.set_name for each in found}),
        today=plan.today,
        target=recipe.target,
        in_process=recipe.by_process,
        workers=plan.workers,
        choice={
            name: value
            for name in ("sets", "split", "tags", "ids", "categories")
            if (value := getattr(plan.choice, name)) and value != "all"
        },
        regression=getattr(recipe, "broken_by", None),
    )
    complete = True
    scripts = scripts_of(plan.choice) if isinstance(recipe, InProcess) else []
    try:
        items = run(found, recipe, plan.corpus, workers=plan.workers, done=done)
        if scripts and isinstance(recipe, InProcess):
            items += run_scripts(scripts, recipe, plan.corpus, workers=plan.workers, done=done)
    except InterruptedRunError as error:
        items, complete = list(error.items), False
    known = known.model_copy(
        update={
            "elapsed_s": round(time.monotonic() - began, 1),
            "composers": composers(items),
        }
    )
    return summed_up(items, known, complete=complete, held_out_shown=plan.show_held_out)


def summed_up(
    items: Sequence[ItemResult], known: Provenance, *, complete: bool, held_out_shown: bool
) -> RunResult:
    """A run with its figures by group."""
    scored = with_ranking(items)
    return RunResult(
        provenance=known,
        complete=complete,
        held_out_shown=held_out_shown,
        figures={name: summarize(group) for name, group in groups(scored).items()}
        if scored
        else {},
        items=tuple(scored),
    )


def composers(items: Sequence[ItemResult]) -> list[str]:
    """Who worded the replies."""
    return sorted({turn.answer["composer"] for item in items for turn in item.turns if turn.answer})
