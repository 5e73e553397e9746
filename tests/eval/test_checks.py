"""Question sets: what the reader and the validator accept, and what they say when they do not."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.checks import Ground, check, load_ground, near_duplicates, require_sound
from eval.sets import CaseError, read_sets

RENTAL = "jx-gbo-2024-16__sec_1"
ANOTHER = [{"question": "火灾隐患单位几家", "expect": {"kind": "answer"}}]


@pytest.fixture(scope="module")
def ground() -> Ground:
    return load_ground(Path("corpus"))


def case(**changes: Any) -> dict[str, Any]:
    expect = {"kind": "answer", "clauses": [RENTAL], "phrases": ["登记满六个月"]}
    sound = {
        "id": "x-1",
        "turns": [{"question": "租房落户要登记多久", "expect": expect | changes.pop("expect", {})}],
        "tags": ["settlement"],
        "why": "依据：登记满六个月",
        "split": "dev",
    }
    return sound | changes


def write(folder: Path, *cases: dict[str, Any]) -> Path:
    path = folder / "cases.jsonl"
    lines = [json.dumps(item, ensure_ascii=False) for item in cases]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_sound_case_passes(tmp_path: Path, ground: Ground) -> None:
    (found,) = read_sets([write(tmp_path, case())])
    require_sound([found], ground)
    assert found.case.turns[0].expect.clauses == (RENTAL,)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"expect": {"phrases": ["登记满八个月"]}}, "「登记满八个月」不在", id="phrase"
        ),
        pytest.param({"expect": {"clauses": ["jx-none__sec_1"]}}, "没有条款 jx-none", id="clause"),
        pytest.param({"tags": ["weather"]}, "标签 weather 不在标签表里", id="tag"),
        pytest.param({"expect": {"reason": "no_source"}}, "只有 kind 为 refuse", id="reason"),
        pytest.param({"category": "weather"}, "分类 weather 不在分类表里", id="category"),
        pytest.param(
            {"expect": {"outcomes": {"settle.none": "eligible"}}},
            "没有编号为 settle.none 的规则.*settle.rental",
            id="rule",
        ),
        pytest.param({"expect": {"missing": ["reg.none"]}}, "没有名为 reg.none 的事实", id="fact"),
        pytest.param(
            {"turns": [{"question": "租房落户", "expect": {}}]}, "期望是空的", id="nothing_expected"
        ),
        pytest.param(
            {"turns": [{"question": "？", "jurisdiction": "某市", "expect": {"kind": "chat"}}]},
            "不认识地名「某市」",
            id="place",
        ),
    ],
)
def test_an_unsound_case_is_named_with_its_fault_and_line(
    changes: dict[str, Any], message: str, tmp_path: Path, ground: Ground
) -> None:
    path = write(tmp_path, case(id="first", turns=ANOTHER), case(**changes))
    with pytest.raises(CaseError, match=message) as caught:
        require_sound(read_sets([path]), ground)
    assert f"{path}:2：x-1：" in caught.value.message


def test_a_duplicate_id_is_an_error_across_files(tmp_path: Path, ground: Ground) -> None:
    (tmp_path / "other").mkdir()
    files = [write(tmp_path, case()), write(tmp_path / "other", case(turns=ANOTHER))]
    (problem,) = check(read_sets(files), ground)
    assert problem.startswith(f"{files[1]}:1：编号 x-1 已用在 {files[0]}:1")


def test_all_problems_are_listed_at_once(tmp_path: Path, ground: Ground) -> None:
    path = write(tmp_path, case(tags=["weather"]), case(expect={"phrases": ["八"]}))
    with pytest.raises(CaseError, match="4 处问题"):
        require_sound(read_sets([path]), ground)  # a tag, a phrase, an id and a question twice


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"colour": "red"}, "不认识的字段 colour", id="unknown_field"),
        pytest.param({"split": "train"}, "split 的取值", id="unknown_split"),
        pytest.param({"expect": {"kind": "maybe"}}, "expect.kind 的取值", id="unknown_kind"),
        pytest.param({"tags": []}, "tags 至少要有一项", id="no_tags"),
        pytest.param({"id": "甲"}, "id 只能用小写字母", id="bad_id"),
        pytest.param(
            {"turns": [{"question": "？", "as_of": "2024-02-30", "expect": {"kind": "chat"}}]},
            "turns.0.as_of 的日期「2024-02-30」不对",
            id="no_such_day",
        ),
        pytest.param(
            {"turns": [{"question": "？", "as_of": "明天", "expect": {"kind": "chat"}}]},
            "turns.0.as_of 的日期「明天」不对",
            id="no_day",
        ),
        pytest.param(
            {"review": {"by": "甲", "on": "昨天", "state": "approved"}}, "review.on", id="review"
        ),
    ],
)
def test_a_malformed_line_is_named_by_its_number(
    changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    path = write(tmp_path, case(id="first"), case(**changes))
    with pytest.raises(CaseError, match=message) as caught:
        read_sets([path])
    assert f"{path}:2：" in caught.value.message


def test_a_line_that_is_no_json_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "x-1",\n', encoding="utf-8")
    with pytest.raises(CaseError, match=r"cases\.jsonl:1：不是合法的 JSON"):
        read_sets([path])


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="读不到这个文件"):
        read_sets([tmp_path / "none.jsonl"])


@pytest.mark.parametrize(
    ("question", "split", "found"),
    [
        pytest.param("租房落户要登记多久呢？", "test", 1, id="reworded_across_splits"),
        pytest.param("租房落户要登记多久", "dev", 1, id="twice_in_one_split"),
        pytest.param("企业补充医疗每年几月申请", "test", 0, id="another_question"),
    ],
)
def test_near_duplicates_are_found(question: str, split: str, found: int, tmp_path: Path) -> None:
    other = case(id="x-2", split=split, turns=[{"question": question, "expect": {}}])
    assert len(near_duplicates(read_sets([write(tmp_path, case(), other)]))) == found


def test_addresses_that_differ_in_a_number_are_different_questions(tmp_path: Path) -> None:
    one = case(turns=[{"question": "嘉政办发〔2024〕16号第二条", "expect": {}}])
    two = case(id="x-2", turns=[{"question": "嘉政办发〔2024〕16号第三条", "expect": {}}])
    assert near_duplicates(read_sets([write(tmp_path, one, two)])) == []
