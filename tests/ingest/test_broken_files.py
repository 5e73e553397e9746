"""Files that cannot become notices: a clear Chinese error each, and the corpus as it was."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen import canvas  # type: ignore[import-untyped]

from assistant.errors import IngestError
from assistant.ingest import ingest_file
from tests.ingest.formats import DATA, docx_file, html_page, paragraphs_of, pdf_file

TEXT = (DATA / "sections.txt").read_text(encoding="utf-8")


def scanned_pdf() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4)
    page.drawImage(ImageReader(Image.new("L", (200, 300), 200)), 0, 0, *A4)
    page.save()
    return buffer.getvalue()


def protected_docx() -> bytes:
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name + bytes(2000)


def old_word() -> bytes:
    name = "WordDocument".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name + bytes(2000)


def zip_of(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def damaged_docx() -> bytes:
    content = bytearray(docx_file(paragraphs_of("sections")))
    name = content.index(b"word/document.xml")
    start = name + len(b"word/document.xml") + struct.unpack("<H", content[name - 2 : name])[0]
    content[start + 40 : start + 80] = bytes(40)
    return bytes(content)


def nothing() -> bytes:
    return b""


BROKEN: list[tuple[str, str, Callable[[], bytes], str]] = [
    ("truncated_pdf", "半截.pdf", lambda: pdf_file(paragraphs_of("sections"))[:3000], "不完整"),
    ("garbage_pdf", "乱码.pdf", lambda: b"not a pdf at all", "不是完好的 PDF"),
    ("hollow_pdf", "空壳.pdf", lambda: b"%PDF-1.4\nnothing here\n%%EOF\n", "已损坏"),
    ("encrypted_pdf", "加密.pdf", lambda: pdf_file(["一、正文。"], password="secret"), "密码"),
    ("scanned_pdf", "扫描.pdf", scanned_pdf, "没有文字层"),
    ("empty_text", "空.txt", nothing, "文件是空的"),
    ("blank_text", "空白.txt", lambda: b" \n\n  \n", "文件是空的"),
    ("protected_docx", "密码.docx", protected_docx, "密码"),
    ("old_word", "旧版.doc", old_word, "旧版 Word"),
    ("zip_as_docx", "改名.docx", lambda: zip_of("a.txt", b"hello"), "压缩包"),
    ("sheet_as_docx", "表格.docx", lambda: zip_of("xl/workbook.xml", b"<x/>"), "Excel"),
    ("truncated_docx", "断.docx", lambda: docx_file(["一、正文。"])[:2000], "损坏"),
    ("damaged_docx", "坏.docx", damaged_docx, "损坏"),
    ("text_as_docx", "假.docx", lambda: TEXT.encode(), "不是完好的 DOCX"),
    ("bomb", "炸弹.docx", lambda: zip_of("word/document.xml", bytes(60_000_000)), "大小异常"),
    ("picture", "照片.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
    ("renamed_picture", "图.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
    ("unknown_suffix", "文.wps", lambda: TEXT.encode(), ".wps"),
    ("utf16", "十六.txt", lambda: TEXT.encode("utf-16"), "UTF-16"),
    (
        "big5",
        "繁体.txt",
        lambda: "臺灣的戶籍辦法應當依照規定辦理。".encode("big5") * 20,
        "编码|乱码",
    ),
    ("read_as_gbk", "锟.txt", lambda: TEXT.encode().decode("gbk", "replace").encode(), "乱码"),
    ("read_as_latin", "拉丁.txt", lambda: TEXT.encode().decode("latin-1").encode(), "乱码"),
    ("binary", "二进制.txt", lambda: bytes(range(256)) * 20, "编码|乱码"),
    ("mangled_html", "乱.html", lambda: html_page([TEXT.encode().decode("latin-1")] * 2), "乱码"),
    ("english", "en.txt", lambda: b"This is a notice of the city government.\n" * 9, "没有中文"),
    ("oversized", "大.txt", lambda: TEXT.encode() * 60, "超过上限"),
]


def snapshot(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in sorted(root.rglob("*"))
    }


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [pytest.param(name, content, reason, id=case) for case, name, content, reason in BROKEN],
)
def test_a_broken_file_is_named_and_changes_nothing(
    corpus: Path, tmp_path: Path, name: str, content: Callable[[], bytes], reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    before = snapshot(corpus)
    with pytest.raises(IngestError, match=reason) as caught:
        ingest_file(path, corpus, limit_mb=0.1)
    assert name in caught.value.message
    assert any(word in caught.value.message for word in ("请", "重新"))
    assert snapshot(corpus) == before


def test_a_missing_file_and_a_folder_are_told_apart(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="找不到文件"):
        ingest_file(tmp_path / "没有.pdf", corpus)
    with pytest.raises(IngestError, match="这是文件夹"):
        ingest_file(tmp_path, corpus)


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(lambda: TEXT.encode("gb18030"), id="same_words_other_encoding"),
        pytest.param(lambda: TEXT.replace("2000元", "2500元").encode(), id="same_number"),
        pytest.param(
            lambda: TEXT.replace("〔2025〕7号", "[2025] 7 号").replace("15", "16").encode(),
            id="same_number_spelled_otherwise",
        ),
    ],
)
def test_a_duplicate_is_refused_while_the_first_is_still_pending(
    corpus: Path, tmp_path: Path, again: Callable[[], bytes]
) -> None:
    (tmp_path / "一.txt").write_text(TEXT, encoding="utf-8")
    ingest_file(tmp_path / "一.txt", corpus)
    (tmp_path / "二.txt").write_bytes(again())
    before = snapshot(corpus)
    with pytest.raises(IngestError, match=r"二\.txt：.*(重复)"):
        ingest_file(tmp_path / "二.txt", corpus)
    assert snapshot(corpus) == before


def test_a_disk_that_fails_midway_leaves_the_corpus_as_it_was(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "一.html").write_bytes(html_page(paragraphs_of("sections")))
    before = snapshot(corpus)
    real, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(IngestError, match="没有改动"):
        ingest_file(tmp_path / "一.html", corpus)
    assert snapshot(corpus) == before
