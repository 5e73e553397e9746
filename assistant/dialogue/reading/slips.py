"""Slips of the keyboard: the words of this field with one character written for another.

People type by sound or by shape: 落互, 居主登记, 商聘房. Each word of the field is taken back from
the forms with one such character, where that form is no word of its own; traditional characters
become simplified ones. Every correction keeps the length, so that ranges stay.
"""

import re

from assistant.dialogue.reading.by_sound import taken_back

_SOUNDS_LIKE = {
    "户": "互护沪戸卢", "落": "洛络骆罗", "口": "囗扣ロ", "登": "灯蹬凳", "记": "计纪际季机", "居": "局具拒据巨剧",
    "住": "主注柱驻祝往", "证": "正征挣政症証", "租": "组祖阻", "赁": "凭凴恁任", "备": "被背倍", "案": "按暗岸",
    "品": "聘拼", "房": "放", "养": "样痒杨", "老": "佬", "保": "宝报堡", "险": "显现限", "社": "设射",
    "专": "砖转", "本": "笨", "科": "课棵颗", "连": "联莲", "续": "绪序叙", "嘉": "加家佳", "兴": "性星",
    "婚": "昏混", "未": "末", "投": "头", "靠": "考", "职": "值", "称": "程成", "业": "叶", "编": "边遍",
    "主": "住", "退": "腿", "休": "修", "效": "校", "期": "其", "满": "瞒", "转": "专", "移": "仪", "城": "成",
    "镇": "阵", "集": "级", "体": "休", "医": "依", "疗": "聊", "补": "捕", "充": "冲", "务": "物误", "位": "味",
}  # fmt: skip
_WORDS = (
    "落户", "户口", "登记", "居住", "居住证", "租赁", "备案", "商品房", "养老", "养老保险", "社保", "大专", "本科",
    "连续", "嘉兴", "未婚", "投靠", "职称", "事业编", "户主", "退休", "有效期", "转移", "集体户", "城镇", "补充医疗", "公务员",
    "事业单位", "租房", "职代会", "职工代表大会", "编制", "在编", "住院", "起付",
)  # fmt: skip
_REAL = frozenset(
    {"主户", "租放", "头靠", "转专", "成镇", "专移", "登机", "背案", "大转", "城阵", "腿休", "组房", "祖房", "阻房", "连序",
     "退修", "头考", "户住", "户注", "未混", "加兴", "家兴", "职成", "投考", "备按", "保现", "居往"}
)  # fmt: skip
"""Forms that stand in other words too; those that are slips all the same are told by their place."""
_KNOWN = {
    "帐户": "账户", "户囗": "户口", "勿曾": "没有", "爷娘": "爹娘", "己经": "已经", "投奔": "投靠", "阿拉": "我们",
    "商品放": "商品房", "租凭": "租赁", "备暗": "备案", "养老报险": "养老保险", "登机记": "登记", "连序": "连续", "连叙": "连续",
    "样老保": "养老保", "杨老保": "养老保", "事业边": "事业编",
}  # fmt: skip
_BY_PLACE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"(?<!准)备按(?!照|规|租|人|就|居|政)", "备案"),
        (
            r"(?<=居住)登机|(?<=了)登机(?=满|了|\d)|(?:^|(?<=[，。]))登机(?=满|\d|[一二三四五六七八九十半])",
            "登记",
        ),
        (
            r"大转(?=毕业|学历|文凭|生|的)|(?<=学历)大转|(?<=读的)大转|(?<=[是我])大转(?=[，。？]|$)",
            "大专",
        ),
        (r"(?<=[在来到])[加家]兴|[加家]兴(?=发|签|办|市|户口|公安|的|城)", "嘉兴"),
        (r"(?<=想)投考(?=[我他她爸妈父母儿女老])", "投靠"),
        (r"(?<=[\d一二两三四五六七八九十几半])各月", "个月"),
        (r"(?<=[\d一二两三四五六七八九十几])个越", "个月"),
        (r"[啦咯喽嘞]", "了"),
        (r"(?<=\d)w(?![a-z])", "万"),
        (r"(?<=\d)k(?![a-z])", "千"),
        (r"(?<!倒)退修(?=工人|职工|人员|教师|老师|干部|了|的|在家|金|[，。]|$)", "退休"),
        (r"(?:(?<=[，。我们])|^)场里(?=参加|有|上|买|交|给|做|也|都|的)", "厂里"),
        (r"(?<=[租住])祖房|(?<=[我，])[组祖]房", "租房"),
    )
)


def _forms() -> dict[str, str]:
    forms = {}
    for word in _WORDS:
        for index, char in enumerate(word):
            for other in _SOUNDS_LIKE.get(char, ""):
                form = word[:index] + other + word[index + 1 :]
                if form not in _REAL and form not in _WORDS:
                    forms[form] = word
    return forms | _KNOWN


_FORMS = _forms()
_SLIPS = re.compile("|".join(sorted(map(re.escape, _FORMS), key=len, reverse=True)))
_TRADITIONAL = str.maketrans(
    "戶記證養險續個滿嗎遷買業職專師學歷參醫療補繳單編稱級歲齡媽兒孫親無沒斷過還連來這邊裡從開現時間後請問興產權備賃畢機關務員讓與們幾歸戲電話錢萬報銷賬額",
    "户记证养险续个满吗迁买业职专师学历参医疗补缴单编称级岁龄妈儿孙亲无没断过还连来这边里从开现时间后请问兴产权备赁毕机关务员让与们几归戏电话钱万报销账额",
)


def simplified(char: str) -> str:
    """The simplified form of one character."""
    return char.translate(_TRADITIONAL)


def mended(text: str) -> str:
    """`text` with the slips taken back; the length stays."""
    text = _SLIPS.sub(lambda match: _FORMS[match.group()], text)
    for pattern, word in _BY_PLACE:
        text = pattern.sub(word, text)
    return taken_back(text)
