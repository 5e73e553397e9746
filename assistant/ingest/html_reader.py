"""HTML pages: block elements become lines, and the element that holds the notice is found."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.element import Comment, NavigableString, PageElement

from assistant.errors import IngestError
from assistant.ingest.encoding import decode_chinese, reject_mojibake
from assistant.ingest.readers import Extract

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "svg",
        "math",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "audio",
        "video",
        "canvas",
        "map",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_WHITE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_FULL_STOP = re.compile(r"[。；;]")
_CONTENT_SHARE = 0.9
_CONTENT_TAGS = frozenset({"div", "article", "section", "main", "td", "body", "form"})


def read_html(content: bytes, name: str) -> Extract:
    """Read a web page: all of its visible text, and the range its main element covers."""
    declared = _META_CHARSET.search(content[:4096])
    source, encoding = decode_chinese_page(content, name, declared)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 warns of input that looks like a path or XML
        try:
            soup = BeautifulSoup(source, "lxml")
        except ParserRejectedMarkup as error:
            raise IngestError(
                f"{name}：网页结构读不出来。请在浏览器里打开，复制正文存为 UTF-8 的 .txt 再试。"
            ) from error
    writer = _Writer()
    writer.block(soup)
    text = writer.finish()
    start, end = writer.content_range(soup)
    cut_short = "<html" in source.lower() and "</html" not in source.lower()
    remarks = ("网页没有结束标记，可能没有保存完整，请与原网页核对",) if cut_short else ()
    return Extract(text, min(start, len(text)), min(end, len(text)), encoding, remarks)


def decode_chinese_page(
    content: bytes, name: str, declared: re.Match[bytes] | None
) -> tuple[str, str]:
    """Decode a page by what it declares, then by what its bytes allow."""
    charset = declared.group(1).decode("ascii") if declared else None
    text, encoding = decode_chinese(content, name, charset)
    # Markup dilutes the text: judge the words alone once more.
    reject_mojibake(re.sub(r"<[^>]*>|&\w+;", "", text), name)
    return text, encoding


@dataclass
class _Writer:
    """Writes visible text line by line and remembers where each container's lines stand."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    line: str = ""
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)

    def block(self, tag: Tag) -> None:
        """Write a block element; its text stands on lines of its own."""
        self.flush()
        start = self.length
        if tag.name == "tr" and _is_data_row(tag):
            self.line = "\t".join(_inline_text(cell) for cell in _cells(tag))
        else:
            self.children(tag)
        self.flush()
        self.ranges[id(tag)] = (start, self.length)

    def children(self, tag: Tag) -> None:
        """Write what stands inside an element."""
        for node in tag.children:
            if isinstance(node, Tag):
                self.element(node)
            elif _is_text(node):
                text = _WHITE.sub(" ", _INVISIBLE.sub("", str(node)))
                self.line += text.lstrip(" ") if self.line.endswith(" ") else text

    def element(self, tag: Tag) -> None:
        """Write one element by its kind."""
        if _is_hidden(tag):
            return
        if tag.name == "br":
            self.flush()
        elif tag.name in _BLOCKS or tag.name in _CELLS:
            self.block(tag)
        else:
            self.children(tag)

    def flush(self) -> None:
        """End the line."""
        line, self.line = self.line.strip(" \t\u3000"), ""
        if line:
            self.lines.append(line)
            self.length += len(line) + 1

    def finish(self) -> str:
        """The whole text."""
        self.flush()
        return "".join(line + "\n" for line in self.lines)

    def content_range(self, soup: Tag) -> tuple[int, int]:
        """The range of the smallest container that holds nearly all sentences of the page."""
        text = "".join(line + "\n" for line in self.lines)
        best = (0, len(text))
        wanted = len(_FULL_STOP.findall(text)) * _CONTENT_SHARE
        if wanted == 0:
            return best
        for tag in soup.find_all(list(_CONTENT_TAGS)):
            found = self.ranges.get(id(tag))
            if found and found[1] - found[0] <= best[1] - best[0]:
                start, end = found
                if len(_FULL_STOP.findall(text, start, end)) >= wanted:
                    best = found
        return best


def _is_hidden(tag: Tag) -> bool:
    if tag.name in _SKIPPED or tag.has_attr("hidden"):
        return True
    return bool(_HIDDEN_STYLE.search(str(tag.get("style") or "")))


def _is_text(node: PageElement) -> bool:
    return type(node) is NavigableString and not isinstance(node, Comment)


def _cells(row: Tag) -> Iterator[Tag]:
    for node in row.children:
        if isinstance(node, Tag) and node.name in _CELLS:
            yield node


def _is_data_row(row: Tag) -> bool:
    """Whether a row is data: pages also use tables to lay out whole articles."""
    cells = list(_cells(row))
    if len(cells) < 2 or row.find("table"):
        return False
    return all(len(cell.find_all(["p", "div", "li"])) < 3 for cell in cells)


def _inline_text(cell: Tag) -> str:
    writer = _Writer()
    writer.block(cell)
    return writer.finish().strip().replace("\n", " ")
