"""Whose case a message is of: the one talked about, another person's, or a relative who comes along."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.model import (
    APPLICANT,
    Cast,
    FollowUp,
    Intent,
    IntentKind,
    Reading,
    SaidFact,
    name_of,
    person_of,
)
from assistant.dialogue.reading.hearing import hear_facts
from assistant.dialogue.reading.people import NODES, read_people
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.typed import read_typed
from assistant.dialogue.state import State
from assistant.dialogue.understanding.intent import read_intent
from assistant.dialogue.understanding.kept import (
    HOSTED,
    asks_along,
    may_come_along,
    relation_of,
    relation_to,
)
from assistant.dialogue.understanding.leaning import (
    asks_again,
    asks_sum_again,
    in_own_words,
    leaning_on,
    puts_if,
    way_taken_up,
    without_if,
)
from assistant.dialogue.understanding.persons import (
    NEAR,
    PersonAsked,
    as_told_by,
    by_pronoun,
    named_person,
    names_self,
    person_asked,
)
from assistant.dialogue.understanding.rules_asked import asked_together, facts_read_by, family_of
from assistant.dialogue.understanding.subjects import names_way
from assistant.dialogue.understanding.wanted import asks_wording
from assistant.rules import Member, RuleBook

_ASIDE_OF_SELF = re.compile(
    r"(?:我|我们|咱)(?:看|听|说|记|写|搞|弄|打)(?:漏|错|岔|反|说)了?|帮我|给我|告诉我|跟我说"
)
"""我看漏了, in words about another, tells nothing of oneself."""
_OWN_GROUND = re.compile(
    "(?:按|凭|用|走|靠|以)(?:着)?我(?:自己)?的|(?:说|讲|谈|聊|问|看)(?:回|回到|回来)(?:说|看|讲)?我(?:自己)?(?!们?家?的?[^，。？]?[爸妈爹娘父母爷奶哥弟姐妹儿女孩老妻夫])"
)
"""按我的就业条件去申请, 再讲回我租房的事: the talk is of the one who writes again."""
_ASKS_OF_THEM = re.compile(
    r"[，,]?(?:那|这个|请问)?(?:[他她]|其|此人)?(?:的话)?(?:又|该|算)?(?:怎么(?:说|讲|判|看|样|算)|咋(?:说|讲|样|判)|如何|什么情况|重新?判(?:一?下)?[^，。？?]{0,8})[呢啊]?[？?。！!]*$"
)
"""他怎么说, said of a case that was told: whether it will do."""
_WITH_THEM = re.compile(
    r"(?:跟|随|和|同|与)着?[他她]|[他她](?:也|就)?(?:能|可以|可不可以)?(?:把|带)"
)
_THEIRS = (
    (
        re.compile(r"[他她](?:家)?的?(?:男人|老公|老婆|媳妇|爱人|对象|配偶|丈夫|妻子|那口子)"),
        "配偶",
    ),
    (re.compile(r"[他她](?:家)?的?(?:孩子|小孩|儿子|女儿|闺女|囡|娃)"), "子女"),
    (re.compile(r"[他她](?:家)?的?(?:爸|妈|爹|娘|父母|父亲|母亲|双亲|爷娘)"), "父母"),
)
"""她男人跟她一起可以吗: the relatives of whose case it is, as they are to them."""
_AS_WHAT = re.compile(r"(?:作为|算|当)[^，。？]{0,6}(?:配偶|家属|子女|父母)")
_COHABIT = re.compile(
    "(?<!不)(?<!没)(?:住(?:在)?一(?:起|块|道|处|个屋)|一(?:起|块|道)(?:过|住|生活)|同住|同一?个?屋檐|一个屋檐)"
)
_CALLS = re.compile("电话|热线|号码|地址")
_LONGEST_STATEMENT = 40
_SHORT = 20
_ADULT = 18
_NO_GROUNDS = {"family", "relation", "sex", "marital", "age", "birth_date", "host.cohabiting"}
"""Facts that tell of somebody who would move along, and open no way of their own."""


def _grown(words: str, person: str, told: Reading, as_of: date) -> dict[str, SaidFact]:
    """我儿子25岁: whether the child who would come along is of age."""
    age = told.others.get(person, {}).get("age")
    if relation_of(person) != "子女" or age is None or not isinstance(age.value, int):
        return {}
    known = told.facts.get("family")
    members = known.value if known is not None and isinstance(known.value, tuple) else ()
    cohabiting = next((m.cohabiting for m in members if isinstance(m, Member)), None)
    member = Member("子女", age.value < _ADULT, cohabiting)
    return {"family": SaidFact((member,), words.strip("。？?！! "), as_of)}


def _brought_along(words: str) -> PersonAsked | None:
    """我儿子25岁，打工的，能一起吗: the one relative of whom it is asked whether they come along."""
    people = read_people(read_typed(words)).others()
    if len(people) != 1 or not may_come_along(people[0]) or not asks_along(words):
        return None
    return PersonAsked(people[0])


@dataclass(frozen=True, slots=True)
class CaseReader:
    """Reads whom messages of a conversation that remembers `state` are about."""

    state: State
    book: RuleBook
    surroundings: Surroundings

    def alone(self, words: str, as_of: date, cast: Cast | None = None) -> Reading:
        """What `words` say by themselves, or of those whom the talk is about (`cast`)."""
        return hear_facts(
            words,
            as_of=as_of,
            dictionary=self.book.facts,
            surroundings=self.surroundings,
            cast=cast,
        )

    def cast_after(self, reading: Reading, intent: Intent) -> Cast:
        """Whom the talk is about once this message was read."""
        before = self.state.topic.cast
        spoken_of = reading.spoken_of or before.spoken_of
        fresh = intent.kind.decides and intent.follow_up in {None, FollowUp.CASE}
        if reading.host is not None or reading.applicant != APPLICANT or fresh:
            told = reading.facts.keys() | self.state.facts.keys()
            talent = reading.host is not None and "settled_at" in told
            named = reading.named
            if named is None and reading.applicant == before.applicant:
                named = before.named
            return Cast(reading.applicant, reading.host, spoken_of, talent, named)
        along = intent.follow_up is FollowUp.PERSON and may_come_along(intent.applicant)
        if along and before.host is None:
            return Cast(spoken_of=spoken_of)  # 能一起办吗: they would come along with who writes
        return replace(before, spoken_of=spoken_of)

    def turned(self, words: str, as_of: date) -> tuple[Reading, Intent] | None:
        """What `words` say where they turn to another person: 我弟弟高中，他呢; 换我自己."""
        topic, whose = self.state.topic, self.state.whose
        by_name = self._turned_by_name(words, as_of)
        if by_name is not None:
            return by_name
        going = self._going_with(words, as_of)
        if going is not None:
            return Reading(going), Intent(IntentKind.ELIGIBILITY, follow_up=FollowUp.FACT)
        if not (topic.decides or topic.about) or asks_wording(words) or _CALLS.search(words):
            return None
        joins = ("settle.join_", "settle.talent_family")
        if any(rule.startswith(joins) for rule in topic.rules) and not names_way(words):
            return None
        turned = (
            person_asked(words, topic.cast.spoken_of)
            or self._stated_of_another(words, as_of)
            or _brought_along(words)
        )
        back = whose != APPLICANT and (asks_again(words) or asks_sum_again(words))
        if turned is None and whose != APPLICANT and _OWN_GROUND.search(words):
            turned = PersonAsked(APPLICANT)
        if turned is None and back and names_self(words):
            turned = PersonAsked(APPLICANT)
        if turned is None or turned.person == whose:
            return None
        person = turned.person
        cast = (
            Cast(person, None, person)
            if person != APPLICANT
            else Cast(spoken_of=topic.cast.spoken_of)
        )
        reading = self.alone(words, as_of, cast)
        if reading.host is not None:
            return None
        plainly = self.alone(by_pronoun(words, person), as_of, cast)
        if plainly.applicant == reading.applicant:
            facts = in_own_words(plainly.facts, words)
            reading = replace(reading, facts={**facts, **reading.facts})
        if puts_if(words):
            plain = self.alone(without_if(words), as_of, cast).facts
            reading = replace(reading, facts={**reading.facts, **plain})
        asked = read_intent(words, as_of=as_of, reading=reading, surroundings=self.surroundings)
        other_matter = self._is_another_matter(asked)
        named = (
            asked.rules if names_way(words) or other_matter else way_taken_up(words, frozenset())
        )
        if person == APPLICANT and _OWN_GROUND.search(words):
            topic = next((t for t in self.state.topics() if t.cast.whose == person), topic)
        rules = named or topic.rules or topic.about or topic.listed
        if rules and all(rule.startswith("medical.") for rule in rules):
            bill = self.of_topic(words, rules, as_of).facts
            spent = {n: f for n, f in bill.items() if n.startswith("med.")}
            reading = replace(reading, facts={**spent, **reading.facts})
        grounds = set(reading.facts) & self.wanted_by(rules) - _NO_GROUNDS
        moves = rules and all(rule.startswith("settle.") for rule in rules)
        along = may_come_along(person) and not turned.alone
        along = along and (not grounds or asks_along(words))
        if moves and along and (whose == APPLICANT or asks_along(words)):
            told = self.alone(without_if(words) if puts_if(words) else words, as_of)
            family = {n: f for n, f in told.facts.items() if n == "family"}
            if not told.facts.keys() <= family.keys() | _NO_GROUNDS:
                return None
            family |= _grown(words, person, told, as_of)
            own = next((t.rules for t in self.state.topics() if t.cast.whose == APPLICANT), ())
            asks = Intent(
                IntentKind.ELIGIBILITY,
                asked_together(own) if whose != APPLICANT else (),
                follow_up=FollowUp.PERSON,
                applicant=person,
                surely=whose != APPLICANT and bool(own),
            )
            return replace(told, facts=family, spoken_of=person), asks
        if named and not set(named) <= set(topic.rules):
            kind = asked.kind if other_matter else IntentKind.ELIGIBILITY
            return reading, Intent(kind, named, applicant=person, surely=True)
        leaves = not topic.decides or topic is not self.state.topic
        of_text = asked_together(rules) if leaves else ()
        case = Intent(IntentKind.ELIGIBILITY, of_text, follow_up=FollowUp.CASE, applicant=person)
        return reading, replace(case, surely=bool(of_text))

    def _is_another_matter(self, asked: Intent) -> bool:
        """另问个事，我表姐的个账每月多少, amid a talk of settling: another family of rules is asked of."""
        topic = self.state.topic
        about = {family_of(rule) for rule in topic.rules or topic.about or topic.listed}
        named = {family_of(rule) for rule in asked.rules}
        return asked.kind.decides and bool(named) and bool(about) and not named & about

    def _turned_by_name(self, words: str, as_of: date) -> tuple[Reading, Intent] | None:
        """小李只有高中，他怎么说; 钱某登记是八个月: the case of somebody who is called by a name."""
        person = named_person(words, {name_of(c) for c in (*self.state.cases, self.state.whose)})
        if person is None or person.named is None or names_self(_ASIDE_OF_SELF.sub("", words)):
            return None
        whose, said = self._known_as(person.person, person.named), person.named
        cast = Cast(person.person, None, person.person)  # as this message calls them
        person = replace(person, person=person_of(whose), named=name_of(whose))
        known = whose in self.state.cases or whose == self.state.whose
        topic = next((t for t in self.state.topics() if t.cast.whose == whose), self.state.topic)
        plain = as_told_by(_ASKS_OF_THEM.sub("", words), said)
        if not topic.decides or asks_wording(plain):
            return None
        reading = self.alone(without_if(plain) if puts_if(plain) else plain, as_of, cast)
        if reading.host is not None:
            return None
        if puts_if(plain):
            put = {n: replace(f, supposed=True) for n, f in reading.facts.items()}
            reading = replace(reading, facts=in_own_words(put, words))
        told = replace(
            reading, applicant=person.person, spoken_of=person.person, named=person.named
        )
        asked = read_intent(plain, as_of=as_of, reading=reading, surroundings=self.surroundings)
        rules = asked.rules if names_way(words) else topic.rules or topic.about
        if not rules and not topic.open:
            return None
        bears = set(reading.facts) & (self.wanted_by(rules) if rules else set(reading.facts))
        turns = known and (plain != words or asks_again(plain)) and whose != self.state.whose
        if not bears and not turns:
            return None
        case = Intent(IntentKind.ELIGIBILITY, rules, applicant=person.person, open=not rules)
        return told, replace(case, surely=bool(rules))

    def _known_as(self, person: str, named: str) -> str:
        """Whose case it is of those talked about: 小钱, once 同事小钱 was told of, is the same."""
        whose = Cast(person, named=named).whose
        known = [c for c in (self.state.whose, *self.state.cases) if name_of(c) != person_of(c)]
        same = [c for c in known if name_of(c).endswith(named) or named.endswith(name_of(c))]
        return same[0] if whose not in known and len(same) == 1 else whose

    def _going_with(self, words: str, as_of: date) -> dict[str, SaidFact] | None:
        """爸妈跟他住，能带上吗, amid my brother's case: who would move along with him, as he calls them."""
        topic, whose = self.state.topic, self.state.whose
        if whose == APPLICANT or not topic.rules or topic.cast.host is not None:
            return None
        if not all(rule.startswith("settle.") for rule in topic.rules) or asks_wording(words):
            return None
        goes = _AS_WHAT.search(words) or (_WITH_THEM.search(words) and asks_along(words))
        own = self.alone(words, as_of, Cast()).facts.keys() & self.wanted_by(topic.rules)
        if not goes or own - _NO_GROUNDS:
            return None
        people = read_people(read_typed(_AS_WHAT.sub("", words)), topic.cast.spoken_of)
        kin = [p for p in people.others() if p not in {whose, topic.cast.spoken_of}]
        comes = kin[0] if len(kin) == 1 else APPLICANT if not kin and names_self(words) else None
        theirs = next((r for kin_words, r in _THEIRS if kin_words.search(words)), None)
        relation = theirs or (None if comes is None else relation_to(comes, whose))
        if relation is None:
            return None
        cohabiting = True if _COHABIT.search(words) else None
        said = words.strip("。？?！! ")
        return {"family": SaidFact((Member(relation, None, cohabiting),), said, as_of)}

    def _stated_of_another(self, words: str, as_of: date) -> PersonAsked | None:
        """我同事是租的商品房: whose case it is, where all that is told is of one other person."""
        topic = self.state.topic
        rules = topic.rules or topic.about
        if not rules or len(words) > _LONGEST_STATEMENT:
            return None
        wanted = self.wanted_by(rules) - _NO_GROUNDS
        reading = self.alone(words, as_of, topic.cast)
        told = [p for p, facts in reading.others.items() if facts.keys() & wanted]
        own = {name for name, fact in reading.facts.items() if not fact.likely}
        if own & wanted or len(told) != 1:
            return None
        person = told[0]
        if person in {topic.cast.applicant, topic.cast.host, "旁人", "被投靠人"}:
            return None
        answers = self.state.asked and NODES.get(person) in NEAR
        return None if answers else PersonAsked(person, alone=not asks_along(words))

    def asks_to_bring(self, words: str, reading: Reading, intent: Intent) -> bool:
        """那我老婆能跟我一起迁吗: asked of the way talked about, and of no other."""
        rules = self.state.topic.rules or self.state.topic.listed
        if not rules or not all(rule.startswith("settle.") for rule in rules):
            return False
        if any(rule.startswith("settle.join_") for rule in rules) or intent.follow_up is not None:
            return False
        only = set(reading.facts) == {"family"} and set(intent.rules) <= set(rules)
        return only and asks_along(words) and not asks_wording(words)

    def of_family(
        self, words: str, reading: Reading, intent: Intent, as_of: date
    ) -> Reading | None:
        """十九岁呢, 一起住的: what is said of the relative last asked about, who would move along."""
        person, known = self.state.topic.cast.spoken_of, self.state.facts.get("family")
        if person is None or known is None or not known.value or len(words) > _SHORT:
            return None
        short = intent.follow_up is FollowUp.FACT or intent.kind in {
            IntentKind.OTHER,
            IntentKind.ANSWER,
        }
        if not short or set(reading.facts) - {"age", "birth_date", "host.cohabiting"}:
            return None
        if set(reading.facts) & self.wanted_by(self.state.topic.rules):
            return None
        relation = relation_of(person)
        before = next((m for m in known.value if m.get("relation") == relation), None)
        if relation is None or before is None:
            return None
        family = self.alone(f"我{person}{words}", as_of).facts.get("family")
        told = family.value[0] if family is not None and isinstance(family.value, tuple) else None
        age, minor = reading.facts.get("age"), getattr(told, "minor", None)
        if age is not None and isinstance(age.value, int) and relation == "子女":
            minor = age.value < _ADULT
        cohabiting = getattr(told, "cohabiting", None)
        if minor is None and cohabiting is None:
            return None
        member = Member(
            relation,
            before.get("minor") if minor is None else minor,
            before.get("cohabiting") if cohabiting is None else cohabiting,
        )
        said = words.strip("。？?！!呢，, ")
        return Reading({"family": SaidFact((member,), said, as_of)}, spoken_of=person)

    def of_topic(self, words: str, about: tuple[str, ...], as_of: date) -> Reading:
        """What `words` say of the topic, its name put before them."""
        title = self.book.rule(about[0]).title.removesuffix("的参加和退出")
        more = self.alone(f"{title}，{words}", as_of, self.state.topic.cast)
        return leaning_on(words, more, frozenset(self.wanted_by(about)))

    def gap(self, words: str, about: tuple[str, ...], as_of: date) -> Reading:
        """断过一个多月, said of what the rule counts: registration, or else the pension."""
        told_of = self.wanted_by(about)
        counted = "居住登记" if "reg.start" in told_of else "养老保险"
        more = self.alone(f"{counted}，{words}", as_of, self.state.topic.cast)
        return leaning_on(words, more, frozenset({"reg.gap", "pension.gap"} & told_of))

    def of_host(self, words: str, reading: Reading) -> Reading:
        """房子在镇上, where somebody joins a host: the home told is the host's, unless it is theirs."""
        cast = self.state.topic.cast
        homes = reading.facts.keys() & HOSTED.keys()
        if cast.host is None or not homes or reading.host not in {None, cast.host}:
            return reading
        theirs = cast.applicant == APPLICANT and names_self(words)
        if theirs or cast.applicant in read_people(read_typed(words)).others():
            return reading
        moved = {HOSTED[n]: f for n, f in reading.facts.items() if n in homes}
        others = {n: f for n, f in reading.facts.items() if n not in homes}
        return replace(reading, facts={**moved, **others})

    def goes_on_of_another(self, words: str, reading: Reading) -> bool:
        """Whether a question that names nobody is still of the other person the talk is about."""
        other = self.state.whose not in {APPLICANT, reading.applicant}
        unnamed = reading.applicant == APPLICANT and reading.host is None
        return other and unnamed and not names_self(words)

    def wanted_by(self, rules: tuple[str, ...]) -> set[str]:
        """The facts that these rules read."""
        return facts_read_by(rules, self.book)
