"""A comparison on the terminal: what must be nought first, what is held out only counted."""

from io import StringIO

from rich.console import Console

from eval.measures.comparing import compare
from eval.reporting.changes import show_comparison
from eval.running.results import ItemResult, Provenance, RunResult, TurnResult


def item(name: str, split: str, wrong: int) -> ItemResult:
    turn = TurnResult(passed=not wrong, scores={"wrong_eligible": (wrong, 1)})
    return ItemResult(
        id=name, set_name="eligibility", category="policy", split=split, tags=(), turns=(turn,)
    )


def shown(*, held_out: bool) -> str:
    def run(wrong: int) -> RunResult:
        items = (item("e-dev", "dev", wrong), item("e-held", "test", wrong))
        return RunResult(provenance=Provenance(), items=items, held_out_shown=held_out)

    text = StringIO()
    before, after = run(0), run(1)
    console = Console(file=text, width=200)
    show_comparison(compare(before, after), before, after, console)
    return text.getvalue()


def test_new_wrong_grants_are_named() -> None:
    text = shown(held_out=False)
    assert "误判符合：前 0，后 2" in text
    assert "新的「误判符合」：e-dev\n" in text


def test_what_is_held_out_is_counted_and_not_named() -> None:
    assert "e-held" not in shown(held_out=False)
    assert "新的「误判符合」：留出部分另有 1 题" in shown(held_out=False)
    assert "e-held" in shown(held_out=True)
