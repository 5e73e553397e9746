"""Labelling sheets as CSV and XLSX: for Excel, safe to open, and the same bytes for the same rows.

A cell that begins like a formula is given an apostrophe, which is taken off again on reading, so
that nothing a person typed into a question is ever run by a spreadsheet.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from eval.labels.model import VERDICTS, Label, LabelError, Row

COLUMNS = {
    "id": "编号",
    "turn": "第几轮",
    "question": "问题",
    "as_of": "按哪天",
    "answer": "答复",
    "quotes": "引文",
    "verdict": "判定",
    "missing_clauses": "缺的条款",
    "note": "备注",
    "by": "标注人",
}
_WIDTHS = {"question": 40, "answer": 70, "quotes": 70, "missing_clauses": 30, "note": 30}
_FORMULA = re.compile(r"['=+\-@\t]")
_FIXED = datetime(2024, 8, 1)  # noqa: DTZ001  spreadsheets keep no zone
_STAMP = (2024, 8, 1, 0, 0, 0)
_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_sheet(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as CSV or XLSX, by the file's ending; raises LabelError for another."""
    writers: dict[str, Callable[[Path, Sequence[Row]], None]] = {
        ".csv": _write_csv,
        ".xlsx": _write_xlsx,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise LabelError([f"{path}：只会写 .csv 和 .xlsx，请改文件名。"])
    path.parent.mkdir(parents=True, exist_ok=True)
    writer(path, rows)


def read_sheet(path: Path) -> list[Row]:
    """The rows of a sheet, filled in or not; raises LabelError."""
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise LabelError([f"{path}：只会读 .csv 和 .xlsx。"])
    if not path.is_file():
        raise LabelError([f"{path}：没有这个文件，请核对路径。"])
    lines = [line for line in reader(path) if any(line)]
    titles = list(COLUMNS.values())
    if not lines or [title for title in titles if title not in lines[0]]:
        absent = [title for title in titles if not lines or title not in lines[0]]
        raise LabelError([f"{path}：第一行缺少列 {'、'.join(absent)}；请用导出的表填写。"])
    places = {name: lines[0].index(title) for name, title in COLUMNS.items()}
    rows, problems = [], []
    for number, line in enumerate(lines[1:], start=2):
        cells = {
            name: _unescaped(line[at]) if at < len(line) else "" for name, at in places.items()
        }
        turn = cells.pop("turn")
        if turn.isascii() and turn.isdigit():
            rows.append(Row(turn=int(turn), **cells))
        else:
            problems.append(f"{path} 第 {number} 行：「第几轮」须是数字（现为「{turn}」）。")
    if problems:
        raise LabelError(problems)
    return rows


def labels_of(
    rows: Sequence[Row], path: Path, known: Collection[str] | None = None
) -> tuple[Label, ...]:
    """The labels filled in; rows without one are left out. `known`: clauses that there are."""
    by_name = {title: verdict for verdict, title in VERDICTS.items()}
    labels: list[Label] = []
    problems: list[str] = []
    seen: set[tuple[str, int]] = set()
    for number, row in enumerate(rows, start=2):
        written = row.verdict.strip()
        where = f"{path} 第 {number} 行（{row.id} 第 {row.turn} 轮）"
        if (row.id, row.turn) in seen:
            problems.append(f"{where}：同一个答复出现了两次，请删去一行。")
        seen.add((row.id, row.turn))
        if not written:
            if row.note.strip() or row.missing_clauses.strip():
                problems.append(f"{where}：写了备注或缺的条款，却没有判定。")
            continue
        if written not in by_name:
            problems.append(f"{where}：判定「{written}」不对，须是 {'、'.join(by_name)}。")
            continue
        clauses = tuple(re.findall(r"[^\s，、；,;]+", row.missing_clauses))
        problems += [
            f"{where}：没有条款 {clause}，请填条款编号（答复的引文里括号中的那种）。"
            for clause in clauses
            if known is not None and clause not in known
        ]
        labels.append(
            Label(
                id=row.id,
                turn=row.turn,
                verdict=by_name[written],
                missing_clauses=clauses,
                note=row.note.strip(),
                by=row.by.strip(),
            )
        )
    if problems:
        raise LabelError(problems)
    return tuple(labels)


def _cells(row: Row) -> list[str]:
    values = row.model_dump()
    return [_escaped(str(values[name])) for name in COLUMNS]


def _escaped(text: str) -> str:
    plain = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{plain}" if _FORMULA.match(plain) else plain


def _unescaped(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain[1:] if plain.startswith("'") and _FORMULA.match(plain[1:]) else plain


def _write_csv(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel of UTF-8
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS.values())
        writer.writerows(_cells(row) for row in rows)


def _read_csv(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")  # what Excel in Chinese writes unless told otherwise
        except UnicodeDecodeError:
            raise LabelError([f"{path}：不是 UTF-8 或 GB18030 编码的 CSV，请另存。"]) from None
    yield from csv.reader(io.StringIO(text, newline=""))


def _write_xlsx(path: Path, rows: Sequence[Row]) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.properties.creator = ""
    book.properties.created = _FIXED
    sheet = book.worksheets[0]
    sheet.title = "标注"
    sheet.freeze_panes = "C2"
    top = Alignment(wrap_text=True, vertical="top")
    for place, (name, title) in enumerate(COLUMNS.items(), start=1):
        sheet.cell(1, place, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 12)
    for number, row in enumerate(rows, start=2):
        for place, text in enumerate(_cells(row), start=1):
            cell = sheet.cell(number, place, text)
            cell.data_type = "s"  # never a formula
            cell.alignment = top
    choices = DataValidation(type="list", formula1=f'"{",".join(VERDICTS.values())}"')
    choices.error = f"请填 {'、'.join(VERDICTS.values())}"
    verdicts = get_column_letter(list(COLUMNS).index("verdict") + 1)
    choices.add(f"{verdicts}2:{verdicts}{max(2, len(rows) + 1)}")
    sheet.add_data_validation(choices)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_undated(buffer.getvalue()))


def _undated(book: bytes) -> bytes:
    """The same workbook without the moment at which it was written."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w") as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _DATES.sub(rb"\g<1>2024-08-01T00:00:00Z\g<2>", part)
            new.writestr(entry, part)
    return written.getvalue()


def _read_xlsx(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise LabelError(
            [f"{path}：不是能读的 XLSX（{error}），请另存为 .xlsx 或 .csv。"]
        ) from error
    try:
        for line in book.worksheets[0].iter_rows(values_only=True):
            yield ["" if value is None else _text(value) for value in line]
    finally:
        book.close()


def _text(value: object) -> str:
    """A cell as text: a spreadsheet may have made a number or a day of it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
