"""Relatives named by way of another: 我老公的爷爷, 她弟弟, 儿子他媳妇."""

import re
from collections.abc import Mapping

CONNECTED = re.compile(r"(?:的|之|家的?|[他她](?:们)?的?)?")
"""What may stand between the one and the other; nothing at all only after a pronoun."""

ADJOINED = frozenset(
    {
        ("兄弟姐妹", "配偶"),
        ("兄弟姐妹", "其他"),
        ("配偶", "兄弟姐妹"),
        ("配偶", "祖辈"),
        ("父母", "兄弟姐妹"),
    }
)
"""Pairs that stand together without 的: 我妹妹男朋友, 我老公弟弟; 老婆孩子 are two."""

_CHILD = r"(?:孩子|孩(?=[他她]|儿[他她爸妈爹娘])儿?|娃娃?儿?|宝宝|宝贝|小囡|囡囡|儿子|女儿|闺女)(?:他|她|的|家的)?"

OF_A_CHILD: tuple[tuple[str, str], ...] = (
    (
        "亲戚",
        rf"{_CHILD}(?:大|二|三|小|老|亲|[表堂])?(?:舅(?:舅|妈|公)?|姑(?:姑|妈|父|丈)?|姨(?:姨|妈|父|夫)?|叔(?:叔|公)?|伯(?:伯|父|母)?|婶(?:婶|子)?|嫂子?|干妈|干爹|表[哥弟姐妹]|堂[哥弟姐妹])",
    ),
    (
        "孩子的祖父母",
        rf"{_CHILD}(?:亲)?(?:爷爷奶奶|爷爷?|奶奶?|外公外婆|外公|外婆|姥姥|姥爷|阿公|阿婆)",
    ),
    ("妻子", r"(?:孩子|孩儿?|娃娃?儿?|宝宝)(?:他|她|的)?(?:妈妈?|娘)(?![家舅姨])"),
    ("丈夫", r"(?:孩子|孩儿?|娃娃?儿?|宝宝)(?:他|她|的)?(?:爸爸?|爹)(?!妈|娘)"),
)
"""Relatives called from the place of the speaker's child: 娃他舅, 孩子奶奶, 孩他爸."""

_HUSBANDS = re.compile("老公|丈夫|(?<=[我俺])男人|孩子?他?爸|公公|婆婆")
_WIVES = re.compile("老婆|妻子|(?<!儿)媳妇|太太|内人|孩子?[他她]?妈|丈母娘|丈人|岳[父母]")


def grandparent_of_child(said: str, text: str) -> str:
    """Whom 孩子奶奶 is to the one who writes: told by whether a husband or a wife is spoken of."""
    husband, wife = _HUSBANDS.search(text), _WIVES.search(text)
    if bool(husband) == bool(wife) or said.endswith(("阿公", "阿婆")):
        return "孩子的祖父母"
    paternal = re.search("姥|外", said) is None
    own = paternal == bool(wife)  # a man's father, a woman's mother
    pair = len(re.findall("爷爷|奶奶|外公|外婆|姥姥|姥爷", said)) == 2
    man = re.search("爷|公", said) is not None
    if own:
        return "父母" if pair else "父亲" if man else "母亲"
    if paternal:
        return "公婆" if pair else "公公" if man else "婆婆"
    return "岳父母" if pair else "岳父" if man else "岳母"


# Whose relative (by what they are to the one who writes), and what they are to that one.
_MADE: Mapping[tuple[str, str], str] = {
    ("配偶", "祖辈"): "配偶的祖父母",
    ("配偶", "兄弟姐妹"): "亲戚",
    ("配偶", "子女"): "继子女",
    ("父母", "父母"): "祖父母",
    ("父母", "兄弟姐妹"): "亲戚",
    ("子女", "子女"): "孙子女",
    ("子女", "祖辈"): "孩子的祖父母",
    ("孙辈", "父母"): "子女",
    ("兄弟姐妹", "父母"): "父母",
    ("兄弟姐妹", "配偶"): "亲戚",
    ("兄弟姐妹", "子女"): "亲戚",
    ("子女配偶", "父母"): "亲戚",
    ("子女配偶", "兄弟姐妹"): "亲戚",
    ("配偶父母", "父母"): "配偶的祖父母",
    ("配偶父母", "兄弟姐妹"): "亲戚",
    ("祖辈", "兄弟姐妹"): "亲戚",
}
_INLAWS = {"父亲": "公公", "母亲": "婆婆", "父母": "公婆"}
_WIFES = {"父亲": "岳父", "母亲": "岳母", "父母": "岳父母"}
_CHILDS = {"妻子": "儿媳", "丈夫": "女婿"}
_PARENT_OF_CHILD = {"父亲": "丈夫", "母亲": "妻子"}


def composed(whose: str, kin: str, nodes: Mapping[str, str]) -> str | None:
    """The person whom `kin` of `whose` is to the one who writes; None where that is unsettled."""
    node = nodes.get(whose, ""), nodes.get(kin, "")
    if node == ("配偶", "父母"):
        return (_INLAWS if whose == "丈夫" else _WIFES).get(kin)
    if node == ("子女", "配偶"):
        return _CHILDS.get(kin) or {"儿子": "儿媳", "女儿": "女婿"}.get(whose)
    if node == ("子女", "父母"):
        return _PARENT_OF_CHILD.get(kin)
    if node[0] == "其他":
        return None if whose == "前配偶" and node[1] == "子女" else "亲戚"
    if node in _MADE:
        return _MADE[node]
    if node == ("子女", "兄弟姐妹"):
        return None  # another child, or the writer's own brother
    side = {"兄弟姐妹", "子女配偶", "配偶父母", "祖辈", "子女", "孙辈"}
    return "亲戚" if node[0] in side else None
