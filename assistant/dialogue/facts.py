"""The facts that a message states, each with the person's own words; nothing is guessed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.clauses.numerals import quantities
from assistant.dialogue.durations import Age, Months, Point, number
from assistant.dialogue.model import APPLICANT, Reading, SaidFact
from assistant.dialogue.people import KIN, NODES, SELF, SEXES, moves_along, relation_between
from assistant.dialogue.phrases import GRADES, NO_PAPERS, PHRASES
from assistant.dialogue.places import FAR, HERE, NEAR, PlaceSaid, Surroundings
from assistant.dialogue.scene import Scene, is_elder, read_scene
from assistant.dialogue.topics import Topic, topic_of, topics_in
from assistant.errors import FactError
from assistant.rules import FactDictionary, FactType, FactValue, Member, add_months, latest_start


@dataclass(frozen=True, slots=True)
class Found:
    """A fact found at a place of the folded text."""

    name: str
    value: FactValue | None
    start: int
    end: int
    person: str
    hedged: bool = False
    low: FactValue | None = None
    high: FactValue | None = None


def read_facts(
    text: str,
    *,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    asked: str | None = None,
) -> Reading:
    """Every fact that `text` states of the applicant, and what it states of others.

    `asked` is the fact that was asked for: a bare length of time is then said of it.
    """
    scene = read_scene(text, as_of, surroundings, asked)
    if not scene.typed.clauses:
        return Reading()
    found = list(_found(scene, surroundings))
    if asked is not None:
        found += _bare_answers(scene, asked, dictionary, found)
    return _assemble(scene, found, dictionary)


def _bare_answers(
    scene: Scene, asked: str, dictionary: FactDictionary, found: list[Found]
) -> Iterator[Found]:
    """A length or a day that names no topic answers the question that was asked."""
    if any(item.name == asked for item in found):
        return
    taken = [(f.start, f.end) for f in found]
    for time in scene.times:
        if any(s < time.end and time.start < e for s, e in taken):
            continue
        if topics_in(scene, time.start, time.end) is not None or not _counts(
            scene, time.start, time.end
        ):
            continue
        answer = _answer(scene, asked, dictionary, time)
        if answer is not None:
            yield answer
            return


def _answer(
    scene: Scene, asked: str, dictionary: FactDictionary, time: Months | Point
) -> Found | None:
    fact = dictionary[asked]
    starts = fact.name if fact.type is FactType.DATE else fact.start_of
    if isinstance(time, Point):
        return _day(scene, starts, time) if starts else None
    lengths = fact if fact.unit else next((f for f in dictionary if f.start_of == asked), None)
    if lengths is None or time.later:
        return None
    found = _length(scene, lengths.name, time)
    if lengths.unit in {"年", "周岁"}:
        return replace(found, value=time.value // 12, low=None, high=None)
    return found if lengths.unit == "个月" else None


def _found(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    for reader in (
        _phrases,
        _grades,
        _ages,
        _births,
        _permits,
        _gaps,
        _money,
        _heads,
        _areas,
        _relation,
        _unknowns,
    ):
        yield from reader(scene, surroundings)
    yield from _times(scene)


# ---------------------------------------------------------------- 是否与选择


def _phrases(scene: Scene, _: Surroundings) -> Iterator[Found]:
    denied: dict[str, list[tuple[int, int]]] = {}
    for phrase in PHRASES:
        text = scene.typed.text if phrase.raw else scene.marked
        for match in phrase.pattern.finditer(text):
            start, end = match.span()
            spans = denied.setdefault(phrase.fact, [])
            if any(s < end and start < e for s, e in spans):
                continue
            spans.append((start, end))
            found = _plain(scene, phrase.fact, phrase.value, start, end, hedged=phrase.hedged)
            if found is not None and _fits(scene, found):
                yield found


def _plain(
    scene: Scene, name: str, value: FactValue, start: int, end: int, *, hedged: bool = False
) -> Found | None:
    if scene.is_general(start, end) or _asks_itself(scene, start, end):
        return None
    if _HOW_BEFORE.search(scene.before(start)) or _is_denied(scene, value, start):
        return None
    return Found(
        name,
        value,
        start,
        end,
        scene.person_at(start if name == "marital" else _inside(scene, start, end)),
        hedged or scene.is_hedged(start, end),
    )


_DENIED = re.compile(
    r"(?:没有?|不是|并不是|并没有?|不|未|并非|从未|没说(?:过)?我?|不算|不属于|算不上|不能算|谈不上|别)(?:[有是在])?$"
)
_NEGATIVES = frozenset({"无", "没有参加", "未婚", "尚未落户"})


def _is_denied(scene: Scene, value: FactValue, start: int) -> bool:
    """Whether a 没 or 不是 stands before words that would otherwise state something."""
    if value is False or value in _NEGATIVES:
        return False
    before = scene.before(start)
    return bool(_DENIED.search(before)) and not before.endswith(("差不", "要不", "不得不"))


def _inside(scene: Scene, start: int, end: int) -> int:
    """Where to ask for the subject: before the words, or after the 我 that they begin with."""
    mentions = [
        m
        for m in scene.people.mentions
        if start <= m.start and m.end <= end and not m.is_object and m.start - start <= 1
    ]
    return mentions[0].end if mentions else start


_HOW_BEFORE = re.compile(r"(?:怎么|如何|咋|去哪儿?|哪里|在哪儿?)(?:能|才能|样)?[^，。？]{0,2}$")
_HOW = re.compile(
    r"怎么(?:办|弄|开|申|领|去|做)|如何|哪里|哪儿|去哪|要什么|什么材料|什么条件|流程|多少钱|多久能|找谁|是什么|什么是|算什么|能不能办|想办|去办"
)


def _asks_itself(scene: Scene, start: int, end: int) -> bool:
    """Whether the words are what is asked: 备案了吗, 有居住证没."""
    rest = scene.after(end)
    clause = scene.clause(start)
    own = scene.typed.text[start:end]
    if re.fullmatch(r"(?:了|的|过|证明?|书)*(?:吗|么|嘛|没有|没)", rest) and not re.search(
        "能|可以|行|够|算|符合", scene.before(start)
    ):
        return True
    if _HOW.search(rest) and re.search("办|开|领|拿", own) and not re.search("了|过|好|到", own):
        return True
    return clause.stop == "？" and bool(re.fullmatch(r"(?:了|过)?没", rest))


_RURAL = re.compile(r"农村|自建|老家|乡下|宅基地|村里|农民|小产权|商铺|店面")
_ELSEWHERE = re.compile(f"[{NEAR}{FAR}]")
_NOT_NOW = re.compile(
    r"以前|原来|之前|曾|当时|那会|那时|想|打算|准备|计划|以后|将来|要去|要来|希望|找"
)


def _fits(scene: Scene, found: Found) -> bool:
    """Whether what surrounds a phrase lets it be read as that fact."""
    clause = scene.clause(found.start)
    text = scene.typed.text[clause.start : clause.end]
    before = scene.typed.text[clause.start : found.start]
    own_marks = scene.marked[max(clause.start, found.start - 10) : found.end + 2]
    name = found.name
    if name in {"own.urban_home", "own.property_certificate"} and found.value:
        if (
            _RURAL.search(text)
            or _ELSEWHERE.search(own_marks)
            or re.search("租|想$|要$|打算|准备", before[-5:])
        ):
            return False
        return not re.search("房东|单位|公司", before[-6:])
    if name == "job.stable_in_city":
        doubtful = _NOT_NOW.search(before[-8:] + scene.typed.text[found.start : found.start + 2])
        past = re.search("(?:上班|工作|打工)过", text)
        return not doubtful and not past
    if name == "rent.is_urban_commodity_housing":
        own = scene.typed.text[found.start : found.end]
        return "买" not in own and not (found.value and re.search("[没不未别非]有?是?$", before))
    if name == "host.consent":
        return bool(re.search("落户|户口|迁|房主|户主|入户|集体户|投靠", scene.typed.text))
    if name in {"host.cohabiting", "host.is_head_urban_household"}:
        return (
            scene.roles.host is not None
            or (name.endswith("household") and _has_kin(scene))
            or "投靠" in scene.typed.text
        )
    if name in {"permit.held", "study.continuous", "job.business_licence"}:
        return not re.search("想$|打算|准备去|要去|以前|孩子能|怎么$|如何$", before[-6:])
    if name == "employer.kind":
        return _is_own_employer(scene, found)
    if name == "pension.type":
        text = scene.typed.text
        return "还是" not in text[found.end : found.end + 2] + text[found.start - 2 : found.start]
    if name == "employer.founded_this_year":
        return re.search("单位|公司|企业|厂|成立|注册", text) is not None and not _dated(
            scene, found
        )
    if name == "apply.action":
        return "补充医" in scene.typed.text
    if name == "from_within_city":
        return not re.search("想$|落$|迁$|转$|要$|拿$", before)
    return True


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


def _is_own_employer(scene: Scene, found: Found) -> bool:
    text = scene.typed.text
    if re.match("(?:和|与|或|或者|还是|、)?(?:事业|企业|机关|参公)", text[found.end :]):
        return False
    if re.search("(?:和|与|或|还是)$", text[: found.start]):
        return False
    before = scene.before(found.start)
    return not re.search("别的|其他|有些|哪些|什么", before[-4:])


def _grades(scene: Scene, _: Surroundings) -> Iterator[Found]:
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
            found = _plain(scene, phrase.fact, phrase.value, start, end)
            if found is None:
                continue
            person = _grade_owner(scene, start, found.person)
            found = replace(found, person=person)
            best.setdefault((person, phrase.fact), found)
    yield from best.values()
    for match in NO_PAPERS.finditer(text):
        for name in ("title_level", "skill_level"):
            found = _plain(scene, name, "无", match.start(), match.end())
            if found is not None and not any(n == name for _, n in best):
                yield found


_LIMIT_AFTER = re.compile(
    r"(?:学历|职称|技能|证书?|毕业)?(?:及?以[上下]|要求|才|旁|门口|附近|对面|同学|老师|生源|城|路|毕业证怎|能不能|的?标准|政策|落户要|人才落户要)"
)
_STUDYING = re.compile(
    r"(?:在读|正在读|还在读|在上|正在上|正读|还没毕业|没毕业|没读完|肄业|没拿到|没考上|没上过|没念过|没读过|准备考|想考|要考|打算考|正考)"
)


def _is_held_grade(scene: Scene, name: str, start: int, end: int) -> bool:
    before, after = scene.before(start), scene.after(end)
    if _LIMIT_AFTER.match(after) or re.search("(?:是否|是不是|算不算|要|需要|至少)$", before):
        return False
    if name == "edu":
        own = scene.typed.text[start:end]
        if re.search("[读上念]$", before) and own not in {"小学", "初中", "高中", "大学", "研究生"}:
            return bool(re.match("毕业|学历", after))
        if _STUDYING.search(before[-5:]) or _STUDYING.match(after.lstrip("了的还又")):
            return False
        if re.match("(?:学历|毕业)?(?:还)?(?:没|未)(?:有)?(?:毕业|读完|拿)", after):
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
    return not re.search(
        "(?:没|没有|不是|想考|准备考|要考|在考|没考|未)(?:评|考|取得|拿|有|到|上|过)*$", before[-6:]
    )


def _is_child(scene: Scene, position: int) -> bool:
    return NODES.get(scene.people.subject_at(position) or "") == "子女"


def _grade_owner(scene: Scene, start: int, person: str) -> str:
    """读大专的弟弟: the words belong to whom they stand before."""
    following = re.match(rf"[^，。？{SELF}{KIN}]{{1,6}}的{KIN}++", scene.marked[start:])
    if following:
        return scene.people.at(start + following.end() - 1) or person
    return person


# ---------------------------------------------------------------- 年龄、出生


def _ages(scene: Scene, _: Surroundings) -> Iterator[Found]:
    for age in scene.ages:
        if _is_limit(scene, age):
            continue
        person = _age_owner(scene, age)
        yield Found(
            "age",
            age.value,
            age.start,
            age.end,
            person,
            age.hedged or scene.is_hedged(age.start, age.end),
            age.low,
            age.high,
        )


def _is_limit(scene: Scene, age: Age) -> bool:
    text = scene.typed.text
    if scene.is_general(age.start, age.end):
        return True
    if re.search("男性?(?:年?满)?$|女性?(?:年?满)?$", text[: age.start]) and re.search(
        "男[^，。？]{0,6}女|女[^，。？]{0,6}男", text
    ):
        return True
    return bool(
        re.match(
            "(?:[（(]?含[）)]?)?(?:及?以[上下])|(?:的)?(?:那档|档|标准|这档|之前|以前|后|退休(?!了|的|人|职|工|教))|以上|以下|和|或者|还是",
            text[age.end :],
        )
    )


def _age_owner(scene: Scene, age: Age) -> str:
    following = re.match(rf"的(?:小|大|老|亲)?{KIN}++", scene.marked[age.end :])
    if following:
        return scene.people.at(age.end + following.end() - 1) or scene.person_at(age.start)
    person = scene.person_at(age.end)
    if is_elder(person) and not scene.people.named_in_clause(age.end) and age.value < 38:
        return APPLICANT
    return person


def _births(scene: Scene, _: Surroundings) -> Iterator[Found]:
    for birth in scene.births:
        yield Found(
            "birth_date",
            birth.value,
            birth.start,
            birth.end,
            scene.person_at(birth.end),
            scene.is_hedged(birth.start, birth.end),
            birth.low,
            birth.high,
        )


# ---------------------------------------------------------------- 居住证、单位所在


_A = f"[{HERE}{NEAR}{FAR}]++"
_ISSUED = (
    re.compile(
        rf"(?P<place>{_A})(?:市|那边|这边|省)?(?:公安局?|派出所|公安机关)?(?:那边)?(?:的|给我?|所|发|办|签|颁|领|拿|申|出|下|理|放)*(?:了|过|来)*的?(?:一张|张)?(?:有效(?:的)?)?《?(?:浙江省?)?(?<!临时)居住证(?!转|政策|条例|制度|办理|申领)"
    ),
    re.compile(
        rf"居住证(?:是|也是|在|由|是在|是由|是从)+(?P<place>{_A})(?:市)?(?:公安局?|派出所|公安机关|那边)?(?:发|办|签|领|拿|申|的|给)"
    ),
    re.compile(
        rf"居住证[，是]*(?P<place>{_A})(?:市)?(?:公安局?|派出所)?(?:那边)?(?:发|办|签|领|拿)(?:的|了|出)"
    ),
    re.compile(rf"(?:签发地|发证(?:机关|地)|签发机关)(?:是|在|：)*(?P<place>{_A})"),
)
_VALID_NO = re.compile(
    r"居住证[^，。？]{0,8}?(?<!没)(?<!没有)(?<!未)(?<!不)(?<!会)(?<!快)(?<!要)(?<!将)(?<!快到)(?:过期|失效|到期了|超期|作废|过了有效期)|(?:早就?|已经?|都|也)(?:过期|失效)了?"
)
_VALID_YES = re.compile(
    r"(?:快要?|马上要?|即将|就要)(?:过期|到期)|(?:没(?:有)?过期|未过期|还?在?有效期?[内中里]|(?:还|一直|是|仍)(?:是)?有效(?!期|吗)|没(?:有)?到期|还没过期|有效期内|没失效)|(?<!没有)(?<!没)有效(?:的|期内的)?《?(?:浙江省?)?居住证"
)


def _permits(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    taken: list[int] = []
    for pattern in _ISSUED:
        for match in pattern.finditer(scene.marked):
            start, end = match.span()
            if match.start("place") in taken or scene.is_general(start, end):
                continue
            if re.search(
                "想|要|打算|准备|能不能|怎么|可以|没(?:有)?|没办过?|如何|换成|转成|转换成|换|去$",
                scene.before(start)[-4:],
            ):
                continue
            if re.match(
                "怎么办理|怎么申|如何|要什么|需要什么|什么条件|好办|多久能", scene.after(end)
            ):
                continue
            if re.search("办(?!的|了|过)", match.group()) and _HOW.search(scene.after(end)):
                continue
            taken.append(match.start("place"))
            place = next(p for p in scene.places if p.start <= match.start("place") < p.end)
            yield from _issued(scene, surroundings, place, start, end)
    if "居住证" in scene.typed.text:
        yield from _validity(scene)


def _issued(
    scene: Scene, surroundings: Surroundings, place: PlaceSaid, start: int, end: int
) -> Iterator[Found]:
    person, hedged = scene.person_at(start), scene.is_hedged(start, end)
    if place.nearness == FAR:
        value = surroundings.province(place.place) if place.place else "其他省份"
        if place.place is None and "省" not in scene.typed.text[place.start : place.end]:
            return
        yield Found("permit.outside_province", value, start, end, person, hedged)
        return
    name = place.place.name if place.place else surroundings.home.name
    yield Found("permit.issued_in", name, start, end, person, hedged)


def _validity(scene: Scene) -> Iterator[Found]:
    done: set[int] = set()
    for pattern, value in ((_VALID_YES, True), (_VALID_NO, False)):
        for match in pattern.finditer(scene.typed.text):
            clause = scene.typed.clause_at(match.start())
            if clause in done or scene.is_general(match.start(), match.end()):
                continue
            near = scene.typed.clauses[max(0, clause - 2)].start
            if "居住证" not in scene.typed.text[near : match.end()]:
                continue
            twice = scene.typed.text[: match.start()].endswith(("过期", "到期", "有效"))
            if twice or re.match(
                "(?:了)?(?:吗|怎么|没(?=[，。？]|$|过期|到期|有效)|咋|的?话)",
                scene.after(match.end()),
            ):
                continue
            done.add(clause)
            found = _plain(scene, "permit.valid", value, match.start(), match.end())
            if found is not None:
                yield found


_WORKPLACE = re.compile(
    rf"(?P<place>{HERE}++)(?:市|县|区)?(?:的|那边|这边|一家|一个|里|当地|本地)*[^，。？]{{0,6}}?(?:厂|公司|企业|单位|事业单位|机关|医院|学校|银行)"
)
_WORKPLACE_IN = re.compile(
    rf"(?:单位|公司|厂|企业|学校|医院)(?:就|是|都|设)?(?:在|是)(?P<place>{HERE}++)"
)


def _areas(scene: Scene, _: Surroundings) -> Iterator[Found]:
    for pattern in (_WORKPLACE, _WORKPLACE_IN):
        for match in pattern.finditer(scene.marked):
            place = next(p for p in scene.places if p.start <= match.start("place") < p.end)
            area = place.place.area if place.place else None
            if area is None or scene.is_general(match.start(), match.end()):
                continue
            district = area.endswith("区")
            yield Found(
                "employer.area",
                "市本级" if district or area == "市本级" else "县（市）",
                match.start(),
                match.end(),
                scene.person_at(match.start()),
                hedged=district,
            )


# ---------------------------------------------------------------- 中断


_GAP_NO = re.compile(
    r"(?:没有?|未|不曾|从没|从未|从来没|从来没有|没有过)(?:中间|中途)?(?:断(?:缴|交|保)?(?:过|掉)?|间断(?:过)?|中断(?:过)?)|一直(?:都)?没断|不间断|没断"
)
_GAP_YES = re.compile(
    r"断断续续|(?:不是|并非|没有|没|不)(?:一直)?连续(?!交|缴|登)|(?<![没不未间中])(?<!没有)(?:断(?:缴|交|保)(?:了|过)?|断(?:过|了|开)|中断(?:了|过)?|间断(?:了|过)?|空了[一二两三几\d]|漏(?:交|缴)(?:了|过))|(?<![没不未])(?<!没有)(?:中断|间断)(?:了|过)"
)


def _gaps(scene: Scene, _: Surroundings) -> Iterator[Found]:
    for pattern, value in ((_GAP_NO, False), (_GAP_YES, True)):
        for match in pattern.finditer(scene.typed.text):
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
            found = _plain(scene, name, value, match.start(), match.end())
            if found is not None:
                yield found


# ---------------------------------------------------------------- 金额、人数


_PAID = r"(?:自付|自费|自己?(?:还)?(?:付|掏|出|承担|交|拿|垫)|个人(?:付|承担|掏|支付)|剩余?|剩下|还要付|还得付|没报|报不了|腰包|自理)"
_MONEY_FACTS = (
    ("med.outpatient_above_cap", re.compile(r"(?:限额|封顶线?)(?:以上|之上|以外|外)|超(?:过|出|了)*(?:最高)?(?:支付)?(?:限额|封顶线?)|限额外")),
    ("med.outpatient_mid", re.compile(r"起付[^。？]{0,8}(?:以上|到|和|至)[^。？]{0,12}(?:以下|之间|以内)|中间段|中段|中间那段")),
    ("med.outpatient_below_deductible", re.compile(r"(?:起付(?:线|标准)|门槛费?)(?:以下|之下|以内|内|下面|里面)|(?:没到|没过|不到|未到|低于|不够)起付(?:线|标准)")),
    ("med.base_paid", re.compile(r"(?:职工)?医保(?:已经?|都|给|已)*(?:报|付|支付|报销|给报)(?:销)?(?:了|掉)?")),
)  # fmt: skip
_BASE = re.compile(r"(?:缴费)?基数(?:是|为|按|大概|，)?|(?:月)?平均工资(?:是|为|按)?")
_HEADS = (
    ("employer.active_count", re.compile(r"在职(?:职工|员工|人员|的)?(?:有|共|是)?(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)?")),
    ("employer.retired_count", re.compile(r"退休(?:职工|员工|人员|的)?(?:有|共|是)?(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)?")),
    ("employer.active_count", re.compile(r"(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)(?:是)?在职")),
    ("employer.retired_count", re.compile(r"(?P<n>\d{1,7}|[一二两三四五六七八九十百千]{1,6})(?:多|来)?(?P<u>个人|个|人|名|位)(?:是)?退休")),
)  # fmt: skip


def _money(scene: Scene, _: Surroundings) -> Iterator[Found]:
    text = scene.typed.text
    for quantity in quantities(text):
        if quantity.unit not in {"元", ""}:
            continue
        start, end, value = quantity.start, quantity.end, quantity.value
        if quantity.unit == "" and not _is_sum(scene, start, end, value):
            continue
        name = _money_fact(scene, start, end)
        if name is None or scene.is_general(start, end):
            continue
        yield Found(
            name,
            value,
            start,
            end,
            scene.person_at(start),
            scene.is_hedged(start, end) or bool(re.match("多|来", text[end:])),
        )


def _is_sum(scene: Scene, start: int, end: int, value: Decimal) -> bool:
    """Whether a bare number is money: 自己掏了一万二, 限额以上2000."""
    after = scene.typed.text[end : end + 1]
    before = scene.before(start)
    return (
        value >= 50
        and after not in set("年月日岁个天号人名位条%期")
        and bool(
            re.search(
                rf"{_PAID}(?:了|的|有|是)?$|(?:以上|以下|以内|内|基数|工资|花|报|付|支付)(?:了|的|是|有|为|按|花了)*$",
                before,
            )
        )
    )


def _money_fact(scene: Scene, start: int, end: int) -> str | None:
    clause = scene.typed.clause_at(start)
    here, after = scene.before(start), scene.after(end)
    earlier = scene.typed.text[scene.typed.clauses[max(0, clause - 1)].start : start]
    mid = list(_MONEY_FACTS[1][1].finditer(earlier))
    if mid and not quantities(earlier[mid[-1].end() :]):
        return "med.outpatient_mid"
    for name, pattern in _MONEY_FACTS:
        own = list(pattern.finditer(here))
        if own and not quantities(here[own[-1].end() :]):
            if (
                name == "med.base_paid"
                and "住院" in scene.typed.text
                and "门诊" not in scene.typed.text
            ):
                return None
            return name
    for name, pattern in _MONEY_FACTS[:3]:
        rest = scene.typed.text[end : end + 16]
        following = pattern.search(rest)
        told = re.match(r"[，都是全也的]{0,4}(?:起付|限额|超|没到|不到|在|没过|门槛)", rest)
        if told and following and not quantities(rest[: following.start()]):
            return name
    if re.search("年|月|工资基数", after[:1]):
        return None
    if _BASE.search(here[-8:]):
        return "employer.base"
    if "住院" in earlier or "住院" in here:
        if re.search(_PAID, here[-8:]) or re.match(rf"(?:是|都)?(?:{_PAID})", after):
            return "med.inpatient_remaining"
    elif (
        re.search("住院", scene.typed.text)
        and "门诊" not in scene.typed.text
        and re.search(_PAID, here[-8:])
    ):
        return "med.inpatient_remaining"
    return None


def _heads(scene: Scene, _: Surroundings) -> Iterator[Found]:
    seen: set[str] = set()
    both = re.search(r"在职[^，。？]{0,8}\d", scene.typed.text) and re.search(
        r"退休[^，。？]{0,8}\d", scene.typed.text
    )
    for name, pattern in _HEADS:
        for match in pattern.finditer(scene.typed.text):
            value = number(match["n"])
            if value is None or name in seen or not (match["u"] or both):
                continue
            if re.match("岁|年|个月|周岁|元|块", scene.typed.text[match.end() :]):
                continue
            seen.add(name)
            yield Found(
                name,
                value,
                match.start(),
                match.end(),
                APPLICANT,
                scene.is_hedged(match.start(), match.end()),
            )


# ---------------------------------------------------------------- 时间


_REST = "[^，。？]"
_CUMULATIVE = re.compile(r"累计|加起来|一共|总共|前后|合计|拢共|断断续续|总的")
_UNTIL = re.compile(r"到期|有效期(?:到|至|是)?|期限到|过期|截止|为止|届满|(?:租到|签到|到)$")


def _times(scene: Scene) -> Iterator[Found]:
    inside = [(a.start, a.end) for a in scene.ages] + [(b.start, b.end) for b in scene.births]
    carried: Topic | None = None
    previous = -1
    for time in scene.times:
        if any(s <= time.start < e or time.start <= s < time.end for s, e in inside):
            continue
        clause = scene.typed.clause_at(time.start)
        topic = topics_in(scene, time.start, time.end)
        if topic is None and (clause - previous <= 1 or _is_bare(scene, time)):
            topic = topic_of(scene, time.start, tuple(Topic)) or carried
        if topic is None:
            continue
        carried, previous = topic, clause
        if not _counts(scene, time.start, time.end):
            continue
        yield from _timed(scene, time, topic)


_BARE_AROUND = re.compile(
    r"^(?:我|也|都|已经?|到现在|现在|就|才|有|是|大概|差不多|从|自|算|算来|到今天|一共|累计|加起来|前后|连续|一直|开始|办|缴|交|的|了|好像|应该|连着|最近|这边|在|这里|快|满|刚|将近|不到|还|没)*$"
)


def _is_bare(scene: Scene, time: Months | Point) -> bool:
    return bool(
        _BARE_AROUND.match(
            re.sub(
                f"[{HERE}{NEAR}{FAR}]",
                "在",
                scene.marked[scene.clause(time.start).start : time.start],
            )
        )
    )


_FUTURE = re.compile(
    r"(?:(?:下个?月|明年|月底|过几天|马上|很快)(?:就|才|要|能|可以|正好|刚好)*(?=满|到|够)|还差|还要|再|还有|还得|还需|(?<![交缴住租干做读上登记办])过|等|差)(?:登记|交|缴|住|租|连续|个|上|满)*$"
)
_COUNT_BLOCK = re.compile(r"(?:每隔?|一共要|最多|最长|期限|有效期)$")


_NOT_YET = re.compile(
    r"(?:再过|再等|再有|到|等)?(?:下个?月|明年|年底|月底|过几天|明天|后天|再过|到时候|[一二两三四五六七八九十\d]+个?月后)"
)


_NOT_A_LENGTH = re.compile(
    r"(?:了)?(?:还|就|只)?差|的话才|还不够吗才"
    r"|(?:以上|以内|之内)?(?:的)?(?:规定|要求|条件|门槛|期限|限制|标准|政策)"
    r"|(?:的)?(?:租金|房租|工资|收入|(?:要|能|得|是)?(?:交|缴|划|补|报|打|付)?(?:多少|几)|\d)"
)


def _counts(scene: Scene, start: int, end: int) -> bool:
    """Whether a length or a day tells how things stand, rather than what is to come or required."""
    before, after = scene.before(start), scene.after(end)
    if scene.is_general(start, end) or _FUTURE.search(before) or _COUNT_BLOCK.search(before):
        return False
    if _NOT_YET.search(before) and before.endswith(("满", "到", "够")):
        return False
    return not _NOT_A_LENGTH.match(after)


def _timed(scene: Scene, time: Months | Point, topic: Topic) -> Iterator[Found]:
    if topic is Topic.PENSION:
        yield from _pension(scene, time)
    elif topic is Topic.REG:
        yield from _registration(scene, time)
    elif topic is Topic.RENT:
        yield from _rent(scene, time)
    elif topic is Topic.PERMIT:
        yield from _permit_days(scene, time)
    elif topic is Topic.LIVE:
        yield from _residence(scene, time)
    elif topic in _SIMPLE:
        months, start = _SIMPLE[topic]
        yield from _simple(scene, time, months, start)


_SIMPLE: Mapping[Topic, tuple[str | None, str | None]] = {
    Topic.JOB: ("job.months", "job.start"),
    Topic.CONTRACT: ("job.contract_months", None),
    Topic.GRADUATION: ("edu.years_since_graduation", "edu.graduated_on"),
    Topic.RETIREMENT: (None, "retired_on"),
    Topic.FOUNDING: (None, "employer.founded_on"),
    Topic.APPLYING: (None, "apply.on"),
}


def _simple(
    scene: Scene, time: Months | Point, months: str | None, start: str | None
) -> Iterator[Found]:
    if isinstance(time, Point):
        if start and (time.value <= scene.as_of or start == "apply.on"):
            if start == "edu.graduated_on" and not _vocational(scene):
                return
            if (
                start == "employer.founded_on"
                and time.low == date(scene.as_of.year, 1, 1)
                and time.high == scene.as_of
            ):
                return
            if start == "retired_on" and re.search(
                "快|要|准备|想|打算|能|可以", scene.before(time.start)[-3:]
            ):
                return
            yield _day(scene, start, time)
        return
    if time.later:
        return
    if start in {"retired_on", "employer.founded_on"} and (
        time.ago or start == "employer.founded_on"
    ):
        yield _since(scene, start or "", time)
        return
    if months == "edu.years_since_graduation":
        if time.value % 12 == 0 and _vocational(scene):
            yield replace(_length(scene, months, time), value=time.value // 12, low=None, high=None)
        return
    if months == "job.months" and scene.person_at(time.start) and _works_elsewhere(scene, time):
        return
    if months:
        yield _length(scene, months, time)


def _works_elsewhere(scene: Scene, time: Months) -> bool:
    before = scene.marked[scene.clause(time.start).start : time.end]
    return bool(_ELSEWHERE.search(before))


def _vocational(scene: Scene) -> bool:
    """Whether the school that was left is, or may be, the vocational one that the rule means."""
    return re.search("中专|技校|中职|职高|职业高中|中技", scene.typed.text) is not None


def _length(scene: Scene, name: str, time: Months) -> Found:
    return Found(
        name,
        time.value,
        time.start,
        time.end,
        _person_of_time(scene, time),
        time.hedged or scene.is_hedged(time.start, time.end),
        time.low,
        time.high,
    )


def _day(scene: Scene, name: str, time: Point) -> Found:
    return Found(
        name,
        time.value,
        time.start,
        time.end,
        _person_of_time(scene, time),
        time.hedged or scene.is_hedged(time.start, time.end),
        time.low,
        time.high,
    )


def _person_of_time(scene: Scene, time: Months | Point) -> str:
    return scene.person_at(time.start)


def _of_the_asker(scene: Scene, item: Found) -> bool:
    """Whether renting or registration, told after an aside about a relative, is one's own again."""
    if not item.name.startswith(("rent.", "reg.")) or scene.people.named_in_clause(item.start):
        return False
    if NODES.get(item.person) in {"子女", "孙辈"}:
        return scene.roles.applicant != item.person
    return any(
        m.person == APPLICANT and not m.is_object and m.start < item.start
        for m in scene.people.mentions
    )


def _since(scene: Scene, name: str, time: Months) -> Found:
    latest = latest_start(time.value, scene.as_of)
    return replace(
        _length(scene, name, time),
        value=latest,
        low=add_months(scene.as_of, -(time.high or time.value) - 1),
        high=latest,
    )


def _registration(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = _place_before(scene, time.start)
    if (
        place is not None
        and place.nearness == FAR
        and (place.place is not None or "外省" in scene.typed.text)
    ):
        return
    near = scene.typed.text[max(scene.clause(time.start).start, time.start - 12) : time.start]
    if isinstance(time, Point):
        ended = _ended(scene, time) or re.search("[到至]$", near)
        if time.value <= scene.as_of and not ended and not _CUMULATIVE.search(near):
            yield _day(scene, "reg.start", time)
        return
    if time.later or _is_gap_length(scene, time):
        return
    name = "reg.cumulative_months" if _CUMULATIVE.search(near) else "reg.months"
    yield _length(scene, name, time)


def _is_gap_length(scene: Scene, time: Months) -> bool:
    if re.match("(?:是|都|里)?(?:断|没登记|没交|没缴|空)", scene.after(time.end)):
        return True
    return bool(
        re.search(
            "断(?:过|了|开|缴了?|交了?)*(?:有|将近|快)?$|空了$|漏了$|停了$",
            scene.before(time.start),
        )
    )


def _ended(scene: Scene, time: Point) -> bool:
    """Whether a stretch is told that ended before today: 去年3月到今年5月."""
    rest = scene.typed.text[time.end : time.end + 3]
    if re.match("到现|至今|到今天|到目|到如", scene.typed.text[time.end : time.end + 3]):
        return False
    if re.match("[到至-]", rest):
        following = [t for t in scene.times if time.end < t.start <= time.end + 2]
        return (
            bool(following) and isinstance(following[0], Point) and following[0].value < scene.as_of
        )
    before = scene.typed.text[max(0, time.start - 1) : time.start]
    return before in {"到", "至"} and any(
        isinstance(t, Point) and t.end <= time.start <= t.end + 2 for t in scene.times
    )


def _rent(scene: Scene, time: Months | Point) -> Iterator[Found]:
    before, after = scene.before(time.start), scene.after(time.end)
    if isinstance(time, Point):
        if _UNTIL.search(before[-5:]) or re.match(
            "(?:才|就|的)?(?:到期|为止|届满|退租|截止)", after
        ):
            yield replace(_day(scene, "rent.end", time))
        elif time.value <= scene.as_of:
            yield _day(scene, "rent.start", time)
        return
    if (
        time.later
        or re.search("(?:合同|租约|租期|签|押)[^，。？]{0,4}$", before)
        or re.match("(?:的)?(?:合同|租约|租期|房租)", after)
    ):
        return
    yield _length(scene, "rent.months", time)


def _permit_days(scene: Scene, time: Months | Point) -> Iterator[Found]:
    before, after = scene.before(time.start), scene.after(time.end)
    until = bool(_UNTIL.search(before[-6:])) or bool(
        re.match("(?:才|就|就要|会|的)?(?:到期|过期|为止|届满|失效)", after)
    )
    if isinstance(time, Point):
        if until or time.value > scene.as_of:
            low = time.low or time.value
            yield replace(_day(scene, "permit.valid_until", time), value=low)
        else:
            yield _day(scene, "permit.issued_on", time)
        return
    if time.later or re.search("还有|再过|还剩", before[-4:]):
        end = add_months(scene.as_of, time.value)
        yield replace(
            _length(scene, "permit.valid_until", time), value=end, low=None, high=None, hedged=True
        )
    elif not until:
        yield _since(scene, "permit.issued_on", time)


_SAME_COUNTY = re.compile(r"市本级|同一个?(?:县|市|区|地方)|没换过(?:地方|县)")


def _residence(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = _place_before(scene, time.start)
    county = place is not None and place.place is not None and place.place.area is not None
    same = _SAME_COUNTY.search(scene.typed.text[: time.start])
    if not (county and place is not None and place.nearness == HERE) and not same:
        return
    if isinstance(time, Point):
        if time.value <= scene.as_of:
            yield _day(scene, "residence.start_same_county", time)
    elif not time.later:
        yield _length(scene, "residence.months_same_county", time)


_SOCIAL = re.compile(r"社保|社会保险|五险")
_PENSION_WORD = re.compile(r"养老|职工(?!医|基本医)")
_RESIDENTS = re.compile(r"居民(?!户口|医)|农保|城居保")
_IN_ONE_YEAR = re.compile(r"(?:一年内|近一年|最近一年|这一年|过去一年)(?:里)?[^，。？]{0,12}$")


def _pension(scene: Scene, time: Months | Point) -> Iterator[Found]:
    place = _place_before(scene, time.start)
    window = scene.typed.text[
        scene.typed.clauses[max(0, scene.typed.clause_at(time.start) - 2)].start : scene.clause(
            time.start
        ).end
    ]
    whole = scene.typed.text
    if re.search("不是职工|并非职工", whole) or ("职工" not in whole and _RESIDENTS.search(whole)):
        return
    if _RESIDENTS.search(window) and not re.search("不是居民|职工", window):
        return
    asked = (scene.asked or "").startswith("pension.")
    loose = not asked and not _PENSION_WORD.search(window)
    if isinstance(time, Months) and (time.later or _is_gap_length(scene, time)):
        return
    if isinstance(time, Months) and _IN_ONE_YEAR.search(scene.before(time.start)):
        yield _length(scene, "insurance.months_in_year", time)
        return
    here = place is None or place.nearness == HERE
    if here and isinstance(time, Months) and _CUMULATIVE.search(scene.before(time.start)[-12:]):
        return  # 断断续续, 一共: nothing is said of how long without a break
    named = re.match(
        f"(?:的)?([{HERE}{NEAR}{FAR}])+(?:的)?(?:养老|社保|职工)", scene.marked[time.end :]
    )
    if (named and named[1] != HERE) or (not named and place is not None and place.nearness != HERE):
        if isinstance(time, Months):
            found = _length(scene, "pension.months_elsewhere", time)
            yield replace(found, hedged=found.hedged or loose)
        return
    if isinstance(time, Point):
        ended = _ended(scene, time) or re.search("[到至]$", scene.before(time.start))
        if time.value <= scene.as_of and not ended:
            found = _day(scene, "pension.start", time)
            yield replace(found, hedged=found.hedged or loose)
        return
    found = _length(scene, "pension.consecutive_months_city", time)
    yield replace(found, hedged=found.hedged or loose)


def _place_before(scene: Scene, position: int) -> PlaceSaid | None:
    """The place that a statement is about: named in its clause, else in the clauses before."""
    index = scene.typed.clause_at(position)
    clause = scene.typed.clauses[index]
    inside = [p for p in scene.places if clause.start <= p.start < position]
    if inside:
        return inside[-1]
    back = scene.typed.clauses[max(0, index - 1)]
    earlier = [p for p in scene.places if back.start <= p.start < clause.start]
    return earlier[-1] if earlier else None


_PAID_THERE = re.compile(
    rf"[{NEAR}{FAR}]++(?:市|那边|省)?(?:[^，。？]{{0,6}}?(?:缴|交|买|参加|的)[^，。？]{{0,10}}?(?:社保|养老|保险|职工)|(?:市|那边|的)*(?:社保|养老))"
)


# ---------------------------------------------------------------- 关系、省份、家属


def _relation(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    yield from _provinces(scene, surroundings)
    yield from _ellipsis_of_pension(scene)
    roles = scene.roles
    if roles.host is None:
        return
    relation = relation_between(roles.applicant, roles.host)
    if relation is None or not _is_personal(scene):
        return
    yield Found("relation", relation, roles.start, roles.end, roles.applicant)
    if roles.applicant in SEXES:
        mention = next(m for m in scene.people.mentions if m.person == roles.applicant)
        yield Found("sex", SEXES[roles.applicant], mention.start, mention.end, roles.applicant)


_GENERIC_ROLE = re.compile(
    r"父母投靠子女|子女投靠父母|夫妻投靠|老人投靠|投靠(?:父母|子女|成年子女|配偶|亲友)(?:落户)?(?:的)?(?:政策|条件|要|需要|有什么|还|材料|年龄|怎么)"
)


def _is_personal(scene: Scene) -> bool:
    """Whether somebody in particular is spoken of: 我, or a fact of theirs."""
    if SELF in scene.marked or scene.ages or scene.births:
        return not (
            _GENERIC_ROLE.search(scene.typed.text)
            and not scene.ages
            and "我" not in scene.typed.text
        )
    if _GENERIC_ROLE.search(scene.typed.text):
        return False
    return any(
        re.match("[我俺咱]", scene.typed.text[m.start :]) for m in scene.people.mentions
    ) or bool(re.search("户主是|想|回", scene.typed.text))


def _provinces(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    for place in scene.places:
        if place.place is None or place.nearness == HERE:
            continue
        match = _PAID_THERE.match(scene.marked, place.start)
        if match is None or scene.is_general(match.start(), match.end()):
            continue
        if re.search(f"[{HERE}]", match.group()) and not re.match(
            ".{1,8}(?:社保|养老)", match.group()
        ):
            continue
        yield Found(
            "pension.province",
            surroundings.province(place.place),
            match.start(),
            match.end(),
            scene.person_at(match.start()),
        )


_CAME = re.compile(
    rf"(?:来|到|回)(?:了)?{HERE}++(?:这边|这里)?(?:后|以后|之后)?(?:才|刚|也就|就|才刚|刚刚|只有?)?(?:交|缴)?(?:了)?$"
)


def _ellipsis_of_pension(scene: Scene) -> Iterator[Found]:
    """在上海交了两年社保，来嘉兴一个月: the second length is told of the same thing."""
    for time in scene.times:
        if not isinstance(time, Months) or time.ago or time.later:
            continue
        index = scene.typed.clause_at(time.start)
        clause = scene.typed.clauses[index]
        if index == 0 or not _CAME.search(scene.marked[clause.start : time.start]):
            continue
        before = scene.typed.clauses[index - 1]
        earlier = scene.marked[before.start : before.end]
        if _PAID_THERE.search(earlier) and any(
            before.start <= t.start < before.end for t in scene.times
        ):
            yield replace(_length(scene, "pension.consecutive_months_city", time), hedged=True)


# ---------------------------------------------------------------- 不清楚


_DONT_KNOW = re.compile(
    r"不(?:太)?清楚|不知道|不晓得|记不[太得大]?清?楚?|记不得|不(?:太)?记得|忘(?:记)?了|说不清|说不准|不(?:太)?确定|没印象|搞不清|弄不清|搞不懂"
)
_CUES = r"(?:有没有?|是不是|算不算|断没断|有没断|多久|多长时间|几个月|多少个?月|什么时候|啥时候|哪[天年一]|几年|何时|有无|是否|还是|哪里|哪个|什么|过没过期|过期没|转没转|办没办|几号|到哪天|哪种)"
_UNKNOWNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("rent.registration_certificate", r"备案"),
        ("rent.is_urban_commodity_housing", r"商品(?:住)?房|民房"),
        ("reg.gap", r"登记[^，。？]{0,6}断|断[^，。？]{0,4}登记"),
        ("reg.start", r"登记[^，。？]{0,8}(?:什么时候|啥时候|哪[天年]|几号|何时)|(?:什么时候|哪天|啥时候|哪年|何时)[^，。？]{0,6}登记"),
        ("reg.months", r"登记"),
        ("permit.valid_until", r"居住证[^，。？]{0,8}(?:到哪|到什么|哪天到|几号|多久到)"),
        ("permit.valid", r"居住证[^，。？]{0,8}(?:过期|有效|到期|过没过期)"),
        ("permit.issued_in", r"居住证[^，。？]{0,6}(?:哪|签发)"),
        ("permit.held", r"(?:有没有|有无)[^，。？]{0,4}居住证"),
        ("pension.gap", r"(?:养老|社保)[^，。？]{0,6}断"),
        ("pension.transferred", r"(?:养老|社保|关系|上海|外地)[^，。？]{0,6}转|转[^，。？]{0,3}(?:没|过来)"),
        ("pension.type", r"职工[^，。？]{0,6}居民|居民[^，。？]{0,6}职工|哪种养老|什么养老|养老[^，。？]{0,4}(?:哪种|什么)|是不是职工"),
        ("pension.consecutive_months_city", r"(?:养老|社保)[^，。？]{0,8}(?:多久|几个月|多少个?月|多长)|(?:交|缴)了?(?:多久|几个月|多少个月)"),
        ("host.is_head_urban_household", r"户主"),
        ("own.property_certificate", r"房产证|不动产证|房本"),
        ("rent.start", r"租[^，。？]{0,6}(?:什么时候|哪天|啥时候|几号)|(?:什么时候|哪天|啥时候|几号)[^，。？]{0,4}租"),
        ("title_level", r"职称"),
        ("skill_level", r"技能|职业资格"),
        ("employer.joined_supplement", r"补充医"),
        ("birth_date", r"生日|出生"),
        ("retired_on", r"退休"),
        ("host.stable_home", r"合法稳定住所"),
    )
)  # fmt: skip


def _unknowns(scene: Scene, _: Surroundings) -> Iterator[Found]:
    text = scene.typed.text
    for match in _DONT_KNOW.finditer(text):
        index = scene.typed.clause_at(match.start())
        clause = scene.typed.clauses[index]
        own = text[clause.start : clause.end]
        start = clause.start
        bare = not re.sub(
            r"^(?:我|这个|也|真|具体|都|就|实在|有点|又)+|了$|啊$|的$",
            "",
            own.replace(match.group(), ""),
        )
        if bare and index:
            start = scene.typed.clauses[index - 1].start
            own = text[start : clause.end]
        if any(start <= t.start < clause.end for t in scene.times) or re.search(
            "能不能|能否|可不可以|怎么|需要|材料|要不要", own
        ):
            continue
        if (
            not re.search(_CUES, own)
            and not re.match(
                r"(?:也|都|我|就|已经|早|真|是)*$", text[clause.start : match.start()][-0:]
            )
            and not _is_noun_topic(own)
        ):
            continue
        for name, pattern in _UNKNOWNS:
            if pattern.search(own):
                yield Found(name, None, start, clause.end, scene.person_at(match.start()))
                break


def _is_noun_topic(own: str) -> bool:
    """登记时间记不清了: the thing is named right before."""
    return bool(
        re.search(
            r"(?:时间|日期|月数|日子|登记|备案|职称|年限|期限)(?:我|也|都|就|真|实在)*(?:记不|不清楚|忘|不记得|不知道|不确定)",
            own,
        )
    )


# ---------------------------------------------------------------- 汇总


_HOSTED: Mapping[str, str] = {
    "own.urban_home": "host.stable_home",
    "home.stable_in_city": "host.stable_home",
    "own.property_certificate": "host.property_certificate",
}
_SHARED = frozenset({"host.cohabiting", "host.consent", "relation", "host.is_head_urban_household"})
_EMPLOYER = ("employer.", "apply.", "contribution.")
_FAMILY_CHOICES = {"配偶": "配偶", "子女": "子女", "父母": "父母", "兄弟姐妹": "兄弟姐妹"}


def _assemble(scene: Scene, found: list[Found], dictionary: FactDictionary) -> Reading:
    applicant, host = _applicant(scene, found), scene.roles.host
    facts: dict[str, SaidFact] = {}
    others: dict[str, dict[str, SaidFact]] = {}
    for item in sorted(found, key=lambda f: (f.start, f.name)):
        name, person = item.name, item.person or applicant
        if _of_the_asker(scene, item):
            person = APPLICANT
        if name == "from_within_city" and "市内" in scene.typed.text[item.start : item.end]:
            person = applicant
        if (
            name == "from_within_city"
            and person == host
            and re.search("我们|都", _clause_text(scene, item))
        ):
            person = applicant
        shared = name in _SHARED or name.startswith(_EMPLOYER)
        if name == "host.is_head_urban_household" and not _is_heads(scene, item, host, applicant):
            continue
        if person == applicant or (shared and person in {APPLICANT, host}):
            _keep(facts, scene, item, name, applicant, dictionary)
            continue
        _keep(others.setdefault(person, {}), scene, item, name, person, dictionary)
        if person == host:
            for hosted, value in _hosted(scene, item):
                _keep(
                    facts,
                    scene,
                    replace(item, value=value, low=None, high=None),
                    hosted,
                    applicant,
                    dictionary,
                )
    _from_within(facts)
    _settle_employment(facts)
    _prefer_days(facts)
    family = _family(scene, applicant, host)
    if family is not None:
        _keep(facts, scene, family, "family", applicant, dictionary)
    return Reading(facts, others, applicant, host)


def _applicant(scene: Scene, found: list[Found]) -> str:
    """Who would move; where nobody is named as such, whoever alone has facts."""
    if (scene.roles.explicit or scene.roles.host is not None) and not _is_personal(scene):
        return APPLICANT
    if scene.roles.explicit or scene.roles.host is not None:
        return _unless_family(scene, found)
    owners = {f.person or APPLICANT for f in found if not f.name.startswith(_EMPLOYER)}
    kin = [p for p in scene.people.others() if p in owners and NODES[p] != "其他"]
    speaks = any(m.person == APPLICANT and not m.is_object for m in scene.people.mentions)
    asks = re.search("能|可以|吗|？|多少|怎么|几|符合|报|划|行不", scene.typed.text)
    if len(kin) == 1 and asks and not speaks and APPLICANT not in owners and not _along(scene):
        return kin[0]
    return APPLICANT


def _unless_family(scene: Scene, found: list[Found]) -> str:
    """我大专毕业，老婆能落户吗 asks whether she may come along; 我老婆能落户吗 is about her."""
    applicant = scene.roles.applicant
    if scene.roles.host is not None or applicant == APPLICANT:
        return applicant
    own = [f for f in found if f.person in {APPLICANT, ""} and f.name not in {"relation"}]
    theirs = [f for f in found if f.person == applicant]
    said_self = any(m.person == APPLICANT and not m.is_object for m in scene.people.mentions)
    taken = re.search(rf"{KIN}++(?:能|可以|想|要)*(?:带着?|带上){SELF}", scene.marked)
    if own and said_self and not theirs and not taken:
        return APPLICANT
    return applicant


def _along(scene: Scene) -> bool:
    return moves_along(scene.typed.text)


def _keep(
    facts: dict[str, SaidFact],
    scene: Scene,
    item: Found,
    name: str,
    subject: str,
    dictionary: FactDictionary,
) -> None:
    """Keep a fact, if the dictionary can hold it; what is said later counts."""
    said = scene.typed.said(item.start, item.end)
    if not said or name not in dictionary:
        return
    value = item.value
    if value is not None:
        try:
            value = dictionary.parse(name, _fitting(dictionary, name, value))
        except FactError:
            return
    known = facts.get(name)
    if known is not None and (value is None or _outranks(name, known.value, value)):
        return
    if known is not None and name == "age" and item.hedged and not known.hedged:
        return
    supposed = scene.is_supposed(item.start, item.end)
    facts[name] = SaidFact(
        value, said, scene.as_of, item.hedged, subject, item.low, item.high, supposed
    )


def _fitting(dictionary: FactDictionary, name: str, value: FactValue) -> FactValue:
    """A place or province that is not among the choices is the choice that stands for the rest."""
    fact = dictionary[name]
    if (
        not fact.choices
        or not isinstance(value, str)
        or value in fact.choices
        or value in fact.aliases
    ):
        return value
    rest = [choice for choice in fact.choices if "其他" in choice]
    return (
        rest[0]
        if rest and name in {"permit.issued_in", "permit.outside_province", "pension.province"}
        else value
    )


_STAFF_RANK = ("在职", "退休", "退职", "编外", "在编", "保留事业身份")


def _outranks(name: str, known: FactValue | None, value: FactValue | None) -> bool:
    if name == "staff.kind" and isinstance(known, str) and isinstance(value, str):
        return _STAFF_RANK.index(known) > _STAFF_RANK.index(value)
    if name == "employer.kind":
        return (
            known in {"机关", "参公单位", "事业单位"} and value == "企业"
        ) or known == "参公单位"
    return name == "pension.type" and known == "职工基本养老保险" and value == "没有参加"


def _clause_text(scene: Scene, item: Found) -> str:
    clause = scene.clause(item.start)
    return scene.typed.text[clause.start : clause.end]


def _is_heads(scene: Scene, item: Found, host: str | None, applicant: str) -> bool:
    """Whether the head of household that is spoken of is the one who is joined."""
    if item.person == APPLICANT and applicant == APPLICANT and host not in {None, APPLICANT}:
        return KIN in scene.marked[item.start : item.end]
    return True


def _hosted(scene: Scene, item: Found) -> Iterator[tuple[str, FactValue]]:
    """What a fact of the one who is joined says in the applicant's terms."""
    if item.name in _HOSTED and item.value is not None:
        yield _HOSTED[item.name], item.value
    if item.name == "age" and isinstance(item.value, int):
        yield "host.adult", (item.low if isinstance(item.low, int) else item.value) >= 18
    if item.name == "birth_date" and isinstance(item.value, date):
        yield "host.adult", add_months(item.value, 216) <= scene.as_of
    if item.name == "applicant.adult" and item.value is not None:
        yield "host.adult", item.value
    if item.name == "edu" and item.value in {"本科", "硕士", "博士"}:
        return


def _from_within(facts: dict[str, SaidFact]) -> None:
    within = facts.get("from_within_city")
    if within is not None and isinstance(within.value, bool) and "migrant" not in facts:
        facts["migrant"] = replace(within, value=not within.value)


def _settle_employment(facts: dict[str, SaidFact]) -> None:
    """合同工 of a company is its employee; 编外 is said of public bodies only."""
    kind, staff = facts.get("employer.kind"), facts.get("staff.kind")
    if kind is not None and kind.value == "企业" and staff is not None and staff.value == "编外":
        facts["staff.kind"] = replace(staff, value="在职", hedged=True)


def _prefer_days(facts: dict[str, SaidFact]) -> None:
    """Where a start day and a length are both told, keep the more exact one."""
    for length, start in (
        ("reg.months", "reg.start"),
        ("rent.months", "rent.start"),
        ("job.months", "job.start"),
        ("pension.consecutive_months_city", "pension.start"),
        ("age", "birth_date"),
        ("residence.months_same_county", "residence.start_same_county"),
    ):
        told, day = facts.get(length), facts.get(start)
        if told is None or day is None or told.value is None or not isinstance(day.value, date):
            continue
        low = day.low if isinstance(day.low, date) else day.value
        if (day.value - low).days > 45 and not told.vague:
            facts.pop(start)
        else:
            facts.pop(length)


_MINOR = re.compile(r"未成年|没成年|小学|幼儿园|刚出生|婴儿|宝宝|上初中|读初中|托班")
_GROWN = re.compile(r"(?<!未)(?<!没)成年|大学|工作|结婚|上班|大专|本科")
_APART = re.compile(
    r"(?:没有?|不|未)(?:跟|和|与|同)?[^，。？]{0,3}(?:住在?一起|一起住|同住|共同居住|住一起)|分居|分开住|在老家|不在(?:身边|一起|这边|嘉兴)|留守"
)
_TOGETHER = re.compile(
    rf"(?:住在?一起|一起(?:居?住|生活)|同住|共同(?:居住|生活)|一块儿?住|(?:跟|和|与){SELF}++[^，。？]{{0,4}}住|都住这)"
)


def _family(scene: Scene, applicant: str, host: str | None) -> Found | None:
    """The relatives who would move along, with what is said of their age and of living together."""
    members: dict[str, Member] = {}
    spans: list[tuple[int, int]] = []
    for mention in scene.people.mentions:
        person = mention.person
        if person in {applicant, host} or NODES.get(person) == "其他":
            continue
        relation = _member_relation(person, applicant)
        if relation is None:
            continue
        minor, cohabiting = _about_member(scene, person)
        if not _comes_along(scene, person, minor=minor, cohabiting=cohabiting, applicant=applicant):
            continue
        if person in members:
            continue
        members[person] = Member(relation, minor, cohabiting)
        spans.append((mention.start, mention.end))
    if not members:
        return None
    listed = tuple(dict.fromkeys(members.values()))
    end = spans[0][1] if len(spans) == 1 else max(e for _, e in spans)
    return Found("family", listed, min(s for s, _ in spans), end, applicant)


def _member_relation(person: str, applicant: str) -> str | None:
    if person == APPLICANT:
        relation = relation_between(APPLICANT, applicant)
    elif applicant == APPLICANT:
        relation = NODES[person]
    else:
        relation = relation_between(person, applicant)
    return None if relation is None else _FAMILY_CHOICES.get(relation, "其他")


def _about_member(scene: Scene, person: str) -> tuple[bool | None, bool | None]:
    minor: bool | None = None
    cohabiting: bool | None = None
    for clause in scene.typed.clauses:
        text, marked = (s[clause.start : clause.end] for s in (scene.typed.text, scene.marked))
        inside = [m for m in scene.people.mentions if clause.start <= m.start < clause.end]
        named = any(m.person == person for m in inside)
        leading = [m for m in inside if not m.is_object]
        about = named or (not leading and scene.people.subject_at(clause.start) == person)
        if not about:
            continue
        if NODES[person] in {"子女", "孙辈"} if person != APPLICANT else False:
            ages = [a for a in scene.ages if clause.start <= a.start < clause.end]
            owned = [a for a in ages if _age_owner(scene, a) == person]
            if owned:
                minor = owned[0].value < 18
            elif _MINOR.search(text):
                minor = True
            elif _GROWN.search(text):
                minor = False
        if _APART.search(text):
            cohabiting = False
        elif _TOGETHER.search(marked):
            cohabiting = True
    return minor, cohabiting


def _comes_along(
    scene: Scene, person: str, *, minor: bool | None, cohabiting: bool | None, applicant: str
) -> bool:
    if person == APPLICANT:
        return bool(re.search(rf"(?:带着?|带上){SELF}", scene.marked))
    if minor or cohabiting is not None:
        return True
    for clause in scene.typed.clauses:
        text = scene.typed.text[clause.start : clause.end]
        if not moves_along(text):
            continue
        inside = {m.person for m in scene.people.mentions if clause.start <= m.start < clause.end}
        if person in inside:
            return True
        index = scene.typed.clause_at(clause.start)
        if (
            index
            and person
            in {
                m.person
                for m in scene.people.mentions
                if scene.typed.clauses[index - 1].start <= m.start < clause.start
            }
            and not (inside - {APPLICANT})
        ):
            return bool(re.search("落户|迁|过来|户口|随", text))
    return applicant == APPLICANT and scene.roles.applicant == person and scene.roles.host is None
