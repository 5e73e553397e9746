"""Which rules a message is about, most likely first."""

import re

_SETTLE = re.compile(
    r"投(?:到|去)(?=[我他她]|[^，。？]{1,4}(?:那|家|这))|落户|户口|上户|入户|转户|迁|投靠|随迁|(?<!着)(?<!部)落(?=[我他她弟哥姐妹儿女爸妈爷奶外岳公婆][^，。？]{0,4}(?:那|家|这|户)|不|吗|得|在|到|么|嘉|了吗|呢|$)|进户|农转非|挂(?:到|在|进|去|靠)?(?:社区|村|集体户)"
)
_FROM = re.compile(
    r"(?<![成为上])(?:外地|本地|农村|城镇|农业|非农业?)户口|户口(?:还|仍|现)?(?:在|是)"
)
"""Whose registration is where, which says nothing of wanting to move it."""
_PERMIT_GOAL = re.compile(
    r"(?:办|申领|申请|领|拿|换|补办|续|发放?)[^，。？]{0,6}居住证|居住证[^，。？]{0,6}(?:怎么办|能办|办理|申领|办得|办不|要什么|条件|申请)"
)
_EXCHANGE = re.compile(
    r"互认|转换|(?<!居住)证(?:想|能|可以|要)?(?:转|换)(?:成|为|到)(?!户|常住)|换(?:成|领|发)?[^，。？]{0,4}(?:嘉兴|本市|本地|这边)?(?:的)?居住证|居住证[^。？]{0,30}(?:换成|转成|换领)(?:嘉兴|本市|本地|这边|咱这)的|居住证[^，。？]{0,8}(?:换|转成|通用|能用|好用|管用|认不认|承认)"
    r"|居住证(?:也|是|都)?在?[^，。？嘉]{2,8}(?:办|领|发|签发)的[^。？]{0,16}(?:嘉兴|本市|本地|这边|这里|你们)[^，。？]{0,3}(?:换|转)(?!户)"
)
_EXCHANGED = re.compile(
    r"证[^，。？学职技产]{0,5}(?:转|换)(?:成|为|到|个)(?!户|常住)[^，。？]{0,6}(?:嘉兴|本地|本市|这边|这儿|这里|你们)"
)
_NAMED = re.compile("就业落户|人才落户|租[赁房](?:落户|上户|入户|迁户)|居住证转")

_WAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("settle.collective", re.compile(r"失去[^，。？]{0,8}(?:登记)?条件|(?:拆迁|征收|征迁|房子卖|产权转移)[^。？]{0,16}(?:户口|落)|挂靠(?=[^。？]{0,14}(?:户|社区|村))|(?:户口?|社区|村里?)[^。？]{0,8}挂靠|没地方落|公共集体户|挂(?:到|在|进|去)?(?:社区|村里?)(?!里的)|挂(?:到|在|进|去)?[^，。？]{0,8}集体户")),
    ("settle.talent_family", re.compile(r"人才[^，。？]{0,6}(?:家属|配偶|父母|子女|老婆|老公)|(?:集体户|亲友处|朋友家|亲戚家)[^。？]{0,20}(?:家属|老婆|老公|配偶|孩子|父母|爸妈|子女|爱人)|(?:家属|老婆|老公|配偶|孩子|父母|爸妈|子女|爱人)[^。？]{0,16}集体户")),
    ("settle.rental", re.compile(r"(?<![没不未])(?<!没有)租(?!金)|备案")),
    ("settle.dwelling", re.compile(r"买了?[^，。？]{0,4}房|自有(?:住)?房|房产证|不动产|自己的房|购房|(?<!租)有(?:一?套)?(?:住)?房(?!东|租|屋租)|合法稳定住所|商品房(?!租)|(?:凭|靠|按|用|以|拿|是要按)[^，。？租]{0,12}?(?:住房|房产|房子?|住所|住宅)(?!租)(?:条件|这(?:一)?条|的?条件)?[^，。？租]{0,4}(?:落户|入户|迁户|上户|迁(?=过|进|来|户)|来落)|住房(?:条件)?(?:落户|入户|迁户)|住所落户")),
    ("settle.permit", re.compile(r"居住证")),
    ("settle.talent", re.compile(r"学历|大专|专科|本科|大学生|硕士|博士|研究生|中专|技校|中职|职高|高中|初中|职称|技能|技师|职业资格|[初中高]级工|人才|工程师|副高|正高")),
    ("settle.employment", re.compile(r"社保|养老(?:保险)?|就业|上班|工作|打工|缴|五险|参保")),
)  # fmt: skip
_FACT_WAYS = (
    ("rent.", "settle.rental"),
    ("own.", "settle.dwelling"),
    ("pension.", "settle.employment"),
    ("job.", "settle.employment"),
    ("edu", "settle.talent"),
    ("title_level", "settle.talent"),
    ("skill_level", "settle.talent"),
    ("permit.", "settle.permit"),
    ("settled_at", "settle.talent_family"),
    ("address.", "settle.collective"),
)
_JOIN = {"父母": "settle.join_child", "子女": "settle.join_parent"}


_WAY_NAMES: tuple[tuple[str, str], ...] = (
    ("settle.talent", r"人才(?!市场|交流|服务|中心|集体|公寓|家属|补)"),
    ("settle.employment", r"就业(?!登记|证|单位|局|困难|形势)"),
    ("settle.rental", r"租[房赁](?!合同|备案|证|子|的|住|登记)"),
    ("settle.permit", r"居住证(?:转|落)"),
    ("settle.dwelling", r"(?:买房|购房|自有住房|住所)(?=落|入|上户|这|那|和|与|、)"),
)
_A_WAY = "|".join(words for _, words in _WAY_NAMES)
_TOGETHER = re.compile(
    rf"(?:{_A_WAY})(?:落户|入户|上户|引进|转户籍?|户)?(?:那|这)?(?:条|档|个|边)?[和与跟及、](?:{_A_WAY})"
    rf"|(?:{_A_WAY})[^。]{{0,24}}(?:{_A_WAY})[^。？]{{0,8}}(?:又|呢|如何|怎么样|另|各|分别|都)"
    rf"|(?:分别|各[是帮给算看]|两[条样路]|都(?:看|判|问|算)一?下?)[^。]{{0,30}}(?:{_A_WAY})[^。]{{0,24}}(?:{_A_WAY})"
    rf"|(?:{_A_WAY})(?:落户|入户)?，?条件[^。]*。[^。]*(?:{_A_WAY})(?:落户|入户)?，?条件"
)


def ways_together(text: str) -> tuple[str, ...]:
    """The ways of which it is asked side by side: 人才和就业各帮我看一眼; none where one is asked."""
    if not _TOGETHER.search(text):
        return ()
    found = ((re.search(words, text), rule) for rule, words in _WAY_NAMES)
    named = sorted((match.start(), rule) for match, rule in found if match is not None)
    return tuple(rule for _, rule in named) if len(named) > 1 else ()


_BY_WAY = re.compile(
    r"投靠|(?:就业|人才|租[赁房]|买房|购房|学历|技能|住所|挂靠)(?:这|那)?(?:一)?(?:条|种|项|途径|方式|政策|落户|上户|入户|迁户)|居住证转"
    r"|(?:按|凭|走|用|靠|通过|适用|符合)(?:着)?[^，。？]{0,10}(?:落户|入户|上户|迁|转|途径|渠道|这条|那条|条件)"
    r"|[一二三四五六七八]、|第[一二三四五六七八]条|合法稳定|市内迁移|公共集体户"
)
"""Words that name one way to settle: what is asked is whether that one is open."""


def names_way(text: str) -> bool:
    """Whether `text` asks about one way to settle by its name, and not just whether it can be."""
    return _BY_WAY.search(text) is not None


def rules_for(
    text: str, relation: str | None, facts: frozenset[str], schemes: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The rules that `text` is about; `relation` is what the applicant is to the host.

    `facts` are the names of those told, without what the person has not; `schemes`
    the rules of the medical schemes that it is about (`medical_rules`).
    """
    found = [*schemes]
    settles = _SETTLE.search(_FROM.sub("", text)) is not None
    if settles:
        found += _settling(text, relation, facts)
    if "居住证" not in text and _EXCHANGED.search(text):
        found += ["permit.exchange"]
    if "居住证" in text:
        found += _permits(text, settles=settles)
    if not found:
        found += by_facts(facts)
    return tuple(dict.fromkeys(found))


def _settling(text: str, relation: str | None, facts: frozenset[str]) -> list[str]:
    joins = _joining(text, relation)
    if joins:
        talent = "settled_at" in facts and relation in {"配偶", "子女", "父母"}
        named_so = re.search("人才[^，。？]{0,4}家属|家属投靠集体户", text)
        by_head = re.search("(?:按|凭|走|用)[^，。？]{0,3}投靠户主|户主(?:这|那)(?:一)?条", text)
        if talent and by_head is None:
            return ["settle.talent_family", *joins]
        return ["settle.talent_family", *joins] if named_so else joins
    text = _without_another(text)
    named: list[tuple[int, str]] = []
    for rule, pattern in _WAYS:
        matches = list(pattern.finditer(text))
        by_their_name = [m for m in matches if _BY.search(text, 0, m.start())]
        spoken_of = by_their_name or [m for m in matches if not _is_lacked(text, m, rule)]
        match = next(iter(spoken_of), None)
        if match is not None:
            named.append((match.start(), rule))
    if "settle.rental" in {r for _, r in named} and not any(f.startswith("own.") for f in facts):
        bought = re.search("买|自有|自己的|名下|产权|房产证|不动产|合法稳定住所", text)
        named = [(at, r) for at, r in named if r != "settle.dwelling" or bought]
    by_name = [rule for at, rule in named if _BY.search(text, 0, at)]
    special = [rule for _, rule in named if rule in {"settle.collective", "settle.talent_family"}]
    ordered = special + by_name + [rule for _, rule in sorted(named)]
    if _NAMED.search(text):
        key = _NAMED.search(text)
        first = {
            "就": "settle.employment",
            "人": "settle.talent",
            "租": "settle.rental",
            "居": "settle.permit",
        }
        ordered.insert(0, first[key.group()[0]] if key else "settle.rental")
    return ordered + [rule for rule in by_facts(facts) if rule not in ordered]


_OF_ANOTHER = re.compile(
    r"(?:^|(?<=[，。？]))(?:我|俺|咱)?(?:们)?(?:家)?(?:的)?(?:老公|老婆|爱人|先生|太太|媳妇|丈夫|妻子|对象|男朋友|女朋友|爸妈|父母|爸爸?|妈妈?|父亲|母亲|儿子|女儿|孩子|哥哥?|姐姐?|弟弟?|妹妹?)"
    r"(?:他|她)?(?:也|都|就|一直|现在|目前)?(?:在|是)[^，。？]{0,8}(?:上班|工作|打工|做生意|当兵|缴|交)[^，。？能行吗]*[，。]"
)
_OWN = re.compile(
    r"(?:^|[，。？])(?:我|俺|本人)(?!(?:们)?(?:家)?(?:的)?[老爱先太媳丈妻对男女爸妈父母儿孩哥姐弟妹])"
)


def _without_another(text: str) -> str:
    """我老公在上海上班，我在嘉兴租房: what somebody else does is no way of the one who writes."""
    rest = _OF_ANOTHER.sub("", text)
    return rest if rest != text and _OWN.search(rest) else text


_LACKING = re.compile(r"(?:没有?|沒有?|无|未)(?:[^，。？有]{0,3})$|(?:也|都|又)没[^，。？]{0,2}$")
_BY = re.compile(r"(?:按|按照|凭|走|靠|通过)[^，。？不没]{0,3}$")
_AND_CAN = re.compile(r"[^，。？]{0,8}(?:能|可以|行|怎么)")


def _is_lacked(text: str, match: re.Match[str], rule: str) -> bool:
    """Whether a way is spoken of as what somebody has not, in passing: 没有社保，….

    没有社保能落户吗 asks about the way all the same.
    """
    if rule == "settle.rental":
        return False  # its own words see to it
    inside = match.group().startswith("有") and text[: match.start()].endswith(("没", "沒"))
    lacking = inside or _LACKING.search(text, 0, match.start()) is not None
    return lacking and _AND_CAN.match(text, match.end()) is None


_WAY_TO_JOIN = re.compile(
    r"(?:(?P<parents>父母投靠(?:成年)?(?:子女|儿女)|投靠成年子女)|(?:未婚)?子女投靠父母)[」”]?(?:落户)?(?:这|那)(?:一)?(?:条|款|项|种)"
)
"""按父母投靠成年子女那条: that way is asked about, whoever asks."""


def _joining(text: str, relation: str | None) -> list[str]:
    if relation is None and not re.search("投靠|户主|市内迁", text):
        return []
    named = _WAY_TO_JOIN.search(text)
    if named is not None:
        return ["settle.join_child" if named["parents"] else "settle.join_parent"]
    head = re.search("户主|市内", text)
    rules: list[str] = []
    if relation is not None:
        rules = [_JOIN.get(relation, "settle.join_householder"), "settle.join_householder"]
    elif re.search(
        r"(?:父母|父亲|母亲|老人|爸|妈|爹|娘)[^，。？]{0,8}投靠|投靠(?:有房的?|成年)*(?:子女|儿|女儿|孩子)",
        text,
    ):
        rules = ["settle.join_child"]
    elif re.search(
        r"(?:子女|儿子|女儿|孩子)[^，。？]{0,8}投靠|投靠(?:有房的?)*(?:父母|爸|妈)", text
    ):
        rules = ["settle.join_parent"]
    elif "投靠" in text or head:
        rules = ["settle.join_householder", "settle.join_child", "settle.join_parent"]
        if "投靠" in text and not head:
            rules = ["settle.join_child", "settle.join_parent", "settle.join_householder"]
    if head and "settle.join_householder" in rules:
        rules = ["settle.join_householder", *rules]
    return list(dict.fromkeys(rules))


_UPGRADED = re.compile(
    r"(?:升|换|转|变|改)(?:级)?(?:成|为|到|作|领)[^，。？]{0,8}?(?<!临时)居住证|正式(?:的)?(?:《?浙江省》?)?居住证"
)
"""临时居住证能升成浙江省居住证吗: the one that is wanted."""


def _permits(text: str, *, settles: bool) -> list[str]:
    if "临时居住证" in text and not _UPGRADED.search(text):
        return ["permit.temporary"]
    if "签注" in text:
        return ["permit.endorsement"]
    if re.search("注销|吊销|收回|作废", text):
        return ["permit.revoke"]
    if _EXCHANGE.search(text):
        return ["permit.exchange"]
    if settles:
        return ["permit.exchange"] if re.search("(?<!嘉兴)(?:的|办的|发的)居住证", text) else []
    return ["permit.apply"] if _PERMIT_GOAL.search(text) or not settles else []


def by_facts(facts: frozenset[str]) -> list[str]:
    """The ways to settle that facts of these names speak of."""
    found = [rule for prefix, rule in _FACT_WAYS if any(f.startswith(prefix) for f in facts)]
    if {"settled_at", "relation"} <= facts:
        found = [rule for rule in found if rule != "settle.talent"]  # whom they join is the talent
    registered = not facts.isdisjoint({"reg.months", "reg.start"})
    if registered and not {"settle.rental", "settle.permit"} & set(found):
        found += ["settle.rental", "settle.permit"]
    return list(dict.fromkeys(found))
