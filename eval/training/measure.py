"""How well an embedder ranks, alone and beside BM25: `python -m eval.training.measure ARTICLES`."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.retrieval.encoder import load_encoder
from assistant.retrieval.lexical import weighted_terms
from assistant.retrieval.lexicon import load_lexicon
from assistant.retrieval.tokens import ngrams
from eval.measures.ranking import interval, score
from eval.retrieval.articles import ArticleFile

Scores = npt.NDArray[np.float64]

DEPTH = 10
DENSE_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
LENGTH_PENALTIES = (0.75, 0.9)


class Bm25:
    """BM25 in memory: for each n-gram, the texts that hold it and what it adds to each."""

    def __init__(self, texts: Sequence[str], *, k1: float = 1.2, b: float) -> None:
        counts = [Counter(ngrams(text)) for text in texts]
        lengths = np.array([count.total() for count in counts], dtype=np.float64)
        norms = k1 * (1 - b + b * lengths / lengths.mean())
        self._size = len(texts)
        self._postings: dict[str, dict[int, float]] = {}
        for document, count in enumerate(counts):
            for gram, times in count.items():
                saturated = times * (k1 + 1) / (times + norms[document])
                self._postings.setdefault(gram, {})[document] = saturated

    def scores(self, terms: Mapping[str, float]) -> Scores:
        """Every text's score for weighted terms."""
        scores = np.zeros(self._size)
        for gram, weight in terms.items():
            held = self._postings.get(gram, {})
            rarity = np.log1p((self._size - len(held) + 0.5) / (len(held) + 0.5))
            scores[list(held)] += weight * rarity * np.array(list(held.values()))
        return scores


def main(arguments: Sequence[str] | None = None) -> None:
    """Print nDCG@10 of the dense scores, and of their sums with BM25 and the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="articles and questions, as in STARD's layout")
    parser.add_argument("--encoder", help="folder or name; without it, the shipped one")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="whose lexicon to use")
    given = parser.parse_args(arguments)
    content = ArticleFile.model_validate_json(given.articles.read_text(encoding="utf-8"))
    encoder, lexicon = load_encoder(given.encoder), load_lexicon(given.corpus)
    texts = [f"{article.name} {article.text}" for article in content.articles]
    asked = [question.question for question in content.questions]
    cosines = encoder.encode_questions(asked).astype(np.float64) @ encoder.encode(texts).T
    print(f"{encoder.name}: {len(asked)} questions, {len(texts)} articles, nDCG@10")
    print("dense alone", _ndcg(content, cosines))
    for b in LENGTH_PENALTIES:
        lexical = Bm25(texts, b=b)
        found = np.array(
            [lexical.scores(weighted_terms(text, lexicon.expand(text), ngrams)) for text in asked]
        )
        found /= np.maximum(found.max(axis=1, keepdims=True), 1e-12)
        for weight in DENSE_WEIGHTS:
            print(f"bm25 (b={b}) + {weight} dense", _ndcg(content, found + weight * cosines))


def _ndcg(content: ArticleFile, scores: Scores) -> str:
    best = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    rankings = {
        str(question.id): [str(content.articles[place].id) for place in row]
        for question, row in zip(content.questions, best, strict=True)
    }
    gold = {
        str(question.id): frozenset(map(str, question.relevant)) for question in content.questions
    }
    measured = interval(score(gold, rankings)["ndcg@10"])
    return f"{measured.mean:.3f} [{measured.low:.3f}, {measured.high:.3f}]"


if __name__ == "__main__":
    main()
