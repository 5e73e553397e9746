"""DOCX: paragraphs as a reader of the page sees them, numbers that Word draws included."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import IngestError
from assistant.ingest.docx_numbering import Numbering, W, value_of
from assistant.ingest.readers import Extract

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_RATIO = 200
_MAX_MEMBERS = 5000
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile("[ \u00a0]+")
_CONTENTS_STYLE = re.compile(r"toc\s*\d|目录\s*\d", re.I)
# Containers whose runs are not text of the page: deletions, moved-away text, field codes,
# drawings and text boxes, the second copy of alternate content, comments.
_LEFT_OUT = frozenset(
    [
        W + name
        for name in [
            "del",
            "moveFrom",
            "instrText",
            "delText",
            "pict",
            "drawing",
            "object",
            "txbxContent",
            "rPr",
            "pPr",
            "sectPr",
            "tblPr",
            "trPr",
            "tcPr",
            "sdtPr",
            "rt",
            "footnoteReference",
            "endnoteReference",
        ]
    ]
    + [_MC + "AlternateContent"]
)


def read_docx(content: bytes, name: str) -> Extract:
    """Read a Word document's body; headers, footers, deletions and text boxes are left out."""
    _check_archive(content, name)
    import docx

    try:
        document = docx.Document(io.BytesIO(content))
        body = document.element.body
        numbering = Numbering.of(document)
        lines = list(_Body(numbering, _Styles.of(document)).lines(body))
    except IngestError:
        raise
    except Exception as error:  # a hostile file may fail anywhere in the library
        raise IngestError(
            f"{name}：DOCX 已损坏，正文读不出来。请用 Word 打开并另存为 .docx 后再试。"
        ) from error
    text = "".join(line + "\n" for line in lines if line)
    return Extract(text, 0, len(text), remarks=tuple(_remarks(body)))


def _check_archive(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if any(member.flag_bits & 1 for member in members):
                raise IngestError(
                    f"{name}：文档设有打开密码。请取消密码保护并另存为 .docx 后再试。"
                )
            too_large = unpacked > _MAX_UNPACKED or len(members) > _MAX_MEMBERS
            if too_large or unpacked > max(_MAX_RATIO * len(content), 10_000_000):
                raise IngestError(
                    f"{name}：DOCX 展开后有 {unpacked / 1024 / 1024:.0f} MB，"
                    "大小异常，可能是恶意文件，未予读取。请复制正文到新文档另存后再试。"
                )
            _inflate(archive, members, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError) as error:
        raise IngestError(
            f"{name}：DOCX 已损坏，打不开（可能没有下载完整）。请重新下载，或用 Word 修复后另存再试。"
        ) from error


def _inflate(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    """Read each member once: sizes in a directory can lie, checksums tell of damage."""
    for member in members:
        left = member.file_size
        try:
            with archive.open(member) as stream:
                while chunk := stream.read(1 << 20):
                    left -= len(chunk)
                    if left < 0:
                        raise zipfile.BadZipFile
        except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError) as error:
            raise IngestError(
                f"{name}：DOCX 里的 {member.filename} 已损坏。请用 Word 打开并另存后再试。"
            ) from error
        except Exception as error:
            if type(error).__module__ != "zlib":
                raise
            raise IngestError(
                f"{name}：DOCX 里的 {member.filename} 已损坏。请用 Word 打开并另存后再试。"
            ) from error


def _remarks(body: Any) -> Iterator[str]:
    boxes = ["".join(t.text or "" for t in box.iter(W + "t")) for box in _text_boxes(body)]
    boxes = [text for text in boxes if text.strip()]
    if boxes:
        yield f"文档有 {len(boxes)} 个文本框未读入，如“{boxes[0][:20]}”，请核对是否属于正文"
    notes = sum(1 for _ in body.iter(W + "footnoteReference", W + "endnoteReference"))
    if notes:
        yield f"文档有 {notes} 处脚注或尾注未读入，请核对是否属于正文"
    pictures = sum(
        1 for _ in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic")
    )
    if pictures:
        yield f"文档有 {pictures} 张图片，图中文字未读入"


def _text_boxes(body: Any) -> Iterator[Any]:
    for box in body.iter(W + "txbxContent"):
        if not any(parent.tag == _MC + "Fallback" for parent in box.iterancestors()):
            yield box


@dataclass
class _Styles:
    """The numbering and visibility that paragraphs inherit from their styles."""

    numbering: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, document: Any) -> "_Styles":
        """Read the style part."""
        found = cls()
        for style in document.styles.element.iter(W + "style"):
            key = str(style.get(W + "styleId"))
            found.names[key] = value_of(style, "name") or ""
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}:
                found.default = key
            parent = value_of(style, "basedOn")
            if parent:
                found.based_on[key] = parent
            properties = style.find(W + "pPr")
            if properties is not None and properties.find(W + "numPr") is not None:
                found.numbering[key] = _numbering_of(properties)
        return found

    def inherited(self, style: str) -> tuple[str | None, int | None, str]:
        """The list, its level, and the style that says so, up the chain of styles."""
        seen: set[str] = set()
        while style and style not in seen:
            if style in self.numbering:
                return (*self.numbering[style], style)
            seen.add(style)
            style = self.based_on.get(style, "")
        return None, None, ""


@dataclass
class _Body:
    """Walks the body and yields one line a paragraph."""

    numbering: Numbering
    styles: _Styles
    carried: str = ""  # a paragraph whose mark was deleted runs on into the next

    def lines(self, container: Any) -> Iterator[str]:
        """The lines of a body, cell or content control."""
        for element in container:
            if element.tag == W + "p":
                yield from self.paragraph(element)
            elif element.tag == W + "tbl":
                yield from self.table(element)
            elif element.tag == W + "sdt":
                if not _is_contents(element):
                    yield from self.lines(_child(element, "sdtContent"))
            elif element.tag in {W + "ins", W + "moveTo", W + "customXml", W + "smartTag"}:
                yield from self.lines(element)
        if self.carried:
            text, self.carried = self.carried, ""
            yield from _split(text)

    def paragraph(self, element: Any) -> Iterator[str]:
        """The lines of one paragraph, with its number."""
        properties = element.find(W + "pPr")
        style = (value_of(properties, "pStyle") if properties is not None else None) or ""
        if _CONTENTS_STYLE.match(self.styles.names.get(style, "")):
            return
        text = "".join(_texts(element))
        if text.strip() or self.carried:
            text = self.number(properties, style or self.styles.default) + text.lstrip()
        text, self.carried = self.carried + text, ""
        if properties is not None and _is_mark_deleted(properties):
            self.carried = text
            return
        yield from _split(text)

    def number(self, properties: Any, style: str) -> str:
        """The number that Word draws before a paragraph, or nothing."""
        number_id, depth = (None, None) if properties is None else _numbering_of(properties)
        if number_id is None:
            inherited_id, inherited_depth, origin = self.styles.inherited(style)
            number_id = inherited_id
            if depth is None:
                depth = inherited_depth
            if number_id and origin:
                by_style = self.numbering.depth_for_style(number_id, origin)
                depth = by_style if by_style is not None else depth
        if not number_id or number_id == "0":
            return ""
        return self.numbering.next(number_id, depth or 0)

    def table(self, element: Any) -> Iterator[str]:
        """A row of data is one line, cells set apart by tabs; a layout table is its paragraphs."""
        for row in element.iter(W + "tr"):
            if row.find(W + "trPr/" + W + "del") is not None:
                continue
            if any(parent.tag == W + "tc" for parent in _between(row, element)):
                continue  # a row of a nested table is read with its cell
            cells = [list(self.lines(cell)) for cell in _cells(row)]
            if len(cells) > 1 and all(len(cell) < 4 for cell in cells):
                yield "\t".join(" ".join(cell) for cell in cells).rstrip("\t")
            else:
                yield from (line for cell in cells for line in cell)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag == W + "sdt":
            yield from _cells(_child(child, "sdtContent"))


def _between(element: Any, top: Any) -> Iterator[Any]:
    for parent in element.iterancestors():
        if parent is top:
            return
        yield parent


def _texts(element: Any) -> Iterator[str]:
    """The visible pieces of text in a paragraph, in order."""
    for child in element:
        tag = child.tag
        if tag in _LEFT_OUT or not isinstance(tag, str):
            continue
        if tag == W + "r" and _is_hidden(child):
            continue
        if tag == W + "t" or tag.endswith("/math}t"):
            yield child.text or ""
        elif tag in {W + "tab", W + "ptab"}:
            yield " "
        elif tag in {W + "br", W + "cr"}:
            yield "\n" if child.get(W + "type", "textWrapping") == "textWrapping" else ""
        elif tag == W + "noBreakHyphen":
            yield "-"
        else:
            yield from _texts(child)


def _split(text: str) -> Iterator[str]:
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()


def _is_hidden(run: Any) -> bool:
    properties = run.find(W + "rPr")
    vanish = None if properties is None else properties.find(W + "vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in {"0", "false"}


def _is_mark_deleted(properties: Any) -> bool:
    mark = properties.find(W + "rPr")
    return mark is not None and (
        mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
    )


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _numbering_of(properties: Any) -> tuple[str | None, int | None]:
    numbering = properties.find(W + "numPr")
    if numbering is None:
        return None, None
    depth = value_of(numbering, "ilvl")
    return value_of(numbering, "numId"), None if depth is None else int(depth)


def _child(element: Any, name: str) -> Any:
    child = element.find(W + name)
    return () if child is None else child
