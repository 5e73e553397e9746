"""Train the shipped embedder: one vector per character n-gram, learnt from statute text.

No question set is used. A passage teaches by itself: some of its clauses, taken out and put as a
question, must find the passage they came from among all the others of the batch. The lexicon says
how people call what the texts call otherwise, and its words are put in place of the official ones.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.retrieval.encoder import PROVENANCE_FILE
from assistant.retrieval.lexicon import load_lexicon
from assistant.retrieval.tokens import ngrams

Ids = npt.NDArray[np.int64]

MODULE = {
    "idx": 0,
    "name": "0",
    "path": "",
    "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
}
CONFIG = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}
CARD = ""

UNKNOWN, PADDING = "[UNK]", "[PAD]"
_clause_ends = re.compile(r"[。；;！？!?\n：:]+|，(?=.{12,})").split

# How people frame what they ask: frames carry no meaning of their own, which the model learns by
# seeing them around everything.
FRAMES = (
    "{}怎么办", "{}吗", "请问{}", "{}需要什么条件", "{}有什么规定", "{}怎么算", "{}可以吗", "我想问{}",
    "{}要多久", "{}给多少钱", "{}行不行", "{}归谁管", "{}犯法吗", "我{}该怎么办", "{}能不能办", "你好，{}",
    "{}需要什么材料", "{}去哪里办", "{}有没有补贴", "我家{}怎么处理", "{}合法吗", "{}要承担什么责任",
    "{}，这种情况怎么处理", "想咨询一下{}", "什么情况下{}", "{}是什么意思", "如果{}会怎样", "别人{}我该咋办",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that shapes the outcome, besides the texts."""

    vocabulary: int = 44_000
    dimension: int = 160
    epochs: int = 3
    batch: int = 1024
    scale: float = 20.0
    learning_rate: float = 2e-2
    seed: int = 20261122
    heading_share: float = 0.15
    kept_share: float = 0.3
    framed_share: float = 0.5
    colloquial_share: float = 0.5
    lexicon_repeats: int = 20
    corpus_repeats: int = 8
    document_ngrams: int = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """One article or clause: the names it stands under, and its text in pieces."""

    heading: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A colloquial expression, and what the texts say instead."""

    said: str
    official: tuple[str, ...]


def read_statutes(path: Path) -> list[Passage]:
    """Articles of `statutes.jsonl.gz`: `law`, `path`, `text` on each line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return [
        passage(" ".join([article["law"], *article["path"]]), article["text"])
        for article in articles
    ]


def passage(heading: str, text: str) -> Passage:
    """`text` cut where a sentence or a longer part of one ends."""
    return Passage(heading, tuple(piece for piece in _clause_ends(text) if len(piece) > 1))


class Vocabulary:
    """Which n-grams have a vector: the most frequent, and all that the lexicon needs."""

    def __init__(self, counts: Counter[str], wanted: Iterable[str], size: int) -> None:
        kept = [UNKNOWN, PADDING, *dict.fromkeys(gram for gram in wanted)]
        for gram, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            if len(kept) >= size:
                break
            kept.append(gram)
        self.index = {gram: number for number, gram in enumerate(dict.fromkeys(kept))}

    def __len__(self) -> int:
        return len(self.index)

    def ids(self, text: str) -> Ids:
        """Rows of the known n-grams of `text`."""
        found = (self.index.get(gram) for gram in ngrams(text))
        return np.fromiter((number for number in found if number is not None), dtype=np.int64)


class Colloquial:
    """Says official words the way people do."""

    def __init__(self, lexicon: Sequence[Term], share: float) -> None:
        said: dict[str, list[str]] = {}
        for term in lexicon:
            for official in term.official:
                if len(official) > 1:
                    said.setdefault(official, []).append(term.said)
        self._said = said
        self._share = share
        words = sorted(said, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, words))) if words else None

    def applies(self, text: str) -> bool:
        """Whether `text` holds any official word that people say otherwise."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def rewrite(self, text: str, rng: random.Random) -> str:
        """`text` with some of its official words said otherwise."""
        if self._pattern is None:
            return text

        def choose(match: re.Match[str]) -> str:
            if rng.random() > self._share:
                return match.group()
            return rng.choice(self._said[match.group()])

        return self._pattern.sub(choose, text)


class Examples:
    """Pseudo-questions with the passages that answer them, drawn anew for each epoch."""

    def __init__(
        self,
        passages: Sequence[Passage],
        lexicon: Sequence[Term],
        vocabulary: Vocabulary,
        recipe: Recipe,
    ) -> None:
        self._passages = passages
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._recipe = recipe
        self._colloquial = Colloquial(lexicon, recipe.colloquial_share)
        self._headings = [vocabulary.ids(each.heading) for each in passages]
        self._pieces = [[vocabulary.ids(piece) for piece in each.pieces] for each in passages]
        self._rewritable = [
            number
            for number, each in enumerate(passages)
            if self._colloquial.applies("\n".join(each.pieces))
        ]

    def epoch(self, rng: random.Random) -> list[tuple[Ids, Ids]]:
        """One pair for each passage, half as many again in people's words, and the lexicon."""
        pairs = [self._draw(number, rng, rewrite=False) for number in range(len(self._passages))]
        count = min(len(self._rewritable), len(self._passages) // 2)
        chosen = rng.sample(self._rewritable, count)
        pairs += [self._draw(number, rng, rewrite=True) for number in chosen]
        pairs += self._synonyms(rng)
        rng.shuffle(pairs)
        return [
            (question, document) for question, document in pairs if len(question) and len(document)
        ]

    def _draw(self, number: int, rng: random.Random, *, rewrite: bool) -> tuple[Ids, Ids]:
        given = self._passages[number]
        if not given.pieces or rng.random() < self._recipe.heading_share:
            start, stop = 0, 0
            question = given.heading
        else:
            start, stop = _span(len(given.pieces), rng)
            question = _crop("，".join(given.pieces[start:stop]), rng)
        if rewrite:
            question = self._colloquial.rewrite(question, rng)
        if rng.random() < self._recipe.framed_share:
            question = rng.choice(FRAMES).format(question)
        return self._vocabulary.ids(question), self._document(number, start, stop, rng)

    def _document(self, number: int, start: int, stop: int, rng: random.Random) -> Ids:
        """The passage without the pieces asked about, unless they are kept or are all there is."""
        pieces = self._pieces[number]
        rest = pieces[:start] + pieces[stop:]
        if not rest or rng.random() < self._recipe.kept_share:
            rest = pieces
        heading = [] if stop == 0 and pieces else [self._headings[number]]
        joined = np.concatenate([*heading, *rest]) if heading or rest else np.empty(0, np.int64)
        return joined[: self._recipe.document_ngrams]

    def _synonyms(self, rng: random.Random) -> Iterator[tuple[Ids, Ids]]:
        for term in self._lexicon:
            for official in term.official:
                for _ in range(self._recipe.lexicon_repeats):
                    said = rng.choice(FRAMES).format(term.said) if rng.random() < 0.5 else term.said
                    yield self._vocabulary.ids(said), self._vocabulary.ids(official)


def _span(count: int, rng: random.Random) -> tuple[int, int]:
    length = min(rng.choice((1, 1, 2, 2, 3)), max(1, count - 1))
    start = rng.randrange(count - length + 1)
    return start, start + length


def _crop(text: str, rng: random.Random) -> str:
    """Usually the whole, at times the middle of it: people seldom quote a sentence in full."""
    if len(text) < 16 or rng.random() < 0.5:
        return text
    length = rng.randint(8, min(len(text), 60))
    start = rng.randrange(len(text) - length + 1)
    return text[start : start + length]


def train(
    examples: Examples, size: int, recipe: Recipe, report: Callable[[str], None]
) -> npt.NDArray[np.float32]:
    """Learn the vectors: of a batch, each question must come nearest to its own passage."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    bag = torch.nn.EmbeddingBag(size, recipe.dimension, mode="mean")
    optimizer = torch.optim.Adam(bag.parameters(), lr=recipe.learning_rate)
    for epoch in range(recipe.epochs):
        pairs = examples.epoch(rng)
        steps = len(pairs) // recipe.batch
        total = 0.0
        for step in range(steps):
            done = (epoch + step / steps) / recipe.epochs
            for group in optimizer.param_groups:
                group["lr"] = recipe.learning_rate * (1 - done)
            batch = pairs[step * recipe.batch : (step + 1) * recipe.batch]
            loss = _loss(bag, batch, recipe.scale)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            total += loss.item()
        report(f"epoch {epoch + 1}/{recipe.epochs}: loss {total / steps:.4f}, {len(pairs)} pairs")
    matrix: npt.NDArray[np.float32] = bag.weight.detach().numpy().copy()
    # An n-gram without a vector must not pull a text anywhere.
    matrix[:2] = 0.0
    return matrix


def _loss(
    bag: torch.nn.EmbeddingBag, batch: Sequence[tuple[Ids, Ids]], scale: float
) -> torch.Tensor:
    """Both ways: question to passage and passage to question."""
    questions = _embed(bag, [question for question, _ in batch])
    documents = _embed(bag, [document for _, document in batch])
    scores = questions @ documents.T * scale
    target = torch.arange(len(batch))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(scores, target) + entropy(scores.T, target)) / 2


def _embed(bag: torch.nn.EmbeddingBag, texts: Sequence[Ids]) -> torch.Tensor:
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    vectors = bag(torch.from_numpy(np.concatenate(texts)), torch.from_numpy(starts))
    return torch.nn.functional.normalize(vectors)


def write_folder(
    target: Path,
    vocabulary: Vocabulary,
    matrix: npt.NDArray[np.float32],
    provenance: dict[str, object],
) -> None:
    """A sentence-transformers folder of stock parts: whole numbers, and one scale per row."""
    target.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel(vocabulary.index, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    scales = np.maximum(np.abs(matrix).max(axis=1), np.float32(1e-12)) / np.float32(127)
    rounded = np.rint(matrix / scales[:, np.newaxis]).astype(np.int8)
    save_file({"embeddings": rounded, "weights": scales}, target / "model.safetensors")
    _write_json(target / "modules.json", [MODULE])
    _write_json(target / "config_sentence_transformers.json", CONFIG)
    _write_json(target / PROVENANCE_FILE, provenance)
    (target / "README.md").write_text(CARD, encoding="utf-8")


def _write_json(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _digest(text: Iterable[str]) -> str:
    content = hashlib.sha256()
    for line in text:
        content.update(line.encode() + b"\n")
    return content.hexdigest()


def read_lexicon(path: Path) -> list[Term]:
    """A folder of YAML entries, or a table of `said<TAB>official|official` lines."""
    if path.is_dir():
        entries = load_lexicon(path).entries
        return [Term(said, entry.official) for entry in entries for said in entry.said]
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [
        Term(row[0], tuple(row[1].split("|")))
        for row in rows
        if len(row) > 1 and not row[0].startswith("#")
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the texts, train, and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statutes", type=Path, required=True, help="statutes.jsonl.gz")
    parser.add_argument("--lexicon", type=Path, default=Path("corpus/lexicon"))
    parser.add_argument("--out", type=Path, required=True)
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args(arguments))
    statutes, lexicon_path, out = given.pop("statutes"), given.pop("lexicon"), given.pop("out")
    recipe = Recipe(**given)
    passages, lexicon = read_statutes(statutes), read_lexicon(lexicon_path)
    counts: Counter[str] = Counter()
    for each in passages:
        counts.update(ngrams(each.heading))
        for piece in each.pieces:
            counts.update(ngrams(piece))
    wanted = [
        gram for term in lexicon for text in (term.said, *term.official) for gram in ngrams(text)
    ]
    vocabulary = Vocabulary(counts, wanted, recipe.vocabulary)
    print(f"{len(passages)} passages, {len(lexicon)} terms, {len(vocabulary)} n-grams")
    examples = Examples(passages, lexicon, vocabulary, recipe)
    matrix = train(examples, len(vocabulary), recipe, print)
    write_folder(out, vocabulary, matrix, {"recipe": asdict(recipe)})


if __name__ == "__main__":
    main()
