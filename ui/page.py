"""The chat page, drawn with Gradio's blocks and our own markup and style."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.client import ServiceClient, ServiceProblemError
from ui.render import render_talk
from ui.talk import Message, Turn, answered, conversation_of, tapped, typed, waiting

if TYPE_CHECKING:
    import gradio as gr

ASSETS = Path(__file__).parent / "assets"
TURNS_KEPT = 30
SESSION_S = 3600

HEADER = """<header class="masthead"><h1>嘉兴政策问答</h1>
<p>回答逐条引用公布的文件原文，注明出处与效力。以政府公布的文本为准。</p></header>
<p id="heard" class="sr" role="status" aria-live="polite"></p>"""

EXAMPLES = (
    "租房半年了能落户吗？",
    "租房落户要登记满几个月？",
    "父母投靠子女落户有年龄限制吗？",
    "居住证怎样转户籍？",
    "补充医疗保险住院怎么报销？",
    "大专学历可以落户吗？",
)
PRIVACY = '<p class="hint">不用写姓名、证件号码和电话号码。</p>'

Step = tuple[list[Turn], str, Any, Any, Any]


def build_blocks(client: ServiceClient) -> "gr.Blocks":
    """The page's components and events."""
    import gradio as gr

    async def told(
        message: Message, as_of: str | None, place: str | None, turns: list[Turn], *, clear: bool
    ) -> AsyncIterator[Step]:
        """Show the message at once, then its answer."""
        earlier = turns[-TURNS_KEPT + 1 :]
        box = "" if clear else gr.skip()
        shown, hidden = gr.update(visible=True), gr.update(visible=False)
        yield turns, render_talk([*earlier, waiting(message)]), box, hidden, shown
        turn = await answered(client, message, earlier, as_of or "", place or "")
        turns = [*earlier, turn]
        yield turns, render_talk(turns), gr.skip(), gr.skip(), gr.skip()

    async def ask(
        question: str, as_of: str | None, place: str | None, turns: list[Turn]
    ) -> AsyncIterator[Step]:
        """A sentence that was typed, or an example."""
        if not question.strip():
            yield turns, render_talk(turns), gr.skip(), gr.skip(), gr.skip()
            return
        async for step in told(typed(question.strip()), as_of, place, turns, clear=True):
            yield step

    async def tap(
        as_of: str | None, place: str | None, turns: list[Turn], event: gr.EventData
    ) -> AsyncIterator[Step]:
        """A control of the latest answer."""
        act = _act(event._data)
        try:
            message = tapped(act, turns)
        except ServiceProblemError as problem:
            turns = [*turns, Turn(act.get("value", ""), problem=problem.message)]
            yield turns, render_talk(turns), gr.skip(), gr.skip(), gr.skip()
            return
        async for step in told(message, as_of, place, turns, clear=False):
            yield step

    async def restart(turns: list[Turn]) -> Step:
        """Forget the conversation, here and in the service."""
        conversation = conversation_of(turns)
        if conversation is not None:
            await client.forget(conversation)
        return [], "", "", gr.update(visible=True), gr.update(visible=False)

    with gr.Blocks(title="嘉兴政策问答", analytics_enabled=False, fill_width=True) as blocks:
        turns: gr.State = gr.State([], time_to_live=SESSION_S)
        gr.HTML(HEADER, elem_id="masthead")
        talk = gr.HTML("", elem_id="talk", js_on_load=(ASSETS / "talk.js").read_text("utf-8"))
        with gr.Column(elem_id="examples") as examples:
            gr.HTML("<h2>可以这样问</h2>")
            choices = [gr.Button(words, elem_classes="example") for words in EXAMPLES]
            gr.HTML(PRIVACY)
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
            with gr.Column(elem_id="tools"):
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
                anew = gr.Button("重新开始", elem_id="restart", visible=False)
        given, shown = [as_of, place, turns], [turns, talk, question, examples, anew]
        options: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": 16,
        }
        for event in (question.submit, send.click):
            event(ask, [question, *given], shown, **options).then(None, js=SHOW_LATEST)
        for choice in choices:
            choice.click(ask, [choice, *given], shown, **options).then(None, js=SHOW_LATEST)
        talk.submit(tap, given, shown, **options).then(None, js=SHOW_LATEST)
        anew.click(restart, [turns], shown, **options).then(None, js=SHOW_START)
    return blocks  # type: ignore[no-any-return]


def _act(data: Any) -> Mapping[str, str]:
    """What was tapped, from a browser that may send anything."""
    if not isinstance(data, dict):
        return {}
    return {str(name): value for name, value in data.items() if isinstance(value, str)}


SHOW_LATEST = "() => window.policyPage.showLatest()"
SHOW_START = "() => window.policyPage.showStart()"
