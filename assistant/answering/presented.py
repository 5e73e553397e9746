"""Words that a message presents as standing in an official text: pasted, quoted, reported, hearsay.

People are sent screenshots and invented articles, and ask what to do by them. What is said to be
written is told apart from what the writer says of themselves, so that it is compared with the
clauses, and never read as the writer's own case.
"""

import re
from dataclasses import dataclass

FORGED = "forged"  # the cause of refusing what no clause prints

_ORDINAL = (
    r"(?:第\s*[一二三四五六七八九十百\d]+\s*(?:部分|大?条|款|项|点|章)"
    r"|(?<=[号法件知》])\s*[一二三四五六七八九十百]+(?:部分|条|章))"
)
_TEXT = (
    r"(?<!月\d)(?<!月\d\d)号文?件?|通知|公告|告示|办法|文件|解读|细则|规定|条例|政策|新规|新政|红头|意见稿|草案|条文|通告|口径|"
    r"公报|修正案|批示|补充说明|布告|决定"
)
_PLACE = (
    rf"(?:{_TEXT})(?:（[^（）]{{1,12}}）)?》?(?:里头?|里面|上面?|中|当中|的|上头)*(?:{_ORDINAL})*"
)
_SAYS = (
    r"(?:里|上|中|还|也|都|就|又|已经?|明确|清楚地?|明明|新?加了?|这么|是这样|不是|白纸黑字)*"
    r"(?:规定了?|写着|写明了?|写道|写的是|写了|写|载明|明确了?|指出|提到|要求|讲的是|讲(?!法|究)|说的是|说(?!法|明|不定)|改成|改为|有(?:这么|这样)?一(?:段|条|句|款)(?:话)?)"
)
_QUOTED = re.compile(
    r"「([^」]{6,600})」|“([^”]{6,600})”|『([^』]{6,600})』|\"([^\"\n]{6,600})\"|‘([^’]{6,600})’"
)
_COLON = re.compile(
    rf"(?:{_TEXT}|{_ORDINAL}|上面(?:写|说|印)(?:着|的是)?|写着|印着|写明|原文|片段|截图|这段|这条|一段|一条|这句|内容|核[对实](?:一下)?|全文|如下|口径|(?:{_PLACE}|{_ORDINAL}|截图)[^，,。：:？?\n]{{0,4}}{_SAYS})[^。：:，,？?\n]{{0,10}}[：:]\s*(?P<t>[^「“『\"\n][^\n]{{5,600}})"
)
_REPORTED = re.compile(
    rf"(?:{_PLACE}|{_ORDINAL})[^，,。：:？?\n「“『\"]{{0,4}}?{_SAYS}[，,]?(?P<t>[^「“『\"：:\n][^\n]{{5,400}})"
)
_ACCORDING = re.compile(
    rf"(?:根据|依据|按照?|依照|凭)[^，,。？?\n]{{2,40}}(?:{_ORDINAL}|{_TEXT})[，,]\s*(?P<t>[^\n]{{6,400}})"
)
_HEARSAY = re.compile(
    rf"(?:(?:听说|据说|据传|听[^，,。]{{1,6}}(?:说|讲)|[^，,。？?]{{1,10}}(?:说|讲|传|流传|看))[，,]?"
    rf"(?:[^，,。：:？?]{{0,6}}(?:{_TEXT})|[^，,。：:？?]{{0,4}}(?:出了?|有了?)?新(?:规定?|政策?)|今年起|政策)[^，,。：:？?]{{0,4}}?(?:{_SAYS})?"
    r"|(?:网上|群里|抖音|朋友圈|微信|短视频|小红书|贴吧|论坛)[^，,。？?：:]{0,4}?(?:说|讲|(?<!上)传|流传|转发|刷到))"
    r"[，,]?(?P<t>[^\n]{6,400})"
)
_SAID_SO = re.compile(
    r"(?:^|[，,。；;？?！!])[^，,。？?我]{1,10}(?:说|讲|告诉我|传)(?:是|过|的是)?[，,]?(?P<t>[^\n]{6,200})"
)
_RULE = re.compile(
    r"[要得须]|才[能行可给]|不[能准许让给行]|可以|只[要能有]|就[能行可]|不用|取消|限|没有[^，,]{0,6}(?:要求|限制)"
)
_SO = re.compile(
    r"是不是(?:这|真|有|对)|(?:是)?真(?:的)?(?:吗|么|假|有)|有(?:没有)?(?:这|那)(?:回事|条|个|种|么|一)|对(?:吗|不对|么|吧)|靠谱|谣|(?:有|什么|啥)(?:依据|根据)|哪(?:一)?[条份]"
)
_BEFORE_IT = re.compile(
    r"^(?P<t>[^？?\n]{12,600}?)(?:。|——|—|--|……)\s*(?:——|—|-)*(?P<after>[^。\n]{2,40})$"
)
_CLAIMS = re.compile(
    rf"{_ORDINAL}|{_TEXT}|原文|截图|图上|收到|转发|转给|发我|发给|传的|群里|中介|内部|正式|公布|人民政府|公安局|医保局|——|这句|这条|这段|哪条|哪份|出自"
)
_GENUINE = re.compile(
    r"真(?:的|有|是)?|假(?:的)?|原文|原话|正文|现行|实际|出自|哪一?[条份款]|(?:有没有|有)(?:这|吗|么)|对(?:吗|不对|吧|么)|是(?:吗|吧|不是)|没(?:错|记错)|"
    r"这(?:么|样)(?:写|规定|说)|是不是|怎么(?:写|说)|咋写|核[实对一]|依据(?!这|此|该|上|本)|(?:还|现在|现行)[^，。]{0,4}(?:按|有效|算数|执行)"
)
_ASKING = re.compile(
    r"([\u4e00-\u9fff])[不没]\1|请问|多久|到底|究竟|没有?$|给(?:我)?看|是骗人|还是(?!要|得)|来着|帮我|对得上|摆出来|留着|理解错|弄错|搞错|[吗么嘛？?]|什么|怎么|咋|如何|多少|几[个号时天月点]|哪|谁|啥|是不是|是否|对不对|对吧|没错|能不能|可不可以|行不行|"
    r"按(?:照)?(?:这|此|上)|依据这|根据这|凭这|照(?:这|此)|所以|那我|(?:请|麻烦)(?:你|您|告诉|帮|按)|"
    r"(?:^|[，,])(?:我|俺|咱|本人)[^，,。]{0,10}(?:能|可以|符合|够|想|要|是|有|租|交|缴|刚|登记|已)|我(?:家|爸|妈|老|儿|女)"
)
_OF_TEXT = re.compile(rf"{_TEXT}|原文|原话|这么(?:写|说)|这样(?:写|说)")
LEANS = re.compile(
    rf"[这该此]|(?<!其)那(?!么|我)|上面|上述|按照?[^，,]{{0,6}}(?:办|条|规定)|{_ORDINAL}|怎么(?:领|交|拿|报)|多少$"
)
"""Words that lean on what was presented: 这八千交给谁."""
_SENTENCE = re.compile(r"[^。；;！!？?]+[。；;！!？?]?")
_PIECE = re.compile(r"[^，,\s]+[，,\s]*")
_NO_RULE = re.compile(
    r"我(?![市省国县])|俺|咱|(?:父|母|爸|妈|爹|娘|儿子|女儿|老公|老婆)亲?[^，。？]{0,3}\d+(?:周)?岁|上个?(?:月|礼拜|星期)|去年|前年|昨天|一(?:件|个|条|项|道|点)(?:事|条件|要求|手续|限制|门槛)?$|(?:某|那)[个些]"
)
_RHETORIC = re.compile(r"不是(?:说|讲|规定|写)(?:了|着)?[，,]?$")
_LEAST = 6  # Chinese characters of a statement
_LONG = 16  # the same, from which what is quoted may be a clause though no text is spoken of
_HAN = re.compile(r"[\u4e00-\u9fff\d]")
_OWN_CASE = re.compile(
    r"(?:我|俺|咱|本人|他|她|我(?:爸|妈|老婆|老公|儿子|女儿|媳妇|孩子)们?)[^，,。？?]{0,16}(?:能|可以|够|符合|行|没戏|有戏|办得|落得|迁得)(?![^，,。？?]{0,4}(?:领|拿|报|减|免|退|分|共用))"
    r"|能(?:不能)?(?:也)?(?:一起|一块|带|随)|是不是[^，,。？?]{0,6}(?:落|办|迁|批)不[了成]"
    r"|能(?:落户?|办|迁|入户|申请|换|转)(?:下来|成|了)?(?:吗|不|么|吧|伐|没)"
    r"|(?:我|这样)[^，,。？?]{0,8}(?:算|条件)[^，,。？?]{0,6}[吗不]"
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """Words said to stand in a text, and where the message has them."""

    text: str
    start: int
    end: int
    strict: bool  # given as the very words; else reported in the writer's own
    vouched: bool = True  # said to stand in a text; else only quoted


@dataclass(frozen=True, slots=True)
class Presentation:
    """What a message presents, and what is left of the message without it."""

    pasted: tuple[Pasted, ...]
    rest: str
    behind: str  # what follows it
    own: str  # what the writer tells and asks of themselves
    asks_genuine: bool  # asks whether the words are so, or what really is written
    asks_own: bool  # asks what they mean for somebody's own case


def presentation_of(message: str) -> Presentation | None:
    """What `message` presents as written in a text; None where it presents nothing."""
    found = tuple(_quoted(message) or _told(message))
    if not found:
        return None
    rest = without(message, found)
    behind = message[max(one.end for one in found) :]
    return Presentation(
        found,
        rest,
        behind.lstrip('”」』"’。，,；;、 '),
        _own(message, found),
        _GENUINE.search(behind) is not None,
        _OWN_CASE.search(rest) is not None,
    )


def without(message: str, pasted: tuple[Pasted, ...]) -> str:
    """The message with what it presents left out."""
    rest = message
    for one in sorted(pasted, key=lambda p: -p.start):
        rest = rest[: one.start] + "，" + rest[one.end :]
    return re.sub(r"[「」“”『』\"‘’]|(?<=[，,。：:])[，,]+", "", rest).strip("，, ")


def _own(message: str, pasted: tuple[Pasted, ...]) -> str:
    """The message less the words presented and the pieces that present them: 听人说16号规定."""
    kept = []
    for piece in _CLAUSE.finditer(message):
        low, high = piece.span()
        inside = any(one.start < high and low < one.end for one in pasted)
        names = any(_BETWEEN.fullmatch(message[high : one.start]) for one in pasted)
        if not inside and not (names and _CLAIMS.search(piece.group())):
            kept.append(piece.group())
        elif inside and (last := max(one.end for one in pasted)) < high:
            kept.append(message[last:high].lstrip('”」』"’ '))
    return "，".join(one.strip("，,。：: ") for one in kept if one.strip("，,。：: "))


_CLAUSE = re.compile(r"[^，,。；;！!？?]+[？?]?")
_BETWEEN = re.compile(r"[，,。；;：:\s「“『\"‘]*")


def _quoted(message: str) -> list[Pasted]:
    """Statements within quotation marks, where a text is spoken of."""
    rest = _QUOTED.sub(" ", message)
    found = []
    for match in _QUOTED.finditer(message):
        text = next(g for g in match.groups() if g)
        length = len(_HAN.findall(text))
        if length < _LEAST + 2 or _ASKS_IN.search(text) or _NAME_ONLY.search(text):
            continue
        if length < _TELLING and not _RULES.search(text) and not _GENUINE.search(rest):
            continue  # a term, and no statement
        spoken_of = _CLAIMS.search(rest) or _CLAIMS.search(text) or _GENUINE.search(rest)
        if spoken_of or length >= _LONG:
            vouched = spoken_of is not None
            found.append(Pasted(text, match.start(), match.end(), strict=True, vouched=vouched))
    return found


_NAME_ONLY = re.compile(rf"^[^，,。：:]*(?:{_TEXT})?{_ORDINAL}[。]?$")
_RULES = re.compile(r"[可须应必得能不免领给奖补发缴交满]|允许|凭|\d")
_TELLING = 12  # Chinese characters from which what is quoted is a statement
_ASKS_IN = re.compile(r"[？?]|吗$|怎么|多少钱$")


def _told(message: str) -> list[Pasted]:
    """A statement after 规定：, 第七条写着, 听说新规; or before 原文是这样吗."""
    for pattern, strict in (
        (_COLON, True),
        (_ACCORDING, False),
        (_REPORTED, False),
        (_HEARSAY, False),
    ):
        match = pattern.search(message)
        if match is None:
            continue
        begins = match.start("t")
        if strict and (inner := _REPORTED.search(message, begins)):
            begins = inner.start("t")  # 群公告：16号第八条明确，凡……
        start, end = _statement(message, begins, match.end("t"))
        if len(_HAN.findall(message[start:end])) >= _LEAST and not _NO_RULE.search(
            message[start:end]
        ):
            return [Pasted(message[start:end], start, end, strict)]
    match = _SAID_SO.search(message)
    if match is not None:
        start, end = _statement(message, match.start("t"), match.end("t"))
        words = message[start:end]
        is_rule = _RULE.search(words) and not _NO_RULE.search(words)
        if is_rule and len(_HAN.findall(words)) >= _LEAST and _SO.search(message[end:]):
            return [Pasted(words, start, end, strict=False)]
    match = _BEFORE_IT.search(message)
    if (
        match
        and _OF_TEXT.search(match["after"])
        and not (_ASKING.search(match["t"]) or _NO_RULE.search(match["t"]))
    ):
        return [Pasted(match["t"], match.start("t"), match.end("t"), strict=True, vouched=False)]
    return []


def _statement(message: str, start: int, end: int) -> tuple[int, int]:
    """From `start` up to what asks, or speaks of the writer."""
    stop = start
    for sentence in _SENTENCE.finditer(message, start, end):
        for piece in _PIECE.finditer(message, sentence.start(), sentence.end()):
            if stop == start and _RHETORIC.search(message[:start]):
                return start, start + len(piece.group().rstrip("，,？?")) - _ends_asking(
                    piece.group()
                )
            if _ASKING.search(piece.group()):
                return start, _trimmed(message, start, stop)
            stop = piece.end()
    return start, _trimmed(message, start, stop)


def _ends_asking(piece: str) -> int:
    return 1 if piece.rstrip("，,？?").endswith(("吗", "嘛", "么")) else 0


def _trimmed(message: str, start: int, stop: int) -> int:
    while stop > start and message[stop - 1] in "，,。；; ：:！!—-":
        stop -= 1
    return stop
