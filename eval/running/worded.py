"""Plays scripts of a language model to the service: what of them is shown, and what they change."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.assembly import Assistant
from assistant.schemas import Answer
from eval.judging import Exchange, Judged, judge_turn
from eval.model import Expectation, Turn
from eval.running.doors import InProcess
from eval.running.results import ItemResult, TurnResult
from eval.running.runner import (
    Bench,
    Done,
    InterruptedRunError,
    open_bench,
    spread,
    worker_pool,
)
from eval.sets import WORDING, Choice
from eval.wording.evaluate import Played, play
from eval.wording.scripted import MODEL, ScriptedModel, scripted_model
from eval.wording.scripts import HONEST, HOSTILE, WordingScript, read_scripts

OF_EVERY_REPLY = ("quote_fidelity", "statement_support", "wrong_version_rate")
FEW = 20  # scripts for which no processes are started
NEVER_GIVES_UP = 1_000  # failures after which a service rests from its model


def scripts_of(choice: Choice) -> list[WordingScript]:
    """The scripts meant; none where tags or other categories were chosen."""
    if choice.tags or (choice.sets and WORDING not in choice.sets):
        return []
    if choice.categories and WORDING not in choice.categories:
        return []
    return [
        script
        for path in (HONEST, HOSTILE)
        for script in read_scripts(path)
        if choice.split in {"all", _split(script)} and (not choice.ids or script.id in choice.ids)
    ]


@dataclass(frozen=True, slots=True)
class Stage:
    """A model that plays scripts, the service that it words for, and the same without it."""

    model: ScriptedModel
    worded: Assistant
    bare: Assistant
    bench: Bench


def run_scripts(
    scripts: Sequence[WordingScript],
    recipe: InProcess,
    corpus: Path,
    *,
    workers: int = 1,
    done: Done,
) -> list[ItemResult]:
    """Each script's outcome, in order; raises InterruptedRunError on Ctrl-C."""
    recipe.prepare()
    results: dict[int, ItemResult] = {}
    try:
        for number, result in _outcomes(scripts, recipe, corpus, workers):
            results[number] = result
            done(result)
    except KeyboardInterrupt:
        message = f"评测中断：{len(scripts)} 个模型脚本里做完了 {len(results)} 个。"
        raise InterruptedRunError(message, list(results.values())) from None
    return [results[number] for number in sorted(results)]


def _outcomes(
    scripts: Sequence[WordingScript], recipe: InProcess, corpus: Path, workers: int
) -> Iterator[tuple[int, ItemResult]]:
    if workers <= 1 or len(scripts) <= FEW:
        with ExitStack() as stack:
            stage = _set_up(recipe, corpus, stack)
            for number, script in enumerate(scripts):
                yield number, _run(script, stage)
        return
    pool = worker_pool(workers, _set_up_in_worker, recipe, corpus)
    yield from spread(pool, scripts, _run_in_worker)


def _set_up(recipe: InProcess, corpus: Path, stack: ExitStack) -> Stage:
    model = stack.enter_context(scripted_model())
    bench = open_bench(recipe, corpus, stack)
    bare = stack.enter_context(recipe.service())
    settings = {"llm_base_url": model.base_url, "llm_model": MODEL, "llm_failures": NEVER_GIVES_UP}
    return Stage(model, stack.enter_context(recipe.service(**settings)), bare, bench)


_worker: list[Stage] = []
_worker_stack = ExitStack()


def _set_up_in_worker(recipe: InProcess, corpus: Path) -> None:
    _worker.append(_set_up(recipe, corpus, _worker_stack))


def _run_in_worker(script: WordingScript) -> ItemResult:
    return _run(script, _worker[0])


def _run(script: WordingScript, stage: Stage) -> ItemResult:
    began = time.perf_counter()
    (played,) = play([script], stage.worded, stage.bare, stage.model)
    spent = 1000 * (time.perf_counter() - began)
    return ItemResult(
        id=script.id,
        set_name=WORDING,
        category=WORDING,
        split=_split(script),
        tags=(script.kind,),
        why="模型的话：" + "／".join(said.text for said in script.statements),
        turns=(_judged(played, spent, stage.bench),),
    )


def _judged(played: Played, spent: float, bench: Bench) -> TurnResult:
    script, answer = played.script, played.answer
    judged = _of_every_reply(answer, script.question, bench)
    good = [said for said in script.statements if not said.bad]
    scores = {name: judged.scores[name] for name in OF_EVERY_REPLY if name in judged.scores}
    scores["hostile_shown"] = (float(len(played.bad_shown)), 1.0)
    scores["model_changed"] = (float(played.changed), 1.0)
    if good:
        scores["honest_kept"] = (float(len(good) - len(played.dropped)), float(len(good)))
    problems = [f"显示了坏话「{said.text}」" for said in played.bad_shown]
    problems += ["结论、引文或拒答与不用模型时不同"] if played.changed else []
    problems += [text for text in judged.problems if text.startswith(("没有依据", "引文与原文"))]
    return TurnResult(
        passed=not problems,
        scores=scores,
        elapsed_ms=round(spent, 2),
        kind=answer.kind,
        question=script.question,
        as_of=script.as_of.isoformat() if script.as_of else None,
        jurisdiction=script.jurisdiction,
        problems=tuple(problems),
        answer=answer.model_dump(mode="json"),
        quotes_stand=tuple(bench.published.holds(c) for c in answer.citations),
    )


def _of_every_reply(answer: Answer, question: str, bench: Bench) -> Judged:
    turn = Turn(question=question, expect=Expectation(kind=answer.kind))
    exchange = Exchange(turn, answer, bench.published, bench.same_fact, (question,))
    return judge_turn(exchange, bench.support)


def _split(script: WordingScript) -> Literal["dev", "test"]:
    return "dev" if script.split == "dev" else "test"
