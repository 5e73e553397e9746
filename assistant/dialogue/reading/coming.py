"""Who would move and whom they would join, told by who comes over to whom: 我妈想过来跟我住."""

import re
from dataclasses import dataclass

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.people import KIN, NODES, SELF, People


@dataclass(frozen=True, slots=True)
class Roles:
    """Who would move, whom they would join, and the words that say so."""

    applicant: str = APPLICANT
    host: str | None = None
    start: int = 0
    end: int = 0
    explicit: bool = False  # somebody was named as the one who moves
    spoken_for: bool = False  # the one who writes asks for somebody else: 帮我妈问


HAS_HOME = re.compile(r"(?<!没)有[^，。？]{0,4}房|买了?[^，。？]{0,4}房|户主|房产证|合法稳定住所")


FOLLOWS_ME = re.compile(
    rf"(?:跟着?|随着?){SELF}++(?:们)?(?:来|去|在城里|在嘉兴)?(?:落户|上户|入户|迁户|转户|[上落迁](?=吗|不|么|行|？|，|$))"
)
_COMES = re.compile(
    rf"(?:过来|来|搬来|搬过来|接过来|到{SELF}++(?:这边|这里|这儿|家)?)?(?:跟着?|和|随着?|同|与|到){SELF}++(?:们)?(?:这边|这里|这儿|家)?(?:一起|一块儿?|一道)?(?:居?住|生活|养老|过日子)"
)
OF_REGISTRATION = re.compile(r"户口|户籍|落户|上户|入户|迁|投靠")


_COMES_TO_ME = re.compile(
    rf"(?:想|要|打算|准备|希望|盼着?|能|可以)[^，。？{KIN}]{{0,4}}(?:迁|落|搬|转|投)(?:户口?)?(?:过?来|到|进)?(?:跟|和|随|依靠|靠)(?:着)?{SELF}(?![^，。？]{{0,3}}(?:一起|一块)(?:去|走))"
)
"""老娘想迁来跟我过: who moves joins the one who writes."""


def coming_to_me(people: People, marked: str) -> Roles | None:
    """老娘想迁来跟我过: who wishes to move to the one who writes."""
    match = _COMES_TO_ME.search(marked)
    person = people.subject_at(match.start()) if match else None
    if match is None or person in {None, APPLICANT} or NODES.get(person or "") == "其他":
        return None
    if _ALONG_GROUND.search(people.typed.text):
        return None
    return Roles(person or APPLICANT, APPLICANT, match.start(), match.end(), True)


_ALONG_GROUND = re.compile(
    "大专|本科|学历|硕士|博士|中专|技校|职称|技师|[初中高]级工|养老保险|社保|居住登记|租赁"
)


def coming_to_live(people: People, marked: str) -> Roles | None:
    """我妈想过来跟我住，户口能过来吗: who would come to live with somebody moves to them."""
    match = _COMES.search(marked)
    if match is None or not OF_REGISTRATION.search(people.typed.text, match.end()):
        return None
    person = people.subject_at(match.start())
    wishes = re.search(
        "想|要|打算|准备|希望", people.typed.text[max(0, match.start() - 8) : match.start() + 1]
    )
    if not wishes or person in {None, APPLICANT} or NODES.get(person or "") == "其他":
        return None
    return Roles(person or APPLICANT, APPLICANT, match.start(), match.end(), True)


_MOVES = re.compile(
    r"迁|落(?=吗|个户|么)|落户|上户|入户|落得|落不|户口[^，。？]{0,6}(?:过来|过去|进去)"
)

_ANY_WAY = re.compile("办法|路子|门路|途径|渠道|法子|哪一?条|怎么(?:才)?(?:能)?落")
"""Where any way is welcome, what is told of one's own is no ground by itself."""

OWN_GROUND = re.compile(
    r"租|大专|本科|学历|专科|硕士|博士|中专|技校|职称|技师|[初中高]级|社保|养老|居住证|登记|上班|工作|就业|带|随迁|一起"
)


def implied(people: People, _: str) -> Roles | None:
    """爸妈在嘉兴有房，我没结婚，可以迁过来吗: with no ground of one's own, theirs is the one."""
    text = people.typed.text
    move = _MOVES.search(text)
    single = _ANY_WAY.search(text) and re.search("未婚|没结过?婚|单身|没成家", text)
    if move is None or (OWN_GROUND.search(text) and not single):
        return None
    for match in HAS_HOME.finditer(text):
        host = people.subject_at(match.start())
        if host is None or NODES.get(host) not in {"父母", "子女"}:
            continue
        if people.subject_at(move.start()) == host and people.named_in_clause(move.start()):
            continue
        return Roles(APPLICANT, host, match.start(), match.end(), False)
    return None


_GOES_OVER = re.compile(
    r"(?:迁|转|落|移|搬)(?:户口)?(?:过去|过来|去|来|进去|进来|到一起|一块)|户口[^，。？]{0,8}(?:迁|转|落)?(?:过去|过来|进去|到一起)|(?:迁|落|转)(?:到|在|去)(?:那边|那里|那儿)"
)
_LOCAL = re.compile(
    r"\ue001[^，。？]{0,6}(?:人|户口|户籍|的户)|户口[^，。？]{0,4}\ue001|户主|(?:有|买了?)[^，。？]{0,6}房"
)
"""What makes somebody one who can be joined: their registration or home is here."""


def going_over(people: People, marked: str) -> Roles | None:
    """老公是嘉兴户口，我的能迁过来吗: who moves over joins the one relative who is of this place."""
    text = people.typed.text
    move = _GOES_OVER.search(text)
    kin = [name for name in people.others() if NODES[name] != "其他"]
    if move is None or len(kin) != 1 or OWN_GROUND.search(text):
        return None
    if NODES[kin[0]] == "子女" and not HAS_HOME.search(text):
        return None
    told = next((m for m in _LOCAL.finditer(marked) if people.subject_at(m.end()) == kin[0]), None)
    mover = people.subject_at(move.start())
    if told is None or (mover == kin[0] and people.named_in_clause(move.start())):
        return None
    return Roles(APPLICANT, kin[0], told.start(), told.end(), False)


_COMES_OVER = re.compile(r"(?:落|迁|转|搬)(?:得了?|户口)?(?:过来|进来|来)")
_MINE = re.compile(
    rf"房[^，。？]{{0,4}}是?{SELF}++[^，。？]{{0,3}}(?:买|名|的)|{SELF}++[^，。？]{{0,8}}(?<!没)(?:有|买)[^，。？]{{0,5}}房"
)


def coming_over(people: People, marked: str) -> Roles | None:
    """我爸落得过来伐，城里房子是我自己买的: a parent who comes over joins the one with the home."""
    move = _COMES_OVER.search(marked)
    if move is None or OWN_GROUND.search(people.typed.text) or not _MINE.search(marked):
        return None
    person = people.subject_at(move.start())
    if person is None or NODES.get(person) != "父母" or not people.named_in_clause(move.start()):
        return None
    return Roles(person, APPLICANT, move.start(), move.end(), True)
