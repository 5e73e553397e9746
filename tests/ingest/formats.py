"""Writes one and the same notice as HTML, DOCX and PDF, the way offices publish them."""

import io
import re
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.enums import TA_CENTER, TA_RIGHT  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen import canvas  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

DATA = Path(__file__).parent.parent / "data" / "ingest"
FONT = "STSong-Light"
_LADDER = (
    (0, re.compile(r"[一二三四五六七八九十]+、"), "chineseCounting", "%1、"),
    (1, re.compile(r"（[一二三四五六七八九十]+）"), "chineseCounting", "（%2）"),
    (2, re.compile(r"\d+\."), "decimal", "%3."),
    (3, re.compile(r"（\d+）"), "decimal", "（%4）"),
)


def paragraphs_of(name: str) -> list[str]:
    """The paragraphs of a fictional notice."""
    text = (DATA / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def is_signature(text: str) -> bool:
    """Whether a line is set flush right."""
    return bool(re.fullmatch(r"\d{4}年\d+月\d+日|云汐市人民政府(?:办公室)?", text))


def html_page(paragraphs: list[str], *, charset: str = "utf-8") -> bytes:
    """A government web page: navigation, metadata, the text, and a footer."""
    title, *rest = paragraphs
    body = "".join(f'<p style="text-indent:2em">&nbsp;{line}</p>\n' for line in rest)
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>
<style>p {{ color: red }}</style><script>var 脚本 = "不是正文。";</script></head>
<body><div class="nav"><a href="/">首页</a><ul><li>政务公开</li><li>政策文件</li></ul></div>
<div class="meta"><table><tr><td>索 引 号:</td><td>00123/2025-0007</td></tr></table></div>
<div class="article"><h1>{title}</h1><div class="info">发布日期：2025-02-03 浏览次数：12</div>
<div id="zoom">{body}</div></div>
<div style="display:none">隐藏的话。</div>
<div class="tools">分享：【打印本页】 【关闭窗口】</div>
<div class="footer">版权所有：云汐市人民政府 备案号：云ICP备00000001号</div></body></html>"""
    return page.encode(charset)


def docx_file(paragraphs: list[str], *, automatic_numbers: bool = True) -> bytes:
    """A Word file with a header, a page number field, and numbers that Word itself draws."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "云汐市人民政府办公室文件"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    number_id = _add_ladder(document)
    for text in paragraphs:
        level = next((lv for lv in _LADDER if lv[1].match(text)), None)
        if automatic_numbers and level is not None:
            paragraph = document.add_paragraph(level[1].sub("", text, count=1))
            _number(paragraph, number_id, level[0])
        else:
            paragraph = document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_ladder(document: Any) -> int:
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for depth, _, number_format, pattern in _LADDER:
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for tag, value in (("start", "1"), ("numFmt", number_format), ("lvlText", pattern)):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "91")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    number.append(link)
    numbering.append(number)
    return 91


def _number(paragraph: Any, number_id: int, depth: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for tag, value in (("ilvl", depth), ("numId", number_id)):
        child = OxmlElement(f"w:{tag}")
        child.set(qn("w:val"), str(value))
        numbering.append(child)
    properties.append(numbering)


def pdf_file(
    paragraphs: list[str],
    *,
    indent: bool = True,
    size: float = 16,
    space: float = 0,
    password: str | None = None,
) -> bytes:
    """A printed page: running title, page numbers, lines and pages broken by the layout."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=size * 1.75, wordWrap="CJK",
        firstLineIndent=2 * size if indent else 0, spaceAfter=space,
    )  # fmt: skip
    title = ParagraphStyle(
        "title", parent=body, fontSize=size * 1.375, leading=size * 2.2, alignment=TA_CENTER,
        firstLineIndent=0,
    )  # fmt: skip
    right = ParagraphStyle("right", parent=body, alignment=TA_RIGHT, firstLineIndent=0)
    number = ParagraphStyle("number", parent=body, alignment=TA_CENTER, firstLineIndent=0)
    addressee = ParagraphStyle("addressee", parent=body, firstLineIndent=0)
    flow: list[Any] = []
    titles = {paragraphs[0], "云汐市公共图书馆服务办法"}
    for text in paragraphs:
        if text in titles:
            style = title
        elif is_signature(text):
            style = right
        elif re.fullmatch(r"云政.{0,2}发〔\d+〕\d+号", text):
            style = number
        elif text.startswith("各县"):
            style = addressee
        else:
            style = body
        flow.append(Paragraph(text, style))
    buffer = io.BytesIO()
    template = SimpleDocTemplate(buffer, pagesize=A4, encrypt=password)

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, A4[1] - 40, "云汐市人民政府公报 2025年第1期")
        canvas.drawCentredString(A4[0] / 2, 30, f"— {document.page} —")

    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return buffer.getvalue()


def typewritten_pdf(paragraphs: list[str], columns: int, *, indent: bool, space: float) -> bytes:
    """Lines broken by counting characters, as simple programs write them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4)
    size = min(12.0, 480 / columns)
    height = 0.0
    for text in paragraphs:
        flush = text == paragraphs[0] or re.match(r"各县|云政", text)
        printed = text if flush or not indent else f"　　{text}"
        for start in range(0, len(printed), columns):
            if height < 60:
                if height:
                    page.showPage()
                page.setFont(FONT, size)
                height = 780
            page.drawString(60, height, printed[start : start + columns])
            height -= size * 1.5
        height -= space
    page.save()
    return buffer.getvalue()
