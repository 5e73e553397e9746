"""`assistant ingest`: each file is reported, and one that fails makes the exit code 1."""

from pathlib import Path

import typer
from typer.testing import CliRunner

from assistant.commands.ingest import ingest_command
from tests.ingest.conftest import corpus
from tests.ingest.formats import DATA, docx_file, paragraphs_of

__all__ = ["corpus"]


def run(corpus: Path, *arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(ingest_command)
    options = ["--corpus", str(corpus), "--eval-dir", str(corpus.parent / "eval")]
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, [*arguments, *options])
    return result.exit_code, result.output


def test_a_notice_is_reported_with_what_to_check(corpus: Path) -> None:
    code, output = run(corpus, str(DATA / "sections.txt"))
    assert code == 0
    assert "云政办发〔2025〕7号" in output
    assert "2025-03-01 至 2028-02-29" in output
    assert "请核对：没有找到公布日期" in output
    assert len(list((corpus / "notices").rglob("*.yaml"))) == 1


def test_each_file_is_reported_and_one_failure_sets_the_exit_code(
    corpus: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    word = tmp_path / "好.docx"
    word.write_bytes(docx_file(paragraphs_of("articles")))
    code, output = run(corpus, str(empty), str(word), str(tmp_path / "无.txt"))
    assert code == 1
    assert "空.pdf：文件是空的" in output
    assert "无.txt：找不到文件" in output
    assert "云汐市公共图书馆服务办法" in output
    assert [path.suffix for path in sorted((corpus / "sources").iterdir())] == [".docx", ".txt"]


def test_a_duplicate_points_to_replace_and_replace_lists_the_changes(
    corpus: Path, tmp_path: Path
) -> None:
    run(corpus, str(DATA / "sections.txt"))
    changed = tmp_path / "更正.txt"
    text = (DATA / "sections.txt").read_text(encoding="utf-8").replace("2000元", "2500元")
    changed.write_text(text, encoding="utf-8")
    code, output = run(corpus, str(changed))
    assert code == 1
    assert "--replace" in output
    code, output = run(corpus, str(changed), "--replace")
    assert code == 0
    assert "2000元" in output
    assert "2500元" in output


def test_a_place_can_be_given_by_name_and_a_wrong_one_is_an_error(corpus: Path) -> None:
    code, output = run(corpus, str(DATA / "sections.txt"), "--jurisdiction", "亚特兰蒂斯")
    assert code == 1
    assert "不认识地名" in output
    code, _ = run(corpus, str(DATA / "sections.txt"), "--jurisdiction", "云海省")
    assert code == 0
    assert [path.name for path in (corpus / "notices").iterdir()] == ["990000"]
