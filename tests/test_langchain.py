"""The retriever in LangChain's hands: verbatim, in force, on the day and at the place of the call."""

import asyncio
import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import ConfigurableField
from pydantic import ValidationError

from assistant.clauses import Corpus, squeeze
from assistant.config import Settings
from assistant.errors import UnknownPlaceError
from assistant.langchain import PolicyRetriever
from assistant.schemas import Citation
from eval.model import EVAL_DAY
from eval.sets import read_cases

RENTING = "租房落户要登记满几个月"
BEFORE = date(2021, 5, 1)
POLICY = Path(__file__).parents[1] / "eval" / "policy" / "cases.jsonl"


@pytest.fixture(scope="module")
def settings(corpus_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        corpus_dir=corpus_root, var_dir=tmp_path_factory.mktemp("retriever"), today=EVAL_DAY
    )


@pytest.fixture(scope="module")
def retriever(settings: Settings) -> PolicyRetriever:
    return PolicyRetriever.from_settings(settings)


def numbers(documents: list[Document]) -> list[str]:
    return [document.metadata["doc_number"] for document in documents]


def published(document: Document, corpus: Corpus) -> str:
    where = document.metadata["source"]
    return corpus.source(where["file"])[where["start"] : where["end"]]


def test_one_line_builds_the_index_and_nothing_else(
    retriever: PolicyRetriever, settings: Settings
) -> None:
    assert retriever.invoke(RENTING)
    assert [path.name for path in settings.var_dir.iterdir()] == ["index"]


def test_a_document_bears_the_whole_citation_as_json_has_it(retriever: PolicyRetriever) -> None:
    first = retriever.invoke(RENTING)[0]
    assert json.loads(json.dumps(first.metadata)) == first.metadata
    citation = Citation.model_validate(
        {name: first.metadata[name] for name in Citation.model_fields}
    )
    assert citation.clause_id == "jx-gbo-2024-16__sec_1"
    assert citation.doc_number == "嘉政办发〔2024〕16号"
    assert citation.quote == first.page_content
    assert (citation.status, citation.effective_from) == ("in_force", date(2024, 8, 1))
    assert first.metadata["as_of"] == EVAL_DAY.isoformat()
    assert first.metadata["jurisdiction"] == "嘉兴市"
    assert first.id == f"{citation.clause_id}:{citation.source.start}-{citation.source.end}"


def test_every_span_is_verbatim_and_none_out_of_force_is_given_unasked(
    retriever: PolicyRetriever, corpus: Corpus
) -> None:
    seen: Counter[str] = Counter()
    for case in read_cases(POLICY)[::3]:
        for day in (EVAL_DAY, BEFORE):
            for document in retriever.invoke(case.turns[0].question, as_of=day, limit=10):
                assert squeeze(published(document, corpus)) == squeeze(document.page_content)
                assert document.metadata["binds"]
                seen[document.metadata["status"]] += 1
    assert set(seen) == {"in_force"}
    assert seen["in_force"] > 1000


def test_a_sentence_that_ended_is_parted_from_those_that_stand(retriever: PolicyRetriever) -> None:
    now = retriever.invoke(RENTING, limit=50)
    then = retriever.invoke(RENTING, limit=50, as_of=BEFORE)
    assert not any("连续居住3年及以上" in document.page_content for document in now)
    assert any("连续居住3年及以上" in document.page_content for document in then)
    assert "嘉政办发〔2024〕16号" not in numbers(then)


def test_what_ended_for_one_topic_still_stands_for_another(retriever: PolicyRetriever) -> None:
    sentence = "在城区（城镇）范围内有合法稳定住所的人员"
    renting = retriever.invoke("租房落户", limit=50)
    owning = retriever.invoke("有自己的房子怎么落户", limit=50)
    assert not any(sentence in document.page_content for document in renting)
    assert any(sentence in document.page_content for document in owning)


def test_what_is_out_of_force_comes_where_it_is_asked_for_and_says_so(
    retriever: PolicyRetriever,
) -> None:
    documents = retriever.invoke(RENTING, limit=20, in_force_only=False)
    statuses = {document.metadata["status"] for document in documents}
    assert {"in_force", "superseded", "draft", "interpretation"} <= statuses
    for document in documents:
        if document.metadata["status"] != "in_force":
            assert not document.metadata["binds"]
            assert document.metadata["notices"]


def test_the_day_is_that_of_the_call_else_of_the_retriever_else_of_the_question(
    retriever: PolicyRetriever,
) -> None:
    def day(retriever: PolicyRetriever, **fields: Any) -> str:
        told: str = retriever.invoke("2021年租房落户要多久", **fields)[0].metadata["as_of"]
        return told

    fixed = PolicyRetriever(library=retriever.library, as_of=BEFORE)
    assert day(retriever) == "2021-12-31"
    assert day(fixed) == BEFORE.isoformat()
    assert day(fixed, as_of="2024-09-01") == "2024-09-01"


def test_a_call_may_set_day_place_and_number_and_leaves_the_retriever_as_it_was(
    retriever: PolicyRetriever,
) -> None:
    documents = retriever.invoke(
        RENTING, as_of=BEFORE, jurisdiction="金华", limit=2, in_force_only=False
    )
    assert len(documents) == 2
    told = {(one.metadata["as_of"], one.metadata["jurisdiction"]) for one in documents}
    assert told == {(BEFORE.isoformat(), "金华市")}
    assert (retriever.as_of, retriever.jurisdiction, retriever.limit) == (None, None, 5)


def test_day_and_place_are_set_in_a_chain_by_binding_or_by_configuration(
    retriever: PolicyRetriever,
) -> None:
    bound = retriever.bind(as_of=BEFORE)
    configured = retriever.configurable_fields(as_of=ConfigurableField(id="as_of"))
    config: Any = {"configurable": {"as_of": BEFORE}}
    assert bound.invoke(RENTING) == configured.invoke(RENTING, config)
    assert bound.invoke(RENTING) == retriever.invoke(RENTING, as_of=BEFORE)


def test_asynchronous_calls_give_the_same_in_any_number(retriever: PolicyRetriever) -> None:
    async def many() -> list[list[Document]]:
        calls = [retriever.ainvoke(RENTING, as_of=BEFORE, limit=3) for _ in range(8)]
        return await asyncio.gather(*calls)

    expected = retriever.invoke(RENTING, as_of=BEFORE, limit=3)
    assert asyncio.run(many()) == [expected] * 8
    assert retriever.batch([RENTING, RENTING]) == [retriever.invoke(RENTING)] * 2


def test_an_unknown_place_is_an_error_in_chinese(retriever: PolicyRetriever) -> None:
    with pytest.raises(UnknownPlaceError, match="乌有市"):
        retriever.invoke(RENTING, jurisdiction="乌有市")


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 51}, {"as_of": "某天"}])
def test_a_field_that_cannot_be_is_refused(
    retriever: PolicyRetriever, wrong: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        retriever.invoke(RENTING, **wrong)
