"""The citizen's page, drawn with Gradio's blocks and our own markup and style."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.checkdesk import CheckDesk
from ui.client import ServiceClient, ServiceProblemError
from ui.render import render_draft, render_talk
from ui.talk import (
    Message,
    Turn,
    answering,
    conversation_of,
    latest_answered,
    tapped,
    typed,
    waiting,
)
from ui.welcome import NAME, render_masthead

if TYPE_CHECKING:
    import gradio as gr

ASSETS = Path(__file__).parent / "assets"
TURNS_KEPT = 30
SESSION_S = 3600

Step = tuple[Any, ...]
"""Turns, conversation, draft, question, 重新开始: what an event changes, in that order."""


def build_blocks(client: ServiceClient) -> "gr.Blocks":
    """The page's components and events."""
    import gradio as gr

    desk = CheckDesk(client)
    same = gr.skip()

    async def told(
        message: Message, as_of: str | None, place: str | None, turns: list[Turn], *, clear: bool
    ) -> AsyncIterator[Step]:
        """Show the message at once, then its answer as it comes about."""
        earlier = turns[-TURNS_KEPT + 1 :]
        talk = same if earlier else ""  # the examples make room
        box = "" if clear else same
        turn = waiting(message)
        yield same, talk, render_draft(turn), box, gr.update(visible=True)
        async for turn in answering(client, message, earlier, as_of or "", place or ""):
            if turn.answer is None and turn.problem is None:
                yield same, same, render_draft(turn), same, same
        turns = [*earlier, turn]
        yield turns, render_talk(turns), "", same, same

    async def ask(
        question: str, as_of: str | None, place: str | None, turns: list[Turn]
    ) -> AsyncIterator[Step]:
        """A sentence that was typed."""
        if not question.strip():
            yield turns, render_talk(turns), "", same, same
            return
        async for step in told(typed(question.strip()), as_of, place, turns, clear=True):
            yield step

    async def tap(
        as_of: str | None, place: str | None, turns: list[Turn], event: gr.EventData
    ) -> AsyncIterator[Step]:
        """An example, or a control of the latest answer."""
        act = _act(event._data)
        try:
            message = tapped(act, turns)
        except ServiceProblemError as problem:
            turns = [*turns, Turn(act.get("value", ""), problem=problem.message)]
            yield turns, render_talk(turns), "", same, same
            return
        async for step in told(message, as_of, place, turns, clear=False):
            yield step

    async def restart(turns: list[Turn]) -> Step:
        """Forget the conversation, here and in the service."""
        conversation = conversation_of(turns)
        if conversation is not None:
            await client.forget(conversation)
        return [], render_talk([]), "", "", gr.update(visible=False)

    async def check(turns: list[Turn], event: gr.EventData) -> tuple[Any, Any]:
        """The form of another rule, or the verdict on what it holds now."""
        latest = latest_answered(turns)
        known = latest.answer.facts if latest and latest.answer else {}
        form, verdict = await desk.heard(event._data, known)
        return same if form is None else form, verdict

    async def standing() -> str:
        """The masthead, with how fresh the corpus is now."""
        return render_masthead(await client.corpus())

    with gr.Blocks(title=NAME, analytics_enabled=False, fill_width=True) as blocks:
        turns: gr.State = gr.State([], time_to_live=SESSION_S)
        masthead = gr.HTML(render_masthead(None), elem_id="masthead")
        with gr.Column(elem_id="ask-view"):
            talk = gr.HTML(render_talk([]), elem_id="talk", js_on_load=_script("talk.js"))
            draft = gr.HTML("", elem_id="draft", js_on_load=_script("draft.js"))
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
                    send = gr.Button("提问", variant="primary", elem_id="send", scale=1)
                with gr.Column(elem_id="tools"):
                    with gr.Accordion("换个日期或地方", open=False, elem_id="where-when"), gr.Row():
                        as_of = gr.Textbox(
                            "",
                            label="按哪一天的规定（不填即今天）",
                            placeholder="2024-08-01",
                            elem_id="as-of",
                        )
                        place = gr.Textbox(
                            "",
                            label="哪个地方（不填即嘉兴市）",
                            placeholder="嘉兴市",
                            elem_id="place",
                        )
                    anew = gr.Button("重新开始", elem_id="restart", visible=False)
        with gr.Column(elem_id="check-view"):
            form = gr.HTML("", elem_id="check", js_on_load=_script("check.js"))
            verdict = gr.HTML("", elem_id="check-verdict", js_on_load=_script("verdict.js"))
        given, shown = [as_of, place, turns], [turns, talk, draft, question, anew]
        options: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": 16,
        }
        for event in (question.submit, send.click):
            event(ask, [question, *given], shown, **options).then(None, js=SHOW_LATEST)
        talk.submit(tap, given, shown, **options).then(None, js=SHOW_LATEST)
        anew.click(restart, [turns], shown, **options).then(None, js=SHOW_START)
        form.submit(check, [turns], [form, verdict], trigger_mode="always_last", **options)
        blocks.load(standing, None, [masthead], **options)
    return blocks  # type: ignore[no-any-return]


def _script(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def _act(data: Any) -> Mapping[str, str]:
    """What was tapped, from a browser that may send anything."""
    if not isinstance(data, dict):
        return {}
    return {str(name): value for name, value in data.items() if isinstance(value, str)}


SHOW_LATEST = "() => window.policyPage.showLatest()"
SHOW_START = "() => window.policyPage.showStart()"
