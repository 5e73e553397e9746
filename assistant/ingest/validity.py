"""When a document says that it takes effect, and until when it binds."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.clauses import DocumentKind
from assistant.clauses.numerals import ordinal
from assistant.ingest.dates import DAY, day_of, last_day

SELF = r"(?:本|以上)(?:通知|办法|意见|规定|细则|方案|决定|条例|政策|规则|公告|通告|措施|计划|制度|标准)"
_FORCE = r"(?:正式)?(?:施行|实施|执行|生效)"
_FROM_DAY = re.compile(rf"自\s*{DAY}\s*起\s*(?:开始)?{_FORCE}")
_FROM_ISSUE = re.compile(
    rf"自(?P<event>公布|发布|印发|下发|颁布|发文)之日起"
    rf"(?:(?P<days>\d+|[一二三四五六七八九十]+)(?:日|天)后)?\s*{_FORCE}"
)
_FROM_BLANK = re.compile(rf"自[\s_\uff3fX×]*年[\s_\uff3fX×]*月[\s_\uff3fX×]*日\s*起\s*{_FORCE}")
_UNTIL_DAY = re.compile(
    rf"(?:有效期(?:限)?(?:至|到|截至|截止)|{_FORCE}(?:期限)?至|试行(?:期)?至)\s*{DAY}"
)
_FOR_YEARS = re.compile(
    r"(?:有效期(?:限)?|试行(?:期|期限)?)(?:为|暂定)?\s*(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*年"
)
_CLAUSE_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])\s*"
)


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of effect as read, the sentence they stand in, and what to check."""

    effective_from: date | None = None
    effective_to: date | None = None
    dates_inferred: bool = False
    validity_quote: str | None = None
    comments: dict[str, str] = field(default_factory=dict)


def read_validity(texts: Iterable[str], kind: DocumentKind, issued_on: date | None) -> Validity:
    """Read the closing sentence; a day that it does not state is presumed, and said to be."""
    sentence = _validity_sentence(texts)
    said = sentence or ""
    starts, presumed, comments = _effective_from(said, kind, issued_on)
    ends, why = _effective_to(said, starts)
    if why:
        comments["effective_to"] = why
    return Validity(starts, ends, presumed, sentence, comments)


def _effective_from(
    said: str, kind: DocumentKind, issued_on: date | None
) -> tuple[date | None, bool, dict[str, str]]:
    stated, event = _FROM_DAY.search(said), _FROM_ISSUE.search(said)
    if stated:
        return day_of(stated), False, {}
    if event and issued_on:
        later = ordinal(event["days"]) if event["days"] else 0
        why = f"原文是“{event.group()}”，暂按成文日期推算，请按实际{event['event']}日期改"
        return issued_on + timedelta(days=later), True, {"effective_from": why}
    if kind in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}:
        return None, False, {"effective_from": "草案和解读没有施行日期，留空"}
    if issued_on and not _FROM_BLANK.search(said):
        why = "原文没有写施行日期，暂取成文日期，请核对"
        return issued_on, True, {"effective_from": why}
    why = "原文的施行日期是空白" if said else "没有找到施行日期"
    return None, False, {"effective_from": f"{why}，请填写（年-月-日）"}


def _effective_to(said: str, starts: date | None) -> tuple[date | None, str]:
    until, years = _UNTIL_DAY.search(said), _FOR_YEARS.search(said)
    if until:
        return day_of(until), ""
    if years is None:
        return None, ""
    term = years["years"]
    if starts is None:
        return None, f"原文有效期 {term} 年，填了施行日期后请推算失效日期"
    why = f"按原文有效期 {term} 年推算（届满前一日），请核对"
    return last_day(starts, ordinal(term)), why


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with its full stop; a stop inside 《》 does not count."""
    start = 0
    for found in re.finditer(r"[。！？\n]", text):
        if found.group() == "\n" or text.count("《", start, found.start()) == text.count(
            "》", start, found.start()
        ):
            sentence = text[start : found.end()].strip()
            if sentence:
                yield sentence
            start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def _validity_sentence(texts: Iterable[str]) -> str | None:
    """The last sentence in which the document speaks of its own force."""
    best: tuple[int, str] | None = None
    patterns = (_FROM_DAY, _FROM_ISSUE, _FROM_BLANK, _UNTIL_DAY)
    for text in texts:
        for sentence in _joined_terms(sentences(text)):
            speaks = any(pattern.search(sentence) for pattern in patterns)
            if not speaks and not (_FOR_YEARS.search(sentence) and re.search(SELF, sentence)):
                continue
            own = bool(re.search(SELF, sentence))
            # A sentence about another law's first day (《…》自2009年10月1日起施行) is no closing.
            if not own and re.match(r".{0,20}《", sentence):
                continue
            if best is None or own >= best[0]:
                best = (int(own), sentence)
    return best[1] if best else None


def _joined_terms(parts: Iterable[str]) -> Iterator[str]:
    """Sentences without clause numbers; 有效期3年。 belongs to the sentence before it."""
    held = ""
    for part in parts:
        bare = _CLAUSE_NUMBER.sub("", part)
        if held and re.match(r"(?:有效期|试行期)", bare):
            held += bare
            continue
        if held:
            yield held
        held = bare
    if held:
        yield held
