"""What a question asks about a document: its annex, its commencement, its validity, a telephone."""

import re
from collections.abc import Iterable

from assistant.clauses.numerals import in_han, normalize

_ANNEX = re.compile(
    r"(?:分别|都|各)?(?:叫|是)(?:什么|啥)(?:名字|名称|文件)|名称(?:是|叫)|附件|(?:名单|目录|清单|分解表)(?!没有|没登|没给|略)[^，,。？?]{0,8}(?:哪|什么|啥|谁|内容|列|是|有|给我|发|几)|(?:发|给)(?:我|一下|一份)[^，,。？?]{0,8}(?:名单|目录|清单)|(?:哪|有哪)(?!几?个?(?:程序|步骤|环节|阶段))(?:些|几(?:件|家|个|项)?|\d+(?:件|家|个|项)|十三家|五件|两件)"
    r"[^。？?]{0,8}(?:单位|文件|事项|公司|小区|被|列|废止|修改|决策)|(?:是|有)哪(?:\d+|几|十三|五|两)(?:家|件|项|个)(?!程序|步骤|环节|阶段|条件|部门|局|途径|渠道|方面)"
)
_NAMED = re.compile(r"第?\s*([一二三四五六七八九十百]+|\d+)\s*(批|期|届|号令|次会议|轮)")
_YEAR_OF_DOCUMENT = re.compile(
    r"(20\d\d)年(?:度)?(?:的)?[^，。？?\d]{0,6}(?:计划|目录|名单|任免|决策事项|公布的|清单|方案)"
)
_NEIGHBOURS = re.compile(
    r"养老金(?![^，。？]{0,6}[交缴])|退休金|低保|失业金|失业保险|公积金|生育津贴|产假|生育保险|工伤|高考|中考|考生|学区|小学|初中|幼儿园|学籍|摇号|驾照|驾驶证|护照|港澳|"
    r"购房资格|限购|首付|契税|房产税|公租房|保障房|廉租房|经适房|购房补贴|租房补贴|拆迁补偿|征兵|准生证|异地就医|大病保险|长护险|残疾证|老年证|公交卡|"
    r"离休|劳模|劳动模范|伤残军人|残疾军人|老红军|烈属|优抚|房价|楼市|居民医保|车牌|补缴|学位|社保转移|医保转移|结婚证|城乡医保|新农合|创业补贴|就业补贴|人才补贴|安家费|生活补贴|最低工资|个税"
)
_IN_FULL = {"劳模": "劳动模范"}
_ASKING_PIECE = re.compile(
    r"会不会|[吗呢么？?几哪谁啥]|什么|怎么|如何|多少|多久|能不能|算不算|是否|可不可以|有没有|能领|可以"
)
_MAIN_TEXT = re.compile(r"正文|除了附件|不(?:问|看|管)附件")
ASKS_COMMENCEMENT = re.compile(
    r"(?:什么时候|啥时候|哪一?天|何[时日]|几[号日]|几时|哪年哪?月?)[^。？?]{0,8}(?:施行|实施|执行|生效|实行|起效|管用)"
    r"|(?:施行|实施|执行|生效|实行)(?:的)?(?:日期|时间|日子)|自哪一?天起|从(?:什么时候|哪一?天|几月几[号日])(?:起|开始)?(?:施行|实施|执行|生效|算|$|[？?])"
)
COMMENCEMENT = re.compile(r"自[^。]{1,24}(?:起施行|起实施|起执行|之日起)")
_OTHER_OFFICE = re.compile(
    r"派出所|窗口|大厅|户籍室|警务室|街道办?|社区|居委会|村委会|服务中心|服务站|医院|分局|秀洲|南湖区|经开|港区|嘉善|平湖|海盐|海宁|桐乡"
)
_TELEPHONE = re.compile(
    r"电话|联系方式|打给谁|打哪个|热线|座机|号码是|怎么联系|(?:给|报|发|留|有)(?:我)?(?:一)?个号码|(?:问|打|找|咨询)[^。？?]{0,12}号码|号码[^。？?]{0,12}(?:问|打过去|咨询)"
)
_ASKS_VALIDITY = re.compile(
    r"(?:还|是否|是不是|有没有)(?:仍然?|依然)?(?:有效|管用|算数|能用|适用|生效|执行|作数)|(?:作废|失效|废止|过期|废除|取消)了?(?:吗|没|么|不)"
    r"|(?:作废|失效|废止|废除|废)了?(?:没|[，,]?(?:是不是|对吗|对不对|是吗|吧))|废没废|(?:还|是否|是不是)(?:在)?(?:用不用|算不算数?|管不管用)"
    r"|有效期(?:到|至|是|多)|(?:有没有|是否|是不是)(?:被)?(?:作废|失效|废止|过期|废除|替代|取代)"
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
    return ASKS_COMMENCEMENT.search(question) is not None


_MONTH = re.compile(r"(20\d\d)年(?:的)?(\d{1,2})月")
_MONTHS_COVERED = re.compile(r"(20\d\d)\s*年\s*([\d、,，—-]+)\s*月份")


def outside_months(question: str, title: str) -> bool:
    """Whether the question names a month that a document of certain months (5、6月份) is not of."""
    covered = _MONTHS_COVERED.search(title)
    if covered is None:
        return False
    months = {int(month) for month in re.findall(r"\d+", covered[2])}
    named = [(int(year), int(month)) for year, month in _MONTH.findall(question)]
    return bool(named) and all(
        year != int(covered[1]) or month not in months for year, month in named
    )


def named_in_vain(question: str, text: str, year: int | None) -> bool:
    """Whether the question names a batch, a year's document or a neighbouring matter not in `text`.

    第二十五批 is not answered by what is said of the twenty-fourth; `year` is the document's own.
    """
    held = normalize(text)
    batches = [f"第{_printed(n)}{unit}" for n, unit in _NAMED.findall(question)]
    years = [int(found) for found in _YEAR_OF_DOCUMENT.findall(question)]
    pieces = [p for p in re.split(r"[，,。；;！!\n]", question) if _ASKING_PIECE.search(p)]
    matters = [word for piece in pieces for word in _NEIGHBOURS.findall(piece)]
    return (
        any(batch not in text for batch in batches)
        or any(y != year and str(y) not in held for y in years)
        or any(word not in text and _IN_FULL.get(word, word) not in text for word in matters)
    )


_BESIDE = re.compile(
    r"养老金(?![^，。？]{0,6}[交缴])|退休金|低保|失业金|公积金|生育津贴|产假|工伤|高考|中考|驾照|驾驶证|护照|港澳|限购|首付|契税|房产税|征兵|准生证|车牌|结婚证|最低工资|个税|老年证|公交卡"
)
_OURS = re.compile("落户|户口|户籍|居住证|居住登记|投靠|迁|人才|补充医|医疗补助|公务员|机关|事业")


def of_a_neighbouring_matter(question: str, text: str) -> bool:
    """Whether a question is of a matter beside ours, a pension or a dole, that `text` says nothing of."""
    matters = _BESIDE.findall(question)
    return bool(matters) and not _OURS.search(question) and not any(m in text for m in matters)


def _printed(number: str) -> str:
    """The number of a batch as notices print it: 24 as 二十四."""
    return in_han(int(number)) if number.isdecimal() else number


_ASIDE = re.compile(
    r"(?:看|读|听|查|问)(?:过|懂)了?$|(?:知道|晓得|清楚|了解|懂|明白)(?:了|啦|的)?$"
    r"|(?:先|就)?(?:不(?:问|谈|提|说|要讲)|甭(?:管|提)|撇开|抛开)|(?:不管|不论|不谈|不提|不问)$"
    r"|^(?:你)?(?:别|不要|不用|甭)(?:再|光|老|给我|跟我|和我|同我)*(?:讲|说|提|扯|谈|介绍|解释)|^(?:我)?(?:不是|不想)(?:要|想|在)?(?:问|说|落户|办|评)"
)
_LEAST_LEFT = 6  # characters of a question


def without_asides(text: str) -> str:
    """The question without what it says it does not ask: 杭州的我看过了，嘉兴要几个月."""
    pieces = re.findall(r"[^，,；;。]+[，,；;。]?", text)
    kept = [p for p in pieces if not _is_aside(p)]
    rest = "".join(kept)
    return rest if kept != pieces and len(rest) >= _LEAST_LEFT and kept[-1] == pieces[-1] else text


def _is_aside(piece: str) -> bool:
    bare = piece.strip("，,；;。 ")
    return _ASIDE.search(bare) is not None and not re.search(r"[？?吗呢]|什么|怎么|多少|哪", bare)


def asks_for_annex(question: str) -> bool:
    """Whether the question wants what an annex lists."""
    return _ANNEX.search(question) is not None and not asks_main_text(question)


def asks_main_text(question: str) -> bool:
    """Whether the question says to leave the annex aside."""
    return _MAIN_TEXT.search(question) is not None


_NEXT_ASK = re.compile(
    r"(?<=[？?])|[；;]|(?:[，,。\s]|^)(?:还有|另外|以及|再问(?:一?下|个|一句)?|顺便(?:再)?问(?:一?下|一句)?|再一个|再就是|同时)(?=[^，,。]{4})[，,]?"
)
_SHORTEST_ASK = 5


def separate_asks(question: str) -> tuple[str, ...]:
    """The questions of a message that asks several, each by itself; one where it asks one."""
    pieces = [p.strip(" ，,。；;") for p in _NEXT_ASK.split(question)]
    found = [p for p in pieces if len(p) >= _SHORTEST_ASK and _ASKING_PIECE.search(p)]
    return tuple(found) if len(found) > 1 else (question,)


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
