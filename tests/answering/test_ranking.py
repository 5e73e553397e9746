"""One ranking of all clauses: addresses first, then what is named, then by score and validity."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.question import read_question
from assistant.answering.ranking import named_notices, rank
from assistant.clauses import Corpus, load_corpus
from assistant.retrieval import Index, Searcher, build_index, load_encoder, load_lexicon

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(Path("corpus"))


@pytest.fixture(scope="module")
def searcher(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("ranking")
    encoder = load_encoder(None)
    build_index(corpus, folder, encoder)
    index = Index.open(folder, encoder, load_lexicon(Path("corpus")))
    yield index.searcher()
    index.close()


def best(text: str, corpus: Corpus, searcher: Searcher, *, day: date | None = None) -> str:
    home = corpus.gazetteer.resolve("嘉兴市")
    question = read_question(
        text, today=TODAY, as_of=day, place=None, home=home, gazetteer=corpus.gazetteer
    )
    return rank(question, searcher, 5)[0].clause_id


@pytest.mark.parametrize(
    ("question", "clause_id"),
    [
        pytest.param(
            "嘉政办发〔2024〕17号 二（四）", "jx-gbo-2024-17__sec_2__subsec_4", id="address"
        ),
        pytest.param("嘉政发〔2024〕16号 南湖研究院", "jx-gov-2024-16__para_3", id="number"),
        pytest.param("领导分工调整后南湖研究院归谁", "jx-gov-2024-16__para_3", id="content"),
        pytest.param(
            "金华荣誉称号人员落户", "jh-gbo-2023-hukou-draft__sec_2__subsec_5", id="elsewhere"
        ),
        pytest.param(
            "省公安厅征求意见稿的电子邮箱", "zj-psd-2023-hukou-draft__cover__sec_2", id="draft"
        ),
        pytest.param(
            "政策解读的解读人", "jx-psb-2024-hukou-interpretation__sec_6__subsec_2", id="told"
        ),
    ],
)
def test_what_is_named_comes_first(
    question: str, clause_id: str, corpus: Corpus, searcher: Searcher
) -> None:
    assert best(question, corpus, searcher) == clause_id


def test_the_day_decides_between_versions(corpus: Corpus, searcher: Searcher) -> None:
    text = "父母投靠成年子女的年龄"
    assert best(text, corpus, searcher) == "jx-gbo-2024-16__sec_2__para_1"
    assert best(text, corpus, searcher, day=date(2022, 1, 1)) == "jx-gbo-2020-28__sec_3__para_1"


def test_another_places_draft_is_not_the_draft_of_ours(corpus: Corpus) -> None:
    home = corpus.gazetteer.resolve("嘉兴市")
    question = read_question(
        "征求意见稿", today=TODAY, as_of=None, place=None, home=home, gazetteer=corpus.gazetteer
    )
    assert named_notices(question, corpus) == {"zj-psd-2023-hukou-draft"}


def test_no_more_than_the_limit(corpus: Corpus, searcher: Searcher) -> None:
    home = corpus.gazetteer.resolve("嘉兴市")
    question = read_question(
        "落户", today=TODAY, as_of=None, place=None, home=home, gazetteer=corpus.gazetteer
    )
    hits = rank(question, searcher, 3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
