"""The basis that can be passed on: quotes cut anew from the source, and nothing of the person."""

import html
import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from assistant.clauses import cite
from assistant.clauses.corpus import Corpus
from assistant.service.pages import as_written
from tests.service.fake import RENTAL, TODAY


def quotes(page: str) -> list[str]:
    found = re.findall(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", quote)) for quote in found]


def test_every_quote_is_the_source_s_own(client: TestClient, corpus: Corpus) -> None:
    place = corpus.gazetteer.resolve("嘉兴市")
    for notice in corpus.notices():
        leaves = [c for c in corpus.clauses_of(notice.notice_id) if c.is_leaf][:30]
        cited = [
            cite(corpus, c.clause_id, marker=n, as_of=TODAY, place=place)
            for n, c in enumerate(leaves, start=1)
        ]
        named = [f"{c.clause_id}.{c.source.start}.{c.source.end}" for c in cited]
        page = client.get("/basis", params=[("q", name) for name in named])
        assert page.status_code == 200
        assert quotes(page.text) == [citation.quote for citation in cited]


def test_day_and_place_decide_the_badge(client: TestClient) -> None:
    for day, badge in (("2024-08-01", "现行有效"), ("2024-07-31", "未施行")):
        page = client.get("/basis", params={"q": RENTAL, "as_of": day}).text
        assert f'<span class="badge">{badge}</span>' in page
        assert f"as_of={day}" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ([("q", f"{RENTAL}.0.5")], 404),
        ([("q", f"{RENTAL}.4019.3937")], 404),
        ([("q", "nowhere")], 404),
        ([("q", "a.b")], 422),
        ([("q", "<script>")], 422),
        ([], 422),
        ([("q", RENTAL)] * 61, 422),
        ([("q", RENTAL), ("question", "我")], 422),
        ([("q", RENTAL), ("jurisdiction", "乌有")], 422),
    ],
)
def test_what_does_not_fit_the_text_is_refused_on_a_page(
    client: TestClient, query: list[tuple[str, str]], status: int
) -> None:
    page = client.get("/basis?" + urlencode(query))
    assert page.status_code == status
    assert "打不开这一页" in page.text
    assert "<script>" not in page.text


def test_a_sign_that_turns_the_writing_is_held_by_itself() -> None:
    written = str(as_written("甲\u202e<b>乙\u2066"))
    assert written == ('甲<bdi class="sign">\u202e</bdi>&lt;b&gt;乙<bdi class="sign">\u2066</bdi>')


def test_the_corpus_says_how_fresh_it_is(client: TestClient, corpus: Corpus) -> None:
    state = client.get("/api/corpus").json()
    binding = [n.verified_on for n in corpus.notices() if n.binds and n.verified_on]
    assert state == {
        "today": TODAY.isoformat(),
        "documents": len(list(corpus.notices())),
        "verified_on": max(binding).isoformat(),
        "digest": corpus.digest,
    }
