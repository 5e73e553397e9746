"""What the page shows before the first question: its standing, and examples by topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.schemas import CorpusState
from ui.markup import attribute, chinese_day, text


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the page is called and offers; `home` is the place that is meant where none is named."""

    home: str
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The page's name."""
        return f"{self.home.removesuffix('市')}政策问答"


_VIEWS = (("ask", "提问"), ("check", "资格自测"))
TELLING = '<p id="heard" class="sr" role="status" aria-live="polite"></p>'
"""Where what changes is told to who cannot see it; drawn once, or it would be told no longer."""


def render_masthead(name: str, corpus: CorpusState | None) -> str:
    """Name, standing, the two views, and what makes reading easier."""
    views = "".join(
        f'<button type="button" data-view="{view}" aria-pressed="{str(view == "ask").lower()}">'
        f"{label}</button>"
        for view, label in _VIEWS
    )
    return (
        f'<header class="masthead"><div class="masthead-line"><h1>{text(name)}</h1>'
        '<div class="reading" role="group" aria-label="阅读方式">'
        '<button type="button" data-preference="size" aria-pressed="false">大字</button>'
        '<button type="button" data-preference="contrast" aria-pressed="false">高对比</button>'
        "</div></div>"
        f"<p>回答逐条引用公布的文件原文。以政府公布的文本为准。{_freshness(corpus)}</p>"
        f'<div class="views" role="group" aria-label="页面">{views}</div></header>'
    )


def _freshness(corpus: CorpusState | None) -> str:
    if corpus is None or corpus.verified_on is None:
        return ""
    day = chinese_day(corpus.verified_on)
    return f'<span class="fresh">资料核对到{day}，之后的变化没有收录。</span>'


def render_welcome(examples: Mapping[str, Sequence[str]]) -> str:
    """Questions to begin with; a tap asks one."""
    topics = "".join(
        f"<section><h3>{text(topic)}</h3><ul>{''.join(map(_example, questions))}</ul></section>"
        for topic, questions in examples.items()
    )
    offered = f'<h2>可以这样问</h2><div class="topics">{topics}</div>' if topics else ""
    return f'<div id="examples">{offered}<p class="hint">不用写姓名、证件号码和电话号码。</p></div>'


def _example(words: str) -> str:
    return (
        f'<li><button type="button" class="example" data-act="example" '
        f'data-value="{attribute(words)}">{text(words)}</button></li>'
    )
