"""Homes that somebody says they own: whose, of what kind, and whether it stands in town.

The rules ask for a home in town. A house in a village, a shop, a home not handed over yet, or one
in another city is no such home and says nothing of another; a home that nobody places is read
with doubt, so that it is asked about before anything is decided on it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.people import KIN, SELF
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.statements import of_whom_it_describes
from assistant.dialogue.reading.typed import Clause

_DWELLING = (
    r"商品住房|商品住宅|商品房|住宅|房产(?!证|局|本|权|交易)|房子|住房(?!公积|补贴|和城|城乡)|别墅|单元房|楼房|小区房|学区房|新房|二手房|产权房|自住房|自有房|"
    r"(?<=买)了?下?了?一套|(?<=买了)[一两二三]套|(?<=名下有)[一两二三]?套|公寓|期房|毛坯房|安置房|拆迁房|经济适用房|"
    r"房(?!东|租(?![的了着在住])|价|贷|管|产|本|屋租|屋中|屋登|型|客|间|主|号|地产|[子屋]?租赁|改|证|卡|友|顶|檐|展|展会|交会)"
)
_HOUSE = re.compile(_DWELLING)
_GETS = r"(?:买|购|购置|置|有|拥有|继承|分到?|按揭|全款|入手|盘下|名下|自己|自家|自有|自住|产权|自购|共有|合买)"
_OWNS = re.compile(
    rf"(?<![没未无想要]){_GETS}[^，。？]{{0,14}}?$|(?:留|判|传|送|赠|转|过户)给(?:了)?{SELF}++(?:的)?[^，。？]{{0,8}}?$|(?:^|(?<=[，。{SELF}{KIN}]))(?:自己|家里|家)?(?:在[^，。？]{{1,10}})?(?:的)?(?:一?套|两套)[^，。？]{{0,6}}$"
)
_OWNED = re.compile(
    rf"(?:{SELF}++|就|也|都|已经|是|早就)*(?:(?:过户|判|留|传|送|赠|转)(?:给|归|到)(?:了)?{SELF}++|归(?:了)?{SELF}++|(?:在)?{SELF}++(?:的)?名下|(?:的)?(?:那?个?)?(?:房产|产权)?证(?:上|书|本)?(?:面)?(?:就|也|都|写的|写着|写|有)*(?:是)?{SELF}++(?:一个人)?(?:的)?名|到手(?!价)|交房了|拿到手|买在|买的|买了|买好|买下|有(?:一?[套处间栋])?(?=[，。？]|$|了|的)|{SELF}+(?:们)?(?:自己)?的(?![父爸妈爷奶])|自己的|自家的|在[{SELF}{KIN}]+(?:们)?名下|写的?{SELF}|产权(?:也|都)?(?:是|归|在)?{SELF}|一套|在(?=[{HERE}]|城|市|县|镇|主城|街道))"
)
_HAS_NONE = re.compile(
    rf"(?:没有?|未(?=[买购拥有])|无(?=[自产任住房]|$)|尚未|还没(?:有)?|没能力|买不起|没钱)(?:买|购|购置|拥有|能买|置)?(?:过|到|得起|上|成|下)?"
    rf"(?:在|[{HERE}{NEAR}{FAR}]|自己的?|自有|自住|任何|什么|产权|[一两]?[套间处]|商品|城里|市区|城镇|的|个|新|可住)*$"
)
_NONE_AFTER = re.compile(
    r"(?:嘛|呢|啊|子|么)?(?:是|也|都|还|就|目前|暂时)*(?:没有?|没买|还没买|买不起)(?=[，。？]|$|的话|啊|呢|能|可|买)"
)
_RENTED = re.compile(r"租|借|暂住|房东|住着别人|公司的|单位的|厂里的|老板的|宿舍")
_TOWN = re.compile(
    r"城里|市里|市区|城区|城镇|县城|镇上|镇里|市中心|主城|老城|新城|街道|小区|商品房|商品住|住宅(?!用地)|单元房|学区房|城关|闹市"
)
_VILLAGE = re.compile(
    r"农村(?!户|人|来|的?户口|医|养老|出身)|乡下(?!人|来|户口)|村里|村上|村子|(?<!城中)村(?:的|里|上)?(?=[^，。？]{0,4}房)|自建|自己[盖造建]|[盖造建]了|宅基地|农民房|小产权|老家|老宅|祖屋|祖宅|山里|集体土地"
)
_RURAL_HOME = re.compile(
    r"(?:老家|农村|乡下|村里|山里)(?:的|那)?(?:老)?房(?!东)|房子?(?:是|就)?(?:在|盖在|建在)(?:老家|农村|乡下|村里)"
)
_OTHER_USE = re.compile(
    r"商铺|店面|店铺|门面|门市|写字楼|办公|车位|车库|厂房|仓库|储藏|商住|酒店式|公寓式|产权式|商业|loft"
)
_NOT_YET = re.compile(
    r"期房|没交[房付]|未交[房付]|没交楼|交房(?!了|过)|没过户|未过户|过户(?:还|没|中)|定金|认筹|摇号|网签|预售|预定|首付(?:还|刚)?(?:没|在凑|差)|没交付|尚未交付|明年[才]?交"
)
_SOLD = re.compile(
    r"卖(?:了|掉)|已卖|法拍|抵(?:债|掉)|过户给(?![我俺咱])|转给(?![我俺咱])|送给(?![我俺咱])|给了儿子|拆了|拆迁|征收|被拆"
)
_IN_DOUBT = re.compile(
    r"(?:镇上?|城里|城镇|城区|市区|县城|街道)(?:的)?(?:还是|或是|或者)(?:算|在|是)?(?:村里?|农村|乡下|乡里|郊区|集体)"
    r"|(?:村里?|农村|乡下)(?:的)?(?:还是|或是|或者)(?:算|在|是)?(?:镇|城|市区|街道)"
    r"|(?:算不算|是不是|属不属于)(?:在)?(?:城镇|城区|市区|城里|镇上)"
)
_COLLECTIVE = re.compile(r"挂靠|挂(?:到|在|进|去)?社区|社区[^，。？]{0,4}集体户|公共集体户")
"""Where a community's collective household is asked about, another home is one anywhere here."""
_BELONGS = re.compile(
    rf"(?P<who>{KIN}++)(?:的|家的?|名下的?|家里的?|单位的?)?(?:那|这)?(?:一?套|间|处)?(?:[^，。？{SELF}{KIN}]{{0,4}})$"
)
_NAMED = re.compile(
    rf"(?:(?:写|登记|落|挂)(?:的|在|了|着)*(?:是)?|(?<=房子)在|(?<=房)在)(?P<who>[{SELF}{KIN}]++)(?:的|个人|一个人的)?(?:名|一个)|(?<=是)(?P<also>{KIN}++)(?:的)?名(?:字|下)?"
)
_OF_OTHERS = re.compile(
    r"(?:房东|公司|单位|厂里|老板|亲戚|朋友|别人|人家|政府|学校)(?:家)?(?:的|给|提供|名下|分配|分)"
)
_GOES_ON = re.compile(
    r"(?:但是?|不过|可是?|可|就是|就|都|也|是|还)*(?:在|位于|过户|不动产|房产证|产权证|地址|小区|是|属于|买在|城|市|县|镇|房子|还没|没交|没过户|明年|年底|写|产权)"
)
_LEGAL_HOME = re.compile(
    r"(?:城镇|城区|市区|城里)[^，。？]{0,8}?合法(?:的)?(?:稳定|固定)(?:的)?住所"
)


def read_homes(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """The homes that are said to be somebody's own, and that somebody says to have none."""
    if _COLLECTIVE.search(scene.typed.text):
        return
    for match in _LEGAL_HOME.finditer(scene.typed.text):
        none = re.search("(?:没有?|无|未)[^，。？]{0,6}$", scene.before(match.start()))
        lacks = none or re.match(
            "(?:也|都|还|一直|从来)*(?:没有?|无)(?!问题)", scene.after(match.end())
        )
        lacks = lacks or re.search("没有?|再?无|不是", match.group())
        found = plain_fact(scene, _HOME, not lacks, match.start(), match.end())
        if found is not None:
            yield found
    yield from _not_one(scene)
    yield from _only_in_the_country(scene)
    taken = -1
    for match in _HOUSE.finditer(scene.marked):
        clause = scene.clause(match.start())
        if match.start() < taken or not clause.start <= match.start() < clause.end:
            continue
        found = _home(scene, match.start(), match.end())
        if found is not None:
            taken = found.end
            yield found
            yield from _deed_of(scene, found)


_DEED_TOO = re.compile(
    r"(?:房产|产权|不动产)?证(?:件)?(?:也|都|已经?|早就?|是|我)*(?:办好|办妥|办下来|下来了?|拿到|拿了|到手|齐全?|在手|办了|有了?)(?!吗|没|么)"
)


def _deed_of(scene: Scene, home: Found) -> Iterator[Found]:
    """继承了市区一套房，证办好了: the deed is of the home just told of."""
    index = scene.typed.clause_at(home.start) + 1
    for clause in scene.typed.clauses[index : index + 2]:
        match = _DEED_TOO.match(scene.typed.text, clause.start, clause.end)
        found = match and plain_fact(
            scene, "own.property_certificate", True, match.start(), match.end()
        )
        if found:
            yield replace(found, person=home.person, hedged=home.hedged or found.hedged)
            return


_NOT_ONE = re.compile(
    r"(?:一|半)(?:套|间|处|平米?|平方米?|方|寸|块(?:砖|瓦)|片瓦|厘)(?:房子?|住房)?(?:也|都)(?:没有?|无|没买)"
)


_NONE_IN_TOWN = re.compile(
    r"(?:城镇|城里|城区|市区|镇上|城里头)(?:这边|那边|里)?(?:都|也|又|倒|并|压根|根本)?(?:没有?|无)[^，。？]{0,6}(?:住所|住房|房产?|房子|地方住)"
)
_IN_THE_COUNTRY = re.compile(
    rf"(?:房子?|住房|老房|房产)(?:也|都|就|只)?(?:是)?(?:在|盖在|建在|买在)[{HERE}]*(?:的)?(?:农村|乡下|村里|村上)|(?:在)?[{HERE}]*(?:农村|乡下|村里)(?:的)?(?:有|是)?[^，。？]{{0,5}}(?:宅基地|自建)[^，。？]{{0,3}}房"
)


def _only_in_the_country(scene: Scene) -> Iterator[Found]:
    """父母房子在平湖农村: the only home told of stands in no town."""
    text = scene.typed.text
    if re.search("城|市区|小区|商品|街道|镇|租", _NONE_IN_TOWN.sub("", text)):
        return
    of_homes = re.search("投靠|自有住?房|凭房", text) is not None
    for match in _IN_THE_COUNTRY.finditer(scene.marked):
        found = plain_fact(scene, _HOME, False, match.start(), match.end())
        if found is not None:
            owner = _owner(scene, scene.clause(match.start()).start, match.start(), match.start())
            if owner or of_homes:
                yield replace(found, person=owner) if owner else found


def _not_one(scene: Scene) -> Iterator[Found]:
    """房子买在杭州，嘉兴这边一套也没有: what there is none of was named before."""
    for match in _NOT_ONE.finditer(scene.typed.text):
        clause = scene.clause(match.start())
        marked = scene.marked[clause.start : clause.end]
        elsewhere = re.search(f"[{NEAR}{FAR}]", marked) and HERE not in marked
        if elsewhere or not re.search("房|住所", scene.typed.text[: match.end()]):
            continue
        found = plain_fact(scene, _HOME, False, match.start(), match.end())
        if found is not None:
            yield found


_HOME = "own.urban_home"
_CHANNEL = re.compile(
    r"[」”》\"]|(?:这|那)(?:一)?(?:条|个|项|种|款)|落户|上户|入户|迁户|(?:的)?(?:政策|渠道|规定|条件|途径)"
)
"""「自有住房」这条, 买房落户: a way to settle is named, not a home."""


_BY_THAT_WAY = re.compile(
    r"(?:按|走|照|以|通过|申请)(?:着|照)?自有$|(?:凭|靠|按|以|用|走)(?:着|照)?(?:自己)?(?:名下)?(?:有|买|购)(?:了|过)?$"
)
"""按自有住房能落户吗, 凭有房能落户不: so again."""


_BY_HOME = re.compile(
    r"(?:^|[^我俺咱的])(?:凭|靠|按|以|用|走)(?:着|照)?$|^(?:凭|靠|按|以|用|走)(?:着|照)?$"
)
_SETTLING = re.compile("落户|上户|入户|迁|户口")
"""凭住房在嘉兴落户行不: so too."""


def _home(scene: Scene, start: int, end: int) -> Found | None:
    clause = scene.clause(start)
    before, after = scene.marked[clause.start : start], scene.marked[end : clause.end]
    none = _HAS_NONE.search(before)
    lacks = _NONE_AFTER.match(after)
    if none is not None or lacks is not None:
        begin = clause.start + none.start() if none else start
        return _without(scene, begin, end + (lacks.end() if lacks else 0), before)
    owns = _OWNS.search(before)
    owned = _OWNED.match(after)
    if _CHANNEL.match(after) or _BY_THAT_WAY.search(before):
        return None
    if _BY_HOME.search(before) and _SETTLING.search(after):
        return None
    named = _is_in_my_name(scene, clause) if not after and owned is None else False
    bought = named or _bought_before(scene, start, before)
    if (owns is None and owned is None and not bought) or re.search(
        "没买|没有买|没下手|还没定", after
    ):
        return None
    begin = clause.start + owns.start() if owns else start
    finish = end + owned.end() if owned and owns is None else end
    around = before[-16:] + after[:6]
    if _RENTED.search(around) and not re.search("买|名下|产权", before):
        return None
    site = _site(scene, start)
    if site is None or _OF_OTHERS.search(before):
        return None
    found = plain_fact(scene, _HOME, True, begin, finish)
    if found is None:
        return None
    deed = _NAMED.search(scene.marked, start)
    if deed and deed["also"] and not (scene.roles.host or named):
        return None  # 有套房，是我爸的名字: no home of whoever would move
    owner = _owner(scene, clause.start, start, end)
    if named or _GIVEN_TO_ME.search(scene.marked[begin:finish]):
        owner = APPLICANT
    found = replace(found, end=end) if owns and found.end < end else found
    placed = replace(found, hedged=found.hedged or not site)
    return replace(placed, person=owner) if owner else of_whom_it_describes(scene, placed)


_GIVEN_TO_ME = re.compile(
    rf"证(?:上|书|本)?[^，。？]{{0,5}}{SELF}++|(?:(?:过户|判|留|传|送|赠|转)(?:给|归|到)|归|在)(?:了)?{SELF}|^{SELF}++(?:也|都|是)*有|(?<!^){SELF}++有$"
)
"""市区那套房判给我了, 房子我有: whose home it is now."""


_MY_NAME = re.compile(rf"(?:就|也|都)?(?:是|写的?|写着)?{SELF}++(?:一个人)?(?:的)?名(?:字|下)?")


def _is_in_my_name(scene: Scene, clause: Clause) -> bool:
    """城里的房子，我名字: whose it is stands in the next clause."""
    index = scene.typed.clause_at(clause.start) + 1
    if clause.stop != "，" or index >= len(scene.typed.clauses):
        return False
    following = scene.typed.clauses[index]
    return _MY_NAME.match(scene.marked, following.start, following.end) is not None


_BOUGHT = re.compile(r"(?:全款|按揭|贷款|自己|自家|去年|今年|前年|是|我)*买的$")
_BARE_HOME = re.compile(f"[{HERE}]*[^，。？没未租]{{0,6}}$")


def _bought_before(scene: Scene, start: int, before: str) -> bool:
    """我全款买的，市中心商品房: the verb stands in the clause before."""
    index = scene.typed.clause_at(start)
    if not index or not _BARE_HOME.fullmatch(before):
        return False
    earlier = scene.typed.clauses[index - 1]
    return _BOUGHT.search(scene.typed.text[earlier.start : earlier.end]) is not None


def _without(scene: Scene, begin: int, end: int, before: str) -> Found | None:
    """没有房: none at all; 没有商铺 or 在老家没有房 say nothing of a home here."""
    if _OTHER_USE.search(before) or (re.search(f"[{NEAR}{FAR}]", before) and HERE not in before):
        return None
    if _VILLAGE.search(scene.typed.text[begin:end]):
        return None
    return plain_fact(scene, _HOME, False, begin, end)


def _site(scene: Scene, start: int) -> bool | None:
    """True: a home in town; False: nobody says where or what; None: no such home."""
    text = scene.typed.text
    index = scene.typed.clause_at(start)
    clause = scene.typed.clauses[index]
    own = text[clause.start : clause.end]
    marked = scene.marked[clause.start : clause.end]
    told = own
    for following in scene.typed.clauses[index + 1 : index + 3]:
        words = text[following.start : following.end]
        if not _GOES_ON.match(words):
            break
        told += "，" + words
        marked += "，" + scene.marked[following.start : following.end]
    place = re.findall(f"[{HERE}{NEAR}{FAR}]", marked)
    if place and HERE not in place:
        return None
    if (
        _OTHER_USE.search(told)
        or _NOT_YET.search(told)
        or _SOLD.search(told)
        or _IN_DOUBT.search(text)
    ):
        return None
    near = own[max(0, start - clause.start - 10) : start - clause.start + 6]
    if _VILLAGE.search(near) or (_VILLAGE.search(told) and not _TOWN.search(told)):
        return None
    if _TOWN.search(told):
        return True
    if _RURAL_HOME.search(text, 0, start):
        return None
    earlier = scene.typed.clauses[max(0, index - 1)]
    return bool(index and re.search("城里|市区|城区|城镇|县城", text[earlier.start : clause.start]))


_TOOK_OVER = re.compile(
    rf"(?:继承|接手|买下|接过)(?:了|过)?{KIN}++(?:的|家的?|在)?[^，。？]{{0,6}}$"
)
"""继承了爸妈市区一套房: once theirs, and now of whoever took it over."""
_WE_TWO = re.compile(
    rf"{SELF}++(?:跟|和|与){KIN}++(?:的|俩|两个|共同|一起|共有|合买|在[^，。？]{{0,4}})*$"
)
"""我跟她妈房子在市区: the home of the one who writes, as much as of whom they name."""


def _owner(scene: Scene, clause_start: int, start: int, end: int) -> str | None:
    """Whom the words name as the owner: 我哥的房子, 写的我妈名字."""
    named = _NAMED.search(scene.marked, start)
    if named is not None and scene.typed.clause_at(named.start()) - scene.typed.clause_at(end) <= 1:
        return scene.people.at(named.start("who" if named["who"] else "also"))
    if _WE_TWO.search(scene.marked[clause_start:start]):
        return APPLICANT
    if _TOOK_OVER.search(scene.marked[clause_start:start]):
        return None
    owner = _BELONGS.search(scene.marked[clause_start:start])
    return scene.people.at(clause_start + owner.start("who")) if owner else None


def read_deeds(scene: Scene, found: Found, homes: list[Found]) -> Found | None:
    """A deed counts as one of a home in town where such a home is told; else it is asked about."""
    if not found.value:
        return found
    clause = scene.clause(found.start)
    words = scene.typed.text[clause.start : clause.end]
    if _VILLAGE.search(words) or _OTHER_USE.search(scene.typed.text) or "房东" in words:
        return None
    marked = scene.marked[clause.start : clause.end]
    if re.search(f"[{NEAR}{FAR}]", marked) and HERE not in marked:
        return None
    same = [h for h in homes if h.value and h.person == found.person]
    if _VILLAGE.search(scene.typed.text) and not same:
        return None
    sure = any(not h.hedged for h in same) or _TOWN.search(words) is not None
    return found if sure else replace(found, hedged=True)
