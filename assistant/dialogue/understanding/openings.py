"""First messages of a few words: 能落户吗, 怎么落户, 孩子能落户吗, 我租房的, 我在嘉兴上班, 个人账户划多少.

They name what somebody has come for and hardly more. Nothing in a text answers them in particular;
what they need is a question back.
"""

import re

from assistant.answering.screening import asks
from assistant.dialogue.model import APPLICANT, Intent, IntentKind, Reading
from assistant.dialogue.state import State
from assistant.dialogue.understanding.rules_asked import facts_read_by
from assistant.rules import RuleBook

_GREETING = r"(?:你好|您好|请问|问一?下|想?问问?|想咨询|咨询一?下|麻烦|那个|就是|一下|，|。)*"
_WHO = (
    r"(?:(?:我们?|俺|咱|阿拉|自己|本人|外地人|外省人|外来(?:人员|户口)|农民工|新居民|打工的|农村(?:人|户口)的?|一家人|全家|家里人?|我家)"
    r"|(?:我|我们|咱)?(?:家|的)?(?:孩子|小孩|娃|儿子|女儿|老人|父母|爸妈|爸爸|妈妈|老爸|老妈|爸|妈|老婆|老公|爱人|媳妇|对象|家属|家人))*"
)
_WHERE = r"(?:在|到|去|往|来)?(?:嘉兴|你们(?:这|那)(?:里|边|儿)?|这(?:里|边|儿)|咱们?这|本地|城里|市区|市里)?"
_WHETHER = r"(?:能不能|可不可以|能否|可否|能|可以|好不好|想|要|打算|怎么(?:样)?(?:才)?(?:能|可以|去)?|怎样(?:才)?(?:能|可以)?|如何(?:才)?(?:能|可以)?|咋(?:样)?|有(?:什么|啥)(?:办法|条件)(?:才)?(?:能|可以)?|(?:什么|啥)(?:条件|样的?人|情况)(?:才)?(?:能|可以)?)*"
_MOVE = (
    r"(?:落户口?|落个户|落下来|上户口?|入户口?|迁户口?|转户口?|办户口|(?:把)?户口(?:能不能|可不可以|能|可以|怎么|咋)?(?:办|落|迁|转|移)(?:过来|进来|入|来|到(?=嘉兴|城)|下来)?"
    r"|(?:一起)?迁(?:户口|过来|进来|来|入))"
)
_TAIL = r"(?:的?(?:(?:都)?(?:要|需要|有)(?:什么|啥|哪些)(?:条件|要求)|政策|条件|要求|规定|办法|办理|事情|事|问题))?(?:吗|么|不|伐|嘛|呢|呀|啊|哇|得|了|是什么|有哪些|怎么办|咋办|怎么弄|怎么走|办)*"
_BARE = re.compile(
    f"{_GREETING}{_WHO}{_WHERE}{_WHETHER}{_WHO}{_WHERE}{_MOVE}{_WHERE}{_TAIL}[？?。！!～~ ]*"
)
_TOPIC = re.compile(
    r"(?:(?:想|要|咨询|问)?(?:办理?|问)?)?(?:落户|入户|上户口?|迁户口?|户口迁入|户口|转户口?)(?:的?(?:事|问题|政策))?"
)
_ACCOUNT = re.compile(
    rf"{_GREETING}(?:我的?)?(?:医疗补助|医保)?(?:的)?(?:个人)?(?:账户|医保卡)(?:里|上)?(?:每个?月|一个月|每年|一年)?(?:能|可以|会|要)?(?:划|打|进|给|拨)(?:入|进来|进|给)?(?:多少|几个?)(?:钱|块)?(?:呢|啊|呀)?[？?]?"
)
_RENTS = re.compile(
    rf"{_GREETING}(?:我们?|俺|咱)?(?:现在|目前)?(?:是|在嘉兴|在这(?:里|边))?租(?:的)?房(?:子)?(?:住)?(?:的|了)?[。！!～~ ]*"
)


_ON_BEHALF = re.compile("(?:替|帮|给|代)[^，。？]{1,6}(?:问|咨询|打听|了解)")
"""替我姨问人才落户: somebody's case, though nothing is asked outright."""


def opens_survey(words: str, state: State) -> bool:
    """Whether a first message asks about settling and says nothing of how: 外地人能落户吗."""
    plain = words.strip("，,。！!～~ ")
    return _is_first(state) and any(known.fullmatch(plain) for known in (_BARE, _TOPIC))


def opens_account(words: str, state: State) -> bool:
    """Whether a first message asks what comes into an account, and not of which scheme."""
    return _is_first(state) and _ACCOUNT.fullmatch(words.strip("，,。！!～~ ")) is not None


def way_opened(
    intent: Intent, reading: Reading, words: str, state: State, book: RuleBook
) -> tuple[str, ...]:
    """The ways to settle that a first message opens which asks nothing: 我租房的, 我在嘉兴上班."""
    if not _is_first(state) or intent.follow_up or asks(words):
        return ()
    if _RENTS.fullmatch(words.strip("，, ")):
        return ("settle.rental",)
    if intent.kind not in {IntentKind.OTHER, IntentKind.ELIGIBILITY} or not intent.rules:
        return ()
    ways = tuple(rule for rule in intent.rules if rule.startswith("settle."))
    if reading.applicant != APPLICANT and _ON_BEHALF.search(words):
        return ways
    told = {n for n, f in reading.facts.items() if not f.supposed and f.value is not None}
    return ways if told & facts_read_by(ways, book) else ()


def _is_first(state: State) -> bool:
    return not state.topic.question and not state.asked
