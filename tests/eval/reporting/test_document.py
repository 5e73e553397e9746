"""docs/evaluation.md is what its command writes, and says where held-out figures are lower."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.reporting.document import DOCUMENT, KEPT, PEERS, Summary, render, summary_of
from eval.running.results import Provenance, ResultsError, RunResult
from eval.sets import case_schema


def test_the_document_is_what_the_command_writes() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render()


def test_the_schema_is_what_the_command_writes() -> None:
    assert Path("eval/cases.schema.json").read_text(encoding="utf-8") == case_schema()


def altered(tmp_path: Path, **gaps: Any) -> str:
    kept = json.loads(KEPT.read_text(encoding="utf-8")) | {"gaps": gaps}
    path = tmp_path / "evaluation.json"
    path.write_text(json.dumps(kept), encoding="utf-8")
    Summary.model_validate(kept)
    return render(path, PEERS)


def test_where_held_out_figures_are_lower_it_is_said(tmp_path: Path) -> None:
    gap = {"before": 0.97, "after": 0.8, "difference": -0.17, "low": -0.2, "high": -0.1}
    text = altered(tmp_path, clause_accuracy=gap)
    assert "引对条款：dev 97.0%，test 80.0%，差 -17.0 个百分点" in text


def test_a_rate_of_errors_is_worse_when_it_is_higher(tmp_path: Path) -> None:
    gap = {"before": 0.01, "after": 0.1, "difference": 0.09, "low": 0.05, "high": 0.12}
    assert "误拒率：dev 1.0%，test 10.0%" in altered(tmp_path, wrong_refusal_rate=gap)
    better = gap | {"before": 0.9, "after": 0.99}
    assert "引对条款：dev" not in altered(tmp_path, clause_accuracy=better)


@pytest.mark.parametrize(
    "changes",
    [
        {"complete": False},
        {"provenance": Provenance(choice={"split": "dev"})},
        {"provenance": Provenance(regression="validity_off")},
    ],
    ids=["cut_short", "chosen", "broken_on_purpose"],
)
def test_only_a_whole_run_goes_into_the_document(changes: dict[str, Any]) -> None:
    run = RunResult(provenance=Provenance()).model_copy(update=changes)
    with pytest.raises(ResultsError, match="只有跑完全部题目"):
        summary_of(run)


def test_missing_figures_are_said(tmp_path: Path) -> None:
    with pytest.raises(ResultsError, match="缺少文档要用的结果"):
        render(tmp_path / "none.json", PEERS)
