"""How lexical and dense scores become one: pure arithmetic over two score tables."""

from collections.abc import Mapping

DENSE_WEIGHT = 0.5  # eval/results: more of it helps statutes and hurts policy questions


def fuse(
    lexical: Mapping[str, float],
    cosines: Mapping[str, float],
    *,
    dense_weight: float = DENSE_WEIGHT,
) -> list[tuple[str, float]]:
    """Each key with `bm25 / max(bm25) + weight * cosine`, best first, ties by key.

    A key that one table lacks scores nothing there. Scores are rounded so that the order does
    not hang on the last bits of a sum.
    """
    best = max(lexical.values(), default=0.0)
    scale = 1 / best if best > 0 else 0.0
    scores = {
        key: round(lexical.get(key, 0.0) * scale + dense_weight * cosines.get(key, 0.0), 5)
        for key in {**lexical, **cosines}
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
