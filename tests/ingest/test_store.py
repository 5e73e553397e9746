"""A stored proposal is a sound pending manifest that changes nothing until it is approved."""

from pathlib import Path

import pytest
import yaml

from assistant.clauses import load_corpus
from assistant.clauses.loader import load_manifests, read_manifest
from assistant.errors import IngestError
from assistant.ingest import Stored, ingest_file
from tests.ingest.formats import DATA, docx_file, html_page, paragraphs_of, pdf_file

TEXT = (DATA / "sections.txt").read_text(encoding="utf-8")


def ingest(corpus: Path, name: str, content: bytes, **options: bool) -> Stored:
    path = corpus.parent / name
    path.write_bytes(content)
    return ingest_file(path, corpus, **options)  # type: ignore[arg-type]


def approve(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("review: pending", "review: approved"), encoding="utf-8")


def test_a_pending_notice_is_read_by_nobody_until_it_is_approved(corpus: Path) -> None:
    stored = ingest(corpus, "文.pdf", pdf_file(paragraphs_of("sections")))
    assert not list(load_corpus(corpus).notices())
    approve(stored.manifest_path)
    loaded = load_corpus(corpus)
    notice = loaded.notice_by_number("云政办发〔2025〕7号")
    assert notice is not None
    found = loaded.clause(f"{notice.notice_id}__sec_2__para_1")
    source = loaded.source(found.file)
    assert found.text == "".join(source[s.start : s.end] for s in found.segments)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        pytest.param("文.txt", TEXT.encode(), {".txt"}, id="utf8_text_is_its_own_original"),
        pytest.param("文.txt", TEXT.encode("gb18030"), {".txt", ".original.txt"}, id="gb18030"),
        pytest.param("文.docx", docx_file(paragraphs_of("sections")), {".txt", ".docx"}, id="docx"),
        pytest.param("文.html", html_page(paragraphs_of("sections")), {".txt", ".html"}, id="html"),
    ],
)
def test_the_original_is_kept_beside_its_text(
    corpus: Path, name: str, content: bytes, kept: set[str]
) -> None:
    stored = ingest(corpus, name, content)
    notice_id = stored.proposal.manifest.notice_id
    files = {path.name.removeprefix(notice_id): path for path in (corpus / "sources").iterdir()}
    assert set(files) == kept
    original = max(files.values(), key=lambda path: len(path.name))
    assert original.read_bytes() == content


def test_the_manifest_tells_the_reviewer_what_to_fill_in(corpus: Path) -> None:
    stored = ingest(corpus, "文.txt", TEXT.encode())
    written = stored.manifest_path.read_text(encoding="utf-8")
    assert "published_on: null" in written
    assert "# 请核对 published_on：" in written
    assert "effective_from: 2025-03-01\n" in written
    assert "咨询电话：0599-8800123" in written
    assert yaml.safe_load(written)["review"] == "pending"
    assert read_manifest(stored.manifest_path) == stored.proposal.manifest


def test_two_notices_with_one_figure_but_other_agencies_stand_side_by_side(corpus: Path) -> None:
    ingest(corpus, "一.txt", TEXT.encode())
    other = TEXT.replace("云政办发〔2025〕7号", "云政发〔2025〕7号").replace(
        "人民政府办公室", "人民政府"
    )
    ingest(corpus, "二.txt", other.encode())
    assert len(load_manifests(corpus)) == 2


def test_a_replacement_waits_beside_the_text_in_force(corpus: Path) -> None:
    first = ingest(corpus, "一.txt", TEXT.encode())
    approve(first.manifest_path)
    before = load_corpus(corpus).digest
    new = TEXT.replace("2000元", "2500元").encode()
    second = ingest(corpus, "二.txt", new, replace_existing=True)
    assert second.manifest_path.name == f"{first.manifest_path.stem}.yaml.new"
    assert load_corpus(corpus).digest == before

    approve(second.manifest_path)
    second.manifest_path.replace(first.manifest_path)
    notice = load_corpus(corpus).notice_by_number("云政办发〔2025〕7号")
    assert notice is not None
    clause = load_corpus(corpus).clause(f"{notice.notice_id}__sec_2__para_1")
    assert "2500元" in clause.text


def test_a_replacement_that_changes_no_word_is_refused(corpus: Path) -> None:
    ingest(corpus, "一.txt", TEXT.encode())
    with pytest.raises(IngestError, match="完全相同"):
        ingest(corpus, "二.html", html_page(paragraphs_of("sections")), replace_existing=True)
