"""Who a message speaks of: the person asking, their relatives, who moves and who is joined."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.typed import Typed

SELF, KIN = "\ue011", "\ue012"
"""Marks that stand for each character of 我 and of a relative in marked text."""

# Person as shown -> what they are to the one who writes.
NODES: Mapping[str, str] = {
    "父母": "父母", "父亲": "父母", "母亲": "父母", "配偶": "配偶", "丈夫": "配偶", "妻子": "配偶",
    "子女": "子女", "儿子": "子女", "女儿": "子女", "继子女": "子女", "岳父母": "配偶父母", "岳父": "配偶父母",
    "岳母": "配偶父母", "公婆": "配偶父母", "公公": "配偶父母", "婆婆": "配偶父母",
    "儿媳": "子女配偶", "女婿": "子女配偶", "兄弟": "兄弟姐妹", "姐妹": "兄弟姐妹",
    "兄弟姐妹": "兄弟姐妹", "祖父母": "祖辈", "孙子女": "孙辈", "配偶的祖父母": "配偶祖辈",
    "亲戚": "其他", "朋友": "其他", "旁人": "其他",
}  # fmt: skip
SEXES: Mapping[str, str] = {
    "父亲": "男", "丈夫": "男", "儿子": "男", "岳父": "男", "公公": "男", "女婿": "男",
    "母亲": "女", "妻子": "女", "女儿": "女", "岳母": "女", "婆婆": "女", "儿媳": "女",
}  # fmt: skip

_SPOUSE = r"(?:老婆|老公|爱人|媳妇|妻子|丈夫|太太|配偶|先生|对象)"
_WORDS: tuple[tuple[str, str], ...] = (
    ("配偶的祖父母", rf"{_SPOUSE}(?:的|她|他|家)?(?:爷爷奶奶|爷爷|奶奶|外公|外婆)"),
    ("岳父母", r"岳父岳母|岳父母|丈人丈母娘?|老婆(?:的|她)?(?:爸妈|父母|爹妈)|媳妇(?:的|她)?(?:爸妈|父母)|妻子的?父母"),
    ("公婆", r"公公婆婆|公婆|老公(?:的|他)?(?:爸妈|父母|爹妈)|丈夫的?父母|对象的?父母|爱人的?父母|配偶的?父母"),
    ("岳父", r"岳父|老?丈人|老婆(?:的|她)?(?:爸爸?|父亲|爹)|妻子的?父亲"),
    ("岳母", r"岳母|丈母娘|丈姆娘|老婆(?:的|她)?(?:妈妈?|母亲|娘)|妻子的?母亲"),
    ("公公", r"(?<!老)公公|老公(?:的|他)?(?:爸爸?|父亲|爹)|丈夫的?父亲"),
    ("婆婆", r"婆婆|老公(?:的|他)?(?:妈妈?|母亲|娘)|丈夫的?母亲"),
    ("儿媳", r"儿媳妇?|儿子(?:的)?(?:老婆|媳妇)|儿子他媳妇"),
    ("女婿", r"女婿|女儿(?:的)?(?:老公|对象)|女儿她老公"),
    ("孙子女", r"外孙女|外孙子?|孙子|孙女|孙辈|小孙"),
    ("祖父母", r"爷爷奶奶|外公外婆|祖父母|爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|阿公|阿婆|阿爷"),
    ("父母", r"爸爸妈妈|老爸老妈|爸妈|爹妈|爹娘|父母亲?|双亲|二老|两个老人|家里老人|老人家|(?<!我们)(?<!咱们)(?<!俺们)(?<!咱)老两口|我爸我妈"),
    ("父亲", r"老?父亲|爸爸|老爸|老爹|老爷子|阿爸|(?<=[我俺咱])爸|(?<=[我俺咱])爹|(?<=[靠把接给让带帮])爸|(?:^|(?<=[，。？]))爸(?!妈)"),
    ("母亲", r"老?母亲|妈妈|老妈|老娘|老太太|姆妈|阿妈|(?<=[我俺咱])妈|(?<=[我俺咱])娘(?!家)|(?<=[靠把接给让带帮])妈|(?:^|(?<=[，。？]))妈"),
    ("妻子", r"老婆大人|老婆|妻子|媳妇儿?|太太|内人|家里那位"),
    ("丈夫", r"老公|丈夫|孩子他?爸|(?<=[我俺])先生|(?<=[我俺])男人|当家的"),
    ("配偶", r"爱人|配偶|另一半|老伴"),
    ("继子女", r"[继养](?:子女|儿子?|女儿?|子)"),
    ("儿子", r"儿子|(?<=[我俺])儿(?!童|女|媳)|男孩"),
    ("女儿", r"女儿|闺女|囡囡|女孩"),
    ("子女", r"子女|儿女|小孩子?|孩子|娃娃?|小囡|宝宝|小朋友"),
    ("亲戚", r"表[哥弟姐妹]|堂[哥弟姐妹]|叔叔|舅舅|舅妈|姑姑|姑妈|姨妈|阿姨|大伯|伯父|侄子|侄女|外甥女?|嫂子|姐夫|妹夫|弟媳|小姨子|小舅子|干妈|干爹|干儿子|干女儿|亲戚|亲友"),
    ("兄弟姐妹", r"兄弟姐妹|兄妹|姐弟"),
    ("兄弟", r"哥哥|弟弟|兄弟|大哥|二哥|小弟|(?<=[我俺咱靠])[哥弟](?!们)"),
    ("姐妹", r"姐姐|妹妹|姐妹|大姐|二姐|小妹|(?<=[我俺咱靠])[姐妹]"),
    ("朋友", r"男朋友|女朋友|朋友|室友|同事|同学|老乡|未婚妻|未婚夫"),
    ("旁人", r"老板|领导|师傅|客服|前夫|前妻|前任|隔壁老?[\u4e00-\u9fff]?|邻居|老王|老李|老张|小王|小李|小张|别人|人家|有人|网友|中介"),
)  # fmt: skip
_KIN = re.compile(
    r"(?P<own>(?:我们?家?|俺们?家?|咱们?家?)(?:的|那个|那|这)?)?(?P<kin>"
    + "|".join(f"(?P<k{i}>{words})" for i, (_, words) in enumerate(_WORDS))
    + ")"
)
_SELF = re.compile(
    r"(?:我们|咱们?|俺们)(?:老两口|两口子|夫妻俩?|夫妇俩?)|我自己|我们?|俺们?|咱们?|本人|鄙人"
)
_PRONOUN = re.compile(r"[他她](?:们|俩)?(?!乡|妈|的)")
_OBJECT = re.compile(
    r"(?:投靠|跟着?|和|与|同|给|被|帮|替|把|将|带着?|带上|让|随着?|靠|投|户主是|房主是|就是|在|到|去|从|向|找|比|陪|照顾|对|用|听|嫁给|为|挂|接|连|问|回|叫|算|是|了|没|还没|有(?:一?个|两个|俩|了)?)$"
)
_INTRODUCED = re.compile(r"(?:有(?:一?个|两个|俩|了)?)$")
_I_AM = re.compile(
    r"[我俺](?:就|也|又)?是(?:[他她]们?|(?:爷爷|奶奶|外公|外婆|公公|婆婆|岳父|岳母|爸妈|户主)(?:的|家))(?:的|家)?(?:大|小|亲|独生)?$"
)
"""我是她儿媳妇: the relative named is the one who writes."""
_AS_KIN = re.compile(r"[我俺](?:这个)?(?:做|当|作为|身为)(?:人家)?$")
"""我当妈的, 我做父亲的: the one who writes, by what they are to somebody."""
_NOT_SELF_SUBJECT = re.compile(
    r"(?:投靠|跟|和|与|给|让|帮|把|被|带|随|靠|到|是|陪|找|比|对|替|为|告诉|问|请)$"
)


_MOST = 100  # nobody names more people in 2,000 characters; what does is not a question


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in the text; `is_object`: what follows is not said of them."""

    start: int
    end: int
    person: str
    is_object: bool


_PASSING = re.compile("老板|领导|师傅|客服|前夫|前妻|前任")
"""People named in passing: what the next clause says is not of them."""


@dataclass(frozen=True, slots=True)
class People:
    """Everybody named in a message, and whose a word is at a place in it."""

    mentions: tuple[Mention, ...]
    subjects: tuple[str | None, ...]  # the subject carried into each clause
    typed: Typed

    def subject_at(self, position: int) -> str | None:
        """The person that what stands at `position` is said of; None: nobody was named."""
        return self._subject(position)[0]

    def named_in_clause(self, position: int) -> bool:
        """Whether the subject at `position` was named in the same clause."""
        return self._subject(position)[1]

    def _subject(self, position: int) -> tuple[str | None, bool]:
        if not self.typed.clauses:
            return None, False
        index = self.typed.clause_at(position)
        clause = self.typed.clauses[index]
        for mention in reversed(self.mentions):
            if clause.start <= mention.start and mention.end <= position and not mention.is_object:
                if _PASSING.search(self.typed.text[mention.start : mention.end]) and any(
                    m.person == APPLICANT and mention.end <= m.start and m.end <= position
                    for m in self.mentions
                ):
                    return APPLICANT, True  # 老板给我交了四个月
                return mention.person, True
        return self.subjects[index], False

    def at(self, start: int) -> str | None:
        """The person named at exactly this place."""
        for mention in self.mentions:
            if mention.start <= start < mention.end:
                return mention.person
        return None

    def others(self) -> tuple[str, ...]:
        """Everybody named but the one who writes, in order."""
        names = (m.person for m in self.mentions if m.person != APPLICANT)
        return tuple(dict.fromkeys(names))

    def mark(self, marked: str) -> str:
        """Marked text with people marked too."""
        chars = list(marked)
        for mention in self.mentions:
            sign = SELF if mention.person == APPLICANT else KIN
            chars[mention.start : mention.end] = sign * (mention.end - mention.start)
        return "".join(chars)


def read_people(typed: Typed) -> People:
    """Find everybody a message names, and who each clause is about."""
    mentions = _mentions(typed.text)
    subjects: list[str | None] = []
    carried: str | None = None
    for clause in typed.clauses:
        subjects.append(carried)
        for mention in mentions:
            if not clause.start <= mention.start < clause.end or mention.is_object:
                continue
            if _PASSING.search(typed.text[mention.start : mention.end]):
                continue
            introduced = _INTRODUCED.search(typed.text[clause.start : mention.start])
            if not introduced:
                carried = mention.person
    return People(tuple(mentions), tuple(subjects), typed)


def _mentions(text: str) -> list[Mention]:
    found: list[Mention] = []
    taken = [False] * len(text)
    for match in _KIN.finditer(text):
        person = next(name for i, (name, _) in enumerate(_WORDS) if match[f"k{i}"] is not None)
        before = text[max(0, match.start() - 6) : match.start()]
        is_object = bool(_OBJECT.search(before)) and not _INTRODUCED.search(before)
        if _I_AM.search(text[max(0, match.start() - 8) : match.start()]):
            person, is_object = APPLICANT, True
        if _AS_KIN.search(before) and text[match.end() : match.end() + 1] == "的":
            person, is_object = APPLICANT, False
        found.append(Mention(match.start(), match.end(), person, is_object))
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    for match in _SELF.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        before = text[max(0, match.start() - 4) : match.start()]
        found.append(
            Mention(match.start(), match.end(), APPLICANT, bool(_NOT_SELF_SUBJECT.search(before)))
        )
    found.sort(key=lambda mention: mention.start)
    return _with_pronouns(text, found[:_MOST])


def _with_pronouns(text: str, found: list[Mention]) -> list[Mention]:
    pronouns: list[Mention] = []
    for match in _PRONOUN.finditer(text):
        if any(m.start <= match.start() < m.end for m in found):
            continue
        earlier = [m.person for m in found if m.end <= match.start() and m.person != APPLICANT]
        if not earlier:
            if any(m.person == APPLICANT for m in found):
                before = text[max(0, match.start() - 4) : match.start()]
                pronouns.append(Mention(*match.span(), "旁人", bool(_OBJECT.search(before))))
            continue
        before = text[max(0, match.start() - 4) : match.start()]
        others = [person for person in earlier if person != earlier[-1]]
        since = max(m.end for m in found if m.end <= match.start() and m.person != APPLICANT)
        joins = before.endswith("投靠") and "，" not in text[since : match.start()]
        meant = others[-1] if others and joins else earlier[-1]
        pronouns.append(Mention(match.start(), match.end(), meant, bool(_OBJECT.search(before))))
    return sorted([*found, *pronouns[:_MOST]], key=lambda mention: mention.start)


# What X is to Y, both told by what they are to the one who writes.
_TO_SELF = {"祖辈": "祖孙", "孙辈": "祖孙", "配偶祖辈": "配偶的其他直系亲属"}
_FROM_SELF = {
    "父母": "子女", "子女": "父母", "配偶": "配偶", "配偶父母": "子女配偶", "子女配偶": "配偶父母",
    "兄弟姐妹": "兄弟姐妹", "祖辈": "祖孙", "孙辈": "祖孙",
}  # fmt: skip
_BETWEEN = {
    ("配偶", "父母"): "子女配偶", ("配偶", "配偶父母"): "子女", ("子女", "配偶"): "子女",
    ("子女", "父母"): "祖孙", ("子女", "配偶父母"): "祖孙", ("父母", "兄弟姐妹"): "父母",
    ("父母", "配偶"): "配偶父母", ("父母", "子女"): "祖孙", ("配偶父母", "配偶"): "父母",
    ("配偶父母", "子女"): "祖孙", ("兄弟姐妹", "父母"): "子女", ("子女配偶", "子女"): "配偶",
    ("子女配偶", "配偶"): "子女配偶", ("父母", "父母"): "配偶", ("子女", "子女"): "兄弟姐妹",
    ("孙辈", "子女"): "子女", ("子女", "孙辈"): "父母", ("父母", "祖辈"): "子女",
    ("祖辈", "父母"): "父母", ("配偶", "子女"): "父母", ("配偶", "祖辈"): "其他",
    ("配偶祖辈", "配偶"): "祖孙", ("祖辈", "配偶"): "配偶的其他直系亲属", ("兄弟姐妹", "祖辈"): "祖孙",
    ("兄弟姐妹", "兄弟姐妹"): "兄弟姐妹", ("孙辈", "配偶"): "祖孙", ("配偶", "孙辈"): "祖孙",
}  # fmt: skip


def relation_between(applicant: str, host: str) -> str | None:
    """What `applicant` is to `host`, in the words of the dictionary; None where unsettled."""
    if applicant == host:
        return None
    if host == APPLICANT:
        node = NODES[applicant]
        return _TO_SELF.get(node, node)
    if applicant == APPLICANT:
        return _FROM_SELF.get(NODES[host], "其他")
    return _BETWEEN.get((NODES[applicant], NODES[host]))


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
    r"一起|一块|一同|一道|随迁|跟着|跟我|随着|随我|带着|带上|带|连同|陪|也(?:一起|能|可以|想|要)?(?:跟|落|迁|过来|转|进)|都(?:能|可以)?(?:落|迁|过来)|全家|家属"
)
_JOINS = re.compile(
    rf"投靠(?:到|给|去)?(?:已?成年的?|未成年的?|有房的?|[^，。？{SELF}{KIN}]{{1,12}}的)?(?P<host>{_P}++)?"
)
_MOVES_TO = re.compile(
    rf"(?:迁|落|搬|转|挂|放|弄|上|入|移|回|进)(?:户口?)?(?:过来|过去|回)?(?:到|在|进|去|来|至)?(?P<host>{_P}++)(?:他|她)?(?:们)?(?:的)?(?:家|那|这|\ue001|\ue003|名下|户|房子|房上|本|老房)"
)
_BRINGS = re.compile(
    rf"(?:把|将|让|叫|帮|给|替|为|接)(?P<who>{KIN}++)(?:的)?(?:户口|户籍)?{_G}{{0,8}}?(?:迁|落户|落|接|转|弄|办|上户|投靠|过来|移|申领)"
)
_WISHES = re.compile(
    rf"(?P<who>{KIN}++){_G}{{0,16}}?(?:能不能|能否|能|可以|可不可以|可否|想|要|准备|打算|怎么|如何|怎样|符合|够|是否|有没有资格|咋)"
    rf"{_G}{{0,10}}?(?:落户|落不|落吗|落得|上户|迁|转户|转为户|入户|投靠|居住证|进户口|户口|报销?|划|补)"
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
    for reader in (_joining, _brought, _moved_to, _headed, _taking_me):
        roles = reader(people, marked)
        if roles is not None:
            return roles
    match = _ASKS_FOR.search(marked)
    person = people.at(match.start("who")) if match else None
    if match is not None and person is not None:
        return Roles(person, None, match.start(), match.end(), True, True)
    return _wishing(people, marked) or _implied(people, marked) or Roles()


_ASKS_FOR = re.compile(
    rf"(?:帮|替|给|代|为)(?P<who>{KIN}++)(?:来|去|也)?(?:问|咨询|打听|查|了解|看看|请教)"
)


_NAMES_WAY = re.compile(r"[」”]?(?:这|那)(?:一)?(?:条|个|项|款|种)|(?:的)?(?:政策|规定|渠道)")
"""子女投靠父母这条: the way is named, and it is the one who writes who would take it."""


def _joining(people: People, marked: str) -> Roles | None:
    for match in _JOINS.finditer(marked):
        host = people.at(match.start("host")) if match["host"] else None
        subject = _mover(people, marked, match.start())
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


def _brought(people: People, marked: str) -> Roles | None:
    for match in _BRINGS.finditer(marked):
        clause = people.typed.clauses[people.typed.clause_at(match.start())]
        if _ALONG.search(people.typed.text[clause.start : clause.end]):
            continue
        person = people.at(match.start("who"))
        if person is not None and NODES[person] != "其他":
            to = _MOVES_TO.search(marked, match.start("who"))
            host = people.at(to.start("host")) if to else APPLICANT
            if host == person:
                host = APPLICANT
            return Roles(person, host, match.start(), match.end(), True)
    return None


def _moved_to(people: People, marked: str) -> Roles | None:
    for match in _MOVES_TO.finditer(marked):
        host = people.at(match.start("host"))
        applicant = people.subject_at(match.start()) or APPLICANT
        if host == APPLICANT and applicant == APPLICANT:
            continue
        if host is None or host == applicant or host == "旁人":
            continue
        return Roles(applicant, host, match.start(), match.end(), applicant != APPLICANT)
    return None


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
        if person is None or NODES[person] == "其他" or _is_object_at(people, match.start("who")):
            continue
        return Roles(person, None, match.start(), match.end(), True)
    return None


_MOVES = re.compile(r"迁|落户|上户|入户|落得|落不|户口[^，。？]{0,6}(?:过来|过去|进去)")
_OWN_GROUND = re.compile(
    r"租|大专|本科|学历|专科|硕士|博士|中专|技校|职称|技师|[初中高]级|社保|养老|居住证|登记|上班|工作|就业|带|随迁|一起"
)


def _implied(people: People, _: str) -> Roles | None:
    """爸妈在嘉兴有房，我没结婚，可以迁过来吗: with no ground of one's own, theirs is the one."""
    text = people.typed.text
    move = _MOVES.search(text)
    if move is None or _OWN_GROUND.search(text):
        return None
    for match in _HOME.finditer(text):
        host = people.subject_at(match.start())
        if host is None or NODES.get(host) not in {"父母", "子女"}:
            continue
        if people.subject_at(move.start()) == host and people.named_in_clause(move.start()):
            continue
        return Roles(APPLICANT, host, match.start(), match.end(), False)
    return None


def moves_along(clause_text: str) -> bool:
    """Whether a clause speaks of relatives who would move along."""
    return _ALONG.search(clause_text) is not None
