"""Residence permits: where they were issued, whether they are valid; and where the employer is."""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import HOW, Found, plain_fact
from assistant.dialogue.reading.people import SELF
from assistant.dialogue.reading.places import FAR, HERE, NEAR, PlaceSaid, Surroundings
from assistant.dialogue.reading.scene import Scene

_A = f"[{HERE}{NEAR}{FAR}]++"


_ISSUED = (
    re.compile(
        rf"(?P<place>{_A})(?:市|那边|这边|省)?(?:(?:公安)?分局|公安局?|派出所|公安机关)?(?:那边)?(?:的|给|{SELF}|所|发|办|签|颁|领|拿|申|出|下|理|放)*(?:了|过|来)*的?(?:一张|张)?(?:有效(?:的)?)?《?(?:浙江省?)?(?<!临时)居住证(?!转|政策|条例|制度|办理|申领)"
    ),
    re.compile(
        rf"居住证(?:是|也是|在|由|是在|是由|是从)+(?P<place>{_A})(?:市)?(?:(?:公安)?分局|公安局?|派出所|公安机关|那边)?(?:发|办|签|领|拿|申|的|给)"
    ),
    re.compile(
        rf"居住证(?:我)?(?:也|都|是|倒|有|在|的|呢|嘛)*[，是在]*(?P<place>{_A})(?:市)?(?:(?:公安)?分局|公安局?|派出所)?(?:那边)?(?:给{SELF}*)?(?:发|办|签|领|拿)(?:的|了|出)"
    ),
    re.compile(
        rf"居住证》?[，是(（]*(?:就|也)?(?P<place>{_A})(?:市)?(?:(?:公安)?分局|公安局?|派出所|公安机关|那边)?(?:签发|发证|颁发|办|发|的)(?:的|了|出)?(?=[，。)）也还没有仍现且]|$)"
    ),
    re.compile(
        rf"(?<!\w证，)(?P<place>{_A})(?:市)?(?:(?:公安)?分局|公安局?|公安机关|派出所)(?:那边)?(?:给|帮)?{SELF}*(?:签发|颁发|发|签|办)(?:的|了|出|(?=[，。)）]|$))"
    ),
    re.compile(
        rf"(?:^|[，。]|我|这|的)证(?:是|就是|也是|由|在)+(?P<place>{_A})(?:市)?(?:(?:公安)?分局|公安局?|公安机关|派出所|那边)?(?:签发|发|办|签|领)"
    ),
    re.compile(
        rf"居住证[^，。？]{{0,12}}，(?:是|在|就|也)*(?P<place>{_A})(?:市)?(?:(?:公安)?分局|公安局?|派出所|公安机关|那边)?[\d年月日号]{{0,11}}(?:给{SELF}*)?(?:签发|核发|颁发|发|办|签|领)(?:发)?(?:的|了|(?=[，。]|$))"
    ),
    re.compile(
        rf"(?P<place>{_A})(?:市)?(?:发|办|签|领)?的(?:那张|这张)?证(?=[，。]|有效|没过期|还|也|都|在手|在有效)"
    ),
    re.compile(rf"(?:签发地|发证(?:机关|地)|签发机关)(?:是|在|：)*(?P<place>{_A})"),
)


_VALID_NO = re.compile(
    r"居住证[^，。？]{0,8}?(?<!没)(?<!没有)(?<!未)(?<!不)(?<!会)(?<!快)(?<!要)(?<!将)(?<!快到)(?:过期|失效|到期了|超期|作废|过了有效期)|(?:早就?|已经?|都|也)(?:过期|失效)了?|(?:^|(?<=[，。]))(?:证|现在|已经|早就?|都|就|刚|不过|可惜|但是?|可)*(?:过期|到期|失效|超期)(?:了|啦)(?!吗|怎|没)|居住证[^，。？]{0,6}(?:不能用|用不了|不管用)"
)


_VALID_YES = re.compile(
    r"(?:快要?|马上要?|即将|就要)(?:过期|到期)|(?:明年|后年|下个?月|年底|还有[^，。？]{1,6}|[\d一二三四五六七八九十]月)(?:底|初|中旬|份)?(?:才|就|要|会)+(?:到期|过期)|(?:没(?:有)?过期|未过期|还?在?有效期?[内中里]|(?:还|一直|是|仍)(?:是)?有效(?!期|吗)|没(?:有)?到期|还没过期|有效期内|没失效)|(?:^|(?<=[，。]))(?:还|也|仍|都|现在|现行|目前|是)*有效(?:的|着)?(?=[，。]|$)|有效期(?:还|也|都)*(?:没|未)(?:有)?(?:过|到)(?!没)|(?:还|仍|也|都|一直)+(?:能|可以)用(?!来|不|吗|于|到|多久|几|么)|(?<!不)(?:还|仍|都|尚)?在有效期(?!吗|限|间)|(?:居住证|(?<![份产书本行业格])证)(?:也|都|现在|是|还|仍)*有效(?:的|着呢?)?(?=[，。但、而]|$)|居住证[^，。？]{0,10}(?:发|签|办|领)?的(?:也|都|还|现在|是)*有效(?=[，。但登]|$)|(?<!没有)(?<!没)有效(?:的|期内的)?《?(?:浙江省?)?居住证"
)


def read_permits(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    """Where a residence permit was issued, and whether it is valid."""
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
            if "居住证" not in match.group() and re.search(
                "身份证|户口本|户口簿|驾", scene.typed.text
            ):
                continue
            if re.search("办(?!的|了|过)", match.group()) and HOW.search(scene.after(end)):
                continue
            taken.append(match.start("place"))
            place = next(p for p in scene.places if p.start <= match.start("place") < p.end)
            yield from _issued(scene, surroundings, place, start, end)
    if (
        "居住证" in scene.typed.text
        or re.search(r"(?:^|[，。我的])证(?:是|还|没|也|有效)", scene.typed.text)
        or (scene.asked or "").startswith("permit.")
    ):
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
            if not (scene.asked or "").startswith("permit.") and not re.search(
                "居住证|(?:^|[，。我的])证(?:是|还|没|也|有效)",
                scene.typed.text[near : scene.typed.clauses[clause].end],
            ):
                continue
            twice = scene.typed.text[: match.start()].endswith(("过期", "到期", "有效"))
            if twice or re.match(
                "(?:了)?(?:吗|怎么|没(?=[，。？]|$|过期|到期|有效)|咋|的?话)",
                scene.after(match.end()),
            ):
                continue
            done.add(clause)
            found = plain_fact(scene, "permit.valid", value, match.start(), match.end())
            if found is not None:
                yield found


_WORKPLACE = re.compile(
    rf"(?P<place>{HERE}++)(?:市|县|区)?(?:的|那边|这边|一家|一个|里|当地|本地)*[^，。？]{{0,6}}?(?:厂|公司|企业|单位|事业单位|机关|医院|学校|银行)"
)


_WORKPLACE_IN = re.compile(
    rf"(?:单位|公司|厂子?|企业|学校|医院)(?:就|要是|如果|换成|是|都|设)?(?:在|是)(?P<place>{HERE}++)"
)


def read_areas(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Whether the employer is in the city proper or in a county."""
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
