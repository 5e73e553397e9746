"""Addresses, labels and the tree, against a list written from the sources."""

import re
from pathlib import Path

import pytest

from assistant.clauses import Corpus

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "addresses.txt"


def golden() -> dict[str, list[str]]:
    notices: dict[str, list[str]] = {}
    for line in GOLDEN.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            current = notices.setdefault(line.strip(), [])
        else:
            current.append(line.strip())
    return notices


def test_every_address_of_every_notice_is_as_written_down(corpus: Corpus) -> None:
    found = {}
    for notice in corpus.notices():
        found[notice.notice_id] = [
            f"{c.clause_id[len(notice.notice_id) + 2 :]} {c.kind.value}{'*' if c.is_leaf else ''} "
            f"{''.join(c.text.split())[:8]}"
            for c in corpus.clauses_of(notice.notice_id)
        ]
    assert found == golden()


def test_clause_ids_are_unique_and_plain(corpus: Corpus) -> None:
    ids = [c.clause_id for n in corpus.notices() for c in corpus.clauses_of(n.notice_id)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9_-]+", clause_id) for clause_id in ids)


def test_parents_name_their_children_and_contain_them(corpus: Corpus) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            for child_id in (*clause.children, *clause.items):
                child = corpus.clause(child_id)
                assert child.parent_id == clause.clause_id
                assert clause.start <= child.start
                assert child.end <= clause.end


@pytest.mark.parametrize(
    ("clause_id", "label"),
    [
        pytest.param(
            "jx-gbo-2024-16__sec_1", "一、进一步放宽租赁落户", id="single_paragraph_cites_heading"
        ),
        pytest.param(
            "jx-gbo-2024-16__sec_3__para_2", "三、进一步放宽人才落户 第二款", id="second_paragraph"
        ),
        pytest.param(
            "jx-gbo-2024-17__sec_3__subsec_1",
            "三、基本医疗补助待遇（一）个人账户待遇",
            id="subsection_heading",
        ),
        pytest.param("jx-gbo-2024-17__cover__para_1", "印发通知 第一款", id="covering_notice"),
        pytest.param(
            "jx-gbo-2014-permit-pilot__sec_3__subsec_1__point_2__para_1__subpoint_1",
            "三、主要内容（一）明确居住证性质和申领条件2.《浙江省居住证》 第一款（1）",
            id="inline_item",
        ),
        pytest.param(
            "jh-gbo-2023-hukou-draft__sec_2__para_1",
            "二、全面放开放宽城镇地区落户限制 末段",
            id="paragraph_after_the_last_subsection",
        ),
    ],
)
def test_labels_are_the_place_as_people_cite_it(corpus: Corpus, clause_id: str, label: str) -> None:
    assert corpus.clause(clause_id).label == label
