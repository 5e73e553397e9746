"""An answer as plain text, for clients that show nothing but text: the reply, then its notes."""

from collections.abc import Callable

from assistant.schemas import NOTICE_NAMES, STATUS_NAMES, Answer, Citation

Link = Callable[[Citation], str]
"""Where a citation can be read in its source."""


def source_link(base_url: str) -> Link:
    """Links to the source viewer of the service at `base_url`, the quote marked there."""
    base = base_url.rstrip("/")

    def link(citation: Citation) -> str:
        where = citation.source
        return f"{base}/source/{citation.clause_id}?start={where.start}&end={where.end}"

    return link


def source_place(citation: Citation) -> str:
    """Where the quote stands in the corpus, for those who have no source viewer."""
    where = citation.source
    return f"{where.file} 第 {where.start} 至 {where.end} 个字符"


def plain_text(answer: Answer, link: Link) -> str:
    """The whole answer as one text."""
    return answer.text + notes(answer, link)


def notes(answer: Answer, link: Link) -> str:
    """What follows the text: notices that it does not give, and the citations by number."""
    said = answer.text
    blocks = [
        f"提示（{NOTICE_NAMES[notice.code]}）：{notice.text}"
        for notice in answer.notices
        if notice.text not in said
    ]
    titled: set[str] = set()
    for citation in answer.citations:
        blocks.append(_note(citation, link, whole=citation.document_id not in titled))
        titled.add(citation.document_id)
    if answer.kind != "chat":
        day, place = answer.as_of.isoformat(), answer.jurisdiction
        blocks.append(f"按 {day}、{place}作答；以政府公布的文本为准。")
    return "".join(f"\n\n{block}" for block in blocks)


def _note(citation: Citation, link: Link, *, whole: bool) -> str:
    return (
        f"[{citation.marker}] {_name(citation, whole=whole)} {citation.label}"
        f"（{STATUS_NAMES[citation.status]}{_period(citation)}）\n"
        f"「{citation.quote}」\n"
        f"原文：{link(citation)}"
    )


def _name(citation: Citation, *, whole: bool) -> str:
    """The notice by title and number; once it was named whole, by its number where it has one."""
    if citation.doc_number and not whole:
        return citation.doc_number
    title = citation.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》" + (f"（{citation.doc_number}）" if citation.doc_number else "")


def _period(citation: Citation) -> str:
    first, last = citation.effective_from, citation.effective_to
    begins = f"自{first.isoformat()}" if first else ""
    ends = f"至{last.isoformat()}" if last else "起" if first else ""
    return f"，{begins}{ends}" if begins or ends else ""
