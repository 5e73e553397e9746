"""Which kind of information a question wants, and whether a clause holds that kind at all.

A clause on the right subject that lacks what was asked for (a fee, an address, working days) is
the nearest miss there is; quoting it would read like an answer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.clauses.numerals import normalize


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of information: how it is asked for, how a text that holds it looks."""

    name: str  # for the reader: 收费标准
    asked: re.Pattern[str]
    held: re.Pattern[str]
    unless: re.Pattern[str] | None = None


_KINDS = (
    Wanted(
        "基本医疗保险的待遇",
        re.compile(
            r"(?:职工|居民|城乡|基本|普通)(?:基本)?医(?:疗)?保(?:险)?[^。？?，,]{0,12}(?:报销|报多少|比例|起付|封顶|限额|百分之几|几成)"
        ),
        re.compile(r"(?:职工|基本|居民)医(?:疗)?保(?:险)?[^。,，]{0,10}\d+\s*%"),
        re.compile(r"补充|补助|企业|机关|事业|公务员|自付|再"),
    ),
    Wanted(
        "再次办理的间隔",
        re.compile(
            r"(?:再(?:次|想)?|重新)(?:参加|申请|申报|办|加入|参保|进)[^。？?]{0,8}(?:隔|等(?=几|多)|间隔)|(?:间隔|要隔|得隔|隔)(?:几|多久|多长|多少)"
        ),
        re.compile(r"间隔|再次|重新(?:参加|申请)"),
    ),
    Wanted(
        "收费标准",
        re.compile(
            r"收(?:不收)?费|手续费|工本费|办证费|服务费(?:多少|是)|要(?:不要)?(?:花|交|收|付|缴)(?:多少)?钱|"
            r"(?:办(?!法|公)|迁|申请|落户|补办|换)[^。？?]{0,8}(?:多少钱|几块钱|费用|花多少)|免费|不要钱|收钱"
        ),
        re.compile(r"收费|免费|工本费|手续费|费用由|缴费标准"),
        re.compile(
            r"奖励|补助|补贴|报销|[划打]|待遇|筹资|缴费基数|个人账户|单位[^。？?]{0,6}(?:缴|交)"
        ),
    ),
    Wanted(
        "办理时限",
        re.compile(
            r"工作日|办理时限|审批时限|办结|(?:多久|多长时间|几天|多少天|几个月|啥时候|什么时候|几时)[^。？?，,]{0,5}"
            r"(?:办(?:好|完|下来|妥|成)|批(?:下来|准|好)|审(?:批|核|完)|拿到|下(?:来|证)|出(?:证|结果)|寄到|能好)"
            r"|(?:办|批|审批|审核|领)[^。？?，,]{0,6}(?:要|需要?)?(?:多久|多长时间|几天|多少天)(?:能)?(?:好|完|下来|办|$|[？?])"
        ),
        re.compile(r"工作日|\d+\s*日内(?:办结|作出|答复|发放)|当场|即时办"),
    ),
    Wanted(
        "办公地址",
        re.compile(
            r"在?哪(?:里|儿)?(?:能|可以)?(?:开具?|打印|盖章|排队)|排队|地址(?:在|是|多少|哪)|的地址|具体(?:地址|位置)|几楼|门牌|怎么(?:走|去)|坐(?:几路|什么车)|导航|在(?:什么|哪条)路|"
            r"(?:窗口|大厅|派出所|中心|办事处|公安局|医保局|户籍室)[^。？?]{0,4}(?:在哪|在什么地方|位置)"
        ),
        re.compile(r"地\s*址\s*[:：]|路\d+号|邮编|\d+号楼"),
    ),
    Wanted(
        "办公时间",
        re.compile(
            r"上班时间|办公时间|工作时间|几点(?:上班|下班|开门|关门|开始)|(?:周|星期|礼拜)[六末日天][^。？?]{0,6}(?:办|开|上班)|上不上班|开不开门|节假日|午休|中午(?:能|办|休)"
        ),
        re.compile(r"上班时间|办公时间|工作时间|上午\d|下午\d"),
    ),
    Wanted(
        "价格",
        re.compile(
            r"(?:房价|租金|价格|价钱|房租|行情)[^。？?，,]{0,6}(?:多少|几|高|贵)|多少钱一(?!个?月|年|天)"
        ),
        re.compile(r"价格|租金标准"),
    ),
    Wanted(
        "联系电话",
        re.compile(r"电话|联系方式|打给谁|打哪个|热线|座机|怎么联系|咨询(?:谁|哪里|号码)"),
        re.compile(r"电\s*话|\d{3,4}\s*[-—]\s*\d{7,8}"),
    ),
    Wanted(
        "网上办理的入口",
        re.compile(
            r"(?:手机|网上|线上|微信|支付宝|浙里办|app|APP|小程序|公众号)[^。？?]{0,8}(?:办|申请|提交|操作|查|登录|下载)|哪个网站|网址是?"
        ),
        re.compile(r"网上|线上|网址|电子居住证|小程序"),
    ),
    Wanted(
        "表格、照片等具体要求",
        re.compile(
            r"申请表|表格(?:在|去|哪|怎么)|填(?:什么|哪张|几张)表|几寸|照片|复印件|几份|原件"
        ),
        re.compile(r"申请表|照片|复印|原件"),
    ),
    Wanted(
        "起付标准、限额、基数等具体数额",
        re.compile(
            r"(?:起付(?:标准|线|钱)|门槛费|封顶线|最高支付限额|限额|缴费基数|平均工资|基数)[^。？?，,]{0,6}(?:是|为|有)?(?:多少|几|什么数)"
            r"|(?:多少钱|几元|多少元)[^。？?]{0,4}(?:起付|封顶)"
        ),
        re.compile(
            r"(?:起付标准|最高支付限额|缴费基数|平均工资)[^。,，]{0,8}\d[\d.]*\s*(?:万?元|元/)"
        ),
        re.compile(
            r"(?:以上|以下|以内|之上|之下|部分)[^。？?]{0,10}(?:报|补|支付|比例)|按(?:多少|几)"
        ),
    ),
)
_ANNEX = re.compile(
    r"(?:分别|都|各)?(?:叫|是)(?:什么|啥)(?:名字|名称|文件)|名称(?:是|叫)|附件|(?:名单|目录|清单|分解表)[^。？?]{0,8}(?:哪|什么|啥|谁|内容|列|是|有|给我)|(?:哪|有哪)(?:些|几(?:件|家|个|项)?|\d+(?:件|家|个|项)|十三家|五件|两件)"
    r"[^。？?]{0,8}(?:单位|文件|事项|公司|小区|被|列|废止|修改|决策)|(?:是|有)哪(?:\d+|几|十三|五|两)(?:家|件|项|个)"
)
_DIGITS = "〇一二三四五六七八九"
_NAMED = re.compile(r"第?\s*([一二三四五六七八九十百]+|\d+)\s*(批|期|届|号令|次会议|轮)")
_YEAR_OF_DOCUMENT = re.compile(
    r"(20\d\d)年(?:度)?(?:的)?[^，。？?\d]{0,6}(?:计划|目录|名单|任免|决策事项|公布的|清单|方案)"
)
_NEIGHBOURS = re.compile(
    r"养老金|退休金|低保|失业金|失业保险|公积金|生育津贴|产假|生育保险|工伤|高考|中考|考生|学区|小学|初中|幼儿园|学籍|摇号|驾照|驾驶证|护照|港澳|"
    r"购房资格|限购|首付|契税|房产税|公租房|保障房|廉租房|经适房|购房补贴|租房补贴|拆迁补偿|征兵|准生证|异地就医|大病保险|长护险|残疾证|老年证|公交卡|"
    r"居民医保|车牌|补缴|学位|社保转移|医保转移|结婚证|城乡医保|新农合|创业补贴|就业补贴|人才补贴|安家费|生活补贴|最低工资|个税"
)
_ASKING_PIECE = re.compile(
    r"[吗呢么？?几哪谁啥]|什么|怎么|如何|多少|多久|能不能|算不算|是否|可不可以|有没有|能领|可以"
)
_MAIN_TEXT = re.compile(r"正文|除了附件|不(?:问|看|管)附件")
_ASKS_COMMENCEMENT = re.compile(
    r"(?:什么时候|啥时候|哪一?天|何时|几号|几时|哪年哪?月?)[^。？?]{0,8}(?:施行|实施|执行|生效|实行|起效|管用)"
    r"|(?:施行|实施|执行|生效|实行)(?:的)?(?:日期|时间|日子)|自哪一?天起|从(?:什么时候|哪一?天)(?:起|开始)(?:施行|实施|执行|生效|算|$|[？?])"
)
COMMENCEMENT = re.compile(r"自[^。]{1,24}(?:起施行|起实施|起执行|之日起)")
_OTHER_OFFICE = re.compile(
    r"派出所|窗口|大厅|户籍室|警务室|街道办?|社区|居委会|村委会|服务中心|服务站|医院|分局|秀洲|南湖区|经开|港区|嘉善|平湖|海盐|海宁|桐乡"
)
_TELEPHONE = re.compile(r"电话|联系方式|打给谁|打哪个|热线|座机|号码是|怎么联系")
_ASKS_VALIDITY = re.compile(
    r"(?:还|是否|是不是|有没有)(?:仍然?|依然)?(?:有效|管用|算数|能用|适用|生效|执行|作数)|(?:作废|失效|废止|过期|废除|取消)了?(?:吗|没|么|不)"
    r"|有效期(?:到|至|是|多)|(?:有没有|是否|是不是)(?:被)?(?:作废|失效|废止|过期|废除|替代|取代)"
)
_SUM = re.compile(r"多少钱|几(?:百|千|万)?块|多少元|几元|几(?:百|千|万)元?(?:钱)?(?=$|[？?，。])")
_COUNTED = re.compile(
    r"(?<!分)(?<!分为)(?<!分成)(?:多少|几)(?:个)?(档)|(?:多少|几)(?:个)?(分|平方米|平米|平|次|张|份|等(?!于)|层|寸|级|倍|名额|页)"
)
OMITTED = re.compile(r"[（(]略[）)]")


def asks_validity(question: str) -> bool:
    """Whether the question is if a document still applies."""
    return _ASKS_VALIDITY.search(question) is not None


def asks_telephone(question: str) -> bool:
    """Whether a telephone number is asked for."""
    return _TELEPHONE.search(question) is not None


def names_other_office(question: str) -> bool:
    """Whether the telephone asked for is that of a window or an office below the notices' own."""
    return _OTHER_OFFICE.search(question) is not None


def asks_commencement(question: str) -> bool:
    """Whether the question is from when a document applies."""
    return _ASKS_COMMENCEMENT.search(question) is not None


def wanted_kinds(question: str) -> tuple[Wanted, ...]:
    """The kinds of particular the question asks for; empty for most questions."""
    return tuple(
        kind
        for kind in _KINDS
        if kind.asked.search(question) and not (kind.unless and kind.unless.search(question))
    )


def counted_unit(question: str) -> re.Pattern[str] | None:
    """How a figure in the rarer unit asked for (多少分, 几等) would look in a text."""
    found = _COUNTED.search(question)
    if found is None:
        return None
    return re.compile(rf"[\d一二三四五六七八九十百两]\s*(?:个)?{found.group(1) or found.group(2)}")


def asks_for_sum(question: str) -> bool:
    """Whether a sum of money is asked for."""
    return _SUM.search(question) is not None


def states_sum(question: str, text: str) -> bool:
    """Whether `text` states a sum, or the rate by which a contribution is reckoned."""
    if re.search(r"\d\s*(?:万|亿)?\s*(?:美)?元", text):
        return True
    return "%" in text and re.search(r"[缴交]|筹资|费率", question) is not None


def named_in_vain(question: str, text: str, year: int | None) -> bool:
    """Whether the question names a batch, a year's document or a neighbouring matter not in `text`.

    第二十五批 is not answered by what is said of the twenty-fourth; `year` is the document's own.
    """
    held = normalize(text)
    batches = [f"第{_ordinal(n)}{unit}" for n, unit in _NAMED.findall(question)]
    years = [int(found) for found in _YEAR_OF_DOCUMENT.findall(question)]
    pieces = [p for p in re.split(r"[，,。；;！!\n]", question) if _ASKING_PIECE.search(p)]
    matters = [word for piece in pieces for word in _NEIGHBOURS.findall(piece)]
    return (
        any(batch not in text for batch in batches)
        or any(y != year and str(y) not in held for y in years)
        or any(word not in text for word in matters)
    )


def _ordinal(number: str) -> str:
    """The number of a batch as notices print it: 24 as 二十四."""
    if not number.isdecimal() or not 0 < int(number) < 100:
        return number
    tens, ones = divmod(int(number), 10)
    head = "" if tens == 0 else f"{'' if tens == 1 else _DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def asks_for_annex(question: str) -> bool:
    """Whether the question wants what an annex lists."""
    return _ANNEX.search(question) is not None and _MAIN_TEXT.search(question) is None


def holds(kind: Wanted, text: str) -> bool:
    """Whether `text` states information of this kind."""
    return kind.held.search(text) is not None


_TITLE = re.compile(
    r"《([^》]{4,60}(?:条例|办法|规定|意见|通知|细则|方案|法|决定|政策|实施意见))》"
)


_NO_MARKERS = str.maketrans("[]", "［］")  # what people write may not look like a citation


def unheld_title(question: str, held: Iterable[str]) -> str | None:
    """A law or notice quoted by its title that no document of the corpus bears, if one is asked for."""
    titles = [re.sub(r"\s+", "", title) for title in held]
    for found in _TITLE.finditer(question):
        name = re.sub(r"\s+", "", found.group(1))
        if not any(name in title or title in name for title in titles):
            return f"《{found.group(1).translate(_NO_MARKERS)}》"
    return None
