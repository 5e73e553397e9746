"""What no reader read of a message, taken from what its words most likely tell.

The readers know words; this knows what messages like it told. It fills only what they left open,
never changes what they read, and a fact of which it is not all but certain grants nothing before
the person has confirmed it (`SaidFact.likely`).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from assistant.dialogue.model import Cast, Reading, SaidFact
from assistant.dialogue.reading.endings import is_ended
from assistant.dialogue.reading.facts import read_scenes_facts
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.likely import Likely, read_likely
from assistant.dialogue.reading.moods import Mood, is_supposed, mood_of
from assistant.dialogue.reading.places import FAR, HERE, NEAR, Surroundings
from assistant.dialogue.reading.scene import Scene, read_scene
from assistant.dialogue.reading.unresolved import is_unknown
from assistant.errors import FactError
from assistant.rules import FactDictionary

_ENOUGH = 0.8  # likelihood from which a fact counts
_CERTAIN = 0.95  # likelihood from which it counts like one that was read
_MARGIN = 0.3  # by which it must be likelier than any other value of the same fact
_SHORTEST = 6  # characters; less answers a question, and is read against it
_NAMED = {
    "edu": {"初中及以下", "高中"},
    "title_level": {"无"},
    "skill_level": {"无"},
}
"""What has a name that readers know: other words may deny it, and never state it."""
_OF_A_HOST, _OWN = "host.", "own."


def hear_facts(
    text: str,
    *,
    as_of: date,
    dictionary: FactDictionary,
    surroundings: Surroundings,
    asked: str | None = None,
    cast: Cast | None = None,
) -> Reading:
    """Every fact that `text` states, and what it most likely tells where no reader knows the words.

    Takes what `read_facts` takes.
    """
    scene = read_scene(text, as_of, surroundings, asked, cast)
    reading, spoken = read_scenes_facts(scene, surroundings, dictionary)
    if len(scene.typed.text) < _SHORTEST:
        return reading
    return with_likely(scene, reading, spoken, dictionary)


def with_likely(
    scene: Scene, reading: Reading, spoken: Collection[Found], dictionary: FactDictionary
) -> Reading:
    """The reading, and what it lacks that the words most likely tell of the applicant.

    `spoken` are the facts of which readers found words, whether or not those count as told: of
    these nothing more is heard, and what is heard in their words alone is to be confirmed.
    """
    facts = dict(reading.facts)
    names = {item.name for item in spoken}
    clear = sorted(_clear(read_likely(scene.typed.text)), key=lambda each: each.name != "relation")
    for each in clear:  # who joins whom first: only then is anything told of a host
        if each.name in names or each.name in facts or each.name not in dictionary:
            continue
        if each.name.startswith(_OF_A_HOST) and reading.host is None and "relation" not in facts:
            continue
        if each.name.startswith(_OWN) and reading.host is not None:
            continue  # 我妈想投靠我，房子是我的: a home beside two people is not heard as the mover's
        if each.name in _NAMED and each.value not in _NAMED[each.name]:
            continue
        try:
            value = dictionary.parse(each.name, each.value)
        except FactError:
            continue
        found = Found(each.name, value, *each.core, reading.applicant)
        if mood_of(scene, found) is not Mood.TOLD or is_ended(scene, found):
            continue
        if is_supposed(scene, each.core[1], each.core[1]) or _is_unknown(scene, each.clause):
            continue
        if is_unknown(scene, each.name, each.clause) or _is_a_move(each, spoken):
            continue
        doubtful = _is_denied(scene, each) or _is_asked(scene, each) or _is_afar(scene, each)
        if doubtful and not _is_heard_beside(scene, each):
            continue
        hedged = scene.is_hedged(*each.clause)
        uncertain = (
            each.likelihood < _CERTAIN
            or _rests_on_read(scene, each, spoken)
            or _is_amid_denial(scene, each)
        )
        facts[each.name] = SaidFact(
            value,
            scene.typed.said(*each.clause),
            scene.as_of,
            hedged,
            reading.applicant,
            general=scene.is_impersonal(each.clause[0]),
            likely=uncertain and not hedged,
        )
    return replace(reading, facts=facts)


_NOT = r"(?:没有?|无|未|不是|并非|不属于?|不算|算不上|谈不上|说不上|称不上|不能(?:说|算)|不具备|不存在)"
_THINGS = {
    "job.stable_in_city": "稳定|就业|工作|上班",
    "own.urban_home": "房|住所",
    "host.stable_home": "房|住所",
    "home.stable_in_city": "稳定|固定|住所",
    "permit.held": "居住证",
    "permit.valid": "有效",
    "employer.joined_supplement": "参加|参保|加入",
    "employer.congress_approved": "通过|批|同意|表决|过",
    "host.is_head_urban_household": "户主",
    "marital": "未婚|单身|结婚",
}
"""What a denial denies of each fact, where it stands shortly before it."""
_DENIALS = {
    name: re.compile(rf"{_NOT}[^，。？]{{0,6}}?(?:{things})") for name, things in _THINGS.items()
}
_TOLD_BY_DENIAL = frozenset({"home.continuous", "address.lost_conditions", "permit.valid"})
"""没搬过家, 登不了户口了: denials that tell these."""
_ANY_DENIAL = re.compile(rf"{_NOT}(?![^，。？]{{0,3}}[漏断停落少欠间差换挪搬])")


def _is_denied(scene: Scene, each: Likely) -> bool:
    """不属于合法稳定就业: the words that are like a statement deny it; n-grams do not see how."""
    words = _DENIALS.get(each.name)
    if words is None or not (each.value is True or each.value in {"未婚", "已婚"}):
        return False
    match = words.search(scene.typed.text, *each.clause)
    return match is not None and not _DENIED_AGAIN.search(scene.before(match.start()))


_ASKS_OF_ITSELF = ("relation", "family", "apply.", "sex", "med.", "contribution.")
"""Facts that the ask itself names."""
_WHETHER = re.compile(
    "能不能|可不可以|能否|可否|是否|行不行|(?<![不功性职技智只才])能(?!力|源)|可以"
)


def _is_asked(scene: Scene, each: Likely) -> bool:
    """户口能挂社区集体户么: what follows a 能 in its own clause is asked, and not told."""
    if each.name.startswith(_ASKS_OF_ITSELF):
        return False
    start, (_, end) = each.clause[0], each.core
    if each.clause[1] - start <= _BARE_ASK and _ASKS.search(scene.typed.text, *each.clause):
        return True
    asked = _WHETHER.search(scene.typed.text, start, end)
    return asked is not None and asked.start() - start <= _EARLY


_LOCAL = frozenset(
    {
        "own.urban_home",
        "host.stable_home",
        "home.stable_in_city",
        "home.legal_local",
        "job.stable_in_city",
        "rent.is_urban_commodity_housing",
        "study.continuous",
    }
)
"""What the rules ask for in this city."""
_ELSEWHERE = re.compile(f"[{NEAR}{FAR}]")


def _is_afar(scene: Scene, each: Likely) -> bool:
    """儿子在上海有房: what the clause says of another place is no state of things here."""
    if each.name not in _LOCAL or each.value is not True:
        return False
    marked = scene.marked[each.clause[0] : each.clause[1]]
    return _ELSEWHERE.search(marked) is not None and HERE not in marked


_BARE_ASK = 10  # characters of a clause that names a way, asks, and tells nothing
_ASKS = re.compile("(?:落户|入户|上户|转户籍?|投靠|迁户?).*(?:吗|么|伐|不|没|行|成|呢|否|中)$")
_EARLY = 4  # characters of a clause that tells nothing before it asks

_DENIED_AGAIN = re.compile("(?:不是|并非|不会)$")


def _is_heard_beside(scene: Scene, each: Likely) -> bool:
    """Whether the rest of the message tells it as well, without the clause that speaks most for it."""
    return _heard_beside(scene, each) is not None


def _heard_beside(scene: Scene, each: Likely) -> Likely | None:
    """The same as told by the rest of the message; its core stands where it is in the whole."""
    start, end = each.clause
    after = scene.typed.text[end:].lstrip("，。？")
    rest = scene.typed.text[:start] + after
    if len(rest) < _SHORTEST:
        return None
    cut = len(scene.typed.text) - len(rest)
    for other in _clear(read_likely(rest)):
        if (other.name, other.value) == (each.name, each.value):
            begin, close = other.core
            moved = cut if begin >= start else 0
            return replace(other, core=(begin + moved, close + moved))
    return None


def _rests_on_read(scene: Scene, each: Likely, spoken: Collection[Found]) -> bool:
    """Whether the words that speak for it were read as something else, and no others tell it."""
    if not _is_read(each.core, spoken):
        return False
    beside = _heard_beside(scene, each)
    certain = beside is not None and beside.likelihood >= _CERTAIN
    return not certain or beside is None or _is_read(beside.core, spoken)


def _is_amid_denial(scene: Scene, each: Likely) -> bool:
    """Whether the clause denies something: what is granted on it is confirmed first."""
    if each.value is not True or each.name in _TOLD_BY_DENIAL:
        return False
    if _ANY_DENIAL.search(scene.typed.text, *each.clause) is None:
        return False
    return not _is_heard_beside(scene, each)


_NOT_KNOWN = re.compile(
    "(?:不|没)(?:太|大|怎么)?(?:清楚|晓得|知道|确定|敢说|留意|把握)|(?:看|搞|闹|弄|说|记|分)不(?:太|大)?(?:清|准|得|来)|忘|拿不准"
    r"|(?!有)([\u4e00-\u9fff])没\1|(?:结果|批复|决议|文件?)[^，。？]{0,3}(?:没|未)(?:有)?(?:公布|出|下|发|定)"
)
_AROUND = 1  # clauses


def _is_unknown(scene: Scene, clause: tuple[int, int]) -> bool:
    """级别看不清, 评没评上不晓得: whether who writes says there that they do not know."""
    at, clauses = scene.typed.clause_at(clause[0]), scene.typed.clauses
    near = clauses[max(0, at - _AROUND) : at + _AROUND + 1]
    return any(_NOT_KNOWN.search(scene.typed.text, each.start, each.end) for each in near)


def _is_a_move(each: Likely, spoken: Collection[Found]) -> bool:
    """上个月搬来嘉兴又登记了, read as going on from another city: a move is no gap."""
    start, end = each.clause
    lengths = (f for f in spoken if f.name == "reg.months" and f.value is not None)
    return each.name == "reg.gap" and any(f.start < start < f.end <= end for f in lengths)


def _is_read(core: tuple[int, int], spoken: Collection[Found]) -> bool:
    """Whether half of the words or more were read already, as telling something else."""
    start, end = core
    read = {i for f in spoken for i in range(max(f.start, start), min(f.end, end))}
    return 2 * len(read) >= end - start


def _clear(likely: tuple[Likely, ...]) -> Iterator[Likely]:
    """The likeliest value of each fact, where it is likely enough and no other comes near."""
    best: dict[str, Likely] = {}
    second: dict[str, float] = {}
    for each in likely:
        if each.name in best:
            second.setdefault(each.name, each.likelihood)
        else:
            best[each.name] = each
    for name, each in best.items():
        rival = second.get(name, 0.0)
        if each.likelihood >= _ENOUGH and each.likelihood - rival >= _MARGIN:
            yield each
