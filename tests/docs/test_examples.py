"""Every example runs, and prints what the documents say it prints."""

from pathlib import Path

from tests.docs.conftest import EXAMPLES, Run


def test_the_mcp_client_is_asked_back_and_gets_a_verdict_with_its_quotes(run: Run) -> None:
    told = run("mcp_client.py")
    assert "ask_policy、search_clauses、get_clause、list_rules、decide" in told
    assert "clarify" in told
    assert "裁决： eligible" in told
    assert "嘉政办发〔2024〕16号「在浙江省范围内连续居住登记满六个月的」" in told


def test_the_chain_words_an_answer_from_quotes_that_bear_their_sources(run: Run) -> None:
    told = run("retriever_chain.py")
    shown = (EXAMPLES.parent / "integrations.md").read_text("utf-8")
    example = shown.split("$ python docs/examples/retriever_chain.py\n")[1].split("```")[0]
    assert told.startswith(example)
    assert "2021年5月1日： 嘉政办发〔2020〕28号" in told


def test_every_example_is_told_of_and_run_here() -> None:
    told = (EXAMPLES.parent / "integrations.md").read_text("utf-8")
    tests = Path(__file__).read_text("utf-8")
    for example in EXAMPLES.glob("*.py"):
        assert f"(examples/{example.name})" in told
        assert f'run("{example.name}"' in tests
