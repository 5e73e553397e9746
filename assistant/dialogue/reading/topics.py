"""What a length of time or a day is said of: renting, registration, pension, work …"""

import re
from enum import StrEnum
from functools import lru_cache

from assistant.dialogue.reading.scene import Scene


class Topic(StrEnum):
    """A thing that takes time; OTHER swallows the times of what no fact is about."""

    REG = "reg"
    RENT = "rent"
    PERMIT = "permit"
    PENSION = "pension"
    JOB = "job"
    CONTRACT = "contract"
    LIVE = "live"
    GRADUATION = "graduation"
    RETIREMENT = "retirement"
    FOUNDING = "founding"
    APPLYING = "applying"
    OTHER = "other"


_WORDS: tuple[tuple[Topic, str], ...] = (
    (Topic.OTHER, r"(?:结婚|婚姻|离婚|租赁|备案|房产|房屋|不动产|就业|失业|工商|注册|企业|个体|户口|户籍|挂号|预约|社保|学籍|产权|合同|兵役|税务|单位|公司|机构|抵押)登记|登记(?:备案|处|机关|条例|条件|表)|备案(?!了?吗)"),
    (Topic.OTHER, r"(?:门禁|饭|公交|市民|银行|会员|健身|出入|工作|停车|电梯|图书)卡|门禁|钥匙|工牌|驾照|商业(?:养老|保险)(?:保险|险)?|(?:工伤|失业|生育|意外|意外伤害|职业伤害|重大疾病|团体|财产|农业)(?:保险|险)?(?!证|金|登记|待遇|鉴定|补助)|年金|意外险|车险|重疾险|寿险|年金险|医保|医疗保险|公积金|(?<!租)房租|租金|押金|学费|物业|水电|首付|贷款|房贷|住院|医院|结婚|领证|离婚|怀孕|出生|公示|试用|疫情|装修|排队|等了|服刑|当兵|吵"),
    (Topic.REG, r"(?:居住|暂住|流动人口|信息|居住信息)?(?:的)?登记(?:手续|居住)?|居住信息|录[入过了]?(?:居住|信息)|(?<![一-鿿])(?:接着|继续|续着|重新|又|再)(?:办|登|录)(?=了|满|[\d一二两三四五六七八九十半])|(?<=[])(?:接着|继续|续着|重新|又|再)(?:办|登|录)(?=了|满|[\d一二两三四五六七八九十半])|居住申报|(?:办|做)(?:了)?居住登|(?<![刊攀])登(?=了|满|过|上|的(?!记)|[一二两三四五六七八九十半俩仨\d])"),
    (Topic.PERMIT, r"(?:申请|递交|提交)的?(?=居住证)|居住证|签注|有效期"),
    (Topic.RENT, r"(?:租房|租赁|租房子的?)合同|租约|(?<!公)(?<!廉)租(?!赁落户|房落户|金|车|摊|铺|办公|了?个?店)|起租"),
    (Topic.PENSION, r"养老(?!院|金)|社保|社会保险|五险|参保|断[缴交]|[缴](?!费基数|税|罚|款)|(?<![提递上移成社])交(?!通|易|警|给|房|租|学|材|申|水|电|首|物|税|党|罚|医|公积|了材|的材|流|钱|往|代|的申|了申|过材|往|房)"),
    (Topic.CONTRACT, r"(?:劳动|聘用|用工)合同|合同(?:是)?(?:签|期)|签(?:了|的)(?=[^，。？]{0,8}(?:劳动|聘用)合同)"),
    (Topic.GRADUATION, r"毕业|毕了业|(?:中专|技校|职高|中职|中技|大专|学校|大学)(?:里)?(?:念完|读完|出来|上完|出校)|出校门|离校|读完书|念完书"),
    (Topic.RETIREMENT, r"退休|退的休|退下来"),
    (Topic.FOUNDING, r"成立|新(?:开|办|设|建)(?:的|了|张|业)?|开的(?=公司|厂|企业|单位|[\u4e00-\u9fff]{1,4}公司)|开办|注册|设立|开张|开业|办起来|开起来|创办|组建|(?:领|办|拿|发)(?:到|了|的|下来?)*(?:营业)?执照|营业执照|(?<=工商)登记|挂牌"),
    (Topic.APPLYING, r"申请(?!人|租|备案|证明|房屋租|(?:办|领|办理|申领)?[的了过到]?居住证)|受理|递交|提交|交(?:的|了|过)?(?:申请)?材料|递的|(?:收|接)(?:了|下|走)[^，。？]{0,8}材料|材料(?=[^，。？]{0,14}(?:交|递|送|收)(?:上去|进去|了|的))|(?:交|递|送)上去|收件"),
    (Topic.JOB, r"上班|工作|就业(?!落户)|打工|干活|入职|进厂|务工|做生意|开店|经商|干了|任职|做工|(?:厂|公司|店|工地|车间|单位)里?(?:做|干)(?=了|[\d一二两三四五六七八九十半])"),
    (Topic.LIVE, r"(?<![租暂])居住(?!登记|证|地|信息)|(?<![租暂])住(?!院|房|所|宅|户|址|建|证|处|宿)|待了|(?:来|到)(?=[\ue001]+)|搬(?:来|到|进)"),
)  # fmt: skip
_OTHER_PAYMENT = re.compile(r"医保|医疗保险|公积金|房租|租金|押金|学费|物业|水电")
_PATTERN = re.compile("|".join(f"(?P<t{i}>{words})" for i, (_, words) in enumerate(_WORDS)))


def _topics(scene: Scene, start: int, end: int) -> tuple[tuple[int, int, Topic], ...]:
    return _topics_of(scene.marked, start, end)


@lru_cache(maxsize=512)
def _topics_of(marked: str, start: int, end: int) -> tuple[tuple[int, int, Topic], ...]:
    found: list[tuple[int, int, Topic]] = []
    for match in _PATTERN.finditer(marked, start, end):
        index = next(i for i in range(len(_WORDS)) if match[f"t{i}"] is not None)
        topic = _WORDS[index][0]
        if topic is Topic.PENSION and _HANDED_IN.search(marked, start, match.start()):
            topic = Topic.APPLYING
        elif _is_of_something_else(marked, start, match, topic):
            topic = Topic.OTHER
        found.append((match.start(), match.end(), topic))
    if _OTHER_PAYMENT.search(marked, start, end):
        found = [t for t in found if t[2] is not Topic.PENSION or t[1] - t[0] > 1]
    return tuple(found)


_REGISTERED_THING = re.compile(
    r"(?:车|船|婚姻?|案|产|权|押|商|公司|企业|个体户?|业|税务?|出生|死亡|籍|役|志愿者|会员|献血?|狗|犬|猫|宠物|土地|宅基地|访客?|股|预约|店铺?|品牌|版权|保险|疫苗|设备|枪)(?:也|都|就|还|才|已经|又|全|早就?|已)*$"
)
"""What stands before 登记 where something else than one's residence is registered."""
_HANDED_IN = re.compile("(?:材料|申请表?|手续)[也都就才已一直是我在\ue001\ue011]*$")
_PAID_OTHER = re.compile(
    r"(?:了|过|着|的|是|给|上|[\ue011\ue012]|一个|一份|只有|就|那种|什么)*(?:工伤|失业|生育|商业|意外|医疗|医保|年金|职业年金|企业年金|公积金|职业伤害|重疾|车险|团体|农保|新农|合作医疗|大病)"
)
_PAID_THING = re.compile(
    r"(?:费用?|税|款|金(?!华)|租|罚|材料|作业|钱|首付|按揭|车险|意外险|商业险|商业保险|医保|(?<!保)(?<!五)险)(?:[也都就才已一直是我在\ue001\ue011]|单位|公司|每月)*$"
)
"""What stands before 交 where something else than the pension is paid."""
_PAID = re.compile(
    r"(?:了|过|着|的|满|有|够|到|[\d一二两三四五六七八九十半多几])*(?:个?月|年|天)*(?:多|整|左右)?(?:的)?(?![社养职五基])[^，。？社养职五]{1,4}(?:费|税|款|金(?!华))"
)


_INSURED = re.compile(r"养老|社保|社会保险|五险|职工(?!医|代表|大会|人数)|保险(?!办法)|参保")
_GIVEN_IN = re.compile(r"(?:上去|上|到(?!账)|给|进去|齐|表)")


def _is_of_something_else(marked: str, start: int, match: re.Match[str], topic: Topic) -> bool:
    """电动车登记, 党费交了: a verb that registers or pays something that no fact is about."""
    word, before = match.group(), marked[start : match.start()]
    if word in {"交", "缴"} and _PAID_OTHER.match(marked, match.end()):
        return True  # 交了工伤保险半年
    handed_in = re.search("[去来送递]$", before) or _GIVEN_IN.match(marked, match.end())
    if word == "交" and handed_in and not _INSURED.search(marked.replace("补充医疗保险", "")):
        return True  # 12月15号去交: papers, where no insurance is spoken of
    if topic is Topic.REG and word.startswith("登记"):
        return _REGISTERED_THING.search(before) is not None
    if topic is Topic.PENSION and word in {"交", "缴"}:
        return bool(_PAID_THING.search(before) or _PAID.match(marked, match.end()))
    return False


_LINKED = re.compile(
    r"(?:开始|起|就|才|刚|去|又|办|在|的|到|了|这边|给|补|单位|公司|我|自己|来|左右|前|以前|份|初|底|中旬|那会|的时候|时|做|正式|搬来|过来|一直|连续|往|工作|[\ue001])*"
)


def topics_in(scene: Scene, start: int, end: int) -> Topic | None:
    """The topic that a time belongs to within its clause."""
    clause = scene.clause(start)
    told = _topics(scene, clause.start, clause.end)
    around = [t for t in told if t[0] < start and end < t[1]]
    if around:
        return around[-1][2]  # 材料2024年7月20日就交上去了
    within = [t for t in told if start <= t[0] and t[1] <= end]
    if within:
        return within[-1][2]  # 还差一个星期居住登记才到半年
    found = [t for t in told if t[1] <= start or t[0] >= end]
    before = [t for t in found if t[1] <= start]
    after = [t for t in found if t[0] >= end]
    next_time = min(
        (t.start for t in scene.times if t.start >= end and t.start < clause.end),
        default=clause.end,
    )
    after = [t for t in after if t[0] < next_time]
    previous_time = max((t.end for t in scene.times if clause.start <= t.end <= start), default=-1)
    busy = [t for t in after if t[2] is not Topic.LIVE]
    if after and after[0][2] is Topic.LIVE and busy and busy[0][0] - after[0][1] <= 6:
        after = busy
    if after and _LINKED.fullmatch(scene.marked[end : after[0][0]]):
        claimed = before and before[-1][0] >= previous_time
        joined = claimed and re.fullmatch(
            r"(?:房子|房|住|了|是|从|自|在|时间|已经|满|有|的|也|都|才|刚|快|我|大概|就|到|日期|过|手续|办|好像|连续|一直|证|缴|交|做|得|这边|起|，)*",
            scene.typed.text[before[-1][1] : start],
        )
        if not joined or (before and before[-1][2] is Topic.LIVE):
            return after[0][2]
    if before:
        return before[-1][2]
    return after[0][2] if after else None


def topic_of(scene: Scene, position: int, among: tuple[Topic, ...], ahead: int = 2) -> Topic | None:
    """The last topic spoken of before a position, in its clause or the two before it.

    Else the first that follows, in the next `ahead` clauses, its own among them.
    """
    index = scene.typed.clause_at(position)
    for back in range(index, max(-1, index - 3), -1):
        clause = scene.typed.clauses[back]
        end = position if back == index else clause.end
        found = [t for *_, t in _topics(scene, clause.start, end) if t in among]
        if found:
            return found[-1]
    for clause in scene.typed.clauses[index : index + ahead]:
        found = [t for *_, t in _topics(scene, clause.start, clause.end) if t in among]
        if found:
            return found[0]  # 断过一次，前后居住登记累计十个月
    return None
