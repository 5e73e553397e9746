"""Answers that first say the question over: 登记吗？整整两年了; 居住证？压根没去领过."""

import re
from collections.abc import Sequence

from assistant.dialogue.reading.answers import context_of
from assistant.rules import FactDictionary

_ECHO = re.compile(
    r"^(?:哦|噢|啊|嗯|呃|，|你(?:是)?(?:说|问)|您(?:是)?(?:说|问)|要说|说到|至于)*(?P<thing>[^，,。；;：:？?！!\s]{2,10}?)"
    r"(?:(?:吗|么|嘛|啊|呀|呢|吧)?[？?…]+|(?:吗|么|嘛|啊|呀|呢|吧|的话|这块|这方面)[，,：:…]+|[：:…]+)\s*(?=\S{2})"
)
_OWN_WORDS = re.compile(r"[能可够行算]|什么|怎么|多少|几|哪|[我他她]")
"""What a thing said over does not hold: then it is a question of its own."""


def without_echo(
    words: str, asked: Sequence[str], dictionary: FactDictionary
) -> tuple[str, str | None]:
    """`words` without the asked thing said over before them, and the fact that it names.

    The words as they are, and None, where they say nothing over that was asked.
    """
    match = _ECHO.match(words.strip())
    if match is None or _OWN_WORDS.search(match["thing"]):
        return words, None
    thing = match["thing"].removeprefix("那个").removeprefix("这个")
    for name in asked:
        if name not in dictionary:
            continue
        called = f"{dictionary[name].label}{dictionary[name].question}{context_of(name)}"
        if thing in called:
            return words.strip()[match.end() :], name
    return words, None
