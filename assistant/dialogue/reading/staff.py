"""Whether somebody still works or has retired: 退休 told as done, as to come, as denied, or as a mere word."""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.age_words import counts_heads
from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months, Point

_N = r"[\d一二两三四五六七八九十百]"
_RETIRE = re.compile(
    rf"(?P<counted>{_N}(?:多|来)?(?:个|名|位|人)(?:是)?)?退休(?P<pay>金|工资|证|待遇)?(?P<papers>手续|审批)?"
    r"|退职(?!休)|退下来|(?<![没未不内])(?<!没有)退(?=了(?:[，。？的]|$|[一二两三四五六七八九十\d半好多几]+(?:多)?年))|(?<=[局厂院校里位司府所站团委])退(?=的)|(?:还没有?|没有?|未|尚未)退(?=[，。？的]|$|呢|下来)"
)
_GROUP = re.compile(
    rf"(?:职工|员工|人员|教师|老师|工人|干部|的)?(?:有|共|是|才|只|就)*{_N}+(?:来|多)?(?:个(?!月)|名|位|人|(?=[，。？、和退在基]|$))"
)
_OF_A_CLASS = re.compile(
    r"年龄|年限|前(?!年|几年|天)|(?:职工|人员|教师)?(?:的)?(?:话|待遇|标准|比例|怎么|如何|是多少|多少|划多少)(?=.{0,3}$)|还是|或者?|(?:和|跟|与|、)(?:在职|没退|不退)"
    r"|(?:以后|之后|了?以后|后)(?:能|会|可以|是|个人|每|怎|还|再|才|账户|医保|报|的)|人员多少|审批|延迟|政策"
)
_DENIES = re.compile(
    r"(?:没有?|未|尚未|还没有?|没到|未到|还没到|不到|不想|不肯|没办|没办理|未办理?|没正式|还不能|不能|不够|没够)(?:法定|到|够|办)?$"
)
_DENIED = re.compile(
    r"[^，。？]{0,4}(?:还没|没|未|正在|在|还在|不)(?:有)?(?:办|批|下|弄|走|审|给办)"
)
_COMING = re.compile(
    r"(?:下个?月|下周|下半年|下一?年|明年|后年|大后年|过完年|马上|即将|快要?|眼看|就要|将要?|准备|打算|考虑|申请|盼着?|等着?|等到|临近?|接近|离|距离?|想|要|该|才能?|再过|过|还[有差要剩][^，。？]{1,8}|差(?!不多)[^，。？]{1,6}|再[干做上等][^，。？]{1,8}|[\d一二两三四五六七八九十半几]+(?:个?月|年|天)(?:以后|之后|后))"
    r"(?:就|要|到|正式|办|可以|能|会|份|初|底|中旬|[\d一二两三四五六七八九十]+[月日号]|了|也|才|就要|都|该|时间)*$"
)
_ATTAINED = re.compile(r"(?:干|做|工作|上班|教书?|一直|待|呆)[^，。？]{0,6}到(?:了)?$")
_STAYED = re.compile(r"(?:拿|领|有|靠|吃|发|取)(?:着|到|的|了|我|他|她|们)*$")
_WORKED_AT = re.compile(
    r"(?:之)?(?:前|以前|那会儿?|的时候)(?:我|他|她|是|一直|都|就|最后|的单位)*(?:在|是|单位|干|做|教|当)(?!不|没)"
)
"""退休前在丝厂: who tells what was before retiring has retired."""
_LEFT = re.compile(
    r"把|(?:保险|医疗|医保|社保|补充|参保|房子?|租|证|押金|票|货|钱|课|队|群|党)(?:都|也|给|就|要|又|已经?|全|想|能|可以|我|他|她|去|来)*$"
)
"""What is left or given back, and no post."""
_DRAWN = re.compile(r"(?:已经?|都|也|早就?)*(?:拿|领|发|开始[拿领])(?:了|着|到|过)")
_AT_WORK = re.compile(
    r"(?<![个人名])(?<![\d一二两三四五六七八九十百多来]位)在职(?!研究生|教育|博士|硕士|本科|[读念学]|考|攻读|进修|培训|还是|或|证明)(?:职工|员工|人员|老师|教师)?|在岗|还在(?:上班|岗|干|做)|(?:现在|目前)?(?:还)?上着班|现职"
)
_WORKS = re.compile(
    r"在[^，。？]{0,14}?(?:企业|公司|厂|集团|单位|学校|医院|银行|超市|酒店|店|局|车间|院|所)(?:里)?(?:的)?(?:当|做|里)?[^，。？]{0,4}?(?:上班|工作|干活|做工|打工|任职|当[^，。？]{1,5}|做(?=的|，|。|？|$|事))"
    r"|给[^，。？]{0,8}(?:打工|干活|做工|上班)(?!过)|白领|打工人|(?:正)?(?:在)?上班(?:的|族|着)|上班(?=[，。？]|$)"
    r"|(?<!退休)(?:企业|公司|厂里?|车间|集团|银行)(?:里)?(?:的)?(?:正式|普通|一线)?(?:职工|员工|职员|工人|会计|司机|保安)(?!基本|养老|医|补充|退|代表|大会|人数|总数|多少|[\d一二两三四五六七八九十百])"
)
_MEDICAL = re.compile(r"医|账户|补助|个账|卡里")
_PUBLIC = re.compile(r"机关|事业|单位|编|公司|厂")
_ONCE = re.compile(
    r"以前|原来|之前|曾|当时|那会|那时|想|打算|准备|计划|以后|将来|要去|要来|希望|找|退休|退职"
)


def read_staff(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Who works, has retired, or has resigned on a pension (退职)."""
    text = scene.typed.text
    for match in _RETIRE.finditer(text):
        value = _retired(scene, match)
        if value is None:
            continue
        start, end = match.start(), match.end()
        denied = _DENIES.search(scene.before(start))
        start -= len(denied.group()) if denied else 0
        found = plain_fact(scene, "staff.kind", value, start, end, hedged=_unsure(scene, match))
        if value == "在职" and found is None:
            found = Found("staff.kind", value, start, end, scene.person_at(start))
        if found is not None:
            yield found
    for match in _AT_WORK.finditer(text):
        if _is_heads(text, match):
            continue
        found = plain_fact(scene, "staff.kind", "在职", match.start(), match.end())
        if found is not None and not _of_a_band(scene, found):
            yield found
    if _MEDICAL.search(text):
        yield from _working(scene)


_PUBLIC_BODY = re.compile(
    r"机关|事业|参公|政府|局(?!长)|法院|检察|街道|学校|医院|卫生院|编制|在编|编外"
)
"""Where somebody who works may be on the establishment or not, 上班 alone tells neither."""


def _working(scene: Scene) -> Iterator[Found]:
    if _PUBLIC_BODY.search(scene.typed.text):
        return
    for match in _WORKS.finditer(scene.typed.text):
        clause = scene.clause(match.start())
        whole = scene.typed.text[clause.start : clause.end]
        if _ONCE.search(whole) or re.search(r"(?:上班|工作|打工|做|干)过|的时候", whole):
            continue
        found = plain_fact(scene, "staff.kind", "在职", match.start(), match.end())
        if found is not None:
            yield found


def _is_heads(text: str, match: re.Match[str]) -> bool:
    """在职150人: numbers of staff, and nobody's own state."""
    if _GROUP.match(text, match.end()):
        return counts_heads(text) or not re.match(
            rf"{_N}+(?=[，。？、和退在]|$)", text[match.end() :]
        )
    figure = re.match(rf"{_N}{{2,}}+(?!岁|周岁)", text[match.end() :])
    return figure is not None and counts_heads(text)


def _of_a_band(scene: Scene, found: Found) -> bool:
    """45岁以上在职的划多少: a class of people."""
    before = scene.before(found.start)
    if not re.search(r"(?:以[上下]|岁)(?:[(（]含[)）])?(?:的)?$", before):
        return False
    return not before.endswith("岁") or bool(
        re.match("(?:人员|职工)?的?(?:划|标准)", scene.after(found.end))
    )


_SOME_OF_THEM = re.compile(rf"(?:[几些]个?|{_N}+(?:个|名|位))[^，。？我他她]{{0,6}}$")


def _retired(scene: Scene, match: re.Match[str]) -> str | None:
    """What is told by one 退休: 退休, 在职 where it is to come or denied; None where nothing is."""
    text, word = scene.typed.text, match.group()
    before, after = scene.before(match.start()), scene.after(match.end())
    if word.startswith("退职"):
        return "退职"
    if word.endswith("退"):
        if _LEFT.search(before):
            return None  # 把补充医疗保险退了
        if not _MEDICAL.search(text) and not _PUBLIC.search(text):
            return None
        if word != "退":
            return "在职"
    if _WORKED_AT.match(after) and not _COMING.search(before):
        return "退休"
    if match["counted"] or _is_heads(text, match):
        return None
    if re.match(r"(?:人员|职工|的|是|按|给|能|报)*(?:\d+(?:\.\d+)?%|百分之|[六七八九]成)", after):
        return None  # 退休95%在职90%: what the text gives each class
    if _SOME_OF_THEM.search(before) and re.match("员工|职工|人员|工人", after):
        return None  # 多报几个不存在的退休员工
    if re.search(r"(?:在职|没退)(?:和|跟|与|还是|或者?|、)$", before) or before[-1:] == "离":
        return None
    if match["pay"]:
        drawn = _STAYED.search(before) or _DRAWN.match(after)
        return "退休" if match["pay"] != "待遇" and drawn else None
    if _of_a_limit(scene, match):
        return None
    if _DENIES.search(before):
        return "在职"
    if _ATTAINED.search(before):
        return "退休"
    if match["papers"]:
        if _DENIED.match(after):
            return "在职"
        done = re.search(r"办理?(?:了|好|完|过|妥|掉|的)+$", before) or re.match(
            r"(?:也|都|已经?|早就?|全|是|刚|我|他|她)*[^，。？]{0,6}?(?:办|弄)(?:理|了|好|完|过|妥|下来|的)",
            after,
        )
        return "退休" if done and not _COMING.search(before) else None
    if _OF_A_CLASS.match(after):
        return None
    if _COMING.search(before) and "已经" not in before[-6:]:
        return None if re.search(r"如果|要是|假如", before) else "在职"
    if re.search(r"等(?!级|了|人|部门)[^，。？]{0,6}$", before):
        return "在职"
    return _by_day(scene, match)


def _of_a_limit(scene: Scene, match: re.Match[str]) -> bool:
    """45周岁以上退休的: a class of people."""
    before = scene.before(match.start())
    return re.search(r"(?:以[上下])(?:[(（]含[)）])?(?:的)?$", before) is not None


def _by_day(scene: Scene, match: re.Match[str]) -> str:
    """2027年3月退休 is to come; 2019年退休 is done."""
    clause = scene.clause(match.start())
    for time in reversed(scene.times):
        if not (clause.start <= time.start and time.end <= match.start()):
            continue
        between = scene.typed.text[time.end : match.start()]
        if len(between) > 6:
            break
        if isinstance(time, Months) and time.later:
            return "在职"
        if isinstance(time, Point) and (time.low or time.value) > scene.as_of:
            return "在职"
        break
    return "退休"


def _unsure(scene: Scene, match: re.Match[str]) -> bool:
    """我今年退休: whether it has come about is not told."""
    own = scene.before(match.start())[-6:]
    told = re.match(
        r"(?:了|的|工|职|干|老|教|人|手续|已|满|[一二两三四五六七八九十\d])",
        scene.after(match.end()),
    )
    return bool(re.search(r"(?:今年|这个?月|本月|年底)$", own)) and not told
