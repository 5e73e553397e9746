"""`assistant eval`: from a chosen question to report, comparison and gate; clear complaints."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.commands.main import main

CASE = {
    "id": "x-1",
    "turns": [
        {
            "question": "租房落户要登记多久",
            "expect": {
                "kind": "answer",
                "clauses": ["jx-gbo-2024-16__sec_1"],
                "phrases": ["连续居住登记满六个月"],
            },
        }
    ],
    "tags": ["settlement"],
    "why": "依据：连续居住登记满六个月",
    "split": "dev",
}


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        main(["eval", *arguments])
    return int(done.value.code or 0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for the index and the results, with one question in one set."""
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(tmp_path / "var"))
    (tmp_path / "sets" / "policy").mkdir(parents=True)
    write(tmp_path, CASE)
    return tmp_path


def write(folder: Path, *cases: object) -> Path:
    path = folder / "sets" / "policy" / "cases.jsonl"
    path.write_text("\n".join(json.dumps(c, ensure_ascii=False) for c in cases), encoding="utf-8")
    return path


def evaluated(folder: Path) -> int:
    return run("run", "--sets-root", str(folder / "sets"), "--set", "policy", "--workers", "1")


def test_a_run_leaves_results_a_page_and_junit(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(folder) == 0
    assert "引文逐字" in capsys.readouterr().out
    results = json.loads((folder / "var/eval/results.json").read_text(encoding="utf-8"))
    known = results["provenance"]
    assert all(known[name] for name in ("commit", "corpus_digest", "rule_versions", "embedder"))
    assert known["composers"] == ["extractive"]
    assert results["items"][0]["turns"][0]["passed"]
    assert "评测报告" in (folder / "var/eval/report.html").read_text(encoding="utf-8")
    assert (folder / "var/eval/junit.xml").exists()


def test_two_runs_are_compared_and_a_report_is_written_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluated(folder)
    evaluated(folder)
    assert run("compare", "--fail-on-broken") == 0
    assert "修好 0，弄坏 0" in capsys.readouterr().out
    previous = folder / "var/eval/previous.json"
    assert run("report", "--out", str(folder / "again"), "--against", str(previous)) == 0
    page = (folder / "again" / "report.html").read_text(encoding="utf-8")
    assert "与前一次比较" in page


def test_the_gate_judges_by_its_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evaluated(folder)
    strict = folder / "strict.yaml"
    strict.write_text("all: {latency_p50_ms: {max: 0}}", encoding="utf-8")
    kind = folder / "kind.yaml"
    kind.write_text("all: {quote_fidelity: {min: 1}}", encoding="utf-8")
    results = str(folder / "var/eval")
    assert run("gate", results, "--thresholds", str(kind)) == 0
    assert run("gate", results, "--thresholds", str(strict)) == 1
    assert "把关不通过（1 项）" in capsys.readouterr().out


def test_a_run_over_some_questions_passes_for_no_more_than_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluated(folder)
    bounds = folder / "bounds.yaml"
    bounds.write_text("all: {quote_fidelity: {min: 1}, verdict_accuracy: {min: 1}}", "utf-8")
    assert run("gate", str(folder / "var/eval"), "--thresholds", str(bounds)) == 0
    told = capsys.readouterr().out
    assert "把关通过：1 项" in told
    assert "另有 1 项门槛没有测" in told


def test_what_was_filled_in_is_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluated(folder)
    sheet, cases = folder / "甲.xlsx", folder / "候选.jsonl"
    for command in (("label", "export", str(sheet)), ("candidates", str(cases))):
        assert run(*command) == 0
        path = Path(command[-1])
        path.write_bytes(b"filled in")
        assert run(*command) == 1
        assert "已经有了" in capsys.readouterr().err
        assert path.read_bytes() == b"filled in"
        assert run(*command, "--overwrite") == 0
        assert path.read_bytes() != b"filled in"


def test_an_unsound_set_is_told_by_file_and_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder, CASE, CASE | {"category": "weather"})
    assert run("validate", str(path)) == 1
    told = capsys.readouterr().err
    assert f"{path}:2：编号 x-1 已用在 {path}:1" in told
    assert f"{path}:2：x-1：分类 weather 不在分类表里" in told
    assert evaluated(folder) == 1  # nor is anything measured on it


def test_sound_sets_are_summed_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("validate", "--sets-root", "eval") == 0
    assert "无误" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["run", "--url", "http://127.0.0.1:9"], "没有应答", id="dead_url"),
        pytest.param(["run", "--set", "none"], "没有「none」", id="set"),
        pytest.param(["run", "--split", "train"], "没有「train」", id="split"),
        pytest.param(["run", "--id", "none"], "没有一道题", id="nothing_chosen"),
        pytest.param(["compare", "none.json"], "没有结果文件", id="no_results"),
        pytest.param(["gate", "--thresholds", "none.yaml"], "没有门槛文件", id="no_thresholds"),
        pytest.param(["validate", "none.jsonl"], "读不到这个文件", id="no_set"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    arguments: list[str], message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) in {1, 2}
    assert message in capsys.readouterr().err


def test_help_loads_none_of_the_measuring() -> None:
    code = (
        "import sys; from assistant.commands.main import main\n"
        "try: main(['eval', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'eval', 'scipy', 'numpy', 'ir_measures', 'jinja2', 'sklearn', 'openpyxl'}\n"
        "sys.exit(', '.join(sorted(heavy & sys.modules.keys())) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
