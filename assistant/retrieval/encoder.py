"""Text becomes vectors: by the shipped static model, or by a sentence-transformers model of choice.

The shipped folder is in sentence-transformers' own format, yet is read here with NumPy alone:
importing torch would cost every start several seconds. Heavy libraries enter only with `HubEncoder`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import AssistantError
from assistant.retrieval.tokens import ngrams

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

SHIPPED_FOLDER = Path(__file__).parent / "embedder"
SETTING = "ASSISTANT_ENCODER"

# A folder that holds this file is one of ours: it was trained on n-grams and must be fed n-grams.
PROVENANCE_FILE = "provenance.json"

# The Chinese bge models were trained with this sentence before each question (not before passages).
_BGE_CHINESE = re.compile(r"bge-(?:small|base|large)-zh", re.IGNORECASE)
_BGE_INSTRUCTION = "为这个句子生成表示以用于检索相关文章："


class Encoder(Protocol):
    """Whatever turns texts into vectors of length one; `name` tells models apart in an index."""

    @property
    def name(self) -> str:
        """Which model this is; vectors under different names must not be compared."""

    @property
    def dimension(self) -> int:
        """Length of each vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text to be found."""

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """One row for each question; some models want these introduced differently."""


class StaticEncoder:
    """The mean of one trained vector per character n-gram; a text of unknown n-grams is all zeros."""

    def __init__(self, folder: Path = SHIPPED_FOLDER) -> None:
        self._vocabulary, self._matrix = _read_static_folder(folder)
        self.name = f"static-{_digest(folder / 'model.safetensors')}"
        self.dimension = int(self._matrix.shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text to be found."""
        return self.encode_ngrams([ngrams(text) for text in texts])

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """The same as `encode`: this model treats questions and clauses alike."""
        return self.encode(questions)

    def encode_ngrams(self, documents: Sequence[Sequence[str]]) -> Vectors:
        """As `encode`, for texts that the caller has already cut with `tokens.ngrams`."""
        rows = np.zeros((len(documents), self.dimension), dtype=np.float32)
        lookup = self._vocabulary.get
        for row, grams in zip(rows, documents, strict=True):
            known = [index for index in map(lookup, grams) if index is not None]
            if known:
                # A sum has the direction of the mean, and only the direction is kept.
                np.sum(self._matrix.take(known, axis=0), axis=0, out=row)
        return _unit_rows(rows)


class HubEncoder:
    """A sentence-transformers model, from a folder or the hub; reads plain text, not n-grams."""

    def __init__(self, name_or_path: str, *, question_instruction: str | None = None) -> None:
        self._model = _load_sentence_transformer(name_or_path)
        self._instruction = (
            _instruction_for(name_or_path) if question_instruction is None else question_instruction
        )
        self.name = _model_name(name_or_path)
        self.dimension = int(self.encode(["户"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text to be found."""
        vectors = self._model.encode_document(
            list(texts), convert_to_numpy=True, show_progress_bar=False
        )
        return _unit_rows(np.asarray(vectors, dtype=np.float32))

    def encode_questions(self, questions: Sequence[str]) -> Vectors:
        """One row for each question, introduced by the model's instruction when it has one."""
        introduced = [self._instruction + question for question in questions]
        vectors = self._model.encode_query(
            introduced, convert_to_numpy=True, show_progress_bar=False
        )
        return _unit_rows(np.asarray(vectors, dtype=np.float32))


def load_encoder(name_or_path: str | None = None) -> Encoder:
    """The shipped encoder for `None`; else the model in that folder, or of that name on the hub."""
    if name_or_path is None:
        return StaticEncoder()
    if (Path(name_or_path) / PROVENANCE_FILE).is_file():
        return StaticEncoder(Path(name_or_path))
    return HubEncoder(name_or_path)


def as_langchain(encoder: Encoder) -> Embeddings:
    """`encoder` behind LangChain's interface, for its vector stores and retrievers."""
    from langchain_core.embeddings import Embeddings

    class EncoderEmbeddings(Embeddings):
        """An `Encoder` as LangChain calls it."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            """One vector for each text."""
            rows: list[list[float]] = encoder.encode(texts).tolist()
            return rows

        def embed_query(self, text: str) -> list[float]:
            """The vector of a question."""
            row: list[float] = encoder.encode_questions([text])[0].tolist()
            return row

    return EncoderEmbeddings()


def _read_static_folder(folder: Path) -> tuple[dict[str, int], Vectors]:
    """Vocabulary and matrix of a static model; rows are stored as whole numbers with a scale each."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
        weights = load_file(folder / "model.safetensors")
        matrix = weights["embeddings"].astype(np.float32) * weights["weights"][:, np.newaxis]
        vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise AssistantError(
            f"无法读取静态嵌入模型 {folder}：{error}。缺少它就无法比较语义。"
            f"请恢复该目录中的 tokenizer.json 与 model.safetensors，"
            f"或用 {SETTING} 指定另一个模型后重建索引。",
            field=SETTING,
        ) from error
    if len(vocabulary) != len(matrix):
        raise AssistantError(
            f"静态嵌入模型 {folder} 的词表有 {len(vocabulary)} 项，向量却有 {len(matrix)} 行，"
            f"二者不是同一次训练的结果。请恢复成套的文件，或用 {SETTING} 指定另一个模型。",
            field=SETTING,
        )
    return vocabulary, np.ascontiguousarray(matrix, dtype=np.float32)


def _load_sentence_transformer(name_or_path: str) -> SentenceTransformer:
    """Load the model; whatever fails inside those libraries becomes one error that names the way out."""
    try:
        from sentence_transformers import SentenceTransformer

        try:
            # What is on disk needs no network, and keeps to the version that was once fetched.
            return SentenceTransformer(name_or_path, device="cpu", local_files_only=True)
        except OSError:
            if _is_path(name_or_path):
                raise
            return SentenceTransformer(name_or_path, device="cpu")
    except Exception as error:  # the hub client's errors share no base class
        raise AssistantError(
            f"无法加载 {SETTING} 指定的嵌入模型「{name_or_path}」：{_first_line(error)}。"
            "没有它就无法把问题和条款变成向量。请检查名称或目录是否正确、网络能否下载该模型；"
            f"也可以先下载到本地，把 {SETTING} 设为其目录，或者取消该设置，改用随附的模型。",
            field=SETTING,
        ) from error


def _is_path(name_or_path: str) -> bool:
    """Whether this can only be a folder: hub ids are `name` or `owner/name`."""
    path = Path(name_or_path)
    return path.is_dir() or path.is_absolute() or name_or_path.startswith((".", "~"))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _instruction_for(name_or_path: str) -> str:
    return _BGE_INSTRUCTION if _BGE_CHINESE.search(Path(name_or_path).name) else ""


def _model_name(name_or_path: str) -> str:
    """A hub id as it is; a folder by its last part and its content, wherever it lies."""
    folder = Path(name_or_path)
    if not folder.is_dir():
        return name_or_path
    weights = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("*.bin"))
    return "-".join([folder.resolve().name, *(_digest(path) for path in weights)])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:12]


def _unit_rows(rows: Vectors) -> Vectors:
    """Each row at length one; a row of zeros stays, being like nothing."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
