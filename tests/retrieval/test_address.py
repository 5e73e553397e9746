"""Address lookup: a notice or a unit of it, named by number, title, heading or place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.clauses.jurisdictions import Place
from assistant.clauses.loader import load_corpus
from assistant.clauses.model import ClauseKind, CorpusView
from assistant.retrieval import (
    AddressHit,
    Index,
    Searcher,
    build_index,
    load_encoder,
    named_numbers,
)
from assistant.retrieval.lexicon import Lexicon
from tests.retrieval.builders import CITY, DAY, DRAFTS, searcher

ROOT = Path(__file__).parents[2]
JIAXING = Place("330400", "嘉兴市")
TODAY = date(2024, 11, 22)


@pytest.fixture(scope="module")
def fictional(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searcher(tmp_path_factory.mktemp("fictional"), DRAFTS)


@pytest.fixture(scope="module")
def corpus() -> CorpusView:
    return load_corpus(ROOT / "corpus")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, corpus: CorpusView) -> Searcher:
    root = tmp_path_factory.mktemp("real")
    build_index(corpus, root, load_encoder(None))
    return Index.open(root, load_encoder(None), Lexicon()).searcher()


def look(found: Searcher, question: str) -> list[tuple[str, str | None]]:
    hits = found.lookup(question, as_of=DAY, place=CITY)
    return [(hit.notice_id, hit.clause_id) for hit in hits]


@pytest.mark.parametrize(
    "spelling",
    [
        "月政办发〔2024〕7号",
        "月政办发[2024]7号",
        "月政办发［2024］7 号",
        "月政办发【2024】7号",
        "月政办发（2024）7号",
        "月政办发(2024)第7号",
        "月政办发２０２４７号".replace("２４７", "２４ ７"),
        "月政办发 2024年 7 号",
        "月政办发2024年第7号",
        "2024年月政办发7号",
        "请问月政办发〔2024〕7号",
    ],
)
def test_every_spelling_of_a_number_names_the_same_notice(
    fictional: Searcher, spelling: str
) -> None:
    assert look(fictional, f"{spelling}讲什么") == [("moon-2024-7", None)]


def test_two_issuers_with_one_figure_are_two_notices(fictional: Searcher) -> None:
    assert look(fictional, "月政发〔2020〕7号") == [("moon-2020-7", None)]
    assert look(fictional, "月政办发〔2020〕7号") == []
    assert look(fictional, "月政办发〔2024〕7号和星政办发〔2024〕7号") == [
        ("moon-2024-7", None),
        ("star-2024-7", None),
    ]


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("2024年7号文说什么", ["moon-2024-7", "star-2024-7"]),
        ("7号文件", ["moon-2024-7", "moon-2020-7", "star-2024-7"]),
        ("七号文", ["moon-2024-7", "moon-2020-7", "star-2024-7"]),
        ("政办发〔2024〕8号", ["moon-2024-8"]),
        ("月政办发8号", ["moon-2024-8"]),
    ],
)
def test_an_incomplete_number_names_all_that_fit_those_in_force_here_first(
    fictional: Searcher, question: str, notices: list[str]
) -> None:
    hits = fictional.lookup(question, as_of=DAY, place=CITY)
    assert [hit.notice_id for hit in hits] == notices
    assert not any(hit.exact for hit in hits)


@pytest.mark.parametrize(
    "question", ["月政办发〔2024〕99号讲什么", "日政办发〔2024〕7号讲什么", "2024年5月7号可以办吗"]
)
def test_a_number_that_no_notice_bears_names_nothing(fictional: Searcher, question: str) -> None:
    assert look(fictional, question) == []


@pytest.mark.parametrize(
    ("place", "clause"),
    [
        ("第二部分", "sec_2"),
        ("第二条", "sec_2"),
        ("第2点", "sec_2"),
        ("二、", "sec_2"),
        ("二、放宽人才落户", "sec_2"),
        ("第二部分第二款", "sec_2__para_2"),
        ("第二条第1款", "sec_2__para_1"),
        ("第二部分第二段", "sec_2__para_2"),
        ("第三条", "sec_3"),
        ("第三条第一款", "sec_3"),
        ("的标题", "title"),
        ("放宽人才落户怎么说", "sec_2"),
    ],
)
def test_a_place_in_a_notice_names_its_unit(fictional: Searcher, place: str, clause: str) -> None:
    for name in ("月政办发〔2024〕7号", "《月亮市人民政府办公室关于放宽租赁落户的通知》"):
        assert look(fictional, name + place) == [("moon-2024-7", f"moon-2024-7__{clause}")]


def test_several_places_name_several_units(fictional: Searcher) -> None:
    assert look(fictional, "月政办发〔2024〕7号第一条和第三条") == [
        ("moon-2024-7", "moon-2024-7__sec_1"),
        ("moon-2024-7", "moon-2024-7__sec_3"),
    ]


@pytest.mark.parametrize(
    ("place", "missing"), [("第九条", "第九条"), ("第三条第二款", "三、第二款"), ("附件", "附件")]
)
def test_a_place_that_is_not_there_is_said_to_be_missing(
    fictional: Searcher, place: str, missing: str
) -> None:
    hits = fictional.lookup(f"月政办发〔2024〕7号{place}", as_of=DAY, place=CITY)
    assert hits == (AddressHit("moon-2024-7", None, "月政办发[2024]7号", True, missing),)


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("《月亮市补充医疗保险办法》", ["moon-2024-8"]),
        ("月亮市补充医疗保险办法有哪些待遇", ["moon-2024-8"]),
        ("《补充医疗保险办法》说了什么", ["moon-2024-8"]),
        ("关于放宽租赁落户的通知", ["moon-2024-7"]),
        ("全面放开租赁落户的征求意见稿", ["moon-draft"]),
        ("《关于租赁落户的通知》", ["star-2024-7"]),
    ],
)
def test_a_title_or_most_of_it_names_the_notice(
    fictional: Searcher, question: str, notices: list[str]
) -> None:
    assert [notice_id for notice_id, _ in look(fictional, question)] == notices


@pytest.mark.parametrize(
    "question",
    [
        "租房落户要登记满几个月",
        "退休人员每月多少钱",
        "第三条讲什么",
        "一、二、三",
        "",
        "2024年7月能办吗",
    ],
)
def test_an_ordinary_question_names_nothing(fictional: Searcher, question: str) -> None:
    assert look(fictional, question) == []


def test_numbers_named_are_given_in_normal_form_whether_held_or_not() -> None:
    assert named_numbers("月政办发[2024]99 号") == ("月政办发〔2024〕99号",)
    assert named_numbers("2024年7号文") == ()


def _addresses(corpus: CorpusView) -> Iterator[tuple[str, str]]:
    """Each numbered unit by number of notice (or title) and path of printed ordinals."""
    for notice in corpus.notices():
        clauses = {c.clause_id: c for c in corpus.clauses_of(notice.notice_id)}
        for clause in clauses.values():
            path, node = clause.number, clause
            while node.parent_id is not None:
                node = clauses[node.parent_id]
                path = node.number + path
            if clause.part != "main" or not clause.number or node.kind is not ClauseKind.SECTION:
                continue
            if clause.number.startswith("第"):
                continue
            name = notice.doc_number or f"《{notice.title}》"
            yield f"{name}{path}", clause.clause_id


def test_every_numbered_unit_of_the_corpus_is_found_by_its_address(
    real: Searcher, corpus: CorpusView
) -> None:
    questions = list(_addresses(corpus))
    wrong = []
    for question, clause_id in questions:
        hits = real.lookup(question, as_of=TODAY, place=JIAXING)
        if not hits or hits[0].clause_id != clause_id:
            wrong.append((question, clause_id, hits[:1]))
    assert len(questions) > 100
    assert wrong == []


def test_every_notice_of_the_corpus_is_found_by_title_and_by_number(
    real: Searcher, corpus: CorpusView
) -> None:
    for notice in corpus.notices():
        names = [
            f"《{notice.title}》",
            f"{notice.title}讲了什么",
            notice.doc_number or notice.title,
        ]
        for name in names:
            first = real.lookup(name, as_of=TODAY, place=JIAXING)[0]
            assert (first.notice_id, first.clause_id) == (notice.notice_id, None), name


def test_a_gazette_heading_without_a_notice_names_its_section(real: Searcher) -> None:
    first = real.lookup("进一步放宽人才落户", as_of=TODAY, place=JIAXING)[0]
    assert first.clause_id == "jx-gbo-2024-16__sec_3"
