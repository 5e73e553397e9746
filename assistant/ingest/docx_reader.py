"""DOCX: paragraphs as a reader of the page sees them, numbers that Word draws included."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import IngestError
from assistant.ingest.readers import Extract

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_RATIO = 200
_MAX_MEMBERS = 5000
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_SPACES = re.compile("[ \u00a0]+")
_CONTENTS_STYLE = re.compile(r"toc\s*\d|目录\s*\d", re.I)
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

# Containers whose runs are not text of the page: deletions, moved-away text, field codes,
# drawings and text boxes, the second copy of alternate content, comments.
_LEFT_OUT = frozenset(
    [
        _W + name
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
        numbering = _Numbering.of(document)
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
    boxes = ["".join(t.text or "" for t in box.iter(_W + "t")) for box in _text_boxes(body)]
    boxes = [text for text in boxes if text.strip()]
    if boxes:
        yield f"文档有 {len(boxes)} 个文本框未读入，如“{boxes[0][:20]}”，请核对是否属于正文"
    notes = sum(1 for _ in body.iter(_W + "footnoteReference", _W + "endnoteReference"))
    if notes:
        yield f"文档有 {notes} 处脚注或尾注未读入，请核对是否属于正文"
    pictures = sum(
        1 for _ in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic")
    )
    if pictures:
        yield f"文档有 {pictures} 张图片，图中文字未读入"


def _text_boxes(body: Any) -> Iterator[Any]:
    for box in body.iter(_W + "txbxContent"):
        if not any(parent.tag == _MC + "Fallback" for parent in box.iterancestors()):
            yield box


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: how its number is written and when it starts again."""

    number_format: str
    pattern: str
    start: int
    suffix: str
    is_legal: bool
    restart_after: int | None  # None: any level above restarts it


@dataclass
class _Numbering:
    """The document's lists, with the counters as they stand while the body is read."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by abstract list
    abstract_of: dict[str, str] = field(default_factory=dict)
    overrides: dict[tuple[str, int], int] = field(default_factory=dict)
    own_levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    style_levels: dict[str, dict[str, int]] = field(default_factory=dict)  # abstract -> style
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, document: Any) -> "_Numbering":
        """Read the numbering part, if the document has one."""
        found = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return found
        for abstract in root.iter(_W + "abstractNum"):
            key = str(abstract.get(_W + "abstractNumId"))
            found.levels[key] = {}
            found.style_levels[key] = {}
            for level in abstract.iter(_W + "lvl"):
                depth = int(level.get(_W + "ilvl", "0"))
                found.levels[key][depth] = _level(level)
                style = _value(level, "pStyle")
                if style:
                    found.style_levels[key][style] = depth
        for number in root.iter(_W + "num"):
            found._read_number(number)
        return found

    def _read_number(self, number: Any) -> None:
        key = str(number.get(_W + "numId"))
        self.abstract_of[key] = _value(number, "abstractNumId") or ""
        for override in number.iter(_W + "lvlOverride"):
            depth = int(override.get(_W + "ilvl", "0"))
            start = _value(override, "startOverride")
            if start is not None:
                self.overrides[key, depth] = int(start)
            own = override.find(_W + "lvl")
            if own is not None:
                self.own_levels[key, depth] = _level(own)

    def depth_for_style(self, number_id: str, style: str) -> int | None:
        """The level that a list gives to a paragraph style."""
        return self.style_levels.get(self.abstract_of.get(number_id, ""), {}).get(style)

    def next(self, number_id: str, depth: int) -> str:
        """Count one paragraph of a list and write its number as Word draws it."""
        abstract = self.abstract_of.get(number_id)
        if abstract is None:
            return ""
        level = self._level_of(number_id, depth)
        if level is None:
            return ""
        counters = self.counters.setdefault(abstract, {})
        first_use = (number_id, depth) not in self.started
        self.started.add((number_id, depth))
        if first_use and (number_id, depth) in self.overrides:
            counters[depth] = self.overrides[number_id, depth]
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [key for key in counters if key > depth]:
            below = self._level_of(number_id, deeper)
            limit = below.restart_after if below else None
            if limit is None or (limit > 0 and depth < limit):
                del counters[deeper]
        return self._write(number_id, level, counters)

    def _level_of(self, number_id: str, depth: int) -> _Level | None:
        own = self.own_levels.get((number_id, depth))
        return own or self.levels.get(self.abstract_of.get(number_id, ""), {}).get(depth)

    def _write(self, number_id: str, level: _Level, counters: dict[int, int]) -> str:
        if level.number_format in {"bullet", "none"}:
            return "" if level.number_format == "bullet" else level.pattern

        def written(match: re.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            other = self._level_of(number_id, depth) or level
            value = counters.get(depth, other.start)
            return write_number(value, "decimal" if level.is_legal else other.number_format)

        text = re.sub(r"%(\d)", written, level.pattern)
        # Word draws a tab or a space after the number; typed text sets 一、 and 1. close.
        closed = text.endswith(tuple("、.\uff0e)）:：")) or level.suffix == "nothing"
        return text if closed or not text else text + " "


def write_number(value: int, number_format: str) -> str:
    """A counter's value in one of Word's number formats."""
    if number_format.startswith(("chinese", "japanese", "taiwanese", "ideographDigital", "korean")):
        return _chinese(value)
    match number_format:
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= value <= 20:
            return _CIRCLED[value - 1]
        case "decimalEnclosedParen":
            return f"({value})"
        case "decimalEnclosedFullstop":
            return f"{value}."
        case "decimalZero":
            return f"{value:02d}"
        case "upperLetter":
            return _letter(value).upper()
        case "lowerLetter":
            return _letter(value)
        case "upperRoman":
            return _roman(value)
        case "lowerRoman":
            return _roman(value).lower()
    return str(value)


def _chinese(value: int) -> str:
    if not 0 < value < 10_000:
        return str(value)
    text, pending = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("〇" if pending and text else "") + _DIGITS[digit] + unit
        pending = not digit
    text = text.replace("〇", "零")
    return text[1:] if text.startswith("一十") else text


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    text = ""
    for number, numeral in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        count, value = divmod(value, number)
        text += numeral * count
    return text


def _level(element: Any) -> _Level:
    restart = _value(element, "lvlRestart")
    return _Level(
        number_format=_value(element, "numFmt") or "decimal",
        pattern=_value(element, "lvlText") or "",
        start=int(_value(element, "start") or "1"),
        suffix=_value(element, "suff") or "tab",
        is_legal=element.find(_W + "isLgl") is not None,
        restart_after=None if restart is None else int(restart),
    )


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
        for style in document.styles.element.iter(_W + "style"):
            key = str(style.get(_W + "styleId"))
            found.names[key] = _value(style, "name") or ""
            if style.get(_W + "type") == "paragraph" and style.get(_W + "default") in {"1", "true"}:
                found.default = key
            parent = _value(style, "basedOn")
            if parent:
                found.based_on[key] = parent
            properties = style.find(_W + "pPr")
            if properties is not None and properties.find(_W + "numPr") is not None:
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

    numbering: _Numbering
    styles: _Styles
    carried: str = ""  # a paragraph whose mark was deleted runs on into the next

    def lines(self, container: Any) -> Iterator[str]:
        """The lines of a body, cell or content control."""
        for element in container:
            if element.tag == _W + "p":
                yield from self.paragraph(element)
            elif element.tag == _W + "tbl":
                yield from self.table(element)
            elif element.tag == _W + "sdt":
                if not _is_contents(element):
                    yield from self.lines(_child(element, "sdtContent"))
            elif element.tag in {_W + "ins", _W + "moveTo", _W + "customXml", _W + "smartTag"}:
                yield from self.lines(element)
        if self.carried:
            text, self.carried = self.carried, ""
            yield from _split(text)

    def paragraph(self, element: Any) -> Iterator[str]:
        """The lines of one paragraph, with its number."""
        properties = element.find(_W + "pPr")
        style = (_value(properties, "pStyle") if properties is not None else None) or ""
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
        for row in element.iter(_W + "tr"):
            if row.find(_W + "trPr/" + _W + "del") is not None:
                continue
            if any(parent.tag == _W + "tc" for parent in _between(row, element)):
                continue  # a row of a nested table is read with its cell
            cells = [list(self.lines(cell)) for cell in _cells(row)]
            if len(cells) > 1 and all(len(cell) < 4 for cell in cells):
                yield "\t".join(" ".join(cell) for cell in cells).rstrip("\t")
            else:
                yield from (line for cell in cells for line in cell)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag == _W + "sdt":
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
        if tag == _W + "r" and _is_hidden(child):
            continue
        if tag == _W + "t" or tag.endswith("/math}t"):
            yield child.text or ""
        elif tag in {_W + "tab", _W + "ptab"}:
            yield " "
        elif tag in {_W + "br", _W + "cr"}:
            yield "\n" if child.get(_W + "type", "textWrapping") == "textWrapping" else ""
        elif tag == _W + "noBreakHyphen":
            yield "-"
        else:
            yield from _texts(child)


def _split(text: str) -> Iterator[str]:
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()


def _is_hidden(run: Any) -> bool:
    properties = run.find(_W + "rPr")
    vanish = None if properties is None else properties.find(_W + "vanish")
    return vanish is not None and vanish.get(_W + "val", "1") not in {"0", "false"}


def _is_mark_deleted(properties: Any) -> bool:
    mark = properties.find(_W + "rPr")
    return mark is not None and (
        mark.find(_W + "del") is not None or mark.find(_W + "moveFrom") is not None
    )


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(_W + "val") == "Table of Contents"


def _numbering_of(properties: Any) -> tuple[str | None, int | None]:
    numbering = properties.find(_W + "numPr")
    if numbering is None:
        return None, None
    depth = _value(numbering, "ilvl")
    return _value(numbering, "numId"), None if depth is None else int(depth)


def _value(element: Any, name: str) -> str | None:
    child = element.find(_W + name)
    return None if child is None else child.get(_W + "val")


def _child(element: Any, name: str) -> Any:
    child = element.find(_W + name)
    return () if child is None else child
