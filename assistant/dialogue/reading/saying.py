"""A person's own words for a fact, as they are shown to them: whole words, never cut through one."""

import re

_STOPS = re.compile(r"^[\s，。？！；：、,.?!;:…]+|[\s，。？！；：、,.?!;:…]+$")


def in_whole_words(said: str, message: str) -> str:
    """The words of `message` that hold `said`; `said` itself where the message does not hold it.

    Words are those into which jieba's dictionary cuts the message.
    """
    start = message.find(said)
    if not said or start < 0:
        return said
    end, at, begin = start + len(said), 0, start
    for word in _cut(message):
        close = at + len(word)
        if at <= start < close:
            begin = at
        if at < end <= close:
            return _STOPS.sub("", message[begin:close])
        at = close
    return said


def _cut(message: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(message, False))
