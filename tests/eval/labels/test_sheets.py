"""Labelling sheets: round trips, byte for byte; nothing that a spreadsheet would run; clear errors."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from eval.labels.model import LabelError, Row, read_labels, rows_of, write_labels
from eval.labels.sheets import COLUMNS, labels_of, read_sheet, write_sheet
from eval.running.results import ItemResult, Provenance, RunResult, TurnResult

KINDS = pytest.mark.parametrize("ending", [".csv", ".xlsx"])
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t"), max_size=20
)


def row(**changes: object) -> Row:
    plain = {
        "id": "p-1",
        "turn": 1,
        "question": "租房落户要登记多久",
        "as_of": "2026-11-22",
        "answer": "满六个月[1]。\n「连续居住登记满六个月的」[1]",
        "quotes": "[1] 通知 一（jx-gbo-2024-16__sec_1）：「连续居住登记满六个月的」",
    }
    return Row.model_validate(plain | changes)


@KINDS
def test_a_sheet_comes_back_as_it_was_and_is_written_alike(ending: str, tmp_path: Path) -> None:
    rows = [row(), row(id="p-2", verdict="错误", missing_clauses="a__b", note="缺一条", by="甲")]
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    write_sheet(first, rows)
    assert read_sheet(first) == rows
    write_sheet(second, read_sheet(first))
    assert first.read_bytes() == second.read_bytes()


@KINDS
@given(question=WORDS, note=WORDS)
def test_any_words_survive_a_sheet(
    ending: str, question: str, note: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sheet") / f"a{ending}"
    rows = [row(question=question, note=note)]
    write_sheet(path, rows)
    assert read_sheet(path) == rows


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "=cmd|' /C calc'!A0"]
)
@KINDS
def test_no_cell_is_a_formula(ending: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    write_sheet(path, [row(question=text, answer=text, note=text)])
    if ending == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for line in csv.reader(file) for cell in line]
    else:
        sheet = load_workbook(path).worksheets[0]
        assert "f" not in {cell.data_type for line in sheet.iter_rows() for cell in line}
        cells = [str(cell.value or "") for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert read_sheet(path)[0].question == text


def test_excel_is_told_that_a_csv_is_utf_8(tmp_path: Path) -> None:
    write_sheet(tmp_path / "a.csv", [row()])
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_csv_saved_by_chinese_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(path, [row(verdict="正确")])
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert read_sheet(path) == [row(verdict="正确")]


def test_labels_filled_in_become_labels_and_go_back_on_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    given_rows = [
        row(verdict="部分正确", missing_clauses="a__b，c__d", note="缺", by="甲"),
        row(id="p-2"),
    ]
    write_sheet(path, given_rows)
    labels = labels_of(read_sheet(path), path, {"a__b", "c__d"})
    (label,) = labels
    assert (label.verdict, label.missing_clauses, label.by) == ("partly", ("a__b", "c__d"), "甲")
    write_labels(tmp_path / "a.jsonl", labels)
    assert read_labels(tmp_path / "a.jsonl") == labels
    answer = {"as_of": "2026-11-22", "text": given_rows[0].answer, "citations": []}
    turn = TurnResult(passed=True, question="租房落户要登记多久", answer=answer)
    item = ItemResult(
        id="p-1", set_name="policy", category="policy", split="dev", tags=(), turns=(turn,)
    )
    (again,) = rows_of(RunResult(provenance=Provenance(), items=(item,)), labels)
    assert (again.verdict, again.missing_clauses, again.note) == ("部分正确", "a__b c__d", "缺")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"verdict": "对"}, "第 2 行.*判定「对」不对", id="verdict"),
        pytest.param({"verdict": "错误", "missing_clauses": "x"}, "没有条款 x", id="clause"),
        pytest.param({"note": "缺一条"}, "却没有判定", id="no_verdict"),
    ],
)
def test_what_is_filled_in_wrongly_is_named_by_its_row(
    changes: dict[str, str], message: str, tmp_path: Path
) -> None:
    with pytest.raises(LabelError, match=message):
        labels_of([row(**changes)], tmp_path / "a.csv", {"a"})


def test_an_answer_labelled_twice_on_one_sheet_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"第 3 行.*出现了两次"):
        labels_of([row(verdict="正确"), row(verdict="错误")], tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param("a.csv", "编号,问题\n".encode(), "缺少列 第几轮", id="columns"),
        pytest.param("a.csv", b"", "缺少列", id="empty"),
        pytest.param("a.csv", b"\xff\xff\xff", "不是 UTF-8 或 GB18030", id="encoding"),
        pytest.param("a.xlsx", b"nothing", "不是能读的 XLSX", id="no_workbook"),
        pytest.param("a.ods", b"", "只会读", id="another_kind"),
        pytest.param("none.csv", None, "没有这个文件", id="absent"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(
    name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(LabelError, match=message):
        read_sheet(tmp_path / name)


def test_the_turn_must_be_a_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_sheet(path, [row()])
    text = path.read_text(encoding="utf-8-sig").replace("p-1,1,", "p-1,甲,")
    path.write_text(text, encoding="utf-8-sig")
    with pytest.raises(LabelError, match="第 2 行：「第几轮」须是数字"):
        read_sheet(path)


def test_every_field_has_a_column() -> None:
    assert COLUMNS.keys() == Row.model_fields.keys()
