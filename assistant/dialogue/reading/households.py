"""Where somebody's registration stands, and whether it can still stand there."""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene

_SEATS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (value, re.compile(words))
    for value, words in (
        ("人才机构集体户", r"(?:人才(?:市场|机构|交流中心|服务中心|服务机构|中心|公司)?|公共就业(?:和人才)?服务机构)(?:里|那边)?(?:的)?集体户|人才(?:市场|交流中心|服务中心|中心|服务机构)(?=[，。？]|$|里|那边|上)"),
        ("社区集体户", r"(?:社区|居委会?|村)(?:公共)?(?:的)?集体户|公共集体户"),
        ("单位集体户", r"(?:单位|公司|厂里?|工厂|学校|企业|医院)(?:里|那边)?(?:的)?集体户"),
        ("亲友处", r"(?:亲戚|亲友|朋友|同学|同事|战友|叔叔|舅舅|姑姑|阿姨|姨妈|表[哥姐弟妹]|堂[哥姐弟妹])(?:的)?(?:家里?|那里?|那边|处|户口?上?|房子?上?|这里?)"),
        ("自有房", r"自(?:己|家)(?:的|买的|买)?(?:(?:商品|新|住)?房(?!东)|家|名下)"),
    )
)  # fmt: skip
_STANDS = re.compile(
    r"(?:户口|户籍|户|人|落户)[^，。？]{0,8}?(?:挂|落|放|迁|转|是|在|上|进|存)(?:的|在|到|是|进|了|着)*(?:我们?)?(?:的|当地|本地|嘉兴|[\ue001\ue011\ue012])*$"
    r"|(?:已经?|现在|早就)?(?:落户?|挂靠?|迁)(?:在|到|进|了)+(?:我们?)?(?:的|当地|本地|[\ue001\ue011\ue012])*$|(?:已经?|现在)(?:在|到)(?:我们?)?(?:的|当地)*$"
)
_NOT_THERE = re.compile(r"(?:不|没)(?:是|在|挂在|落在)?(?:我们?|什么|任何|哪个)?$")
"""户口不在亲友那儿."""
_HOLDS = re.compile(
    r"(?:上|里|里头|那里|那边)?(?:一直|现在|目前|还|已经)*(?:挂|落|放|存|有|是)(?:着|了|的是)?(?:我|本人)(?:的)?(?:户口|户籍)"
)
"""公司集体户上挂着我的户口."""
_ASKS_FOR = re.compile(r"挂靠|能|想|可以|要(?!是)|打算|准备|计划|希望|才")
_FAMILY = re.compile(
    r"(?:^|(?<=[，。是属于我成])|户口|算|转[成为])(?:现在|目前|本来|也|还|都|是|属于|为|的|已经|早就|已)*(?:城镇|农村|普通)?家庭户(?:口)?(?:的)?(?:成员)?(?!户?主|籍)"
)
_NOT_FAMILY = re.compile(
    r"户口(?:现在|目前|还)?(?:是|属于|还是|在|挂在)(?:的)?(?:单位|公司|学校|人才)?集体户|不是家庭户"
)
_IN_COLLECTIVE = re.compile(
    r"户口(?:原先|原来|本来|一直|就|现在|目前|还|都)*(?:是|属于|还是|在|挂在|落在)(?:的)?(?:单位|公司|学校|厂里?|工厂|企业)?(?:的)?集体户|(?:单位|公司|学校|厂里?)(?:的)?集体户(?:上|里)?(?:的)(?:人|成员|户口)"
)
_LOST = (
    re.compile(r"(?:原|原来的?|现在的?|老|那边的?)?(?:户口)?(?:所在)?地址(?:已经|也|都|就|上)?(?:没法|不能|无法|不让|登记不了|办不了|挂不了|登不了)"),
    re.compile(r"(?<![没不])(?<!没有)(?:失去|丧失|丢)(?:了)?[^，。？]{0,8}登记条件|登记条件(?:也|都|就|已经)*(?:没了|没有了|丧失|失去|不存在|不具备)"),
    re.compile(r"(?:房子|老房|房屋|土地|宅基地|老宅|祖屋|房|地)(?:也|都|已经|全|就)*(?:被|给|让)?[^，。？]{0,4}?(?:拆迁|征收|征迁|征用|征地|拆(?=[，。？了掉]|$)|卖(?:了|掉)|判(?:给|她|他)|归(?:了)?(?:前|他|她)|产权转移|法拍)"),
    re.compile(r"户口(?:就|也|都|又)?(?:没|无)(?:有)?(?:地方?|处|法)(?:可以?|能)?(?:落|放|挂|去|登|上|迁|报)"),
)  # fmt: skip
_EVENT = re.compile(
    r"(?:拆迁?|征(?:收|迁|用|地)?(?=把|将)|征(?:收|迁|用|地)?|卖|转(?!让给我|户|为|成)(?:让|走|移|掉)?|过户|判|抵债|法拍|拍卖|收(?:走|回)|易主|分割|归)(?:掉|走|完|光)?(?:了|给|(?=[，。？也都把将]|$))|(?:已|被)(?:经|给|全部)?(?:拆|征|卖|收|判|转)"
)
"""What takes a home away: 拆了, 卖掉了, 被征收, 判给前妻, 产权一转."""
_PROPERTY = re.compile(r"征地|一片|房|屋|宅|楼|土地|地(?=也|都|被|给|征|收)|厂子|产权|院子|老家那")
_AFTER = re.compile(
    r"(?:地址|户口地址|门牌|登记地)[^，。？]{0,6}(?:没了|没有了|不在了|不作数|作废|不存在|失效|没法|不能|登不了|用不了|注销)|户口[^，。？]{0,6}(?:没(?:有)?(?:地方?|处|法|着落)|没处|不作数|悬着|悬空|空挂|没着落|落不住|留不住|待不住)|没(?:有)?(?:地方|处|法子?)(?:落|放|挂|搁|安)(?:户口?)?"
)
"""What became of the registration there."""
_STAYS = re.compile(
    r"(?:了|都|也|就)*还没(?:拆|征|卖|搬)|没(?:有)?(?:被)?(?:拆|征|卖|失去|丧失)|未(?:被)?(?:拆|征|卖|失去)|还在住|好好的|不拆|没丢"
)
_NOT_YET_LOST = re.compile("(?:快?要|将要?|马上|准备|即将|听说)[^，。？]{0,3}(?:被|给)?(?:拆|征)")
"""土地要被征收了还没征: nothing is lost so far."""
_NOT_LOST = (
    re.compile(r"(?:房子?|老房|老宅|宅基地|房屋|地址)[^，。？]{0,6}?(?:没|未|没有)(?:被)?(?:拆|卖|征)(?:迁|掉|收|也?(?:没|未)(?:拆|卖|征))*(?!吗|的话)"),
    re.compile(r"(?:房子?|老房|老宅|房屋)(?:都|也|还|一直)*(?:好好的|在(?=[，。])|还在(?=[，。]))"),
)  # fmt: skip
_HOME = r"(?:合法(?:的)?)?(?:稳定|固定)?(?:的)?(?:合法)?(?:住所|住房|住处|房子|房产|地方住|居所|房(?!东|租|贷|屋租))"
_NO_HOME = re.compile(
    rf"(?<![差免])(?:没有?|再?无)(?:任何|其他|其它|别的|另外的?|第二[处套个间]|什么|自己的?|一[套间处]|可住|[{HERE}]++|的)*{_HOME}(?![^，。？]{{0,3}}(?:要求|限制))"
    rf"|(?:住所|房子|住处|房)(?:也|都|又|就)*(?:没有|没了|全没了)(?=[，。？]|$)"
)
_NO_OTHER = re.compile(
    r"(?:没有?|再?无)(?:任何)?(?:其他|其它|别的|另外的?|第二[处套个间])(?:的)?合法(?:的)?(?:稳定)?(?:住所|住房|住处)"
    r"|(?:本地|当地|这里|这边|嘉兴|[\ue001]+)[^，。？]{0,6}(?:没有?|再?无)(?:任何|什么)?合法(?:的)?(?:稳定)?(?:住所|住房|住处)"
    r"|合法(?:的)?(?:稳定)?(?:住所|住房|住处)(?:也|都)没有?"
)
_OTHER = re.compile(
    rf"(?<![没无])(?<!没有)(?:另外?(?:还)?有|还(?:另外)?有|别处有|有其他|有别的|有另外)[^，。？租{NEAR}{FAR}]{{0,8}}?{_HOME}"
)
_RESETTLED = re.compile(
    rf"(?<![没未])(?:安置房|新房|拆迁房|回迁房|补偿的?房)(?:也|都|早就?|已经?|就|是|在[^，。？]{{1,4}})*(?:拿到|到手|分到|交付|下来|拿了|分了|交房|住进)(?!没|吗|之?前)|(?:已经?|都|早就?)(?:拿到|分到|住进|搬进)了?[^，。？{NEAR}{FAR}]{{0,3}}(?:安置房|新房|拆迁房|回迁房)"
)
"""老房征收，安置房早拿到了: the home that came in place of the one that went."""
_COLLECTIVE = re.compile(
    r"挂靠|挂(?=[在到社集]|户口)|集体户|没(?:有)?(?:地方?|处|法)(?:落|放|挂|去|登|上)|登记条件"
)


_RURAL_SEAT = re.compile(
    r"(?:不是|并非|不算|不属于)(?:城镇|城区|市区|城里)(?:的)?(?:家庭)?户|(?:农村|乡下|村里|农业)(?:的)?(?:那种)?(?:家庭)?户(?!头|主)(?:口|籍)?(?!来|政策)|户口(?:也|还|都|就|现在|一直)*(?:是|在|落在|属于)[^，。？]{0,6}?(?:农村|乡下|村里|村子|山里)(?!信用)"
)
_URBAN_SEAT = re.compile(
    r"(?<!不是)(?<!不在)(?:城镇|城区|市区|城里)(?:的)?(?:居民|家庭)?户口|户口(?:也|还|都|就|现在|一直)*(?:是|在|落在|属于)[^，。？不非]{0,6}?(?:城镇|城区|市区|城里|街道|市中心|主城)(?!农村|乡)"
)


_VILLAGE = r"(?:农村|乡下|乡里|乡村|村里|村上|村头|村子(?:里)?|山里)(?!信用|商业|来|政策|医)"
_RURAL_HOME = re.compile(
    rf"(?<![老娘])(?:家|家里|我们|[他她]|房子?|住)(?:也|就|都|还|一直|现在)*(?:在|是|住)[^，。？]{{0,8}}?{_VILLAGE}"
    rf"|(?:^|(?<=[，。\ue011\ue012]))(?:住|在)+{_VILLAGE}|{_VILLAGE}(?:的)?(?:自建)?(?:户主|房|宅|老宅|屋)|宅基地"
)
"""我家在乡下，我是户主: the household is a rural one, wherever it says so."""


def _areas(scene: Scene) -> Iterator[Found]:
    """Whether somebody's registration stands in town: asked of the one who is joined."""
    rural = (_RURAL_SEAT, _RURAL_HOME) if "户主" in scene.typed.text else (_RURAL_SEAT,)
    for value, pattern in (*((False, p) for p in rural), (True, _URBAN_SEAT)):
        for match in pattern.finditer(scene.marked if pattern is _RURAL_HOME else scene.typed.text):
            item = plain_fact(scene, "host.in_urban_area", value, match.start(), match.end())
            if item is not None:
                yield item


def read_households(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """The kind of household somebody is registered in, and what has become of its address."""
    yield from _seats(scene)
    lost = list(_lost(scene))
    yield from lost
    yield from _areas(scene)
    text = scene.typed.text
    for name, value, patterns in (
        ("household.is_family", False, (_NOT_FAMILY, _IN_COLLECTIVE) if lost else (_NOT_FAMILY,)),
        ("household.is_family", True, (_FAMILY,)),
    ):
        match = next((m for p in patterns for m in p.finditer(text)), None)
        item = match and plain_fact(scene, name, value, match.start(), match.end())
        if item:
            yield item
    yield from _other_homes(scene, ((False, _NO_OTHER),))
    if lost:
        yield from _other_homes(scene, ((True, _RESETTLED),))
    yield from _other_homes(scene, ((True, _OTHER),))
    if _COLLECTIVE.search(text):
        yield from _other_homes(scene, ((False, _NO_HOME),))


def _lost(scene: Scene) -> Iterator[Found]:
    """Whether the address can still hold a registration: by what befell the home, or came of it."""
    text = scene.typed.text
    match = next((m for p in _NOT_LOST for m in p.finditer(text)), None) or (
        re.search(r"(?:没(?:有)?|未)(?:失去|丧失|丢掉?)[^，。？]{0,8}登记条件", text)
    )
    item = match and plain_fact(scene, "address.lost_conditions", False, match.start(), match.end())
    if item:
        yield item
        return
    for pattern in _LOST:
        for match in pattern.finditer(text):
            if _NOT_YET_LOST.search(scene.before(match.end())) or _STAYS.match(
                scene.after(match.end())
            ):
                continue
            item = plain_fact(scene, "address.lost_conditions", True, match.start(), match.end())
            if item:
                yield item
                return
    if not _COLLECTIVE.search(text):
        return
    for clause in scene.typed.clauses:
        words = text[clause.start : clause.end]
        event = _EVENT.search(words)
        befell = event and _PROPERTY.search(words) and not _STAYS.search(words)
        after = _AFTER.search(words)
        for found in (event if befell else None, after):
            if found is None:
                continue
            start, end = clause.start + found.start(), clause.start + found.end()
            item = plain_fact(scene, "address.lost_conditions", True, start, end)
            if item:
                yield item
                return


def _seats(scene: Scene) -> Iterator[Found]:
    for value, pattern in _SEATS:
        for match in pattern.finditer(scene.typed.text):
            before, after = scene.before(match.start()), scene.after(match.end())
            if _NOT_THERE.search(before):
                continue
            stands, holds = _STANDS.search(before), _HOLDS.match(after)
            if (stands is None and holds is None) or _ASKS_FOR.search(before):
                continue
            begin = match.start() - (len(stands.group()) if stands else 0)
            end = match.end() + (holds.end() if holds and stands is None else 0)
            item = plain_fact(scene, "settled_at", value, begin, end)
            if item is not None:
                yield item
                return


def _names_elsewhere(scene: Scene, start: int, end: int) -> bool:
    """Whether a place outside the city is named there; 那边 alone is none."""
    named = (p for p in scene.places if p.place is not None and start <= p.start < end)
    return any(p.nearness != HERE for p in named)


def _other_homes(
    scene: Scene, readers: tuple[tuple[bool, re.Pattern[str]], ...]
) -> Iterator[Found]:
    for value, pattern in readers:
        for match in pattern.finditer(scene.marked):
            clause = scene.clause(match.start())
            marked = scene.marked[clause.start : match.end()]
            away = re.search(f"[{NEAR}{FAR}]", marked) is not None and HERE not in marked
            if away and (not value or _names_elsewhere(scene, clause.start, match.end())):
                continue
            item = plain_fact(
                scene,
                "home.legal_local",
                value,
                match.start(),
                match.end(),
                # which home is gone: any, or that one; which place 那边 is
                hedged=away or match.group().endswith("没了"),
            )
            if item is not None:
                yield item
                return
