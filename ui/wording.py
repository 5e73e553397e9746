"""What of an answer is said in words, where its quotes are shown beside it."""

import re

from assistant.schemas import Answer, Citation, Notice

_MARKER = re.compile(r"\[\d{1,3}\]")
_JOINTS = re.compile(r"[\s：:，,。「」《》〈〉（）()]+")


def book_title(title: str) -> str:
    """A title in its marks; marks inside it become the inner ones."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def spoken_lines(answer: Answer) -> list[str]:
    """The lines of the text that say more than the quotes, which stand beneath, already show."""
    lines = [line.strip() for line in answer.text.split("\n") if line.strip()]
    shown = [notice.text for notice in _next_steps(answer)]
    spoken = [
        line
        for line in lines
        if not any(_only_cites(line, citation) for citation in answer.citations)
        and not any(text in line for text in shown)
    ]
    return spoken or lines or [answer.text]


def unsaid_notices(answer: Answer) -> list[Notice]:
    """The notices that the lines spoken have not given word for word."""
    said = "\n".join(spoken_lines(answer))
    return [notice for notice in answer.notices if notice.text not in said]


def _next_steps(answer: Answer) -> list[Notice]:
    """Whom to ask after a refusal: worth a place of its own, not a line among others."""
    if answer.kind != "refuse":
        return []
    return [notice for notice in answer.notices if notice.code == "handoff"]


def _only_cites(line: str, citation: Citation) -> bool:
    """Whether the line is an address and its quote, and nothing else."""
    if citation.quote not in line:
        return False
    rest = _MARKER.sub("", line).replace(citation.quote, "")
    for known in (citation.label, citation.doc_number, citation.title):
        rest = rest.replace(known or "", "")
    return not _JOINTS.sub("", rest)
