"""Wishes to get somebody else's registration out of one's home: 我想让他迁走, 叫前房东把户口迁出.

No rule of settling decides that; a text says what the police station does on request.
"""

import re

_SOMEBODY = r"他|她|人(?!事)|弟|哥|姐|妹|房主|房东|租客|租户|业主|前[夫妻任]|亲戚|儿|女|叔|侄|舅|婆|媳|爸|妈"
_OUT = re.compile(
    rf"(?:让|叫|请|逼|催|赶|把|给|要求|强制|强行|通知|要)(?!我)[^，。？?！!我]{{0,6}}?(?:{_SOMEBODY})[^，。？?！!]{{0,8}}?"
    r"(?:迁|搬|移|赶|清|撵|挪)(?:走|出(?![来到生])|离|掉|开)"
)
_REGISTERED = re.compile("户口|户籍|户主|迁")
_TO_HERE = re.compile(r"老家|原籍|[迁转落](?:到|来|进|入)|[过进]来")


def wants_out(words: str) -> bool:
    """Whether `words` ask how somebody else is made to move their registration away."""
    asked = _OUT.search(words) is not None and _REGISTERED.search(words) is not None
    return asked and _TO_HERE.search(words) is None
