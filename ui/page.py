"""The chat page, drawn with Gradio's blocks and our own markup and style."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.client import ServiceClient, ServiceProblemError, checked_day
from ui.render import Turn, render_talk

if TYPE_CHECKING:
    import gradio as gr

ASSETS = Path(__file__).parent / "assets"
TURNS_KEPT = 30
SESSION_S = 3600

HEADER = """<header class="masthead"><h1>嘉兴政策问答</h1>
<p>回答逐条引用公布的文件原文，注明出处与效力。以政府公布的文本为准。</p></header>"""

EXAMPLES = (
    "租房落户要登记满几个月？",
    "父母投靠子女落户有年龄限制吗？",
    "居住证怎样转户籍？",
    "补充医疗保险住院怎么报销？",
    "大专学历可以落户吗？",
)

Step = tuple[list[Turn], str, Any, Any]


def build_blocks(client: ServiceClient) -> "gr.Blocks":
    """The page's components and events."""
    import gradio as gr

    async def ask(
        question: str, as_of: str | None, place: str | None, turns: list[Turn]
    ) -> AsyncIterator[Step]:
        """Show the question at once, then its answer."""
        question = question.strip()
        if not question:
            yield turns, render_talk(turns), gr.skip(), gr.skip()
            return
        earlier = turns[-TURNS_KEPT + 1 :]
        yield turns, render_talk([*earlier, Turn(question)]), "", gr.update(visible=False)
        turns = [*earlier, await _answered(client, question, as_of, place)]
        yield turns, render_talk(turns), gr.skip(), gr.skip()

    with gr.Blocks(title="嘉兴政策问答", analytics_enabled=False, fill_width=True) as blocks:
        turns: gr.State = gr.State([], time_to_live=SESSION_S)
        gr.HTML(HEADER, elem_id="masthead")
        talk = gr.HTML("", elem_id="talk")
        with gr.Column(elem_id="examples") as examples:
            gr.HTML("<h2>可以这样问</h2>")
            choices = [gr.Button(words, elem_classes="example") for words in EXAMPLES]
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="line"):
                question = gr.Textbox(
                    "",
                    label="你的问题",
                    placeholder="例如：租房怎么落户？",
                    max_lines=5,
                    max_length=2000,
                    elem_id="question",
                    scale=5,
                )
                send = gr.Button("提问", variant="primary", elem_id="send", scale=1, min_width=88)
            with gr.Accordion("换个日期或地方", open=False, elem_id="where-when"), gr.Row():
                as_of = gr.Textbox(
                    "",
                    label="按哪一天的规定（不填即今天）",
                    placeholder="2024-08-01",
                    elem_id="as-of",
                )
                place = gr.Textbox(
                    "", label="哪个地方（不填即嘉兴市）", placeholder="嘉兴市", elem_id="place"
                )
        given, shown = [as_of, place, turns], [turns, talk, question, examples]
        options: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": 16,
        }
        for event in (question.submit, send.click):
            event(ask, [question, *given], shown, **options).then(None, js=SHOW_LATEST)
        for choice in choices:
            choice.click(ask, [choice, *given], shown, **options).then(None, js=SHOW_LATEST)
    return blocks  # type: ignore[no-any-return]


async def _answered(
    client: ServiceClient, question: str, as_of: str | None, place: str | None
) -> Turn:
    try:
        day = checked_day(as_of or "")
        answer = await client.ask(question, day, (place or "").strip() or None)
    except ServiceProblemError as problem:
        return Turn(question, problem=problem.message)
    return Turn(question, answer=answer)


SHOW_LATEST = """() => {
  const turns = document.querySelectorAll('#talk .turn');
  if (turns.length) turns[turns.length - 1].scrollIntoView({block: 'start'});
}"""
