"""What a message asks of the two medical schemes: an account, a bill, what an employer pays, who belongs."""

import re
from collections.abc import Mapping

from assistant.dialogue.model import Intent, IntentKind, Reading, SaidFact
from assistant.dialogue.reading.sums import is_of_a_stay
from assistant.dialogue.state import Remembered

_NAMED = re.compile(
    r"月划入|划入标准|(?:每月|每个月|一个月|一年|账户|卡里|医保卡)[^，。？]{0,6}(?:该|能|会|应)?划(?:多少|几|入)|个人账户|个账|医疗补助|补充医|门诊|住院|起付|限额|(?<!连续)医保|缴费基数|筹资|企补|补医|公补|退出[^，。？]{0,6}补充|企业补充"
)
_OF_STAFF = re.compile(
    r"(?:补助|账户|卡里|卡上|医疗卡|市民卡)|(?:每|个|本|那)?月(?:的)?标准|(?:每月|每个月|一个月|月月)[^，。？]{0,8}(?:划|打|进|给|发|到账|入账)|(?:住院|看病|手术)[^，。？]{0,20}(?:报|补|给)|(?:剩余)?自付|(?<!\d)(?:80|120|160)(?![\d%天人个名平号年月岁级])|享受(?:得?到)?[^，。？]{0,4}(?:80|120|160)|八十块|一百二|一百六|参保对象|(?:哪一?|什么|啥)(?:个)?档|(?:每月|一个月|每个月)(?:是|能|该|有|拿)?多少"
)
"""Asks that are of a scheme where somebody's post or employer was told."""
_SETTLES = re.compile(r"落户|落(?=到|在|嘉)|户口|户籍|上户|入户|迁|投靠|居住证|社保|养老")
_OF_A_SCHEME = re.compile("账户|个账|补助|补充|划|报|门诊|住院|起付|自付|卡里")
_PUBLIC = re.compile(r"公务员|机关|事业|参公|教师|老师|医疗补助|在编|工勤")
_ENTERPRISE = re.compile(r"企业|公司|厂|补充医|(?<!机关)(?<!机关退休)(?<!机关在编)(?<!工勤)工人")
_NAMES_PUBLIC = re.compile(r"医疗补助|机关|事业|公务员|参公")
_NAMES_ENTERPRISE = re.compile(r"补充医|企业")
_CONTRIBUTES = re.compile(
    r"[交缴](?:多少|几)|筹资|缴费(?:基数|标准|比例)|基数|缴费怎么|怎么[缴交]|(?:每?月|月均|每个月)[缴交](?:额|费|款)|多[缴交]|[缴交]费额|应[缴交]"
    r"|[缴交][^，。？]{0,4}(?:补助|保险)费|(?:人头|人数)[^，。？]{0,6}算|算[^，。？]{0,6}(?:人头|人数)"
)
_JOINS = re.compile(
    r"报名|入保|加(?:得|不)?进|参(?:得|不)(?:进|到|了|上)|属于[^，。？]{0,16}(?:人员|对象|范围)|参加|参保|加入|退出|谁能|哪些人|对象|有没有|有吗|享受|有我们?的?一?份|有没有我|轮得?到|沾(?:得|不)|有份|算[^，。？]{0,16}的人|算不算(?!数)|在不在(?:范围|里|内)|够得?(?:上|着)|管(?:不管|得|不)(?:到|着|得)?|归不归|覆盖|包不包|包(?:括|含)[^，。？]{0,8}[吗么不]|能不能(?:算|进|上|加)|纳(?:不)?(?:入|进)"
)
_HOW_MUCH = re.compile(
    r"(?:80|120|160|八十|一百二十?|一百六十?|85%?|90%?|95%?)(?:元|块|%)?(?:钱)?(?:呢|，)?还是|(?:按|是|有|划|拿|给|享受)(?:得到?|到|了)?(?:80|120|160|八十|一百二十?|一百六十?)(?:元|块)?[^，。？]{0,6}(?:吗|么|吧|不|伐|没|？)|多少|几(?:块|元|钱|钿|多|成|化|何|百|千)|(?:哪一?|哪个|什么|啥|几)(?:个)?档|第几档|(?:月|年|划入|账户)(?:的)?标准|标准(?:是|按|呢|吗|$|？|，)|[缴交划]额|(?:怎么|咋|如何)(?:划|算|补|报|给)|算算|算一?下|(?:报|补|付|划)(?:得|回来?|下来)?(?:多少|几|哪)|给?补(?:吗|不)"
)
_INDIVIDUAL = frozenset(
    {"age", "birth_date", "retired_on", "employer.active_count", "employer.retired_count"}
)
"""Facts that no class of people is told by, though a text's bands look like some of them."""
_BAND = re.compile(
    r"岁(?:[（(]含[)）])?(?:及|或)?(?:以上|以下|之前|以内)|(?:满|到|过|超过)\d{2}(?:周)?岁(?:的|才|就|以后)"
)
_SPENT = re.compile(
    r"(?:花|付|掏|报|自付|用)(?:了|掉|脱)?[^，。？]{0,6}[\d一二两三四五六七八九十](?:\.\d)?(?:百|千|万|元|块)"
)
_DOCUMENT = re.compile(
    r"(?:文件|通知|规定|政策|办法|条例|条文|原文|原话)(?:里面?|上|中|当中|对|的)?[^，。？]{0,10}(?:写|讲|说|规定|各是|分别|提到|念)|念(?:给|一)|第.{1,3}条|哪些|什么(?:人|情况|意思|条件|材料)|为什么|怎么(?:规定|写)"
)


def medical_rules(text: str, facts: Mapping[str, SaidFact]) -> tuple[str, ...]:
    """The rules of the schemes that `text` asks about, given the facts read in it."""
    told = bool({"staff.kind", "employer.kind"} & set(facts))
    spent = any(name.startswith("med.") and name != "med.in_scope" for name in facts)
    if re.search("落(?:户|到|在|嘉)|入户|上户|投靠", text) and not _OF_A_SCHEME.search(text):
        return ()  # 单位交了十四个月医保，想落户: what is paid, in passing
    posted = "staff.kind" in facts and _JOINS.search(text) and not _SETTLES.search(text)
    if not (_NAMED.search(text) or (told and _OF_STAFF.search(text)) or spent or posted):
        return ()
    part = _part(text, facts)
    if part == "contribution":
        return ("medical.contribution",)
    return tuple(f"medical.{scheme}.{part}" for scheme in _schemes(text, facts))


def _part(text: str, facts: Mapping[str, SaidFact]) -> str:
    bill = re.search("住院|门诊|账户", text)
    headed = {"employer.active_count", "employer.base"} & set(facts)
    reckoned = len(headed) > 1 or (headed and re.search("[缴交]", text))
    if (_CONTRIBUTES.search(text) or reckoned) and not bill:
        return "contribution"
    if "apply.action" in facts and not bill:
        return "join"
    if "med.inpatient_remaining" in facts or "住院" in text:
        return "inpatient"
    if any(name.startswith("med.outpatient") for name in facts):
        return "outpatient"
    if re.search("门诊|限额", text) or ("起付" in text and not is_of_a_stay(text)):
        return "outpatient"
    if is_of_a_stay(text) and re.search("自付|报|补", text):
        return "inpatient"
    if re.search("账户|划|个账|卡里|月标准", text) or _MONTHLY.search(text):
        return "account"
    plain = _SCHEME.sub("", text)
    if _JOINS.search(text) or not (_BENEFIT.search(plain) or _HOW_MUCH.search(plain)):
        return "join"
    return "account"


_SCHEME = re.compile("医疗补助|补充医(?:疗|保)|企补|补医|公补")
_BENEFIT = re.compile(
    "[报付补拿领享打]|待遇|钱|给(?=我|他|她|多|几|不给|钱)|进账|到账|(?<!\\d)(?:80|120|160)(?!\\d)"
)
"""What comes of belonging to a scheme; who names none of it asks who belongs."""


_MONTHLY = re.compile(
    r"(?:每个?月|一个月|月月|每年|一年)(?:能|该|是|有|会|可以|给|拿|发|打)*(?:我|他|她)?(?:多少|几(?:块|元|钱|百))|(?<!\d)(?:80|120|160)(?![\d%天人个名平号年月岁级])"
)
"""每月多少: what comes in every month, and no membership."""


_ASKS_OF_PUBLIC = re.compile(
    r"^(?!.*(?:补充医|企补|补医|企业补充)).*(?:机关(?:事业(?:单位)?)?|公务员|事业单位)的?医疗补助"
)
"""The scheme of public bodies by its name, and no other beside it."""


def _schemes(text: str, facts: Mapping[str, SaidFact]) -> list[str]:
    """The scheme of somebody's employer, or the one named; both where neither is told."""
    employer = facts.get("employer.kind")
    kind = employer.value if employer is not None else None
    if kind in {"机关", "参公单位", "事业单位"} and not _NAMES_ENTERPRISE.search(text):
        return ["public"]
    if kind == "企业" and _ASKS_OF_PUBLIC.search(text):
        return ["public"]  # 我企业退休，机关医疗补助能给我划吗
    if kind == "企业" and not _NAMES_PUBLIC.search(text):
        return ["enterprise"]
    if "医疗补助" in text and _JOINS.search(text) and not re.search("补充|企补", text):
        return ["public"]  # who asks to join the one that is named
    staff = facts.get("staff.kind")
    if staff is not None and staff.value == "编外" and not _ENTERPRISE.search(text):
        return ["public"]  # only a public body has posts that are not on its establishment
    public, enterprise = _PUBLIC.search(text), _ENTERPRISE.search(text)
    if enterprise and not public:
        return ["enterprise"]
    if public and not enterprise:
        return ["public"]
    return ["public", "enterprise"]


def asks_sum_of_scheme(text: str) -> bool:
    """Whether `text` asks how much, and not what a document says."""
    return _HOW_MUCH.search(text) is not None and _DOCUMENT.search(text) is None


def asks_own_sum(
    text: str, kind: IntentKind, rules: tuple[str, ...], reading: Reading, *, of_somebody: bool
) -> bool:
    """Whether what a scheme comes to for one person, or one employer, is asked: a verdict's amount."""
    if kind not in _MAY_BE_SUM or not rules or not rules[0].startswith("medical."):
        return False
    if rules[0].endswith(".join") or not asks_sum_of_scheme(text):
        return False
    told = {name for name, fact in reading.facts.items() if not fact.supposed}
    spent = any(name.startswith("med.") and name != "med.in_scope" for name in told)
    individual = bool(told & _INDIVIDUAL) and not _BAND.search(text)
    spent = spent or (bool(told) and _SPENT.search(text) is not None)
    return spent or individual or (of_somebody and bool(told))


_MAY_BE_SUM = frozenset(
    {
        IntentKind.POLICY,
        IntentKind.AMOUNT,
        IntentKind.ELIGIBILITY,
        IntentKind.PROCEDURE,
        IntentKind.OTHER,
        IntentKind.COMPARISON,
    }
)


def tells_scheme_case(intent: Intent, reading: Reading, *, of_somebody: bool) -> bool:
    """Whether a message that seems to ask for a text tells a case of the medical schemes.

    Whatever it asks to confirm (能付85%吗), the case that it tells decides.
    """
    if intent.kind not in _MAY_BE_SUM or not intent.rules:
        return False
    if not intent.rules[0].startswith(_ALL_MEDICAL):
        return False
    told = {name for name, fact in reading.facts.items() if not fact.supposed}
    own = {name for name in told if name.startswith(_OF_A_CASE)}
    if intent.rules[0] == "medical.enterprise.join":
        return bool(own)  # who only names the errand asks what the text says of it
    return bool(own) or (of_somebody and bool(told))


_CLAUSE = re.compile(r"[^，,。；;：:！!？?\s]+")
_ASKING = re.compile(r"多少|几|什么|怎么|如何|哪|标准|规定|政策|待遇|比例|[吗呢么]$")
_AT_LARGE = re.compile(r"还是|像|这种|这类|人员|职工|各|分别|以上|以下|一般|普通|所有|统一")


def describes_somebody(words: str, facts: Mapping[str, Remembered | SaidFact]) -> bool:
    """在编教师，岁数不方便说，…: who tells a post in a clause that asks nothing tells their own."""
    told = facts.get("staff.kind")
    if told is None or not told.said:
        return False
    clauses = _CLAUSE.findall(words)
    own = [c for c in clauses if told.said in c]
    return (
        bool(own)
        and len(clauses) > 1
        and not any(_ASKING.search(c) or _AT_LARGE.search(c) for c in own)
    )


_OF_A_CASE = (
    "med.outpatient",
    "med.inpatient",
    "med.base_paid",
    "age",
    "birth_date",
    "retired_on",
    "apply.on",
    "employer.congress",
    "employer.founded",
    "employer.active",
    "employer.retired",
    "employer.base",
)
"""Facts that only somebody's own case has."""


_PART_ASKED = re.compile(
    r"(?:那|那么|还有|再问下?|另外|，|我的?|他的?|她的?)*(?:医保)?(?:个人账户|账户|门诊|住院)(?:这|那)?(?:块|部分|方面|待遇|补助)?(?:呢|怎么样|怎么算|是?多少|几多|有多少)"
)
_AGAIN = re.compile(
    r"(?:全年|一年|今年|一个月|每月|每个月|总共|一共|合计|加起来|拢共)[^，。？]{0,8}(?:多少|几)"
)
_ALL_MEDICAL = "medical."


def part_asked(text: str, intent: Intent, topic: tuple[str, ...]) -> tuple[str, ...]:
    """The rules that 个人账户呢 or 全年一共多少 is about, after a sum or a membership was decided."""
    if not topic or not all(rule.startswith(_ALL_MEDICAL) for rule in topic):
        return ()
    if intent.kind not in _MAY_BE_SUM or _DOCUMENT.search(text) or len(text) > _LONGEST:
        return ()
    if _PART_ASKED.match(text):
        part = _part(text, {})
        schemes = [rule.split(".")[1] for rule in topic if rule.count(".") > 1]
        return tuple(f"medical.{scheme}.{part}" for scheme in schemes)
    same = set(intent.rules) <= set(topic) or not intent.rules
    return topic if same and _AGAIN.search(text) and not topic[0].endswith(".join") else ()


def of_employer(rules: tuple[str, ...], kind: object) -> tuple[str, ...]:
    """`rules` of the scheme that an employer of this kind belongs to."""
    schemes = {"机关": "public", "参公单位": "public", "事业单位": "public", "企业": "enterprise"}
    scheme = schemes.get(str(kind))
    if scheme is None or not all(rule.count(".") > 1 for rule in rules):
        return rules
    if not all(rule.startswith(_ALL_MEDICAL) for rule in rules):
        return rules
    return tuple(dict.fromkeys(f"medical.{scheme}.{rule.split('.')[2]}" for rule in rules))


def of_any_scheme(rules: tuple[str, ...]) -> tuple[str, ...]:
    """`rules` of both schemes, where it is not known to which somebody belongs."""
    if not all(rule.startswith(_ALL_MEDICAL) and rule.count(".") > 1 for rule in rules):
        return rules
    parts = dict.fromkeys(rule.split(".")[2] for rule in rules)
    return tuple(
        f"medical.{scheme}.{part}" for part in parts for scheme in ("public", "enterprise")
    )


_LONGEST = 24  # characters of a question that leans on what was decided
