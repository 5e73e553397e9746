"""Plays scripts of a language model to the service: what of them is shown, and what they change."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

from assistant.assembly import Assistant
from assistant.schemas import Answer
from eval.judging import Exchange, Judged, judge_turn
from eval.model import Expectation, Turn
from eval.running.doors import InProcess
from eval.running.results import ItemResult, TurnResult
from eval.running.runner import Bench, Done, InterruptedRunError, open_bench
from eval.sets import WORDING, Choice
from eval.wording.evaluate import Played, play
from eval.wording.scripted import MODEL, ScriptedModel, scripted_model
from eval.wording.scripts import HONEST, HOSTILE, WordingScript, read_scripts

OF_EVERY_REPLY = ("quote_fidelity", "statement_support", "wrong_version_rate")
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


def run_scripts(
    scripts: Sequence[WordingScript], recipe: InProcess, corpus: Path, done: Done
) -> list[ItemResult]:
    """Each script's outcome, in order; raises InterruptedRunError on Ctrl-C."""
    recipe.prepare()
    results: list[ItemResult] = []
    try:
        with ExitStack() as stack:
            model = stack.enter_context(scripted_model())
            bench = open_bench(recipe, corpus, stack)
            bare = stack.enter_context(recipe.service())
            worded = stack.enter_context(
                recipe.service(
                    llm_base_url=model.base_url, llm_model=MODEL, llm_failures=NEVER_GIVES_UP
                )
            )
            for script in scripts:
                results.append(_run(script, worded, bare, model, bench))
                done(results[-1])
    except KeyboardInterrupt:
        message = f"评测中断：{len(scripts)} 个模型脚本里做完了 {len(results)} 个。"
        raise InterruptedRunError(message, results) from None
    return results


def _run(
    script: WordingScript, worded: Assistant, bare: Assistant, model: ScriptedModel, bench: Bench
) -> ItemResult:
    began = time.perf_counter()
    (played,) = play([script], worded, bare, model)
    spent = 1000 * (time.perf_counter() - began)
    return ItemResult(
        id=script.id,
        set_name=WORDING,
        category=WORDING,
        split=_split(script),
        tags=(script.kind,),
        why="模型的话：" + "／".join(said.text for said in script.statements),
        turns=(_judged(played, spent, bench),),
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
