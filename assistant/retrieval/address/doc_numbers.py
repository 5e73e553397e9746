"""文号 as questions give them: in full, without the year, or shortened."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.retrieval.address.spelling import NUMERAL, YEAR, fold, ordinal_in

_ISSUER_END = "发函办令字规告通"

# 嘉政办发[2024]16号, 嘉政办发(2024)第16号, 2024年16号文: brackets and 第 are optional.
_NUMBER = re.compile(
    rf"(?P<issuer>[一-鿿]{{0,20}})\s*\[?\s*(?P<year>{YEAR})\s*年?\s*\]?\s*第?\s*(?P<serial>\d{{1,4}})\s*号"
)
# 2024年嘉政办发16号
_YEAR_FIRST = re.compile(
    rf"(?P<year>{YEAR})\s*年?\s*的?(?P<issuer>[一-鿿]{{2,12}}[{_ISSUER_END}])\s*第?\s*(?P<serial>\d{{1,4}})\s*号"
)
# 嘉政办发16号, 16号文
_NO_YEAR = re.compile(
    rf"(?P<issuer>[一-鿿]{{1,20}}[{_ISSUER_END}])\s*第?\s*(?P<serial>\d{{1,4}})\s*号"
)
_BARE = re.compile(rf"(?P<serial>{NUMERAL})\s*号(?:文件|文)")
STORED = re.compile(rf"^(?P<issuer>[^〔]*)〔(?P<year>{YEAR})〕(?P<serial>\d+)号$")
# What may stand before an abbreviated 文号 without being part of it.
_LEAD_IN = re.compile(
    r"(?:^|看|查|问|的|和|与|跟|及|是|据|按|照|在|对|据|于|到|下|文件|文号|请问|帮我)$"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A 文号 as a question gives it; what it leaves out is None."""

    issuer: str | None
    year: int | None
    serial: int
    start: int
    end: int


def named_numbers(query: str) -> tuple[str, ...]:
    """Every complete 文号 in a question, normalised, whether the corpus holds it or not.

    The issuer is all Han text before the year, so it may begin with other words of the sentence.
    """
    return tuple(
        f"{number.issuer}〔{number.year}〕{number.serial}号"
        for number in numbers_in(fold(query))
        if number.year is not None and names_issuer(number.issuer or "")
    )


def numbers_in(text: str) -> Iterator[Number]:
    """Every 文号 in folded text, the fullest reading of a place only."""
    taken: list[tuple[int, int]] = []
    for pattern in (_YEAR_FIRST, _NUMBER, _NO_YEAR, _BARE):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            groups = match.groupdict()
            serial = ordinal_in(groups["serial"])
            if serial is None:
                continue
            taken.append(match.span())
            year = groups.get("year")
            yield Number(
                groups.get("issuer"),
                int(year) if year else None,
                serial,
                match.start(),
                match.end(),
            )


def names_issuer(issuer: str) -> bool:
    """Whether the words before a year end as the sign of an issuer does: 嘉政办发."""
    return len(issuer) >= 2 and issuer[-1] in _ISSUER_END


def abbreviates(said: str, issuer: str) -> bool:
    """Whether what was said ends in a shortened form: 政办发 for 嘉政办发, never for 浙政办发."""
    length = 0
    while length < min(len(said), len(issuer)) and said[-1 - length] == issuer[-1 - length]:
        length += 1
    return length >= 2 and _LEAD_IN.search(said[: len(said) - length]) is not None


def blanked(text: str, numbers: Iterable[Number]) -> str:
    """`text` with spaces in place of the numbers."""
    for number in numbers:
        text = text[: number.start] + " " * (number.end - number.start) + text[number.end :]
    return text
