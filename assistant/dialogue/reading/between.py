"""What two people are to each other, each told by what they are to the one who writes."""

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.people import NODES

_TO_SELF = {"配偶旁系": "其他", "祖辈": "祖孙", "孙辈": "祖孙", "配偶祖辈": "配偶的其他直系亲属"}

_FROM_SELF = {
    "父母": "子女", "子女": "父母", "配偶": "配偶", "配偶父母": "子女配偶", "子女配偶": "配偶父母",
    "兄弟姐妹": "兄弟姐妹", "祖辈": "祖孙", "孙辈": "祖孙",
}  # fmt: skip

_BETWEEN = {
    ("配偶", "父母"): "子女配偶", ("配偶", "配偶父母"): "子女", ("子女", "配偶"): "子女",
    ("子女", "父母"): "祖孙", ("子女", "配偶父母"): "祖孙", ("父母", "兄弟姐妹"): "父母",
    ("父母", "配偶"): "配偶父母", ("父母", "子女"): "祖孙", ("配偶父母", "配偶"): "父母",
    ("配偶父母", "子女"): "祖孙", ("兄弟姐妹", "父母"): "子女", ("子女配偶", "子女"): "配偶",
    ("子女配偶", "配偶"): "子女配偶", ("父母", "父母"): "配偶", ("子女", "子女"): "兄弟姐妹",
    ("孙辈", "子女"): "子女", ("子女", "孙辈"): "父母", ("父母", "祖辈"): "子女",
    ("祖辈", "父母"): "父母", ("配偶", "子女"): "父母", ("配偶", "祖辈"): "其他",
    ("配偶祖辈", "配偶"): "祖孙", ("祖辈", "配偶"): "配偶的其他直系亲属", ("兄弟姐妹", "祖辈"): "祖孙",
    ("兄弟姐妹", "兄弟姐妹"): "兄弟姐妹", ("孙辈", "配偶"): "祖孙", ("配偶", "孙辈"): "祖孙", ("配偶旁系", "配偶"): "兄弟姐妹", ("配偶", "配偶旁系"): "兄弟姐妹",
    ("子女", "长辈"): "祖孙", ("长辈", "子女"): "祖孙", ("子女", "祖辈"): "祖孙", ("祖辈", "子女"): "祖孙",
    ("配偶旁系", "配偶父母"): "子女", ("配偶父母", "配偶旁系"): "父母",
}  # fmt: skip


def relation_between(applicant: str, host: str) -> str | None:
    """What `applicant` is to `host`, in the words of the dictionary; None where unsettled."""
    if applicant == host:
        return None
    if host == APPLICANT:
        node = NODES[applicant]
        return None if node == "长辈" else _TO_SELF.get(node, node)
    if applicant == APPLICANT:
        if NODES[host] == "长辈":
            return None  # one's own parent, or the spouse's
        return _FROM_SELF.get(NODES[host], "其他")
    return _BETWEEN.get((NODES[applicant], NODES[host]))
