"""The comparison: aligned by recorded effects alone, and nothing left out on either side."""

import re

import pytest
from fastapi.testclient import TestClient

from assistant.clauses.corpus import Corpus
from assistant.service.comparison import changes_of, compare, counterparts, units_to_read
from tests.service.fake import TODAY

OLD, NEW = "jx-gbo-2020-28", "jx-gbo-2024-16"
DRAFT = "zj-psd-2023-hukou-draft"


def test_every_pair_that_effects_connect_is_aligned_by_them(corpus: Corpus) -> None:
    place = corpus.gazetteer.resolve("嘉兴市")
    pairs = [pair for notice in corpus.notices() for pair in counterparts(corpus, notice)]
    assert pairs
    for old, new in pairs:
        recorded = {
            (effect.clause_id, effect.by)
            for effect in old.effects
            if effect.by and corpus.clause(effect.by).notice_id == new.notice_id
        }
        rows = compare(corpus, old, new, TODAY, place)
        shown = {
            (effect.clause_id, side.clause_id)
            for row in rows
            for effect in row.effects
            for side in row.new
            if effect.by == side.clause_id
        }
        assert shown == recorded


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (DRAFT, NEW), (NEW, OLD)])
def test_no_clause_of_either_side_is_left_out(corpus: Corpus, old: str, new: str) -> None:
    place = corpus.gazetteer.resolve("嘉兴市")
    rows = compare(corpus, corpus.notice(old), corpus.notice(new), TODAY, place)
    left = [row.old.clause_id for row in rows if row.old]
    right = {side.clause_id for row in rows for side in row.new}
    assert left == [clause.clause_id for clause in units_to_read(corpus, corpus.notice(old))]
    assert right == {clause.clause_id for clause in units_to_read(corpus, corpus.notice(new))}


def test_only_words_that_ended_for_every_topic_are_marked(corpus: Corpus) -> None:
    place = corpus.gazetteer.resolve("嘉兴市")
    rows = compare(corpus, corpus.notice(OLD), corpus.notice(NEW), TODAY, place)
    marked = {
        row.old.clause_id: "".join(run.text for run in row.old.runs if run.quoted)
        for row in rows
        if row.old
    }
    assert marked[f"{OLD}__sec_1__para_1"] == ""  # 自有住房 still goes by it
    assert marked[f"{OLD}__sec_1__para_2"].endswith("已连续居住3年及以上")


def test_before_the_new_notice_takes_effect_nothing_is_called_replaced(client: TestClient) -> None:
    page = client.get(f"/compare/{OLD}/{NEW}", params={"as_of": "2024-07-31"}).text
    assert "已被替代</span>" not in page
    assert '<span class="badge careful">未施行</span>' in page


def test_the_wrong_way_round_leads_to_the_right_one(client: TestClient) -> None:
    reply = client.get(
        f"/compare/{NEW}/{OLD}", params={"as_of": "2024-08-01"}, follow_redirects=False
    )
    assert reply.headers["location"] == f"/compare/{OLD}/{NEW}?as_of=2024-08-01"


def test_notices_that_no_effect_connects_are_said_to_be_so(client: TestClient) -> None:
    assert "没有登记" in client.get(f"/compare/{DRAFT}/{NEW}").text


@pytest.mark.parametrize("clause_id", [f"{OLD}__sec_1__para_2", f"{NEW}__sec_1"])
def test_the_viewer_links_the_comparison_from_both_sides(
    client: TestClient, clause_id: str
) -> None:
    page = client.get(f"/source/{clause_id}", params={"as_of": "2024-08-01"}).text
    assert f'href="/compare/{OLD}/{NEW}?as_of=2024-08-01"' in page


def test_an_amendment_s_old_and_new_words_stand_side_by_side(
    client: TestClient, corpus: Corpus
) -> None:
    amending = [notice for notice in corpus.notices() if notice.amendments]
    assert amending
    for notice in amending:
        first = corpus.clauses_of(notice.notice_id)[0].clause_id
        page = client.get(f"/source/{first}").text
        changes = changes_of(corpus, notice)
        assert re.findall(r"<del>(.*?)</del>", page) == [change.old for change in changes]
        assert re.findall(r"<ins>(.*?)</ins>", page) == [c.new for c in changes if c.new]


@pytest.mark.parametrize("path", [f"/compare/{OLD}/nowhere", f"/compare/nowhere/{NEW}"])
def test_an_unknown_notice_is_told_on_a_page(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "打不开这一页" in page.text
