"""The question sets as files: reading them with file and line, and choosing cases to run."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import AssistantError
from eval.model import CATEGORIES, TAGS, Case, category_of

SETS = {
    "retrieval": "检索",
    "policy": "据原文答复",
    "eligibility": "资格与金额",
    "missing": "缺事实",
    "dialogues": "多轮",
    "refusals": "拒答与貌似",
}
"""Sets by folder: each is `eval/<name>/cases.jsonl`."""

WORDING = "wording"
"""Scripts of what a language model replies (`eval/wording`), run beside the sets."""

HELD_OUT = "test"
"""The split whose questions and replies are shown only when asked for."""

_SHAPE_MESSAGES = {
    "extra_forbidden": "有不认识的字段 {at}，请对照 eval/README.md 的字段表",
    "missing": "缺少字段 {at}，请补上",
    "literal_error": "字段 {at} 的取值「{given}」不在允许的范围内（可用：{expected}）",
    "string_pattern_mismatch": "字段 {at} 只能用小写字母、数字、下划线和连字符（现为「{given}」）",
    "string_too_short": "字段 {at} 太短，请写完整",
    "string_too_long": "字段 {at} 太长（最多 {max_length} 个字符）",
    "too_short": "字段 {at} 至少要有一项",
    "date_from_datetime_parsing": "字段 {at} 的日期「{given}」不对，须是真实存在的日期，写作 2024-08-01",
    "date_parsing": "字段 {at} 的日期「{given}」不对，须是真实存在的日期，写作 2024-08-01",
    "date_type": "字段 {at} 须是日期，写作 2024-08-01（现为「{given}」）",
    "date_from_datetime_inexact": "字段 {at} 须是日期，不带时刻（现为「{given}」）",
    "string_type": "字段 {at} 须是文字（现为「{given}」）",
    "float_parsing": "字段 {at} 须是数（现为「{given}」）",
    "float_type": "字段 {at} 须是数（现为「{given}」）",
    "dict_type": "字段 {at} 须是对象，写作 {{…}}（现为「{given}」）",
    "tuple_type": "字段 {at} 须是列表，写作 […]（现为「{given}」）",
    "model_type": "{at} 须是对象，写作 {{…}}（现为「{given}」）",
}
_GIVEN_LENGTH = 40


class CaseError(AssistantError):
    """A question set that is not sound; the message lists every problem."""

    def __init__(self, problems: Sequence[str], *, what: str = "题目集") -> None:
        super().__init__(f"{what}有 {len(problems)} 处问题：\n" + "\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Located:
    """A case with the set that it is of and where it stands."""

    case: Case
    set_name: str
    path: Path
    line: int

    @property
    def where(self) -> str:
        """File and line, as editors take them."""
        return f"{self.path}:{self.line}"

    @property
    def category(self) -> str:
        """The category by which figures are given."""
        return category_of(self.case, self.set_name)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cases are meant; an empty field leaves all."""

    sets: tuple[str, ...] = ()
    split: str = "all"
    tags: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def takes(self, found: Located) -> bool:
        """Whether a case is among those meant."""
        case = found.case
        return (
            (not self.sets or found.set_name in self.sets)
            and self.split in {"all", case.split}
            and (not self.tags or bool(set(self.tags) & set(case.tags)))
            and (not self.ids or case.id in self.ids)
            and (not self.categories or found.category in self.categories)
        )


def paths(root: Path = Path("eval"), names: Collection[str] = ()) -> list[Path]:
    """The files of the named sets (default: all) under `root`."""
    return [root / name / "cases.jsonl" for name in SETS if not names or name in names]


def read_sets(files: Sequence[Path]) -> tuple[Located, ...]:
    """Every case of these files; raises CaseError that names every bad line of all of them."""
    found: list[Located] = []
    problems: list[str] = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            problems.append(f"{path}：读不到这个文件（{error.strerror}），请核对路径。")
            continue
        except UnicodeDecodeError:
            problems.append(f"{path}：不是 UTF-8 编码的文字，请另存为 UTF-8。")
            continue
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                case = Case.model_validate_json(line, strict=False)
            except ValidationError as error:
                problems += [f"{path}:{number}：{text}。" for text in _shape_problems(error, line)]
            else:
                found.append(Located(case, path.parent.name, path, number))
    if problems:
        raise CaseError(problems)
    return tuple(found)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of one file, in order; raises CaseError that names every bad line."""
    return tuple(found.case for found in read_sets([path]))


def choose(found: Sequence[Located], choice: Choice) -> tuple[Located, ...]:
    """The cases meant; raises CaseError where there is none."""
    chosen = tuple(each for each in found if choice.takes(each))
    if not chosen:
        raise CaseError(["没有一道题合所选的题目集、标签、编号和划分，请放宽条件。"], what="选题")
    return chosen


def case_schema() -> str:
    """The shape of one line of a question set as JSON Schema (draft 2020-12)."""
    schema = Case.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "评测题"
    schema["properties"]["tags"]["items"] = {"enum": list(TAGS)}
    schema["properties"]["category"]["enum"] = [*CATEGORIES, None]
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _shape_problems(error: ValidationError, line: str) -> Iterator[str]:
    for item in error.errors():
        if item["type"] == "json_invalid":
            yield f"不是合法的 JSON（{item['ctx']['error']}），请检查引号和逗号"
            continue
        place = ".".join(str(part) for part in item["loc"])
        values: dict[str, Any] = {
            "at": place or "整行",
            "given": _short(item.get("input")),
            **item.get("ctx", {}),
        }
        pattern = _SHAPE_MESSAGES.get(item["type"], "字段 {at} 的值「{given}」不对，请对照字段表")
        name = _id_of(line)
        yield (f"{name}：" if name else "") + pattern.format_map(values)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _GIVEN_LENGTH else text[:_GIVEN_LENGTH] + "……"


def _id_of(line: str) -> str | None:
    raw = json.loads(line)
    name = raw.get("id") if isinstance(raw, dict) else None
    return name if isinstance(name, str) else None
