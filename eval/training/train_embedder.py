"""Train the shipped embedder: `python -m eval.training.train_embedder --statutes FILE --out DIR`."""

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from eval.training.examples import Examples, Ids, Mixture, Pair, Vocabulary
from eval.training.folder import write_folder
from eval.training.texts import read_notices, read_statutes, read_terms


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything besides the texts that shapes the outcome."""

    ngrams: int = 48_000
    dimension: int = 160
    epochs: int = 3
    batch: int = 1024
    scale: float = 20.0  # of the cosines, before the softmax
    learning_rate: float = 1e-2  # at the start; falls to nothing in a straight line
    # Vectors start short: from length one, common n-grams would never be unlearnt in so few steps.
    spread: float = 0.1
    seed: int = 20261122
    mixture: Mixture = field(default_factory=Mixture)


def train(
    examples: Examples, rows: int, recipe: Recipe, report: Callable[[str], None]
) -> npt.NDArray[np.float32]:
    """Learn one vector per row: in a batch, each question must come nearest to its own passage."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    bag = torch.nn.EmbeddingBag(rows, recipe.dimension, mode="mean")
    torch.nn.init.normal_(bag.weight, std=recipe.spread)
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.learning_rate)
    for epoch in range(recipe.epochs):
        pairs = examples.epoch(rng)
        steps = len(pairs) // recipe.batch
        total = 0.0
        for step in range(steps):
            done = (epoch + step / steps) / recipe.epochs
            optimizer.param_groups[0]["lr"] = recipe.learning_rate * (1 - done)
            loss = _loss(bag, pairs[step * recipe.batch :][: recipe.batch], recipe.scale)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            total += loss.item()
        report(
            f"epoch {epoch + 1} of {recipe.epochs}: {len(pairs)} pairs, loss {total / steps:.3f}"
        )
    matrix: npt.NDArray[np.float32] = bag.weight.detach().numpy().copy()
    # Unknown n-grams and padding must not pull a text anywhere: sentence-transformers keeps them.
    matrix[:2] = 0.0
    return matrix


def _loss(bag: torch.nn.EmbeddingBag, pairs: Sequence[Pair], scale: float) -> torch.Tensor:
    """Both ways: which passage answers this question, and which question this passage answers."""
    questions = _embed(bag, [question for question, _ in pairs])
    passages = _embed(bag, [passage for _, passage in pairs])
    scores = questions @ passages.T * scale
    own = torch.arange(len(pairs))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(scores, own) + entropy(scores.T, own)) / 2


def _embed(bag: torch.nn.EmbeddingBag, texts: Sequence[Ids]) -> torch.Tensor:
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    vectors = bag(torch.from_numpy(np.concatenate(texts)), torch.from_numpy(starts))
    return torch.nn.functional.normalize(vectors)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the texts, train, and write the folder."""
    given = _parse(arguments)
    recipe = Recipe(epochs=given.epochs, seed=given.seed, dimension=given.dimension)
    torch.set_num_threads(given.threads)
    statutes, notices = read_statutes(given.statutes), read_notices(given.corpus)
    terms = read_terms(given.corpus)
    vocabulary = Vocabulary.of(statutes, notices, terms, recipe.ngrams)
    print(f"{len(statutes)} articles, {len(notices)} clauses, {len(terms)} terms")
    repeated = [*statutes, *notices * recipe.mixture.notice_repeats]
    examples = Examples(repeated, terms, vocabulary, recipe.mixture)
    matrix = train(examples, len(vocabulary), recipe, print)
    provenance = {
        "recipe": asdict(recipe),
        "statutes": {"articles": len(statutes), "sha256": _digest(statutes)},
        "notices": {"clauses": len(notices), "sha256": _digest(notices)},
        "lexicon": {"terms": len(terms), "sha256": _digest(terms)},
        "torch": torch.__version__.partition("+")[0],
    }
    print(json.dumps(provenance, ensure_ascii=False, indent=2))
    write_folder(given.out, vocabulary.index, matrix, provenance)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--statutes", type=Path, required=True, help="gzipped JSON lines: law, path, text"
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="notices and lexicon")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--dimension", type=int, default=Recipe().dimension)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    parser.add_argument(
        "--threads", type=int, default=2, help="the outcome depends on it in the last digits"
    )
    return parser.parse_args(arguments)


def _digest(records: Iterable[object]) -> str:
    """Of what was read, not of files: paths and compression do not count."""
    content = hashlib.sha256()
    for record in records:
        content.update(repr(record).encode())
    return content.hexdigest()


if __name__ == "__main__":
    main()
