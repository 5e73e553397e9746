"""Whether a PDF is whole. PDFium mends damaged files without a word, and drops what it cannot
mend; a notice that lost a page in transit must not be read as if it were complete."""

import base64
import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"stream\r?\n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_CROSS_REFERENCE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
_MAX_INFLATED = 256 * 1024 * 1024


def find_damage(content: bytes) -> str | None:
    """Chinese for what is wrong with a file, or None where nothing is."""
    if b"%%EOF" not in content[-4096:]:
        return "没有结束标记，可能没有下载完"
    starts = list(_START.finditer(content))
    if not starts:
        return "没有索引，可能没有下载完"
    header = max(content.find(b"%PDF-", 0, 1024), 0)
    offset = int(starts[-1].group(1))
    if not any(_CROSS_REFERENCE.match(content, at) for at in {offset, offset + header}):
        return "索引的位置对不上，传输时可能多了或少了内容"
    if b"/Encrypt" in content:
        return None  # what is encrypted cannot be inflated here
    return "压缩的内容解不开" if any(not ok for ok in _streams(content)) else None


def _streams(content: bytes) -> Iterator[bool]:
    """For every compressed stream, whether it inflates and its checksum holds."""
    budget = _MAX_INFLATED
    for found in _STREAM.finditer(content):
        if content[max(found.start() - 3, 0) : found.start()] == b"end":
            continue
        heading = content[max(found.start() - 600, 0) : found.start()]
        heading = heading[heading.rfind(b" obj") :]
        if b"/FlateDecode" not in heading and b"/Fl " not in heading:
            continue
        stop = content.find(b"endstream", found.end())
        data = content[found.end() : stop if stop >= 0 else len(content)]
        if b"/ASCII85Decode" in heading:
            try:
                data = base64.a85decode(data.strip(), adobe=data.lstrip().startswith(b"<~"))
            except ValueError:
                try:
                    data = base64.a85decode(b"<~" + data.strip(), adobe=True)
                except ValueError:
                    yield False
                    continue
        elif b"/ASCIIHexDecode" in heading or b"/LZWDecode" in heading:
            continue
        size = _inflated_size(data, budget)
        yield size is not None
        budget -= size or 0


def _inflated_size(data: bytes, budget: int) -> int | None:
    inflater = zlib.decompressobj()
    size = 0
    while data and not inflater.eof and size < budget:
        try:
            size += len(inflater.decompress(data, 1 << 20))
        except zlib.error:
            return None
        data = inflater.unconsumed_tail
    return size
