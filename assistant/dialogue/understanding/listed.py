"""Which of the ways that a reply named in a row is meant: 第二条能带家里人么, 那头一条呢, 后面那个."""

import re
from collections.abc import Sequence

from assistant.dialogue.reading.time_words import number

_NTH = re.compile(
    r"第(?P<n>[一二三四五六七八九十]|\d)(?:条|个|种|项|样)(?:路|途径|办法)?(?!款|第)"
    r"|(?P<first>头一(?:条|个|种)|最前面|前者|前面?(?:那|这|一)(?:条|个|种))"
    r"|(?P<last>后者|末了(?:那|一)(?:条|个)|最后(?:那|一)?(?:条|个|种)|后面?(?:那|这|一)(?:条|个|种))"
    r"|(?P<other>(?:另外|另|剩下)(?:的)?(?:那|一)?(?:条|个|种))"
)
_LONGEST = 20
_TWO = 2


def listed_meant(words: str, listed: Sequence[str], current: Sequence[str]) -> str | None:
    """The rule, of those `listed`, that `words` point at; `current` is the one talked about."""
    match = _NTH.search(words)
    if match is None or len(listed) < _TWO or len(words) > _LONGEST:
        return None
    if match["n"]:
        place = (number(match["n"]) or 0) - 1
        return listed[place] if 0 <= place < len(listed) else None
    if match["first"]:
        return listed[0]
    if match["last"]:
        return listed[-1]
    others = [rule for rule in listed if rule not in current]
    return others[0] if len(others) == 1 else None


def without_place(words: str) -> str:
    """`words` without the place in the row: 第二条能带家里人么 is 能带家里人么."""
    return _NTH.sub("", words)
