"""Messages that say too little by themselves, and lean on what the conversation is about.

After 租房能落户吗, 是小区商品房 is said of the flat that is rented; after a rule was quoted,
我符合吗 asks whether it is met; to the question which way somebody wants to settle, 人才 is an answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.model import APPLICANT, Reading, SaidFact
from assistant.dialogue.state import Remembered, State, Topic
from assistant.dialogue.understanding.subjects import rules_for

_ASKS_OWN = re.compile(
    r"(?:那|那么|请问|你看|帮我看看?|，)*(?:像|按|照)?(?:我|俺|我们|本人)(?:这种|这样|这个|的)?(?:情况|条件)?(?:呢|的话)?(?:，)?"
    r"(?:能不能|可不可以|是不是|是否|算不算|够不够|行不行|符不符合|到底)?(?:符合|够|行|可以|能|能办|有资格|满足|合适|算)?"
    r"(?:条件|资格|要求|这条|这一条|规定)?(?:吗|么|嘛|不|不能|没有|了没)?[？?。]*"
)
_MENTIONS_OWN = re.compile("符合|够|行|可以|能|资格|满足|算")
_SAME_SUM = re.compile("同样|一样|相同|照样")
_SUPPOSES = re.compile(
    r"呢(?=$|[，,。？?！!])|的话(?=$|[，,。？?呢])|^(?:那|哎|，|,)*(?:万一|要是|如果|假如|倘若|若是)"
)
_ANOTHER = re.compile(
    r"(?:那|那么|要是|如果|换成|换|若是?|再问下?)*(?P<kin>(?:我|俺|咱)[^，,。？?我没有不是]{1,6}?)(?:的话)?呢(?=$|[，,。？?])"
)
_LONGEST = 12  # characters of a reply that may stand for a choice


def asks_own(words: str) -> bool:
    """Whether `words` ask only whether what was quoted is met: 我符合吗, 那我行不行."""
    bare = words.strip()
    return _ASKS_OWN.fullmatch(bare) is not None and _MENTIONS_OWN.search(bare) is not None


def way_meant(words: str, facts: frozenset[str]) -> tuple[str, ...]:
    """The ways to settle that a short reply to the opening question means: 人才, 我有社保."""
    if len(words) > _LONGEST:
        return ()
    found = rules_for(f"{words}落户", None, facts)
    return tuple(rule for rule in found if rule.startswith("settle."))


def leaning_on(words: str, read: Reading, told_of: frozenset[str]) -> Reading:
    """Of what was read with the topic's name put before `words`, what `words` say themselves."""
    kept: dict[str, SaidFact] = {
        name: fact
        for name, fact in read.facts.items()
        if name in told_of and fact.said and fact.said in words
    }
    return replace(read, facts=kept)


def others_facts(read: Reading, topic: Topic) -> tuple[str, dict[str, SaidFact]] | None:
    """那我老婆50退休的呢: the facts of the one other person spoken of, where sums are of a person."""
    if read.facts or len(read.others) != 1:
        return None
    if not topic.rules or not all(rule.startswith("medical.") for rule in topic.rules):
        return None
    person, facts = next(iter(read.others.items()))
    return (person, dict(facts)) if person != APPLICANT else None


def supposes(words: str) -> bool:
    """Whether `words` put a case, in whatever piece of them: 那我没房的话呢，我妈也不跟我住."""
    return _SUPPOSES.search(words) is not None


def joining_again(words: str, earlier: Reading) -> tuple[str, bool] | None:
    """What `words` say of who joins whom, and whether of another than `earlier` did.

    那我姐姐呢 after 我妈能投靠我吗 is 我姐姐投靠我; 那我没房的话呢 is still of the mother. None where
    neither the one who moves nor the one joined is the person who writes.
    """
    mover, host = earlier.applicant, earlier.host
    if host is None or (APPLICANT not in {mover, host}) or not supposes(words):
        return None
    other = _ANOTHER.search(words)
    if other is not None:
        kin = other["kin"]
        told = f"{kin}投靠我落户" if host == APPLICANT else f"我投靠{kin}落户"
        return words[: other.start()] + told + words[other.end() :], True
    told = f"我{mover}投靠我落户" if host == APPLICANT else f"我投靠我{host}落户"
    return f"{told}，{words}", False


def of_another(state: State, read: Reading, *, joins_me: bool) -> dict[str, Remembered | None]:
    """The facts forgotten of whom another takes the place: the one who moves, or the one joined."""
    return {
        name: None
        for name in state.facts
        if name.startswith("host.") is not joins_me and name not in read.facts
    }


def without_own(
    state: State, names: Sequence[str], words: str = ""
) -> dict[str, Remembered | None]:
    """The person's facts forgotten, as far as another person's stand in their place.

    What was spent stays where `words` say that it is the same: 我爸退休的，同样1万呢.
    """
    kept = ("employer.", "med.") if _SAME_SUM.search(words) else ("employer.",)
    return {name: None for name in state.facts if name in names and not name.startswith(kept)}
