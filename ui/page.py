"""The citizen's page, drawn with Gradio's blocks and our own markup and style."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.checkdesk import CheckDesk
from ui.client import ServiceClient, ServiceProblemError
from ui.composer import render_composer
from ui.render import render_draft, render_talk
from ui.talk import (
    Message,
    Turn,
    answering,
    conversation_of,
    latest_answered,
    tapped,
    waiting,
)
from ui.welcome import TELLING, Welcome, render_masthead, render_welcome

if TYPE_CHECKING:
    import gradio as gr

ASSETS = Path(__file__).parent / "assets"
TURNS_KEPT = 30
SESSION_S = 3600

Step = tuple[Any, ...]
"""Turns, conversation, draft: what an event changes, in that order."""


def build_blocks(client: ServiceClient, welcome: Welcome) -> "gr.Blocks":
    """The page's components and events."""
    import gradio as gr

    desk = CheckDesk(client)
    same = gr.skip()

    async def heard(
        turns: list[Turn], event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Step]:
        """A sentence that was typed, an example, or a control of the latest answer."""
        act = _act(event._data)
        if act.get("act") == "restart":
            yield await restart(turns)
            return
        try:
            message = tapped(act, turns)
        except ServiceProblemError as problem:
            turns = [*turns, Turn(act.get("value", ""), problem=problem.message)]
            yield turns, render_talk(turns), ""
            return
        terms = (act.get("as_of", ""), act.get("place", ""), _address(request))
        async for step in told(message, terms, turns):
            yield step

    async def told(
        message: Message, terms: tuple[str, str, str | None], turns: list[Turn]
    ) -> AsyncIterator[Step]:
        """Show the message at once, then its answer as it comes about."""
        earlier = turns[-TURNS_KEPT + 1 :]
        turn = waiting(message)
        yield same, same if earlier else "", render_draft(turn)  # the examples make room
        async for turn in answering(client, message, earlier, *terms):
            if turn.answer is None and turn.problem is None:
                yield same, same, render_draft(turn)
        turns = [*earlier, turn]
        yield turns, render_talk(turns), ""

    async def restart(turns: list[Turn]) -> Step:
        """Forget the conversation, here and in the service."""
        conversation = conversation_of(turns)
        if conversation is not None:
            await client.forget(conversation)
        return [], render_welcome(welcome.examples), ""

    async def check(turns: list[Turn], event: gr.EventData) -> tuple[Any, Any]:
        """The form of another rule, or the verdict on what it holds now."""
        latest = latest_answered(turns)
        known = latest.answer.facts if latest and latest.answer else {}
        form, verdict = await desk.heard(event._data, known)
        return same if form is None else form, verdict

    async def standing() -> str:
        """The masthead, with how fresh the corpus is now."""
        return render_masthead(welcome.name, await client.corpus())

    with gr.Blocks(title=welcome.name, analytics_enabled=False, fill_width=True) as blocks:
        turns: gr.State = gr.State([], time_to_live=SESSION_S)
        masthead = gr.HTML(
            render_masthead(welcome.name, None),
            elem_id="masthead",
            js_on_load=_script("masthead.js"),
        )
        gr.HTML(TELLING, elem_id="telling")
        with gr.Column(elem_id="ask-view"):
            talk = gr.HTML(
                render_welcome(welcome.examples), elem_id="talk", js_on_load=_script("talk.js")
            )
            draft = gr.HTML("", elem_id="draft", js_on_load=_script("draft.js"))
            gr.HTML(
                render_composer(welcome.home), elem_id="composer", js_on_load=_script("composer.js")
            )
        with gr.Column(elem_id="check-view"):
            form = gr.HTML("", elem_id="check", js_on_load=_script("check.js"))
            verdict = gr.HTML("", elem_id="check-verdict", js_on_load=_script("verdict.js"))
        options: dict[str, Any] = {
            "api_visibility": "private",
            "show_progress": "hidden",
            "concurrency_limit": 16,
        }
        talk.submit(heard, [turns], [turns, talk, draft], **options).then(None, js=DONE)
        form.submit(check, [turns], [form, verdict], **options).then(None, js=CHECKED)
        blocks.load(standing, None, [masthead], **options)
    return blocks  # type: ignore[no-any-return]


def _script(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def _act(data: Any) -> Mapping[str, str]:
    """What was tapped, from a browser that may send anything."""
    if not isinstance(data, dict):
        return {}
    return {str(name): value for name, value in data.items() if isinstance(value, str)}


def _address(request: "gr.Request") -> str | None:
    """Where the person's browser is, as the server sees it."""
    return request.client.host if request.client else None


DONE = "() => window.policyPage.done()"
CHECKED = "() => window.policyCheck.done()"
