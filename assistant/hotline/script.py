"""What an operator says aloud, and the block that is pasted into the record of the call.

Both follow from an answer or a verdict alone. The block's bytes are laid down in docs/embedding.md.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.reply import chinese_day
from assistant.dialogue.wording import outcome_sentence, survey_sentence
from assistant.schemas import STATUS_NAMES, Answer, Citation, Notice, Verdict

OUTCOME_NAMES = {
    "eligible": "符合",
    "ineligible": "不符合",
    "undetermined": "待确认",
    "rule_uncertain": "文件没有定论",
    "not_applicable": "不适用",
}
_MARKER = re.compile(r"\[\d{1,3}\]")
_SENTENCE = re.compile(r"[^。！？]*[。！？]?")
_SPOKEN_AT_MOST = 120


@dataclass(frozen=True, slots=True)
class Brief:
    """A sentence to say, and the text to copy."""

    script: str
    block: str


def brief_of_answer(answer: Answer) -> Brief:
    """What to say and copy of an answer."""
    script = _script_of_answer(answer)
    block = block_of(
        script,
        answer.verdicts,
        answer.citations,
        answer.notices,
        answer.as_of,
        answer.jurisdiction,
        answer.answer_id,
    )
    return Brief(script, block)


def brief_of_verdict(
    verdict: Verdict,
    citations: Sequence[Citation],
    notices: Sequence[Notice],
    jurisdiction: str,
    questions: Mapping[str, str],
) -> Brief:
    """What to say and copy of one verdict; `questions` words each fact that may be missing."""
    used = cited_by(verdict, citations)
    script = script_of_verdict(verdict, used, questions)
    block = block_of(script, [verdict], used, notices, verdict.as_of, jurisdiction)
    return Brief(script, block)


def brief_of_survey(
    verdicts: Sequence[Verdict],
    citations: Sequence[Citation],
    notices: Sequence[Notice],
    as_of: date,
    jurisdiction: str,
) -> Brief:
    """What to say and copy of all channels; the basis is that of the channels that are met."""
    met = [verdict for verdict in verdicts if verdict.outcome == "eligible"]
    markers = {citation.marker for verdict in met for citation in cited_by(verdict, citations)}
    used = [citation for citation in citations if citation.marker in markers]
    script = _plain(survey_sentence(verdicts))
    block = block_of(script, verdicts, used, notices, as_of, jurisdiction)
    return Brief(script, block)


def script_of_verdict(
    verdict: Verdict, citations: Sequence[Citation], questions: Mapping[str, str]
) -> str:
    """One verdict, to be said aloud: the outcome, or the next question."""
    if verdict.outcome == "undetermined":
        asked = next((questions[f] for f in verdict.missing_facts if f in questions), None)
        if asked is not None:
            return _plain(f"还要问您一句：{asked}")
    said = outcome_sentence(verdict, (), citations)
    papers = [m.name for m in verdict.materials if m.status != "have"]
    if verdict.outcome == "eligible" and papers:
        said += f"办理时请带上{'、'.join(papers)}。"
    return _plain(said)


def block_of(
    script: str,
    verdicts: Sequence[Verdict],
    citations: Sequence[Citation],
    notices: Sequence[Notice],
    as_of: date,
    jurisdiction: str,
    answer_id: str | None = None,
) -> str:
    """The text to paste, line by line; no line feed at the end."""
    lines = [f"话术：{script}"]
    lines += [f"结论：{_conclusion(verdict)}" for verdict in verdicts]
    basis = list(_basis(citations))
    lines += ["依据：", *basis] if basis else ["依据：无"]
    lines += [f"提示：{_plain(notice.text)}" for notice in notices]
    lines.append(f"日期地点：{chinese_day(as_of)}，{jurisdiction}")
    if answer_id is not None:
        lines.append(f"编号：{answer_id}")
    return "\n".join(lines)


def cited_by(verdict: Verdict, citations: Sequence[Citation]) -> list[Citation]:
    """The citations that a verdict's conditions and papers point at; all, where it points at none."""
    markers = {c.marker for c in verdict.conditions} | {m.marker for m in verdict.materials}
    used = [citation for citation in citations if citation.marker in markers]
    return used or list(citations)


def _script_of_answer(answer: Answer) -> str:
    if answer.kind == "clarify" and answer.questions:
        return _plain(f"还要问您一句：{answer.questions[0].text}")
    if answer.kind == "verdict" and len(answer.verdicts) == 1:
        return script_of_verdict(answer.verdicts[0], answer.citations, {})
    lead = _MARKER.sub("", answer.text.split("\n", 1)[0])
    said = [sentence for sentence in _SENTENCE.findall(lead) if sentence]
    kept = [sentence for sentence in said if not sentence.rstrip().endswith("：")]
    spoken = "".join(kept) if len("".join(kept)) <= _SPOKEN_AT_MOST else "".join(kept[:1])
    if not spoken and answer.citations:
        spoken = next(iter(_SENTENCE.findall(answer.citations[0].quote)))
    handoffs = [notice.text for notice in answer.notices if notice.code == "handoff"]
    if answer.kind == "refuse" and handoffs:
        spoken += f"请咨询{handoffs[0].rstrip('。')}。"
    return _plain(spoken)


def _conclusion(verdict: Verdict) -> str:
    amount = verdict.amount
    figure = ""
    if amount is not None and amount.value is not None and verdict.outcome == "eligible":
        figure = f"，{amount.value:.2f}".rstrip("0").rstrip(".") + amount.unit
    earliest = verdict.earliest_date
    later = earliest is not None and earliest > verdict.as_of
    day = f"，最早{chinese_day(earliest)}" if later and earliest is not None else ""
    return f"{verdict.title}：{OUTCOME_NAMES[verdict.outcome]}{figure}{day}"


def _basis(citations: Sequence[Citation]) -> Iterator[str]:
    """One line a clause and status, with every quote of it, in the order of the citations."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for citation in citations:
        name = citation.doc_number or f"《{citation.title}》"
        place = (name, citation.label, STATUS_NAMES[citation.status])
        quotes = places.setdefault(place, [])
        if citation.quote not in quotes:
            quotes.append(citation.quote)
    for number, ((name, label, status), quotes) in enumerate(places.items(), start=1):
        yield f"{number}. {name} {label}（{status}）{''.join(f'「{quote}」' for quote in quotes)}"


def _plain(text: str) -> str:
    """For the ear and for one line: no quotation brackets, no breaks, nothing that turns text round."""
    kept = "".join(
        sign
        for sign in text.replace("\n", " ")
        if sign not in "「」" and unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    return kept.strip()
