"""Who joins whom, and where a pension was paid before."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.between import relation_between
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.people import NODES, SELF, SEXES
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.time_words import Months
from assistant.dialogue.reading.told_times import time_fact

_PAID_THERE = re.compile(
    rf"[{NEAR}{FAR}]++(?:市|那边|省)?(?:(?:也|就|先|之前|已经?|连续|一共|累计|那边|的时候)*(?:缴|交)(?:了|过|满|有)*[\d一二两三四五六七八九十半]|[^，。？]{{0,6}}?(?:缴|交|买|参加|的)[^，。？]{{0,10}}?(?:社保|养老|保险|职工)|(?:市|那边|的)*(?:企业|城镇|单位)?(?:职工)?(?:社保|养老))"
)


def read_relation(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    """Who joins whom, and the province where a pension was paid."""
    yield from _provinces(scene, surroundings)
    yield from _ellipsis_of_pension(scene)
    formal = list(_told_formally(scene))
    yield from formal or _told_as_kin(scene)
    if formal:
        return
    roles = scene.roles
    if roles.host is None or not roles.end:
        return  # nobody is joined, or it was told before
    relation = _relation_told(scene, roles.applicant, roles.host)
    either_side = None if relation else _of_a_couple(roles.applicant, roles.host)
    relation = relation or either_side
    if relation == "其他" and _is_any_relative(scene, roles.host):
        return
    if relation is None or not is_personal(scene):
        return
    if roles.host == "被投靠人":
        return
    if roles.host == "前配偶":
        relation = "其他"  # no relative any more
    doubtful = bool({"继子女", "继父母"} & {roles.applicant, roles.host}) or _is_perhaps_wed(scene)
    doubtful = doubtful or either_side is not None
    if relation in {"配偶", "子女配偶", "配偶父母"} and _NOT_WED.search(scene.typed.text):
        doubtful = True
    yield Found("relation", relation, roles.start, roles.end, roles.applicant, doubtful)
    if roles.applicant in SEXES:
        mention = next(m for m in scene.people.mentions if m.person == roles.applicant)
        yield Found("sex", SEXES[roles.applicant], mention.start, mention.end, roles.applicant)


def _of_a_couple(applicant: str, host: str) -> str | None:
    """孩子奶奶投靠我: a parent of one of the two; of which, is for the person to say."""
    couple = {APPLICANT, "配偶"}
    nodes = [p if p == APPLICANT else NODES.get(p, "") for p in (applicant, host)]
    if nodes[0] == "长辈" and nodes[1] in couple:
        return "父母"
    return "子女" if nodes[1] == "长辈" and nodes[0] in couple else None


_NOT_WED = re.compile(
    r"订(?:了)?婚|(?:没|没有|还没|未|尚未)(?:去)?领(?:结婚)?证|准(?:公公|婆婆|岳父|岳母|女婿|儿媳)|同居|没(?:有)?(?:正式)?(?:登记)?结婚|未婚[夫妻]"
)


def _is_perhaps_wed(scene: Scene) -> bool:
    """我对象: whether the two are married is still to be told."""
    text = scene.typed.text
    named = {text[m.start : m.end] for m in scene.people.mentions if m.person == "配偶"}
    return any("对象" in word for word in named) and not re.search(
        "(?<!没)(?<!没有)(?<!未)(?:结婚|领证|结了婚|领了证)|已婚|夫妻", text
    )


_AS_KIN = re.compile(
    r"[我俺](?:就|也|又)?是(?:[他她]们?|户主|房主|被投靠人)(?:家)?(?:的)?(?:大|小|亲|独生|未婚|二|三)?(?P<kin>[\u4e00-\u9fff]{1,3}?)(?=[，。？的]|$|想|要|能|户)"
)
_KIN_WORDS: tuple[tuple[str, str], ...] = (
    ("子女", r"(?:儿子|女儿|闺女|孩子|子女|娃|囡囡)"),
    ("父母", r"(?:爸爸?|妈妈?|爹|娘|父亲|母亲|老爸|老妈)"),
    ("配偶", r"(?:老公|老婆|爱人|妻子|丈夫|媳妇|先生|太太|配偶)"),
    ("子女配偶", r"(?:儿媳妇?|女婿)"),
    ("配偶父母", r"(?:岳父|岳母|公公|婆婆|丈母娘|老丈人)"),
    ("祖孙", r"(?:孙子|孙女|外孙女?|爷爷|奶奶|外公|外婆)"),
    ("兄弟姐妹", r"(?:哥哥?|弟弟?|姐姐?|妹妹?|兄弟|姐妹)"),
    (
        "其他",
        r"(?:[小大](?:舅子|姨子|姑子|叔子|伯子)|内[弟兄]|外?孙(?:媳妇?|女婿)|[姐妹]夫|嫂子|弟媳妇?|弟妹|连襟|妯娌|[表堂][哥弟姐妹]|侄[子女]|外甥女?|叔叔|舅舅|姑姑|阿姨|亲戚|朋友)",
    ),
)


_FORMALLY = re.compile(
    r"(?:申请人|本人|投靠人|迁入人)(?:系|是|为)(?:该|其)?(?:户主|被投靠人)(?:本人)?(?:的|之)?(?P<by>配偶|子女|儿子|女儿)?(?:的|之)?(?P<kin>[\u4e00-\u9fff]{1,4}?)(?=[，。？（(]|$|现|目前|想|申请|户口)"
)
_BY_WAY_OF = {
    ("配偶", "父母"): "配偶父母",
    ("配偶", "祖孙"): "配偶的其他直系亲属",
    ("子女", "配偶"): "子女配偶",
    ("子女", "子女配偶"): "其他",
    ("子女", "子女"): "祖孙",
}
"""What somebody is to the head, told by way of the head's spouse or child: 户主配偶之祖父."""


def _told_formally(scene: Scene) -> Iterator[Found]:
    """申请人系户主配偶之祖父: the relation as forms put it."""
    match = _FORMALLY.search(scene.typed.text)
    if match is None:
        return
    kin = next((r for r, words in _FORMAL_KIN if re.fullmatch(words, match["kin"])), None)
    if kin is None:
        return
    by = {"儿子": "子女", "女儿": "子女"}.get(match["by"] or "", match["by"])
    relation = _BY_WAY_OF.get((by, kin), "其他") if by else kin
    yield Found("relation", relation, match.start(), match.end(), scene.roles.applicant)


def _told_as_kin(scene: Scene) -> Iterator[Found]:
    """我是他表弟，想投靠他: what the one who writes is to the one who is joined."""
    match = _AS_KIN.search(scene.typed.text)
    if match is None or not re.search("投靠|户主|迁|落户", scene.typed.text):
        return
    for relation, words in _KIN_WORDS:
        if re.fullmatch(words, match["kin"]):
            yield Found("relation", relation, match.start(), match.end(), APPLICANT)


_FORMAL_KIN = (
    *_KIN_WORDS,
    ("子女", r"(?:子|女|养子|养女|婚生子女)"),
    ("父母", r"(?:父|母|父母|生父|生母)"),
    ("配偶", r"(?:夫|妻)"),
    ("祖孙", r"(?:外?祖父|外?祖母|外?祖父母|孙|外孙|曾孙)"),
    ("兄弟姐妹", r"(?:兄|弟|姐|妹|胞[兄弟姐妹])"),
)

_AMONG_THEMSELVES = {
    ("子女", "父母"): "子女",
    ("父母", "子女"): "父母",
    ("孙辈", "祖辈"): "祖孙",
    ("祖辈", "孙辈"): "祖孙",
    ("子女配偶", "配偶父母"): "子女配偶",
    ("配偶父母", "子女配偶"): "配偶父母",
}
"""女儿投靠爸妈, told of others: they are her own parents."""


def _word_of(scene: Scene, person: str) -> str:
    mention = next((m for m in scene.people.mentions if m.person == person), None)
    return scene.typed.text[mention.start : mention.end] if mention else ""


_THEIR = re.compile(r"[他她](?:们)?(?:家)?(?:的)?(?P<kin>[\u4e00-\u9fff]{1,3})")
_INVERSE = {
    "子女": "父母", "父母": "子女", "配偶": "配偶", "子女配偶": "配偶父母", "配偶父母": "子女配偶",
    "祖孙": "祖孙", "兄弟姐妹": "兄弟姐妹",
}  # fmt: skip


def _told_of_pronoun(scene: Scene, applicant: str, host: str) -> str | None:
    """婆婆想投靠她儿子: whom somebody joins, told by what they are to that very one."""
    if APPLICANT in {applicant, host}:
        return None
    for index, mention in enumerate(scene.people.mentions):
        named = _THEIR.fullmatch(scene.typed.text[mention.start : mention.end])
        if mention.person != host or named is None:
            continue
        earlier = [m.person for m in scene.people.mentions[:index] if m.person != APPLICANT]
        if not earlier or earlier[-1] != applicant:
            continue
        for relation, words in _KIN_WORDS:
            if re.fullmatch(words, named["kin"]):
                return _INVERSE.get(relation, "其他")
    return None


def _relation_told(scene: Scene, applicant: str, host: str) -> str | None:
    words = {p: _word_of(scene, p) for p in (applicant, host)}
    if any(
        re.search("姐夫|妹夫|嫂子?|弟媳|弟妹", words[a]) and NODES.get(b) == "兄弟姐妹"
        for a, b in ((applicant, host), (host, applicant))
    ):
        return "配偶"
    pair = (NODES.get(applicant, ""), NODES.get(host, ""))
    told = _told_of_pronoun(scene, applicant, host)
    if told is not None:
        return told
    of_self = any(
        re.match("[我俺咱]", scene.typed.text[m.start :])
        for m in scene.people.mentions
        if m.person != APPLICANT
    )
    if not of_self and pair in _AMONG_THEMSELVES:
        return _AMONG_THEMSELVES[pair]
    return relation_between(applicant, host)


def _is_any_relative(scene: Scene, person: str) -> bool:
    """有个亲戚: how they are related is still to be told."""
    words = {scene.typed.text[m.start : m.end] for m in scene.people.mentions if m.person == person}
    return person == "亲戚" and all(re.search("亲戚$|亲友$|^[他她]", word) for word in words)


_GENERIC_ROLE = re.compile(
    r"父母投靠子女|子女投靠父母|夫妻投靠|老人投靠|投靠(?:父母|子女|成年子女|配偶|亲友)(?:落户)?(?:的)?(?:政策|条件|要|需要|有什么|还|材料|年龄|怎么)"
)


_OWN_STATE = re.compile(
    r"[他她](?!人)|(?:^|[，。])(?:今年|一直|还|至今|现在)?(?:没结(?:过|了)?婚|没成家|未婚|离异|离了婚|离婚了?|单身|丧偶)(?=[，。了]|$)|离的婚|领的(?:结婚)?证"
)
"""没结婚，投靠爸妈，他们有房: somebody's own state, though nobody says 我."""


def is_personal(scene: Scene) -> bool:
    """Whether somebody in particular is spoken of: 我, or a fact of theirs."""
    if SELF in scene.marked or scene.ages or scene.births:
        return not (
            _GENERIC_ROLE.search(scene.typed.text)
            and not scene.ages
            and "我" not in scene.typed.text
        )
    if _GENERIC_ROLE.search(scene.typed.text):
        return False
    if _OWN_STATE.search(scene.typed.text):
        return True
    return any(
        re.match("[我俺咱]", scene.typed.text[m.start :]) for m in scene.people.mentions
    ) or bool(re.search("户主是|是[^，。？]{0,10}户主|想|回|集体户", scene.typed.text))


def _provinces(scene: Scene, surroundings: Surroundings) -> Iterator[Found]:
    for place in scene.places:
        if place.place is None or place.nearness == HERE:
            continue
        match = _PAID_THERE.match(scene.marked, place.start)
        if match is None or scene.is_general(match.start(), match.end()):
            continue
        if not re.search("养老|社保|职工|五险", scene.typed.text):
            continue
        if re.search(f"[{HERE}]", match.group()) and not re.match(
            ".{1,8}(?:社保|养老)", match.group()
        ):
            continue
        yield Found(
            "pension.province",
            surroundings.province(place.place),
            match.start(),
            match.end(),
            scene.person_at(match.start()),
        )


_CAME = re.compile(
    rf"(?:来|到|回)(?:了)?{HERE}++(?:这边|这里)?(?:后|以后|之后)?(?:才|刚|也就|就|才刚|刚刚|只有?)?(?:交|缴)?(?:了)?$"
)


def _ellipsis_of_pension(scene: Scene) -> Iterator[Found]:
    """在上海交了两年社保，来嘉兴一个月: the second length is told of the same thing."""
    for time in scene.times:
        if not isinstance(time, Months) or time.ago or time.later:
            continue
        index = scene.typed.clause_at(time.start)
        clause = scene.typed.clauses[index]
        if index == 0 or not _CAME.search(scene.marked[clause.start : time.start]):
            continue
        before = scene.typed.clauses[index - 1]
        earlier = scene.marked[before.start : before.end]
        if _PAID_THERE.search(earlier) and any(
            before.start <= t.start < before.end for t in scene.times
        ):
            yield replace(time_fact(scene, "pension.consecutive_months_city", time), hedged=True)
