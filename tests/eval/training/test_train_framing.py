"""Training on frames and inventions: what is put in is found as a gap, and kept apart when held out."""

import random

from assistant.answering.grounding import Support
from eval.training import train_framing
from eval.training.train_framing import Example, Said, examples, held_out

CLAUSES = (
    "逾期60日内可补办签注手续,证件使用功能恢复。",
    "企业补充医疗保险费由税务部门随同职工医保费按月一并征收。",
    "用人单位按在职人员总数,以缴费基数的5.5%缴纳。",
    "居住在出租房屋的,提供相应的房屋租赁合同。",
)
SAID = [
    Said(text.rstrip("。"), f"clause_{number}", Support((text,)))
    for number, text in enumerate(CLAUSES * 3)
]


def test_what_is_put_in_is_the_gap() -> None:
    found = [e for e in examples(SAID, seed=1) if e.phrase == "先到先得"]
    assert found
    assert all(e.claims and {gap.text for gap in e.gaps} == {"先到先得"} for e in found)


def test_true_wordings_and_frames_claim_nothing() -> None:
    kinds = {e.kind: e.claims for e in examples(SAID, seed=1) if e.kind != "word"}
    assert kinds == {"honest": False, "head": False, "tail": False, "invented": True}


def test_nobody_is_judged_by_what_was_trained_on_him() -> None:
    found = list(examples(SAID, seed=1))
    seen: list[Example] = [example for example, _ in held_out(found, seed=1)]
    assert {e.kind for e in seen} >= {"head", "invented"}
    assert len(seen) == len({id(e) for e in seen})


def test_every_form_keeps_statement_and_phrase() -> None:
    chance = random.Random(1)
    for _ in range(20):
        text = train_framing._with("甲，乙", "丙", chance)
        assert all(part in text for part in ("甲", "乙", "丙"))
