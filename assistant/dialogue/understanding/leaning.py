"""Messages that say too little by themselves, and lean on what the conversation is about.

After 租房能落户吗, 是小区商品房 is said of the flat that is rented; after a rule was quoted,
我符合吗 asks whether it is met; to the question which way somebody wants to settle, 人才 is an answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.dialogue.model import APPLICANT, Cast, Reading, SaidFact
from assistant.dialogue.reading.people import NODES, read_people
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import Remembered, State, Topic
from assistant.dialogue.understanding.frames import asks_same, asks_same_sum
from assistant.dialogue.understanding.replacing import person_replaced
from assistant.dialogue.understanding.subjects import rules_for

_ASKS_OWN = re.compile(
    r"(?:那|那么|请问|你看|帮我看看?|，)*(?:像|按|照)?(?:我|俺|我们|本人)(?:这种|这样|这个|的)?(?:情况|条件)?(?:呢|的话)?(?:，)?"
    r"(?:能不能|可不可以|是不是|是否|算不算|够不够|行不行|符不符合|到底)?(?:符合|够|行|可以|能|能办|有资格|满足|合适|算)?"
    r"(?:条件|资格|要求|这条|这一条|规定)?(?:吗|么|嘛|不|不能|没有|了没)?[？?。]*"
)
_MENTIONS_OWN = re.compile("符合|够|行|可以|能|资格|满足|算")
_OUTRIGHT = re.compile(
    "要是|如果|假如|假设|假使|假若|万一|倘若|倘|(?<!登记)(?<!养老)(?<!社保)(?<!学历)(?<!户口)(?<!职称)(?<!年纪)的话"
)
"""登记的话，一年半了 names the matter, and supposes nothing."""
_IF = re.compile("要是|如果|假如|假设|假使|假若|万一|倘若|倘|若(?!干)|的话|呢|也(?=在|是|有|没)")
_COMING = re.compile(
    r"等(?:到|着)?(?:[哪有][一]?天|将来|以后|日后)?(?=我|他|她|[一-龥])(?!级|于|同|额)|(?:再)?(?:过)?[\d一二两三四五六七八九十半几]+(?:个)?[年月](?:以后|之后|后)"
    r"|(?:明|后|来)年(?!度)|下个?月|年底|日后|将来|今后|以后|迟早|早晚|到时候?|马上|(?:我|他|她)?(?:打算|准备|想要?|要|计划)(?:去)?(?=[考评读念升买租办退离结])"
)
"""等哪天, 来年, 三年后, 打算: what has not come about, and is asked about as if it had."""
_AGE_TO_COME = re.compile(
    r"(?<=[到满过])了?(?:1[6-9]|[2-6]\d|十[六七八九]|[二三四五六]十[一二三四五六七八九]?)(?=[，。,？?了以之]|$)"
)
"""等他到十八: an age, where what is counted is not said."""
_SUPPOSES = re.compile(
    r"呢(?=$|[，,。？?！!])|的话(?=$|[，,。？?呢])|^(?:那|哎|，|,)*(?:万一|要是|如果|假如|假设|假使|假若|倘若?|若是)"
)
_ANOTHER = re.compile(
    r"(?:^|(?<=[，,。；;？?！!]))(?:那么?|要是|如果|换成?|若是?|再问下?|还有|另外)*(?P<kin>(?:我|俺|咱)?[^，,。；;？?！!我没有不是]{1,6}?)(?:的话)?呢(?=$|[，,。？?！!])"
)
_OF_WHO_MOVES = re.compile(
    r"户口(?![本主])|岁|(?<!\d)\d\d(?![\d个])|[二三四五六七八九]十[一二三四五六七八九]?(?=[，。？！]|$|了)|成年|[结离未]婚|退休|同住|住一起|跟我(?:住|一块)"
)
_OF_WHO_IS_JOINED = re.compile(r"户主|有房|买了?房|房子|产证")
"""What is told beside 我妈呢 shows whether she would move, or be joined."""
_AGAIN = re.compile(
    r"(?:那|那么|这样|这种|情况|条件|资格|要求|我们?|俺|咱们?|自己|本人|现在|眼下|到底|究竟|是不是|就|还|也|算|是|直接|可不可以|可以|能不能|能|行不行|行|够不够|够|符不符合|符合|有没有|"
    r"投靠|什么时候|啥时候|几时|最早|哪天|要多久|多久|要等|还要|等到|[等要得]|去|才|[他她]|那个?时候|落户口?|落得了|落|迁户口?|迁|转户口?|上户口?|入户|办理?|户口|过来|进来|到|在|嘉兴|户|吗|么|嘛|不|没有|没|呢|了|啊|吧|喽|的话|的|一下|帮我?|看看?|你|您|说|戏|希望|，|,|。|？|\?|\s)*"
)
_WHOLE = re.compile("落户|户口|入户|迁户")
_MAY = re.compile("什么时候|啥时候|几时|哪天|最早|多久|能|可以|行|够|符合|有没有|有戏|落得了")
_WHAT_NOW = re.compile(
    r"(?:那么?|唉|哎|这|这样|，|,|我|我们|现在|眼下|接下来|到底|究竟|又|要|该|应该|可|得|能)*(?:怎么办|咋办|咋整|咋弄|如何是好|怎么搞)(?:呢|啊|呀|才好|好|才行|嘛)*[？?。！!]*"
)
"""那现在要怎么办: what is missing, the earliest day and the other ways are told once more."""
_SUM_AGAIN = re.compile(
    r"(?:那|那么)*(?:全年|一年|每个?月|一个月)(?:呢)[？?。]*|(?:那|那么|我|他|她|自己|现在|目前|眼下|每个?月|一个月|一年|账户|卡里|能|可以|该|应该|划|打|给|有|是|拿|到账|补|报|就|又|还|也|呢|了|的)*(?:多少|几(?:块|元|钱))(?:钱|块|元|呢|了|啊|一个月|一年|。|？|\?)*"
)
_WHICH_WAY = re.compile(
    r"(?:符合|适合|属于|够|走|算|选|用|靠|按)(?:的是)?(?:哪|什么)(?:一)?(?:个|条|种|类|项|途径|路|方式)?|哪(?:一)?(?:条|种|个)(?:路|途径|方式)?(?:好走|合适|能走|可以|最?快|行得?通)"
)
_NAMES_ONE = re.compile("那个|这个|那条|这条|那种|这种|方面|那一条|那块|这块")
_NOT_THAT = re.compile(r"(?:不是|并非|没有?|不算|不)(?:在)?(?:外面)?(?:租|买)(?:的|来的|房)?")
_BOUGHT = re.compile(
    r"(?:是|换成?|改成?|要是|如果)(?:我|自己|自家)*(?:买|购)(?:的|下的|下来的|了|房)|(?:是|换成?|改成?)(?:我)?(?:自己|自家|自有)的?(?:房子?|住房)?(?=$|[，。,？?呢吗])"
)
_RENTED = re.compile(r"(?:是|换成?|改成?|要是|如果)(?:我|在)*(?:外面)?租(?:的|来的|房|着|人家)")
_LONGEST_TENURE = 18
_LONGEST = 12  # characters of a reply that may stand for a choice


def asks_own(words: str) -> bool:
    """Whether `words` ask only whether what was quoted is met: 我符合吗, 那我行不行."""
    bare = words.strip()
    return _ASKS_OWN.fullmatch(bare) is not None and _MENTIONS_OWN.search(bare) is not None


def asks_again(words: str) -> bool:
    """Whether `words` ask nothing but whether it can be: 能落吗, 那我现在到底行不行."""
    bare = words.strip()
    if asks_same(bare) or _WHAT_NOW.fullmatch(bare):
        return True
    return len(bare) <= 24 and _AGAIN.fullmatch(bare) is not None and bool(_MAY.search(bare))


def asks_sum_again(words: str) -> bool:
    """Whether `words` ask nothing but how much it comes to: 那我现在多少."""
    bare = words.strip()
    return asks_same_sum(bare) or (len(bare) <= 20 and _SUM_AGAIN.fullmatch(bare) is not None)


def is_whole(words: str) -> bool:
    """Whether `words` say what they ask about, whatever was talked of before: 我能落户吗."""
    return _WHOLE.search(words) is not None


def asks_which_way(words: str) -> bool:
    """Whether `words` ask which of the ways is open: 你看我符合哪个."""
    return _WHICH_WAY.search(words) is not None


def names_a_way(words: str) -> bool:
    """Whether a short reply points at one of several ways: 社保那个."""
    return _NAMES_ONE.search(words) is not None


def is_bare_ground(words: str) -> bool:
    """Whether a short reply is nothing but a ground: 租房, 人才那条."""
    return len(words) <= _LONGEST and _BARE_GROUND.fullmatch(words.strip("。！!？? ")) is not None


def tenure_meant(words: str, rules: Sequence[str]) -> tuple[str, ...]:
    """不是租的是买的, 换成租的呢: the way that goes with how a home is held, where another was meant."""
    if len(words) > _LONGEST_TENURE or not {"settle.rental", "settle.dwelling"} & set(rules):
        return ()
    plain = _NOT_THAT.sub("", words)
    if "settle.rental" in rules and _BOUGHT.search(plain) and not _RENTED.search(plain):
        return ("settle.dwelling",)
    if "settle.dwelling" in rules and _RENTED.search(plain) and not _BOUGHT.search(plain):
        return ("settle.rental",)
    return ()


def way_meant(words: str, facts: frozenset[str]) -> tuple[str, ...]:
    """The ways to settle that a short reply to the opening question means: 人才, 我有社保."""
    if len(words) > _LONGEST:
        return ()
    found = rules_for(f"{words}落户", None, facts)
    return tuple(rule for rule in found if rule.startswith("settle."))


_TAKEN_UP = re.compile(
    r"(?:^|(?<=[，,。；;]))(?:那么?|再|还有|另外|顺便|现在|好|我|就|，)*(?:[就只光单]?凭|靠|改走|换走|走|看看|说说|问问|换成?|再看|再说|再问|[说讲谈聊问]回到?)(?:一?下)?(?:我的?|我这张|自己的?)?(?P<ground>[^，,。：:；;？?！!我]{1,10}?)"
    r"(?:这条|那条|这边|这块|那块|的路)?(?:落户)?(?:(?:的|这|那)?(?:件|回)?事(?:情|儿)?)?(?:呢|的话|行不行|怎么样|可以吗|行吗|能吗|够吗|够不够)*(?=[，,。：:；;？?！!]|$)"
)
_GROUND = re.compile(
    "租房|租赁|就业|社保|工作|人才|文凭|学历|毕业证|职称|技能|证书|技工|技师|投靠|买房|自有住房|自己的房|房产|居住证|集体户"
)


_BARE_GROUND = re.compile(
    rf"(?:那|就|走|按|凭|选|我|的|，)*(?:{_GROUND.pattern})(?:落户|的|那条|这条|吧|呢|行吗|可以吗)*"
)


def way_taken_up(words: str, facts: frozenset[str]) -> tuple[str, ...]:
    """The way to settle that `words` turn to by its ground: 就凭专科文凭呢, 那看看租房：…."""
    match = _TAKEN_UP.search(words)
    if match is None or _GROUND.search(match["ground"]) is None:
        return ()
    found = rules_for(f"{match['ground']}落户", None, facts)
    return tuple(rule for rule in found if rule.startswith("settle."))


def leaning_on(words: str, read: Reading, told_of: frozenset[str]) -> Reading:
    """Of what was read with the topic's name put before `words`, what `words` say themselves."""
    kept: dict[str, SaidFact] = {
        name: fact
        for name, fact in read.facts.items()
        if name in told_of and fact.said and fact.said in words
    }
    return replace(read, facts=kept)


def in_own_words(facts: Mapping[str, SaidFact], words: str) -> dict[str, SaidFact]:
    """The facts read in `words` put otherwise, each with the words that were written."""

    def own(said: str) -> str:
        if said in words:
            return said
        bare = said.lstrip("他她我")
        return bare if bare and bare in words else words.strip("，,。？?！! ")

    return {name: replace(fact, said=own(fact.said)) for name, fact in facts.items()}


def others_facts(read: Reading, topic: Topic) -> tuple[str, dict[str, SaidFact]] | None:
    """那我老婆50退休的呢: the facts of the one other person spoken of, where sums are of a person."""
    if read.facts or len(read.others) != 1:
        return None
    if not topic.rules or not all(rule.startswith("medical.") for rule in topic.rules):
        return None
    person, facts = next(iter(read.others.items()))
    return (person, dict(facts)) if person != APPLICANT else None


def supposes(words: str) -> bool:
    """Whether `words` put a case, in whatever piece of them: 那我没房的话呢，我妈也不跟我住."""
    return _SUPPOSES.search(words) is not None


def puts_if(words: str) -> bool:
    """Whether `words` put a case outright: 要是, 如果, 的话."""
    return _OUTRIGHT.search(words) is not None


def foresees(words: str) -> bool:
    """Whether `words` speak of what is still to come: 明年考出四级就可以了吗."""
    return _COMING.search(words) is not None


def as_come_about(words: str) -> str:
    """`words` as if what they foresee had come about: 等我评上中级 is 我评上中级."""
    return _AGE_TO_COME.sub(r"\g<0>岁", without_if(_COMING.sub("", words)))


def without_if(words: str) -> str:
    """`words` as a plain statement: 他户口要是也在嘉兴呢 is 他户口在嘉兴."""
    return _IF.sub("", words)


def joining_again(words: str, earlier: Cast) -> tuple[str, bool] | None:
    """What `words` say of who joins whom, and whether of another than `earlier` did.

    那我姐姐呢 after 我妈能投靠我吗 is 我姐姐投靠我; 那我没房的话呢 is still of the mother. None where
    neither the one who moves nor the one joined is the person who writes.
    """
    mover, host = earlier.applicant, earlier.host
    if host is None or (APPLICANT not in {mover, host}):
        return None
    meant = person_replaced(words, earlier)
    if meant is not None:
        person, moves = meant
        mine = f"我{host}" if host != APPLICANT else "我"
        return (f"{person}投靠{mine}落户" if moves else f"我投靠{person}落户"), True
    told_of = told_of_another(words, earlier)
    if told_of is not None:
        return f"{told_of}投靠我落户，{words}", True
    if not supposes(words):
        return None
    other = _ANOTHER.search(words)
    named = _kin_of(other["kin"]) if other is not None else None
    if other is not None and named is not None:
        kin, person = named
        rest = words[other.end() :]
        of_mover = _OF_WHO_MOVES.search(rest) and not _OF_WHO_IS_JOINED.search(rest)
        couple = NODES.get(person) == "配偶" and NODES.get(host) == "子女"
        takes_me = not (_SIDE.search(kin) or couple or of_mover)
        told = f"我投靠{kin}落户" if takes_me else f"{kin}投靠我{host}落户"
        if host == APPLICANT:
            told = f"{kin}投靠我落户"
        return words[: other.start()] + told + words[other.end() :], True
    told = f"我{mover}投靠我落户" if host == APPLICANT else f"我投靠我{host}落户"
    return f"{told}，{words}", False


_ASKED_OF_THEM = re.compile(
    "(?:[他她]|(?:那|这)个?人)(?:呢|又?(?:能|行|可以|够|算|咋|怎么)[^，。？?]{0,10})[？?。！!]*$"
)


def told_of_another(words: str, earlier: Cast) -> str | None:
    """同一年我爸57，不跟我住，他呢: the relative whose case is told, where another's was asked about."""
    if earlier.host != APPLICANT or not _ASKED_OF_THEM.search(words):
        return None
    read = read_people(read_typed(words))
    others = [p for p in read.others() if p not in {earlier.applicant, "旁人"}]
    if len(others) != 1 or earlier.applicant in read.others():
        return None
    text = read_typed(words).text
    mention = next(m for m in read.mentions if m.person == others[0])
    kin = _kin_of(text[mention.start : mention.end])
    return kin[0] if kin is not None and kin[1] == others[0] else None


def _kin_of(words: str) -> tuple[str, str] | None:
    """The relative that `words` name and nobody else, as one's own: 儿媳妇 is 我儿媳妇; and as shown."""
    mine = words if words[0] in "我俺咱" else f"我{words}"
    mentions = read_people(read_typed(mine)).mentions
    if len(mentions) != 1 or mentions[0].person == APPLICANT:
        return None
    return mine, mentions[0].person


_LIKEWISE = re.compile(
    r"(?:那么?|要是|如果|换成?|再问下?|像|，)*(?P<kin>[我俺咱][^，,。？?我没有不是]{1,6}?)(?:[这那]种(?P<how>[^，,。？?]{1,14}?)的?)?(?:的话)?呢(?=$|[，,。？?])"
)
_THEIR_PARENTS = re.compile(
    r"[他她](?:们)?(?:自己)?家?的?(?:爸爸?妈妈?|爹[妈娘]|父母|双亲|[爸爹妈娘]|父亲|母亲)"
)


def joining_likewise(words: str, earlier: Cast) -> tuple[str, str, str] | None:
    """Whom `words` turn to, who would join their own parents as a child of the one who writes did.

    那我侄女那种离了婚的呢？她爸妈有房: 我侄女, 她爸妈, and the words as they would be said of that
    child: 我女儿离了婚，我有房.
    """
    turn, theirs = _LIKEWISE.search(words), _THEIR_PARENTS.search(words)
    if earlier.host != APPLICANT or NODES.get(earlier.applicant) != "子女":
        return None
    if turn is None or theirs is None or theirs.start() < turn.end():
        return None
    child = f"我{earlier.applicant}"
    how = f"，{child}{turn['how']}" if turn["how"] else ""
    rest = _THEIR_PARENTS.sub("我", words[turn.end() :]).strip("，,。？?！! ")
    return turn["kin"], theirs.group(), f"{child}投靠我落户{how}，{rest}"


_SIDE = re.compile("哥|弟|姐|妹|[表堂]|侄|外甥|嫂|朋友|同事|舅|姑|姨|叔|伯")
"""Who stands beside somebody rather than takes them in: it is they who would move instead."""


def of_another(state: State, read: Reading, *, joins_me: bool) -> dict[str, Remembered | None]:
    """The facts forgotten of whom another takes the place: the one who moves, or the one joined."""
    return {
        name: None
        for name in state.facts
        if name.startswith("host.") is not joins_me and name not in read.facts
    }
