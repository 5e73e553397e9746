"""What of an answer is said in words, where its quotes and its checklist are shown beside it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from assistant.schemas import (
    Answer,
    Citation,
    Condition,
    Material,
    Notice,
    Outcome,
    Question,
    Verdict,
)
from ui.markup import chinese_day

OUTCOME_NAMES: dict[Outcome, str] = {
    "eligible": "符合",
    "ineligible": "不符合",
    "undetermined": "待确认",
    "rule_uncertain": "文件没有定论",
    "not_applicable": "不适用",
}
CONDITION_NAMES = {"met": "符合", "unmet": "不符合", "unknown": "待确认"}
PAPER_NAMES = {"have": "有", "lack": "没有", "unknown": "待准备"}
MORE_PAPERS = "办理时可能还要其他材料，以窗口要求为准。"
ALONE = "这一途径只能本人办理，不能带家属。"

_MARKER = re.compile(r"\[\d{1,3}\]")
_JOINTS = re.compile(r"[\s：:，,。；;、/「」《》〈〉（）()·]+")
# What the service writes between the things that the checklist shows as well.
_CONNECTIVES = (
    MORE_PAPERS.rstrip("。"),
    ALONE.rstrip("。"),
    "是的话",
    "请回答",
    "可以一起迁的家人",
    "要带的材料",
    "还没说有没有",
    "请告诉我",
    "您的情况",
    "已满足",
    "不满足",
    "待确认",
    "要求",
    "前提",
    "没有",
    "有",
)
_NUMBERED = re.compile(r"^\d{1,2}\.\s*")
_SENTENCE = re.compile(r"[^。]+。?")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of an answer: what comes first, what belongs to a verdict, and the rest."""

    first: str
    ahead: tuple[str, ...] = ()  # of whom, of which day, on what supposition the first speaks
    of_verdict: dict[str, str] = field(default_factory=dict)  # by rule id
    rest: tuple[str, ...] = ()

    def all(self) -> str:
        """Every word that is said."""
        return "\n".join((*self.ahead, self.first, *self.of_verdict.values(), *self.rest))


def book_title(title: str) -> str:
    """A title in its marks; marks inside it become the inner ones."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def spoken_lines(answer: Answer) -> list[str]:
    """The lines of the text that say more than the quotes and the next steps shown beneath."""
    lines = [line.strip() for line in answer.text.split("\n") if line.strip()]
    beside = [notice.text for notice in _next_steps(answer)]
    kept = [
        line
        for line in lines
        if not _only_cites(line, answer.citations) and not any(text in line for text in beside)
    ]
    return kept or lines or [answer.text]


def spoken(answer: Answer) -> Spoken:
    """The lines of the text that say more than the cards, the checklist and the notices do."""
    known = _shown(answer)
    lines = spoken_lines(answer)
    ahead = tuple(takewhile(_announces, lines[:-1])) if answer.verdicts else ()
    first, *others = lines[len(ahead) :]
    of_verdict: dict[str, str] = {}
    rest = []
    for line in others:
        owner = next((v for v in answer.verdicts if f"「{v.title}」" in line), None)
        if line == first or (known and _repeats(line, known)):
            continue
        if owner is not None and owner.rule_id not in of_verdict and not line.startswith("·"):
            of_verdict[owner.rule_id] = _without_shown_sentences(line, [owner])
        else:
            rest.append(line)
    return Spoken(_without_shown_sentences(first, answer.verdicts), ahead, of_verdict, tuple(rest))


def unsaid_notices(answer: Answer) -> list[Notice]:
    """The notices that the lines spoken have not given word for word."""
    said = spoken(answer).all()
    return [notice for notice in answer.notices if notice.text not in said]


def is_later(verdict: Verdict) -> bool:
    """Whether the verdict names a first day that is still to come."""
    return verdict.earliest_date is not None and verdict.earliest_date > verdict.as_of


def _announces(line: str) -> bool:
    """Whether the line only says how what follows is to be taken: 以下按您假设的情况判断."""
    return line.startswith("以下")


def _next_steps(answer: Answer) -> list[Notice]:
    """Whom to ask after a refusal: worth a place of its own, not a line among others."""
    if answer.kind != "refuse":
        return []
    return [notice for notice in answer.notices if notice.code == "handoff"]


def _only_cites(line: str, citations: Iterable[Citation]) -> bool:
    """Whether the line is addresses and their quotes, and nothing else."""
    rest, quoted = _MARKER.sub("", line).removeprefix("依据："), False
    cited = list(citations)
    for citation in sorted(cited, key=lambda c: len(c.quote), reverse=True):
        quoted = quoted or citation.quote in rest
        rest = rest.replace(citation.quote, "")
    known = {k for c in cited for k in (c.label, c.doc_number, c.title) if k}
    for words in sorted(known, key=len, reverse=True):
        rest = rest.replace(words, "")
    return quoted and not _JOINTS.sub("", rest)


def _shown(answer: Answer) -> set[str]:
    """The words that the checklist and the questions show."""
    words: set[str] = set()
    for verdict in answer.verdicts:
        words |= {verdict.title, *(verdict.covers or ()), *verdict.premises}
        words.update(_of_conditions(verdict.conditions))
        words.update(_of_materials(verdict.materials))
    words.update(_of_questions(answer.questions))
    return {word.strip("。") for word in words if word.strip("。")}


def _of_conditions(conditions: Iterable[Condition]) -> Iterator[str]:
    for condition in conditions:
        yield from (condition.label, condition.required, condition.actual or "")


def _of_materials(materials: Iterable[Material]) -> Iterator[str]:
    for material in materials:
        yield material.name


def _of_questions(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        yield from (question.text, *(question.choices or ()))


def _repeats(line: str, known: Iterable[str]) -> bool:
    """Whether nothing is left of the line once what is shown elsewhere is taken out."""
    rest = _NUMBERED.sub("", _MARKER.sub("", line))
    # longest first, or a short word (其他) would break up a long one that holds it
    for word in sorted((*known, *_CONNECTIVES), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return not _JOINTS.sub("", rest)


def _without_shown_sentences(line: str, verdicts: Iterable[Verdict]) -> str:
    """The line without the sentences that a row of the checklist gives in full."""
    shown = []
    for verdict in verdicts:
        if is_later(verdict) and verdict.earliest_date is not None:
            shown.append(f"最早{chinese_day(verdict.earliest_date)}")
        if verdict.amount is not None:
            shown.append(f"算法：{verdict.amount.formula}")
    sentences = [s for s in _SENTENCE.findall(line) if not any(word in s for word in shown)]
    return "".join(sentences) or line
