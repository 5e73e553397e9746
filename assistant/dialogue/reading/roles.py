"""Who would move, and whom they would join."""

import re
from dataclasses import replace

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.coming import (
    FOLLOWS_ME,
    HAS_HOME,
    OF_REGISTRATION,
    OWN_GROUND,
    Roles,
    coming_over,
    coming_to_live,
    coming_to_me,
    going_over,
    implied,
)
from assistant.dialogue.reading.people import KIN, NODES, SELF, People
from assistant.dialogue.reading.selves import following, meant_of_self
from assistant.dialogue.reading.wishing import ALONG, wisher, wishing

_P = rf"[{SELF}{KIN}]"

_G = "[^，。？]"

_JOINS = re.compile(
    rf"(?<!被)投靠(?:到|给|去|的(?:就|其实)?是|的)?(?:已?成年的?|未成年的?|有房的?|[^，。？{SELF}{KIN}]{{1,12}}的)?(?P<host>{_P}++)?"
)

_MOVES_TO = re.compile(
    rf"(?:挂靠|迁|落|搬|转|挂|放|弄|上|入|移|回|进|投(?=到|去))(?:户口?)?(?:过来|过去|回)?(?:到|在|进|去|来|至)?(?P<host>{_P}++)(?:他|她)?(?:们)?(?:的)?(?:家|那|这(?!把|种|样|情况|年纪)|\ue001|\ue003|名下|户|房子|房上|本|老房|(?:当|做|是|为)户主)"
)

_BRINGS = re.compile(
    rf"(?:把|将|让|叫|帮|给|替|为|接|同意|允许|答应)(?P<who>{KIN}++)(?:的)?(?:户口|户籍)?{_G}{{0,8}}?(?:迁|落户|落|接|转|弄|办|上户|投靠|过来|移|申领)"
)

_HEAD_IS = re.compile(
    rf"(?:户主|房主|被投靠人)(?:就|都|目前)?(?:是|为|叫)(?P<host>{_P}++)(?!的?(?:同意|朋友))"
)

_IS_HEAD = re.compile(
    rf"(?P<host>{_P}++)(?:他|她)?(?:就|也|现在)?(?:在[^，。？]{{1,6}}?)?(?:是|当|做|作为)(?:城镇|城区|市区|城里|农村|乡下|村里|家庭户?|地区|本户|的|[\ue001])*户主"
)

_TAKES_ME = re.compile(rf"(?P<who>{KIN}++)(?:能|可以|能不能|可不可以|想|要)?(?:带|带着|带上){SELF}")


def read_roles(people: People, marked: str) -> Roles:
    """Who moves and who is joined, as far as the message says so."""
    roles = _roles(people, marked)
    if roles.host not in {None, APPLICANT} and _IT_IS_ME.search(marked):
        return replace(roles, applicant=APPLICANT)
    ours = any(
        m.person == "父母" and re.match("我们|咱们|俺们", people.typed.text[m.start :])
        for m in people.mentions
    )
    if NODES.get(roles.applicant) == "子女" and roles.host == "父母" and ours:
        return replace(roles, host=APPLICANT)  # 女儿投靠我们爹娘: we are the parents
    return meant_of_self(_first_asked(roles, people, marked), people, marked)


_IT_IS_ME = re.compile(
    rf"(?:投靠|落户|迁)[^，。？]{{0,10}}的(?:人)?(?:就|可|倒)?是{SELF}(?!们?的?{KIN})"
)
"""妹妹没结婚，要投靠爸妈的是我."""

_ASKS_FIRST = re.compile(
    rf"(?:先|就|只|单单?|主要|专门)(?:是)?(?:来|想|帮我|替我)?(?:问|说|看|讲|管)(?:问|说|看|讲|一?下)?(?:的是)?(?P<who>{KIN}++)(?=[，。？的能行]|$)"
)


def _first_asked(roles: Roles, people: People, marked: str) -> Roles:
    """太太和儿子都要投靠来，先问太太: of several who would move, the one who is asked about."""
    match = _ASKS_FIRST.search(marked)
    person = people.at(match.start("who")) if match else None
    if person is None or roles.host is None or person in {roles.host, APPLICANT}:
        return roles
    return replace(roles, applicant=person, explicit=True)


def _roles(people: People, marked: str) -> Roles:
    for reader in (
        _included,
        following,
        coming_to_me,
        _joining,
        _brought,
        _moved_to,
        _moved_beside,
        _headed,
        coming_to_live,
        _taking_me,
    ):
        roles = reader(people, marked)
        if roles is not None:
            return roles
    match = _ASKS_FOR.search(marked) or _THEIR_PERMIT.search(marked)
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
        wishing(people, marked)
        or implied(people, marked)
        or going_over(people, marked)
        or coming_over(people, marked)
        or Roles()
    )


_THEIR_PERMIT = re.compile(
    rf"(?P<who>{KIN}++)(?:本人|自己|个人)?的?居住证(?:能|可以|怎么|行|办|申领|可不可以)"
)
"""孩子本人的居住证能申领没."""
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
        own = any(m.person == APPLICANT and not m.is_object for m in people.mentions)
        if own and host == "父母" and _WAY_OF_CHILDREN.search(people.typed.text, 0, match.end()):
            subject = APPLICANT  # 我想以子女投靠父母
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


_WAY_OF_CHILDREN = re.compile(r"(?<![我俺咱他她的])(?:未婚)?子女投靠父母$")


def _has_home(people: People, position: int, person: str) -> bool:
    """Whether a person who is not named beside 投靠 was said to have the home, or to be head."""
    if people.named_in_clause(position):
        return False
    text = people.typed.text
    return any(
        people.subject_at(match.start()) == person for match in HAS_HOME.finditer(text, 0, position)
    )


def _mover(people: People, marked: str, position: int) -> str | None:
    """Who is said to move at `position`: a 把X or 让X before it, else the subject."""
    clause = people.typed.clauses[people.typed.clause_at(position)]
    brought = re.search(rf"(?:把|让|叫|帮|给|替)(?P<who>{KIN}++)", marked[clause.start : position])
    if brought:
        return people.at(clause.start + brought.start("who"))
    told = _WHO_MOVES.search(marked, 0, position)
    if told is not None and not people.named_in_clause(position):
        return people.at(told.start("who"))
    return people.subject_at(position)


_WHO_MOVES = re.compile(
    rf"(?:落户|入户|上户|迁户口?|迁(?:过)?来)的(?:人)?(?:其实|就)?是(?P<who>{_P}++)(?=[，。？]|$)"
)
"""要落户的是我哥: who moves, said outright."""


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
    homes = {people.subject_at(m.start()) for m in HAS_HOME.finditer(people.typed.text)}
    owners = [name for name in kin if name in homes]
    return owners[0] if owners else kin[0] if len(kin) == 1 else None


_FETCHES = re.compile(rf"接(?P<who>{KIN}++)(?:的户口)?(?:一起)?(?:过?来|过去)(?=[，。？]|$)")
"""接爸妈来, where a registration is spoken of: they are to be moved."""


def _brought(people: People, marked: str) -> Roles | None:
    fetched = _FETCHES.search(marked) if OF_REGISTRATION.search(people.typed.text) else None
    person = people.at(fetched.start("who")) if fetched else None
    if fetched is not None and person is not None and NODES[person] != "其他":
        return Roles(person, APPLICANT, fetched.start(), fetched.end(), True)
    for match in _BRINGS.finditer(marked):
        clause = people.typed.clauses[people.typed.clause_at(match.start())]
        if ALONG.search(people.typed.text[clause.start : clause.end]):
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
            if to is None and OWN_GROUND.search(text) and not HAS_HOME.search(text):
                continue  # 我社保五个月，落户能把小孩迁来吗: along with me
            host = people.at(to.start("host")) if to else APPLICANT
            if host == person:
                host = APPLICANT
            return Roles(person, host, match.start(), match.end(), True)
    return None


_SEATED = re.compile("(?<![把将])户口(?:就|都|也|现在|目前|一直|已经?)*$")
_ASKING = re.compile("能|可以|行|想|要|吗|不$|怎么")


def _is_seat(people: People, marked: str, position: int) -> bool:
    """户口落在朋友家: where it stands by now, and nowhere that it would move to."""
    if marked[position] not in "落挂放":
        return False
    end = people.typed.clauses[people.typed.clause_at(position)].end
    seated = _SEATED.search(marked, max(0, position - 7), position)
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
_GOES_WITH = re.compile(
    rf"(?:户口|户籍|我|俺){_G}{{0,8}}?(?:跟着?|随着?)(?P<host>{KIN}++)(?:他|她)?(?:一起|一块)?(?:走|过去|过来|去(?=吗|不|么|，|。|？|$)|迁(?!就))"
)
"""我户口能不能跟着儿子走: whose home was told is the one who is joined."""


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
    goes = _GOES_WITH.search(marked)
    host = people.at(goes.start("host")) if goes else None
    if goes is not None and host not in {None, "旁人"} and _has_told_home(people, host):
        applicant = people.subject_at(goes.start()) or APPLICANT
        applicant = APPLICANT if applicant == host else applicant
        return Roles(applicant, host, goes.start(), goes.end(), applicant != APPLICANT)
    follows = FOLLOWS_ME.search(marked)
    person = people.subject_at(follows.start()) if follows else None
    if follows is None or person in {None, APPLICANT} or NODES.get(person or "") == "其他":
        return None
    text = people.typed.text
    if HAS_HOME.search(text) is None or OWN_GROUND.search(text):
        return None  # 我大专，老婆能跟我落户吗: she would move along
    return Roles(person or APPLICANT, APPLICANT, follows.start(), follows.end(), True)


def _has_told_home(people: People, person: str | None) -> bool:
    """Whether a person was said to have a home, and no tenancy is spoken of."""
    text = people.typed.text
    homes = (people.subject_at(m.start()) for m in HAS_HOME.finditer(text))
    return "租" not in text and person in set(homes)


def _headed(people: People, marked: str) -> Roles | None:
    for pattern in (_HEAD_IS, _IS_HEAD):
        for match in pattern.finditer(marked):
            host = people.at(match.start("host"))
            if host is None or host == "旁人":
                continue
            if host != APPLICANT:
                wishes = wisher(people, marked)
                applicant = wishes if wishes not in {None, host} else APPLICANT
                return Roles(applicant or APPLICANT, host, match.start(), match.end(), False)
            wished = wisher(people, marked)
            if wished is not None:
                return Roles(wished, host, match.start(), match.end(), True)
    return None


_COMES_WITH = re.compile(
    rf"(?:人才|学历|职称|技能|就业|租赁|租房)[^，。？{SELF}{KIN}]{{0,4}}(?:落户)?[^，。？{SELF}{KIN}]{{0,2}}(?P<who>{KIN}++)(?:可以|能|够|行|符合)(?:了|的|条件)?，(?:那|那么)?{SELF}++[^，。？]{{0,10}}(?:随迁|跟迁|一起迁|跟着|跟过)"
)
"""人才落户她可以，那我随迁得了吗: it is her case, along with whom the one who writes would move."""


def _taking_me(people: People, marked: str) -> Roles | None:
    match = _TAKES_ME.search(marked) or _COMES_WITH.search(marked)
    person = people.at(match.start("who")) if match else None
    if match is None or person is None or NODES[person] == "其他":
        return None
    return Roles(person, None, match.start(), match.end(), True)
