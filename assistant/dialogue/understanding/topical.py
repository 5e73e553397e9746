"""What a message tells of the matter talked about, which it leaves unnamed."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.model import FollowUp, Intent, IntentKind, Reading
from assistant.dialogue.state import plain
from assistant.dialogue.understanding.joins import JoinReader
from assistant.dialogue.understanding.leaning import way_taken_up
from assistant.dialogue.understanding.light import read_in_light
from assistant.dialogue.understanding.listed import listed_meant, without_place
from assistant.dialogue.understanding.rules_asked import asked_together
from assistant.dialogue.understanding.subjects import names_way
from assistant.dialogue.understanding.wanted import asks_wording

_LACKS = re.compile("[缺差](?:什么|啥|哪)")
_SUPPLEMENT, _JOINING = "企业补充医疗保险", "medical.enterprise.join"
_ERRAND = re.compile(r"申请|递|提出|报名|退出|退保|参加进|加[入进]")
_OF_CLASSES = re.compile("比例|各(?:是|为|多少|几)|分别")
"""在职和退下来的比例各是多少: asked of classes, and told of nobody."""


@dataclass(frozen=True, slots=True)
class TopicReader(JoinReader):
    """Reads messages of a conversation beside the matter that it is about."""

    def brings_news(self, reading: Reading, about: tuple[str, ...]) -> bool:
        """Whether something that these rules read is told, and was not known."""
        known = self.state.facts
        return any(
            name not in known or known[name].value != plain(fact.value)
            for name, fact in reading.facts.items()
            if name in self.wanted_by(about)
        )

    def in_light(self, words: str, reading: Reading, as_of: date) -> Reading | None:
        """What the case talked about leaves unsaid: 公司压根没参加; None where nothing is told."""
        rules = self.state.topic.rules
        if not rules or asks_wording(words):
            return None
        cast = self.state.topic.cast
        lit = read_in_light(
            words, self.state, self.wanted_by(rules), lambda w: self.alone(w, as_of, cast)
        )
        return lit and replace(lit, facts={**reading.facts, **lit.facts})

    def with_topic(self, words: str, reading: Reading, intent: Intent, as_of: date) -> Reading:
        """The reading with what `words` tell of the matter talked about, and not by themselves."""
        rules = self.state.topic.rules or (self.state.topic.about if intent.kind.decides else ())
        if not rules or intent.kind.asks_text or intent.follow_up not in {None, FollowUp.FACT}:
            return reading
        named = set(asked_together(intent.rules)) - set(rules)
        if named and all(r.startswith("settle.") for r in named) and not names_way(words):
            named = set()  # guessed from a fact that reads like another's
        if (named and intent.kind.decides) or asks_wording(words) or reading.host is not None:
            return reading
        if _OF_CLASSES.search(words):
            return reading
        more = self.of_topic(words, rules, as_of).facts
        wanted = self.wanted_by(rules)
        read = [fact.said for name, fact in reading.facts.items() if name in wanted]
        told = {
            n: f
            for n, f in more.items()
            if n not in reading.facts and not f.likely and not _among(f.said, read)
        }
        if not told or (reading.others and self.state.topic.cast.host is None):
            return reading
        said = [fact.said for fact in told.values()]
        kept = {n: f for n, f in reading.facts.items() if n in wanted or not _among(f.said, said)}
        return replace(reading, facts={**told, **kept})

    def applied_for(
        self, words: str, about: tuple[str, ...], as_of: date
    ) -> tuple[Reading, Intent] | None:
        """要是公司12月8号去申请加进来: the errand of an employer, amid a talk of its scheme."""
        if not about or not about[0].startswith("medical.enterprise") or _JOINING in about:
            return None
        if not _ERRAND.search(words) or asks_wording(words):
            return None
        read = self.alone(f"{_SUPPLEMENT}，{words}", as_of).facts
        if "apply.action" not in read:
            return None
        told = {n: replace(f, supposed=False) for n, f in read.items() if f.said in words}
        return Reading(told), Intent(IntentKind.ELIGIBILITY, (_JOINING,), surely=True)

    def listed(self, words: str, reading: Reading) -> str | None:
        """Of several ways decided side by side, the one that a short message points at."""
        topics = [t for t in self.state.topics() if len(t.rules) > 1 and not t.open]
        if (
            not topics
            or asks_wording(without_place(words))
            or self.brings_news(reading, topics[0].rules)
        ):
            return None
        listed = tuple(rule for rule in topics[0].listed if rule in topics[0].rules)
        return listed_meant(words, listed, self.state.topic.rules)

    def way_taken_up(self, words: str, about: tuple[str, ...]) -> tuple[str, ...]:
        """Another way to settle than the one talked about, turned to by its ground."""
        if not about or not all(rule.startswith("settle.") for rule in about):
            return ()
        if asks_wording(words) and not _LACKS.search(words):
            return ()
        ways = way_taken_up(words, frozenset())
        return () if set(ways[:1]) & set(about) else ways[:1]


def _among(said: str, others: list[str]) -> bool:
    """Whether words are among others, or hold them: a figure tells one thing."""
    return any(said in other or other in said for other in others)
