"""Where in a file's text the notice stands: its title, its number, its cover and its body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.clauses import Span, normalize_doc_number, squeeze
from assistant.ingest.dates import DAY
from assistant.ingest.readers import Extract

_KIND_WORDS = (
    "通知|意见|办法|决定|公告|通告|规定|细则|方案|规划|条例|批复|函|解读|规则|准则|标准|措施|"
    "计划|纲要|问答|说明|指南|规程|制度|政策|名单|目录|清单|通报|报告|命令|令|纪要|预案|举措"
)
_TITLE_END = re.compile(
    rf"(?:{_KIND_WORDS})[》”]?(?:[（(][^（）()]{{2,20}}[）)])?[》”]?(?:的?公告)?$"
)
DOC_NUMBER_LINE = re.compile(
    r"(?:文\s*号[：:]\s*)?[（(]?[\u4e00-\u9fff]{2,12}\s*[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]"
    r"\s*(?:第\s*)?\d{1,4}\s*号[）)]?"
)
_FIELD = re.compile(
    r"(?:索\s*引\s*号|发布机构|发文机关|发布日期|发布时间|成文日期|生成日期|信息来源|来源|作者|文\s*号|统一编号|"
    r"主题分类|公开方式|浏览次数|访问次数|阅读次数|字体|字号|有效性|责任编辑|文件登记号)\s*[：:]"
)
_CHROME = re.compile(
    r"分享|【?打印|【?关闭|【字体|扫一扫|版权所有|主办单位|承办单位|技术支持|网站标识|网站地图|备案[号序]|"
    r"公安备|上一[篇条]|下一[篇条]|相关(?:阅读|链接|文件|信息|解读|稿件)|返回顶部|收藏|联系我们|关于我们|"
    r"首页|当前位置|您(?:现在)?(?:的位置|所在)|>\s*\S|无障碍|附件下载|政策文件$|作者[：:]|信息来源[：:]|来源[：:]|"
    r"责任编辑|编辑[：:]|浏览次数|\S+\.(?:docx?|pdf|xlsx?|wps|ofd|zip)$"
)
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百]+[章条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.\uff0e、](?!\d)"
)
_ADDRESSEE = re.compile(r"[^。；;]{2,120}[：:]")
_ANNEX_LINE = re.compile(r"附\s*件\s*\d*\s*[：:]?")
_DATE_LINE = re.compile(DAY)
_ISSUED = re.compile(r"(?:印发|公布|发布|实施|下发)(?P<name>.{4,60}?)的(?:通知|通告|公告|决定)")
_DRAFT = re.compile(r"[（(](?:公开)?(?:征求意见稿|草案|送审稿)[^（）()]{0,8}[）)]")
_BRACKETS = str.maketrans("（）〔〕［］【】：，", "()[][][]:,")


@dataclass(frozen=True, slots=True)
class PartRange:
    """A range of the text that belongs to the cover or the body of the notice."""

    name: str
    span: Span
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What the outline of a file says: titles, the number as printed, and the parts."""

    title: str
    cover_title: str | None
    doc_number: str | None
    parts: tuple[PartRange, ...]
    around: str  # text outside the parts: navigation and page fields
    is_title_certain: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line, trimmed, with its place in the text."""

    text: str
    start: int
    end: int


LineRange = Span
"""A range of line numbers, end excluded."""


def lines_of(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The non-empty lines of a range."""
    out = []
    position = start
    for raw in text[start:end].split("\n"):
        bare = raw.strip()
        if bare:
            offset = position + raw.index(bare)
            out.append(Line(bare, offset, offset + len(bare)))
        position += len(raw) + 1
    return out


def find_layout(extract: Extract) -> Layout:
    """Find title, number and parts in the text that a reader extracted."""
    text = extract.text
    lines = lines_of(text, 0, extract.end)
    lines = lines[: _without_footer(lines)]
    first = _first_body_line(lines, extract.start)
    title_range = _title_range(lines, first)
    title = _joined(lines[title_range.start : title_range.end])
    number_at = _number_line(lines, title_range, first)
    number = normalize_doc_number(lines[number_at].text) if number_at is not None else None
    starts = [title_range.start, *([number_at] if number_at is not None else [])]
    split = _second_title(lines, first, title)
    spans = _front_spans(lines, starts, title_range, number_at, first)
    body_end = lines[-1].end
    certain = bool(_TITLE_END.search(squeeze(title)))
    if split is None:
        parts = tuple(PartRange("main", span) for span in _to_end(spans, body_end))
        return _layout(text, title, None, number, parts, certain)
    cover_end = lines[split.start - 1].end
    inner = _joined(lines[split.start : split.end])
    covers = _to_end(spans, cover_end)
    parts = (
        *(PartRange("cover", span, title) for span in covers),
        PartRange("main", Span(lines[split.start].start, body_end)),
    )
    return _layout(text, inner, title, number, parts, certain)


def _layout(
    text: str,
    title: str,
    cover: str | None,
    number: str | None,
    parts: tuple[PartRange, ...],
    certain: bool,
) -> Layout:
    edges = [0, *(edge for part in parts for edge in (part.span.start, part.span.end)), len(text)]
    around = "\n".join(text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    return Layout(title, cover, number, parts, around, certain)


def _to_end(spans: Sequence[Span], end: int) -> list[Span]:
    return [*spans[:-1], Span(spans[-1].start, end)]


def _front_spans(
    lines: Sequence[Line],
    starts: Sequence[int],
    title: LineRange,
    number_at: int | None,
    first: int,
) -> list[Span]:
    """The notice from its title on; page fields between title and text make a gap."""
    begin = min(starts)
    heads = set(range(title.start, title.end)) | ({number_at} if number_at is not None else set())
    spans: list[Span] = []
    open_at: int | None = None
    for index in range(begin, first):
        if index in heads:
            open_at = index if open_at is None else open_at
        elif open_at is not None:
            spans.append(Span(lines[open_at].start, lines[index - 1].end))
            open_at = None
    start = lines[first].start if open_at is None else lines[open_at].start
    return [*spans, Span(start, start)]


def _without_footer(lines: Sequence[Line]) -> int:
    end = len(lines)
    while end > 1 and _is_chrome(lines[end - 1].text):
        end -= 1
    return end


def _is_chrome(text: str) -> bool:
    if text.endswith(("。", "；")) and len(text) > 40:
        return False
    return bool(_CHROME.match(text) or _FIELD.match(text))


def _first_body_line(lines: Sequence[Line], start: int) -> int:
    """The addressee, the first sentence or the first number, whichever comes first."""
    for index, line in enumerate(lines):
        if line.end <= start or _is_chrome(line.text) or _FIELD.search(line.text):
            continue
        if _is_body(line.text):
            return index
    # Nothing looks like a sentence: everything after the first line is the text.
    return min(1, len(lines) - 1)


def _is_body(text: str) -> bool:
    if DOC_NUMBER_LINE.fullmatch(text) or _TITLE_END.search(text):
        return bool(_NUMBERED.match(text)) and not _TITLE_END.search(text)
    if _ADDRESSEE.fullmatch(text) and re.search(r"各|政府|单位|部门|委|局|办|公司", text):
        return True
    return bool(_NUMBERED.match(text) or ("。" in text and len(text) > 15) or len(text) > 60)


def _title_range(lines: Sequence[Line], first: int) -> LineRange:
    """The last run of lines before the text that reads as a title, with its upper lines."""
    for end in range(first, 0, -1):
        text = lines[end - 1].text
        if not _is_title_line(text) or not (_TITLE_END.search(text) or _DRAFT.fullmatch(text)):
            continue
        start = end - 1
        while start > 0 and end - start < 5 and not _is_title_whole(lines[start:end]):
            if not _is_title_line(lines[start - 1].text) or _TITLE_END.search(
                lines[start - 1].text
            ):
                if not _DRAFT.fullmatch(_joined(lines[start:end])):
                    break
                if not _is_title_line(lines[start - 1].text):
                    break
            start -= 1
        return LineRange(start, end)
    plain = [i for i in range(first) if _is_title_line(lines[i].text)]
    at = plain[-1] if plain else 0
    return LineRange(at, at + 1)


def _is_title_line(text: str) -> bool:
    return not (
        re.search(r"[。；;]", text)
        or DOC_NUMBER_LINE.fullmatch(text)
        or _DATE_LINE.fullmatch(text)
        or _is_chrome(text)
        or _FIELD.search(text)
        or _ANNEX_LINE.fullmatch(text)
        or _NUMBERED.match(text)
        or re.fullmatch(r"\[bookmark:[^\]]*\]|[\u4e00-\u9fff]{4,30}(?:文件|公报)", text)
        or len(text) > 120
    )


def _is_title_whole(lines: Sequence[Line]) -> bool:
    joined = squeeze(_joined(lines))
    if _DRAFT.fullmatch(joined):
        return False
    return bool(re.match(r"《?.{2,40}?关于|《.+》", joined))


def _joined(lines: Sequence[Line]) -> str:
    """Title lines as one line; a space that stood between Latin words stays."""
    out = ""
    for line in lines:
        glue = " " if out and re.search(r"[0-9A-Za-z]$", out) and line.text[0].isascii() else ""
        out += glue + line.text
    return re.sub(r"(?<=[^\x00-\x7f])[\s\u3000]+|[\s\u3000]+(?=[^\x00-\x7f])", "", out)


def _number_line(lines: Sequence[Line], title: LineRange, first: int) -> int | None:
    """The line with the 文号: below the title, or right above it."""
    near: list[int] = [
        *range(title.end, first),
        *range(title.start - 1, max(title.start - 4, -1), -1),
    ]
    for index in near:
        if DOC_NUMBER_LINE.fullmatch(lines[index].text):
            return index
    return None


def _second_title(lines: Sequence[Line], first: int, title: str) -> LineRange | None:
    """Where the body begins that a covering notice issues, or that a call for comments attaches."""
    for start in range(first + 1, len(lines)):
        if not _is_title_line(lines[start].text):
            continue
        after_annex = bool(_ANNEX_LINE.fullmatch(lines[start - 1].text))
        for end in range(start + 1, min(start + 5, len(lines))):
            if any(not _is_title_line(line.text) for line in lines[start:end]):
                break
            joined = _joined(lines[start:end])
            if _is_issued_body(joined, title) or (after_annex and _is_attached(joined, title)):
                return _with_draft_mark(lines, LineRange(start, end))
    return None


def _is_issued_body(joined: str, title: str) -> bool:
    found = _ISSUED.search(squeeze(title))
    if found is None:
        return False
    wanted = _bare(found.group("name"))
    return _bare(joined) == wanted


def _is_attached(joined: str, title: str) -> bool:
    is_call = bool(re.search(r"征求.{0,8}意见", title))
    return is_call and bool(_TITLE_END.search(joined)) and len(joined) > 6


def _with_draft_mark(lines: Sequence[Line], found: LineRange) -> LineRange:
    if found.end < len(lines) and re.fullmatch(
        r"[（(](?:征求意见稿|试行|暂行|草案|修订)[）)]", squeeze(lines[found.end].text)
    ):
        return LineRange(found.start, found.end + 1)
    return found


def _bare(name: str) -> str:
    """A title without quotation marks and bracketed remarks, for comparison."""
    text = squeeze(name).translate(_BRACKETS)
    text = re.sub(r"[《》〈〉“”]", "", text)
    return re.sub(r"\((?:征求意见稿|试行|暂行|草案|修订|[^()]*修订)\)", "", text)


def page_fields(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of the fields that a page prints around the notice: 发布日期：2024-05-29."""
    compact = re.sub(r"[ \t\u3000\u00a0]+", " ", text)
    pattern = re.compile(
        r"(索\s*引\s*号|发布机构|发文机关|发布日期|发布时间|成文日期|生成日期|文\s*号)\s*[：:]\s*"
        r"(.{0,60}?)(?=\s+\S{2,6}\s*[：:]|[\t\n]|$)",
        re.M,
    )
    for found in pattern.finditer(compact):
        value = found.group(2).strip()
        if value:
            yield re.sub(r"\s", "", found.group(1)), value
