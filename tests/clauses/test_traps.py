"""The traps of the five sources, one by one (design, section 3)."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.clauses import ClauseKind, Corpus, load_corpus, normalize_doc_number
from assistant.clauses.model import Part
from assistant.clauses.parser import parse_part
from assistant.errors import CorpusError, ManifestError, SourceChangedError


def parse(text: str, **manifest: str | None) -> dict[str, str]:
    part = Part("main", "sources/x.txt", 0, len(text), "")
    clauses = parse_part(
        text,
        part,
        notice_id="n",
        title=manifest.get("title") or "甲市通知",
        doc_number=manifest.get("doc_number"),
        issuer=manifest.get("issuer") or "甲市人民政府",
    )
    return {c.clause_id.removeprefix("n__"): c.text for c in clauses}


def test_a_gazette_holds_eleven_notices_and_its_contents_page_is_none(corpus: Corpus) -> None:
    gazette = "sources/jiaxing-gazette-2024-06-07.txt"
    ids = [n.notice_id for n in corpus.notices() if n.parts[0].file == gazette]
    assert len(ids) == 11
    first = min(p.start for n in corpus.notices() for p in n.parts if p.file == gazette)
    assert corpus.source(gazette).index("目 录") < first


def test_a_sentence_cut_by_a_page_break_is_one_sentence(corpus: Corpus) -> None:
    text = corpus.clause("jx-gbo-2024-16__sec_2__para_1").text
    assert "投靠有合法稳定住所成年子女的" in text
    assert "\n" not in text


@pytest.mark.parametrize(
    "spelling",
    ["嘉政办发[2024]16 号", "嘉政办发〔2024〕16号", "嘉政办发〔2024〕16 号", "嘉政办发[2024]16号"],
)
def test_every_spelling_of_a_number_is_the_same_number(spelling: str) -> None:
    assert normalize_doc_number(spelling) == "嘉政办发〔2024〕16号"


def test_two_documents_share_a_figure_and_stay_two(corpus: Corpus) -> None:
    one = corpus.notice_by_number("嘉政发〔2024〕16号")
    other = corpus.notice_by_number("嘉政办发〔2024〕16号")
    assert one is not None
    assert other is not None
    assert one.notice_id != other.notice_id


def test_chapeau_closing_and_unnumbered_paragraphs_have_addresses(corpus: Corpus) -> None:
    assert corpus.clause("jx-gbo-2024-16__chapeau").text.startswith("为推动劳动力要素")
    assert corpus.clause("jx-gbo-2024-16__closing").text.startswith("本通知自2024年8月1日起施行")
    assert corpus.clause("jx-gbo-2024-16__sec_6__para_3").text.startswith("探索开展")


def test_a_cross_reference_at_the_start_of_a_line_is_no_heading() -> None:
    text = (
        "甲市通知\n\n一、适用范围\n\n按照本办法第\n\n二、三条规定办理的,由乙局负责。\n\n"
        "二、附则\n\n本通知自2024年1月1日起施行。"
    )
    found = parse(text)
    assert found["sec_1"].endswith("按照本办法第二、三条规定办理的,由乙局负责。")
    assert found["sec_2"] == "二、附则\n本通知自2024年1月1日起施行。" or "closing" in found


def test_a_numbered_cross_reference_mid_sentence_is_no_heading() -> None:
    text = "甲市通知\n\n一、范围\n\n依照《乙条例》\n\n第十六条第二款执行。\n\n二、其他\n\n略。"
    found = parse(text)
    assert "art_16" not in found
    assert found["sec_1"].endswith("依照《乙条例》第十六条第二款执行。")


def test_a_lone_number_on_a_line_belongs_to_its_sentence() -> None:
    text = "甲市通知\n\n一、办理\n\n每年\n\n12\n\n月申请。\n\n二、其他\n\n完。"
    assert parse(text)["sec_1"] == "一、办理\n每年12月申请。"


def test_omitted_annexes_are_kept_as_annexes(corpus: Corpus) -> None:
    annex = corpus.clause("jx-gbo-2024-19__annex")
    assert annex.kind is ClauseKind.ANNEX
    assert annex.text.count("(略)") == 2


def test_navigation_around_a_web_page_is_in_no_clause(corpus: Corpus) -> None:
    text = "".join(c.text for c in corpus.clauses_of("jx-gbo-2014-permit-pilot"))
    for navigation in ("政务公开", "浏览次数", "【打印本页】"):
        assert navigation not in text


def test_the_upload_date_is_not_a_date_of_the_law(corpus: Corpus) -> None:
    notice = corpus.notice("jx-gbo-2014-permit-pilot")
    assert notice.issued_on == date(2014, 10, 27)
    assert notice.effective_to == date(2015, 10, 30)


def test_word_residue_is_in_no_clause_that_answers(corpus: Corpus) -> None:
    clause = corpus.clause("jh-gbo-2023-hukou-draft__sec_2__subsec_7")
    assert clause.text.startswith("（七）推行户籍准入年限累计互认。")
    assert corpus.clause("jh-gbo-2023-hukou-draft__residue_1").kind is ClauseKind.NOTE


@pytest.mark.parametrize(
    ("notice_id", "misread"),
    [("jx-gbo-2024-20", "第二十一一点"), ("zj-psd-2023-hukou-draft", "2023519日")],
)
def test_misread_text_is_kept_as_it_is_and_flagged(
    corpus: Corpus, notice_id: str, misread: str
) -> None:
    text = "".join(c.text for c in corpus.clauses_of(notice_id))
    assert misread in text
    assert misread in {m.quote for m in corpus.notice(notice_id).misreadings}


def test_full_and_half_width_punctuation_stay_as_published(corpus: Corpus) -> None:
    assert "登记满六个月的,允许" in corpus.clause("jx-gbo-2024-16__sec_1").text
    assert "连续居住3年及以上，按“一房一户”" in corpus.clause("jx-gbo-2020-28__sec_1__para_2").text


def test_a_covering_notice_and_its_method_are_one_notice_in_two_parts(corpus: Corpus) -> None:
    notice = corpus.notice("jx-gbo-2024-17")
    assert [p.name for p in notice.parts] == ["cover", "main"]
    assert notice.doc_number == "嘉政办发〔2024〕17号"


def test_articles_paragraphs_and_items_take_their_own_names() -> None:
    text = (
        "甲市办法\n\n第一章 总则\n\n第一条 为了规范办理,制定本办法。\n\n第二条 申请人应当具备下列条件:\n\n"
        "(一)有住所;\n\n(二)有工作。\n\n第三条 第一款内容。\n\n第二款内容。"
    )
    found = parse(text, title="甲市办法")
    assert found["chap_1__art_2__subpara_2"] == "(二)有工作。"
    assert found["chap_1__art_3__para_2"] == "第二款内容。"


# --- sources and manifests that are not what was reviewed -----------------------------------------


@pytest.fixture
def copied(corpus_root: Path, tmp_path: Path) -> Path:
    for name in ("sources", "notices"):
        shutil.copytree(corpus_root / name, tmp_path / name)
    shutil.copy(corpus_root / "jurisdictions.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 0.77, 0.999])
def test_changing_any_one_character_of_a_source_stops_loading(copied: Path, share: float) -> None:
    for path in sorted((copied / "sources").iterdir()):
        before = path.read_bytes()
        text = before.decode("utf-8")
        at = int(share * len(text))
        changed = text[:at] + ("乙" if text[at] != "乙" else "丙") + text[at + 1 :]
        path.write_bytes(changed.encode("utf-8"))
        with pytest.raises((SourceChangedError, CorpusError), match=path.name):
            load_corpus(copied)
        path.write_bytes(before)
    load_corpus(copied)


def test_a_missing_source_is_named(copied: Path) -> None:
    (copied / "sources" / "jiaxing-hukou-2020.txt").unlink()
    with pytest.raises(ManifestError, match=r"jiaxing-hukou-2020\.txt"):
        load_corpus(copied)


def test_a_pending_manifest_is_not_loaded(copied: Path) -> None:
    path = copied / "notices" / "330700" / "jh-gbo-2023-hukou-draft.yaml"
    path.write_text(path.read_text("utf-8").replace("review: approved", "review: pending"), "utf-8")
    assert "jh-gbo-2023-hukou-draft" not in {n.notice_id for n in load_corpus(copied).notices()}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("kind: notice", "kind: rumour", "kind", id="unknown_kind"),
        pytest.param(
            "jurisdiction: '330400'", "jurisdiction: '999999'", "999999", id="unknown_place"
        ),
        pytest.param("issuer:", "publisher:", "publisher|issuer", id="unknown_field"),
        pytest.param(
            "嘉政办发〔2020〕28号\n", "嘉政办发[2020]28号\n", "文号", id="number_not_normalised"
        ),
    ],
)
def test_a_manifest_that_is_not_sound_is_named_with_its_field(
    copied: Path, old: str, new: str, message: str
) -> None:
    path = copied / "notices" / "330400" / "jx-gbo-2020-28.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(Exception, match=message):
        load_corpus(copied)
