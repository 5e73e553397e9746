"""What the reader must know beside an answer: one box for each kind of notice."""

from collections.abc import Sequence

from assistant.schemas import NOTICE_NAMES, Notice, NoticeCode
from ui.markup import text, with_telephones


def render_notices(notices: Sequence[Notice]) -> str:
    """The notices, those of one kind together, each text once."""
    if not notices:
        return ""
    texts: dict[NoticeCode, list[str]] = {}
    for notice in notices:
        texts.setdefault(notice.code, []).append(with_telephones(text(notice.text)))
    items = "".join(
        f'<li class="notice {code}"><strong>{NOTICE_NAMES[code]}</strong>'
        f"{''.join(f'<span>{told}</span>' for told in dict.fromkeys(several))}</li>"
        for code, several in texts.items()
    )
    return f'<ul class="notices" aria-label="提示">{items}</ul>'
