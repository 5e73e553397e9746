"""Numbers in either script: 二十一, 一〇, 3000万, 五点五."""

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_HAN = "零一二三四五六七八九"


def in_digits(written: str) -> str:
    """`written` with each Chinese digit as an Arabic one: 二〇二一 is 2021."""
    return "".join(str(DIGITS.get(c, c)) for c in written)


def ordinal(numeral: str) -> int:
    """The number that a heading or a batch bears, in either script: 二十一 is 21, 一〇 is 10."""
    if not any(c in _SMALL for c in numeral):
        return int(in_digits(numeral))
    total = digit = 0
    for char in numeral:
        if char in _SMALL:
            total += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def in_han(value: int) -> str:
    """A whole number as headings print it: 24 is 二十四; from ten thousand on in digits."""
    if not 0 < value < 10_000:
        return str(value)
    text, skipped = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            text += ("零" if skipped and text else "") + _HAN[digit] + unit
        skipped = not digit
    return text[1:] if text.startswith("一十") else text


def parse(numeral: str) -> Decimal | None:
    """The value of 3000万, 四十五 or 五点五; None for what is no number (十四五, 一一)."""
    if numeral[0].isascii():
        return _parse_scaled(numeral)
    whole, _, fraction = numeral.partition("点")
    value = _parse_han(whole)
    if value is None or not fraction:
        return value
    digits = "".join(str(DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{digits}")


def _parse_scaled(numeral: str) -> Decimal:
    """The value of 1.5万, 1亿5000万, 300,000 or 1万2 (12000)."""
    total = Decimal(0)
    factor = 1
    for digits, scale in re.findall(r"([\d.,]+|[一二三四五六七八九])([百千万亿]*)", numeral):
        if not scale and factor > 1:  # the last digit has dropped its scale
            return total + (DIGITS.get(digits) or int(digits)) * factor // 10
        factor = 1
        for char in scale:
            factor *= _SMALL.get(char, 0) or _LARGE[char]
        total += Decimal(digits.replace(",", "")) * factor
    return total


def _parse_han(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral; a trailing digit may drop its scale (三万五)."""
    if len(numeral) == 1:
        value = DIGITS.get(numeral, 10 if numeral == "十" else None)
        return None if value is None else Decimal(value)
    total = section = 0
    digit = -1
    last_scale = 1
    after_zero = False
    for char in numeral:
        if char in DIGITS:
            if digit >= 0:
                return None
            if DIGITS[char] == 0:
                after_zero = True
            else:
                digit = DIGITS[char]
        elif char in _SMALL:
            if digit < 0 and not (char == "十" and section == 0 and total == 0):
                return None
            section += max(digit, 1) * _SMALL[char]
            digit, last_scale, after_zero = -1, _SMALL[char], False
        else:
            section += max(digit, 0)
            if section == 0 and total == 0:
                return None
            total = (
                (total + section) * _LARGE[char] if section == 0 else total + section * _LARGE[char]
            )
            section, digit, last_scale, after_zero = 0, -1, _LARGE[char], False
    if digit >= 0:
        section += digit * (1 if after_zero or last_scale <= 10 else last_scale // 10)
    return Decimal(total + section)


def plain(value: Decimal) -> str:
    """`value` without exponent or trailing zeros."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def spelled(numeral: str, value: Decimal) -> str:
    """The canonical spelling; 0573 keeps its zero, as codes and parts of dates do."""
    return numeral if re.match(r"0\d", numeral) else plain(value)


def small_number(numeral: str) -> int | None:
    """A month or a day, in either script."""
    value = parse(numeral)
    return None if value is None else int(value)
