"""The training of what refuses questions, and whether the weights shipped are of what is written."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.answering.asking import FOLDER, STATED, AskReader
from assistant.answering.particulars import kind_named
from eval.sets import paths, read_sets
from eval.training.asked import Asked, of_sets, written
from eval.training.train_refusing import (
    Weighed,
    digests,
    fit_asking,
    fit_bearing,
    folds,
    judged,
    likelihood_stated,
    write_asking,
)

EVAL = Path(__file__).parents[3] / "eval"
EVIDENCE_ONLY = {"其他没有写的"}
FEW = [
    *(Asked(q, STATED, q) for q in ("要登记几个月", "带哪些材料", "能带父母吗", "何时施行")),
    *(Asked(q, "收费标准", q) for q in ("要多少钱", "收不收费", "几块钱一份", "免费吗")),
    *(Asked(q, "办公时间", q) for q in ("几点开门", "周六上班吗", "中午有人吗", "几点下班")),
]


def test_weights_are_of_the_questions_written() -> None:
    stored = json.loads((FOLDER / "asking.json").read_text("utf-8"))
    assert stored["asks"] == digests(), "请重新运行 python -m eval.training.train_refusing"


def test_every_kind_is_a_particular_a_reason_or_mere_evidence() -> None:
    reasons = {"account_data", "personal_data", "legal_opinion", "unsafe", "out_of_scope"}
    for kind in {asked.kind for asked in written()} - EVIDENCE_ONLY - {STATED}:
        assert kind_named(kind) or kind.partition("/")[0] in reasons, kind


def test_no_question_held_out_is_written_for_training() -> None:
    kept = {asked.question for asked in written()}
    held_out = [e.case for e in read_sets(paths(EVAL)) if e.case.split == "test"]
    assert not [case.id for case in held_out for t in case.turns if t.question in kept]


def test_nothing_held_out_is_trained_on() -> None:
    assert {asked.case.split for asked in of_sets(EVAL) if asked.case} == {"dev"}


def test_families_stay_together() -> None:
    families = ["甲", "乙", "丙", "丁", "戊", "甲", "乙"]
    for train, test in folds(families):
        assert not {families[i] for i in train} & {families[i] for i in test}


def test_stored_weights_say_what_the_model_says(tmp_path: Path) -> None:
    model = fit_asking(FEW)
    write_asking(model, tmp_path)
    reader = AskReader(tmp_path)
    assert reader.read("要登记几个月").kind == STATED
    assert reader.read("收不收费").kind == "收费标准"
    stated = likelihood_stated(model, [a.question for a in FEW], tmp_path)
    assert stated == pytest.approx([reader.read(a.question).stated for a in FEW])


def test_the_features_keep_their_own_scale() -> None:
    weighed = [
        Weighed(str(i), str(i), {"cover": i / 10, "unheard": 10.0 - i}, i > 4, False, True)
        for i in range(10)
    ]
    likely = judged(fit_bearing(weighed), weighed)
    assert np.all(np.diff(likely) > 0)
    assert likely[0] < 0.5 < likely[-1]


def test_what_is_looked_up_or_pasted_teaches_nothing_of_asking() -> None:
    learned = [asked.case for asked in of_sets(EVAL) if asked.case]
    assert not [case.id for case in learned if "forged" in case.tags]
    refused = [c for c in learned if c.turns[0].expect and c.turns[0].expect.kind == "refuse"]
    assert not [case.id for case in refused if case.turns[0].as_of or "address" in case.tags]
