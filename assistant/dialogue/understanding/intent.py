"""What a message wants, of which rules, and what it changes where it leans on the turn before."""

import re
from datetime import date

from assistant.answering.screening import screen
from assistant.dialogue.model import Intent, IntentKind, Reading
from assistant.dialogue.reading.age_words import read_ages
from assistant.dialogue.reading.between import relation_between
from assistant.dialogue.reading.coming import Roles
from assistant.dialogue.reading.designations import names_somebody
from assistant.dialogue.reading.durations import read_times
from assistant.dialogue.reading.people import (
    KIN,
    NODES,
    SELF,
    People,
    read_people,
)
from assistant.dialogue.reading.places import Surroundings, mark
from assistant.dialogue.reading.replies import is_correction
from assistant.dialogue.reading.roles import read_roles
from assistant.dialogue.reading.typed import Typed, read_typed
from assistant.dialogue.understanding.closing import takes_ground
from assistant.dialogue.understanding.follow_ups import read_follow_up
from assistant.dialogue.understanding.question_words import (
    DOCUMENT,
    ITEM,
    MAY,
    STATED,
    TARGET,
    asks,
)
from assistant.dialogue.understanding.recalling import recalls
from assistant.dialogue.understanding.schemes import medical_rules
from assistant.dialogue.understanding.subjects import names_way, rules_for

_RESTART = re.compile(
    r"^(?:请|我们?|那|好|先)?(?:重新(?:开始|来(?:过)?|问|咨询|再来)|从头(?:再)?(?:来|开始|问)|清空|重来|重置|推倒重来|(?:全部|全|统统|一律|通通)(?:都)?(?:归零|清零|作废|不算|忘掉|清掉)|(?:把)?(?:前面|之前|刚才|以上|这些|资料|情况|信息|记录|记的)(?:说的|记的|的)?(?:资料|情况|信息|记录)?(?:都|全)*(?:不算|忘掉|忘了|(?:清|删|抹|擦)(?:掉|了|干净|空)?|作废)|重(?:新)?开(?:一)?(?:单|个单子|份)|另(?:起|开)(?:一)?(?:单|份)|忘掉(?:前面|之前|刚才)|开始新的(?:咨询|对话)|新(?:的)?(?:咨询|对话))"
)
_VOIDS = re.compile("不算|作废")
"""应该是15，前面的作废: what is said anew takes the place of what it voids, and of nothing else."""
_CONTACT = re.compile(
    r"电话|联系方式|(?:应该|要|该|去)?(?:找|问|咨询|联系)(?:谁|哪个|哪里|哪儿|哪家|什么部门|哪些部门)|哪个(?:部门|窗口|单位|科室?|机构|派出所)|什么部门|打(?:给|哪(?!天|一天|年|儿?起|月|个月|时|日))|号码(?:可以?|能|好)?打|打(?:什么|哪个|啥)号|归(?:谁|哪)|去哪(?:里|儿|个)?(?:能|可以)?(?:办|咨询|问|申请)|在哪(?:里|儿)?(?:能|可以)?(?:办|咨询|申请)|到哪(?:里|儿)?(?:去)?办|谁(?:来)?(?:管|负责)|热线"
)
_CALL_BACK = re.compile(
    r"(?:给|跟|向|往)[^，。？]{1,10}?打(?:了|过|完|通了?)(?:个|一个|通)?电话|(?:打|通)(?:了|过|完)[^，。？]{0,8}?(?:电话|热线)(?!是|多少|号)|电话(?:里|中|上)|打电话(?:去)?问(?:了|过)"
    r"|(?:回|打)(?:个|一?下)?我(?:的)?(?:个)?电话|我(?:的)?电话(?:是)?\d*|给我(?:回|打)(?:个)?电话"
)
_THANKS = re.compile(
    r"谢谢|多谢|谢了|谢谢侬|感谢|辛苦(?:你|您)?了|麻烦(?:你|您|侬)+(?:了|们了)|再见|拜拜|回头见|下次再问|先这样"
)
_NOTED = re.compile(
    r"(?:哦+|噢|嗯+|好的?|行|，)*(?:我)?(?:晓得|知道|明白|懂|了解)了(?:啊|呀|哈|的|，|。|好的?)*"
)
"""What closes a talk, or takes note: it answers no question."""
_LONGEST_THANKS = 16
_LEANS_ON = re.compile(r"[那再还另]|[\d一二两三四五六七八九十]个|落户|户口|登记|多少|没有(?!问题)")
_COMPARISON = re.compile(
    r"变化|变(?:了)?(?:哪些|什么|没|化)|区别|不同(?!住|意|居|步)|不一样|新旧|对比|相比|差别|改了(?:什么|哪|些)|有(?:什么|啥|哪些)(?:改|调整|变)|(?:比|跟|和|与)(?:以前|之前|原来|过去|去年|老政策|旧政策|旧的|老的)|(?:以前|原来|过去|之前|旧政策|老政策)[^。？]{0,16}(?:现在|新政策|如今)|(?:前后|之前之后)[^。？]{0,10}(?:变|不同|差|区别)|放宽了(?:什么|哪)|取消了(?:什么|哪)|调整了(?:什么|哪)"
)
_AMOUNT = re.compile(
    r"(?:划|打|补|报|给|交|缴|领|发|进|付|出|承担|拿|算|享受)[^，。？]{0,10}(?:多少|几(?:块|元|百|千|成)|什么标准)|(?:多少|几)(?:钱|块|元)|能?报(?:销)?(?:多少|几成|百分之几)|一(?:个月|年)(?:是|能|有)?多少|(?:补|报|划)(?:得|下来)?(?:多少|几)|多少(?:能)?(?:报|补|划|打|到账)|按(?:多少|哪一?档|什么标准)(?:划|打|算)|怎么报|(?:报|补)(?:销)?比例(?:是)?多少|每月(?:是)?多少"
)
_PROCEDURE = re.compile(
    r"怎么(?:去)?(?:办(?!法)|申请|申报|申领|操作|弄|搞|走)|如何(?:办|申请|申报|申领|操作)|流程|步骤|程序(?:是|怎)|手续(?:怎么|如何|有哪些|是什么)|先(?:办|去)哪|咋(?:办|弄|申请)|怎样(?:办|申请|申领)"
)
_WISH = re.compile(
    r"(?:想|要|打算|准备|希望|申请|需要)(?:要|把|在|去|让|给|将)?[^，。？]{0,10}?(?:落户|落(?=在|到|嘉)|上户|迁|转户|入户|投靠|互认|转换|办(?:理)?(?:一?张)?居住证|申领居住证)"
)
_REQUIREMENT = re.compile(
    r"(?:需不需要|要不要|用不用|是不是(?:必须|要|得|一定)|是否(?:必须|需要|要|一定)|一定要|必须|非要|非得|还要|还需要?|还得|需要?|得(?=有|满|登|交|缴|多)|(?<![想只我不就])要(?=满|有|交|缴|登|住|连|多|什么|哪|带|准备|提|几|不要|多久|备|租|买|求))[^。？]{0,18}(?:吗|么|嘛|不|多久|多长|几|什么|哪些|哪|多少|啥|？|$)"
)
_WHAT = re.compile(
    r"什么(?:材料|条件|要求|规定|政策|意思|是|证明|手续|范围|待遇|好处)?|哪些|哪几|多久|多长时间|(?<!好)(?:几个月|几年|几岁|几天|几月)|何时|什么时候|啥(?:材料|条件|时候|意思|要求)?|为什么|谁能|谁可以|哪些人|怎么(?:规定|算|划|认定|理解|说|定|样|缴|交|筹|计算)|定义|依据|标准(?:是|有)|条件(?:是|有|呢)|规定(?:是|吗|呢)|政策(?:是|有|吗|呢)?|比例|还有(?:没有)?[^，。？]{0,8}(?:限制|要求|吗)|限制|指(?:的是)?(?:什么|哪)|包括"
)
_OPEN_WAYS = re.compile(
    r"(?:哪|什么|啥|几)(?:种|条|个|些)?(?:途径|渠道|办法|方式|路子|方法|情况|条)|(?:走|适合|符合|够|属于)(?:哪|什么)(?:种|条|个|类)?|怎么(?:样)?(?:才)?能落|怎样(?:才)?能落|如何(?:才)?能落|(?:我|本人)(?:该|要|应该|可以)怎么(?:样)?(?:才能)?落户|有(?:没有|没|什么|啥)?(?:别的|其他|啥)?(?:办法|途径|路子|门路|法子|渠道)|(?:哪|那)(?:一)?条(?:能|可以|行得通|走得通|够得上)"
)


def read_intent(
    text: str,
    *,
    as_of: date,
    asked: str | None = None,
    reading: Reading | None = None,
    surroundings: Surroundings | None = None,
) -> Intent:
    """What `text` wants; `asked` is the fact a question is pending on, `reading` what was read.

    Without `reading`, whether facts were stated is judged from the words alone.
    """
    typed = read_typed(text)
    bare = typed.text.strip("，。？")
    if not bare:
        return Intent(IntentKind.OTHER)
    people = read_people(typed)
    places = surroundings.find(typed.text) if surroundings else ()
    marked = people.mark(mark(typed.text, places))
    roles = read_roles(people, marked)
    undoes = any(_RESTART.search(clause) for clause in re.split("[，。]", bare))
    if undoes and not (_VOIDS.search(bare) and reading is not None and reading.facts):
        return Intent(IntentKind.RESTART)
    if recalls(bare):
        return Intent(IntentKind.SHOW_UNDERSTOOD)
    follow = read_follow_up(typed, people, marked, as_of, asked)
    if follow is not None:
        return follow
    if is_correction(typed) and not asks(bare):
        return Intent(IntentKind.CORRECTION, _rules(typed, roles, reading))
    if _closes(bare, reading):
        return Intent(IntentKind.GREETING)
    if asked is not None and _is_answer(bare) and not _seeks_contact(bare):
        return Intent(IntentKind.ANSWER, _rules(typed, roles, reading))
    if screen(text).outcome == "chat" and not takes_ground(bare):
        return Intent(IntentKind.GREETING)
    applicant = reading.applicant if reading is not None else roles.applicant
    rules = _rules(typed, roles, reading)
    kind = _kind(typed, people, marked, as_of, reading)
    if kind is IntentKind.ELIGIBILITY and _seeks_a_way(typed.text):
        rules = ()
    is_open = kind is IntentKind.ELIGIBILITY and not rules
    return Intent(kind, rules, is_open, applicant)


def _seeks_a_way(text: str) -> bool:
    """Whether it is asked which way is open, of all: 现在哪条能落户, 有没有路子落户."""
    sought = _OPEN_WAYS.search(text) is not None and re.search(
        "落户|户口|落(?=在|嘉|得|不|吗|，|？|$)", text
    )
    return bool(sought) and not names_way(_OPEN_WAYS.sub("", text))


def _closes(bare: str, reading: Reading | None) -> bool:
    """没问题，多谢; 唉，麻烦你了: nothing is asked or told."""
    if _takes_leave(bare):
        return True
    if len(bare) > _LONGEST_THANKS or asks(bare) or (reading is not None and reading.facts):
        return False
    if _NOTED.fullmatch(bare):
        return True
    if takes_ground(bare):
        return False
    return _THANKS.search(bare) is not None and _LEANS_ON.search(bare) is None


_LEAVES = re.compile(
    r"(?:[^，。？]{0,4}(?:谢|辛苦|麻烦)[^，。？]{0,8}|(?:那|就|我|先)*(?:再见|再会|拜拜|回见|回头见|下次再问|先这样|就这样|就这些|到此为止|不打扰)[^，。？]{0,4}|祝[^，。？]{1,8})"
)
_LIGHT = re.compile(
    r"(?:好|行|嗯|哦|噢|唉|哎|成|可以|没问题|晓得|知道|明白|懂|了解|清楚)+(?:的|了|啊|吧|呀|哈)*|(?:暂时|现在)?(?:没(?:有)?|无)(?:别的|其他|其它|什么|啥|问题)+(?:事|问题|要问|问)?(?:了|的)*"
    r"|(?:那|这)?(?:我|俺|我们|咱)?(?:这)?(?:就|先|再|到时候?|等|回头|改天|过几天|明天|下周|下个?月|\d{1,2}月份?)*(?:再来|再说|再问|去办|去弄|回去|准备材料|去准备|转给|跟|告诉|打电话)[^，。？]{0,8}"
)
_STILL_ASKS = re.compile(r"[？吗么呢]|什么(?!问题|事)|怎么|多少|哪|几(?!天)|能不能|要不要")


def _takes_leave(bare: str) -> bool:
    """行，那我12月再来，辛苦你: thanks or a farewell, with what is noted or planned on the way."""
    if _STILL_ASKS.search(bare):
        return False
    clauses = [clause for clause in re.split("[，。？]", bare) if clause]
    leaves = [clause for clause in clauses if _LEAVES.fullmatch(clause)]
    return bool(leaves) and all(c in leaves or _LIGHT.fullmatch(c) for c in clauses)


def _kind(
    typed: Typed, people: People, marked: str, as_of: date, reading: Reading | None
) -> IntentKind:
    text = typed.text
    personal = _is_personal(typed, people, marked, as_of, reading)
    if _CONTACT.search(_CALL_BACK.sub("", text)) and not (
        personal and MAY.search(text) and "电话" not in text and "找" not in text
    ):
        return IntentKind.CONTACT
    if _COMPARISON.search(text):
        return IntentKind.COMPARISON
    if _AMOUNT.search(text) and not re.search("落户|户口", text):
        return IntentKind.AMOUNT if _has_own_figures(typed, marked, reading) else IntentKind.POLICY
    ways = _OPEN_WAYS.search(text) and re.search("落户|户口|落(?=在|嘉|吗|得|不)|落个户", text)
    if (
        ways
        and (personal or SELF in marked or re.search("怎么|怎样|如何", ways.group()))
        and "材料" not in text
    ):
        return IntentKind.ELIGIBILITY
    may, target = MAY.search(text), TARGET.search(text)
    if target and personal and _WHAT_IS_MISSING.search(text):
        return IntentKind.ELIGIBILITY
    told = reading is not None and bool(set(reading.facts) - _IMPERSONAL) and "，" in text
    if _wants_text(_KNOWN_PART.sub("", text) or text, personal=personal, told=told):
        return IntentKind.POLICY
    if may and target and personal:
        return IntentKind.ELIGIBILITY
    if _PROCEDURE.search(text):
        return IntentKind.PROCEDURE
    if _WISH.search(text) and personal and not _WHAT.search(text):
        return IntentKind.ELIGIBILITY
    general = target or re.search("标准|条件|要求|规定|内容|通知|办法|政策|待遇|范围|账户", text)
    if personal and re.search(r"(?:落户|户籍|投靠|互认|转换)呢?？*$", text):
        return IntentKind.ELIGIBILITY
    if asks(text) or (general and not personal):
        return IntentKind.POLICY
    if personal and may:
        return IntentKind.ELIGIBILITY
    return IntentKind.POLICY if re.search(r"〔\d{4}〕\d+号", text) else IntentKind.OTHER


_HOW_WRITTEN = re.compile(
    r"念(?:给|一|来)|(?:原话|原文|条文|那句话)[^，。？]{0,8}(?:念|读|看|是|怎么|写|发|给)|(?:文件|通知|规定|政策|办法|条例)(?:里|上|中)?(?:真|到底|究竟)?的?(?:是|有)?(?:这么|这样|那么|怎么|咋|如何)(?:写|规定|讲)"
)
_WHAT_IS_MISSING = re.compile(
    r"(?:看看?|还|现在)差(?:什么|啥|哪)|缺(?:什么|啥|哪)条件|(?:该|要|还要|需要)补充(?:什么|哪些|啥)(?:信息|情况)"
)
_KNOWN_PART = re.compile(
    r"[^，。？]*(?:记不(?:太|得)?清|记不得|不(?:太)?清楚|忘(?:记)?了|不知道|说不清|算不清|不(?:太)?确定|要看证|得看证)[^，。？]{0,6}(?:[，。]|$)"
    r"|(?:没(?:有)?|无)?(?:什么|啥)[^，。？]{0,10}?(?:都|也)(?:没|不|无)(?:有)?|(?:没|无)(?:有)?(?:什么|啥)(?!时候|条件|要求|规定|限制|问题|区别|影响|变化)|(?:不是|不算|算不上|谈不上)(?:什么|啥)"
)
"""What asks for nothing for all its 什么: 多久记不清了，… and 什么证都没有."""


def _wants_text(text: str, *, personal: bool, told: bool = False) -> bool:
    """Whether what is asked is what a text says: how long, which papers, whether it is required."""
    if ITEM.search(text) and DOCUMENT.search(text):
        return True
    if _HOW_WRITTEN.search(text):
        return True
    if _REQUIREMENT.search(text):
        stated = re.search("(?:了|没|已经)[^，。？]{0,8}(?:，|能|可以)", text)
        return not (personal and stated and MAY.search(text))
    if re.search(r"(?:哪些|哪几|谁|什么人|哪种人)[^，。？]{0,8}(?:能|可以)", text):
        return True
    own = re.search("[我俺咱]|本人", text) is not None
    if not own and not told and re.search("带|随迁|家属", text):
        return True
    what = _WHAT.search(text)
    if what is None:
        return False
    may = MAY.search(text)
    counted = re.search(
        r"(?:几个月|多久|多长时间|几年|几岁)[^，。？]{0,4}(?:才|就)?(?:能|可以)", text
    )
    return not (personal and own and may and TARGET.search(text)) or counted is not None


_OWN_WISH = re.compile(
    r"(?:^|[，。])想(?:要)?(?:凭|靠|按|走|用|投靠|租|以|在|把|迁|落|转|办)(?!了解|知道)"
)
"""想凭居住证转户籍: who leaves out 我 wishes for themselves."""


_FOR_SOMEBODY = re.compile(
    r"(?:帮|替|代|给)[^，。？]{1,8}(?:问|咨询|打听|了解|查)[^，。？]{0,6}，[^，。？]{0,6}[他她]"
)
"""帮邻居问一下，他能落户吗: somebody in particular, though neither me nor mine."""


_IMPERSONAL = {
    "family",
    "relation",
    "pension.province",
    "employer.kind",
    "employer.area",
    "contribution.scheme",
    "apply.action",
    "med.in_scope",
}
"""Facts that a question about people in general names too."""


def _is_personal(
    typed: Typed, people: People, marked: str, as_of: date, reading: Reading | None
) -> bool:
    """Whether somebody in particular is asked about: 我, my relatives, or facts of somebody."""
    if SELF in marked or _FOR_SOMEBODY.search(typed.text) or names_somebody(typed.text):
        return True
    if any(NODES[n] != "其他" for n in people.others()) and re.search("[我俺咱]", typed.text):
        return True
    if reading is not None:
        own = bool(set(reading.facts) - _IMPERSONAL)
        return own or bool(_OWN_WISH.search(typed.text))
    stated = STATED.search(typed.text) is not None or bool(read_ages(typed.text))
    return stated or (
        bool(read_times(typed.text, as_of))
        and not re.search("才能|才可以|必须", typed.text)
        and not _REQUIREMENT.search(typed.text)
    )


def _has_own_figures(typed: Typed, marked: str, reading: Reading | None) -> bool:
    if SELF in marked and not re.search("我(?:们)?(?:想)?(?:问|了解|咨询|查)", typed.text):
        return True
    if re.search(rf"{KIN}", marked) and re.search("[我俺]", typed.text):
        return True
    if re.search("(?:^|[，。])(?:我)?(?:是)?(?:在职|退休)(?:的|了|职工|人员)?(?=，)", typed.text):
        return True
    if reading is not None:
        return any(
            not name.startswith("staff.") or name == "staff.on_establishment"
            for name in reading.facts
            if name
            not in {
                "employer.kind",
                "staff.kind",
                "contribution.scheme",
                "employer.area",
                "med.in_scope",
            }
        )
    return bool(read_ages(typed.text)) or bool(
        re.search(
            r"(?:自付|掏|花了?|起付[^，。？]{0,4}以下|限额[^，。？]{0,4}以上|在职|退休)[^，。？]{0,4}[\d一二两三四五六七八九十]+[百千万个人元块]*",
            typed.text,
        )
    )


def _rules(typed: Typed, roles: Roles, reading: Reading | None) -> tuple[str, ...]:
    relation = None
    own = re.search("[我俺咱]|本人", typed.text)
    told = reading.facts.get("relation") if reading is not None else None
    if told is not None and isinstance(told.value, str):
        relation = told.value
    elif roles.host is not None and own:
        relation = relation_between(roles.applicant, roles.host)
    facts = reading.facts if reading is not None else {}
    lacked = frozenset(n for n, f in facts.items() if f.value in _LACKED)
    schemes = medical_rules(typed.text, facts)
    rules = rules_for(typed.text, relation, frozenset(facts) - lacked, schemes)
    of_talent = "settle.join_householder" in rules[:1] and relation == "配偶"
    if of_talent and _joins_talent(typed.text, reading):
        return ("settle.talent_family", *rules)
    return rules


_A_TALENT = re.compile(r"(?:是|属于?|算|作为|按)(?:引进的?|高层次|紧缺)?人才(?!市场|公寓|中心)")
_A_HEAD = re.compile("户主|市内|家庭户")
_PAPERS = frozenset({"edu", "title_level", "skill_level"})


def _joins_talent(text: str, reading: Reading | None) -> bool:
    """我爱人硕士，我想投靠迁入: whether the spouse who is joined is told of as a talent, and as no head."""
    if _A_HEAD.search(text):
        return False
    host = reading.others.get(reading.host or "", {}) if reading is not None else {}
    held = (f for n, f in host.items() if n in _PAPERS)
    return _A_TALENT.search(text) is not None or any(
        f.value not in {"无", "高中", "初中及以下"} for f in held
    )


_LACKED = (False, "无", "没有参加")
"""What the dictionary calls a thing that somebody has not: it opens no way to settle."""


_HAS_NUMBER = re.compile(
    r"(?:有|给)(?:没有|没)?(?:个|什么)?(?:咨询|联系|服务|办事|准|官方)?(?:电话|热线|号码|联系方式)(?:没有?|吗|么|不|呢|啊|可?打|问|$)|(?:电话|热线|号码)(?:有没有|有吗|有没|是多少|多少|给我|发我|告诉我)|(?:找|问|咨询|联系|打给)(?:谁|哪个|哪里|哪儿|哪家|什么部门|哪些部门)"
)


def _seeks_contact(bare: str) -> bool:
    """该找谁问准信，有电话没: asks whom to call, whatever we asked."""
    return _HAS_NUMBER.search(_CALL_BACK.sub("", bare)) is not None


def _is_answer(bare: str) -> bool:
    """Whether a short message answers what was asked, rather than asks anew."""
    if len(bare) > 60:
        return False
    if re.search("不(?:太)?(?:清楚|知道|确定)|记不|想不(?:太)?起|跳过|忘", bare) and not re.search(
        "怎么|什么材料|能不能", bare
    ):
        return True
    return not re.search(
        r"吗|呢|？|号码|几号(?!了)|几月份?(?=[开执施生起能可申去办参才])|〔|第[一二三四五六七八九十]{1,3}条|怎么|如何|多少|哪|什么|啥|要不要|用不用|需不需要?|是不是(?=必须|一定|要|得)|必须带|先问|顺便问|另外问|能不能|可不可以|能落|(?:能|可以)[^，。？]{0,6}(?:落户|迁|投靠|办)",
        bare,
    )
