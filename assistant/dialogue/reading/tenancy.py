"""Flats that somebody rents: of which kind the flat is, and that it is rented at all.

The kind may stand with the renting (租的商品房), before it (商品房，我租着), after it, or some
clauses on (房东租给我的，…，商品房). A kind is of the flat that is rented unless its own clause
speaks of buying or owning. What the texts leave open (公租房, 安置房, 宿舍, 公寓) tells nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.people import KIN, NODES
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.typed import Clause

_FACT = "rent.is_urban_commodity_housing"
_RENTS = re.compile(
    r"(?<![公廉出退])租(?!赁(?:落户|市场|办法|政策)|房(?:子)?(?:来|能|可以)?(?:落|上户|入户|迁|转)|金|车|摊|铺|个?店|办公|约(?!的)|房协议)"
    r"|房租|租金|房东|出租[屋房](?!东)|付(?:着)?房[租钱]"
)
_TO_SETTLE = re.compile(
    r"租赁落户|租房(?:子)?(?:来|能|可以|想|要|去|也)*(?:落|上户|入户|迁|转)|租赁这(?:条|个)"
)
_DENIES_RENT = re.compile(
    r"(?:没有?|不|未|没在|并非|不是|不用|不想|不再|别)(?:去|再|有|在|是|打算|给|付|交|收|要|用)?(?:过|着)?$"
)
_KINDS = re.compile(
    r"(?P<yes>商品(?:性)?(?:住)?房|商品住宅)"
    r"|(?P<no>(?:房东|房主|东家)(?:就|也)?(?:是|为)(?:个|位)?[^，。？]{0,4}(?:农户|农民|村民|老乡|村里人)|(?:农户|村民|老乡|农民)(?:家)?(?:里)?(?:的)?[^，。？]{0,4}?(?:平房|瓦房|楼房|房间|房子?|屋|楼)"
    r"|(?:房子?|住处|地方|租)(?:就|也|都)?(?:是|在|到|的是)(?:个)?(?:农村|乡下|村里头?|村子里?|村上)(?:的)?(?=[，。？]|$)|(?:农村|乡下|村里头?|村上)(?:的)?[^，。？]{0,5}?(?:平房|瓦房|小院|院子)"
    r"|农民(?:自建|自己盖的|自己造的)?(?:的)?(?:房|楼)|(?<!居)民房|农家(?:小)?院|农家房|自建房|农村(?:的|里的|自建)?(?:老)?房|乡下(?:的|那种)?(?:老)?房|小产权(?:的)?房?|村里(?:头|面)?(?:的|人家的|人的|农民的|老乡的)?(?:老)?房"
    r"|(?:农民|村民|老乡|当地人|本地人|人家|房东)(?:自己|自家)(?:的)?[盖造建][^，。？]{0,4}(?:房|楼)|商铺|店面|店铺|门面|门市|厂房|仓库|车库|写字楼|办公楼)"
    r"|(?P<likely>小区(?:里|内|里头|里边|里面)?(?:的)?(?:房|套|一套|两|一间|单元)|住宅小区|居民小区|居民楼|单元房|电梯房|(?:花园|苑|公馆|新村|家园|名邸|府|里)小区)"
)
_BUYS = re.compile(r"[买购卖]|名下|自有|自己的|自家|产权(?:是|归|在)?(?:我|自)|按揭|首付|房贷|继承")
_DENIED = re.compile(r"(?:不是|并非|不算|算不上|非|不属于|没有?|不住|没住)[^，。？]{0,4}$")
_OPEN = re.compile(
    r"是不是|算不算|是否|要不要|必须|需要|要求|非得|一定要|有没有|什么|哪种|才(?=能|可以|算|行)|想(?!问|咨询|了解|知道|请教)|打算|准备|要是|如果"
)
_NOT_A_HOME = re.compile(
    r"(?:[，。？]?(?:才|吗|还是|落户|买|算(?!是)|之外|以外|怎么|什么|能不能|行不行|均价|多少钱|开发|公积金))"
)
_EMPLOYERS = re.compile(
    r"(?:公司|单位|厂里?|工厂|老板|学校|部队|企业)(?:那边|们)?(?:统一|出面|出钱|给|帮|替)*(?:我们?|大家|员工|职工)*$"
)
_OTHERS_HOME = re.compile(
    rf"(?:亲戚|朋友|同学|{KIN}+)(?:家)?(?:的)?(?:那套|那个|在[^，。？]{{1,6}}的)?$"
)
_STRANGERS = re.compile("(?:人家|别人)(?:家)?(?:的)?$")
"""住着人家的商品房，每月给租金: what is somebody's is what one rents."""
_RENTS_NONE = re.compile(
    r"不是租(?:房|来)?的(?=[，。？]|$|是买|是自)|(?:没有?|没在|并没有?|也没有?)(?:在[^，。？]{1,4})?租(?:过)?(?:别人的|人家的|着|住)?(?:房子?|住房|商品房|住|(?=[，。？]|$))(?!落户|合同|协议)"
)
"""没租房, 住宿舍: what is not rented is no flat that is."""
_REACH = 3  # clauses


def read_tenancies(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """The kind of the flat that is rented; once for each person."""
    text = scene.typed.text
    rents = [m.start() for m in _RENTS.finditer(text) if _is_told(scene, m.start())]
    to_settle = _TO_SETTLE.search(text)
    none = None if rents else _RENTS_NONE.search(text)
    denied = none and plain_fact(scene, _FACT, False, none.start(), none.end())
    if denied:
        yield denied
    surest: dict[tuple[str, bool], Found] = {}  # 城里小区的商品房 is surely one
    for match in _KINDS.finditer(text):
        found = _tenancy(scene, match, rents, to_settle is not None)
        if found is None:
            continue
        known = surest.setdefault((found.person, bool(found.value)), found)
        if known.hedged and not found.hedged:
            surest[found.person, bool(found.value)] = found
    yield from surest.values()


def _is_told(scene: Scene, start: int) -> bool:
    before = scene.before(start)
    return not _DENIES_RENT.search(before) and not re.search(
        "收$|出$|转$|招$|以前|之前|原来|曾", before[-6:]
    )


def _tenancy(scene: Scene, match: re.Match[str], rents: list[int], to_settle: bool) -> Found | None:
    start, end = match.span()
    clause = scene.clause(start)
    text = scene.typed.text
    before, after = text[clause.start : start], text[end : clause.end]
    kind = str(match.lastgroup)
    inside = [at for at in rents if clause.start <= at < clause.end]
    denied = _DENIED.search(before) is not None
    if _BUYS.search(before + after) and not _is_nearer(before, after):
        return None
    if not inside and not (_is_near(scene, start, end, rents) or (to_settle and kind == "yes")):
        return None
    if _OPEN.search(before + match.group()) or _NOT_A_HOME.match(after):
        return None
    if "租" in before and _EMPLOYERS.search(before.split("租")[0]):
        return None
    owned = _OTHERS_HOME.search(scene.marked[clause.start : start])
    if re.match("(?:是|由|都)*(?:单位|公司|厂里?|老板|学校)[^，。？]{0,3}租", after):
        return None  # 商品房是单位租的
    if not inside and owned and not _STRANGERS.search(before):
        return None
    if denied and kind != "yes":
        return None
    if denied and re.search("没有?$|没有?租|没租", before):
        return None  # 没有租商品房
    value = (kind != "no") is not denied
    marked = scene.marked[clause.start : end]
    if value and re.search(f"[{NEAR}{FAR}]", marked) and HERE not in marked:
        return None  # a flat in another city
    if value and re.match(f"(?:就|都|是)*(?:在|位于)[{NEAR}{FAR}]", scene.marked[end : clause.end]):
        return plain_fact(scene, _FACT, False, start, clause.end)
    if value and _is_elsewhere(scene, clause):
        return plain_fact(scene, _FACT, False, start, end)
    begin = clause.start + min(
        (at - clause.start for at in inside if at < start), default=len(before)
    )
    found = (
        plain_fact(scene, _FACT, value, min(begin, start), end)
        if not denied
        else (plain_fact(scene, _FACT, False, start, end))
    )
    if found is None:
        return None
    if NODES.get(found.person) == "其他":  # 老乡家的房，我租着: of whoever rents
        at = min(rents, key=lambda rent: abs(rent - start), default=start)
        found = replace(found, person=scene.person_at(at))
    return replace(found, hedged=found.hedged or kind == "likely")


def _is_elsewhere(scene: Scene, clause: Clause) -> bool:
    """租的商品房，但房子在湖州: where it stands is told in what follows."""
    index = scene.typed.clause_at(clause.start) + 1
    if index < len(scene.typed.clauses):
        following = scene.typed.clauses[index]
        marked = scene.marked[following.start : following.end]
        placed = re.match(f"(?:就|都|是|但|不过)*在[{NEAR}{FAR}]", marked) and HERE not in marked
        if placed and not re.search("登|班|工作|打工|读|交|缴|办", marked):
            return True  # 租来的商品房，在苏州吴江
    return any(
        re.search(
            f"(?:^|但是?|不过|可是?|可|就是|只是)(?:那?个?房子?|住处|地方)(?:就|是|都)*(?:在|位于)[{NEAR}{FAR}]",
            scene.marked[c.start : c.end],
        )
        for c in scene.typed.clauses[index : index + 2]
    )


def _is_nearer(before: str, after: str) -> bool:
    """没买房租的商品房: the last verb before the flat is of renting."""
    last = max((m.end() for m in _BUYS.finditer(before)), default=-1)
    rent = max((m.end() for m in re.finditer("租", before)), default=-1)
    return rent > last and not _BUYS.search(after)


def _is_near(scene: Scene, position: int, end: int, rents: list[int]) -> bool:
    """Whether renting is spoken of some clauses off, by the same person, with no home bought between."""
    index = scene.typed.clause_at(position)
    for at in rents:
        other = scene.typed.clause_at(at)
        if abs(other - index) > _REACH:
            continue
        low, high = sorted((index, other))
        clauses = scene.typed.clauses[low : high + 1]
        words = scene.typed.text[clauses[0].start : clauses[-1].end]
        kind = scene.typed.text[position:end]
        if _BUYS.search(words.replace(kind, "")) and not re.search("[没不未](?:有)?[买购]", words):
            continue
        if scene.person_at(at) == scene.person_at(position) or not scene.person_at(position):
            return True
    return False
