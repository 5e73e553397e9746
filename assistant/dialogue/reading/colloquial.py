"""Words of everyday and local speech, put into the words that the readers know.

屋里厢, 囡, 没出嫁, 元旦: each stands for a word of standard speech wherever it is said, so that it
is put in once, before anything is read. What is put in may be longer or shorter than what was
said: each character keeps the place of the words that it stands for.
"""

import re
from collections.abc import Sequence

_ASIDE = r"制度|政策|改革|管理|科|窗口|室|所|警|新政|通知|部门|大厅|业务|办理|证明|迁移|人口|派出所"

_WORDS: tuple[tuple[str, str], ...] = (
    # 称呼
    (r"屋里(?:厢|向|头)", "家里"),
    (r"(?<![婆喜])老头老太(?:婆|太)?(?:两个|俩)?", "老两口"),
    (r"(?<=[我俺])女人(?!家|的)|屋里人", "老婆"),
    (r"(?<=[我俺咱们家])(?:那口子|爱人同志)", "爱人"),
    (r"新妇(?!女)", "儿媳妇"),
    (r"丈母(?!娘)", "丈母娘"),
    (r"公爹|公老头", "公公"),
    (r"婆母", "婆婆"),
    (r"(?<![大小])囝(?!囝)|(?<=[我俺咱们])(?:小子|崽子?|臭小子)", "儿子"),
    (r"(?<![小囡])囡(?!囡)|(?<=[我俺咱们])(?:丫头片子|丫头|姑娘)(?!家)", "女儿"),
    (r"(?<=[我俺咱们个])小人(?![物国])|小囝|娃儿", "孩子"),
    (r"其女(?!性|方)", "女儿"),
    (r"其子(?!女)", "儿子"),
    (r"其妻子?", "妻子"),
    (r"其(?:丈夫|夫)", "丈夫"),
    (r"其父(?!母)", "父亲"),
    (r"其母", "母亲"),
    (r"其弟", "弟弟"),
    (r"其[兄哥]", "哥哥"),
    (r"其姐", "姐姐"),
    (r"其妹", "妹妹"),
    (r"阿姐", "姐姐"),
    (r"阿妹", "妹妹"),
    (r"阿弟", "弟弟"),
    (r"阿哥", "哥哥"),
    (r"伲(?=[囡儿女子家老爸妈小大屋房户，。的一两想要])", "我们"),
    (r"(?<![\u4e00-\u9fff])伊(?=[想要能的是在户今也还没有爸妈])", "他"),
    (r"侬", "你"),
    (r"(?<![\u4e00-\u9fff])企退(?!休)", "企业退休"),
    # 语气与否定
    (r"来(?:三|事)(?:不?伐|不|吗)", "可以吗"),
    (r"好伐", "可以吗"),
    (r"伐(?=[，。？]|$)", "吗"),
    (r"(?<![请切])勿(?!忘|要|必|怪|急)", "不"),
    (r"冇|莫得|没得(?!说|商量|办法|空)", "没有"),
    (r"啥?辰光", "时候"),
    # 婚姻
    (
        r"(?:还)?(?:没|未|没有|还没)(?:有)?(?:出嫁|出过嫁|嫁人|嫁过人?|娶亲|娶过亲|(?:娶|讨)(?:过)?(?:老婆|媳妇|亲)|成过家|办过?喜事)",
        "没结婚",
    ),
    (r"(?:老)?光棍(?:一个|一条|汉)?", "没结婚"),
    (r"大龄未婚(?:女|男)?(?:青年|青)?", "未婚"),
    (r"(?<!已)(?<!没)(?:出嫁|成婚|完婚)(?:了|好几?年)(?!才)", "结婚了"),
    # 日子
    (r"(?<![\d.])0\.5年", "半年"),
    (r"(?<![\d.])1\.5年", "一年半"),
    (r"(?<![\d.])2\.5年", "两年半"),
    (r"壹(?=年|个月|月|天)", "一"),
    (r"元月", "1月"),
    (r"(?<=[年，。是从在到于])元旦(?:节|那天|当天)?(?!前|后|过)", "1月1日"),
    (r"(?<=[年，。是从在到于])国庆(?:节|那天|当天)?(?!路|街|前|后|期|小|新)", "10月1日"),
    (r"(?<=[年，。是从在到于])五一(?:节|劳动节|那天|当天)?(?!路|街|前|后|广)", "5月1日"),
    (r"到(?:了|的)期(?=[，。？]|$|没|也)", "到期了"),
    (r"过(?:了|的)期(?=[，。？]|$|没|也)", "过期了"),
    # 离合词与证件
    (r"(?<=[\d一二两三四五六七八九十几]个)号头", "月"),
    (r"(?<=登记)(?:才|刚刚?)满月", "才一个月"),
    (r"登了(?:个)?记", "登记了"),
    (r"退了休(?!息)", "退休"),
    (r"结了(?:个)?婚", "结婚了"),
    (r"离了(?:个)?婚", "离婚了"),
    (r"毕了业", "毕业了"),
    (r"辞了职", "辞职了"),
    (r"入了职", "入职了"),
    (r"[考转]上(?:了)?编制?(?!外|考)", "入编了"),
    (r"备(?:了|过)案", "备案了"),
    (r"登记(?:着)?住了", "登记了"),
    (rf"(?<![转入改办本常])户籍(?!{_ASIDE})(?=[是在还地我他她也都就仍四河安江湖山广福陕甘云贵吉辽黑海北上天重内新宁西青，。])", "户口"),
)  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<w{i}>{words})" for i, (words, _) in enumerate(_WORDS)))


def put_plainly(text: str, origins: Sequence[int]) -> tuple[str, list[int]]:
    """`text` in standard words, with the place that each character stands for in the message."""
    chars: list[str] = []
    places: list[int] = []
    at = 0
    for match in _PATTERN.finditer(text):
        start, end = match.span()
        chars.extend(text[at:start])
        places.extend(origins[at:start])
        plain = next(word for i, (_, word) in enumerate(_WORDS) if match[f"w{i}"] is not None)
        last = end - start - 1
        chars.extend(plain)
        places.extend(
            origins[end - 1] if index == len(plain) - 1 else origins[start + min(index, last)]
            for index in range(len(plain))
        )
        at = end
    chars.extend(text[at:])
    places.extend(origins[at:])
    return "".join(chars), places
