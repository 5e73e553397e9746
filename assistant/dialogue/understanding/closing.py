"""Turns that close a talk or only remark on it: 折腾死了，算了; 妥了，下周去窗口; 会计还挺热心.

Every clause must be of that kind, or light enough to tell nothing: what may change a fact is no remark.
What no table has, a small model judges (`dialogue_acts`).
"""

import re

from assistant.dialogue.model import Reading
from assistant.dialogue.reading.answers import UNKNOWN
from assistant.dialogue.reading.replies import is_correction
from assistant.dialogue.reading.typed import Typed, read_typed
from assistant.dialogue.understanding.dialogue_acts import Act, Standing, read_acts
from assistant.dialogue.understanding.question_words import asks

_THANKS = re.compile(
    r"谢|感激|多亏|辛苦(?:你|您|了|侬|$)|麻烦(?:你|您|侬)|打扰(?:你|您|了|啦)|再会|再见|拜拜|回见|回聊|再聊|改天聊|回头见|(?:下次|年后|改天|明天|窗口)见$"
)
_ONLY_THANKS = re.compile(
    r"(?:好|行|成|那|真是|太|非常|十分|多|就|先|哦|嗯|了|的|，)*(?:谢+(?:谢|了|过)*|感谢|感激(?:不尽)?|辛苦|麻烦|再会|再见|拜+|回头见)(?:你们?|您|侬|大家|啦|了|哈|啊|呀|哦|噢|喽|老师|同志|师傅|多谢)*"
)
_NOTED = re.compile(
    r"(?:哦|噢|喔|啊|好|行|成|妥|ok|okay|得|嘞|哩|的|吧|呀|哈|啦|嘛|喽|了|就这样|先这样|没事|没了|没别的|没问题|可以|晓得|知道|明白|懂|清楚)+"
)
"""What takes note, and is no yes: 是, 对, 有 and 嗯 answer a question."""
_OVER = re.compile(
    r"(?:没|无)(?:有)?(?:别的|其他|其它)(?:事|问题)?(?:了|啦)?|就(?:先)?(?:这些|这样|到这)(?:了|吧)?|先这样(?:吧)?|算了(?:吧)?|不问了|不折腾了|不(?:办|弄|落)了(?:吧)?|(?:只|就)问[^，。？]{1,6}(?:就好|就行|就够|算了)"
)
_YES = r"哦|噢|喔|啊|嗯|恩|诶|哎|那|这下|这|好|行|得|中|成|妥|可以|是|对|ok|okay|的|了|吧|嘞|哩|呀|哈|啦|嘛|勒|喽"
_TAKES_NOTE = re.compile(
    rf"(?:{_YES}|我|都|也|已|已经|全|就|总算|可算|终于|算是)*"
    r"(?:明白|知道|晓得|懂|了解|收到|收悉|记(?:下|住|录|牢|好|(?:在|到)?(?:日历|本子|手机|备忘|心里)上?)|(?:摸|搞|弄|理|问)(?:得)?(?:清|懂|明白|透)楚?|清楚|有数|踏实|放心|安心|齐活|搞定|听你的|照办|好极|太好)"
    rf"(?:明白|知道|晓得|{_YES})*"
)
_YES_ONLY = re.compile(rf"(?:{_YES}|也)+")
_FEELS = re.compile(
    r"总算|可算|终于|省得|折腾|气死|烦死|累死|愁死|急死|吓(?:死|出|一跳|我|人)|倒霉|抠门|小气|好消息|坏消息|热心|耐心|记性|云里雾里|一头雾水|动力|盼头|心凉|白高兴|开心|高兴|省心|闹心|麻烦死|头(?:大|疼)|命(?:苦|好)?(?:哪|啊|呀|哟)?$|真是的|太(?:好|棒|难|麻烦|复杂|远|慢|贵|坑)了?$|还?挺[^，。？]{1,6}的?$|准话|没(?:白|戏唱)|白(?:跑|等|忙)|^(?:唉+|呼|哎呀?|嗨|哈哈+|呵呵+|嘿嘿?|啧|天哪|妈呀)$"
)
_PLANS = re.compile(
    r"^(?:那|那么|行|就|我|咱|我们|他|她|这|也|得|要|还是|所以)*(?:"
    r"(?:只能|只好|只得)[^，。？]{1,10}|得?先(?:把|让|去|回)[^，。？]{1,10}|(?:让|叫|催|劝|喊)(?:他|她|[^，。？]{1,4})(?:去|先|赶紧|快|也)[^，。？]{0,8}"
    r"|(?:回去|回家|这就|马上|赶紧|抓紧|改天|回头|明天|后天|下周|下礼拜|周[一二三四五]|月底|月初|年前|年后|开春|过完年|赶在[^，。？]{1,4})(?:去|再|就|来|我|他|她|先|再去)*[^，。？]{0,8}"
    r"|等(?:到)?(?:开春|年后|过完年|开年|有空|月底|月初|下个?月|明年)(?:再说|再来|再去|吧|了)?"
    r"|(?:打|去)(?:个)?(?:电话|热线|窗口)(?:去)?(?:问|说|跑)?(?:问|一趟)?(?:吧|去|好了)?|带[^，。？]{1,4}(?:一起|一块|去))$"
)
_WAITS = re.compile(
    r"^(?:原来|也就|才|那|就|我)*(?:还|再)(?:得|要|需|差|有)?(?:再)?(?:等|熬|忍|过)?(?:[一二两俩三四五六七八九十半几\d]+)(?:来|多)?(?:个)?(?:天|周|礼拜|星期|月|年)(?:多)?(?:而已|罢了|就够了?|就好|呢|啊|呀)?$"
)
_CARRIES = re.compile(
    r"房|租|登记|社保|医保|养老|缴|居住证|证|学历|毕业|职称|户|结婚|离婚|单位|退休|在职|编|岁|周岁|月|年|天|\d|[一二两三四五六七八九十]+(?:个|元|块|万|千|百)|落|迁|投靠|办不"
)
_UNDOES = re.compile(
    r"没办|没有|不是|其实|辞|离了|退|停|断|卖|搬|走了|没了|丢|过期|作废|撤|注销|转走|换|改|分手|去世|被|不过|可是|但是"
)
"""What may take a ground of a verdict away."""
_TAKES_BACK = re.compile(r"其实|[说记搞弄看听写]错|查了|后来|不对|等下|等等|刚(?:想起|发现|知道)")
_CHECKS = re.compile(
    r"(?:可以|能|行|成|够|对|符合|算)(?:的|了)?[吧哇]?[？?]|(?:可以|能|行|够|对|符合|算)(?:的|了)?吧[。！!]*$"
)
"""这样可以的吧: asks to have it said once more."""
_SURE, _SUREST = 0.7, 0.95  # likelihoods of a remark
_LONGEST_LIGHT = 16
_LONGEST = 48


def closes_talk(words: str, reading: Reading, standing: Standing) -> bool:
    """Whether `words`, said after a question of ours, a verdict or a text, want and tell nothing."""
    asked = standing == "asked"
    typed = read_typed(words)
    if not typed.clauses or len(typed.text) > _LONGEST:
        return False
    if _thanks_alone(typed):
        return True
    if reading.facts or reading.corrects:
        return False
    if asks(typed.text.rstrip("。")) or is_correction(typed) or _TAKES_BACK.search(typed.text):
        return False
    if asked and UNKNOWN.search(typed.text):
        return False
    clauses = _clauses(typed)
    if any(clause.endswith(("吗", "么", "呢", "不")) for clause in clauses):
        return False
    if any(map(_THANKS.search, clauses)):
        return not takes_ground(words)
    if _seems_remark(words, standing):
        return True
    told = [c for c in clauses if not _is_remark(c)]
    carries = (_CARRIES, _UNDOES)
    if any(any(p.search(c) for p in carries) or len(c) > _LONGEST_LIGHT for c in told):
        return False
    strong = [c for c in clauses if _is_remark(c) and not _YES_ONLY.fullmatch(c)]
    return bool(strong) or (not asked and bool(clauses) and all(map(_YES_ONLY.fullmatch, clauses)))


def _seems_remark(words: str, standing: Standing) -> bool:
    """Whether the model is sure enough; surer, where words may take a ground away."""
    if _CHECKS.search(words) or all(map(_YES_ONLY.fullmatch, _clauses(read_typed(words)))):
        return False
    likelihood = read_acts(words, standing)[Act.REMARK]
    return likelihood >= (_SUREST if _UNDOES.search(words) else _SURE)


def _thanks_alone(typed: Typed) -> bool:
    """好嘞，谢谢侬: 好 beside thanks confirms nothing that was asked, as 是的 would."""
    clauses = _clauses(typed)
    thanks = [_ONLY_THANKS.fullmatch(clause) is not None for clause in clauses]
    noted = map(_NOTED.fullmatch, clauses)
    return any(thanks) and all(a or b is not None for a, b in zip(thanks, noted, strict=True))


def without_remarks(words: str, *, asked: bool) -> str:
    """`words` without what is only sighed or noted before them: 啊差这么点。那12月9号呢.

    Where a question of ours is pending (`asked`), 行 may answer it, and stays; thanks after the
    answer are left out.
    """
    rest = words
    while match := _LEADING.match(rest):
        said = match["said"]
        noted = not asked and (_ECHOES.fullmatch(said) or _NOTED.fullmatch(said))
        if not (_SIGHS.match(said) or noted):
            break
        if asks(said) or _CARRIES.search(said) or _UNDOES.search(said):
            break
        rest = rest[match.end() :]
    if not asked:
        return rest
    told = _THANKS_LAST.sub("", rest)
    clauses = [clause for clause in re.split(r"[，,。！!；;\s]+", told) if clause]
    return rest if all(map(_NOTED.fullmatch, clauses)) else told


_ECHOES = re.compile(
    r"(?:原来|这样|这下|那|就|还|也|是|说|看来)*(?:不够|不行|不成|不能|不可以|没戏|不符合|差(?:一|那么|这么)?(?:点|些)|可以|能行?|行|够)(?:是吧|对吧|是不是|啊|呀|哦|了|的|嘛|哈)*"
)
"""不够是吧: what was decided, said again."""
_THANKS_LAST = re.compile(
    r"[，,。！!；;\s]+(?:先)?(?:谢+(?:谢|了)*|多谢|感谢|辛苦|麻烦|拜托)(?:你们?|您|侬|啦|了|哈|啊|呀|哦|老师|同志|师傅)*[。！!~～\s]*$"
)
_LEADING = re.compile(
    r"(?P<said>[^，,。！!；;？?\s]{1,10})[，,。！!；;\s]+(?=[^，,。！!；;？?\s]{2})"
)
_SIGHS = re.compile(
    r"啊|哎|唉|哦|噢|喔|哇|呀|呃|额|天[哪啊]|妈呀|嘿|哟|好吧|行吧|这样(?:子)?(?:啊|呀|哦)|原来(?:如此|这样|是这样)|(?:好)?可惜|太(?:好|棒|可惜|麻烦)|真(?:麻烦|烦|可惜|好)"
)


def takes_ground(words: str) -> bool:
    """Whether something is said beside thanks that may take a ground away: 谢谢，其实房子是我爸的."""
    clauses = _clauses(read_typed(words))
    return _TAKES_BACK.search(words) is not None or any(
        _UNDOES.search(c) and not _is_remark(c) for c in clauses
    )


def _clauses(typed: Typed) -> list[str]:
    return [typed.text[clause.start : clause.end] for clause in typed.clauses]


def _is_remark(clause: str) -> bool:
    """Whether a clause thanks, takes note, plans, sighs, or ends the talk."""
    whole = (_TAKES_NOTE, _YES_ONLY)
    parts = (_THANKS, _OVER, _FEELS, _PLANS, _WAITS)
    return any(p.fullmatch(clause) for p in whole) or any(p.search(clause) for p in parts)
