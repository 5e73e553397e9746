"""Who a message speaks of, and whose a word is at each place in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.designations import BY_NAME, BY_POST
from assistant.dialogue.reading.kinship import (
    ADJOINED,
    CONNECTED,
    OF_A_CHILD,
    composed,
    grandparent_of_child,
)
from assistant.dialogue.reading.typed import Typed

SELF, KIN = "\ue011", "\ue012"
"""Marks that stand for each character of 我 and of a relative in marked text."""

# Person as shown -> what they are to the one who writes.
NODES: Mapping[str, str] = {
    "父母": "父母", "父亲": "父母", "母亲": "父母", "配偶": "配偶", "丈夫": "配偶", "妻子": "配偶",
    "继父母": "父母", "配偶的兄弟姐妹": "配偶旁系", "子女": "子女", "儿子": "子女", "女儿": "子女", "继子女": "子女", "岳父母": "配偶父母", "岳父": "配偶父母",
    "岳母": "配偶父母", "公婆": "配偶父母", "公公": "配偶父母", "婆婆": "配偶父母",
    "儿媳": "子女配偶", "女婿": "子女配偶", "兄弟": "兄弟姐妹", "姐妹": "兄弟姐妹",
    "兄弟姐妹": "兄弟姐妹", "祖父母": "祖辈", "孙子女": "孙辈", "配偶的祖父母": "配偶祖辈",
    "孩子的祖父母": "长辈", "亲戚": "其他", "朋友": "其他", "旁人": "其他", "前配偶": "其他", "被投靠人": "其他",
}  # fmt: skip

SEXES: Mapping[str, str] = {
    "父亲": "男", "丈夫": "男", "儿子": "男", "岳父": "男", "公公": "男", "女婿": "男",
    "母亲": "女", "妻子": "女", "女儿": "女", "岳母": "女", "婆婆": "女", "儿媳": "女",
}  # fmt: skip

_SPOUSE = r"(?:老婆|老公|爱人|媳妇|妻子|丈夫|太太|配偶|先生|对象)"

_WORDS: tuple[tuple[str, str], ...] = (
    *OF_A_CHILD,
    ("配偶的祖父母", rf"{_SPOUSE}(?:的|她|他|家)?(?:爷爷奶奶|爷爷|奶奶|外公|外婆)"),
    ("继父母", r"[养继后](?:父母|父亲?|母亲?|爸爸?|妈妈?|爹|娘)"),
    ("配偶的兄弟姐妹", r"[小大](?:姨子|舅子|姑子|叔子|伯子)|内[弟兄]"),
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
    ("父母", r"爸爸妈妈|老爸老妈|爸妈|爹妈|爹娘|父母亲?|双亲|二老|两[个位]老人|家里老人|老人家|(?<!我们)(?<!咱们)(?<!俺们)(?<!咱)老两口|我爸我妈"),
    ("亲戚", r"(?:老)?娘舅|舅公|姨父|姨夫|姑父|姑夫|姑丈|舅母|婶婶|婶子|嬢嬢|伯伯|伯母|表亲|堂亲|远房亲戚|叔公|姑婆|姨婆|大爷爷|外甥|侄儿"),
    ("父亲", r"亲爸|亲爹|老?父亲|爸爸|老爸|老爹|老爷子|阿爸|(?<=[我俺咱他她])爸|(?<=[我俺咱他她])爹|(?<=[靠把接给让带帮])爸|(?:^|(?<=[，。？]))[爸爹](?![妈娘])"),
    ("母亲", r"亲妈|亲娘|老?母亲|妈妈|老妈|老娘|老太太|姆妈|阿妈|(?<=[我俺咱])妈|(?<=[他她])妈(?!的)|(?<=[我俺咱])娘(?!家)|(?<=[靠把接给让带帮])妈|(?:^|(?<=[，。？]))(?:妈|娘(?![家子们舅姨]))"),
    ("妻子", r"老婆大人|老婆|妻子|媳妇儿?|太太|内人|家里那位"),
    ("丈夫", r"老公|丈夫|孩子他?爸|(?<=[我俺])先生|(?<=[我俺])男人|当家的"),
    ("配偶", r"爱人|配偶|另一半|老伴|(?<=[我俺])对象(?!是谁)"),
    ("继子女", r"[继养](?:子女|儿子?|女儿?|子)"),
    ("儿子", r"儿子|(?<=[我俺])儿(?!童|女|媳)|男孩"),
    ("女儿", r"女儿|闺女|囡囡|女孩"),
    ("子女", r"子女|儿女|小孩子?|孩子|娃娃?|小囡|宝宝|小朋友"),
    ("亲戚", r"[表堂](?:兄弟姐妹|兄弟|姐妹|兄妹|哥|弟|姐|妹)|(?<=[我俺咱])(?:舅(?![舅妈])|姑(?![姑妈父])|姨(?![姨妈父])|叔(?!叔)|伯(?![伯父])|婶(?!婶)|嫂(?!子))|叔叔|舅舅|舅妈|姑姑|姑妈|姨妈|阿姨|大伯|伯父|侄子|侄女|外甥女?|嫂子|姐夫|妹夫|弟媳|干妈|干爹|干儿子|干女儿|[表堂][叔伯舅姑姨侄]|(?<!没)(?<!没有)(?<!不是)(?<!非)亲戚|亲友"),
    ("兄弟姐妹", r"兄弟姐妹|兄妹|姐弟"),
    ("兄弟", r"哥哥|弟弟|兄弟|大哥|二哥|小弟|(?<=[我俺咱靠他她])[哥弟](?!们)|(?:^|(?<=[，。？]))[哥弟](?=投靠|落户|迁|户口)"),
    ("姐妹", r"姐姐|妹妹|姐妹|大姐|二姐|小妹|(?<=[我俺咱靠他她])[姐妹]|(?:^|(?<=[，。？]))[姐妹](?=投靠|落户|迁|户口)"),
    ("旁人", rf"{BY_NAME}|{BY_POST}"),
    ("朋友", r"(?<=[个位名])(?:新|老|男|女)?(?:员工|职员|职工(?!代表|大会)|小伙子?|姑娘)|男朋友|女朋友|男友|女友|哥们儿?|闺蜜|发小|死党|朋友|室友|同事|同学|老乡|未婚妻|未婚夫"),
    ("被投靠人", r"被投靠(?:的(?:那个|那位)?)?(?:人|方|对象|一方)"),
    ("前配偶", r"前夫|前妻|前任|前老公|前老婆"),
    ("旁人", r"(?<!私人)老板(?!打工|舍不得|抠)|领导|徒弟|学徒|下属|手下|房客|租客|邻居家?|师傅|客服|隔壁老?[\u4e00-\u9fff]?|邻居|别人|人家(?!属|里)|有人|网友|中介"),
)  # fmt: skip

_KIN = re.compile(
    r"(?P<own>(?:我们?家?|俺们?家?|咱们?家?)(?:的|那个|那|这)?)?(?P<kin>"
    + "|".join(f"(?P<k{i}>{words})" for i, (_, words) in enumerate(_WORDS))
    + ")"
)

_SELF = re.compile(
    r"(?:我们|咱们?|俺们)(?:老两口|两口子|夫妻俩?|夫妇俩?)|我自己|我们?|俺们?|咱们?|(?<![其他她])本人|鄙人|申请人(?=系|[是为](?:该|其)?(?:户主|被投靠人))"
)

_PRONOUN = re.compile(r"[他她](?:们|俩)?(?!乡|妈|的(?!户口|户籍))")

_OBJECT = re.compile(
    r"(?:投靠|跟着?|和|与|同|给|被|帮|替|把|将|带着?(?:一?个|俩|两个)?|带上|让|随着?|靠|投|户主是|房主是|就是|在|到|去|从|向|找|比|陪|照顾|照看|伺候|看望|赡养|养着?|送|娶|对|用|住(?:在|的是)?|租|听|嫁给|为|挂|接|连|问|回|叫|算|(?<![要但可于])是|了|没|还没|有(?:一?个|两个|俩|了)?)$"
)

_INTRODUCED = re.compile(r"(?:有(?:一?个|两个|俩|了)?)$")

_I_AM = re.compile(
    r"(?:申请人|本人|投靠人|迁入人)(?:系|是|为)(?:该|其)?(?:户主|被投靠人)(?:本人)?(?:的|之)?(?:配偶(?:的|之)?)?$"
    r"|[我俺](?:就|也|又)?是(?:[他她]们?|(?:爷爷|奶奶|外公|外婆|公公|婆婆|岳父|岳母|爸妈|户主)(?:的|家))(?:的|家)?(?:大|小|亲|独生)?$"
)
"""我是她儿媳妇: the relative named is the one who writes."""

_AS_KIN = re.compile(r"[我俺](?:这个)?(?:做|当|作为|身为)(?:人家)?$")
"""我当妈的, 我做父亲的: the one who writes, by what they are to somebody."""

_THIS_ME = re.compile(r"[我俺]这个(?:[^，。？我他她]{0,8}的)?$")
"""投靠我这个三十岁的儿子: the one who writes."""
_ON_THE_SIDE = re.compile(
    "(?:家)?(?:那边|那头|这边|那一边)的(?:亲|叔|舅|姑|姨|人|长辈|[\u4e00-\u9fff]辈)"
)
"""我爸那边的叔辈: no parent is spoken of."""

_SAME_AS_ME = re.compile(r"[(，]?(?:也)?(?:就是|即|也就是)[我俺](?:本人|自己)?(?=[)，。]|$)")
"""她爸(就是我): the relative named is the one who writes."""

_ASKS_HERSELF = re.compile(
    r"(?:自己)?(?:来(?:问|咨询)|代(?:为)?(?:问|咨询|询问))(?:一下)?[，。]|(?:替|帮|代)(?:我|俺)(?:来|在|上)?(?:问|咨询|打听|查|发|打字|写)"
)
"""婆婆来问：…, 人事小刘代问：…, 闺女替我问: the one who writes, by what they are to somebody."""

_NOT_SELF_SUBJECT = re.compile(
    r"(?:投靠|跟|和|与|给|让|帮|把|被|带|随|靠|到|是|陪|找|比|对|替|为|告诉|问|请)$"
)

_ASIDE = re.compile(
    r"(?:也|就|先|都|是|想|来|真|实在|还|可|这)*(?:(?:搞|弄|分|说|算)(?:也)?不(?:太)?(?:清|懂|准)|先?不说|问|打听|咨询|了解一?下|不(?:太)?(?:懂|知道|晓得|清楚))"
)
"""我搞不清, 我来问问: who says so tells nothing of their own."""

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
        aside = self._in_brackets(position)
        if aside is not None:
            return aside, True
        for mention in reversed(self.mentions):
            if clause.start <= mention.start and mention.end <= position and not mention.is_object:
                if _PASSING.search(self.typed.text[mention.start : mention.end]) and any(
                    m.person == APPLICANT and mention.end <= m.start and m.end <= position
                    for m in self.mentions
                ):
                    return APPLICANT, True  # 老板给我交了四个月
                return mention.person, True
        return self.subjects[index], False

    def _in_brackets(self, position: int) -> str | None:
        """投靠我（成年，户口在市区）: what stands in brackets is of the one named before them."""
        opened = self.typed.text.rfind("(", 0, position)
        if opened < 0 or ")" in self.typed.text[opened:position]:
            return None
        if any(opened < m.start and m.end <= position and not m.is_object for m in self.mentions):
            return None
        return next((m.person for m in self.mentions if m.end == opened), None)

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


def read_people(typed: Typed, antecedent: str | None = None) -> People:
    """Find everybody a message names, and who each clause is about.

    `antecedent` is whom 他 or 她 means where the message names nobody.
    """
    mentions = _mentions(typed.text, antecedent)
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


def _mentions(text: str, antecedent: str | None) -> list[Mention]:
    found: list[Mention] = []
    taken = [False] * len(text)
    for match in _KIN.finditer(text):
        person = next(name for i, (name, _) in enumerate(_WORDS) if match[f"k{i}"] is not None)
        if person == "孩子的祖父母":
            person = grandparent_of_child(match["kin"], text)
        before = text[max(0, match.start() - 6) : match.start()]
        is_object = bool(_OBJECT.search(before)) and not _INTRODUCED.search(before)
        if _I_AM.search(text[max(0, match.start() - 16) : match.start()]):
            person, is_object = APPLICANT, True
        if _SAME_AS_ME.match(text, match.end()) or _ASKS_HERSELF.match(text, match.end()):
            person, is_object = APPLICANT, text[match.end() : match.end() + 1] == "代"
        if _ON_THE_SIDE.match(text, match.end()):
            continue
        if _THIS_ME.search(text[max(0, match.start() - 14) : match.start()]):
            person, is_object = APPLICANT, True
        as_kin = _AS_KIN.search(before)
        if as_kin and (text[match.end() : match.end() + 1] == "的" or "为" in as_kin.group()):
            person, is_object = APPLICANT, False
        found.append(Mention(match.start(), match.end(), person, is_object))
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    for match in _SELF.finditer(text):
        if any(taken[match.start() : match.end()]):
            continue
        before = text[max(0, match.start() - 4) : match.start()]
        aside = _NOT_SELF_SUBJECT.search(before) or _ASIDE.match(text, match.end())
        found.append(Mention(match.start(), match.end(), APPLICANT, bool(aside)))
    found = _made_one(sorted(found, key=lambda mention: mention.start))
    found = _named_again(text, _of_another(text, found[:_MOST], antecedent))
    return _with_pronouns(text, found, antecedent)


def _named_again(text: str, found: list[Mention]) -> list[Mention]:
    """落到她外公家，外公是户主: the grandparent of a child named before is meant again."""
    whose = "孩子的祖父母"
    first = next((m.start for m in found if m.person == whose), len(text))
    return [
        Mention(m.start, m.end, whose, m.is_object)
        if m.person == "祖父母" and m.start > first and text[m.start] not in "我俺咱"
        else m
        for m in found
    ]


_COUPLES = {("父亲", "母亲"): "父母", ("岳父", "岳母"): "岳父母", ("公公", "婆婆"): "公婆"}


def _coupled(found: list[Mention]) -> list[Mention]:
    """老爹老娘: two who stand side by side are spoken of as one."""
    kept: list[Mention] = []
    for mention in found:
        pair = _COUPLES.get((kept[-1].person, mention.person)) if kept else None
        if kept and (kept[-1].person, mention.person) == ("朋友", "旁人"):
            pair = "朋友"  # 同事老李
        if pair is not None and kept[-1].end == mention.start:
            kept[-1] = Mention(kept[-1].start, mention.end, pair, kept[-1].is_object)
        else:
            kept.append(mention)
    return kept


_SPECIFIC = {"子女": ("儿子", "女儿"), "配偶": ("丈夫", "妻子")}


def _made_one(found: list[Mention]) -> list[Mention]:
    """娃十四岁，…投靠儿子: the child spoken of in two words is one child."""
    found = _coupled(found)
    named = {m.person for m in found}
    for general, kinds in _SPECIFIC.items():
        specific = [kind for kind in kinds if kind in named]
        if general in named and len(specific) == 1:
            found = [
                Mention(m.start, m.end, specific[0], m.is_object) if m.person == general else m
                for m in found
            ]
    return found


_POSSESSOR = re.compile(r"[他她](?:们)?(?:家)?的?$")


def _of_another(text: str, found: list[Mention], antecedent: str | None) -> list[Mention]:
    """老公的爷爷, 她弟弟: a relative of the one just named is one person with them."""
    kept: list[Mention] = []
    for mention in found:
        pronoun = _POSSESSOR.search(text, max(0, mention.start - 4), mention.start)
        named = next((m for m in reversed(kept) if m.person != APPLICANT), None)
        own = text[mention.start] in "我俺咱" or mention.person == APPLICANT
        whose = composed(antecedent or "", mention.person, NODES) if pronoun and not named else None
        if whose is not None and pronoun is not None and not own:
            before = text[max(0, pronoun.start() - 4) : pronoun.start()]
            kept.append(Mention(pronoun.start(), mention.end, whose, bool(_OBJECT.search(before))))
            continue
        if own or named is None or named.end > mention.start:
            kept.append(mention)
            continue
        between = text[named.end : mention.start]
        pair = NODES[named.person], NODES[mention.person]
        joined = CONNECTED.fullmatch(between) is not None and (bool(between) or pair in ADJOINED)
        person = composed(named.person, mention.person, NODES) if joined or pronoun else None
        if person is None:
            kept.append(mention)
        elif joined:
            kept[kept.index(named)] = Mention(named.start, mention.end, person, named.is_object)
        else:
            start = pronoun.start() if pronoun else mention.start
            before = text[max(0, start - 4) : start]
            is_object = bool(_OBJECT.search(before)) and not _INTRODUCED.search(before)
            kept.append(Mention(start, mention.end, person, is_object))
    return kept


_HAD = re.compile("(?:有|生)(?:一个|个|两个|俩|了)?$")
"""我哥有娃了，他也想来: a child that somebody has is not whom 他 means."""
_LOOKED_AFTER = re.compile(
    "(?:帮|替|给|来|照顾|在家|接|负责)[^，。？]{0,6}(?:带|照顾|照看)(?:着|个|我|俺|大|小)*$|照顾$"
)
"""我妈来帮我带娃，她能落吗: nobody means the child that is looked after."""
_SEX = {"他": "男", "她": "女"}
_WITH_ME = re.compile(r"(?:和|跟|与|同)(?:我|俺|咱)")
COUPLE = re.compile("两口子|夫妻|夫妇")
"""两口子都在编，我46他44: who is not me is the other of the two."""
_JOINED_BY = re.compile("(?:想|要|能|可以|打算|准备)*投靠的?(?:就|其实)?(?:是|到|给)?")
"""她要投靠的是俺娘: who joins somebody is not the one whom they join."""
_ME_AND = re.compile(r"(?:我|俺|咱)(?:和|跟|与|同)$")
"""老伴和我: who stands beside me is not whom 她 means, where somebody else was named."""


def _with_pronouns(text: str, found: list[Mention], antecedent: str | None) -> list[Mention]:
    pronouns: list[Mention] = []
    joined = [m for m in found if _WITH_ME.match(text, m.end) or _ME_AND.search(text[: m.start])]
    for match in _PRONOUN.finditer(text):
        if any(m.start <= match.start() < m.end for m in found):
            continue
        earlier = [
            m.person
            for m in found
            if m.end <= match.start() and m.person != APPLICANT and m not in joined
        ] or [m.person for m in found if m.end <= match.start() and m.person != APPLICANT]
        if len(set(earlier)) > 1:
            had = {
                m.person for m in found if _HAD.search(text[: m.start]) and text[m.end] in "了，"
            }
            earlier = [person for person in earlier if person not in had] or earlier
        looked_after = {m.person for m in found if _LOOKED_AFTER.search(text, 0, m.start)}
        earlier = [person for person in earlier if person not in looked_after] or earlier
        female = match.group()[0] == "她"  # 他 is typed of anybody
        husbands = {m.person for m in found if re.search("夫$|老公$", text[m.start : m.end])}
        men = {p for p in earlier if SEXES.get(p) == "男"} | husbands
        agreeing = [p for p in earlier if not (female and p in men)]
        joined_by = _JOINED_BY.match(text, match.end())
        if joined_by is not None:
            hosts = {m.person for m in found if m.start == joined_by.end()}
            agreeing = [person for person in agreeing if person not in hosts] or agreeing
        elsewhere = antecedent is not None and SEXES.get(antecedent) == _SEX[match.group()[0]]
        earlier = agreeing or ([] if elsewhere else earlier)
        if not earlier:
            couple = COUPLE.search(text, 0, match.start())
            meant = antecedent or ("配偶" if couple else None)
            if meant is not None:
                before = text[max(0, match.start() - 4) : match.start()]
                pronouns.append(Mention(*match.span(), meant, bool(_OBJECT.search(before))))
                continue
            if any(m.person == APPLICANT for m in found):
                before = text[max(0, match.start() - 4) : match.start()]
                pronouns.append(Mention(*match.span(), "旁人", bool(_OBJECT.search(before))))
            continue
        before = text[max(0, match.start() - 4) : match.start()]
        others = [person for person in earlier if person != earlier[-1]]
        since = max(m.end for m in found if m.end <= match.start() and m.person in earlier)
        joins = before.endswith("投靠") and "，" not in text[since : match.start()]
        meant = others[-1] if others and joins else earlier[-1]
        pronouns.append(Mention(match.start(), match.end(), meant, bool(_OBJECT.search(before))))
    return sorted([*found, *pronouns[:_MOST]], key=lambda mention: mention.start)
