"""Particulars that a question may want (a fee, working days, a form), and whether a text states them.

A clause on the right subject that lacks what was asked for is the nearest miss there is; quoting
it would read like an answer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of information: how it is asked for, how a text that holds it looks."""

    name: str  # for the reader: 收费标准
    asked: re.Pattern[str]
    held: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def _wanted(name: str, asked: str, held: str, unless: str | None = None) -> Wanted:
    return Wanted(
        name, re.compile(asked), re.compile(held), None if unless is None else re.compile(unless)
    )


def _learned(name: str, held: str) -> Wanted:
    """A kind whose asking is not told by phrases, only learned; see `asking`."""
    return Wanted(name, re.compile(r"(?!)"), re.compile(held))


_KINDS = (
    _wanted("基本医疗保险的待遇", r"(?:职工|居民|城乡|基本|普通)(?:基本)?医(?:疗)?保(?:险)?[^。？?，,]{0,12}(?:报销|报多少|比例|起付|封顶|限额|百分之几|几成)", r"(?:职工|基本|居民)医(?:疗)?保(?:险)?(?:基金)?(?:报销|支付)[^。,，]{0,6}\d+\s*%", r"补充|补助|企业|机关|事业|公务员|自付|再"),
    _wanted("再次办理的间隔", r"(?:再(?:次|想)?|重新)(?:参加|申请|申报|办|加入|参保|进)[^。？?]{0,8}(?:隔|等(?=几|多)|间隔)|(?:间隔|要隔|得隔|隔)(?:几|多久|多长|多少)", r"间隔|再次|重新(?:参加|申请)"),
    _wanted("补办、换发", r"(?:证|户口[本簿]|卡|证明|凭证)[^，。？]{0,6}(?:丢|遗失|弄没|(?<!报)(?<!销)(?<!举报)掉了|不见|损坏|弄坏|折了|补办|补领|换发|换新|重新领)|(?:补办|补领|换发|换领|挂失)[^，。？]{0,6}(?:证|户口[本簿]|卡)", r"补办(?!签注)|补领|换领|换发|遗失|挂失"),
    _wanted("出生、死亡、分户、改名等登记", r"出生(?:登记|申报|入户)|新生儿|刚(?:生|出生)|宝宝|婴儿|(?:生|养)(?:了|完|下)(?:个|一个|二胎|三胎|个二胎)?(?:娃|孩子|小孩|宝|女儿|儿子|闺女)|去世|死亡(?:登记|证明)?|过世|销户|改名|更名|改姓|改(?:出生|生日|民族|性别|年龄)|更正|分户|立户|单独立|收养", r"出生登记|死亡|销户|更名|变更姓名|更正|分户|立户|收养"),
    _wanted("证件的有效期", r"(?:证|证明|备案)(?:的)?(?:有效期(?:(?:是|有)?(?:几|多)|到(?:几|什么|哪|啥))|(?:管|能用|用)(?:几年|多久|多长)|几年(?:有效|到期|一换))", r"有效期(?:为|是)?\s*\d|每年签注"),
    _wanted("滞纳金、罚款", r"滞纳金|罚(?:款|金|多少|不罚|几)|违约金|利息", r"滞纳金|罚款|罚金|违约金|利息"),
    _wanted("人数限制", r"(?:最多|至多|顶多|限)[^，。？]{0,8}(?:(?:几|多少)(?:个|口|名)人?|(?:几|多少)人)(?=$|[？?，。])|(?:几|多少)(?:个|口|名)人(?:封顶|为限)|人数(?:有)?(?:限制|上限|限额)", r"\d+\s*(?:名|人|口)|人数", r"[钱元块]|月|年|岁|天|%|比例"),
    _wanted("隐患、问题的具体内容", r"(?:隐患|毛病|缺陷)(?:(?!单位|名单|清单|区域|[，。？]).){0,6}(?:是|有|出在|在)(?:哪(?!家|个单位|些单位)|什么|啥)|(?:什么|啥|哪些|哪几处|哪种)(?:样的)?(?:火灾|消防)?(?:隐患|毛病|问题)(?!单位|整改)", r"隐患(?:为|包括|是|内容|表现)", r"^(?![^，。？]*(?:隐患|消防|火灾))"),
    _wanted("税费", r"(?:交|缴|收|扣|免|要)[^，。？]{0,3}税(?!务)|税(?:费|率|点|怎么|要|多少)", r"税率|税费|免税"),
    _wanted("对别的事的影响", r"(?:会不会|会|有没有|有无|是否|是不是会)影响|影响(?:到|不影响)|有(?:什么|啥|哪些)影响", r"影响", r"承包|宅基地|土地|田|地[^方区]|集体收益|权益"),
    _wanted("认定办法", r"(?:怎么|如何|怎样|咋)(?:来)?(?:认定|界定|判断|判定|核实)|认定(?:的)?(?:标准|办法)|(?:指|包括|是)(?:的是|的)?(?:哪些|什么|哪几个)(?:街道|地方|区域|乡镇|镇|地段)|由谁认定", r"认定|是指|证明材料包括"),
    _wanted("代办、邮寄、预约等办法", r"代办|(?:替|代|帮)(?:我|他|她|老人|爸妈?|妈|孩子)(?:去|跑|来)(?:交|办|递|送|领|跑)?|委托(?:别人|他人|家人|亲戚)|(?:要|必须|得|用)(?:不要|不用)?本人(?:到场|亲自|去)|本人(?:不到场|不去)|亲自(?:去|到)|邮寄|寄(?:过来|到(?:家|哪|什么))|预约|加急|异地办", r"代办|(?:替|代|帮)(?:我|他|她|老人|爸妈?|妈|孩子)(?:去|跑|来)(?:交|办|递|送|领|跑)?|委托|邮寄|寄至|预约|加急|本人到场"),
    _wanted("收费标准", r"收(?:不收)?费|手续费|工本费|办证费|服务费(?:多少|是)|要(?:不要)?(?:花|交|收|付|缴)(?:多少)?钱|(?:办(?!法|公)|迁|申请|落户|补办|换)[^。？?]{0,8}(?:多少钱|几块钱|费用|花多少)|免费|不要钱|收钱|要(?:花|交|收|付)?钱(?:伐|不|吗|么|嘛)|工本", r"收费|免费|工本费|手续费|费用由|缴费标准", r"奖励|补助|补贴|报销|[划打]|待遇|筹资|缴费基数|个人账户|单位[^。？?]{0,6}(?:缴|交)"),
    _wanted("办理时限", r"最快(?:几天|多久|要)|(?:几天|多久|多少天)(?:能|可以|才)?(?:搞定|弄好|到手|下来|拿到)|工作日|办理时限|审批时限|办结|(?:多久|多长时间|几天|多少天|几个月|啥时候|什么时候|几时)[^。？?，,]{0,5}(?:(?:有|出)结果|有(?:消息|回音|答复)|办(?:好|完|下来|妥|成)|批(?:下来|准|好)|审(?:批|核|完)|拿到|到账|到位|转过来|下(?:来|证)|出(?:证|结果)|寄到|能好)|(?:办|批|审批|审核|领)[^。？?，,]{0,6}(?:要|需要?)?(?:多久|多长时间|几天|多少天)(?:能)?(?:好|完|下来|办|$|[？?])", r"工作日|\d+\s*日内(?:办结|作出|答复|发放)|当场|即时办", r"(?:就业|登记|缴|交(?!上)|工作|参保|租|住(?!证))[^，。？]{0,6}(?:多久|多长时间|几个月|几天)"),
    _wanted("办公地址", r"在?哪(?:里|儿)?(?:能|可以)?(?:开具?|打印|盖章|排队)|排队|地址(?:在|是|多少|哪|发|给)|(?:窗口|大厅)(?:开|办|交)|在哪个地方(?![^，。？]{0,4}(?:落户|申请|迁|落))|的地址|具体(?:地址|位置)|几楼|门牌|怎么(?:走|去)|坐(?:几路|什么车)|导航|在(?:什么|哪(?:条|个))(?:路|街)|(?:窗口|大厅|派出所|中心|办事处|公安局|医保局|户籍室)[^。？?]{0,4}(?:在哪|在什么地方|位置)", r"地\s*址\s*[:：]|路\d+号|邮编|\d+号楼"),
    _wanted("办公时间", r"上班时间|办公时间|工作时间|几点(?:上班|下班|开门|关门|开始|到几点)|(?:上班|下班|开门|关门)(?:是|到|在)?几点|(?:周|星期|礼拜)[六末日天][^。？?]{0,6}(?:办|开|上班)|上不上班|开不开门|节假日|(?:国庆|春节|元旦|五一|端午|中秋|清明|放假|假期|周末|双休日?)(?:节|期间|里|的时候)?[^。？?]{0,8}(?:办|开|上班|有人|休)|值班|轮休|午休|中午[^，。？]{0,4}(?:能|办|休|在不在|有人|有没有人|开)|(?:晚上|下班后|早上)[^，。？]{0,4}(?:能办|有人|开门|在不在)", r"上班时间|办公时间|工作时间|上午\d|下午\d"),
    _wanted("办理的人数", r"(?:去年|今年|全年|历年|每年|总共|一共|累计|到现在|目前)[^。？?，,]{0,4}(?:多少|几)(?:个|名|位)?(?:万)?(?:人|户|家庭)|(?:多少|几)(?:个|名|位)?人(?:成功)?(?:通过|落户|落了|迁入|办了|申请了|拿到)", r"\d+\s*(?:余|多)?(?:万)?(?:人|户)"),
    _wanted("个人缴纳的金额", r"(?:灵活就业|个人|自己|居民)[^。？?，,]{0,8}(?:养老|社保|医保)[^。？?，,]{0,8}(?:交|缴)(?:多少|几)", r"每(?:人|月|年)[^。]{0,8}(?:缴|交)[^。]{0,6}\d+\s*元", r"补充|单位|企业"),
    _wanted("价格", r"(?:房价|租金|价格|价钱|房租|行情)[^。？?，,]{0,6}(?:多少|几|高|贵)|多少钱一(?!个?月|年|天)", r"价格|租金标准"),
    _wanted("联系电话", r"电话|联系方式|打给谁|打哪个|热线|座机|怎么联系|咨询(?:谁|哪里|号码)", r"电\s*话|\d{3,4}\s*[-—]\s*\d{7,8}"),
    _wanted("网上办理的入口", r"(?:手机|网上|线上|微信|支付宝|浙里办|app|APP|小程序|公众号)[^。？?]{0,8}(?:办|申请|提交|操作|查|登录|下载)|哪个网站|网址是?", r"网上|线上|网址|电子居住证|小程序"),
    _wanted("表格、照片等具体要求", r"申请表|表格(?:在|去|哪|怎么)|填(?:什么|哪张|几张)表|几寸|照片|相片|证件照|[白蓝红]底|复印件|几份|原件", r"申请表|照片|复印|原件"),
    _wanted("起付标准、限额、基数等具体数额", r"(?:起付(?:标准|线|钱)|门槛费|封顶线|最高支付限额|限额|缴费基数|(?:社平|平均)(?:月)?工资|基数)[^。？?，,]{0,10}(?:是|为|有)?(?:多少|几(?!个月)|什么数)|(?:多少钱|几元|多少元)[^。？?]{0,4}(?:起付|封顶)", r"(?:起付标准|最高支付限额|缴费基数|平均工资)[^。,，]{0,8}\d[\d.]*\s*(?:万?元|元/)", r"(?:以上|以下|以内|之上|之下|部分)[^。？?]{0,10}(?:报|补|支付|比例)|按(?:多少|几)"),
    _learned("学校和学位", r"学区|摇号|报名入学|学位|招生"),
    _wanted("补贴等别的好处", r"(?:生活|租房|购房|人才|落户|毕业生?|安家)(?:补贴|津贴|补助费)|安家费|落户[^，。？]{0,4}(?:有|给|发|拿)(?:钱|奖)", r"补贴|津贴|奖励|公租房|安家"),
    _learned("结算和到账的办法", r"结算|到账|垫付|发票|取现|直接支付|划入"),
    _learned("表决的票数", r"过半数?|三分之|多数|票"),
    _learned("考证和培训", r"报考|考试|培训"),
    _learned("补缴", r"补缴|补交"),
)  # fmt: skip
_SUM = re.compile(r"多少钱|几(?:百|千|万)?块|多少元|几元|几(?:百|千|万)元?(?:钱)?(?=$|[？?，。])")
_COUNTED = re.compile(
    r"(?<!分)(?<!分为)(?<!分成)(?:多少|几)(?:个)?(档)|(?:多少|几)(?:个)?(分|平方米|平米|平|次|张|份|等(?!于)|层|寸|级|倍|名额|页)"
)


def wanted_kinds(question: str) -> tuple[Wanted, ...]:
    """The kinds of particular the question asks for; empty for most questions."""
    return tuple(
        kind
        for kind in _KINDS
        if kind.asked.search(question) and not (kind.unless and kind.unless.search(question))
    )


_BESIDE_A_VERDICT = frozenset(
    {
        "代办、邮寄、预约等办法",
        "办公时间",
        "办公地址",
        "办理时限",
        "收费标准",
        "人数限制",
        "滞纳金、罚款",
    }
)
"""Particulars of an errand, which no verdict tells."""


def untold(question: str, texts: Iterable[str]) -> tuple[str, ...]:
    """The particulars of an errand that a question wants besides a verdict, and no text states."""
    quoted = tuple(texts)
    return tuple(
        kind.name
        for kind in wanted_kinds(question)
        if kind.name in _BESIDE_A_VERDICT and not any(holds(kind, text) for text in quoted)
    )


def kind_named(name: str) -> Wanted | None:
    """The kind of this name, if it is a kind of particular at all."""
    return next((kind for kind in _KINDS if kind.name == name), None)


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


def holds(kind: Wanted, text: str) -> bool:
    """Whether `text` states information of this kind."""
    return kind.held.search(text) is not None
