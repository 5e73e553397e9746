"""What each reader takes from a file, and what it leaves out."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from assistant.errors import IngestError
from assistant.ingest.docx_numbering import write_number
from assistant.ingest.docx_reader import read_docx
from assistant.ingest.html_reader import read_html
from assistant.ingest.pdf_reader import read_pdf
from assistant.ingest.readers import FileFormat, detect_format, read_document
from tests.ingest.formats import html_page, paragraphs_of, pdf_file, typewritten_pdf

SENTENCE = "为了规范公共图书馆服务，保障公民基本文化权益，制定本办法。"


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def lines_of_docx(document: Any) -> list[str]:
    return read_docx(saved(document), "试.docx").text.splitlines()


def run_xml(xml: str) -> Any:
    return parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {nsdecls('w')}", xml))


# --- DOCX ---------------------------------------------------------------------------------------


def test_docx_keeps_insertions_and_drops_deletions() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("居住满")
    for xml in (
        '<w:del w:author="a"><w:r><w:delText>三年</w:delText></w:r></w:del>',
        '<w:ins w:author="a"><w:r><w:t>六个月</w:t></w:r></w:ins>',
        "<w:r><w:t>的。</w:t></w:r>",
    ):
        paragraph._p.append(run_xml(xml))
    assert lines_of_docx(document) == ["居住满六个月的。"]


def test_docx_joins_paragraphs_whose_mark_was_deleted() -> None:
    document = docx.Document()
    first = document.add_paragraph("居住登记满")
    first._p.get_or_add_pPr().append(run_xml("<w:rPr><w:del/></w:rPr>"))
    document.add_paragraph("六个月的。")
    assert lines_of_docx(document) == ["居住登记满六个月的。"]


def test_docx_leaves_out_field_codes_bookmarks_hidden_text_and_text_boxes() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("见第")
    for xml in (
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/>',
        "<w:r><w:instrText>REF _Ref1 \\h</w:instrText></w:r>",
        "<w:r><w:t>三</w:t></w:r>",
        '<w:bookmarkEnd w:id="0"/>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>",
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>红头文件</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>",
        "<w:r><w:t>条。</w:t></w:r>",
    ):
        paragraph._p.append(run_xml(xml))
    extract = read_docx(saved(document), "试.docx")
    assert extract.text == "见第三条。\n"
    assert any("红头文件" in remark for remark in extract.remarks)


def test_docx_leaves_out_headers_footers_and_contents() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、目录行\t1", style=style)
    document.add_paragraph(SENTENCE)
    assert lines_of_docx(document) == [SENTENCE]


def test_docx_writes_a_table_row_by_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, values in zip(table.rows, (("人员", "标准"), ("在职人员", "120元")), strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    assert lines_of_docx(document) == ["人员\t标准", "在职人员\t120元"]


def test_docx_numbers_restart_below_each_heading() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
            '<w:lvlText w:val="第%1条"/></w:lvl>'
            '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            '<w:lvlText w:val="%1.%2"/><w:isLgl/><w:suff w:val="nothing"/></w:lvl>'
            "</w:abstractNum>"
        ),
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>')
    )
    for depth, text in ((0, "甲"), (1, "乙"), (1, "丙"), (0, "丁"), (1, "戊")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="91"/></w:numPr>'
            )
        )
    assert lines_of_docx(document) == ["第一条 甲", "1.1乙", "1.2丙", "第二条 丁", "2.1戊"]


def test_docx_takes_numbers_from_paragraph_styles_and_what_they_are_based_on() -> None:
    document = docx.Document()
    style = document.styles.add_style("条", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["List Number"]
    document.add_paragraph("样", style="List Number")
    document.add_paragraph("例", style="条")
    assert lines_of_docx(document) == ["1.样", "2.例"]


@pytest.mark.parametrize(
    ("value", "number_format", "written"),
    [
        pytest.param(10, "chineseCounting", "十", id="ten"),
        pytest.param(21, "chineseCountingThousand", "二十一", id="twenty_one"),
        pytest.param(105, "chineseCounting", "一百零五", id="hundred_and_five"),
        pytest.param(3, "decimalEnclosedCircle", "③", id="circled"),
        pytest.param(4, "upperRoman", "IV", id="roman"),
        pytest.param(28, "lowerLetter", "bb", id="letters_after_z"),
        pytest.param(12, "decimalFullWidth", "１２", id="full_width"),
    ],
)
def test_numbers_are_written_as_word_draws_them(
    value: int, number_format: str, written: str
) -> None:
    assert write_number(value, number_format) == written


# --- HTML ---------------------------------------------------------------------------------------


def test_html_keeps_navigation_outside_the_content_range() -> None:
    extract = read_html(html_page(paragraphs_of("sections")), "页.html")
    content = extract.text[extract.start : extract.end]
    assert "首页" in extract.text
    assert "首页" not in content
    assert "版权所有" not in content
    assert content.startswith("云政办发〔2025〕7号")
    assert not any(word in extract.text for word in ("不是正文", "隐藏的话", "color"))


def test_html_rows_are_lines_and_breaks_end_lines() -> None:
    page = f"""<meta charset=utf-8><p>{SENTENCE}<br>第二行。</p>
    <table><tr><th>人员</th><th>标准</th></tr><tr><td>在职</td><td><p>120元</p></td></tr></table>
    <table><tr><td><p>{SENTENCE}</p><p>排版用的表格。</p></td></tr></table>"""
    assert read_html(page.encode(), "页.html").text.splitlines() == [
        SENTENCE, "第二行。", "人员\t标准", "在职\t120元", SENTENCE, "排版用的表格。",
    ]  # fmt: skip


def test_html_joins_lines_that_only_its_source_breaks() -> None:
    page = "<p>为了规范\n      公共图书馆服务，<b>制定</b>\n本办法。</p>" + f"<p>{SENTENCE}</p>"
    # A line end in the page's code shows as a space in a browser, too.
    assert read_html(page.encode(), "页.html").text.splitlines()[0].replace(" ", "") == (
        "为了规范公共图书馆服务，制定本办法。"
    )


def test_html_that_declares_one_encoding_and_uses_another_is_read() -> None:
    page = html_page(paragraphs_of("sections")).replace(b"utf-8", b"gb2312")
    assert "云政办发〔2025〕7号" in read_html(page, "页.html").text


def test_html_that_was_cut_short_is_flagged() -> None:
    page = html_page(paragraphs_of("sections"))
    assert read_html(page[:-20], "页.html").remarks
    assert not read_html(page, "页.html").remarks


# --- PDF ----------------------------------------------------------------------------------------


def test_pdf_drops_page_numbers_and_running_titles_and_says_so() -> None:
    extract = read_pdf(pdf_file(paragraphs_of("sections")), "印.pdf")
    assert "公报" not in extract.text
    assert "— 1 —" not in extract.text
    assert any("公报" in remark for remark in extract.remarks)


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data, at: data[:at] + data[at + 300 :], id="bytes_lost"),
        pytest.param(lambda data, at: data[:at] + b"x" * 7 + data[at:], id="bytes_added"),
        pytest.param(lambda data, at: data[:at], id="cut_off"),
    ],
)
def test_a_damaged_pdf_is_never_read_as_if_it_were_whole(
    damage: Callable[[bytes, int], bytes], place: float
) -> None:
    whole = pdf_file(paragraphs_of("sections"))
    with pytest.raises(IngestError, match="损坏"):
        read_pdf(damage(whole, int(len(whole) * place)), "印.pdf")


@pytest.mark.parametrize("notice", ["sections", "articles"])
@pytest.mark.parametrize(
    ("indent", "space"),
    [pytest.param(True, 0.0, id="indented"), pytest.param(False, 6.0, id="spaced")],
)
@pytest.mark.parametrize("columns", [18, 25, 28, 35, 43])
def test_lines_of_any_width_become_the_paragraphs_they_were(
    notice: str, indent: bool, space: float, columns: int
) -> None:
    paragraphs = paragraphs_of(notice)
    content = typewritten_pdf(paragraphs, columns, indent=indent, space=space)
    assert read_pdf(content, "印.pdf").text.splitlines() == paragraphs


def test_pdf_without_indentation_flags_the_line_ends_it_cannot_judge() -> None:
    # Twenty-eight characters fill the line exactly: the paragraph may end there or run on.
    full = "第二条 本市行政区域内公共图书馆的服务活动，适用本办法。"
    extract = read_pdf(pdf_file([SENTENCE, full, SENTENCE], indent=False), "印.pdf")
    assert any("恰好排满一行" in remark for remark in extract.remarks)


# --- kinds of file ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.txt", b"%PDF-1.7", FileFormat.PDF, id="pdf_by_content"),
        pytest.param("a.txt", b"<!DOCTYPE html><p>", FileFormat.HTML, id="html_by_content"),
        pytest.param("a.doc", b"<html><body>", FileFormat.HTML, id="page_saved_as_doc"),
        pytest.param("a.shtml", b"plain", FileFormat.HTML, id="html_by_name"),
        pytest.param("a", b"plain", FileFormat.TXT, id="text_without_suffix"),
    ],
)
def test_the_kind_is_told_by_content_before_name(
    name: str, content: bytes, expected: FileFormat
) -> None:
    assert detect_format(Path(name), content) is expected


def test_plain_utf8_text_is_kept_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes(f"  {SENTENCE}\n\n　　{SENTENCE}\n".encode())
    document = read_document(path)
    assert document.is_verbatim
    assert document.text.encode() == path.read_bytes()


def test_the_size_limit_is_the_callers_and_named_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    path.write_text(SENTENCE * 100, encoding="utf-8")
    with pytest.raises(IngestError, match=r"上限 0\.001 MB"):
        read_document(path, limit_mb=0.001)
    assert read_document(path).text
