"""What employer somebody has: a public body, an institution or a firm, by the word for the place of work.

The word for the place of work counts where somebody is said to belong to it: 在镇政府开车, 丝厂退下来的,
市局在编公务员. The same word where one merely goes for papers (去公安局办) tells nothing.
"""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene

_A = f"[{HERE}{NEAR}{FAR}]"
_LEVEL = (
    rf"(?:{_A}++|市|区|县|省|镇|乡|本|我们|咱|街道)*(?:级|直|里|属|下面)?(?:的)?(?:一?[家个所]|某)?"
)
_ORGANS = (
    r"(?<=[市区县])[\u4e00-\u9fff]{2,6}局(?!长)|(?:税务|公安|财政|教育|民政|人社|人力社保|统计|交通|交警|住建|建设|城管|司法|水利|农业农村|农业|文旅|文化|环保|生态环境|卫健|卫生|审计|林业|规划|自然资源|国土|市场监管|工商|质监|药监|医保|应急|信访|档案|体育|粮食|商务|经信|发改|科技)"
    r"(?:分)?局|(?<=[市区县])局(?=里|机关|的|在编|退|编|上班|工作|公务|干部)|(?<=[在我])局里"
    r"|(?:卫健|发改|纪|编|教工|政法|经信|市|区|县|党)委(?!托|员|屈|会)(?:办|机关)?|法院|检察院|人大(?:机关|常委会)?|政协(?:机关)?|组织部|宣传部|统战部|(?:市|区|县|镇|乡)?政府(?!补|规|令|文|网|公报|引进|认|机关事业)(?:机关|部门|办|里)?|街道(?:办事处?|办)?(?!口|社区(?!工作)|开|盖|登记)|镇里|乡里"
)
_INSTITUTIONS = r"(?:公立|公办|公家|市属|区属|县属|国办)的?(?:学校|医院|幼儿园|中学|小学|大学|卫生院|单位)|(?:人民|中)医院|市?[一二三四]院|第[一二三四五六]医院|妇保院|妇幼保健院|卫生院|疾控(?:中心)?|社区卫生服务(?:中心|站)|血站|图书馆|博物馆|文化馆|档案馆|气象站|党校"
_FIRMS = r"(?<!民办)(?<!私立)(?:(?<!劳务)(?<!中介)(?<!派遣)(?<!外包)(?<!物业)公司(?!法|集体|派)|集团|工厂|厂(?!房|家|长|商)(?:子|里)?|国企(?!改|转)|私企|民企|外企|央企|车间|工地|私人(?:老板|企业|公司|厂|单位)|个体(?:户|老板)|酒店|宾馆|超市|商场|饭店|餐馆|银行(?!卡|流水|账|转)|纺织|电商|物流|制造业)"
_NAMED: tuple[tuple[str, str], ...] = (
    ("机关", _ORGANS),
    ("事业单位", _INSTITUTIONS),
    ("企业", _FIRMS),
)
_PLACE = re.compile("|".join(f"(?P<k{i}>{words})" for i, (_, words) in enumerate(_NAMED)))
_IN = re.compile(
    rf"(?:在|是|从|给|到|跟|进|单位(?:是|：)?|原(?:来|先)?(?:是|在)?|我们?|咱们?|俺们?|[\ue011\ue012]|[，。]|^)(?:的|一?直|现在|目前|都|是|在)*{_LEVEL}[^，。？的去到找问]{{0,6}}$|^$"
)
_OURS = re.compile(r"[\ue011](?:们|的|这个?|那个?|家)*$")
"""我厂, 我们公司: one's own, whatever follows."""
_WORK = r"(?:上班|工作|干|做|当|任职|开车|教书|坐班|打工|扫地|烧饭|看门|跑业务|管|值班|退|在编|在岗|在职|编外|有编|编制|合同工|派遣|临时工|正式|公务员|干部|职工|员工|职员|工勤|工人|老师|教师|医生|护士|司机|会计|保安|机关|单位|企业|公司|人员|的人)"
_BELONGS = re.compile(
    rf"(?:里|里头|里面|那边|这边|机关)?(?:的|边上)?[^，。？去办找问]{{0,6}}?{_WORK}|里?的(?=[，。？（(]|$)|(?=[，。？（(]|$)"
)
_OWN_FIRM = re.compile(
    r"(?:开|办|注册|创办|成立|盘|经营)(?:了|着|过)?(?:一?[家个间])?[^，。？的]{0,4}$"
)
_ERRAND = re.compile(r"(?:去|到|找|问|跑|打|由|经|被|向)(?:了|过)?[^，。？]{0,5}$")
_DOES = re.compile(
    r"[^，。？]{0,4}(?:签发|发的|办的|登记|批|审|开的?证|盖章|说|讲|告诉|让|通知|规定|文件|要求|答复|窗口|电话|受理|交材料)"
)
_MEDICAL = re.compile(r"医|账户|补助|划|卡里|在编|编外|退休|工勤|月标准|合同工|派遣|120|160|80")


def read_employers(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """The kind of employer that a word for the place of work tells."""
    marked = scene.marked
    yield from _by_establishment(scene)
    for match in _PLACE.finditer(marked):
        value = next(v for i, (v, _) in enumerate(_NAMED) if match[f"k{i}"])
        clause = scene.clause(match.start())
        before, after = marked[clause.start : match.start()], marked[match.end() : clause.end]
        if value != "企业" and not _MEDICAL.search(scene.typed.text):
            continue  # who is of which public body matters to the medical schemes alone
        if value == "企业" and (owns_firm(before) or not _MEDICAL.search(scene.typed.text)):
            continue
        if _ERRAND.search(before) or _DOES.match(after) or not _IN.search(before):
            continue
        if not _BELONGS.match(after) and not _OURS.search(before):
            continue
        found = plain_fact(scene, "employer.kind", value, match.start(), match.end())
        if found is not None and not is_list(scene, found):
            yield found


_ESTABLISHED = re.compile(
    r"(?<!不)(?<!没)(?<!没有)(?<!无)(?:在编|有编制?|有事业编|编制内|入编|事业编|教师编)(?!外|制外|制以外)"
)
_SERVES = re.compile(
    r"(?<!民办)(?<!私立)(?<!民营)(?:学校|[一二三四五六七八九]中|中学|小学|幼儿园|大学|学院|医院|卫生院|文化站|图书馆)|老师|教师|教书|医生|护士"
)


def _by_establishment(scene: Scene) -> Iterator[Found]:
    """在小学教书，有编制: schools and hospitals give posts on the establishment where they are public."""
    text = scene.typed.text
    if re.search("民办|私立|民营", text) or not _MEDICAL.search(text):
        return
    post = _ESTABLISHED.search(text)
    place = next((m for m in _SERVES.finditer(text) if not _DOES.match(text[m.end() :])), None)
    if (
        post is None
        or place is None
        or scene.person_at(post.start()) != scene.person_at(place.start())
    ):
        return
    found = plain_fact(scene, "employer.kind", "事业单位", place.start(), place.end())
    if found is not None:
        yield found


def owns_firm(before: str) -> bool:
    """Whether the firm that follows these words is somebody's own: 开了个公司."""
    return _OWN_FIRM.search(before) is not None


_BESIDE = r"(?:和|与|或者?|还是|、|跟)?(?:事业|企业|机关|参公|公司)"
_BESIDE_BEFORE = re.compile(r"(?:事业(?:单位)?|企业|机关|参公|公司)(?:和|与|或者?|还是|、|跟)?$")


def is_list(scene: Scene, found: Found) -> bool:
    """机关企业我先不说, 机关还是企业: kinds that are only named side by side."""
    text = scene.typed.text
    return bool(re.match(_BESIDE, text[found.end :]) or _BESIDE_BEFORE.search(text[: found.start]))
