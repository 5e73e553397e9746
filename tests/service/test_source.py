"""The source viewer: what is marked is what the offsets say, and all of it is text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from assistant.clauses import Span, cite
from assistant.clauses.corpus import Corpus
from assistant.service.app import create_app
from assistant.service.reading import blocks_of, contents_of, text_range
from tests.service.fake import RENTAL, TODAY, ContainmentService


class Marks(HTMLParser):
    """Collects the text inside `<mark>`."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._open = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._open = self._open or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data if self._open else ""


def marked(page: str) -> str:
    reader = Marks()
    reader.feed(page)
    return reader.text


def readable(corpus: Corpus) -> list[str]:
    return [
        clause.clause_id
        for notice in corpus.notices()
        for clause in corpus.clauses_of(notice.notice_id)
        if clause.is_leaf
    ]


def test_the_quote_of_every_clause_is_marked_exactly(client: TestClient, corpus: Corpus) -> None:
    place = corpus.gazetteer.resolve("嘉兴市")
    for clause_id in readable(corpus):
        citation = cite(corpus, clause_id, marker=1, as_of=TODAY, place=place)
        where = {"start": citation.source.start, "end": citation.source.end}
        page = client.get(f"/source/{clause_id}", params=where)
        assert page.status_code == 200
        assert marked(page.text) == citation.quote


def test_part_of_a_clause_is_marked_by_offset_and_not_by_its_words(
    client: TestClient, corpus: Corpus
) -> None:
    clause = corpus.clause(RENTAL)
    first = clause.text.index("落户")
    second = clause.text.rindex("落户")
    span = clause.source_span(second, second + 2)
    page = client.get(f"/source/{RENTAL}", params={"start": span.start, "end": span.end}).text
    assert first != second
    assert marked(page) == "落户"
    assert page.index("<mark>") > page.index("租赁住房所在地")


def test_offsets_outside_the_clause_mark_nothing(client: TestClient) -> None:
    page = client.get(f"/source/{RENTAL}", params={"start": 0, "end": 5})
    assert page.status_code == 200
    assert marked(page.text) == ""


def test_the_page_holds_the_whole_notice_and_its_contents(
    client: TestClient, corpus: Corpus
) -> None:
    page = client.get(f"/source/{RENTAL}").text
    squeezed = re.sub(r"\s|<[^>]+>", "", page)
    for clause in corpus.clauses_of("jx-gbo-2024-16"):
        assert re.sub(r"\s", "", clause.text) in squeezed
        assert f'id="{clause.clause_id}"' in page
    for entry in contents_of(corpus, corpus.notice("jx-gbo-2024-16")):
        assert f'href="#{entry.clause_id}"' in page


@pytest.mark.parametrize(
    ("clause_id", "day", "badge"),
    [
        (RENTAL, "2024-08-01", "现行有效"),
        (RENTAL, "2024-07-31", "未施行"),
        ("jh-gbo-2023-hukou-draft__title", "2026-11-22", "征求意见稿"),
        ("jx-psb-2024-hukou-interpretation__title", "2026-11-22", "政策解读"),
    ],
)
def test_the_banner_gives_the_status_on_the_day(
    client: TestClient, clause_id: str, day: str, badge: str
) -> None:
    page = client.get(f"/source/{clause_id}", params={"as_of": day}).text
    assert f'<span class="badge">{badge}</span>' in page


def test_what_replaced_a_clause_is_linked(client: TestClient, corpus: Corpus) -> None:
    ended = next(
        (effect.clause_id, effect.by)
        for notice in corpus.notices()
        for effect in notice.effects
        if effect.state.value == "superseded"
        and effect.topic is None
        and effect.quote is None
        and effect.by
    )
    page = client.get(f"/source/{ended[0]}", params={"as_of": "2024-08-01"}).text
    assert '<span class="badge">已被替代</span>' in page
    assert f'href="/source/{ended[1]}?as_of=2024-08-01"' in page


def test_a_unit_whose_parts_differ_in_validity_does_not_pretend_to_one(client: TestClient) -> None:
    page = client.get("/source/jx-gbo-2020-28__sec_1", params={"as_of": "2024-08-01"}).text
    assert '<span class="badge">效力不一</span>' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/source/nowhere", 404),
        ("/source/a.b", 422),
        (f"/source/{RENTAL}?start=x", 422),
        (f"/source/{RENTAL}?as_of=2024-02-30", 422),
        ("/source/assets/secret.txt", 404),
    ],
)
def test_errors_are_pages_in_chinese(client: TestClient, path: str, status: int) -> None:
    page = client.get(path)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert "打不开这一页" in page.text


def test_nothing_comes_from_elsewhere(client: TestClient) -> None:
    page = client.get(f"/source/{RENTAL}")
    assert 'lang="zh-CN"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    for name in ("tokens.css", "viewer.css", "viewer.js"):
        assert client.get(f"/source/assets/{name}").status_code == 200


def test_markup_in_a_published_text_is_shown_as_text(corpus: Corpus) -> None:
    notice = corpus.notice("jx-gbo-2024-16")
    title = "<script>alert(1)</script>[点我](http://evil)"
    hostile = replace(notice, title=title, relations=(), effects=())
    view = Corpus(
        {notice.notice_id: hostile},
        {notice.notice_id: corpus.clauses_of(notice.notice_id)},
        {part.file: corpus.source(part.file) for part in notice.parts},
        corpus.gazetteer,
        corpus.digest,
    )
    app = create_app(ContainmentService(view), view.gazetteer, home="嘉兴市")
    page = TestClient(app).get(f"/source/{RENTAL}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_blocks_hold_each_character_of_each_clause_once_in_source_order(corpus: Corpus) -> None:
    for notice in corpus.notices():
        blocks = blocks_of(corpus, notice, None, "")
        shown = "".join(run.text for block in blocks for run in block.heading + block.body)
        published = ""
        for part in notice.parts:
            segments = [
                segment
                for clause in corpus.clauses_of(notice.notice_id)
                for segment in clause.segments
                if clause.file == part.file and part.start <= segment.start < part.end
            ]
            places = {p for segment in segments for p in range(segment.start, segment.end)}
            published += "".join(corpus.source(part.file)[place] for place in sorted(places))
        assert shown == published


def test_text_range_inverts_source_span(corpus: Corpus) -> None:
    for clause_id in readable(corpus):
        clause = corpus.clause(clause_id)
        for start, end in (
            (0, 1),
            (0, len(clause.text)),
            (len(clause.text) // 2, len(clause.text)),
        ):
            span = clause.source_span(start, end)
            assert text_range(clause, Span(span.start, span.end)) == (start, end)
