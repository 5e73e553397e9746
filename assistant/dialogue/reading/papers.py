"""Papers that somebody has or has not: filings of a lease, deeds, slips, permits, proofs of kin.

A paper is had or lacked by what is done with it, before its name or after: 有备案证明, 备案证明办好了,
不肯去做备案, 备案证明我拿不出来. Papers that are joined by 和 share what is said after the last.
"""

import re
from collections.abc import Iterator, Mapping

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import FAR, Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.typed import Clause

_DEED = r"(?:房产证|房本|房屋权属证明|权属证明|不动产(?:权)?(?:登记)?证书?|产权证|房屋所有权证|产证|不动产证)"
_NAMES: Mapping[str, str] = {
    "filing": r"《?(?:房屋)?(?:租赁|租房|合同|登记)*备案(?:登记)?(?:的)?(?:证明书?|证|手续|单子?|表)?》?",
    "deed": _DEED,
    "voucher": r"(?:居住登记|暂住登记|居住信息|(?<![案婚])登记)(?:的)?(?:那个|那张)?(?:回执|纸质)?(?:凭证|回执单?|凭条)",
    "permit": r"《?(?:浙江省?)?》?(?<!临时)居住证(?!明|转|换|的?(?:条件|材料|话|政策|有效|到期|过期|签发|期限)|落|互|怎)",
    "kin": r"(?:父母(?:与|和)?子女|亲子|亲属|母子|父子|母女|父女|直系)?(?:的)?关系证明|出生(?:医学)?证明?",
    "licence": r"(?:营业)?执照",
    "job_proof": r"(?:就业|失业)登记(?:证明?|证)?",
    "contract": r"(?:租房|租赁|房屋租赁)合同(?!备|登记|期|满|到)",
}
_FACTS: Mapping[str, str] = {
    "filing": "rent.registration_certificate",
    "deed": "own.property_certificate",
    "voucher": "reg_or_permit_voucher",
    "permit": "permit.held",
    "kin": "proof.kinship",
    "licence": "job.business_licence",
    "job_proof": "job.other_proof",
    "contract": "proof.home",
}
_PAPER = re.compile("|".join(f"(?P<{key}>{words})" for key, words in _NAMES.items()))
_JOINED = re.compile(r"(?:和|跟|与|及|还有|以及|，|或者?)+")
_DOES = r"(?:办|走|跑|做|弄|开|拿|领|取得?|申领|申请|提供|补|搞|签|备|登记|来得及|能|打|持|拥)"
_LACKS = re.compile(
    rf"(?:从来?|压根|根本)?(?:没(?!问题|断|过期)(?:有|能)?|未(?!来|婚|成)|无(?!论|所)|缺少?|欠|拿不出|开不出|提供不了|办不了|不肯|不愿意?|不给|不让|不想|不同意|不配合|不答应|拒绝|没法|无法|嫌麻烦不)"
    rf"(?:[\ue011\ue012]++)?(?:去|来|过|到|给|帮|的)*{_DOES}{{0,2}}(?:有|理|过|到|出|好|下来|了|的|任何|什么|[\ue001\ue002\ue003]|发|给)*$"
)
_LACKED = re.compile(
    r"(?:[\ue011\ue012\ue001]++|手里|手上|身边|家里|嫌(?:麻)?烦|怕麻烦|说麻烦|我|这东西|那东西|这个|那个|这|那|什么的|嘛|呢|倒|却|还|也|都|一直|又|就是|现在|暂时|目前|至今|到现在|房东|开发商|单位|老板|手续|证明|从|从来|压根|根本|，)*"
    r"(?:没(?!问题|过期|到期|断|失效|丢|按时|按期|及时|签|续|换|带|变|住|搬|装|卖|满|去[签续换])(?:有(?!过期|到期|问题|失效|按时|按期|及时|签|续))?|未(?!过期|到期)|不(?=给|肯|愿|让|同意|配合)|办不|拿不|开不|提供不|死活|丢了没|(?:正在|还在)(?!有效|期|手|身|用|我|家|他|她)|在办|在补)"
    r"(?!吗|呢|？)"
)
_HAS = re.compile(
    rf"(?:(?<!没)有(?!没|效|无)|持有?|凭|带着|拿着|手里是|取得了?|具备|{_DOES}(?:理|了|好|过|到|下来|妥|出来|有|出|完|齐)+|做好了?)"
    rf"(?:了|的|[\ue011\ue012]++|[一]?[张本份个]|有效的?|自己的?|正规的?|[\ue001\ue002\ue003]++|公安局?|发|签)*$"
)
_HAD = re.compile(
    rf"(?:[\ue011\ue012\ue001]++|手里|手上|身边|家里|我|本人|这|那|也|都|是|已经?|早就?|全|倒是?|现在|手续|证明|派出所|社区|村里|房东|开发商|单位|给|帮|替|就|上个?月|去年|今年|刚|前几天|昨天|其实|，)*"
    rf"(?:有(?!没|效|问题|吗|什么|哪)|持有|在手|在我手|在身边|齐|下来了?|到手|{_DOES}(?:理|好|妥|到|下来|出来|齐|全|过|了|完|定)+(?!没|吗)|写的?(?:是|着)?[\ue011]|(?:就|也|已经|只)*(?:改成|换成|写成|登记在|落在|是)?[\ue011]++(?:一个人)?(?:的)?名|也发了|发了|发下来了?|齐全)"
    rf"(?!了?吗|没有|没$|什么|哪|怎)"
)
_EVERYBODY = re.compile(
    r"(?:大家|别人|人家|他们|同[^，。？]{1,3}的|工友|室友|同事|老乡|邻居)(?:们)?(?:全|都|几乎)+[^，。？]{0,3}$"
)
"""同宿舍的都有居住证: what everybody else has."""
_DONE = re.compile(r"(?:已|已经)?备(?:过|了|好)案|备案(?:好了|过了?|了|完)(?!吗|没|才)|已备案")
_HOW = re.compile(
    r"怎么|如何|哪里|去哪|要不要|需要|需不需|用不用|是不是|什么|多久|多少|能不能|可不可以|可以"
)


def read_papers(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Every paper that is said to be there, or not to be there."""
    found: dict[str, Found] = {}
    for clause in scene.typed.clauses:
        marked = scene.marked[clause.start : clause.end]
        names = list(_PAPER.finditer(marked))
        for index, name in enumerate(names):
            begin = names[index - 1].end() if index else 0
            last = index
            while last + 1 < len(names) and _JOINED.fullmatch(
                marked[names[last].end() : names[last + 1].start()]
            ):
                last += 1
            first = index
            while first > 0 and _JOINED.fullmatch(
                marked[names[first - 1].end() : names[first].start()]
            ):
                first -= 1
            begin = names[first - 1].end() if first else 0
            finish = names[last + 1].start() if last + 1 < len(names) else len(marked)
            before, after = marked[begin : names[first].start()], marked[names[last].end() : finish]
            if not after and _HAS.search(before) is None:
                after = _comment(scene, clause)
            item = _paper(scene, clause.start, name, before, after)
            if item is not None and not (item.name in found and item.value is None):
                found[item.name] = item
    yield from found.values()


def _comment(scene: Scene, clause: Clause) -> str:
    """What the next clause says of a paper that this one only names: 房产证，本人持有."""
    index = scene.typed.clause_at(clause.start) + 1
    if index >= len(scene.typed.clauses):
        return ""
    alone = _PAPER.fullmatch(scene.marked[clause.start : clause.end]) is not None
    if clause.stop != "，" and not (alone and clause.stop == "？"):
        return ""  # 备案？房东没弄
    following = scene.typed.clauses[index]
    words = scene.marked[following.start : following.end]
    return "" if _PAPER.search(words) or _OF_ANOTHER.search(words) else words


_OF_ANOTHER = re.compile(
    r"(?:没|无|未|不)(?:有|评|考|买|交|缴|参加)?(?:过|的|任何|什么|别的|其他|其它)*(?:职称|技能|学历|等级|证书|文凭|资格|房|工作|社保|养老|保险)"
)
"""…的居住证，没职称: what is lacked next is another thing."""


def _paper(scene: Scene, offset: int, name: re.Match[str], before: str, after: str) -> Found | None:
    if _EVERYBODY.search(before):
        return None
    key = str(name.lastgroup)
    start, end = offset + name.start(), offset + name.end()
    value, left, right = _polarity(key, name.group(), before, after)
    if value is None or (value and (_HOW.search(before[-6:]) or _HOW.match(after))):
        return None
    if key == "permit" and value and FAR in before[-left:]:
        return None  # another province's permit is none of this one
    begin = max(offset, start - left)
    item = plain_fact(scene, _FACTS[key], value, begin, end + right)
    if item is None or (key == "contract" and re.search("劳动|用工|聘用", before[-4:])):
        return None
    return item


def _polarity(key: str, name: str, before: str, after: str) -> tuple[bool | None, int, int]:
    """Whether the paper is there, and how far the words that say so reach on either side."""
    lacks = _LACKS.search(before)
    if lacks:
        return False, len(before) - lacks.start(), 0
    lacked = _LACKED.match(after)
    if lacked:
        return False, 0, lacked.end()
    if key == "filing" and name.endswith("备案"):
        done = _DONE.search(before[-2:] + name + after[:3])
        if done:
            return True, 0, max(0, min(len(after), 2) if after[:1] in "了过好" else 0)
    has, had = _HAS.search(before), _HAD.match(after)
    if has:
        return True, len(before) - has.start(), 0
    if had:
        return re.search("还没|没拿|没下|没到", after[had.end() :]) is None, 0, had.end()
    return None, 0, 0
