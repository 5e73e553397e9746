"""Every example runs, and prints what the documents say it prints."""

from pathlib import Path

from tests.docs.conftest import EXAMPLES, Run

QUOTE = (
    "「租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的,允许本人及其共同居住生活的配偶、"
    "子女、父母持《房屋租赁登记备案证明》等材料在租赁住房所在地申请落户。」"
)


def test_the_openai_client_gets_text_stream_conversation_and_its_own_errors(
    run: Run, address: str
) -> None:
    told = run("openai_client.py", address)
    whole, streamed = told.split("== 整个的\n")[1].split("== 边写边发\n")
    text = whole.split("依据：")[0]
    assert streamed.startswith(text)
    assert f"{QUOTE}\n原文：{address}/source/jx-gbo-2024-16__sec_1?start=" in text
    assert "依据： 嘉政办发〔2024〕16号 一、进一步放宽租赁落户 in_force" in whole
    assert "引文数： 1" in streamed
    assert "能落户吗 → clarify ['undetermined']" in streamed
    assert "七个月 → verdict ['eligible']" in streamed
    assert "400 「messages.0.content」里有图片" in streamed


def test_chat_openai_gets_the_same_whole_and_as_a_stream(run: Run, address: str) -> None:
    told = run("chat_openai.py", address)
    whole, rest = told.split("完成： stop\n")
    assert QUOTE in whole
    assert rest.startswith(whole)
    assert "符合「租赁落户」的条件" in rest
    assert "2021年5月1日" in rest


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
