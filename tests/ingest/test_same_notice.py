"""One notice in four formats: equal clause addresses and equal clause texts."""

from pathlib import Path

import pytest

from assistant.clauses.model import Clause
from assistant.ingest import ingest_file
from tests.ingest.formats import DATA, docx_file, html_page, paragraphs_of, pdf_file

SECTIONS = (
    "chapeau", "sec_1", "sec_1__subsec_1", "sec_1__subsec_1__point_1",
    "sec_1__subsec_1__point_1__subpoint_1", "sec_1__subsec_1__point_1__subpoint_3",
    "sec_1__subsec_1__point_2", "sec_1__subsec_2", "sec_2__para_1", "sec_2__para_3", "sec_3",
    "closing", "title", "doc_number", "addressee", "signature", "annex",
)  # fmt: skip
ARTICLES = (
    "cover__title", "cover__doc_number", "cover__addressee", "cover__signature", "title",
    "chap_1", "chap_1__art_1", "chap_1__art_2__para_2", "chap_2__art_3__subpara_1",
    "chap_2__art_3__subpara_3", "chap_2__art_4__para_2", "chap_2__art_5", "chap_3__art_6",
)  # fmt: skip


def clauses_in(corpus: Path, name: str, content: bytes) -> dict[str, str]:
    path = corpus.parent / name
    path.write_bytes(content)
    clauses: tuple[Clause, ...] = ingest_file(path, corpus).proposal.clauses
    return {c.clause_id.removeprefix(f"{c.notice_id}__"): shown(c.text) for c in clauses}


def shown(text: str) -> str:
    # A unit that holds several paragraphs keeps one line end between them, however many the
    # source has: a reader sees the same text.
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def plain(name: str) -> bytes:
    return (DATA / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("notice", ["sections", "articles"])
@pytest.mark.parametrize(
    "variant",
    [
        pytest.param("gb.txt", id="text_in_gb18030"),
        pytest.param("bom.txt", id="text_with_mark_and_crlf"),
        pytest.param("utf8.html", id="html_utf8"),
        pytest.param("gb.html", id="html_gb2312"),
        pytest.param("numbered.docx", id="docx_with_automatic_numbers"),
        pytest.param("typed.docx", id="docx_with_typed_numbers"),
        pytest.param("indented.pdf", id="pdf_indented"),
        pytest.param("small.pdf", id="pdf_small_type"),
        pytest.param("spaced.pdf", id="pdf_without_indentation"),
    ],
)
def test_every_format_gives_the_clauses_of_the_plain_text(
    corpus: Path, tmp_path: Path, notice: str, variant: str
) -> None:
    paragraphs = paragraphs_of(notice)
    content = {
        "gb.txt": lambda: plain(notice).decode().encode("gb18030"),
        "bom.txt": lambda: b"\xef\xbb\xbf" + plain(notice).replace(b"\n", b"\r\n"),
        "utf8.html": lambda: html_page(paragraphs),
        "gb.html": lambda: html_page(paragraphs, charset="gb2312"),
        "numbered.docx": lambda: docx_file(paragraphs),
        "typed.docx": lambda: docx_file(paragraphs, automatic_numbers=False),
        "indented.pdf": lambda: pdf_file(paragraphs),
        "small.pdf": lambda: pdf_file(paragraphs, size=12),
        "spaced.pdf": lambda: pdf_file(paragraphs, indent=False, space=8),
    }[variant]()
    other = tmp_path / "other"
    corpus_copy = other / "corpus"
    for folder in ("sources", "notices", "rules"):
        (corpus_copy / folder).mkdir(parents=True)
    (corpus_copy / "jurisdictions.yaml").write_bytes((corpus / "jurisdictions.yaml").read_bytes())

    wanted = clauses_in(corpus, "plain.txt", plain(notice))
    assert clauses_in(corpus_copy, variant, content) == wanted


@pytest.mark.parametrize(
    ("notice", "addresses"),
    [
        pytest.param("sections", SECTIONS, id="sections"),
        pytest.param("articles", ARTICLES, id="art"),
    ],
)
def test_the_plain_text_has_the_addresses_its_numbers_say(
    corpus: Path, notice: str, addresses: tuple[str, ...]
) -> None:
    assert set(addresses) <= set(clauses_in(corpus, "plain.txt", plain(notice)))


def test_a_paragraph_broken_over_lines_and_pages_is_one_clause(corpus: Path) -> None:
    found = clauses_in(corpus, "long.pdf", pdf_file(paragraphs_of("sections"), size=20))
    long = next(p for p in paragraphs_of("sections") if p.startswith("2.受理审核"))
    assert found["sec_1__subsec_1__point_2"] == long
