"""The command line: Chinese, quick to start, with exit codes that scripts can use."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.commands.ask import render
from assistant.commands.corpus import check
from assistant.commands.main import main
from assistant.schemas import Answer
from tests.service.fake import CORPUS, ROOT
from tests.ui.samples import answer

HEAVY = (
    "torch",
    "gradio",
    "chromadb",
    "sentence_transformers",
    "fastapi",
    "uvicorn",
    "tantivy",
    "mcp",
)


@dataclass(frozen=True)
class Told:
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Told]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def run(*arguments: str, **variables: str) -> Told:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return Told(int(ended.value.code or 0), said.out, said.err)

    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    return run


@pytest.mark.parametrize("command", [(), ("ask",), ("index",), ("serve",), ("corpus",)])
def test_help_is_chinese(run: Run, command: tuple[str, ...]) -> None:
    told = run(*command, "--help")
    assert told.returncode == 0
    assert "用法：assistant" in told.stdout
    assert "显示帮助并退出" in told.stdout
    assert not {"Usage", "Options", "Commands", "Show this message"} & set(told.stdout.split())


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['assistant', '--help']\n"
        "from assistant.commands.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["ask", "租房", "--as-of", "2024-02-30"], "2024-02-30", id="no_such_day"),
        pytest.param(["ask", "租房", "--as-of", "20240801"], "20240801", id="day_unhyphened"),
        pytest.param(["ask", "  "], "空白", id="blank_question"),
        pytest.param(["ask", "问" * 2001], "2000", id="long_question"),
        pytest.param(["ask"], "缺少参数 问题", id="no_question"),
        pytest.param(["ask", "租房", "--stray"], "--stray", id="unknown_option"),
        pytest.param(["ask", "租房", "--as-of"], "--as-of", id="option_without_value"),
        pytest.param(["sing"], "没有这个命令", id="unknown_command"),
        pytest.param(["serve", "--port", "99999"], "--port", id="port_out_of_range"),
    ],
)
def test_bad_arguments_exit_2_with_one_chinese_line(
    run: Run, arguments: list[str], complaint: str
) -> None:
    told = run(*arguments)
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.startswith("错误：")
    assert complaint in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_bad_setting_is_named(run: Run) -> None:
    told = run("corpus", ASSISTANT_PORT="many")
    assert told.returncode == 1
    assert "ASSISTANT_PORT" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_setting_that_lacks_its_other_half_is_told_without_its_values(run: Run) -> None:
    told = run(
        "corpus", ASSISTANT_LLM_BASE_URL="http://127.0.0.1:9/v1", ASSISTANT_LLM_API_KEY="k-7"
    )
    assert told.returncode == 1
    assert "要么都填，要么都不填" in told.stderr
    assert "k-7" not in told.stderr


@pytest.mark.parametrize("address", ["localhost:8000/v1", "http://", "8000"])
def test_an_address_without_scheme_or_host_is_told_before_anything_is_asked(
    run: Run, address: str
) -> None:
    told = run("corpus", ASSISTANT_LLM_BASE_URL=address, ASSISTANT_LLM_MODEL="m")
    assert told.returncode == 1
    assert f"ASSISTANT_LLM_BASE_URL 的值「{address}」" in told.stderr


def test_a_home_that_is_no_place_is_told_as_a_setting(run: Run) -> None:
    told = run("ask", "租房落户要登记满几个月？", ASSISTANT_HOME_JURISDICTION="火星")
    assert told.returncode == 1
    assert "ASSISTANT_HOME_JURISDICTION" in told.stderr
    assert "--jurisdiction" not in told.stderr


def test_a_port_in_use_is_told_in_chinese(run: Run) -> None:
    told = run("serve", "--host", "203.0.113.1")  # an address this machine does not have
    assert told.returncode == 1
    assert told.stderr.startswith("错误：不能在 203.0.113.1")


def test_no_command_shows_the_commands(run: Run) -> None:
    told = run()
    assert told.returncode == 0
    assert "命令" in told.stdout + told.stderr


def test_index_then_ask_from_end_to_end(run: Run, tmp_path: Path) -> None:
    var = {"ASSISTANT_VAR_DIR": str(tmp_path), "ASSISTANT_TODAY": "2026-11-22"}
    built, again = run("index", **var), run("index", **var)
    asked = run("ask", "嘉兴租房落户要求居住登记满几个月", "--json", **var)
    plain = run("ask", "嘉兴租房落户要求居住登记满几个月", **var)
    reply = Answer.model_validate(json.loads(asked.stdout))
    assert "索引已建好" in built.stdout
    assert "没有改动" in again.stdout
    assert reply.kind == "answer"
    assert "满六个月" in reply.citations[0].quote
    assert reply.citations[0].doc_number == "嘉政办发〔2024〕16号"
    assert "现行有效" in plain.stdout
    assert "嘉政办发〔2024〕16号" in plain.stdout
    assert run("ask", "租房落户", "--jurisdiction", "乌有市", **var).returncode == 2


def test_the_plain_form_gives_the_quote_once_with_label_number_and_validity() -> None:
    text = "须满六个月[1]。\n某政办发〔2024〕1号 一、范围：「满六个月的」[1]"
    told = render(answer(text=text))
    assert told.count("满六个月的") == 1
    for part in (
        "现行有效",
        "《办法》",
        "某政办发〔2024〕1号",
        "一、范围",
        "按 2026-11-22、嘉兴市",
    ):
        assert part in told


def test_the_corpus_in_the_repository_is_sound(run: Run) -> None:
    told = run("corpus")
    assert told.returncode == 0
    assert "语料库检查通过" in told.stdout


def test_every_fault_of_a_corpus_is_told_at_once(run: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS, corpus)
    source = next((corpus / "sources").glob("*gazette*.txt"))
    source.write_text(source.read_text("utf-8").replace("满六个月", "满三个月", 1), "utf-8")
    (corpus / "notices" / "330400" / "broken.yaml").write_text("notice_id: [", "utf-8")
    (corpus / "sources" / "unused.txt").write_text("无人提到", "utf-8")
    told = run("corpus", "--corpus", str(corpus))
    assert told.returncode == 1
    assert "broken.yaml" in told.stderr
    assert source.name in told.stderr
    assert "sources/unused.txt 没有清单提到" in told.stdout
    assert "Traceback" not in told.stderr


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    findings = list(check(tmp_path / "nowhere"))
    assert [finding.is_error for finding in findings] == [True]
    assert "nowhere" in findings[0].text


def test_keys_that_are_set_and_empty_stop_the_service_rather_than_open_it(run: Run) -> None:
    told = run("serve", "--port", "0", ASSISTANT_API_KEYS=" , ")
    assert told.returncode == 1
    assert "ASSISTANT_API_KEYS" in told.stderr
