"""Personal data in what people write: found and taken out before anything is stored or logged.

Years, dates, amounts, 文号 and the telephones of offices stay. Where a number could be either, the
check digit, the form and the words before it decide; an identity number that somebody mistyped is
taken out as well.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Literal

Kind = Literal[
    "身份证号",
    "手机号",
    "电话号码",
    "银行卡号",
    "社保卡号",
    "证件号",
    "住址",
    "邮箱",
    "车牌号",
    "姓名",
]
"""What was taken out, as the person is told."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data, and the kinds that were taken out of it, each once."""

    text: str
    found: tuple[Kind, ...] = ()


def mask(text: str) -> Masked:
    """`text` with each piece of personal data replaced by a mark such as 〔身份证号已隐去〕."""
    found: dict[Kind, None] = {}
    while spans := _spans(text):  # what stood between two numbers may become plain beside a mark
        found |= dict.fromkeys(kind for _, _, kind in spans)
        text = _without(text, spans)
    return Masked(text, tuple(found))


def mask_values(value: Any) -> tuple[Any, tuple[Kind, ...]]:
    """A JSON value whose texts and long numbers are masked, names of fields included."""
    found: dict[Kind, None] = {}
    return _masked_value(value, found), tuple(found)


def privacy_notice(found: tuple[Kind, ...]) -> str:
    """What the person is told; empty where nothing was taken out."""
    if not found:
        return ""
    return (
        f"您的话里有{'、'.join(found)}，已经隐去，没有保存。"
        "回答政策问题用不到这些，请不要在这里填写个人信息。"
    )


Span = tuple[int, int, Kind]
_Finder = Callable[[str], Iterator[tuple[int, int]]]

_BLANK = "\x00"  # stands where something was found, so that the next finder does not see it
_SPELLED = re.compile(r"[〇零一二三四五六七八九幺两]{11,}")  # no year, amount or 文号 is that long
_SPOKEN = str.maketrans("〇零一二三四五六七八九幺两", "0012345678912")
_MARK = re.compile(r"〔[^〔〕]{2,4}已隐去〕")


def _spans(text: str) -> list[Span]:
    """Where personal data stand, in order; they never overlap."""
    folded = _MARK.sub(lambda mark: _BLANK * len(mark[0]), text.translate(_FOLDED))
    folded = _SPELLED.sub(lambda digits: digits[0].translate(_SPOKEN), folded)
    spans: list[Span] = []
    for kind, finder in _FINDERS:
        for start, end in finder(folded):
            spans.append((start, end, kind))
            folded = folded[:start] + _BLANK * (end - start) + folded[end:]
    return sorted(spans)


def _without(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end, kind in spans:
        pieces += [text[last:start], f"〔{kind}已隐去〕"]
        last = end
    return "".join([*pieces, text[last:]])


def _masked_value(value: Any, found: dict[Kind, None]) -> Any:
    if isinstance(value, dict):
        return {_masked_text(k, found): _masked_value(v, found) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_masked_value(item, found) for item in value]
    if isinstance(value, str):
        return _masked_text(value, found)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**10:
        masked = _masked_text(str(value), found)
        return masked if masked != str(value) else value
    return value


def _masked_text(text: str, found: dict[Kind, None]) -> str:
    masked = mask(text)
    found |= dict.fromkeys(masked.found)
    return masked.text


class _Folding(dict[int, str]):
    """Full-width and other forms of a sign to the plain one, sign by sign: offsets stay."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKC", sign)
        if len(plain) != 1:
            plain = sign
        if unicodedata.category(plain) == "Pd":
            plain = "-"
        self[code] = plain
        return plain


_FOLDED = _Folding()


# Numbers, whole or written in groups.

_GAP = r"[\s\-.·•_\u200b-\u200f\u2060\ufeff]{1,3}"
_RUN = re.compile(rf"[0-9]+(?:{_GAP}[0-9]+)*")
_ANY_GAP = r"[\s\-.·•_/,、|:*+\u200b-\u200f\u2060\ufeff]{1,3}"
_RUN_AND_X = re.compile(rf"[0-9]+(?:{_ANY_GAP}[0-9]+)*(?:(?:{_ANY_GAP})?[Xx])?")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")


@dataclass(frozen=True, slots=True)
class _Number:
    """Some neighbouring groups of one run of digits."""

    digits: str
    groups: tuple[int, ...]  # their lengths
    start: int
    end: int

    @property
    def is_whole(self) -> bool:
        return len(self.groups) == 1


def _numbers(text: str, lengths: range, run: re.Pattern[str]) -> Iterator[_Number]:
    """Every reading of the runs of digits as a number of such a length, longest first."""
    for found in run.finditer(text):
        groups = [(m.start() + found.start(), m[0]) for m in _GROUP.finditer(found[0])]
        for first, (start, _) in enumerate(groups):
            yield from reversed(list(_from(groups, first, start, lengths)))


def _from(
    groups: list[tuple[int, str]], first: int, start: int, lengths: range
) -> Iterator[_Number]:
    digits = ""
    sizes: list[int] = []
    for at, group in islice(groups, first, None):
        digits += group
        sizes.append(len(group))
        if len(digits) >= lengths.stop:
            return
        if len(digits) in lengths:
            yield _Number(digits.upper(), tuple(sizes), start, at + len(group))


def _those(
    text: str,
    lengths: range,
    is_it: Callable[[_Number, str], bool],
    run: re.Pattern[str] = _RUN,
) -> Iterator[tuple[int, int]]:
    """Numbers for which `is_it` holds, given the words before them; never two on one spot."""
    last = 0
    for number in _numbers(text, lengths, run):
        if number.start >= last and is_it(number, text[max(0, number.start - 16) : number.start]):
            last = number.end
            yield number.start, number.end


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-8]")
_IDENTITY_GROUPS = frozenset(
    {(18,), (6, 8, 4), (6, 4, 4, 4), (3, 3, 4, 4, 4), (4, 4, 4, 4, 2), (17, 1), (14, 4)}
)
_LONG = re.compile(r"[0-9]{18,}[0-9Xx]")
_SERIAL = re.compile(  # the number of a paper or an item, or the digits of a fraction
    r"(?:编号|编码|代码|案号|流水号|受理号|单号|文号|批号)(?:码)?[是为:\s]*$|(?<![0-9])0\.$"
)
_CARD_GROUPS = frozenset({(4, 4, 4, 4), (4, 4, 4, 4, 3), (6, 13), (4, 15), (6, 10)})
_BANK = re.compile(r"(?:卡号|银行卡|储蓄卡|信用卡|工资卡|账号|帐号|账户|存折)[^0-9,。;,;]{0,6}$")


def _identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    yield from _those(text, range(18, 19), _is_identity_number, _RUN_AND_X)


def _old_identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    yield from _those(text, range(15, 16), _is_old_identity_number)


def _buried_identity_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Digits in which an identity number stands without a gap before or after it."""
    for found in _LONG.finditer(text):
        pieces = (found[0][at : at + 18].upper() for at in range(len(found[0]) - 17))
        if any(map(_is_sound_identity_number, pieces)):
            yield found.span()


def _is_identity_number(number: _Number, before: str) -> bool:
    digits = number.digits
    if "X" in digits[:-1]:
        return False
    is_born = _REGION.match(digits) is not None and _is_day(digits[6:14])
    if _has_identity_check(digits):
        return is_born or (number.is_whole and not _SERIAL.search(before))
    return is_born and number.groups in _IDENTITY_GROUPS and not _SERIAL.search(before)


def _has_identity_check(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17]


def _is_old_identity_number(number: _Number, before: str) -> bool:
    digits = number.digits
    usual = number.groups in {(15,), (6, 6, 3)}
    return (
        usual
        and _REGION.match(digits) is not None
        and _is_day("19" + digits[6:12])
        and not _SERIAL.search(before)
    )


def _is_sound_identity_number(digits: str) -> bool:
    return (
        _REGION.match(digits) is not None
        and "X" not in digits[:-1]
        and _is_day(digits[6:14])
        and _has_identity_check(digits)
    )


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1800 <= day.year < 2100


def _bank_cards(text: str) -> Iterator[tuple[int, int]]:
    yield from _those(text, range(12, 20), _is_bank_card)


def _is_bank_card(number: _Number, before: str) -> bool:
    if _BANK.search(before) and (number.is_whole or _is_grouped_as_card(number)):
        return True
    if len(number.digits) < 16 or _SERIAL.search(before):
        return False
    if number.is_whole:
        return number.digits[0] in "34569" and _has_luhn_check(number.digits)
    return number.digits.startswith("62") and _is_grouped_as_card(number)


def _is_grouped_as_card(number: _Number) -> bool:
    return number.groups in _CARD_GROUPS and number.digits[0] in "34569"


def _has_luhn_check(digits: str) -> bool:
    doubled = [int(d) * (1 + at % 2) for at, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


_MOBILE_GROUPS = frozenset(
    {(11,), (3, 4, 4), (3, 8), (7, 4), (4, 4, 3), (4, 3, 4), (5, 6), (3, 3, 5), (1,) * 11}
)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"\(?\+\s*\(?(?:86\s*\)?[\s\-]*)?$")
_COUNTED = re.compile(r"\s*(?:[.,][0-9]|元|万|亿|%|平方|人次)")


def _mobiles(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _those(text, range(11, 16), _is_mobile):
        if _COUNTED.match(text, end):
            continue
        country = _COUNTRY.search(text, max(0, start - 10), start)
        yield (country.start() if country else start), end


def _is_mobile(number: _Number, before: str) -> bool:
    if _SERIAL.search(before):
        return False
    digits, groups = number.digits, number.groups
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and _MOBILE.fullmatch(digits[len(prefix) :]):
            rest = (groups[0] - len(prefix), *groups[1:])
            return tuple(size for size in rest if size) in _MOBILE_GROUPS
    return _MOBILE.fullmatch(digits) is not None and groups in _MOBILE_GROUPS


# What only the words before it make personal.

_PERSON = (
    r"(?:我|俺|咱|本人|自己|他|她|(?<![国专大厂商])家|爸|妈|爹|娘|父亲|母亲|爷爷|奶奶|外公|外婆|老婆|老公|妻子|丈夫|"
    r"儿子|女儿|孩子|小孩|哥|弟|姐|妹|公公|婆婆|岳父|岳母|房东|户主)"
)
_IS = r"(?:就|的)?[是为:\s]{0,3}"
_LANDLINE = re.compile(
    rf"{_PERSON}(?:们家)?[里家中的]{{0,3}}(?:固定|联系|家庭|住宅)?(?:电话|座机|固话|号码|联系方式)(?:号码|号)?{_IS}"
    r"(?P<it>\(?0[1-9][0-9]{1,2}\)?[\s\-]{0,2}[2-9][0-9]{6,7}|[2-9][0-9]{6,7})(?![0-9])"
)
_NO_DAY = (  # a day, or from one year to another, says when a paper was got
    r"(?!(?:19|20)[0-9]{2}[\s\-.]?(?:0?[1-9]|1[0-2])[\s\-.]?(?:[0-2]?[0-9]|3[01])(?![0-9])"
    r"|(?:19|20)[0-9]{2}\s?-\s?(?:19|20)[0-9]{2}(?![0-9]))"
)
_INSURANCE = re.compile(
    r"(?:社保|社会保障|社会保险|医保|医疗保险|养老保险|公积金|市民|健康)"
    r"(?:卡|账户|帐户|账|个人|电脑|登记|的)*(?:编号|号码|号|卡)"
    rf"{_IS}{_NO_DAY}(?P<it>[A-Za-z]?[0-9](?:[\s\-]?[0-9]){{5,19}}[A-Za-z]?)"
    r"(?![0-9A-Za-z]|\s*(?:元|年|月|个|万))"
)
_PAPER = re.compile(
    r"(?:户号|(?:护照|通行证|回乡证|台胞证|居住证|暂住证|户口[本簿]|驾驶证|驾照|结婚证|离婚证|出生证|出生医学证明|"
    r"不动产权?证|房产证|房本|学历证书|毕业证|职业资格证书|军官证|残疾证|学籍)(?:书|件|的)*(?:编号|号码|号))"
    rf"{_IS}{_NO_DAY}(?P<it>(?=(?:[A-Za-z\-]*[0-9]){{6}})[A-Za-z0-9\-]{{6,24}})"
    r"(?![0-9A-Za-z]|\s*(?:元|年|月|万|号))"
)
_PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>[EGDSPHMCKegdsphmck][0-9]{8}(?:[0-9]{2})?|[A-Z]{3}[0-9]{12}|[EeCc][A-Za-z][0-9]{7})(?![A-Za-z0-9])"
)
_MAIL = re.compile(
    r"(?P<it>(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]*@(?![A-Za-z0-9.\-]*\.gov(?:\.cn)?\b)"
    r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)"
)
_OFFICIAL_MAIL = re.compile(r"(?:意见|建议|材料)[^,。;!?\n]{0,6}(?:发送|发|寄|反馈|报送)至[:\s]*$")
_PLATE = re.compile(
    r"(?P<it>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][·•\s\-]?"
    r"(?=[A-Za-z]*[0-9])(?:[A-HJ-NP-Za-hj-np-z0-9]{6}|[A-HJ-NP-Za-hj-np-z0-9]{5}|[A-HJ-NP-Z0-9]{4}[学警挂]))(?![A-Za-z0-9])"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "汤俞费屠柴钮阮章施凌柳祝骆翁鲍盛殷裴翟倪葛庄褚卫华戚岑岳齐康伍项蓝闵季麻强路危童颜梅林刁樊霍虞柯"
)
_NAME = re.compile(
    r"(?:我(?:的)?(?:大名|名字)?叫|本人叫|名字(?:是|叫|:)|(?:我|本人)姓名|姓名[是为叫:\s]{1,2})\s*"
    rf"(?P<it>(?:欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|慕容|令狐|[{_SURNAMES}])"
    r"[\u4e00-\u9fff](?:(?!今年|现在|目前)[\u4e00-\u9fff](?<![今是的我在想要有和来户住现本年从也能请问今家老男女,]))?)"
    r"(?![们家]|就是)"
)


def _mails(text: str) -> Iterator[tuple[int, int]]:
    for found in _MAIL.finditer(text):
        if not _OFFICIAL_MAIL.search(text, max(0, found.start() - 24), found.start()):
            yield found.span("it")


# Addresses, from the name of the road or the houses down: town and district stay, they decide.

_NUM = r"[0-9一二三四五六七八九十百零〇]{1,5}"
_NAMED = r"(?:(?![省市区县镇乡村道住在是于到从的了和我家址租买有叫去搬路街弄])[\u4e00-\u9fff]){1,8}"
_ROAD = rf"{_NAMED}(?:大道|大街|胡同|路|街(?!道)|巷|弄|里弄)(?:[东西南北])?"
_ESTATE = (
    rf"{_NAMED}(?:小区|花园|新村|公寓|家园|花苑|苑|府|城|庭|湾|郡|里|园|邸|大厦|广场|别墅|山庄|公馆|宿舍|村|"
    r"社区)"
)
_DOOR = rf"(?:{_NUM}(?:-{_NUM})?[A-Za-z]?\s*号(?!文|令|公告|楼)(?:院|内)?)"
_HOUSE = rf"(?:{_NUM}[A-Za-z]?\s*(?:号楼|幢|栋|座|单元|室))"
_ROOM = rf"(?:{_HOUSE}|{_NUM}\s*[楼层]|[A-Za-z]?[0-9]{{3,4}}(?!\s*[0-9年月日元号%]))"
_DASHED = r"(?:[0-9]{1,3}(?:-[0-9]{1,4}){1,3}室?(?![0-9]|\s*[年月日元号%]))"
_INSIDE = rf"(?:{_HOUSE}(?:[\s,\-]?{_ROOM})*|{_DASHED})"
_ON_ROAD = rf"{_ROAD}\s*(?:{_NUM}\s*弄\s*)?"
_ADDRESS = re.compile(
    rf"(?P<it>{_ON_ROAD}{_DOOR}\s*(?:{_NAMED})?{_INSIDE}"
    rf"|(?:{_ON_ROAD}{_DOOR}?\s*)?{_ESTATE}\s*(?:{_DOOR}\s*)?{_INSIDE}"
    rf"|{_ROAD}\s*{_NUM}\s*弄\s*{_DOOR}"
    rf"|{_NAMED}(?:村|社区)\s*第?{_NUM}\s*(?:村民小)?组\s*{_DOOR}?)"
)
_DOORSTEP = re.compile(
    rf"(?P<it>{_ROAD}\s*{_DOOR}|{_NAMED}(?:村|社区|小区|新村|花园)(?:{_NAMED})?{_DOOR}"
    rf"|{_NUM}\s*(?:号楼|幢|栋)\s*(?:{_NUM}\s*单元\s*)?{_NUM}\s*室?(?!\s*[0-9年月日元号%]))"
)
_LIVES = re.compile(r"(?:住|家|租|房子|户口|户籍|地址|搬)[^,。;!?\n]{0,16}$")
_LIVES_OR_SELF = re.compile(rf"(?:住|租|房子|户口|户籍|地址|搬|{_PERSON})[^,。;!?\n]{{0,16}}$")
_OFFICE = (
    r"(?:中心|厅|局|委|派出所|政府|医院|学校|大学|学院|窗口|公司|法院|机关|办事处|银行|大楼|站)"
)
_AT_OFFICE = re.compile(rf"{_OFFICE}[^,。;!?\n]{{0,8}}$")
_OFFICE_FOLLOWS = re.compile(rf"[^,。;!?\n0-9]{{0,12}}?{_OFFICE}")


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _matches(_ADDRESS)(text):
        if not _is_office(text, start, end) or _LIVES.search(text, max(0, start - 24), start):
            yield start, end


def _doorsteps(text: str) -> Iterator[tuple[int, int]]:
    """A number on a road or of a house could be anybody's: the words before it must say whose."""
    for start, end in _matches(_DOORSTEP)(text):
        theirs = _LIVES_OR_SELF.search(text, max(0, start - 24), start)
        if theirs and not _is_office(text, start, end):
            yield start, end


def _is_office(text: str, start: int, end: int) -> bool:
    return any(
        (
            _AT_OFFICE.search(text, max(0, start - 16), start),
            re.search(_OFFICE, text[start:end]),
            _OFFICE_FOLLOWS.match(text, end),
        )
    )


def _matches(pattern: re.Pattern[str]) -> _Finder:
    def find(text: str) -> Iterator[tuple[int, int]]:
        return (found.span("it") for found in pattern.finditer(text))

    return find


_FINDERS: tuple[tuple[Kind, _Finder], ...] = (
    ("邮箱", _mails),
    ("身份证号", _identity_numbers),
    ("身份证号", _old_identity_numbers),
    ("身份证号", _buried_identity_numbers),
    ("社保卡号", _matches(_INSURANCE)),
    ("证件号", _matches(_PAPER)),
    ("证件号", _matches(_PASSPORT)),
    ("银行卡号", _bank_cards),
    ("手机号", _mobiles),
    ("电话号码", _matches(_LANDLINE)),
    ("车牌号", _matches(_PLATE)),
    ("住址", _addresses),
    ("住址", _doorsteps),
    ("姓名", _matches(_NAME)),
)
