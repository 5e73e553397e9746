"""Finds every kind of personal data in a text, one kind after another, and takes it out."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from assistant.dialogue.privacy.addresses import addresses, doorsteps
from assistant.dialogue.privacy.by_words import (
    INSURANCE,
    LANDLINE,
    NAME,
    PAPER,
    PASSPORT,
    PLATE,
    mails,
)
from assistant.dialogue.privacy.finders import Finder, matches
from assistant.dialogue.privacy.numbers import (
    bank_cards,
    buried_identity_numbers,
    identity_numbers,
    mobiles,
    old_identity_numbers,
)

Kind = Literal[
    "身份证号",
    "手机号",
    "电话号码",
    "银行卡号",
    "社保卡号",
    "证件号",
    "住址",
    "邮箱",
    "车牌号",
    "姓名",
]
"""What was taken out, as the person is told."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and the kinds that were taken out of it, each once."""

    text: str
    found: tuple[Kind, ...] = ()


def mask(text: str) -> Masked:
    """`text` with each piece of personal data replaced by a mark such as 〔身份证号已隐去〕."""
    found: dict[Kind, None] = {}
    while spans := _spans(text):  # what stood between two numbers may become plain beside a mark
        found |= dict.fromkeys(kind for _, _, kind in spans)
        text = _without(text, spans)
    return Masked(text, tuple(found))


def mask_values(value: Any) -> tuple[Any, tuple[Kind, ...]]:
    """A JSON value whose texts and long numbers are masked, names of fields included."""
    found: dict[Kind, None] = {}
    return _masked_value(value, found), tuple(found)


def privacy_notice(found: tuple[Kind, ...]) -> str:
    """What the person is told; empty where nothing was taken out."""
    if not found:
        return ""
    return (
        f"您的话里有{'、'.join(found)}，已经隐去，没有保存。"
        "回答政策问题用不到这些，请不要在这里填写个人信息。"
    )


Span = tuple[int, int, Kind]

_BLANK = "\x00"  # stands where something was found, so that the next finder does not see it
_SPELLED = re.compile(r"[〇零一二三四五六七八九幺两]{11,}")  # no year, amount or 文号 is that long
_SPOKEN = str.maketrans("〇零一二三四五六七八九幺两", "0012345678912")
_MARK = re.compile(r"〔[^〔〕]{2,4}已隐去〕")


def _spans(text: str) -> list[Span]:
    """Where personal data stand, in order; they never overlap."""
    folded = _MARK.sub(lambda mark: _BLANK * len(mark[0]), text.translate(_FOLDED))
    folded = _SPELLED.sub(lambda digits: digits[0].translate(_SPOKEN), folded)
    spans: list[Span] = []
    for kind, finder in _FINDERS:
        for start, end in finder(folded):
            spans.append((start, end, kind))
            folded = folded[:start] + _BLANK * (end - start) + folded[end:]
    return sorted(spans)


def _without(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, kind in spans:
        pieces += [text[last:start], f"〔{kind}已隐去〕"]
        last = end
    return "".join([*pieces, text[last:]])


def _masked_value(value: Any, found: dict[Kind, None]) -> Any:
    if isinstance(value, dict):
        return {_masked_text(k, found): _masked_value(v, found) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_masked_value(item, found) for item in value]
    if isinstance(value, str):
        return _masked_text(value, found)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**10:
        masked = _masked_text(str(value), found)
        return masked if masked != str(value) else value
    return value


def _masked_text(text: str, found: dict[Kind, None]) -> str:
    masked = mask(text)
    found |= dict.fromkeys(masked.found)
    return masked.text


class _Folding(dict[int, str]):
    """Full-width and other forms of a sign to the plain one, sign by sign: offsets stay."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKC", sign)
        if len(plain) != 1:
            plain = sign
        if unicodedata.category(plain) == "Pd":
            plain = "-"
        self[code] = plain
        return plain


_FOLDED = _Folding()


_FINDERS: tuple[tuple[Kind, Finder], ...] = (
    ("邮箱", mails),
    ("身份证号", identity_numbers),
    ("身份证号", old_identity_numbers),
    ("身份证号", buried_identity_numbers),
    ("社保卡号", matches(INSURANCE)),
    ("证件号", matches(PAPER)),
    ("证件号", matches(PASSPORT)),
    ("银行卡号", bank_cards),
    ("手机号", mobiles),
    ("电话号码", matches(LANDLINE)),
    ("车牌号", matches(PLATE)),
    ("住址", addresses),
    ("住址", doorsteps),
    ("姓名", matches(NAME)),
)
