"""Whom a turn is about: 我弟弟呢, 换我自己, 她能单独办吗.

Who may move along with the one who asks (a spouse, children, parents) is asked about within that
case; anybody else has a case of their own, decided on their own facts.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.designations import called, is_by_name
from assistant.dialogue.reading.people import KIN, NODES, SELF, People, read_people
from assistant.dialogue.reading.typed import read_typed

_HEAD = r"(?:那|那么|哎|诶|对了|还有|另外|再问一?下?|顺便|帮我?(?:看看?|问问?|算算?)(?:一?下)?|你?看看?(?:一?下)?|如果|要是|换成?|改成|轮到|说回|说说|再说|回到|(?:再|先|接着|下面)(?:来)?(?:看|问|说|讲)(?:看)?|至于|还是|就|只|光|单|说|问|看看?|按|是|让|叫|由|用|以|拿|凭|请)*"
_TAIL = r"(?:自己|本人|一个人|单独|这边|那边|来说|的?(?:这种)?情况|这样|现在|也|的)*"
_ERRAND = r"(?P<errand>(?:去|来|出面|出头|当|做|名义|单独)*(?:申请人?|申报|办理?|递交?|报名|落户?|名义)(?:的话)?)?"
"""让我弟来申请, 用她的名义: somebody else is to apply."""
_ALONE = re.compile(
    rf"(?P<head>{_HEAD})(?P<who>[{KIN}]++|[{SELF}]++)(?:们)?{_TAIL}{_ERRAND}(?P<end>呢|的话呢?|(?:又|怎么|咋)样|(?:能|可以|够|符合|行)[^，。？]{{0,4}}[吗么不没]|能不能|行不行)?"
)
_LETS = re.compile(r"[让叫由用以拿凭请换]")
_IN_NAME = re.compile(r"的(?:名义|名头)")
_TURNS = re.compile(r"换|轮到|说回|回到|至于|改成|再看|再说|先看|接着|下面")
_OWN_CASE = re.compile(r"单独|自己(?!的)|一个人|另外(?:办|走|申请)")
_PUT = re.compile(r"(?:呢|多少(?:钱)?)\s*[。？?！!]*$")
_MAY = re.compile(r"能|可以|够|行|符合|有没有|算|办得了|落得了")
NEAR = frozenset({"配偶", "父母", "子女"})
"""What those are to the one who asks who may move along."""


@dataclass(frozen=True, slots=True)
class PersonAsked:
    """Somebody a message turns to: as they are called, and whether in a case of their own."""

    person: str
    alone: bool = False
    named: str | None = None  # what they are called, where they are no relative

    @property
    def near(self) -> bool:
        """Whether they may move along with the one who asks."""
        return NODES.get(self.person) in NEAR


def person_asked(words: str, spoken_of: str | None) -> PersonAsked | None:
    """Whom a clause of `words` turns to, naming them and nothing else; the last such clause.

    `spoken_of` is whom 他 or 她 means where the message names nobody.
    """
    typed = read_typed(_IN_NAME.sub("名义", words))
    people = read_people(typed, spoken_of)
    marked = people.mark(typed.text)
    found = None
    for clause in typed.clauses:
        match = _ALONE.fullmatch(marked, clause.start, clause.end)
        if match is None:
            continue
        applies = match["errand"] is not None and _LETS.search(match["head"]) is not None
        if not (applies or match["end"] or _TURNS.search(match["head"])):
            continue
        if not any(
            m.start == match.start("who") and m.end == match.end("who") for m in people.mentions
        ):
            continue  # 老婆孩子: more than one
        person = people.at(match.start("who"))
        if person is not None and person != "被投靠人":
            alone = applies or "换" in match["head"] or _OWN_CASE.search(match.group())
            found = PersonAsked(person, bool(alone))
    return found or _told_of(words, people)


def _told_of(words: str, people: People) -> PersonAsked | None:
    """我弟弟高中呢, 她能单独办吗: the one person of whom a case is put, or by themselves."""
    alone = _OWN_CASE.search(words) is not None
    if not (alone and _MAY.search(words)) and not _PUT.search(words):
        return None
    subjects = {m.person for m in people.mentions if not m.is_object}
    named = next(iter(subjects), APPLICANT)
    if len(subjects) != 1 or named in {APPLICANT, "被投靠人"} or len(people.others()) != 1:
        return None
    return PersonAsked(named, alone)


def named_person(words: str, known: Collection[str] = ()) -> PersonAsked | None:
    """The one person that `words` call by a name, and tell of: 小李只有高中, 钱某登记八个月.

    `known` is what others are called who have been talked of: 房客, 同事.
    """
    people = read_people(read_typed(words))
    text = people.typed.text
    said = [(m.person, text[m.start : m.end]) for m in people.mentions]
    said = [(p, w) for p, w in said if is_by_name(w) or (p != APPLICANT and called(w) in known)]
    names = {called(surface) for _, surface in said}
    if len(names) != 1:
        return None
    return PersonAsked(said[0][0], alone=True, named=names.pop())


def as_told_by(words: str, name: str) -> str:
    """`words` without the report of somebody's own words: 钱某发来消息，说登记八个月."""
    report = re.compile(
        rf"(?P<who>{re.escape(name)})(?:那边|那里|本人|自己)?(?:又|刚才?|今天)?"
        r"(?:发来?(?:了)?(?:消息|短信|微信)|来(?:电|信)(?:话)?|打(?:来|了)?电话(?:来)?|回(?:话|复)|反馈|告诉我|跟我讲)?[，,]?(?:说|讲)(?:了|是|道|他|她)?[，,：:]?"
    )
    return report.sub(r"\g<who>，", words, count=1)


def names_self(words: str) -> bool:
    """Whether the one who writes says something of themselves."""
    people = read_people(read_typed(words))
    return any(m.person == APPLICANT and not m.is_object for m in people.mentions)


def names_anybody(words: str) -> bool:
    """Whether somebody else is named or meant by 他, 她."""
    people = read_people(read_typed(words))
    return any(m.person != APPLICANT for m in people.mentions) or "他" in words or "她" in words


def by_pronoun(words: str, person: str) -> str:
    """`words` with 他 for whoever is no relative: 我科长五十一了 is 他五十一了, which readers know."""
    if NODES.get(person) != "其他":
        return words
    people = read_people(read_typed(words))
    typed = people.typed
    said = [m for m in people.mentions if m.person == person and not m.is_object]
    for mention in reversed(said):
        start, end = typed.origins[mention.start], typed.origins[mention.end - 1] + 1
        own = start > 0 and words[start - 1] in "我俺咱"
        words = f"{words[: start - own]}他{words[end:]}"
    return words
