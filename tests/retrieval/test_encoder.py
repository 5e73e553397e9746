"""Encoders: the shipped one is light and equal to sentence-transformers; others load on demand."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import AssistantError
from assistant.retrieval.encoder import (
    PROVENANCE_FILE,
    SHIPPED_FOLDER,
    Encoder,
    HubEncoder,
    StaticEncoder,
    as_langchain,
    load_encoder,
)
from assistant.retrieval.tokens import ngram_text, ngrams

SAMPLES = (
    "租房子半年了能上户口吗",
    "在本市合法稳定住所居住满六个月的人员，可以申请登记常住户口。",
    "嘉政办发〔2024〕16号",
    "公积金贷款最高80万元",
    "WiFi 没有 3.5 元 ???",
    "户",
)


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    return StaticEncoder()


def cosine(encoder: Encoder, one: str, other: str) -> float:
    first, second = encoder.encode([one, other])
    return float(first @ second)


def test_vectors_are_float32_rows_of_length_one(shipped: StaticEncoder) -> None:
    vectors = shipped.encode(SAMPLES)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(SAMPLES), shipped.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("text", ["", "？！", "ↈↈ"])
def test_a_text_without_known_ngrams_is_like_nothing(shipped: StaticEncoder, text: str) -> None:
    assert not shipped.encode([text]).any()


def test_no_texts_give_no_rows(shipped: StaticEncoder) -> None:
    assert shipped.encode([]).shape == (0, shipped.dimension)


@given(st.lists(st.text(alphabet="落户居住登记满六6个月配偶，。a "), max_size=5))
@settings(deadline=None)  # the first example may fall together with a slow read of the weights
def test_a_vector_does_not_depend_on_its_company(shipped: StaticEncoder, texts: list[str]) -> None:
    alone = [shipped.encode([text])[0] for text in texts]
    together = shipped.encode(texts)
    assert all(np.array_equal(one, row) for one, row in zip(alone, together, strict=True))


def test_texts_already_cut_give_the_same_vectors(shipped: StaticEncoder) -> None:
    cut = [ngrams(text) for text in SAMPLES]
    assert np.array_equal(shipped.encode_ngrams(cut), shipped.encode(SAMPLES))


def test_ways_of_writing_one_quantity_give_one_vector(shipped: StaticEncoder) -> None:
    assert cosine(shipped, "居住满六个月", "居住满６个月") == pytest.approx(1)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        pytest.param("老婆户口能迁过来吗", "夫妻投靠落户", "工伤保险缴费基数", id="spouse"),
        pytest.param("被公司开除了", "用人单位解除劳动合同", "婚姻登记", id="dismissal"),
        pytest.param("看病报销多少", "医疗费用支付比例", "机动车登记", id="medical"),
    ],
)
def test_a_question_is_nearer_to_what_it_means(
    shipped: StaticEncoder, question: str, near: str, far: str
) -> None:
    assert cosine(shipped, question, near) > cosine(shipped, question, far)


def test_no_name_is_given_the_shipped_encoder_is_loaded() -> None:
    assert isinstance(load_encoder(None), StaticEncoder)
    assert load_encoder().name == load_encoder().name


def test_a_folder_of_our_own_training_is_read_lightly() -> None:
    assert isinstance(load_encoder(str(SHIPPED_FOLDER)), StaticEncoder)


def test_encoding_imports_no_heavy_library() -> None:
    code = (
        "import sys; from assistant.retrieval.encoder import load_encoder;"
        "load_encoder().encode(['落户']);"
        "print([m for m in ('torch', 'sentence_transformers', 'transformers', 'langchain_core')"
        " if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_shipped_folder_stays_small_and_names_its_training() -> None:
    assert sum(path.stat().st_size for path in SHIPPED_FOLDER.iterdir()) < 10_000_000
    provenance = json.loads((SHIPPED_FOLDER / PROVENANCE_FILE).read_text(encoding="utf-8"))
    assert {"recipe", "statutes", "notices", "lexicon"} <= set(provenance)


def test_a_missing_folder_is_reported_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="ASSISTANT_ENCODER"):
        StaticEncoder(tmp_path)


def test_a_vocabulary_of_another_training_is_refused(tmp_path: Path) -> None:
    for path in SHIPPED_FOLDER.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    tokenizer = json.loads((tmp_path / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"].popitem()
    (tmp_path / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(AssistantError, match="不是同一次训练"):
        load_encoder(str(tmp_path))


def test_langchain_sees_the_same_vectors(shipped: StaticEncoder) -> None:
    embeddings = as_langchain(shipped)
    expected = shipped.encode(SAMPLES)
    assert np.allclose(embeddings.embed_documents(list(SAMPLES)), expected)
    assert np.allclose(embeddings.embed_query(SAMPLES[0]), expected[0])


@pytest.mark.model
def test_sentence_transformers_reads_the_shipped_folder_alike(shipped: StaticEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(SHIPPED_FOLDER), device="cpu")
    theirs = model.encode([ngram_text(text) for text in SAMPLES], normalize_embeddings=True)
    assert np.abs(shipped.encode(SAMPLES) - theirs).max() < 1e-5


@pytest.mark.model
@pytest.mark.parametrize("make", ["bert_folder", "static_folder"])
def test_a_model_of_choice_is_loaded_from_its_folder(
    make: str, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(make)
    encoder = load_encoder(str(folder))
    vectors = encoder.encode(["落户", "配偶"])
    assert isinstance(encoder, HubEncoder)
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.allclose(encoder.encode(["配偶"])[0], vectors[1], atol=1e-5)


@pytest.mark.model
def test_a_model_of_choice_is_named_by_content_and_not_by_place(bert_folder: Path) -> None:
    name = HubEncoder(str(bert_folder)).name
    assert name.startswith("bert-")
    assert "/" not in name


@pytest.mark.model
def test_questions_are_introduced_by_the_instruction_alone(bert_folder: Path) -> None:
    plain = HubEncoder(str(bert_folder))
    instructed = HubEncoder(str(bert_folder), question_instruction="配偶")
    assert np.array_equal(plain.encode_questions(["落户"]), plain.encode(["落户"]))
    assert np.allclose(instructed.encode_questions(["落户"]), plain.encode(["配偶落户"]), atol=1e-6)
    assert np.array_equal(instructed.encode(["落户"]), plain.encode(["落户"]))


@pytest.mark.model
def test_chinese_bge_models_are_given_their_instruction(bert_folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "bge-small-zh-v1.5"
    named.symlink_to(bert_folder, target_is_directory=True)
    bge, plain = HubEncoder(str(named)), HubEncoder(str(bert_folder))
    introduced = "为这个句子生成表示以用于检索相关文章：落户"
    assert np.allclose(bge.encode_questions(["落户"]), plain.encode([introduced]), atol=1e-6)


@pytest.mark.model
def test_a_model_that_cannot_be_loaded_is_named_with_the_way_out(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-model")
    with pytest.raises(AssistantError, match="ASSISTANT_ENCODER") as caught:
        load_encoder(missing)
    assert "no-such-model" in caught.value.message
    assert "随附的模型" in caught.value.message


@pytest.fixture(scope="module")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one small layer with random weights, shaped like those on the hub."""
    from sentence_transformers import SentenceTransformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("models")
    characters = "落户配偶为这个句子生成表示以用于检索相关文章："
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(characters)]
    raw = folder / "raw"
    raw.mkdir()
    (raw / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(vocab=str(raw / "vocab.txt")).save_pretrained(raw)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(raw)
    SentenceTransformer(str(raw), device="cpu").save(str(folder / "bert"))
    return folder / "bert"


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model of someone else's, which reads plain text."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(
        models.WordLevel({"[UNK]": 0, "落": 1, "户": 2, "配": 3, "偶": 4, "度": 5}, "[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    weights = np.random.default_rng(0).normal(size=(6, 8)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "static"
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, weights)], device="cpu")
    model.save(str(folder))
    return folder
