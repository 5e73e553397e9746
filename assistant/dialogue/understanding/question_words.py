"""The words by which a question is known: what it seeks, whether that may be, and which document it names."""

import re

TARGET = re.compile(
    r"落户|落(?=[我他她弟哥姐妹儿女爸妈爷奶外岳公婆][^，。？]{0,4}(?:那|家|这|户)|不|吗|得|嘉|在|到|么|了吗|呢|$)|上户口?|户口|投靠|迁|入户|居住证|随迁|转户|参加|参保|加入|退出|享受|补助|报销|报(?=吗|不)|互认|签注|申领|受理|注销|收回"
)
MAY = re.compile(
    r"能不能|收不收|能否|可不可以|可否|能|可以|够不够|够(?=吗|不|条件|资格|格)|符合|满足|行不行|行了?吗|行了?么|行不|批不批|批得下来|准不准|受不受理|能受理|办得下来|给不给办|来得及|有(?:没有)?资格|有没有戏|有戏|算不算|算(?=吗|不)|算[^，。？]{2,20}(?:的人|对象|人员)吗|有我们?的?份|轮得?到我|会不会被?(?:注销|收回)|会被(?:注销|收回)|可以吗|成不成|中不中|得不得|好不好落|有希望|有机会|是否(?:可以|能|符合)|咋样才能|怎么才能|怎样才能|如何才能"
)
ITEM = re.compile(
    r"(?<![号\]〕])第(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?P<unit>条|款|项|个|点|种|类|节|档|份|张)"
)
DOCUMENT = re.compile(
    r"号|《|通知|目录|事项|年度|计划|方案|规定|政策|附件|公告|办法|意见|文件|条例|解读|草案|公报"
)
STATED = re.compile(
    r"大专|本科|中专|技校|硕士|研究生|博士|高中|初中|职称|高级工|中级工|初级工|技师|没(?:有)?(?:备案|房|居住证|工作|交|缴|断)|(?<!没)有(?:房|居住证|备案|工作|证)|买了?房|过期|未婚|离异|离婚|单身|退休了|的居住证|租的|外地户口|居民养老|公务员|事业编|编外|户主是"
)
"""What somebody tells of themselves without a length or an age."""


def asks(text: str) -> bool:
    """Whether `text` asks anything at all."""
    return bool(
        re.search(
            r"吗|呢|？|么$|嘛$|多少(?![回次遍趟])|怎么|咋|啥|如何|什么|哪|几(?:个|年|岁|月|天|号|家|件|次|项|条|种|人)|能不能|可不可以|是不是|有没有|能否|是否|不$",
            text,
        )
        or (MAY.search(text) and TARGET.search(text))
    )


_ASKING = re.compile(
    r"[？?吗呢]|么(?=[，。]|$)|吧[，。！!]*$|什么|怎么|咋|哪|多少(?![回次遍趟])|几(?:时|号|点|成|块|元|钱)|何时|如何|是否|能否|啥|谁|(?P<v>[\u4e00-\u9fff])不(?P=v)|有没有|行不|伐$"
    r"|想(?:问|知道|了解|看|查)|请问|问一?下|问问|请教|打听|帮我(?:查|看|问|找|列)|告诉我|说说|讲讲|讲一下|说一下|念一|念给|列一|介绍|解释"
)
_ASSERTS = re.compile(r"[了过没不是有在掉]|的[，。！!]*$")
_NAMES_TEXT = re.compile(r"材料|电话|号码|流程|依据|条款|原文|解读|草案|意见稿|〔|第.{1,3}条|区别")


def asks_anything(text: str) -> bool:
    """Whether a message asks, seeks or names something to be told: more than how somebody stands."""
    wants = _ASKING.search(text) or re.search("请(?!假)|告知|希望", text)
    return bool(wants or asks(text) or _NAMES_TEXT.search(text) or TARGET.search(text))


def only_states(text: str) -> bool:
    """Whether a message asserts something and asks nothing: 经复核，这2600元全部不在规定范围之内."""
    if _ASKING.search(text) or asks(text) or _NAMES_TEXT.search(text):
        return False
    return _ASSERTS.search(text) is not None
