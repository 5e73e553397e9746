"""Ranking measures put beside the other scores of each item."""

from collections.abc import Sequence

from eval.judging.citations import within
from eval.measures.ranking import MEASURES, score
from eval.running.results import ItemResult, TurnResult
from eval.running.runner import RETRIEVAL


def with_ranking(items: Sequence[ItemResult]) -> list[ItemResult]:
    """The items, those of the retrieval set with recall, MRR and nDCG of their rankings."""
    judged = {item.id: item.turns[0] for item in items if item.set_name == RETRIEVAL}
    if not judged:
        return list(items)
    gold = {name: frozenset(_gold(turn)) for name, turn in judged.items()}
    scores = score(gold, {name: _ranking(turn) for name, turn in judged.items()})
    added = {
        name: {measure: (float(scores[measure][place]), 1.0) for measure in MEASURES}
        for place, name in enumerate(gold)
    }
    return [_with(item, added[item.id]) if item.id in added else item for item in items]


def _gold(turn: TurnResult) -> Sequence[str]:
    clauses: Sequence[str] = turn.expect.get("clauses", ())
    return clauses


def _ranking(turn: TurnResult) -> list[str]:
    """What was retrieved, a part of a gold clause counting as that clause."""
    gold = _gold(turn)
    return [
        next((each for each in gold if within(found.clause_id, each)), found.clause_id)
        for found in turn.retrieval
    ]


def _with(item: ItemResult, scores: dict[str, tuple[float, float]]) -> ItemResult:
    turn = item.turns[0]
    scored = turn.model_copy(update={"scores": {**turn.scores, **scores}})
    return item.model_copy(update={"turns": (scored,)})
