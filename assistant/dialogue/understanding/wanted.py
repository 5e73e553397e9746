"""What a message wants, once its facts are known: a verdict, a sum, or what the text says."""

import re
from dataclasses import replace

from assistant.answering.asking import read_asking
from assistant.answering.particulars import wanted_kinds
from assistant.answering.premises import read_premise
from assistant.answering.screening import asks
from assistant.answering.stating import beyond_rules, kinds_asked
from assistant.dialogue.model import FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.reading.applying import individual_applies
from assistant.dialogue.reading.designations import names_somebody
from assistant.dialogue.state import State
from assistant.dialogue.understanding.frames import asks_sum, changes_only
from assistant.dialogue.understanding.general import asks_otherwise, asks_rule
from assistant.dialogue.understanding.leaning import puts_if
from assistant.dialogue.understanding.openings import opens_account, opens_survey, way_opened
from assistant.dialogue.understanding.own_whether import asks_own_whether
from assistant.dialogue.understanding.rules_asked import asked_together, facts_read_by, of_text_only
from assistant.dialogue.understanding.schemes import (
    asks_own_sum,
    asks_sum_of_scheme,
    describes_somebody,
    part_asked,
)
from assistant.dialogue.understanding.subjects import names_way, ways_together
from assistant.rules import RuleBook

CLASS_FACTS = frozenset(
    {"staff.kind", "employer.kind", "employer.area", "contribution.scheme", "med.in_scope"}
)
"""Facts that tell people apart by class, as a text does; alone, they speak of nobody."""
_SPENT = frozenset(
    {
        "med.outpatient_below_deductible",
        "med.outpatient_mid",
        "med.outpatient_above_cap",
        "med.inpatient_remaining",
    }
)
"""Sums that somebody spent; who asks what comes back of them asks to have it reckoned."""
_ENOUGH_TOLD = 2
_OF_A_BILL = frozenset({"起付标准、限额、基数等具体数额"})
"""Kinds of particular whose names stand in a bill as well."""
_SURELY_NOT_STATED = 0.2  # likelihood of asking for what texts state, whatever is told
_ACCOUNT = {
    "medical.public.join": "medical.public.account",
    "medical.enterprise.join": "medical.enterprise.account",
}
_ASKS_WORDING = re.compile(
    r"哪些|什么(?!时候)|怎么|如何|规定|材料(?!(?:都|也|已经?|全)*(?:带|备|准备|交|递)?(?:齐|好了|全))|要不要|需不需要|是否需要|依据|文件|通知|解读|征求意见|第.{1,3}条|区别|变化|为什么|"
    r"标准|百分之|多长时间|多久|几个月(?!前)|几年(?!前)|要看|合并|互认|按办法"
)
_OF_SOMEBODY = re.compile(
    r"来电(?:人|者|男士|女士|群众|市民)|对方(?=说|问|是|答|讲|在)|咨询人|当事人|我|俺|咱|本人|侬|阿拉|老公|老婆|爱人|媳妇|他|她|我们|单位(?:是|没)|\d{2}岁|[一二三四五六七八九]十[一二三四五六七八九]?岁|"
    r"(?:在职|退休|在编|编外|事业编)(?:的|了)?[，,]|(?:花|付|掏|报|自付)(?:了|掉|脱)[^，。？]{0,6}[\d一二两三四五六七八九十](?:\.\d)?(?:百|千|万|元|块)"
)
_ASKS_WHETHER = re.compile(
    r"够|行|成[吗不么]|中[不吗么]|可以|能|符合|差不差|差多少|差啥|啥时候|什么时候|最早|[吗么不伐呢？?]$|呢(?=[，,])|落户吧|了吧"
    r"|(?:想|要|打算|准备|希望)[^，。？]{0,8}(?:落户|转户籍|投靠|迁)"
)
_ASKS_LACK = re.compile(r"(?:还|看看?|我)差(?:点?啥|什么|哪些|多少)|缺(?:啥|什么)")
_BARE_CHANNEL = re.compile(
    r"(?:那|请问|想问下?|，)*(?:租赁|租房|就业|人才|投靠|买房)落户(?:我)?(?:可以|能|行)(?:办理?|走|落)?[吗么不][？?。]*"
    r"|(?:那|请问|，)*居住证转户籍?(?:我)?(?:可以|能|行)(?:办理?|走|转)?[吗么不][？?。]*"
)
_ASIDE = re.compile(r"(?:不是|没有?|不|并非|又不是)(?:要|想|在)?(?:查|问|看|打听)我[^，。？]*")
_NOT_KNOWN = re.compile(r"[^，。？]*(?:记不清|不清楚|不知道|忘了?|说不准)[^，。？]*")
_WHATEVER = re.compile(
    r"(?:什么|啥)[^，。？]{0,10}?(?:都|也)(?:没|不|无)(?:有)?"
    r"|(?:什么|啥)(?:证书?|房子?|工作|学历|技术|手艺|职称|本事|文凭)(?:没|无)(?:有)?"
    r"|(?:没|无)(?:有)?(?:什么|啥)(?!时候|条件|要求|规定|限制|问题|区别|影响|变化)"
    r"|(?:不是|不算|算不上|谈不上|也非)(?:什么|啥)"
    r"|(?:把)?(?:[^，。？]{0,6}的)?材料(?:现在|今天|明天|就|都|也|直接|先|已经?)*(?:递|交|送|报)(?:上|进|过|了)(?:去|来)?"
)
"""什么证都没有 asks nothing, nor does 把材料递上去."""
_BAND = re.compile(r"\d{2}(?:周)?岁(?:[（(]含[)）])?(?:及|或)?(?:以上|以下)")
_DENIAL = re.compile(
    r"(?:不对|不是|错了|(?:我)?(?:说|写|打|记)错了?|搞错了)(?:了|啊|呀|哦|的)?[。！!，,]*"
)
_HOW_MUCH = re.compile(r"多少|几(?:块|元|钱|成)|标准|比例")
_OF_EACH = re.compile("各(?:是|为|占|报|给|按|多少|几)|分别|各自")
_ADDS = re.compile(
    r"^(?:哦|噢|啊|，)*(?:还有|另外|对了|忘了说|忘记说|补充一[下点]|再加|加上|刚才(?:没|忘|漏)|少说了|漏了)|算进去|算上|加上(?:他|她|这|那)|一并算|一起算"
)
"""还有十二个退休的, 一并算进去: one fact more for what was decided."""
_WHAT_OF_ME = re.compile(
    r"(?:我|他|她)(?:们)?(?:现在|这样|这种情况)?呢[？?。]*$|(?:我|他|她)(?:现在)?(?:算|能|可以|够)[^，。？]{0,6}[吗么不][？?。]*$"
)
_OTHERS_HOUSEHOLD = re.compile(
    r"户口[^，。？]{0,6}(?:赖|挂|留|占|没迁|不迁|迁不)[^，。？]{0,8}(?:我|房)|(?:让|叫|要求|通知|请|把)[^，。？我]{1,8}(?:户口)?[^，。？我]{0,4}迁(?:走|出去?)"
)
"""Somebody else's registration in one's home, which one wants gone."""
_ALONE = re.compile(r"(?:个人|自己|单独|一个人|本人)[^，。？]{0,8}(?:参加|参保|加入|投保|买|交|缴)")
_EMPLOYER_ASKS = re.compile(r"(?:单位|公司|厂里?|企业)[^，。？]{0,4}(?:想|要|打算|准备|申请)")
_WISHES = re.compile(
    r"^(?:你好|您好|我|，|,|就|是)*(?:想|要|打算)(?:来)?(?:咨询|了解|问|办|申请|走)?"
)
_BENEFIT = "补贴等别的好处"
_WITH_FAMILY = re.compile("带|随迁|一起|一道|跟着|跟过来")


def asks_wording(words: str) -> bool:
    """Whether `words` ask for what a text says: 哪些材料, 要不要, 什么规定."""
    return _ASKS_WORDING.search(words) is not None


def of_somebody(words: str) -> bool:
    """Whether `words` speak of a person, and not of a class of people."""
    plain = _BAND.sub("", _ASIDE.sub("", words))
    return _OF_SOMEBODY.search(plain) is not None or names_somebody(plain)


def wanted(
    intent: Intent, reading: Reading, words: str, state: State, book: RuleBook
) -> tuple[Intent, Reading]:
    """What a message wants in the light of its facts, and the facts that then count as told."""
    if intent.surely:
        return intent, reading
    if _BASE_ITSELF.search(words) and not any(n.startswith("employer.") for n in reading.facts):
        return replace(intent, kind=IntentKind.POLICY, open=False, follow_up=None), reading
    somebody = of_somebody(words) or describes_somebody(words, reading.facts)
    if (
        not intent.follow_up
        and asks_own_sum(words, intent.kind, intent.rules, reading, of_somebody=somebody)
        and not _asks_beyond(words, intent, reading, state, book)
    ):
        return replace(intent, kind=IntentKind.AMOUNT, open=False), reading
    if intent.rules[:1] == ("medical.enterprise.join",) and individual_applies(words):
        return replace(intent, kind=IntentKind.POLICY, open=False), Reading({})
    if intent.kind is IntentKind.OTHER and not reading.facts and wanted_kinds(words):
        return replace(intent, kind=IntentKind.POLICY, open=False), reading
    part = part_asked(words, intent, state.topic.rules) if not intent.follow_up else ()
    if part:
        return replace(intent, kind=IntentKind.AMOUNT, rules=part, open=False), reading
    if opens_survey(words, state):
        return replace(intent, kind=IntentKind.ELIGIBILITY, open=True, rules=()), reading
    if opens_account(words, state):
        return replace(intent, kind=IntentKind.AMOUNT, open=False), reading
    ways = way_opened(intent, reading, words, state, book)
    if ways:
        return replace(intent, kind=IntentKind.ELIGIBILITY, open=False, rules=ways), reading
    if _only_names_a_way(intent, reading, words, state):
        return replace(intent, kind=IntentKind.ELIGIBILITY), reading
    if _asks_benefit(words, intent, state):
        return replace(intent, kind=IntentKind.POLICY, open=False), Reading({})
    if ways_together(words) and not intent.follow_up and _tells_own(reading):
        return replace(intent, kind=IntentKind.ELIGIBILITY), reading
    if _puts_own_case(intent, reading, words, book) or _asks_of_own(intent, reading, words, state):
        return replace(intent, kind=IntentKind.ELIGIBILITY), reading
    intent = _sharpened(intent, reading, words, book)
    if state.topic.decides and not state.asked and _DENIAL.fullmatch(words.strip()):
        intent = Intent(IntentKind.CORRECTION)
    elif _changes_a_fact(intent, reading, words, state, book):
        rules = intent.rules or state.topic.about
        intent = replace(intent, kind=IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT, rules=rules)
    if intent.follow_up is None and (
        read_premise(words) or _wants_rule(words, intent, reading, state, book)
    ):
        intent = replace(intent, kind=IntentKind.POLICY, open=False)
        reading = Reading({})  # what a rule is asked to say is nobody's fact
    if intent.follow_up is FollowUp.FACT and of_text_only(state) and not reading.facts:
        intent = Intent(IntentKind.POLICY)
    return intent, reading


def _only_names_a_way(intent: Intent, reading: Reading, words: str, state: State) -> bool:
    """Whether a first message names a way to settle, and asks and tells nothing: 想咨询人才落户."""
    if state.topic.question or state.asked or intent.follow_up or reading.facts or asks(words):
        return False
    if intent.kind not in {IntentKind.POLICY, IntentKind.OTHER} or asks_wording(words):
        return False
    return _WISHES.search(words) is not None and any(r.startswith("settle.") for r in intent.rules)


def _asks_benefit(words: str, intent: Intent, state: State) -> bool:
    """Whether money is asked for that no rule gives, whatever is told beside: 领多少生活补贴."""
    if state.asked or intent.follow_up or not any(r.startswith("settle.") for r in intent.rules):
        return False
    return _BENEFIT in {kind.name for kind in wanted_kinds(words)}


def only_tells(intent: Intent, state: State) -> bool:
    """Whether a message only tells or changes a fact of what was asked about."""
    if not state.topic.decides:
        return False
    return intent.kind.replies or intent.follow_up in {
        FollowUp.FACT,
        FollowUp.PERSON,
        FollowUp.CASE,
        FollowUp.AGAIN,
    }


def _asks_of_own(intent: Intent, reading: Reading, words: str, state: State) -> bool:
    """Whether a first message asks, of one way to settle, whether it is open to who writes."""
    if state.topic.question or state.asked or intent.follow_up or not intent.rules:
        return False
    if intent.kind in {IntentKind.CONTACT, IntentKind.COMPARISON, IntentKind.AMOUNT}:
        return False
    if not all(rule.startswith(("settle.", "permit.")) for rule in intent.rules[:1]):
        return False
    return asks_own_whether(words, tells=_tells_own(reading)) and not beyond_rules(words)


_CLAUSES = re.compile(r"[^，,。；;！!？?—…\s]+[？?]?")
_WHETHER = re.compile(
    r"能(?!力|源)|可以|可否|可行|[办落迁]得了|行[不吗么哇伐]|行(?:了)?吧|成不|中不|够|算|符合|有可能|有戏|有希望|没戏|归不归|管不管|过没过|过了没|是不是|是否|是吧|对吧|对不对|落不|迁不|"
    r"给(?:不给)?[落办迁弄]|差几|差多少|差不差|等到|哪天|几时|啥时候|什么时候|最早|别想|[吗么伐哇]$|[吗么伐哇呢]?[？?]$|不$|没有?$"
)
_FOR_THE_TEXT = re.compile(
    r"材料|什么条件|哪些|哪里|哪儿|怎么(?:办(?!才)|申请|弄|开|交|算|转|走)|多少钱|流程|手续|电话|为什么|什么(?!时候|都|也)|啥(?!时候|都|也)|依据|哪(?:一)?条|要带|准备|解读|区别|变化|不同|不一样|"
    r"要不要|用不用|需不需|要先|必须|一定要|非得|几个月才|多久才|几年才|多少岁才|[有是]没有?规定|怎么(?:写|规定|说)|先(?:找|办|去)|没写|写的|意思|"
    r"多长时间|多少(?:时间|天|年|个月)|(?<!差)(?<!还要)(?<!再过)几(?:个月|年|天)(?!前)|多大(?:年纪|岁数)|几岁|[要得]看|看不看|哪个|哪边|合并|要求|通知|规定"
)
_KIND_OF_FACT = ("family", "relation", "sex", "age", "birth_date", "from_within", "migrant")
"""Facts that a general question names as well, or that bear on every way alike."""


def _puts_own_case(intent: Intent, reading: Reading, words: str, book: RuleBook) -> bool:
    """Whether somebody tells how it stands with them, and then asks whether that will do.

    高级工证，人才落户，老婆孩子都带得走么: what is told stands in a clause of its own, and no clause
    asks for a text. Who asks so wants the rule applied, whatever else the words resemble.
    """
    texts = {IntentKind.POLICY, IntentKind.COMPARISON, IntentKind.PROCEDURE, IntentKind.OTHER}
    if intent.follow_up or intent.kind not in texts | {IntentKind.ELIGIBILITY}:
        return False
    if not intent.rules or not intent.rules[0].startswith(("settle.", "permit.")):
        return False
    if asks_otherwise(words):
        return False
    plain = _WHATEVER.sub("", _NOT_KNOWN.sub("", words))
    asking = [c for c in _CLAUSES.findall(plain) if _WHETHER.search(c) or _FOR_THE_TEXT.search(c)]
    if any(_FOR_THE_TEXT.search(clause) for clause in asking):
        return False
    if not asking and not names_way(words):
        return False
    wanted = facts_read_by(asked_together(intent.rules), book)
    told = [
        fact
        for name, fact in reading.facts.items()
        if name in wanted
        and not name.startswith(_KIND_OF_FACT)
        and not fact.supposed
        and fact.value is not None
        and not any(fact.said in clause for clause in asking)
    ]
    return bool(told)


_FOR_PAPERS = re.compile(
    r"材料|流程|手续|电话|依据|哪里|哪儿|找谁|怎么(?:办(?!才)|申请|弄|开|转|走|写|规定|说)|规定(?:是|里|怎)|文件|通知|解读|区别|变化|不同|不一样|为什么|条款|原文|什么意思|定义|补[贴帖]|奖励|多少|渠道|找人|先(?:做|办|去|要)|认证|公证|要带|要交什么|指(?:的是)?什么"
)


_HOW = re.compile("怎么|如何|怎样|要不要|用不用")
_SETTLES = re.compile("落户|户口|户籍|上户|入户|转户|迁|投靠|落[得不进]|挂靠")


def tells_own_case(intent: Intent, reading: Reading, words: str) -> bool:
    """Whether a message that seems to ask for a text tells a case of somebody's own."""
    texts = {IntentKind.POLICY, IntentKind.PROCEDURE, IntentKind.OTHER}
    if intent.kind not in texts or not intent.rules:
        return False
    if not intent.rules[0].startswith("settle.") or asks_otherwise(words):
        return False
    if _FOR_PAPERS.search(_WHATEVER.sub("", words)) or not _SETTLES.search(words):
        return False
    return any(
        not name.startswith(_KIND_OF_FACT) and not f.supposed and not f.general
        for name, f in reading.facts.items()
    )


def _sharpened(intent: Intent, reading: Reading, words: str, book: RuleBook) -> Intent:
    """A message that states what a rule asks for, and asks no text, wants the rule applied."""
    if intent.follow_up:
        return intent
    if intent.kind is IntentKind.AMOUNT and re.search("划|账户", words):
        rules = tuple(_ACCOUNT.get(rule, rule) for rule in intent.rules)
        intent = replace(intent, rules=rules or tuple(_ACCOUNT.values()), open=False)
    if not intent.rules:
        return intent
    wording = asks_wording(_WHATEVER.sub("", _NOT_KNOWN.sub("", words)))
    bare = _BARE_CHANNEL.fullmatch(words.strip()) is not None
    if intent.kind.asks_text and (bare or _ASKS_LACK.search(words)):
        return replace(intent, kind=IntentKind.ELIGIBILITY)
    if intent.kind.decides and wording and not (_tells_own(reading) or of_somebody(words)):
        return replace(intent, kind=IntentKind.POLICY, open=False)
    if wording or not (intent.kind.asks_text or intent.kind is IntentKind.OTHER):
        return intent
    wanted = {fact.name for fact in book.rule(intent.rules[0]).facts()}
    stated = {book.facts[n].start_of or n for n in reading.facts if n in book.facts}
    told = len(stated & wanted)
    of_class = stated <= CLASS_FACTS and not of_somebody(words)
    if of_class and _OF_EACH.search(words):
        return intent  # 在职和退下来的比例各是多少
    if told and of_class and _HOW_MUCH.search(words):
        return replace(intent, kind=IntentKind.AMOUNT)
    if told >= _ENOUGH_TOLD or (told and _ASKS_WHETHER.search(words)):
        return replace(intent, kind=IntentKind.ELIGIBILITY)
    return intent


def _tells_own(reading: Reading) -> bool:
    """Whether facts were told that only a person has, or more of them than a class would be told by."""
    of_one = {
        n: f
        for n, f in reading.facts.items()
        if not f.supposed and n not in CLASS_FACTS | {"relation", "family"}
    }
    own = any(not f.general or n in _SPENT for n, f in of_one.items())
    return own or len(of_one) > _ENOUGH_TOLD


def _changes_a_fact(
    intent: Intent, reading: Reading, words: str, state: State, book: RuleBook
) -> bool:
    """Whether a message puts another fact to the rules last asked about: 那我没房的话呢."""
    about = state.topic.rules or state.topic.about
    if intent.follow_up or not about:
        return False
    if not intent.kind.replies and _leaves_the_rest(reading, words, state, book):
        return True
    if intent.kind.decides:
        return False
    if intent.kind is IntentKind.CORRECTION:
        return False
    read = facts_read_by(about, book)
    if not state.topic.rules:
        return _WHAT_OF_ME.search(words) is not None and bool(read & set(reading.facts))
    if asks_wording(words):
        return False
    if _ADDS.search(words) and set(reading.facts) & read:
        return not set(intent.rules) - set(state.topic.rules)
    if "family" in reading.facts and _WITH_FAMILY.search(words):
        return not intent.rules or set(intent.rules) <= set(state.topic.rules)
    leans = (
        re.search(r"呢[？?。]*$|的话|^(?:那|要是|如果|假如|换)", words)
        or puts_if(words)
        or (
            _WHETHER.search(words)
            and any(not f.general and not f.supposed for f in reading.facts.values())
        )
    )
    if not leans:
        return False
    others = set(asked_together(intent.rules)) - set(state.topic.rules)
    if others and not _NAMES_GROUND.search(words):
        others = set()  # guessed from the facts alone
    return not others and bool(read & set(reading.facts))


_OF_ALL = re.compile("比例|各|分别|标准|都是")


def _leaves_the_rest(reading: Reading, words: str, state: State, book: RuleBook) -> bool:
    """退了休的呢，两个数照旧: a fact of what was decided is told, and besides it only the same is asked."""
    read = facts_read_by(state.topic.rules, book)
    told = {n: f.said for n, f in reading.facts.items() if n in read}
    if not told or kinds_asked(words):
        return False
    sums = all(rule.startswith("medical.") for rule in state.topic.rules)
    of_one = any(not f.general for n, f in reading.facts.items() if n in told)
    if sums and of_one and asks_sum(words) and not (asks_wording(words) or _OF_ALL.search(words)):
        return True
    return changes_only(words, *dict.fromkeys(told.values()))


_NAMES_GROUND = re.compile(
    "落户|户口|投靠|迁|租|买房|住房|居住证|人才|就业|学历|职称|技能|医疗|账户"
)


def _joins_alone(words: str, intent: Intent) -> bool:
    """Whether a person asks to join by themselves what only employers join, as a whole."""
    joins = any(rule.endswith(".join") for rule in intent.rules)
    return joins and _ALONE.search(words) is not None and _EMPLOYER_ASKS.search(words) is None


_SUM_OF_MINE = re.compile(
    r"(?:给|替|帮)(?:我|咱|俺)[^，。？]{0,6}?(?:划|打|报|补|付|出|拨)[^，。？]{0,6}?(?:多少|几)|(?:我|咱|俺)(?:的|这)?[^，。？]{0,10}?(?:划|报|补|付)[^，。？]{0,4}?(?:多少|几)(?:钱|块|元|个钱)?[？?]?$"
)


def _tells_bill(words: str, reading: Reading) -> bool:
    """起付标准以下700元付多少, or 公务员，个账多少: somebody's own bill or post, and the sum of it."""
    spent = any(n in _SPENT and not f.supposed for n, f in reading.facts.items())
    if not (spent or describes_somebody(words, reading.facts)) or not asks_sum_of_scheme(words):
        return False
    return not any(kind.name not in _OF_A_BILL for kind in wanted_kinds(words))


def _asks_beyond(
    words: str, intent: Intent, reading: Reading, state: State, book: RuleBook
) -> bool:
    """Whether a message that opens a matter asks for what no rule decides.

    Who tells facts that a rule reads is held to ask for its verdict, unless a particular is named.
    """
    if state.asked or state.topic.question or not beyond_rules(words):
        return False
    of_scheme = bool(intent.rules) and intent.rules[0].startswith("medical.")
    if of_scheme and _tells_bill(words, reading):
        return False  # what the bill comes to is asked, and not what its parts are called
    if of_scheme and _SUM_OF_MINE.search(words) and not kinds_asked(words):
        return False  # 个账每月给我划几块: too short for the learned reader to judge
    if intent.rules[:1] == ("medical.contribution",) and "employer.active_count" in reading.facts:
        return False  # 一个月要交多少钱, of so many staff, is no fee of an office
    read = facts_read_by(asked_together(intent.rules), book)
    told = [n for n, f in reading.facts.items() if n in read and not f.supposed]
    if len(told) < _ENOUGH_TOLD or kinds_asked(words):
        return True
    return read_asking(words).stated < _SURELY_NOT_STATED


_BASE_ITSELF = re.compile(
    r"(?:平均工资|社平(?:工资)?|缴费基数|(?:那个|这个|今年的?|现在的?)基数)[^，。？\d]{0,10}(?:多少|几(?:块|元|钱|何)|什么数|哪个数)"
)
"""那个月平均工资今年具体是几块: the figure that a sum is reckoned from, and no sum."""


def _wants_rule(words: str, intent: Intent, reading: Reading, state: State, book: RuleBook) -> bool:
    """Whether the text is to answer, and not the rules: no ask of somebody's own case or sum."""
    if state.asked:
        return False
    if (intent.open and _OTHERS_HOUSEHOLD.search(words)) or _joins_alone(words, intent):
        return True
    opens = bool(intent.rules or intent.open) and not intent.kind.asks_text
    if opens and _asks_beyond(words, intent, reading, state, book):
        return True
    if not intent.kind.decides:
        return False
    of_scheme = any(rule.startswith("medical.") for rule in intent.rules)
    if intent.kind is IntentKind.AMOUNT and not of_scheme:
        return True
    own = any(
        not f.general and not f.supposed and not name.startswith((*_KIND_OF_FACT, *CLASS_FACTS))
        for name, f in reading.facts.items()
    )
    settles = bool(intent.rules) and intent.rules[0].startswith(("settle.", "permit."))
    plain = _WHATEVER.sub("", words)
    if own and settles and not _FOR_PAPERS.search(plain) and not _HOW.search(words):
        return asks_otherwise(words)
    return asks_rule(words, reading.facts)
