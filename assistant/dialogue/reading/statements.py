"""Yes-or-no facts, choices and grades: what the table of phrases finds, and whether it counts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.dialogue.reading.employers import is_list, owns_firm
from assistant.dialogue.reading.found import ELSEWHERE, Found, plain_fact
from assistant.dialogue.reading.moods import Mood, mood_of
from assistant.dialogue.reading.people import KIN, NODES, SELF
from assistant.dialogue.reading.phrases import GRADES, NO_PAPERS, PHRASES
from assistant.dialogue.reading.places import FAR, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Point
from assistant.dialogue.reading.told_times import CUMULATIVE
from assistant.dialogue.reading.topics import Topic, topic_of
from assistant.dialogue.reading.trades import is_of_a_trade, read_trades


def read_phrases(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """What the table of phrases finds, where it counts."""
    denied: dict[str, list[tuple[int, int]]] = {}
    for phrase in PHRASES:
        text = scene.typed.text if phrase.raw else scene.marked
        for match in phrase.pattern.finditer(text):
            start, end = match.span()
            spans = denied.setdefault(phrase.fact, [])
            if any(s < end and start < e for s, e in spans):
                continue
            spans.append((start, end))
            found = plain_fact(scene, phrase.fact, phrase.value, start, end, hedged=phrase.hedged)
            if found is not None and _fits(scene, found):
                yield of_whom_it_describes(scene, _of_a_town(scene, found))


_HEAD = "host.is_head_urban_household"
_IN_TOWN = re.compile("城|市区|市里|街道|小区|新村|花园|社区|居民户")


def _of_a_town(scene: Scene, found: Found) -> Found:
    """我是户主: head of a household that nobody places in town, unless just that was asked."""
    if found.name != _HEAD or found.value is not True or scene.asked == _HEAD:
        return found
    return found if _IN_TOWN.search(scene.typed.text) else replace(found, hedged=True)


_DESCRIBED = re.compile(
    rf"(?:子|产)?的(?:那个|这个|成年|大|小|老|亲|\d{{1,2}}岁的?)?(?P<who>{KIN}++)"
)


def of_whom_it_describes(scene: Scene, found: Found) -> Found:
    """城里有房的父母: what stands before a relative with 的 is theirs."""
    if not found.name.startswith(("own.", "home.", "permit.", "marital", "host.is_head")):
        return found
    match = _DESCRIBED.match(scene.marked, found.end)
    person = scene.people.at(match.start("who")) if match else None
    return replace(found, person=person) if person else found


_NOT_CITY = re.compile(r"(?:不是|不在|不属于?|不算|非)(?:嘉兴)?市本级")
_NOT_NOW = re.compile(
    r"以前|原来|之前|曾|当时|那会|那时|想|打算|准备|计划|以后|将来|要去|要来|希望|找"
)


def _fits(scene: Scene, found: Found) -> bool:
    """Whether what surrounds a phrase lets it be read as that fact."""
    clause = scene.clause(found.start)
    text = scene.typed.text[clause.start : clause.end]
    before = scene.typed.text[clause.start : found.start]
    name = found.name
    if name == "marital" and found.value == "未婚":
        return "单身" not in scene.typed.text[found.start : found.end] or not re.search(
            "离婚|离异|离了|离过|丧偶|守寡", scene.typed.text
        )
    if name == "home.legal_local" and found.value:
        return not ELSEWHERE.search(scene.marked[clause.start : clause.end])
    if name == "job.stable_in_city" and found.value is False:
        own = scene.typed.text[found.start : found.end]
        of_work = re.search("工作|就业|上班|[活班业职]|合同", own + before)
        return of_work is not None or re.search("住(?!院)|租", before) is None
    if name == "contribution.scheme":
        return re.search("(?:机关|企业|事业)[^，。？]{0,4}还是", scene.typed.text) is None
    if name == "job.stable_in_city" and found.value:
        own = scene.typed.text[found.start : found.end]
        if re.search("没有?(?:任何|什么|啥|正式|固定)?[^，。？]{0,2}(?:工作|活|班)", own):
            return False  # 嘉兴这头没有任何工作
        if re.search(r"找(?!到|着)[^，。？]{0,6}(?:工作|班|活)|求职|应聘|面试", text):
            return False
        doubtful = _NOT_NOW.search(before[-8:] + scene.typed.text[found.start : found.start + 2])
        past = re.search("(?:上班|工作|打工)过", text)
        return not doubtful and not past
    if name == "host.consent":
        return bool(re.search("落户|户口|迁|房主|户主|入户|集体户|投靠", scene.typed.text))
    if name in {"host.cohabiting", "host.is_head_urban_household"}:
        return (
            scene.roles.host is not None
            or (name.endswith("household") and _has_kin(scene))
            or "投靠" in scene.typed.text
        )
    if name == "permit.held" and found.value and _of_others_or_afar(scene, found):
        return False
    if name in {"permit.held", "study.continuous", "job.business_licence"}:
        return not re.search("想$|打算|准备去|要去|以前|孩子能|怎么$|如何$", before[-6:])
    if name == "employer.kind":
        return _is_own_employer(scene, found)
    if name == "pension.type":
        text = scene.typed.text
        return "还是" not in text[found.end : found.end + 2] + text[found.start - 2 : found.start]
    if name == "employer.founded_this_year":
        firm = re.search("单位|公司|企业|厂|成立|注册", scene.typed.text)
        return firm is not None and not _dated(scene, found)
    if name == "pension.transferred":
        named = re.search("养老|社保|保险|医保|关系|缴|交", scene.typed.text) is not None
        pending = (scene.asked or "").startswith("pension.")
        afar = re.search("登记|居住证|户口", scene.typed.text) is not None
        return pending or named or not afar
    if name == "apply.action":
        return "补充医" in scene.typed.text
    if name == "from_within_city" and re.match("市内", scene.typed.text[found.start :]):
        told = re.search(f"[{SELF}]|想|户口(?:在|是)", scene.marked)
        away = re.search(f"户(?:口|籍)[^，。？]{{0,4}}[{NEAR}{FAR}]", scene.marked)
        return told is not None and away is None
    if name == "staff.kind" and re.match(_COUNTED, scene.after(found.end)):
        return False
    if (
        name == "employer.area"
        and found.value == "市本级"
        and _NOT_CITY.search(before[-4:] + scene.typed.text[found.start : found.end])
    ):
        return False
    if name == "employer.area":
        return not re.search("按照?|参照|依照?|根据|对照|执行", before[-3:]) and not re.match(
            "补充|的?(?:办法|标准|政策|规定)", scene.typed.text[found.end :]
        )
    if name == "from_within_city":
        return not re.search("想$|落$|迁$|转$|要$|拿$", before)
    return True


_COUNTED = r"(?:在职|人员|职工|员工|的)*(?:才|只|就|有|共|一共|是)*[\d一二两三四五六七八九十百]+(?:来|多)?(?:个|名|位|人|号)"
"""在编在职才二十五个: how many there are of them."""


_EVERYBODY = re.compile(
    r"(?:大家|别人|人家|他们|同[^，。？]{1,3}的|工友|室友|同事|老乡|邻居)(?:们)?(?:全|都|几乎)+[^，。？]{0,3}$"
)


def _of_others_or_afar(scene: Scene, found: Found) -> bool:
    """同宿舍的都有居住证, 上海居住证有: neither is a permit of this province that one holds."""
    if _EVERYBODY.search(scene.before(found.start)):
        return True
    at = scene.typed.text.find("居住证", found.start, found.end)
    return at > 0 and bool(
        re.search(f"{FAR}(?:市|省|的|那边)*$", scene.marked[max(0, at - 6) : at])
    )


def _dated(scene: Scene, found: Found) -> bool:
    return any(
        isinstance(time, Point)
        and time.low
        and time.low != date(scene.as_of.year, 1, 1)
        and scene.clause(found.start).start <= time.start < scene.clause(found.start).end
        for time in scene.times
    )


def _has_kin(scene: Scene) -> bool:
    return any(NODES[name] != "其他" for name in scene.people.others())


_ONLY_THEIRS = re.compile("(?:单位|人员|里)?(?:才|专门?|独)(?:有|能|给|享|发|可|用)")


def _is_own_employer(scene: Scene, found: Found) -> bool:
    before = scene.before(found.start)
    if found.value == "企业" and (
        owns_firm(before) or re.search("劳务|中介|派遣|外包", before[-4:])
    ):
        return False
    if _ONLY_THEIRS.match(scene.typed.text, found.end):
        return False  # 这是机关才有的吧，我企业退休
    return not is_list(scene, found) and not re.search("别的|其他|有些|哪些|什么", before[-4:])


def read_grades(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """The highest schooling, title and trade grade that is said of each person."""
    text = scene.typed.text
    taken: dict[str, list[tuple[int, int]]] = {}
    best: dict[tuple[str, str], Found] = {}
    for phrase in GRADES:
        for match in phrase.pattern.finditer(text):
            start, end = match.span()
            spans = taken.setdefault(phrase.fact, [])
            if any(s < end and start < e for s, e in spans):
                continue
            spans.append((start, end))
            if not _is_held_grade(scene, phrase.fact, start, end):
                continue
            found = plain_fact(scene, phrase.fact, phrase.value, start, end)
            if found is None or mood_of(scene, found) is not Mood.TOLD:
                continue
            person = _grade_owner(scene, start, found.person)
            either = _OR_AFTER.match(scene.after(end)) or _OR_BEFORE.search(scene.before(start))
            found = replace(found, person=person, hedged=found.hedged or either is not None)
            best.setdefault((person, phrase.fact), found)
    for found in read_trades(scene):
        if mood_of(scene, found) is Mood.TOLD and _is_held_grade(
            scene, found.name, found.start, found.end
        ):
            best.setdefault((found.person, found.name), found)
    yield from best.values()
    permits = "居住证" in text and not re.search("证书|职称|技能|学历|人才", text)
    for match in () if permits else NO_PAPERS.finditer(text):
        for name in ("title_level", "skill_level"):
            found = plain_fact(scene, name, "无", match.start(), match.end())
            if found is not None and not any(n == name for _, n in best):
                yield found


_LIMIT_AFTER = re.compile(
    r"(?:学历|职称|技能|证书?|毕业)?(?:及?以[上下]|要求|才|旁|门口|附近|对面|同学|老师|生源|在编|老师|教师|教书|校长|食堂|城|路|毕业证怎|能不能(?:算|当|顶|代|作为)|的?标准|政策|落户要|人才落户要)"
)


_IN_A_PLACE = re.compile(
    r"(?:车间|单位|公司|厂里?|店里?|班组|部门|学校|队里?)(?:里|上)?(?:也|都)?有(?:个|位|几个|很多|的)?$"
)
"""我们车间有技师: somebody else's."""

_OF_A_CLASS = re.compile("(?:学历|文凭|毕业|职称|技能)?(?:的)?(?:人家属|人(?:家里|们)|人员家属)")
_UNTOUCHED = re.compile(
    r"(?:证书?|学历|文凭|职称)?(?:我|他|她|连|也|都|还|就|根本|压根|从来)*(?:没|未|不)(?:有|能|曾)?(?:上|读|念|考|评|拿|取|够|碰|摸)"
)
_EXAMINED = re.compile("(?:的|证|职称|资格)*(?:考试|考核|鉴定|评审|理论|实操|报名|培训)")
_PASSED = re.compile("(?<!没)(?<!没有)(?<!未)(?:通过|过了|考过|合格|到手)(?!吗|没)")

_STUDYING = re.compile(
    r"(?:在读|正在读|还在读|在上|正在上|正读|还没毕业|没毕业|没读完|肄业|没拿到|没考上|没上过|没念过|没读过|准备考|想考|要考|打算考|正考)"
)


_OR = "还是|或者?是?|要么是?|抑或是?"
_ANY_GRADE = "[初中高]级|技师|助理|学士|本科|大专|硕士|博士|中专|技校|高中|初中"
_OR_AFTER = re.compile(rf"(?:工|的|证书?)*(?:{_OR})(?:个|是)*(?:{_ANY_GRADE})")
_OR_BEFORE = re.compile(rf"(?:{_ANY_GRADE})(?:工|的|证书?|职称)*(?:{_OR})(?:个|是)*$")
"""中级工还是初级工: one of the two, and nobody says which."""


def _is_held_grade(scene: Scene, name: str, start: int, end: int) -> bool:
    before, after = scene.before(start), scene.after(end)
    if re.search("算$", before) and re.search("[吗么]$|不$", after):
        return False  # 算中级工吗
    if _IN_A_PLACE.search(before):
        return False
    if _OF_A_CLASS.match(after) and not re.search(
        f"[{SELF}]", scene.marked[start - len(before) : start]
    ):
        return False  # 硕士学历的人家属要谁同意
    if _UNTOUCHED.match(after) and not re.match("小学|初", scene.typed.text[start:end]):
        return False  # 技校都没上
    if _EXAMINED.match(after) and not _PASSED.search(after):
        return False  # 技师考试理论挂了
    marked = scene.marked[end : end + len(after)]
    if re.match(rf"(?:的)?(?:证书?)?(?:的)?(?:就|才)?是{KIN}++", marked):
        return False  # 技师是我师傅
    if _LIMIT_AFTER.match(after) or re.search(
        "(?:是否|是不是|算不算|要|需要|(?:至少|起码|最少|最低|非)(?:得|要|是|有|到)*)$", before
    ):
        return False
    if name == "edu":
        own = scene.typed.text[start:end]
        if re.search("[读上念]$", before) and own not in {"小学", "初中", "高中", "大学", "研究生"}:
            return bool(re.match("毕业|学历", after))
        if own not in {"小学", "初中"} and (
            _STUDYING.search(before[-5:]) or _STUDYING.match(after.lstrip("了的还又"))
        ):
            return False
        unfinished = re.match("(?:学历|毕业)?(?:还)?(?:没|未)(?:有)?(?:毕业|读完|念完|拿)", after)
        if unfinished and own not in {"小学", "初中"}:
            return False
        if re.search("(?:没|不是|没有|非)(?:读|念|上|考)?(?:过|上)?$", before):
            return False
        if re.search("(?:读|上|念)(?:大|研|高|初|小)?$", before) and own in {
            "小学",
            "初中",
            "高中",
            "大学",
            "研究生",
        }:
            return (
                bool(re.match("毕业|学历|文化|的?(?=[，。？]|$)", after))
                and not _is_child(scene, start)
                and own != "小学"
            )
        pupil = (
            after.startswith("生")
            and own in {"小学", "初中", "高中"}
            and not after.startswith("生毕业")
        )
        return not pupil and not re.match("(?:里|部|二|一|三|大[一二三四])", after)
    if name == "title_level" and text_of_grade(scene, start, end) and is_of_a_trade(scene, start):
        return False  # 考出了电工中级
    return not re.search(
        "(?:没|没有|不是|想考|准备考|要考|在考|没考|未)(?:评|考|取得|拿|有|到|上|过)*$", before[-6:]
    )


def text_of_grade(scene: Scene, start: int, end: int) -> bool:
    """Whether the words are a bare grade, of a title or of a trade."""
    return scene.typed.text[start:end] in {"初级", "中级", "高级"}


def _is_child(scene: Scene, position: int) -> bool:
    return NODES.get(scene.people.subject_at(position) or "") == "子女"


def _grade_owner(scene: Scene, start: int, person: str) -> str:
    """读大专的弟弟: the words belong to whom they stand before."""
    following = re.match(rf"[^，。？{SELF}{KIN}]{{1,6}}的{KIN}++", scene.marked[start:])
    if following:
        return scene.people.at(start + following.end() - 1) or person
    return person


_RESUMED = re.compile(
    r"(?:后来|之后|后面|重新|又)[^。？]{0,14}(?:一直|就)?(?:连续|连着|没再断|再没断|没断过)"
)


def _has_resumed(scene: Scene, end: int) -> bool:
    """断过，后来重新登记一直连续: what counts since then is unbroken."""
    text = scene.typed.text
    return bool(_RESUMED.search(text, end)) and not CUMULATIVE.search(text)


_GAP_NO = re.compile(
    r"(?<!断)(?<!断了)(?:没有?|未|不曾|从没|从未|从来没|从来没有|没有过)(?:中间|中途)?(?:断(?:缴|交|保)?(?:过|掉)?|间断(?:过)?|中断(?:过)?)|一直(?:都)?没断|不间断|(?<!断)没断|(?:没(?:有)?|一天(?:都|也)?没(?:有)?|从没|从未|未)停过?(?!车|工)|从头到尾(?:都|一直)?(?:是)?(?:连续|连着|连贯)|一直(?:都|是)?(?:连着|连续|连贯)(?:的|着)?(?=[，。？]|$)"
)


_NOT_BROKEN = re.compile(
    r"(?:没|不|未|无|曾|木|莫|勿|呒|冇|弗)(?:没|得|有|曾|过|任何|一次|一天|半天|一点|丝毫|中间|中途|出现|发生)*$"
)
"""What stands before 断 where nothing was broken off: 不曾, 无, 呒没."""
_UNBROKEN = re.compile(
    r"(?:没(?:有)?|不曾|未曾|从未|从没|未|无|莫得|木|呒没?|冇)(?:有|过|任何|一点|一天|半天|丝毫|出现|什么)*(?:间断|中断|断|空档|空当|空隙|空白|断档|缺口|间隔)"
    r"|(?:一[天月次笔个]|半天|哪[天月]|每[天月])(?:都|也)*(?:没|不|未)(?:有)?(?:少|落|缺|漏|拉|差|停|断)(?!多)"
    r"|(?<!多)(?:月月|年年|连年|一直)(?:都|也)*(?:不断|没断|有(?!人|点)|不落|没落)"
)


_GAP_YES = re.compile(
    r"断断续续|(?:自动)?注销了[^，。？]{0,8}(?=又|再|重新)|停(?:缴|交|保)(?:了|过)(?=[^。？]{0,10}(?:接上|续上|又交|又缴|补上|恢复|重新))|(?:中间|中途|当中|换(?:了)?(?:工作|厂|单位|公司))[^，。？没不未]{0,6}(?:断(?!然|定|绝)|停(?!车|工|课))(?:缴|交|保)?(?:了|过|开|(?=[一二两俩三几半\d]))|停(?:缴|交|保)(?:了|过)?(?=[一二两俩三四五六几半\d][^，。？]{0,3}[月年天])|(?:不是|并非|没有|没|不)(?:一直)?连续(?!交|缴|登)|(?<![没不未间中])(?<!没有)(?:断(?:缴|交|保)(?:了|过)?|断(?:过|了|开)|中断(?:了|过)?|间断(?:了|过)?|空了[一二两三几\d]|漏(?:交|缴)(?:了|过))|(?<![没不未])(?<!没有)(?:中断|间断)(?:了|过)"
)


def read_gaps(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """断过 and 没断过, of registration or of the pension."""
    for pattern, value in ((_GAP_NO, False), (_UNBROKEN, False), (_GAP_YES, True)):
        for match in pattern.finditer(scene.typed.text):
            if value and _NOT_BROKEN.search(scene.before(match.start())):
                continue
            if scene.is_general(match.start(), match.end()) or re.search(
                "能不能|可不可以|能否|允许|不能", scene.before(match.start())[-5:]
            ):
                continue
            topic = (
                Topic.PENSION
                if re.search("[缴交保]", match.group())
                else topic_of(scene, match.start(), (Topic.REG, Topic.PENSION))
            )
            name = {Topic.REG: "reg.gap", Topic.PENSION: "pension.gap"}.get(topic or Topic.OTHER)
            if name is None:
                continue
            told = value and not (name == "reg.gap" and _has_resumed(scene, match.end()))
            found = plain_fact(scene, name, told, match.start(), match.end())
            if found is not None:
                yield found
