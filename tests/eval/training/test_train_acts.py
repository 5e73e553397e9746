"""The training of what tells messages about the talk, and whether the weights shipped are of what is written."""

import json
from pathlib import Path

import pytest

from assistant.dialogue.understanding.dialogue_acts import FOLDER, Act, ActReader
from eval.training.train_acts import Said, digests, fit, matrix, of_sets, write, written


def test_weights_are_of_the_messages_written() -> None:
    stored = json.loads((FOLDER / "dialogue_acts.json").read_text("utf-8"))
    assert stored["acts"] == digests(), "请重新运行 python -m eval.training.train_acts"


def test_a_line_of_no_act_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.tsv").write_text("thanks\tasked\t谢谢\n", "utf-8")
    with pytest.raises(ValueError, match=r"one\.tsv:1"):
        written(tmp_path)


def test_no_turn_held_out_is_trained_on(tmp_path: Path) -> None:
    turns = [
        {"question": "甲", "expect": {"kind": "clarify"}},
        {"question": "谢谢", "expect": {"kind": "chat"}},
    ]
    cases = [
        {
            "id": f"d-{split}",
            "split": split,
            "tags": ["chat"],
            "why": "试一试的题目",
            "turns": turns,
        }
        for split in ("dev", "test")
    ]
    folder = tmp_path / "dialogues"
    folder.mkdir()
    lines = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    (folder / "cases.jsonl").write_text(lines, "utf-8")
    assert [(s.family, s.standing, s.act) for s in of_sets(tmp_path)] == [
        ("d-dev", "asked", Act.REMARK)
    ]


def test_what_is_stored_tells_as_it_was_trained(tmp_path: Path) -> None:
    words = {"多谢": Act.REMARK, "登记": Act.OTHER, "忘掉": Act.RESTART, "念念": Act.RECALL}
    said = [
        Said(f"{word}{tail}", "decided", act, word, "test")
        for word, act in words.items()
        for tail in ("了", "啊", "哦", "呀")
    ]
    write(fit(matrix(said), [each.act for each in said]), tmp_path)
    reader = ActReader(tmp_path)
    for each in said:
        likely = reader.read(each.words, each.standing)
        assert likely[each.act] == max(dict(likely.of).values())
