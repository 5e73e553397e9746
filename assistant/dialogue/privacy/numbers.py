"""Numbers that are personal by their form: identity numbers, bank cards, mobile telephones."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

_GAP = r"[\s\-.·•_\u200b-\u200f\u2060\ufeff]{1,3}"
_RUN = re.compile(rf"[0-9]+(?:{_GAP}[0-9]+)*")
_ANY_GAP = r"[\s\-.·•_/,、|:*+\u200b-\u200f\u2060\ufeff]{1,3}"
_RUN_AND_X = re.compile(rf"[0-9]+(?:{_ANY_GAP}[0-9]+)*(?:(?:{_ANY_GAP})?[Xx])?")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")


@dataclass(frozen=True, slots=True)
class _Number:
    """Some neighbouring groups of one run of digits."""

    digits: str
    groups: tuple[int, ...]  # their lengths
    start: int
    end: int

    @property
    def is_whole(self) -> bool:
        return len(self.groups) == 1


def _numbers(text: str, lengths: range, run: re.Pattern[str]) -> Iterator[_Number]:
    """Every reading of the runs of digits as a number of such a length, longest first."""
    for found in run.finditer(text):
        groups = [(m.start() + found.start(), m[0]) for m in _GROUP.finditer(found[0])]
        for first, (start, _) in enumerate(groups):
            yield from reversed(list(_from(groups, first, start, lengths)))


def _from(
    groups: list[tuple[int, str]], first: int, start: int, lengths: range
) -> Iterator[_Number]:
    digits = ""
    sizes: list[int] = []
    for at, group in islice(groups, first, None):
        digits += group
        sizes.append(len(group))
        if len(digits) >= lengths.stop:
            return
        if len(digits) in lengths:
            yield _Number(digits.upper(), tuple(sizes), start, at + len(group))


def _those(
    text: str,
    lengths: range,
    is_it: Callable[[_Number, str], bool],
    run: re.Pattern[str] = _RUN,
) -> Iterator[tuple[int, int]]:
    """Numbers for which `is_it` holds, given the words before them; never two on one spot."""
    last = 0
    for number in _numbers(text, lengths, run):
        if number.start >= last and is_it(number, text[max(0, number.start - 16) : number.start]):
            last = number.end
            yield number.start, number.end


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-8]")
_IDENTITY_GROUPS = frozenset(
    {(18,), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (4, 4, 4, 4, 2), (17, 1), (14, 4)}
)
_LONG = re.compile(r"[0-9]{18,}[0-9Xx]")
_SERIAL = re.compile(  # the number of a paper or an item, or the digits of a fraction
    r"(?:编号|编码|代码|案号|流水号|受理号|单号|文号|批号)(?:码)?[是为:\s]*$|(?<![0-9])0\.$"
)
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 13), (4, 15), (6, 10)})
_BANK = re.compile(r"(?:卡号|银行卡|储蓄卡|信用卡|工资卡|账号|帐号|账户|存折)[^0-9,。;,;]{0,6}$")


def identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Identity numbers of eighteen digits, in one piece or in groups."""
    yield from _those(text, range(18, 19), _is_identity_number, _RUN_AND_X)


def old_identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Identity numbers of fifteen digits, as they were given until 1999."""
    yield from _those(text, range(15, 16), _is_old_identity_number)


def buried_identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Digits in which an identity number stands without a gap before or after it."""
    for found in _LONG.finditer(text):
        pieces = (found[0][at : at + 18].upper() for at in range(len(found[0]) - 17))
        if any(map(_is_sound_identity_number, pieces)):
            yield found.span()


def _is_identity_number(number: _Number, before: str) -> bool:
    digits = number.digits
    if "X" in digits[:-1]:
        return False
    is_born = _REGION.match(digits) is not None and _is_day(digits[6:14])
    if _has_identity_check(digits):
        return is_born or (number.is_whole and not _SERIAL.search(before))
    return is_born and number.groups in _IDENTITY_GROUPS and not _SERIAL.search(before)


def _has_identity_check(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17]


def _is_old_identity_number(number: _Number, before: str) -> bool:
    digits = number.digits
    usual = number.groups in {(15,), (6, 6, 3)}
    return (
        usual
        and _REGION.match(digits) is not None
        and _is_day("19" + digits[6:12])
        and not _SERIAL.search(before)
    )


def _is_sound_identity_number(digits: str) -> bool:
    return (
        _REGION.match(digits) is not None
        and "X" not in digits[:-1]
        and _is_day(digits[6:14])
        and _has_identity_check(digits)
    )


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1800 <= day.year < 2100


def bank_cards(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of bank cards, by their form and check digit or by the words before them."""
    yield from _those(text, range(12, 20), _is_bank_card)


def _is_bank_card(number: _Number, before: str) -> bool:
    if _BANK.search(before) and (number.is_whole or _is_grouped_as_card(number)):
        return True
    if len(number.digits) < 16 or _SERIAL.search(before):
        return False
    if number.is_whole:
        return number.digits[0] in "34569" and _has_luhn_check(number.digits)
    return number.digits.startswith("62") and _is_grouped_as_card(number)


def _is_grouped_as_card(number: _Number) -> bool:
    return number.groups in _CARD_GROUPS and number.digits[0] in "34569"


def _has_luhn_check(digits: str) -> bool:
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (5, 6), (3, 3, 5), (1,) * 11}
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"\(?\+\s*\(?(?:86\s*\)?[\s\-]*)?$")
_COUNTED = re.compile(r"\s*(?:[.,][0-9]|元|万|亿|%|平方|人次)")


def mobiles(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of mobile telephones, with the country before them."""
    for start, end in _those(text, range(11, 16), _is_mobile):
        if _COUNTED.match(text, end):
            continue
        country = _COUNTRY.search(text, max(0, start - 10), start)
        yield (country.start() if country else start), end


def _is_mobile(number: _Number, before: str) -> bool:
    if _SERIAL.search(before):
        return False
    digits, groups = number.digits, number.groups
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and _MOBILE.fullmatch(digits[len(prefix) :]):
            rest = (groups[0] - len(prefix), *groups[1:])
            return tuple(size for size in rest if size) in _MOBILE_GROUPS
    return _MOBILE.fullmatch(digits) is not None and groups in _MOBILE_GROUPS
