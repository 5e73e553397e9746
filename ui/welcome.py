"""What the page shows before the first question: its standing, and examples by topic."""

from collections.abc import Mapping, Sequence

from assistant.schemas import CorpusState
from ui.markup import attribute, chinese_day, text

NAME = "嘉兴政策问答"

EXAMPLES: Mapping[str, Sequence[str]] = {
    "落户": (
        "租房半年了能落户吗？",
        "租房落户要登记满几个月？",
        "父母投靠子女落户有年龄限制吗？",
        "大专学历可以落户吗？",
    ),
    "居住证": ("居住证怎样转户籍？", "外地的居住证在嘉兴能用吗？"),
    "医疗补助和补充医疗保险": (
        "补充医疗保险住院怎么报销？",
        "46岁在职，个人账户每月划多少？",
    ),
    "文件": ("2020年的户籍通知还有效吗？", "16号文从哪天起施行？"),
}

_VIEWS = (("ask", "提问"), ("check", "资格自测"))


def render_masthead(corpus: CorpusState | None) -> str:
    """Name, standing, the two views, and what makes reading easier."""
    views = "".join(
        f'<button type="button" data-view="{view}" aria-pressed="{str(view == "ask").lower()}">'
        f"{name}</button>"
        for view, name in _VIEWS
    )
    return (
        f'<header class="masthead"><div class="masthead-line"><h1>{NAME}</h1>'
        '<div class="reading" role="group" aria-label="阅读方式">'
        '<button type="button" data-preference="size" aria-pressed="false">大字</button>'
        '<button type="button" data-preference="contrast" aria-pressed="false">高对比</button>'
        "</div></div>"
        f"<p>回答逐条引用公布的文件原文。以政府公布的文本为准。{_freshness(corpus)}</p>"
        f'<div class="views" role="group" aria-label="页面">{views}</div></header>'
        '<p id="heard" class="sr" role="status" aria-live="polite"></p>'
    )


def _freshness(corpus: CorpusState | None) -> str:
    if corpus is None or corpus.verified_on is None:
        return ""
    day = chinese_day(corpus.verified_on)
    return f'<span class="fresh">资料核对到{day}，之后的变化没有收录。</span>'


def render_welcome() -> str:
    """Questions to begin with; a tap asks one."""
    topics = "".join(
        f"<section><h3>{text(topic)}</h3><ul>{''.join(map(_example, questions))}</ul></section>"
        for topic, questions in EXAMPLES.items()
    )
    return (
        f'<div id="examples"><h2>可以这样问</h2><div class="topics">{topics}</div>'
        '<p class="hint">不用写姓名、证件号码和电话号码。</p></div>'
    )


def _example(words: str) -> str:
    return (
        f'<li><button type="button" class="example" data-act="example" '
        f'data-value="{attribute(words)}">{text(words)}</button></li>'
    )
