"""What finds personal data: a function from folded text to the ranges where some stands."""

import re
from collections.abc import Callable, Iterator

Finder = Callable[[str], Iterator[tuple[int, int]]]

PERSON = (
    r"(?:我|俺|咱|本人|自己|他|她|(?<![国专大厂商])家|爸|妈|爹|娘|父亲|母亲|爷爷|奶奶|外公|外婆|老婆|老公|妻子|丈夫|"
    r"儿子|女儿|孩子|小孩|哥|弟|姐|妹|公公|婆婆|岳父|岳母|房东|户主)"
)
"""Words for a person, or for whom one belongs to."""


def matches(pattern: re.Pattern[str]) -> Finder:
    """Finds the group `it` of a pattern."""

    def find(text: str) -> Iterator[tuple[int, int]]:
        return (found.span("it") for found in pattern.finditer(text))

    return find
