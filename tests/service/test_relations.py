"""Relations: the drawing says what the list says, and fits the smallest phone."""

from itertools import pairwise

from fastapi.testclient import TestClient

from assistant.clauses.corpus import Corpus
from assistant.service.relations import LETTER, WIDTH, drawn, related_documents


def test_the_drawing_holds_every_related_document_whole(corpus: Corpus) -> None:
    for notice in corpus.notices():
        related = related_documents(corpus, notice)
        drawing = drawn(notice, related)
        assert ["".join(box.lines) for box in drawing.boxes] == [line.name for line in related]
        boxes = [drawing.centre, *drawing.boxes]
        assert all(box.x + box.width <= WIDTH for box in boxes)
        assert all(len(line) * LETTER * 0.6 <= box.width for box in boxes for line in box.lines)
        assert all(a.y + a.height < b.y for a, b in pairwise(boxes))


def test_both_ends_of_a_relation_tell_of_it(corpus: Corpus) -> None:
    names = {n.notice_id: related_documents(corpus, n) for n in corpus.notices()}
    told = [line for line in names["jx-gbo-2020-28"] if not line.outward]
    assert any("嘉政办发〔2024〕16号" in line.name for line in told)


def test_who_cannot_see_the_drawing_reads_the_list(client: TestClient, corpus: Corpus) -> None:
    page = client.get("/source/jx-gbo-2024-16__sec_1").text
    assert '<svg class="drawing"' in page
    assert 'aria-hidden="true" focusable="false"' in page
    for line in related_documents(corpus, corpus.notice("jx-gbo-2024-16")):
        assert page.count(line.name) >= 1
