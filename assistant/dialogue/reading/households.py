"""Where somebody's registration stands, and whether it can still stand there."""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene

_SEATS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (value, re.compile(words))
    for value, words in (
        ("人才机构集体户", r"(?:人才(?:市场|机构|交流中心|服务中心|服务机构|中心|公司)?|公共就业(?:和人才)?服务机构)(?:里|那边)?(?:的)?集体户"),
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
_ASKS_FOR = re.compile(r"挂靠|能|想|可以|要(?!是)|打算|准备|计划|希望|才")
_FAMILY = re.compile(
    r"(?:^|(?<=[，。是属于我])|户口|算)(?:现在|目前|本来|也|还|都|是|属于|为|的)*(?:城镇|农村|普通)?家庭户(?:口)?(?:的)?(?:成员)?(?!户?主|籍)"
)
_NOT_FAMILY = re.compile(
    r"户口(?:现在|目前|还)?(?:是|属于|还是|在|挂在)(?:的)?(?:单位|公司|学校|人才)?集体户|不是家庭户"
)
_LOST = (
    re.compile(r"(?:原|原来的?|现在的?|老|那边的?)?(?:户口)?(?:所在)?地址(?:已经|也|都|就|上)?(?:没法|不能|无法|不让|登记不了|办不了|挂不了|登不了)"),
    re.compile(r"(?<![没不])(?<!没有)(?:失去|丧失|丢)(?:了)?[^，。？]{0,8}登记条件|登记条件(?:也|都|就|已经)*(?:没了|没有了|丧失|失去|不存在|不具备)"),
    re.compile(r"(?:房子|老房|房屋|土地|宅基地|老宅|祖屋|房|地)(?:也|都|已经|全|就)*(?:被|给|让)?[^，。？]{0,4}?(?:拆迁|征收|征迁|征用|征地|拆(?=[，。？了掉]|$)|卖(?:了|掉)|判(?:给|她|他)|归(?:了)?(?:前|他|她)|产权转移|法拍)"),
    re.compile(r"户口(?:就|也|都|又)?(?:没|无)(?:有)?(?:地方?|处|法)(?:可以?|能)?(?:落|放|挂|去|登|上|迁|报)"),
)  # fmt: skip
_NOT_LOST = (
    re.compile(r"(?:房子?|老房|老宅|宅基地|房屋|地址)[^，。？]{0,6}?(?:没|未|没有)(?:被)?(?:拆|卖|征)(?:迁|掉|收|也?(?:没|未)(?:拆|卖|征))*(?!吗|的话)"),
    re.compile(r"(?:房子?|老房|老宅|房屋)(?:都|也|还|一直)*(?:好好的|在(?=[，。])|还在(?=[，。]))"),
)  # fmt: skip
_HOME = r"(?:合法(?:的)?)?(?:稳定)?(?:住所|住房|住处|房子|房产|地方住|居所|房(?!东|租|贷|屋租))"
_NO_OTHER = re.compile(
    rf"(?:没有?|无)(?:任何)?(?:其他|其它|别的|另外的?)(?:的)?{_HOME}|(?:[{HERE}]++)(?:这边|本地|当地|别处|其他地方|别的地方|这里)*(?:也|都|又|就)*(?:没有?|无)(?:什么|任何|其他|别的|自己)*(?:的)?{_HOME}"
)
_OTHER = re.compile(
    rf"(?<![没无])(?<!没有)(?:另外?(?:还)?有|还(?:另外)?有|别处有|有其他|有别的|有另外)[^，。？租{NEAR}{FAR}]{{0,8}}?{_HOME}"
)
_COLLECTIVE = re.compile(
    r"挂靠|挂(?=[在到社集]|户口)|集体户|没(?:有)?(?:地方?|处|法)(?:落|放|挂|去|登|上)|登记条件"
)


def read_households(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """The kind of household somebody is registered in, and what has become of its address."""
    yield from _seats(scene)
    text = scene.typed.text
    for name, value, patterns in (
        ("household.is_family", False, (_NOT_FAMILY,)),
        ("household.is_family", True, (_FAMILY,)),
        ("address.lost_conditions", False, _NOT_LOST),
        ("address.lost_conditions", True, _LOST),
    ):
        match = next((m for p in patterns for m in p.finditer(text)), None)
        item = match and plain_fact(scene, name, value, match.start(), match.end())
        if item:
            yield item
    if _COLLECTIVE.search(text):
        yield from _other_homes(scene)


def _seats(scene: Scene) -> Iterator[Found]:
    for value, pattern in _SEATS:
        for match in pattern.finditer(scene.typed.text):
            before = scene.before(match.start())
            stands = _STANDS.search(before)
            if stands is None or _ASKS_FOR.search(before):
                continue
            item = plain_fact(
                scene, "settled_at", value, match.start() - len(stands.group()), match.end()
            )
            if item is not None:
                yield item
                return


def _other_homes(scene: Scene) -> Iterator[Found]:
    for value, pattern in ((False, _NO_OTHER), (True, _OTHER)):
        for match in pattern.finditer(scene.marked):
            clause = scene.clause(match.start())
            marked = scene.marked[clause.start : match.end()]
            if re.search(f"[{NEAR}{FAR}]", marked) and HERE not in marked:
                continue
            item = plain_fact(scene, "home.legal_local", value, match.start(), match.end())
            if item is not None:
                yield item
                return
