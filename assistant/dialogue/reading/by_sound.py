"""Words of this field typed by their sound: 就业落沪, 养老宝险, 连序交.

A stretch of text is taken back to a word of the field when it sounds the same (tones aside, and with
the southern mergers zh/z, ch/c, sh/s, -ng/-n after e and i), shares a character with it, and is cut into
pieces that are no word where a dictionary meets it: 居住正好 keeps its 正好, 居住正(嘉兴发的) does not.
Readings come from pypinyin, the cutting from jieba's dictionary.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

TERMS = (
    "落户", "户口", "户籍", "户主", "上户口", "户口本", "集体户", "家庭户", "公共户", "迁户", "迁移", "迁入", "随迁", "投靠",
    "登记", "居住", "居住证", "居住登记", "暂住证", "签注", "签发", "租房", "租赁", "备案", "商品房", "房产证", "不动产证", "产权证",
    "住房", "公寓", "城镇", "县城", "南湖区", "秀洲区", "嘉善", "平湖", "海盐", "海宁", "桐乡", "浙江省",
    "社保", "社会保险", "养老", "养老保险", "养老金", "医保", "医疗", "医疗保险", "医疗补助", "补充医疗", "参保", "缴费", "缴纳", "连续",
    "断缴", "补缴", "公积金", "劳动合同", "稳定就业", "就业", "工作", "单位", "企业", "机关", "事业单位", "事业编", "公务员",
    "编外", "退休", "门诊", "住院", "起付标准", "个人账户", "报销", "补助", "补贴", "缴费基数", "职代会",
    "学历", "大专", "中专", "技校", "本科", "硕士", "博士", "毕业", "职称", "初级", "中级", "高级",
    "初级工", "中级工", "高级工", "技师", "技能等级", "初级职称", "中级职称", "高级职称", "人才落户",
    "配偶", "子女", "父母", "未婚", "结婚", "离婚", "成年", "未成年", "直系亲属", "岳父母", "公婆", "材料", "证明", "身份证",
    "条件", "政策", "办理", "申请", "受理", "派出所", "符合",
)  # fmt: skip
"""What is taken back; a word of two characters that ordinary talk is full of does not belong here."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORDS_OF_THEIR_OWN = frozenset(
    "的了是在再有以已一和不就都要会可又还与而其之此时事市十四三五六七八九二两人我你他她它们这那哪谁几多少大小上下中里外前后年月日号"
    "个来去到说想能好吗呢啊吧么也才被把让给从向对比跟同或及着过得地做字自只至直整正高"
)
"""Characters that stand by themselves in any sentence, and so tell nothing of a slip."""
_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def taken_back(text: str) -> str:
    """`text` with what was typed by its sound written as meant; the length stays."""
    found = list(_candidates(text))
    if not found:
        return text
    starts, ends = _cuts(text)
    for start, term in sorted(found, key=lambda one: -len(one[1])):
        end = start + len(term)
        if start in starts and end in ends and ends[end] != start:
            text = text[:start] + term + text[end:]
    return text


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """Where a term sounds like what stands there, and is not what stands there."""
    by_char = _terms_by_character()
    tried: set[tuple[int, str]] = set()
    for index, char in enumerate(text):
        for offset, term in by_char.get(char, ()):
            start = index - offset
            place = (start, term)
            if start < 0 or start + len(term) > len(text) or place in tried:
                continue
            tried.add(place)
            written = text[start : start + len(term)]
            if written != term and written not in _known() and _sounds_like(written, term):
                yield place


def _sounds_like(written: str, term: str) -> bool:
    return all(
        one == other
        or (_HAN.match(one) and one not in _WORDS_OF_THEIR_OWN and meant in _sounds(one))
        for one, other, meant in zip(written, term, _reading(term), strict=True)
    )


@lru_cache(maxsize=1024)
def _reading(term: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(map(_merged, lazy_pinyin(term)))


@lru_cache(maxsize=8192)
def _sounds(char: str) -> frozenset[str]:
    """The readings of one character, without tones and with the mergers made."""
    from pypinyin import Style, pinyin

    return frozenset(map(_merged, pinyin(char, style=Style.NORMAL, heteronym=True)[0]))


def _merged(reading: str) -> str:
    for retroflex, flat in _MERGED:
        if reading.startswith(retroflex):
            reading = flat + reading[2:]
    return reading[:-1] if reading.endswith(("eng", "ing")) else reading


@lru_cache(maxsize=1)
def _terms_by_character() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for term in TERMS:
        for offset, char in enumerate(term):
            found.setdefault(char, []).append((offset, term))
    return found


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(TERMS)


def _cuts(text: str) -> tuple[set[int], dict[int, int]]:
    """Where pieces of `text` start, and where they end with the start of each."""
    import rjieba

    starts: set[int] = set()
    ends: dict[int, int] = {}
    at = 0
    for piece in rjieba.cut(text, False):
        starts.add(at)
        ends[at + len(piece)] = at
        at += len(piece)
    return starts, ends
