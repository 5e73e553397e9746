"""Whether a message asks what the rule says, of people in general, rather than to apply it to somebody.

「技师能带父母吗」 and 「文件里讲能不能通用」 want the clause; 「我是技师，能带爸妈吗」 wants a verdict.
"""

import re
from collections.abc import Collection

from assistant.answering.aspects import aspects_of
from assistant.answering.question import names_draft
from assistant.dialogue.reading.designations import names_somebody

_SOMEBODY = re.compile(
    r"来电(?:人|者|男士|女士|群众|市民)|对方(?=说|问|是|答|讲|在)|咨询人|当事人|我(?!市|国|们(?:市|国|这))|俺|咱|本人|侬|阿拉|伲|(?<!其)[他她](?!人|们)|\d{2}岁|[一二三四五六七八九]十[一二三四五六七八九]?岁"
)
_ASIDE = re.compile(
    r"(?:不用|不必|别|不要|不是|没有?|并非)(?:要|想|在|来)?(?:查|问|看|打听)[^，。？]*|(?:我|俺)(?:就|只|只是|是)?(?:想|要|来)?(?:问|咨询|了解|打听|知道|请教)(?:一?下|问|的是)?"
)
_DOCUMENT = r"(?:文件|通知|规定|政策|办法|条例|试点|解读|公报|条文|原文)"
_WORDING = re.compile(
    rf"{_DOCUMENT}(?:里面?|上|中|当中)?(?:是|到底|究竟|真|都|对[^，。？]{{0,6}})*(?:怎么|如何|有没有|咋)?(?:写|讲|说|规定|各是|分别是|提到)"
    r"|(?:有没有|有|写没)写(?:明|清|过|的)?|怎么写的|原文|原话|条款|口径|出处|哪里写|写在哪"
    rf"|^(?:请)?(?:比较|对比|对照)[^，。？]{{4,}}(?:规定|说法|写法|条款)"
    rf"|(?:就|只|想)问(?:问|一?下)?(?:的是)?{_DOCUMENT}"
)
_BY_WAY = re.compile(r"(?:按照?|凭|依据?|走|用|根据|照)[^，。？]{0,8}条款")
"""按就业条款申请: the way is named, and its wording is not asked for."""
_OWN_CASE = re.compile(r"(?:我|俺|本人)[^，。？]{0,8}(?:能|可以|符合|够|行不行|算不算)")
_FAMILY = re.compile(r"(?:带|随迁|跟着|一起迁|一道迁|家属|家里人|家人)")
_WHETHER = re.compile(r"能|可以|行|[吗么不伐呢]$|有没有")
_HOW = re.compile(r"(?:怎么|如何|怎样)(?:投靠|迁|转|换|落|缴|交|收|筹|划|办)(?!才)")
_ONLY = re.compile(r"(?:是不是)?只(?:能|限|准|许|可以)[^，。？]{1,12}(?:吗|么|嘛|不是)?[？?]?$")
_WHEN = re.compile(
    r"(?:每年|一年里?)[^，。？]{0,6}(?:几月|哪个?月|什么时候|哪(?:一)?天|几号)|(?:几|多少)天(?:之)?内|几月份"
)
_WHEN_DONE = re.compile(
    r"(?:什么时候|啥时候|何时|几时|几月|哪个月)(?:能|可以|去|来|才)?(?:申请|参加|参保|退出|划|打|缴|交)"
)
_STILL = re.compile(
    r"(?:限制|条件|要求|规定|年限|门槛)(?:现在|如今)?(?:还)?(?:有没有|有[吗么不]|在[吗么不]|[算作]数|取消|没了|放开|没有了)"
)
"""15年内的限制还有吗: what has become of a rule."""
_REVOKED = re.compile(r"会(?:不会)?(?:被)?(?:注销|收回|吊销|作废|取消)")
_ELSEWHERE_PERMIT = re.compile(
    r"居住证[^，。？]{0,12}(?:通用|直接(?:用|落)|能用|好用|管用|承认|认不认|认吗)"
)
_FUNDING = re.compile(
    r"筹(?:资|钱|集)|(?:缴费|交费|缴纳)(?:的)?(?:比例|费率|标准)|按多大|算不算人头|(?:按|算|数)[^，。？]{0,6}人头|人头[^，。？]{0,10}(?:算|数|退休)|(?:交|缴)[^，。？]{0,10}几个点"
)
_HEADCOUNT = re.compile(r"\d+\s*(?:个|名|位)?(?:人|在职|退休|职工|员工)|(?:在职|退休)\s*\d+")
_OTHER_GOAL = re.compile(
    r"(?:能不能|能否|可不可以|可以|能|怎么|如何|咋)(?:(?!落户|落|迁|投靠|入户|户口)[^，。？]){0,4}"
    r"(?:上学|读书|念书|入学|入园|上幼儿园|高考|中考|(?:买房|购房)(?!落|上户|入户|迁|转户|那|这|的)|买车|摇号|上牌|考驾照|贷款|补缴|补交|提取|参军|结婚|吃低保|领低保|申请公租房)"
)


_NO_SUM = re.compile(
    r"清算|(?:去世|过世|走了|不在了|死了|没了)[^？?]{0,12}(?:账户|个账|卡里|钱)|(?:账户|卡)里的钱怎么|(?:账户|划[入的进到]|划好|钱)[^。？]{0,16}(?:退回|追回|倒扣|倒算|收回|收走)|多退少补|结转|封顶|清零|取现|提现|继承|转给|共济|给家(?:里)?人用"
)
"""What becomes of an account, which no rule reckons."""
_CLASS = frozenset(
    {
        "edu",
        "title_level",
        "skill_level",
        "family",
        "relation",
        "permit.held",
        "permit.issued_in",
        "permit.outside_province",
        "pension.province",
        "employer.kind",
        "employer.area",
        "staff.kind",
        "contribution.scheme",
        "med.in_scope",
        "apply.action",
    }
)
"""Facts that a question about people of a kind names as well."""
_LEVELS = frozenset({"edu", "title_level", "skill_level"})


_OTHER_COVER = re.compile(
    r"(?:能|可以|允许|准|给|另外?)[^，。？]{0,12}(?:买|建|办|投)[^，。？]{0,4}商业|(?:另|自己?|另外)(?:行)?建(?:一个|个)?(?:企业)?补充医|商业[^，。？]{0,4}(?:允许|可以|行不行|准不准)"
)
"""Cover besides the scheme, of which a text may speak and no rule does."""
_COUNTS_AS = re.compile(
    r"(?:算不算|还算|算是|能算|算|叫|属不属于|属于)(?:不)?(?:是|得上|成)?[^，。？我他她]{0,6}(?:连续|稳定(?:就业|住所|居住|工作)|就业|中断|累计|商品房|城镇|家庭户|共同居住)[^，。？]{0,4}(?:吗|么|不|嘛|的)?$"
)
"""算不算稳定就业: what a word of the text takes in."""


def asks_rule(words: str, told: Collection[str]) -> bool:
    """Whether `words` ask what the rule says, whoever it is about; `told` are facts read in them."""
    if names_draft(words):
        return True
    bare = _ASIDE.sub("", words)
    if _OTHER_GOAL.search(bare) or _NO_SUM.search(bare):
        return True
    if _WORDING.search(_BY_WAY.sub("", words)) and not _OWN_CASE.search(bare):
        return True
    if _FUNDING.search(bare) and not _HEADCOUNT.search(bare):
        return True
    if _OTHER_COVER.search(bare) and not _OWN_CASE.search(bare):
        return True
    if not of_somebody(bare) and _COUNTS_AS.search(bare.rstrip("？?。！! ")):
        return True
    if any(aspect.name == "全员" for aspect in aspects_of(bare)):
        return True
    return not of_somebody(bare) and _is_general(bare, told)


def asks_otherwise(words: str) -> bool:
    """Whether `words` ask for what no rule of settling decides: the wording, or another errand."""
    bare = _ASIDE.sub("", words)
    if _OTHER_GOAL.search(bare) or _NO_SUM.search(bare):
        return True
    return _WORDING.search(_BY_WAY.sub("", words)) is not None and not _OWN_CASE.search(bare)


_CLASSES = re.compile(
    r"(?:在职|在编|没退休?)的?(?:和|跟|与|同|、)退|退(?:休|下来)的?(?:和|跟|与|同|、)(?:在职|在编|没退)"
)


def names_classes(words: str) -> bool:
    """在职和退下来的比例各是多少: classes of people side by side, as a text has them."""
    return _CLASSES.search(words) is not None


def of_somebody(words: str) -> bool:
    """Whether `words` speak of somebody in particular."""
    plain = _ASIDE.sub("", words)
    return _SOMEBODY.search(plain) is not None or names_somebody(plain)


def _is_general(words: str, told: Collection[str]) -> bool:
    text = words.rstrip("？?。！! ")
    if _HOW.search(text) or _ONLY.search(text) or _WHEN.search(text):
        return True
    if _STILL.search(text):
        return True
    if not set(told) <= _CLASS or len(_LEVELS & set(told)) > 1:
        return False  # that much is told of nobody but a person
    covers = _FAMILY.search(text) and _WHETHER.search(text)
    return bool(
        covers or _WHEN_DONE.search(text) or _REVOKED.search(text) or _ELSEWHERE_PERMIT.search(text)
    )
