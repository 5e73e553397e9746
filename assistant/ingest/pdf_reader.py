"""PDF with a text layer: lines are rebuilt from the page's geometry and joined to paragraphs.

A PDF has no paragraphs, only characters at places. Where a line ends because the page is that
wide, the sentence runs on; where it ends early, the paragraph ends. Page headers, footers and
page numbers stand in the margins and repeat, or are numbers only.
"""

from collections.abc import Iterator, Sequence

from assistant.errors import IngestError
from assistant.ingest.encoding import reject_mojibake
from assistant.ingest.pdf_integrity import find_damage
from assistant.ingest.pdf_lines import Page, read_page
from assistant.ingest.pdf_paragraphs import paragraphs_of, without_margins
from assistant.ingest.readers import Extract

_MAX_PAGES = 1000


def read_pdf(content: bytes, name: str) -> Extract:
    """Read the text layer; without one, or with a broken one, say what to do instead."""
    damage = find_damage(content)
    if damage:
        raise IngestError(f"{name}：PDF 不完整或已损坏（{damage}）。请重新下载或导出后再试。")
    pages = _load(content, name)
    count = sum(len(line.text) for page in pages for line in page.lines)
    pictures = sum(page.pictures for page in pages)
    if count == 0 or (pictures and count < 15 * len(pages)):
        raise IngestError(
            f"{name}：共 {len(pages)} 页，没有文字层，像是扫描件或图片。"
            "请向发布单位索取电子原件，或先做文字识别并逐字核对，存为 DOCX 或 TXT 后再试。"
        )
    lines, running = without_margins(pages)
    paragraphs, doubts = paragraphs_of(lines)
    text = "".join(paragraph + "\n" for paragraph in paragraphs)
    _check_layer(text, name)
    return Extract(text, 0, len(text), remarks=tuple(_remarks(pages, running, doubts)))


def _remarks(pages: Sequence[Page], running: Sequence[str], doubts: Sequence[str]) -> Iterator[str]:
    bare = [str(i) for i, page in enumerate(pages, 1) if page.pictures and not page.lines]
    if bare:
        yield f"第 {'、'.join(bare)} 页只有图片，图中文字未读入，请核对"
    empty = [str(i) for i, page in enumerate(pages, 1) if not page.pictures and not page.lines]
    if empty:
        yield f"第 {'、'.join(empty)} 页没有文字，请核对是否空白页"
    for text in running:
        yield f"页眉页脚“{text}”未读入，请核对不是正文"
    for text in doubts:
        yield f"“{text}”恰好排满一行，请核对段落是否在此结束"


def _load(content: bytes, name: str) -> list[Page]:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    broken = IngestError(f"{name}：PDF 已损坏，打不开。请重新下载或导出后再试。")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise IngestError(
                f"{name}：PDF 已加密，需要密码才能打开。请取消密码保护后另存，再试一次。"
            ) from error
        raise broken from error
    try:
        if len(document) == 0:
            raise broken
        if len(document) > _MAX_PAGES:
            raise IngestError(
                f"{name}：PDF 有 {len(document)} 页，超过上限 {_MAX_PAGES} 页。请拆成单个文件后再试。"
            )
        return [read_page(document[i], i) for i in range(len(document))]
    except pdfium.PdfiumError as error:
        raise broken from error
    finally:
        document.close()


def _check_layer(text: str, name: str) -> None:
    try:
        reject_mojibake(text, name)
    except IngestError as error:
        raise IngestError(
            f"{name}：PDF 的文字层是乱码（字体没有附带文字对照表），选中复制出来也不是原文。"
            "请向发布单位索取 DOCX 或网页版再试。"
        ) from error
