"""Which side of a matter a question asks about, and how a text that tells of that side looks.

People ask 听哪个的 where a notice says 以本通知为准, and 谁能享受 where its heading says 参保对象. Such
words of asking are taken out of what a question is about, and what they ask for is put in.
"""

import re
from dataclasses import dataclass

from assistant.answering.asked import ASKS_COMMENCEMENT, COMMENCEMENT


@dataclass(frozen=True, slots=True)
class Aspect:
    """One side of a matter: how it is asked about, how a text that tells of it looks."""

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str]
    terms: str = ""  # the words of notices for it, to search with
    manner: bool = True  # its words say nothing of the matter itself


def _aspect(name: str, asked: str, held: str, terms: str = "", *, manner: bool = True) -> Aspect:
    return Aspect(name, re.compile(asked), re.compile(held), terms, manner)


_ASPECTS = (
    _aspect(
        "对象",
        r"(?:哪些|什么|哪类|哪种|哪几类)(?:样的)?(?:人员?|单位|对象|群体)(?!负责|牵头|分管|起草)(?:可以|能够?|有资格)?(?:享受|参加|加入|参保)?|"
        r"谁(?:才)?(?:可以|能够?|有资格)(?:享受|参加|加入|参保)?|(?:参保|适用|覆盖)(?:的)?(?:对象|范围)(?:是|有|包括)?(?:哪些|什么|谁)?|"
        r"(?:算不算|在不在|属不属于|包不包括|是不是)(?=[^，。？]{0,12}(?:对象|范围|里))",
        r"对象",
        "参保对象",
    ),
    _aspect(
        "筹资",
        r"筹(?:资|钱|集)(?:的)?(?:比例|标准|费率|多少)?|按多大(?:的)?比例|(?:单位|公司|企业|我们)[^，。？]{0,10}(?:要|得|需|应|该)?(?:交|缴)(?:纳)?(?:多少|几个点|百分之几|几个百分点)|"
        r"(?:缴费|交费|缴纳|交钱)(?:的)?(?:比例|费率|标准)|按(?:多少|什么|百分之几)(?:的)?(?:比例)?(?:交|缴)(?:费|钱|纳)?|费率",
        r"筹资标准|以缴费基数",
        "筹资标准 缴费基数",
    ),
    _aspect(
        "征收",
        r"(?:谁|哪个部门|哪里|什么部门)(?:来|负责)?(?:收|征收|代收)(?!入|到)|怎么(?:收|征收|交上去)|跟(?:着)?(?:什么|啥)一起(?:交|缴|收)|征收",
        r"征收",
        "税务部门征收",
    ),
    _aspect(
        "资金管理",
        r"(?:资金|经费|钱|费)[^，。？]{0,10}(?:怎么|如何|会不会|能不能)(?:管理?|存|放|核算|保管|混|监督)|混在一起|单独(?:建账|核算)|专款专用",
        r"专户|单独",
        "财政专户 单独核算",
    ),
    _aspect(
        "调整",
        r"(?:谁|哪个部门)(?:来|有权|说了算)?(?:调整|变更|改|定)|(?:以后|今后|将来)?(?:会不会|会|能不能|可不可以|还会)(?:再)?(?:调整|变动|变化|变|改|涨)(?![更为成得到]|公安)",
        r"动态调整",
        "动态调整",
    ),
    _aspect(
        "冲突",
        r"(?:互相|相互)?(?:打架|冲突|矛盾|不一致|不一样|有出入)[^，。？]{0,6}(?:听(?:哪个|谁)的?|按(?:哪个|谁|新|老|旧)的?|(?:以)?(?:哪个|谁|什么)为准|怎么办)|听(?:哪个|谁)的|以(?:哪个|谁|什么)为准",
        r"以本(?:通知|办法|意见)[^。]{0,4}为准",
        "不一致的以本通知为准",
    ),
    _aspect(
        "背景",
        r"(?:出台|制定|政策|文件)?背景(?:是什么)?|(?:为什么|为啥|为何)(?:要)?(?:专门)?(?:搞|出台|制定|出|推行|实施|进行|开展)|(?:出台|制定)(?:的)?(?:目的|初衷|原因)|目的(?:是|何在)",
        r"背景|为(?:推动|完善|保证|强化|进一步|深入|贯彻|高质量)",
        "制定背景",
    ),
    _aspect(
        "申请时间",
        r"(?:每年|一年里)?(?:的)?(?:几月份?|哪个月|哪几个月|什么时候|啥时候|何时)(?:可以|能|去|来)?(?:申请|受理|报名|参加|加入|退出|办理?|交申请)|(?:每年)?(?:几月份?|哪个月份?)(?:受理)?",
        r"每年\s*\d{1,2}\s*月",
        "每年月申请",
    ),
    _aspect(
        "向谁申请",
        r"向(?:谁|哪个?(?:部门|单位|机构)?|什么(?:部门|单位|机构))(?:申请|提出|提交|报)?|(?:找|到|去)(?:哪个?|什么)(?:部门|单位|机构)(?:申请|提出|提交|报)|受理",
        r"向[^，,。;；]{2,16}(?:申请|机构|提出)",
        "经办机构申请",
    ),
    _aspect(
        "程序",
        r"(?:要|必须|应该|需要)?(?:走|经过|履行|经)(?:哪些|什么|哪几(?:道|个)?|几道)(?:程序|流程|步骤|手续|环节)|什么程序|哪些程序|程序(?:是什么|有哪些|怎么走)",
        r"程序|讨论批准|经[^。，]{2,16}(?:批准|同意)",
        "程序",
    ),
    _aspect(
        "依据",
        r"(?:依据|根据|参照|按照)(?:的|了)?(?:是)?(?:哪|什么|省里|上级|国家)(?:个|份|些|一?份)?(?:文件|通知|规定|条例)?|(?:哪|什么)(?:份|个)?文件(?:制定|来)的?|制定依据",
        r"依据|根据《|根据",
        "依据",
    ),
    _aspect(
        "地点",
        r"(?:户口)?(?:落|迁|放|登记)(?:户)?(?:在|到|进)(?:哪(?:里|儿|个地方)?|什么地方|哪个地址)",
        r"在[^，,。]{0,12}(?:所在地|居住地|地区)[^，,。]{0,4}申请落户|先后顺序",
    ),
    _aspect(
        "违规",
        r"骗(?:取|保|领|来|到)|(?:弄虚作假|造假|作假|虚假材料|假(?:的)?[^，。？]{0,4}材料|虚报|冒领|冒用)",
        r"违规|虚假",
        "违规 虚假",
    ),
    _aspect(
        "取消",
        r"(?:是不是|有没有|还)?(?:真的?)?(?:被)?(?:取消|砍掉|停掉|删掉|不给|没有)了(?:吗|么|没有?)?(?=$|[？?，。])|还(?:有没有|有)(?=[^，。？]{0,3}(?:吗|么|没有?|不|$|[？?。]))|还(?:补|奖|发|给)(?:不(?:补|奖|发|给)|吗|么|没有?)",
        r"取消|删去",
    ),
    _aspect(
        "全员",
        r"(?:能不能|可不可以|可以|能否|能)?(?:只|光|单)(?:给|报|让|交|为|安排)?[^，。？]{0,6}(?:一部分|部分|几个|骨干|个别|少数|中层|领导|其中)(?:人|职工|员工|同志|老师|人员)?|(?:一部分|部分|个别)(?:人|职工|员工|同志|老师|人员)(?:参加|参保|先)|(?:全部|所有|全体)(?:人|职工|员工)?[^，。？]{0,4}(?:都)?(?:要|必须|得)(?:参加|参保|报)",
        r"整体参保|全员参保",
        "整体参保 全员参保",
    ),
    _aspect(
        "期限",
        r"(?:搞|试行|试点|执行|持续|实施|推行)(?:了|的)?(?:多久|多长时间|几年|期限)|期限(?:是)?(?:多久|多长|几年)",
        r"期限为",
        "期限为",
    ),
    _aspect(
        "姓名",
        r"(?:姓|叫)(?:什么|啥)(?:名字|名)?|(?:名字|姓名)(?:是|叫)?(?:什么|啥)?|是(?:谁|哪位|哪个)(?:啊|呀)?(?=$|[？?，。])",
        r"解读人\s*[:：]|[\u4e00-\u9fff]{2,3}(?:常务)?副市长|任嘉兴|免去",
    ),
    _aspect(
        "途径",
        r"(?:都|总共)?(?:有)?(?:哪些|什么|几种|哪几种|几条|哪几条|哪种|啥)(?:途径|渠道|办法|方式|路子|条件可以)|(?:途径|渠道)(?:有|是)?(?:哪些|什么|几个|几种)?",
        r"渠道|允许本人",
        "渠道",
    ),
    _aspect(
        "施行",
        ASKS_COMMENCEMENT.pattern,
        COMMENCEMENT.pattern,
        "起施行",
    ),
    _aspect(
        "领导",
        r"谁(?:来)?分管|哪(?:个|位)(?:副)?(?:市长|市领导|领导)(?:来)?(?:分管|负责|管)?|归(?:哪|谁)(?:个|位)?(?:副)?(?:市长|市领导|领导)?(?:分管|管)?",
        r"副市长",
        "副市长",
    ),
    _aspect(
        "归档",
        r"(?:存档|归档|档案)(?:怎么(?:归|管|弄|办)|要不要)?|要不要存档",
        r"归档|档案",
        "归档",
        manner=False,
    ),
)  # fmt: skip


def aspects_of(question: str) -> tuple[Aspect, ...]:
    """The sides that `question` asks about; empty for many questions."""
    return tuple(aspect for aspect in _ASPECTS if aspect.asked.search(question))


def without_asking(question: str, aspects: tuple[Aspect, ...]) -> str:
    """The question without the words by which it asks for these sides; of the same length."""
    chars = list(question)
    for aspect in aspects:
        if aspect.manner:
            for found in aspect.asked.finditer(question):
                chars[found.start() : found.end()] = " " * (found.end() - found.start())
    return "".join(chars)


def words_of(aspects: tuple[Aspect, ...]) -> str:
    """The notices' own words for these sides, to search with beside the question's."""
    return " ".join(aspect.terms for aspect in aspects if aspect.terms)
