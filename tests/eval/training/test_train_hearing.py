"""The training of what hears facts, and whether the weights shipped are of what is written."""

import json
from pathlib import Path

from assistant.dialogue.reading.likely import FOLDER, value_of
from assistant.rules import load_facts
from eval.model import Case
from eval.sets import paths, read_sets
from eval.training.told import digests, of_case, of_sets, written

ROOT = Path(__file__).parents[3]
EVAL = ROOT / "eval"


def test_weights_are_of_the_messages_written() -> None:
    stored = json.loads((FOLDER / "hearing.json").read_text("utf-8"))
    assert stored["told"] == digests(), "请重新运行 python -m eval.training.train_hearing"


def test_every_label_is_a_value_that_the_dictionary_takes() -> None:
    facts = load_facts(ROOT / "corpus" / "rules" / "facts.yaml")
    for label in json.loads((FOLDER / "hearing.json").read_text("utf-8"))["labels"]:
        name, value = value_of(label)
        assert facts.parse(name, value) == value


def test_no_message_held_out_is_trained_on() -> None:
    trained = {told.text for told in (*written(), *of_sets(EVAL))}
    held_out = [e.case for e in read_sets(paths(EVAL)) if e.case.split == "test"]
    assert not [
        (case.id, turn.question)
        for case in held_out
        for turn in case.turns
        if turn.question in trained and len(turn.question) > 12
    ]


def test_a_turn_tells_only_what_it_adds() -> None:
    case = Case.model_validate(
        {
            "id": "d-01",
            "split": "dev",
            "tags": ["settlement"],
            "why": "十六号第一条，租赁落户的两项条件",
            "turns": [
                {
                    "question": "租的城里商品房",
                    "expect": {},
                    "reading": {"facts": {"reg.gap": False}},
                },
                {
                    "question": "登记中间断过一阵子呢，还单身",
                    "expect": {},
                    "reading": {"facts": {"reg.gap": True, "marital": "未婚"}},
                },
                {"question": "是的", "expect": {}, "reading": {"facts": {"own.urban_home": True}}},
            ],
        }
    )
    assert [sorted(each.labels) for each in of_case(case)] == [
        ["reg.gap=False"],
        ["marital=未婚", "reg.gap=True"],
    ]
