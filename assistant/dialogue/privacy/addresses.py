"""Addresses, from the name of the road or the houses down: town and district stay, they decide."""

import re
from collections.abc import Iterator

from assistant.dialogue.privacy.finders import PERSON, matches

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
_LIVES_OR_SELF = re.compile(rf"(?:住|租|房子|户口|户籍|地址|搬|{PERSON})[^,。;!?\n]{{0,16}}$")
_OFFICE = (
    r"(?:中心|厅|局|委|派出所|政府|医院|学校|大学|学院|窗口|公司|法院|机关|办事处|银行|大楼|站)"
)
_AT_OFFICE = re.compile(rf"{_OFFICE}[^,。;!?\n]{{0,8}}$")
_OFFICE_FOLLOWS = re.compile(rf"[^,。;!?\n0-9]{{0,12}}?{_OFFICE}")


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Addresses down to the house or the room, unless they are an office's."""
    for start, end in matches(_ADDRESS)(text):
        if not _is_office(text, start, end) or _LIVES.search(text, max(0, start - 24), start):
            yield start, end


def doorsteps(text: str) -> Iterator[tuple[int, int]]:
    """A number on a road or of a house could be anybody's: the words before it must say whose."""
    for start, end in matches(_DOORSTEP)(text):
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
