"""Runs cases, several at a time, and judges each reply."""

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
)
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from assistant.answering.contacts import load_contacts
from assistant.clauses import load_corpus
from assistant.errors import AssistantError
from assistant.rules import load_facts
from assistant.schemas import Answer, AskRequest, ScoredCitation
from eval.judging import Exchange, Published, SupportJudge, judge_turn
from eval.judging.citations import within
from eval.model import Turn
from eval.running.doors import Door, Recipe, ServiceGoneError
from eval.running.results import ItemResult, Retrieved, TurnResult
from eval.sets import Located

RETRIEVAL = "retrieval"
"""The set whose questions are put to retrieval alone."""

FIRST = 5  # a question of that set is right when gold is among so many

T = TypeVar("T")

Done = Callable[[ItemResult], None]


class InterruptedRunError(AssistantError):
    """A run that was stopped; `items` came out before."""

    def __init__(self, message: str, items: Sequence[ItemResult]) -> None:
        super().__init__(message)
        self.items = tuple(items)


@dataclass(frozen=True, slots=True)
class Bench:
    """A door, and what its replies are judged with."""

    door: Door
    published: Published
    same_fact: Mapping[str, str]
    support: SupportJudge | None = None


def run(
    found: Sequence[Located], recipe: Recipe, corpus: Path, *, workers: int = 1, done: Done
) -> list[ItemResult]:
    """Every case's outcome, in the order given; `done` hears of each as it comes.

    Raises ServiceGoneError where the service is lost, InterruptedRunError on Ctrl-C.
    """
    recipe.prepare()
    results: dict[int, ItemResult] = {}
    try:
        for number, result in _outcomes(found, recipe, corpus, workers):
            results[number] = result
            done(result)
    except KeyboardInterrupt:
        kept = [results[number] for number in sorted(results)]
        message = f"评测中断：{len(found)} 题里做完了 {len(kept)} 题。"
        raise InterruptedRunError(message, kept) from None
    return [results[number] for number in sorted(results)]


def open_bench(recipe: Recipe, corpus: Path, stack: ExitStack) -> Bench:
    """A bench that lives as long as `stack`; raises AssistantError."""
    door = stack.enter_context(recipe.open())
    contacts = load_contacts(corpus / "contacts.yaml")
    named = ("hukou", "gazette", "hotline")
    known = [contact for name in named if (contact := contacts.named(name)) is not None]
    support = SupportJudge(load_corpus(corpus), known)
    return Bench(door, Published(corpus), same_facts(corpus), support)


def same_facts(corpus: Path) -> dict[str, str]:
    """One name for facts that are two ways of saying one thing: a duration and its first day."""
    facts = load_facts(corpus / "rules" / "facts.yaml")
    return {fact.name: fact.start_of for fact in facts if fact.start_of}


def run_item(found: Located, bench: Bench) -> ItemResult:
    """Put the turns of a case in one conversation; after an error the rest count as failed."""
    turns = found.case.turns
    if found.set_name == RETRIEVAL:
        results = [_ranked(turn, bench) for turn in turns]
    else:
        results = list(_conversation(turns, bench))
    return ItemResult(
        id=found.case.id,
        set_name=found.set_name,
        category=found.category,
        split=found.case.split,
        tags=found.case.tags,
        why=found.case.why,
        turns=tuple(results),
    )


def _conversation(turns: Sequence[Turn], bench: Bench) -> Iterator[TurnResult]:
    conversation_id: str | None = None
    broken: str | None = None
    said: tuple[str, ...] = ()
    for turn in turns:
        said = (*said, turn.question)
        answer, spent = None, None
        if broken is None:
            began = time.perf_counter()
            try:
                answer = bench.door.ask(_request(turn, conversation_id))
            except ServiceGoneError:
                raise
            except Exception as error:  # noqa: BLE001  a crash is a failed turn, not the run's end
                broken = error.message if isinstance(error, AssistantError) else repr(error)
            spent = 1000 * (time.perf_counter() - began)
        if answer is not None and len(turns) > 1:
            conversation_id = answer.conversation_id
        yield _judged(turn, answer, spent, broken, said, bench)


def _judged(
    turn: Turn,
    answer: Answer | None,
    spent: float | None,
    broken: str | None,
    said: tuple[str, ...],
    bench: Bench,
) -> TurnResult:
    exchange = Exchange(turn, answer, bench.published, bench.same_fact, said)
    judged = judge_turn(exchange, bench.support)
    problems = judged.problems
    if answer is None:
        problems = (f"没有得到答复：{broken}", *problems)
    return TurnResult(
        passed=not problems,
        scores=dict(judged.scores),
        elapsed_ms=round(spent, 2) if spent is not None else None,
        kind=answer.kind if answer else None,
        problems=problems,
        retrieval=_retrieval(turn, bench) if problems else (),
        answer=answer.model_dump(mode="json") if answer else None,
        quotes_stand=tuple(bench.published.holds(c) for c in exchange.citations),
        **_asked(turn),
    )


def _ranked(turn: Turn, bench: Bench) -> TurnResult:
    found = _retrieval(turn, bench)
    problems: tuple[str, ...] = ()
    if not any(each.gold for each in found[:FIRST]):
        problems = (f"前 {FIRST} 条里没有 {'、'.join(turn.expect.clauses)}",)
    return TurnResult(passed=not problems, problems=problems, retrieval=found, **_asked(turn))


def _retrieval(turn: Turn, bench: Bench) -> tuple[Retrieved, ...]:
    try:
        hits = bench.door.search(turn)
    except ServiceGoneError:
        raise
    except AssistantError:
        return ()
    return tuple(_retrieved(hit, turn) for hit in hits)


def _retrieved(hit: ScoredCitation, turn: Turn) -> Retrieved:
    return Retrieved(
        clause_id=hit.clause_id,
        title=hit.title,
        label=hit.label,
        status=hit.status,
        score=round(hit.score, 4),
        gold=any(within(hit.clause_id, gold) for gold in turn.expect.clauses),
    )


def _asked(turn: Turn) -> dict[str, Any]:
    raw = turn.model_dump(mode="json", exclude_defaults=True)
    return {
        "question": turn.question,
        "as_of": raw.get("as_of"),
        "jurisdiction": turn.jurisdiction,
        "facts": raw.get("facts", {}),
        "expect": raw.get("expect", {}),
        "reading": raw.get("reading"),
    }


def _request(turn: Turn, conversation_id: str | None) -> AskRequest:
    return AskRequest(
        question=turn.question,
        conversation_id=conversation_id,
        as_of=turn.as_of,
        jurisdiction=turn.jurisdiction,
        facts=turn.facts,
    )


def _outcomes(
    found: Sequence[Located], recipe: Recipe, corpus: Path, workers: int
) -> Iterator[tuple[int, ItemResult]]:
    with ExitStack() as stack:
        if workers <= 1 or len(found) <= 1:
            bench = open_bench(recipe, corpus, stack)
            for number, each in enumerate(found):
                yield number, run_item(each, bench)
        elif recipe.by_process:
            pool = worker_pool(workers, _open_in_worker, recipe, corpus)
            yield from spread(pool, found, _run_in_worker)
        else:
            bench = open_bench(recipe, corpus, stack)
            yield from spread(
                ThreadPoolExecutor(workers), found, lambda each: run_item(each, bench)
            )


def worker_pool(
    workers: int, open_worker: Callable[..., None], *arguments: object
) -> ProcessPoolExecutor:
    """Processes of their own, each opened once; Ctrl-C is the parent's to act on."""
    return ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=partial(open_worker, *arguments),
    )


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes started in the block never hear of Ctrl-C, not even while they start."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only there may signals be set
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def spread(
    pool: Executor, found: Sequence[T], work: Callable[[T], ItemResult]
) -> Iterator[tuple[int, ItemResult]]:
    """Each outcome with its place, as it comes; what is left is given up when nobody asks on."""
    futures: dict[Future[ItemResult], int] = {}
    try:
        with deaf_to_interrupts():
            futures = {pool.submit(work, each): number for number, each in enumerate(found)}
        for future in as_completed(futures):
            yield futures[future], future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_worker: list[Bench] = []
_worker_stack = ExitStack()


def _open_in_worker(recipe: Recipe, corpus: Path) -> None:
    _worker.append(open_bench(recipe, corpus, _worker_stack))


def _run_in_worker(found: Located) -> ItemResult:
    return run_item(found, _worker[0])
