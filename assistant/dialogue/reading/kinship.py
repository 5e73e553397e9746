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

# Whose relative (by what they are to the one who writes), and what they are to that one.
_MADE: Mapping[tuple[str, str], str] = {
    ("配偶", "祖辈"): "配偶的祖父母",
    ("配偶", "兄弟姐妹"): "亲戚",
    ("配偶", "子女"): "继子女",
    ("父母", "父母"): "祖父母",
    ("父母", "兄弟姐妹"): "亲戚",
    ("子女", "子女"): "孙子女",
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
    return "亲戚" if node[0] in {"兄弟姐妹", "子女配偶", "配偶父母", "祖辈"} else None
