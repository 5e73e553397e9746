"""Bytes become text, or a reason why they do not: UTF-8, GB18030, and what only looks like them."""

import re
from collections.abc import Sequence

from assistant.errors import IngestError

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_OTHER_SCRIPT = re.compile(r"[\u0080-\u024f\u0370-\u052f\u3040-\u30ff\uff61-\uff9f]")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{4,}")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

# Characters that no page of official Chinese does without: any real notice holds about one in six.
_EVERYDAY = frozenset(
    "的一是不在和有人为了于以及等或个中上下大小年月日本市县区省政府办公室通知发关各部门单位"
    "工作应当按照规定可由行号附件自起施居住条第二三四五六七八九十，。、；：（）《》"
)
_MIN_EVERYDAY_SHARE = 0.08
_MIN_COMMON_SHARE = 0.9  # share of Han characters that stand in the 6,763 of GB 2312
_MAX_RUINED_SHARE = 0.01


def decode_chinese(data: bytes, name: str, declared: str | None = None) -> tuple[str, str]:
    """Decode `data` as UTF-8 or GB18030 and say which; refuse anything that is neither."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise IngestError(
            f"{name}：文件是 UTF-16 编码，本系统只读 UTF-8 与 GB18030。"
            "请用文本编辑器打开，另存为 UTF-8 后重试。"
        )
    for encoding in _candidates(declared):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        reject_mojibake(text, name)
        return text.removeprefix("\ufeff"), encoding
    raise IngestError(
        f"{name}：文字编码既不是 UTF-8，也不是 GB18030，读出来会是乱码。"
        "请用原来的编辑器打开，确认文字无误后另存为 UTF-8 再试。"
    )


def reject_mojibake(text: str, name: str) -> None:
    """Refuse text that decodes without error but is not what its author wrote."""
    reason = _ruin_of(text)
    if reason:
        raise IngestError(
            f"{name}：文字是乱码（{reason}）。"
            "请向发布单位索取原件，或用正确的编码打开后另存为 UTF-8 再试。"
        )


def require_chinese(text: str, name: str) -> None:
    """Refuse a file that holds no words, or none in Chinese."""
    if not text.strip():
        raise IngestError(f"{name}：文件里没有文字。请确认导出是否完整，换一份有正文的文件再试。")
    if len(_HAN.findall(text)) < 10:
        raise IngestError(
            f"{name}：文件里没有中文正文，不像是政策文件。请确认选对了文件，再试一次。"
        )


def _candidates(declared: str | None) -> Sequence[str]:
    # A page that declares gb2312 or gbk is as a rule written in their superset.
    if declared and declared.lower().replace("-", "").startswith("gb"):
        return ("gb18030", "utf-8")
    return ("utf-8", "gb18030")


def _ruin_of(text: str) -> str | None:
    sample = text[:200_000]
    controls = len(_CONTROL.findall(sample))
    if controls > max(2, len(sample) * _MAX_RUINED_SHARE):
        return f"含 {controls} 个控制字符"
    replaced = sample.count("\ufffd") + 3 * sample.count("锟斤拷")
    if replaced > max(2, len(sample) * _MAX_RUINED_SHARE):
        return f"含 {replaced} 个无法还原的字符"
    foreign = [run for run in _FOREIGN_RUN.findall(sample) if _was_utf8(run)]
    if sum(map(len, foreign)) > len(sample) * 0.1:
        return f"UTF-8 文字被按别的编码保存过，如“{foreign[0][:6]}”"
    return _unlikely_chinese(sample)


def _was_utf8(run: str) -> bool:
    # Chinese text that happens to be valid UTF-8 once encoded in GBK is all but impossible
    # beyond a few characters; text that was read with the wrong code page is so throughout.
    for encoding in ("gb18030", "cp1252", "latin-1"):
        try:
            raw = run.encode(encoding)
        except UnicodeEncodeError:
            continue
        # The run may have lost its first or last character's other bytes.
        for start in range(3):
            for cut in range(3):
                try:
                    back = raw[start : len(raw) - cut].decode("utf-8")
                except UnicodeDecodeError:
                    continue
                if back and _HAN.search(back):
                    return True
    return False


def _unlikely_chinese(sample: str) -> str | None:
    han = _HAN.findall(sample)
    other = _OTHER_SCRIPT.findall(sample)
    private = _PRIVATE.findall(sample)
    if len(private) > max(5, len(han) * 0.05):
        return f"含 {len(private)} 个私用区字符"
    if len(other) > max(20, len(han)):
        return f"多是“{''.join(other[:4])}”一类字符"
    if len(han) < 30:
        return None
    common = sum(_is_common(character) for character in han)
    if common < len(han) * _MIN_COMMON_SHARE:
        return f"{len(han)} 个汉字里有 {len(han) - common} 个罕用字"
    everyday = sum(character in _EVERYDAY for character in sample)
    if everyday < len(han) * _MIN_EVERYDAY_SHARE:
        return "几乎没有常用字"
    return None


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
