"""One reply against one expectation: what is right, what is wrong, in words a reader can check."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.schemas import Answer, Citation
from eval.model import Case, Expectation, Turn, squeeze

SAYS_SO = {
    "draft": {"draft"},
    "expired": {"expired"},
    "superseded": {"superseded", "conflict"},
    "not_yet_in_force": {"not_yet_in_force"},
    "repealed": {"repealed", "amended"},
    "amended": {"amended"},
    "interpretation": {"interpretation", "conflict"},
}
"""Notices that tell the reader of a status; `in_force` needs none."""

DRAFTS = {"zj-psd-2023-hukou-draft", "jh-gbo-2023-hukou-draft"}
ELSEWHERE = {"jh-gbo-2023-hukou-draft"}
INTERPRETATIONS = {"jx-psb-2024-hukou-interpretation"}


@dataclass(frozen=True, slots=True)
class Binding:
    """Days on which a notice, or a phrase of it, binds; both in force."""

    notice_id: str
    first: date
    last: date = date.max
    phrase: str = ""  # "": every quote of the notice


BINDING = (
    Binding("jx-gbo-2024-16", date(2024, 8, 1)),
    Binding("jx-gbo-2024-17", date(2024, 8, 1)),
    Binding("jx-gbo-2024-18", date(2024, 8, 1)),
    Binding("jx-gbo-2014-permit-pilot", date(2014, 10, 31), date(2015, 10, 30)),
    *(
        Binding("jx-gbo-2020-28", date(2020, 8, 1), date(2024, 7, 31), phrase)
        for phrase in (
            "已连续居住3年及以上",
            "取得技师以上国家职业资格证书的人员，允许本人申请落户",
            "毕业后15年内",
            "男性年满60周岁、女性年满55周岁",
            "具有硕士以上学历、副高以上职称",
        )
    ),
)
"""Read off the texts by hand, so that the product's own validity model is not its judge."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one turn came out; a check that does not apply is None."""

    case: Case
    turn: Turn
    answer: Answer | None
    kind: bool
    reason: bool | None
    clause: bool | None
    phrases: bool | None
    notices: bool | None
    version: bool  # no citation out of force without saying so
    stray: bool  # cites a draft or another place's text that was not asked for
    faithful: int  # quotes that stand in their source
    quotes: int
    problems: tuple[str, ...] = field(default=())

    @property
    def passed(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems


class SourceReader:
    """Source files, read without the product's code."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._texts: dict[str, str] = {}

    def holds(self, citation: Citation) -> bool:
        """Whether the quote is what stands at its offsets, white space aside."""
        source = citation.source
        if source.file not in self._texts:
            path = self._corpus / source.file
            self._texts[source.file] = path.read_text(encoding="utf-8") if path.is_file() else ""
        stands = self._texts[source.file][source.start : source.end]
        return bool(citation.quote) and squeeze(stands) == squeeze(citation.quote)


def judge(case: Case, turn: Turn, answer: Answer, reader: SourceReader) -> Judgement:
    """Compare a reply with what its turn expects."""
    expect = turn.expect
    problems: list[str] = []
    kind = not expect.kinds or answer.kind in expect.kinds
    if not kind:
        problems.append(f"应为 {'、'.join(sorted(expect.kinds))}，实为 {answer.kind}")
    reason = _reason(expect, answer, problems)
    clause = _clause(expect, answer, problems)
    phrases = _phrases(expect, answer, problems)
    notices = _notices(expect, answer, problems)
    outdated = [text for text in (_outdated(c, answer) for c in answer.citations) if text]
    problems += outdated
    stray = _stray(expect, answer, problems)
    broken = [c for c in answer.citations if not reader.holds(c)]
    problems += [f"引文与原文不符：[{c.marker}] {c.clause_id}" for c in broken]
    return Judgement(
        case=case,
        turn=turn,
        answer=answer,
        kind=kind,
        reason=reason,
        clause=clause,
        phrases=phrases,
        notices=notices,
        version=not outdated,
        stray=stray,
        faithful=len(answer.citations) - len(broken),
        quotes=len(answer.citations),
        problems=tuple(problems),
    )


def failed(case: Case, turn: Turn, why: str) -> Judgement:
    """A turn to which no reply came."""
    expect = turn.expect
    return Judgement(
        case=case,
        turn=turn,
        answer=None,
        kind=False,
        reason=False if expect.reason else None,
        clause=False if expect.clauses else None,
        phrases=False if expect.phrases else None,
        notices=False if expect.notices else None,
        version=True,
        stray=False,
        faithful=0,
        quotes=0,
        problems=(f"没有得到答复：{why}",),
    )


def _reason(expect: Expectation, answer: Answer, problems: list[str]) -> bool | None:
    if expect.reason is None:
        return None
    if answer.reason != expect.reason:
        problems.append(f"拒答理由应为 {expect.reason}，实为 {answer.reason}")
    return answer.reason == expect.reason


def _clause(expect: Expectation, answer: Answer, problems: list[str]) -> bool | None:
    if not expect.clauses:
        return None
    cited = [citation.clause_id for citation in answer.citations]
    right = any(_within(found, gold) for found in cited for gold in expect.clauses)
    if not right:
        problems.append(
            f"没有引用 {'、'.join(expect.clauses)}；引用的是 {'、'.join(cited) or '（无）'}"
        )
    return right


def _phrases(expect: Expectation, answer: Answer, problems: list[str]) -> bool | None:
    if not expect.phrases:
        return None
    quotes = [squeeze(citation.quote) for citation in answer.citations]
    absent = [p for p in expect.phrases if not any(squeeze(p) in quote for quote in quotes)]
    problems += [f"引文中没有「{phrase}」" for phrase in absent]
    return not absent


def _notices(expect: Expectation, answer: Answer, problems: list[str]) -> bool | None:
    if not expect.notices:
        return None
    shown = {notice.code for notice in answer.notices}
    absent = [code for code in expect.notices if code not in shown]
    problems += [f"缺少提示 {code}（已有 {'、'.join(sorted(shown)) or '无'}）" for code in absent]
    return not absent


def _outdated(citation: Citation, answer: Answer) -> str | None:
    """What is wrong with the version cited, if anything."""
    shown = {notice.code for notice in answer.notices}
    if citation.status != "in_force" and not SAYS_SO[citation.status] & shown:
        return f"[{citation.marker}] {citation.clause_id} 状态为 {citation.status} 而没有提示"
    if citation.document_id in ELSEWHERE and "other_jurisdiction" not in shown | _asked(answer):
        return f"[{citation.marker}] {citation.clause_id} 是外地文本而没有提示"
    if citation.status == "in_force" and not may_bind(citation, answer.as_of):
        return (
            f"[{citation.marker}] {citation.clause_id} 在 {answer.as_of} 并不有效，却标为现行有效"
        )
    return None


def _asked(answer: Answer) -> set[str]:
    # An answer that speaks of Jinhua itself need not say that Jinhua is another place.
    return {"other_jurisdiction"} if "金华" in answer.jurisdiction else set()


def may_bind(citation: Citation, day: date) -> bool:
    """Whether the quote can be in force that day, by the table above."""
    if citation.document_id in DRAFTS | INTERPRETATIONS:
        return False
    quote = squeeze(citation.quote)
    return all(
        rule.first <= day <= rule.last
        for rule in BINDING
        if rule.notice_id == citation.document_id and rule.phrase in quote
    )


def _stray(expect: Expectation, answer: Answer, problems: list[str]) -> bool:
    if "draft" in expect.notices:
        return False
    strays = [c.clause_id for c in answer.citations if c.document_id in DRAFTS | ELSEWHERE]
    if strays:
        problems.append(f"没有问到却引用了征求意见稿或外地文本：{'、'.join(strays)}")
    return bool(strays)


def _within(found: str, gold: str) -> bool:
    return found == gold or found.startswith(f"{gold}__")
