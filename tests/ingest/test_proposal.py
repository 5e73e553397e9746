"""What a manifest says is read from the text, and what the text does not say stays empty."""

from datetime import date
from pathlib import Path

import pytest

from assistant.clauses import DocumentKind, Gazetteer
from assistant.clauses.loader import load_gazetteer, load_manifests
from assistant.clauses.model import RelationKind
from assistant.ingest import Document, FileFormat, Proposal, learn, propose, read_document
from assistant.ingest.dates import find_day, last_day
from assistant.ingest.proposal import UNPLACED, Known
from assistant.ingest.readers import Extract
from tests.ingest.formats import DATA

ROOT = Path(__file__).parents[2] / "corpus"
PLACES = Gazetteer({"000000": "全国", "990000": "云海省", "990100": "云汐市"}, {})
HEAD = "云汐市人民政府办公室关于做好安居工作的通知\n云政办发〔2025〕8号\n各县（市、区）人民政府：\n"
TAIL = "云汐市人民政府办公室\n2025年1月31日\n"


def proposed(text: str) -> Proposal:
    document = Document(Path("试.txt"), FileFormat.TXT, text.encode(), Extract(text, 0, len(text)))
    return propose(document, Known(PLACES))


def with_sentence(sentence: str, title: str = "") -> Proposal:
    head = HEAD.replace("云汐市人民政府办公室关于做好安居工作的通知", title) if title else HEAD
    return proposed(
        f"{head}现就有关事项通知如下：\n一、总体要求\n做好安居工作。\n{sentence}\n{TAIL}"
    )


def test_a_notice_with_sections_is_read_whole() -> None:
    found = propose(read_document(DATA / "sections.txt"), Known(PLACES))
    manifest = found.manifest
    assert manifest.title == "云汐市人民政府办公室关于进一步做好新市民安居服务工作的通知"
    assert manifest.doc_number == "云政办发〔2025〕7号"
    assert manifest.issuer == "云汐市人民政府办公室"
    assert manifest.jurisdiction == "990100"
    assert manifest.kind is DocumentKind.NOTICE
    assert manifest.review == "pending"
    assert manifest.issued_on == date(2025, 1, 20)
    assert (manifest.effective_from, manifest.effective_to) == (date(2025, 3, 1), date(2028, 2, 29))
    assert [(r.kind, r.doc_number or r.title) for r in manifest.relations] == [
        (RelationKind.BASED_ON, "云政发〔2023〕21号"),
        (RelationKind.REPEALS, "云政办发〔2019〕33号"),
        (RelationKind.SUPERSEDES_WHERE_INCONSISTENT, "原有政策"),
    ]
    assert found.contacts == ("咨询电话：0599-8800123",)
    assert "published_on" in found.comments
    assert manifest.published_on is None


def test_a_cover_and_the_text_it_issues_are_one_notice_in_two_parts() -> None:
    manifest = propose(read_document(DATA / "articles.txt"), Known(PLACES)).manifest
    assert [part.name for part in manifest.parts] == ["cover", "main"]
    assert manifest.title == "云汐市公共图书馆服务办法"
    assert manifest.parts[0].title == "云汐市人民政府关于印发云汐市公共图书馆服务办法的通知"
    assert manifest.kind is DocumentKind.METHOD
    assert manifest.issued_on == date(2024, 5, 8)
    assert manifest.effective_to == date(2029, 6, 30)


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        pytest.param("本通知自2025年3月1日起施行。", date(2025, 3, 1), None, id="day"),
        pytest.param("本通知自 2025 年 3 月 1 日起实施。", date(2025, 3, 1), None, id="spaced"),
        pytest.param("本通知自二〇二五年三月一日起执行。", date(2025, 3, 1), None, id="han"),
        pytest.param("本通知自公布之日起施行。", date(2025, 1, 31), None, id="from_issue"),
        pytest.param("本通知自印发之日起30日后施行。", date(2025, 3, 2), None, id="thirty_days"),
        pytest.param(
            "本通知自2025年3月1日起施行，有效期至2026年12月31日。",
            date(2025, 3, 1), date(2026, 12, 31), id="until_day",
        ),
        pytest.param(
            "本通知自2025年3月1日起施行。有效期三年。",
            date(2025, 3, 1), date(2028, 2, 29), id="term_in_the_next_sentence",
        ),
        pytest.param(
            "本通知自2025年3月1日起施行，试行期2年。", date(2025, 3, 1), date(2027, 2, 28), id="trial"
        ),
        pytest.param("本通知自   年  月  日起施行。", None, None, id="blank"),
        pytest.param("请认真贯彻落实。", date(2025, 1, 31), None, id="unsaid"),
    ],
)  # fmt: skip
def test_validity_is_read_from_the_closing_sentence(
    sentence: str, first: date | None, last: date | None
) -> None:
    manifest = with_sentence(sentence).manifest
    assert (manifest.effective_from, manifest.effective_to) == (first, last)


@pytest.mark.parametrize("sentence", ["本通知自公布之日起施行。", "请认真贯彻落实。"])
def test_a_presumed_day_of_effect_is_said_to_be_presumed(sentence: str) -> None:
    found = with_sentence(sentence)
    assert found.manifest.dates_inferred
    assert "成文日期" in found.comments["effective_from"]


def test_another_laws_first_day_is_not_the_notices_own() -> None:
    manifest = with_sentence("《云海省居住登记条例》自2009年10月1日起施行。").manifest
    assert manifest.effective_from == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        pytest.param(
            "云汐市人民政府关于修改云政发〔2020〕3号文件部分内容的通知", "amendment", id="amend"
        ),
        pytest.param(
            "云汐市公安局关于安居登记的通知（征求意见稿）", "consultation_draft", id="draft"
        ),
        pytest.param(
            "《云汐市人民政府关于安居登记的通知》政策解读", "interpretation", id="explain"
        ),
        pytest.param("云汐市人民政府关于王某等任免职务的通知", "personnel", id="personnel"),
        pytest.param("云汐市安居登记办法", "method", id="method"),
        pytest.param("云汐市人民政府关于加强安居服务的指导意见", "opinion", id="opinion"),
    ],
)
def test_the_kind_is_told_from_the_title(title: str, kind: str) -> None:
    assert with_sentence("请遵照执行。", title).manifest.kind == kind


def test_a_draft_repeals_nothing_and_takes_no_effect() -> None:
    found = with_sentence(
        "本通知自2025年3月1日起施行，《云汐市登记办法》（云政发〔2010〕3号）同时废止。",
        "云汐市人民政府办公室关于做好安居工作的通知（征求意见稿）",
    )
    assert [r.kind for r in found.manifest.relations] == [RelationKind.MENTIONS]


def test_a_notice_that_adjusts_another_amends_it() -> None:
    found = with_sentence(
        "根据《云海省登记条例》规定，现将《云汐市登记办法》（云政发〔2010〕3号）调整如下："
    )
    assert [(r.kind, r.doc_number) for r in found.manifest.relations] == [
        (RelationKind.BASED_ON, None),
        (RelationKind.AMENDS, "云政发〔2010〕3号"),
    ]


def test_a_repealed_notice_of_the_corpus_is_to_be_marked_by_the_reviewer() -> None:
    sentence = "本通知自2025年3月1日起施行，《旧办法》（云政发〔2010〕3号）同时废止。"
    text = f"{HEAD}一、做好登记。\n{sentence}\n{TAIL}"
    document = Document(Path("试.txt"), FileFormat.TXT, b"", Extract(text, 0, len(text)))
    found = propose(document, Known(PLACES, ids={"云政发〔2010〕3号": "yx-gov-2010-3"}))
    assert found.manifest.relations[0].notice_id == "yx-gov-2010-3"
    assert any("repealed_on: 2025-03-01" in remark for remark in found.remarks)


def test_text_that_looks_misread_is_kept_and_flagged() -> None:
    found = with_sentence("第二十一一点中的意见请于2025519日前反馈。")
    assert [m.quote for m in found.manifest.misreadings] == ["第二十一一点", "2025519日"]


@pytest.mark.parametrize("unseen", ["\u202e", "\u200b"])
def test_characters_that_nobody_sees_are_flagged(unseen: str) -> None:
    found = with_sentence(f"符合条件的{unseen}可以落户。")
    (flagged,) = found.manifest.misreadings
    assert unseen in flagged.quote
    assert "看不见的字符" in flagged.note


def test_a_place_nobody_knows_is_left_to_the_reviewer() -> None:
    text = f"{HEAD}一、做好安居工作。\n{TAIL}".replace("云汐", "无名")
    found = proposed(text)
    assert found.manifest.jurisdiction == UNPLACED
    assert "jurisdiction" in found.comments


def test_a_missing_page_is_noticed_by_the_numbers() -> None:
    found = proposed(f"{HEAD}一、做好登记。\n二、做好服务。\n四、做好保障。\n{TAIL}")
    assert any("不连续" in remark for remark in found.remarks)


def test_ids_follow_the_numbers_that_the_corpus_already_knows() -> None:
    known = learn(load_manifests(ROOT), load_gazetteer(ROOT))
    assert known.agencies["嘉政办发"] == "jx-gbo"
    number = "嘉政办发〔2026〕3号"
    text = f"{HEAD}一、做好工作。\n{TAIL}".replace("云汐", "嘉兴").replace(
        "云政办发〔2025〕8号", number
    )
    document = Document(Path("试.txt"), FileFormat.TXT, b"", Extract(text, 0, len(text)))
    manifest = propose(document, known).manifest
    assert (manifest.notice_id, manifest.jurisdiction) == ("jx-gbo-2026-3", "330400")


@pytest.mark.parametrize(
    ("source", "notice_id"),
    [
        pytest.param("jiaxing-hukou-2020", "jx-gbo-2020-28", id="with_number_first"),
        pytest.param("zhejiang-hukou-draft-2023", "zj-psd-2023-hukou-draft", id="draft_page"),
        pytest.param("jinhua-hukou-draft-2023", "jh-gbo-2023-hukou-draft", id="draft"),
        pytest.param("jiaxing-permit-pilot-2014", "jx-gbo-2014-permit-pilot", id="web_page"),
    ],
)
def test_proposals_for_real_files_agree_with_the_reviewed_manifests(
    source: str, notice_id: str
) -> None:
    manifests = load_manifests(ROOT)
    reviewed = next(m for m in manifests if m.notice_id == notice_id)
    known = learn(manifests, load_gazetteer(ROOT))
    found = propose(read_document(ROOT / "sources" / f"{source}.txt"), known).manifest
    assert [(p.start, p.end, p.sha256) for p in found.parts] == [
        (p.start, p.end, p.sha256) for p in reviewed.parts
    ]
    for name in ("doc_number", "issuer", "jurisdiction", "kind", "issued_on"):
        assert getattr(found, name) == getattr(reviewed, name), name
    same = str.maketrans("()", "（）")
    assert found.title.translate(same) == reviewed.title.translate(same)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2024 年 5 月 13 日", date(2024, 5, 13), id="spaced"),
        pytest.param("二○二四年十二月三十一日", date(2024, 12, 31), id="han"),
        pytest.param("2023-04-19 10:31", date(2023, 4, 19), id="iso"),
        pytest.param("2023年2月30日", None, id="no_such_day"),
    ],
)
def test_days_are_read_as_documents_write_them(text: str, day: date | None) -> None:
    assert find_day(text) == day


def test_a_term_ends_on_the_eve_of_its_anniversary() -> None:
    assert last_day(date(2024, 7, 1), 5) == date(2029, 6, 30)
    assert last_day(date(2024, 2, 29), 1) == date(2025, 2, 28)
