"""Who would move, and whom they would join."""

import re
from dataclasses import dataclass, replace

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


_P = rf"[{SELF}{KIN}]"

_G = "[^，。？]"

_ALONG = re.compile(
    r"(?:一起|一块|一同|一道)(?!儿?(?:居?住|生活))|随迁|跟着|跟我(?!们?[^，。？]{0,3}(?:居?住|生活))|随着|随我|带着|带上|带|连同|陪|也(?:一起|能|可以|想|要)?(?:跟|落|迁|过来|转|进)|都(?:能|可以)?(?:落|迁|过来)|全家|家属"
)

_JOINS = re.compile(
    rf"(?<!被)投靠(?:到|给|去|的)?(?:已?成年的?|未成年的?|有房的?|[^，。？{SELF}{KIN}]{{1,12}}的)?(?P<host>{_P}++)?"
)

_MOVES_TO = re.compile(
    rf"(?:挂靠|迁|落|搬|转|挂|放|弄|上|入|移|回|进)(?:户口?)?(?:过来|过去|回)?(?:到|在|进|去|来|至)?(?P<host>{_P}++)(?:他|她)?(?:们)?(?:的)?(?:家|那|这(?!把|种|样|情况|年纪)|\ue001|\ue003|名下|户|房子|房上|本|老房)"
)

_BRINGS = re.compile(
    rf"(?:把|将|让|叫|帮|给|替|为|接|同意|允许|答应)(?P<who>{KIN}++)(?:的)?(?:户口|户籍)?{_G}{{0,8}}?(?:迁|落户|落|接|转|弄|办|上户|投靠|过来|移|申领)"
)

_WISHES = re.compile(
    rf"(?P<who>{KIN}++){_G}{{0,16}}?(?:能不能|能否|能|可以|可不可以|可否|想|要|准备|打算|怎么|如何|怎样|符合|够|是否|有没有资格|咋)"
    rf"{_G}{{0,10}}?(?:落户|落不|落吗|落得|落(?:过|进)来|落这|上户|迁|转户|转为户|入户|投靠|居住证|进户口|户口|报销?|划|补)"
)

_HEAD_IS = re.compile(
    rf"(?:户主|房主|被投靠人)(?:就|都|目前)?(?:是|为|叫)(?P<host>{_P}++)(?!的?(?:同意|朋友))"
)

_IS_HEAD = re.compile(
    rf"(?P<host>{_P}++)(?:他|她)?(?:就|也|现在)?(?:是|当|做|作为)(?:城镇|城区|市区|城里|家庭户?|地区|本户|的|[\ue001])*户主"
)

_TAKES_ME = re.compile(rf"(?P<who>{KIN}++)(?:能|可以|能不能|可不可以|想|要)?(?:带|带着|带上){SELF}")


def read_roles(people: People, marked: str) -> Roles:
    """Who moves and who is joined, as far as the message says so."""
    roles = _roles(people, marked)
    ours = any(
        m.person == "父母" and re.match("我们|咱们|俺们", people.typed.text[m.start :])
        for m in people.mentions
    )
    if NODES.get(roles.applicant) == "子女" and roles.host == "父母" and ours:
        return replace(roles, host=APPLICANT)  # 女儿投靠我们爹娘: we are the parents
    return roles


def _roles(people: People, marked: str) -> Roles:
    for reader in (
        _included,
        _coming_to_me,
        _joining,
        _brought,
        _moved_to,
        _moved_beside,
        _headed,
        _coming,
        _taking_me,
    ):
        roles = reader(people, marked)
        if roles is not None:
            return roles
    match = _ASKS_FOR.search(marked)
    person = people.at(match.start("who")) if match else None
    if match is not None and person is not None:
        return Roles(person, None, match.start(), match.end(), True, True)
    joined = _JOINED_KIN.search(marked)
    person = people.at(joined.start("host")) if joined else None
    if joined is not None and person is not None:
        return Roles(APPLICANT, person, joined.start(), joined.end())
    named = next((m for m in people.mentions if m.person == "被投靠人"), None)
    if named is not None:
        return Roles(APPLICANT, named.person, named.start, named.end)
    return (
        _wishing(people, marked)
        or _implied(people, marked)
        or _going_over(people, marked)
        or _coming_over(people, marked)
        or Roles()
    )


_JOINED_KIN = re.compile(rf"被投靠的(?:那个|这个)?(?P<host>{KIN}++)")
_ASKS_FOR = re.compile(
    rf"(?:帮|替|给|代|为)(?P<who>{KIN}++)(?:来|去|也)?(?:问|咨询|打听|查|了解|看看|请教)"
)

_INCLUDES = re.compile(
    rf"(?:轮得?到|轮不轮得?到|包不包括|包括不包括|包括|包不包|管不管|适不适用于?|适用于?)(?:{SELF}++的?)?(?P<who>{KIN}++)"
)
"""投靠户主那条轮得到堂弟么: of whom it is asked whether the way is theirs."""


def _included(people: People, marked: str) -> Roles | None:
    included = _INCLUDES.search(marked)
    person = people.at(included.start("who")) if included else None
    if included is None or person in {None, APPLICANT} or "投靠" not in people.typed.text:
        return None
    return Roles(person or APPLICANT, APPLICANT, included.start(), included.end(), True)


_NAMES_WAY = re.compile(r"[」”]?(?:这|那)(?:一)?(?:条|个|项|款|种)|(?:的)?(?:政策|规定|渠道)")
"""子女投靠父母这条: the way is named, and it is the one who writes who would take it."""


_NAMED_WAY = re.compile(
    r"投靠(?:户主|父母|子女|配偶|夫妻|老人)?[」”]?(?:落户)?(?:这|那)(?:一)?(?:条|个|项|款|种)"
)


def _joining(people: People, marked: str) -> Roles | None:
    for match in _JOINS.finditer(marked):
        host = people.at(match.start("host")) if match["host"] else None
        subject = _mover(people, marked, match.start())
        if host is None and _NAMED_WAY.match(marked, match.start()) and _brought(people, marked):
            continue  # 想用投靠户主那条给她迁来
        moved = _moved_to(people, marked) if host is None else None
        if moved is not None and moved.explicit:
            continue  # 父亲户口迁我这儿来，投靠
        if _NAMES_WAY.match(marked, match.end()) and any(
            m.person == APPLICANT and not m.is_object for m in people.mentions
        ):
            subject = APPLICANT
        if host == APPLICANT:
            applicant = subject if subject not in {None, APPLICANT} else _first_kin(people)
            if applicant is None:
                continue
            return Roles(applicant, host, match.start(), match.end(), True)
        applicant = subject or APPLICANT
        if applicant == host:
            applicant = APPLICANT
        if host is None and applicant != APPLICANT and _has_home(people, match.start(), applicant):
            return Roles(APPLICANT, applicant, match.start(), match.end(), False)
        if host is None:
            host = _likely_host(people, marked, applicant)
        if host is None or host == applicant or (NODES.get(host) == "其他" and host == "旁人"):
            continue
        return Roles(applicant, host, match.start(), match.end(), applicant != APPLICANT)
    return None


_HOME = re.compile(r"(?<!没)有[^，。？]{0,4}房|买了?[^，。？]{0,4}房|户主|房产证|合法稳定住所")


def _has_home(people: People, position: int, person: str) -> bool:
    """Whether a person who is not named beside 投靠 was said to have the home, or to be head."""
    if people.named_in_clause(position):
        return False
    text = people.typed.text
    return any(
        people.subject_at(match.start()) == person for match in _HOME.finditer(text, 0, position)
    )


def _mover(people: People, marked: str, position: int) -> str | None:
    """Who is said to move at `position`: a 把X or 让X before it, else the subject."""
    clause = people.typed.clauses[people.typed.clause_at(position)]
    brought = re.search(rf"(?:把|让|叫|帮|给|替)(?P<who>{KIN}++)", marked[clause.start : position])
    if brought:
        return people.at(clause.start + brought.start("who"))
    return people.subject_at(position)


def _first_kin(people: People) -> str | None:
    kin = [name for name in people.others() if NODES[name] != "其他"]
    return kin[0] if kin else None


def _likely_host(people: People, marked: str, applicant: str) -> str | None:
    """Whom the applicant joins where 投靠 names nobody: whoever is head or has the home."""
    for pattern in (_HEAD_IS, _IS_HEAD):
        for match in pattern.finditer(marked):
            host = people.at(match.start("host"))
            if host is not None and host != applicant:
                return host
    if applicant != APPLICANT:
        return APPLICANT
    kin = [name for name in people.others() if NODES[name] != "其他"]
    homes = {people.subject_at(m.start()) for m in _HOME.finditer(people.typed.text)}
    owners = [name for name in kin if name in homes]
    return owners[0] if owners else kin[0] if len(kin) == 1 else None


_FETCHES = re.compile(rf"接(?P<who>{KIN}++)(?:的户口)?(?:一起)?(?:过?来|过去)(?=[，。？]|$)")
"""接爸妈来, where a registration is spoken of: they are to be moved."""


def _brought(people: People, marked: str) -> Roles | None:
    fetched = _FETCHES.search(marked) if _HUKOU.search(people.typed.text) else None
    person = people.at(fetched.start("who")) if fetched else None
    if fetched is not None and person is not None and NODES[person] != "其他":
        return Roles(person, APPLICANT, fetched.start(), fetched.end(), True)
    for match in _BRINGS.finditer(marked):
        clause = people.typed.clauses[people.typed.clause_at(match.start())]
        if _ALONG.search(people.typed.text[clause.start : clause.end]):
            continue
        person = people.at(match.start("who"))
        if (
            person is not None
            and NODES[person] != "其他"
            and "居住证" in match.group() + (people.typed.text[match.end() : match.end() + 6])
        ):
            return Roles(person, None, match.start(), match.end(), True, True)
        if person is not None and NODES[person] != "其他":
            to = _MOVES_TO.search(marked, match.start("who"))
            text = people.typed.text
            if to is None and _OWN_GROUND.search(text) and not _HOME.search(text):
                continue  # 我社保五个月，落户能把小孩迁来吗: along with me
            host = people.at(to.start("host")) if to else APPLICANT
            if host == person:
                host = APPLICANT
            return Roles(person, host, match.start(), match.end(), True)
    return None


_SEATED = re.compile("户口(?:就|都|也|现在|目前|一直|已经?)*$")
_ASKING = re.compile("能|可以|行|想|要|吗|不$|怎么")


def _is_seat(people: People, marked: str, position: int) -> bool:
    """户口落在朋友家: where it stands by now, and nowhere that it would move to."""
    if marked[position] not in "落挂放":
        return False
    end = people.typed.clauses[people.typed.clause_at(position)].end
    seated = _SEATED.search(marked, max(0, position - 6), position)
    return seated is not None and not _ASKING.search(people.typed.text, position, end)


def _moved_to(people: People, marked: str) -> Roles | None:
    for match in _MOVES_TO.finditer(marked):
        if _is_seat(people, marked, match.start()):
            continue
        host = people.at(match.start("host"))
        applicant = people.subject_at(match.start()) or APPLICANT
        if host == APPLICANT and applicant == APPLICANT:
            kin = [name for name in people.others() if NODES[name] != "其他"]
            if len(kin) == 1 and re.search("(?:^|[，。])户口$", marked[: match.start()]):
                return Roles(kin[0], APPLICANT, match.start(), match.end(), True)
            continue  # 户口迁我这: of the one relative spoken of
        if host is None or host == applicant or host == "旁人":
            continue
        return Roles(applicant, host, match.start(), match.end(), applicant != APPLICANT)
    return None


_BESIDE = re.compile(
    rf"(?:跟着?|和|与|随着?|同)(?P<host>{_P}++)(?:他|她)?(?:们)?(?:的)?(?:户口)?(?:一起|一块|一道)?(?:落|迁|并|放|上|挂)(?:户口?)?(?:到|在|成)?(?:一(?:起|块|道|处|本|个户口)|[他她])"
    rf"|(?:靠着?|投)(?P<by>{KIN}++)(?:来|去|能|可以|想|要)*(?:落户|上户|迁|入户|转户|把户口)"
)
"""跟儿子落到一起, 靠女儿落户: whom somebody would be registered with."""


def _moved_beside(people: People, marked: str) -> Roles | None:
    for match in _BESIDE.finditer(marked):
        host = people.at(match.start("host") if match["host"] else match.start("by"))
        applicant = people.subject_at(match.start()) or APPLICANT
        if host is None or host == "旁人":
            continue
        if host == applicant:
            applicant = APPLICANT
        if host != applicant:
            return Roles(applicant, host, match.start(), match.end(), applicant != APPLICANT)
    follows = _FOLLOWS_ME.search(marked)
    person = people.subject_at(follows.start()) if follows else None
    if follows is None or person in {None, APPLICANT} or NODES.get(person or "") == "其他":
        return None
    text = people.typed.text
    if _HOME.search(text) is None or _OWN_GROUND.search(text):
        return None  # 我大专，老婆能跟我落户吗: she would move along
    return Roles(person or APPLICANT, APPLICANT, follows.start(), follows.end(), True)


_FOLLOWS_ME = re.compile(
    rf"(?:跟着?|随着?){SELF}++(?:们)?(?:来|去|在城里|在嘉兴)?(?:落户|上户|入户|迁户|转户|[上落迁](?=吗|不|么|行|？|，|$))"
)
_COMES = re.compile(
    rf"(?:过来|来|搬来|搬过来|接过来|到{SELF}++(?:这边|这里|这儿|家)?)?(?:跟着?|和|随着?|同|与|到){SELF}++(?:们)?(?:这边|这里|这儿|家)?(?:一起|一块儿?|一道)?(?:居?住|生活|养老|过日子)"
)
_HUKOU = re.compile(r"户口|户籍|落户|上户|入户|迁|投靠")


_COMES_TO_ME = re.compile(
    rf"(?:想|要|打算|准备|希望|盼着?|能|可以)[^，。？{KIN}]{{0,4}}(?:迁|落|搬|转|投)(?:户口?)?(?:过?来|到|进)?(?:跟|和|随|依靠|靠)(?:着)?{SELF}(?![^，。？]{{0,3}}(?:一起|一块)(?:去|走))"
)
"""老娘想迁来跟我过: who moves joins the one who writes."""


def _coming_to_me(people: People, marked: str) -> Roles | None:
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


def _coming(people: People, marked: str) -> Roles | None:
    """我妈想过来跟我住，户口能过来吗: who would come to live with somebody moves to them."""
    match = _COMES.search(marked)
    if match is None or not _HUKOU.search(people.typed.text, match.end()):
        return None
    person = people.subject_at(match.start())
    wishes = re.search(
        "想|要|打算|准备|希望", people.typed.text[max(0, match.start() - 8) : match.start() + 1]
    )
    if not wishes or person in {None, APPLICANT} or NODES.get(person or "") == "其他":
        return None
    return Roles(person or APPLICANT, APPLICANT, match.start(), match.end(), True)


def _headed(people: People, marked: str) -> Roles | None:
    for pattern in (_HEAD_IS, _IS_HEAD):
        for match in pattern.finditer(marked):
            host = people.at(match.start("host"))
            if host is None or host == "旁人":
                continue
            if host != APPLICANT:
                wishes = _wisher(people, marked)
                applicant = wishes if wishes not in {None, host} else APPLICANT
                return Roles(applicant or APPLICANT, host, match.start(), match.end(), False)
            wished = _wisher(people, marked)
            if wished is not None:
                return Roles(wished, host, match.start(), match.end(), True)
    return None


def _wisher(people: People, marked: str) -> str | None:
    for match in _WISHES.finditer(marked):
        person = people.at(match.start("who"))
        if person is None or NODES[person] == "其他" or SELF in match.group():
            continue
        if not _is_object_at(people, match.start("who")):
            return person
    return None


def _is_object_at(people: People, position: int) -> bool:
    return any(m.is_object for m in people.mentions if m.start <= position < m.end)


def _taking_me(people: People, marked: str) -> Roles | None:
    match = _TAKES_ME.search(marked)
    person = people.at(match.start("who")) if match else None
    if match is None or person is None or NODES[person] == "其他":
        return None
    return Roles(person, None, match.start(), match.end(), True)


def _wishing(people: People, marked: str) -> Roles | None:
    for match in _WISHES.finditer(marked):
        clause = people.typed.clauses[people.typed.clause_at(match.start())]
        if _ALONG.search(people.typed.text[clause.start : clause.end]) or SELF in match.group():
            continue
        person = people.at(match.start("who"))
        if person is None or _is_object_at(people, match.start("who")):
            continue
        if NODES[person] == "其他":
            if not _OWN_FRIEND.match(people.typed.text, match.start("who")):
                continue
            return Roles(person, None, match.start(), match.end(), True, True)
        return Roles(person, _home_of_self(people, person), match.start(), match.end(), True)
    return None


_OWN_FRIEND = re.compile(
    r"[我俺咱](?:的|有个|一?个|那个|们)?(?:(?:男|女)?朋友|室友|同事|同学|老乡|[表堂][哥弟姐妹]|侄|外甥|舅|姑|姨|叔|伯|嫂|姐夫|妹夫|弟媳|徒弟|对象)"
)
"""我朋友想落户: somebody in particular, for whom it is asked."""


def _home_of_self(people: People, person: str) -> str | None:
    """我在市区有房，爸妈能迁来吗: parents would join the child whose home is told."""
    if NODES[person] not in {"父母", "子女"}:
        return None
    if NODES[person] == "子女" and _OWN_GROUND.search(people.typed.text):
        return None  # 我大专，孩子能落户吗: along with me
    homes = {people.subject_at(m.start()) for m in _HOME.finditer(people.typed.text)}
    if re.search(
        "房子?(?:就)?(?:是)?[我俺](?:们)?的|[我俺](?:们)?(?:自己)?的房", people.typed.text
    ):
        return APPLICANT
    return APPLICANT if APPLICANT in homes else None


_MOVES = re.compile(
    r"迁|落(?=吗|个户|么)|落户|上户|入户|落得|落不|户口[^，。？]{0,6}(?:过来|过去|进去)"
)

_ANY_WAY = re.compile("办法|路子|门路|途径|渠道|法子|哪一?条|怎么(?:才)?(?:能)?落")
"""Where any way is welcome, what is told of one's own is no ground by itself."""

_OWN_GROUND = re.compile(
    r"租|大专|本科|学历|专科|硕士|博士|中专|技校|职称|技师|[初中高]级|社保|养老|居住证|登记|上班|工作|就业|带|随迁|一起"
)


def _implied(people: People, _: str) -> Roles | None:
    """爸妈在嘉兴有房，我没结婚，可以迁过来吗: with no ground of one's own, theirs is the one."""
    text = people.typed.text
    move = _MOVES.search(text)
    single = _ANY_WAY.search(text) and re.search("未婚|没结过?婚|单身|没成家", text)
    if move is None or (_OWN_GROUND.search(text) and not single):
        return None
    for match in _HOME.finditer(text):
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


def _going_over(people: People, marked: str) -> Roles | None:
    """老公是嘉兴户口，我的能迁过来吗: who moves over joins the one relative who is of this place."""
    text = people.typed.text
    move = _GOES_OVER.search(text)
    kin = [name for name in people.others() if NODES[name] != "其他"]
    if move is None or len(kin) != 1 or _OWN_GROUND.search(text):
        return None
    if NODES[kin[0]] == "子女" and not _HOME.search(text):
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


def _coming_over(people: People, marked: str) -> Roles | None:
    """我爸落得过来伐，城里房子是我自己买的: a parent who comes over joins the one with the home."""
    move = _COMES_OVER.search(marked)
    if move is None or _OWN_GROUND.search(people.typed.text) or not _MINE.search(marked):
        return None
    person = people.subject_at(move.start())
    if person is None or NODES.get(person) != "父母" or not people.named_in_clause(move.start()):
        return None
    return Roles(person, APPLICANT, move.start(), move.end(), True)


def moves_along(clause_text: str) -> bool:
    """Whether a clause speaks of relatives who would move along."""
    return _ALONG.search(clause_text) is not None
