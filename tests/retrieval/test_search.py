"""Search over one build: two passes, fusion, and what must not change when texts are added."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.clauses.jurisdictions import Place
from assistant.errors import IndexUnavailableError
from assistant.retrieval import Lexicon, Searcher
from assistant.retrieval.lexicon import Entry
from tests.retrieval.builders import (
    CITY,
    DAY,
    DRAFTS,
    ELSEWHERE,
    MEDICAL,
    OTHER_CITY,
    RENTAL,
    Draft,
    searcher,
    unrelated,
)

RENT = "租房落户要登记满几个月"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searcher(tmp_path_factory.mktemp("index"), DRAFTS)


def ids(
    found: Searcher,
    question: str,
    *,
    as_of: date = DAY,
    place: Place = CITY,
    binding: bool = True,
    limit: int = 10,
    notice_ids: frozenset[str] | None = None,
) -> list[str]:
    hits = found.search(
        question, as_of=as_of, place=place, binding=binding, limit=limit, notice_ids=notice_ids
    )
    return [hit.clause_id for hit in hits]


def test_what_binds_today_is_the_basis_and_the_rest_is_apart(ours: Searcher) -> None:
    assert ids(ours, RENT)[0] == "moon-2024-7__sec_1"
    rest = ids(ours, RENT, binding=False)
    assert set(rest[:3]) == {"moon-2020-7__sec_1", "star-2024-7__sec_1", "moon-draft__sec_1"}
    assert not set(rest) & set(ids(ours, RENT))


def test_the_day_decides_which_notice_binds(ours: Searcher) -> None:
    assert ids(ours, RENT, as_of=date(2023, 12, 31)) == ["moon-2020-7__sec_1"]
    assert "moon-2020-7__sec_1" not in ids(ours, RENT, as_of=date(2024, 1, 1))


def test_the_place_decides_which_notice_binds(ours: Searcher) -> None:
    assert ids(ours, RENT, place=OTHER_CITY) == ["star-2024-7__sec_1"]


def test_a_search_can_be_limited_to_notices_in_either_pass(ours: Searcher) -> None:
    only = frozenset({ELSEWHERE.notice_id, MEDICAL.notice_id})
    assert ids(ours, RENT, notice_ids=only, binding=False) == ["star-2024-7__sec_1"]
    assert all(i.startswith("moon-2024-8") for i in ids(ours, RENT, notice_ids=only))
    assert ids(ours, RENT, notice_ids=frozenset()) == []


def test_titles_and_numbers_are_never_hits(ours: Searcher) -> None:
    found = ids(ours, "月亮市人民政府办公室关于放宽租赁落户的通知", limit=50)
    assert found
    assert not any(clause_id.endswith("__title") for clause_id in found)


def test_a_hit_carries_its_raw_scores(ours: Searcher) -> None:
    first, *others = ours.search(RENT, as_of=DAY, place=CITY)
    assert first.lexical > 0
    assert first.score == pytest.approx(1 + 0.5 * first.dense, abs=1e-3)
    assert all(first.score >= other.score and other.binding for other in others)


def test_the_limit_is_kept(ours: Searcher) -> None:
    assert len(ids(ours, RENT, limit=2)) == 2
    assert ids(ours, RENT, limit=2) == ids(ours, RENT, limit=9)[:2]


def test_what_people_say_is_searched_as_notices_call_it(tmp_path: Path) -> None:
    entry = Entry(("退休人员",), ("老底子",), "person", general=False, where="test")
    plain = searcher(tmp_path / "a", DRAFTS)
    expanded = searcher(tmp_path / "b", DRAFTS, Lexicon([entry]))
    assert ids(plain, "老底子拿多少")[0] != "moon-2024-8__sec_1__para_2"
    assert ids(expanded, "老底子拿多少")[0] == "moon-2024-8__sec_1__para_2"


@pytest.mark.parametrize("question", ["？？？", " ", "qwertyuiop", "龘"])
def test_a_question_of_nothing_known_is_no_error(ours: Searcher, question: str) -> None:
    assert all(hit.lexical == 0 for hit in ours.search(question, as_of=DAY, place=CITY))


def test_a_failing_dense_store_leaves_the_lexical_ranking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = searcher(tmp_path, DRAFTS)
    before = ids(found, RENT)

    def fail(*_: object) -> list[int]:
        raise IndexUnavailableError("语义索引暂时用不了。")

    monkeypatch.setattr(found._dense, "search", fail)
    assert ids(found, RENT)[0] == before[0]
    assert found.dense_problem == "语义索引暂时用不了。"
    monkeypatch.undo()
    assert ids(found, RENT) == before
    assert found.dense_problem is None


def test_the_same_input_gives_the_same_result(tmp_path: Path) -> None:
    drafts = (*DRAFTS, *unrelated(40))
    first, second = searcher(tmp_path / "a", drafts), searcher(tmp_path / "b", drafts)
    for question in (RENT, "个人账户每月多少", "桥梁由谁巡查", "申请"):
        for binding in (True, False):
            scored = [
                s.search(question, as_of=DAY, place=CITY, binding=binding, limit=20)
                for s in (first, second)
            ]
            assert scored[0] == scored[1]


ADDRESSED = [
    ("月政办发〔2024〕7号讲什么", "moon-2024-7", None),
    ("月政办发〔2024〕7号第二部分第二款", "moon-2024-7", "moon-2024-7__sec_2__para_2"),
    ("放宽人才落户", "moon-2024-7", "moon-2024-7__sec_2"),
    ("《月亮市补充医疗保险办法》第一条", "moon-2024-8", "moon-2024-8__sec_1"),
]


@pytest.mark.parametrize("others", [1, 60], ids=["one_more", "sixty_more"])
def test_adding_irrelevant_notices_never_changes_an_exact_address(
    tmp_path: Path, others: int
) -> None:
    grown = searcher(tmp_path, (*DRAFTS, *unrelated(others)))
    for question, notice_id, clause_id in ADDRESSED:
        first = grown.lookup(question, as_of=DAY, place=CITY)[0]
        assert (first.notice_id, first.clause_id) == (notice_id, clause_id), question


@pytest.mark.parametrize(
    ("question", "target"),
    [
        (RENT, "moon-2024-7__sec_3"),
        ("退休人员个人账户每月划入多少", "moon-2024-8__sec_2"),
        ("博士可以先落户后就业吗", "moon-2024-7__sec_1"),
    ],
)
def test_adding_text_nearer_to_the_question_never_lowers_a_rank(
    tmp_path: Path, question: str, target: str
) -> None:
    before = ids(searcher(tmp_path / "a", (*DRAFTS, *unrelated(20))), question, limit=50)
    closer = [_with_text(draft, target, question) for draft in DRAFTS]
    after = ids(searcher(tmp_path / "b", (*closer, *unrelated(20))), question, limit=50)
    assert after.index(target) <= (before.index(target) if target in before else len(before))


def _with_text(draft: Draft, clause_id: str, text: str) -> Draft:
    """The notice with `text` added to the section that `clause_id` names."""
    if not clause_id.startswith(f"{draft.notice_id}__sec_"):
        return draft
    wanted = int(clause_id.rsplit("_", 1)[1]) - 1
    sections = tuple(
        (heading, f"{body}{text}" if i == wanted else body)
        for i, (heading, body) in enumerate(draft.sections)
    )
    return replace(draft, sections=sections)


def test_adding_an_irrelevant_notice_leaves_the_best_hit(tmp_path: Path) -> None:
    for count in (0, 5, 50):
        grown = searcher(tmp_path / str(count), (*DRAFTS, *unrelated(count)))
        assert ids(grown, RENT)[0] == RENTAL.notice_id + "__sec_1"
