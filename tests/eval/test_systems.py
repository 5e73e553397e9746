"""What is compared: chunks scored kindly, outside articles made into a corpus, parts taken out."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.clauses import load_corpus
from assistant.retrieval import Lexicon, load_encoder
from eval.measures.ranking import Difference
from eval.retrieval.articles import HERE, read_articles
from eval.retrieval.evaluate import article_bench, leads_over, own_bench
from eval.retrieval.systems import CHUNKS, Document, Mute, credit, holders, ours, ranked_leaves
from eval.sets import CaseError

ARTICLES = {
    "source": "fictional",
    "articles": [
        {"id": 7, "name": "养蜂条例第一条", "text": "蜂农应当登记蜂箱。"},
        {"id": 9, "name": "养蜂条例第二条", "text": "蜂箱遗失的，应当在三日内补办登记。"},
        {"id": 11, "name": "渡船条例第一条", "text": "渡船每年检验一次。\n夜间不得渡运。"},
    ],
    "questions": [
        {"id": 1, "question": "蜂箱丢了几天内补登记", "relevant": [9]},
        {"id": 2, "question": "渡船多久检验", "relevant": [11]},
    ],
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.json"
    path.write_text(json.dumps(ARTICLES, ensure_ascii=False), encoding="utf-8")
    return path


def test_articles_become_clauses_with_their_own_text(articles: Path) -> None:
    found = read_articles(articles)
    texts = [found.corpus.clause(leaf).text for leaf in ranked_leaves(found.corpus)]
    assert texts == [article["text"] for article in ARTICLES["articles"]]  # type: ignore[index]
    assert found.gold == {"q-1": {"article-1__art"}, "q-2": {"article-2__art"}}


def test_a_file_of_another_shape_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "articles.json"
    path.write_text('{"articles": []}', encoding="utf-8")
    with pytest.raises(CaseError, match="不能作为条文题目读入"):
        read_articles(path)


def test_the_product_indexes_and_ranks_outside_articles(articles: Path, tmp_path: Path) -> None:
    bench = article_bench(articles, load_encoder(None), Lexicon(), tmp_path / "index")
    bench.build()
    runs = ours(bench)
    assert bench.home == HERE
    assert runs["我们"]["q-1"][0] == "article-1__art"
    assert runs["我们"]["q-2"][0] == "article-2__art"
    assert runs.keys() == {"我们", "－词典", "－向量", "－效力"}


def test_a_mute_encoder_still_encodes_passages() -> None:
    encoder = load_encoder(None)
    mute = Mute(encoder)
    assert np.array_equal(mute.encode(["居住证"]), encoder.encode(["居住证"]))
    assert not mute.encode_questions(["居住证"]).any()


def test_a_chunk_holds_only_whole_clauses(articles: Path) -> None:
    corpus = read_articles(articles).corpus
    text = corpus.source("articles.txt")
    chunks = [{"source": "0", "start": 0, "text": text[:20]}]
    (held,) = holders(corpus, [Document("articles.txt", 0, len(text))], chunks)
    assert held == {"article-0__art"}


def test_a_chunk_counts_once_and_in_our_disfavour() -> None:
    held = [frozenset({"a", "b", "x"}), frozenset({"a"}), frozenset[str](), frozenset({"c"})]
    assert credit([2, 0, 1, 3], held, frozenset({"a", "b", "c"})) == ["chunk-2", "a", "b", "c"]


def test_own_cases_bring_their_day(tmp_path: Path) -> None:
    from eval.sets import paths, read_cases

    cases = read_cases(paths()[0])
    bench = own_bench(load_corpus(Path("corpus")), cases, load_encoder(None), Lexicon(), tmp_path)
    dated = [case for case in cases if case.turns[0].as_of]
    assert dated
    assert all(bench.queries[case.id].as_of == case.turns[0].as_of for case in dated)


@pytest.mark.parametrize(
    ("name", "mean", "p", "ahead"),
    [
        pytest.param("jieba BM25", 0.1, 0.01, True, id="beyond_chance"),
        pytest.param("jieba BM25", 0.1, 0.2, False, id="within_chance"),
        pytest.param("jieba BM25", -0.1, 0.01, False, id="behind"),
        pytest.param(CHUNKS, 0.1, 0.01, True, id="chunks"),
    ],
)
def test_a_lead_must_be_beyond_chance(name: str, mean: float, p: float, ahead: bool) -> None:
    gap = Difference(mean, mean - 0.05, mean + 0.05, p)
    assert leads_over(name, dict.fromkeys(("ndcg@10", "recall@5", "mrr@10"), gap)) is ahead
