"""The training of what tells a question of a case from one of a text."""

import json
from pathlib import Path

from assistant.dialogue.understanding.own_case import CaseJudge
from eval.sets import SETS
from eval.training.train_own_case import Question, fit, matrix, of_sets, write


def test_first_turns_are_of_a_case_or_of_a_text_and_none_is_held_out(tmp_path: Path) -> None:
    kinds = {"verdict": True, "clarify": True, "answer": False, "chat": None}
    cases = [
        {
            "id": f"e-{kind}-{split}",
            "split": split,
            "tags": ["settlement"],
            "why": "试一试的题目，不是真的",
            "turns": [{"question": f"{kind}甲", "expect": {"kind": kind}}],
        }
        for kind in kinds
        for split in ("dev", "test")
    ]
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    for name in SETS:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "cases.jsonl").write_text(lines if name == "eligibility" else "", "utf-8")
    found = {each.words: each.of_case for each in of_sets(tmp_path)}
    assert found == {f"{kind}甲": told for kind, told in kinds.items() if told is not None}


def test_what_is_stored_judges_as_it_was_trained(tmp_path: Path) -> None:
    questions = [
        Question(f"{head}{tail}", of_case, head)
        for head, of_case in (("我这样够不够", True), ("文件怎么写", False))
        for tail in ("呢", "呀", "啊", "？")
    ]
    write(fit(matrix(questions), [each.of_case for each in questions]), tmp_path)
    judge = CaseJudge(tmp_path)
    assert all((judge.likelihood(each.words) > 0.5) is each.of_case for each in questions)
