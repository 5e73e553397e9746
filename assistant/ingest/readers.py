"""A file becomes plain text, one paragraph a line: what kind it is, and who reads it."""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.errors import IngestError
from assistant.ingest.encoding import decode_chinese, require_chinese

DEFAULT_LIMIT_MB = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_SUFFIXES = frozenset({".txt", ".text", ".htm", ".html", ".shtml", ".xhtml", ""})
_HTML_SUFFIXES = frozenset({".htm", ".html", ".shtml", ".xhtml"})
_IMAGES = {
    b"\xff\xd8\xff": "JPEG 图片",
    b"\x89PNG": "PNG 图片",
    b"GIF8": "GIF 图片",
    b"BM": "BMP 图片",
    b"II*\x00": "TIFF 图片",
    b"MM\x00*": "TIFF 图片",
}
_ARCHIVES = {b"Rar!": "RAR 压缩包", b"7z\xbc\xaf": "7z 压缩包", b"\x1f\x8b": "gzip 压缩包"}
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


class FileFormat(StrEnum):
    """The four kinds of file we read; the value is the suffix under `corpus/sources`."""

    TXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format's reader makes of a file.

    `start` and `end` bound the part of `text` that can hold the notice: a web page knows which
    of its elements are navigation, the other formats say (0, len(text)).
    """

    text: str
    start: int
    end: int
    encoding: str | None = None
    remarks: tuple[str, ...] = ()  # Chinese, for the reviewer: what was left out of the text


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read: its bytes, its kind and its text."""

    path: Path
    format: FileFormat
    content: bytes
    extract: Extract

    @property
    def text(self) -> str:
        """The whole plain text, navigation included."""
        return self.extract.text

    @property
    def sha256(self) -> str:
        """Hash of the file as it was handed in."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_verbatim(self) -> bool:
        """Whether the text, in UTF-8, is the file itself, so that no original need be kept."""
        return self.text.encode() == self.content


def read_document(path: Path, *, limit_mb: float = DEFAULT_LIMIT_MB) -> Document:
    """Read any supported file; every way to fail is an IngestError that names file and way out."""
    content = _load(path, limit_mb)
    file_format = detect_format(path, content)
    match file_format:
        case FileFormat.PDF:
            from assistant.ingest.pdf_reader import read_pdf

            extract = read_pdf(content, path.name)
        case FileFormat.DOCX:
            from assistant.ingest.docx_reader import read_docx

            extract = read_docx(content, path.name)
        case FileFormat.HTML:
            from assistant.ingest.html_reader import read_html

            extract = read_html(content, path.name)
        case FileFormat.TXT:
            extract = read_txt(content, path.name)
    require_chinese(extract.text, path.name)
    return Document(path, file_format, content, extract)


def read_txt(content: bytes, name: str) -> Extract:
    """Decode a text file; only the mark before it and the line ends are made ours."""
    text, encoding = decode_chinese(content, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Extract(text, 0, len(text), encoding)


def detect_format(path: Path, content: bytes) -> FileFormat:
    """The kind of a file by its content; the name only settles what kind of text it is."""
    name, suffix = path.name, path.suffix.lower()
    if b"%PDF-" in content[:1024]:
        return FileFormat.PDF
    if content.startswith(b"PK"):
        return _detect_zip(name, suffix, content)
    if content.startswith(_OLE):
        raise _ole_error(name, content)
    for magic, kind in (_IMAGES | _ARCHIVES).items():
        if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:64]):
            raise _unknown_kind(name, f"{kind}")
    if suffix == ".pdf":
        raise IngestError(f"{name}：不是完好的 PDF（开头没有 %PDF 标记）。请重新下载或导出后再试。")
    if suffix == ".docx":
        raise IngestError(
            f"{name}：不是完好的 DOCX（打不开压缩结构）。请用 Word 打开，另存为 .docx 后再试。"
        )
    if suffix in _HTML_SUFFIXES or _looks_like_html(content):
        return FileFormat.HTML
    if suffix not in _TEXT_SUFFIXES:
        raise _unknown_kind(name, f"扩展名为 {path.suffix} 的文件")
    return FileFormat.TXT


def _load(path: Path, limit_mb: float) -> bytes:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise IngestError(f"{name}：这是文件夹。请给出文件夹里的文件，如 {name}/*.pdf。")
        size = path.stat().st_size
        if size > limit_mb * 1024 * 1024:
            raise IngestError(
                f"{name}：文件有 {size / 1024 / 1024:.1f} MB，超过上限 {limit_mb:g} MB。"
                "请删去扫描图片或拆成单个文件，确需收录时用 --limit-mb 提高上限。"
            )
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise IngestError(f"{name}：找不到文件（{path}）。请核对路径后再试。") from error
    except OSError as error:
        raise IngestError(
            f"{name}：文件读不出来（{error.strerror or error}）。请检查读取权限后再试。"
        ) from error
    if not content.strip():
        raise IngestError(f"{name}：文件是空的。请重新下载或导出后再试。")
    return content


def _detect_zip(name: str, suffix: str, content: bytes) -> FileFormat:
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        if suffix != ".docx":
            raise _unknown_kind(name, "损坏的压缩包") from error
        raise IngestError(
            f"{name}：DOCX 已损坏，打不开（可能没有下载完整）。请重新下载，或用 Word 修复后另存再试。"
        ) from error
    if "word/document.xml" in members:
        return FileFormat.DOCX
    for marker, kind in (
        ("xl/workbook.xml", "Excel 表格"),
        ("ppt/presentation.xml", "PowerPoint 演示文稿"),
        ("OFD.xml", "OFD 版式文件"),
        ("content.xml", "OpenDocument 文件"),
    ):
        if marker in members:
            raise _unknown_kind(name, kind)
    raise _unknown_kind(name, "压缩包")


def _ole_error(name: str, content: bytes) -> IngestError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return IngestError(
            f"{name}：文档设有打开密码。请用 Word 打开，取消密码保护并另存为 .docx 后再试。"
        )
    if "WordDocument".encode("utf-16-le") in content or name.lower().endswith(".doc"):
        return _unknown_kind(name, "旧版 Word 文档（.doc）")
    return _unknown_kind(name, "旧版 Office 文档")


def _unknown_kind(name: str, kind: str) -> IngestError:
    return IngestError(
        f"{name}：不支持{kind}。可收录带文字层的 PDF、DOCX、HTML、TXT；"
        "请用 Word 或 WPS 打开后另存为 .docx，或复制文字存为 UTF-8 的 .txt 再试。"
    )


def _looks_like_html(content: bytes) -> bool:
    return bool(_HTML_START.match(content[:2048].decode("latin-1")))
