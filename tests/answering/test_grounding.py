"""Grounding: invented and altered statements are stopped, plain wordings of the text pass."""

import itertools
import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.grounding import (
    Support,
    Terms,
    check_statement,
    ground,
    missing_conditions,
    reads_as_decision,
)
from assistant.clauses import Corpus
from assistant.retrieval import load_lexicon

DATA = Path(__file__).parents[1] / "data" / "grounding"
# The unseen sets were each measured before any of their cases was looked at, and tuned on after.
SETS = ("tuned", "unseen_first", "unseen_second", "unseen_third", "unseen_fourth", "unseen_fifth")
RENT = (
    "租赁本市城镇地区商品住房,在浙江省范围内连续居住登记满六个月的,允许本人及其共同居住生活的配偶、子女、父母"
    "持《房屋租赁登记备案证明》等材料在租赁住房所在地申请落户。"
)
ACCOUNT = (
    "在职人员 45 周岁以下按 80 元/月标准划入,45 周岁(含)以上按 120 元/月标准划入;"
    "退休人员在办理退休手续后的次月起调整,按 160 元/月标准划入。"
)


@cache
def supports() -> dict[str, Support]:
    raw = json.loads((DATA / "supports.json").read_text(encoding="utf-8"))
    return {name: Support(tuple(s["texts"]), tuple(s["facts"])) for name, s in raw.items()}


def cases(*names: str) -> list[dict[str, str]]:
    lines = [
        line
        for name in names
        for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [json.loads(line) for line in lines]


def rates(cases_: list[dict[str, str]], terms: Terms | None = None) -> tuple[float, float]:
    """Share of altered statements stopped, and of true ones wrongly dropped."""
    shown = {
        c["statement"]: check_statement(c["statement"], supports()[c["support"]], terms).ok
        for c in cases_
    }
    true = [c for c in cases_ if c["kind"] == "true"]
    altered = [c for c in cases_ if c["kind"] != "true"]
    recall = sum(not shown[c["statement"]] for c in altered) / len(altered)
    dropped = sum(not shown[c["statement"]] for c in true) / len(true)
    return recall, dropped


def test_there_are_enough_cases_of_both_sorts() -> None:
    everything = cases(*SETS)
    assert sum(c["kind"] == "true" for c in everything) >= 150
    assert sum(c["kind"] != "true" for c in everything) >= 150


def test_every_tuned_alteration_is_stopped() -> None:
    altered = [c for c in cases("tuned") if c["kind"] != "true"]
    shown = [c for c in altered if check_statement(c["statement"], supports()[c["support"]]).ok]
    assert shown == []


def test_altered_statements_are_stopped_and_paraphrases_kept() -> None:
    recall, dropped = rates(cases(*SETS))
    assert recall >= 0.98
    assert dropped <= 0.05


def pieces_of(text: str) -> list[str]:
    return [p for p in re.findall(r"[^,，。;；]+[,，。;；]?", text) if p.strip()]


def test_every_verbatim_piece_of_a_support_passes() -> None:
    """All of them, not a sample: there are some hundreds, and each is checked at once."""
    for support in supports().values():
        pieces = pieces_of(support.texts[0])
        for first, last in itertools.combinations_with_replacement(range(len(pieces)), 2):
            assert check_statement("".join(pieces[first : last + 1]), support).ok


def test_every_sentence_of_the_corpus_rests_on_its_own_clause(corpus: Corpus) -> None:
    for notice in corpus.notices():
        for clause in corpus.clauses_of(notice.notice_id):
            for piece in pieces_of(clause.text) if clause.is_leaf else ():
                assert check_statement(piece, Support((clause.text,))).ok, piece


@pytest.mark.parametrize("cut", ["5%缴纳", "受年龄限制", "0元/月标准划入"], ids=range(3))
def test_a_piece_that_cuts_a_number_or_a_denial_is_not_verbatim(cut: str) -> None:
    texts = ("以缴费基数的 5.5%缴纳。", "申报户口投靠不受年龄限制。", ACCOUNT)
    assert not check_statement(cut, Support(texts)).ok


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_a_number_that_no_text_states_never_passes(data: st.DataObject) -> None:
    months = data.draw(st.integers(7, 60))
    statement = f"在浙江省范围内连续居住登记满{months}个月的，允许本人申请落户。"
    assert not check_statement(statement, Support((RENT,))).ok


def test_width_and_spaces_do_not_matter() -> None:
    statement = (
        "在浙江省范围内 连续居住登记满 六个月 的，允许本人及其共同居住生活的配偶、子女、父母"
    )
    assert check_statement(statement, Support((RENT,))).ok


def test_the_reason_names_what_is_missing() -> None:
    check = check_statement("连续居住登记满九个月", Support((RENT,)))
    assert not check.ok
    assert any("9个月" in reason for reason in check.reasons)


def test_further_terms_are_held_to_the_support() -> None:
    statement = "租赁本市城镇地区商品住房的，在租赁住房所在地申请落户，门牌核验"
    terms = Terms({"门牌核验": "action", "租赁": "action"})
    assert check_statement(statement, Support((RENT,)), terms, complete=False).reasons == (
        "依据中没有「门牌核验」",
    )
    held = Support((RENT, "门牌核验由社区负责。"))
    assert check_statement(statement, held, terms, complete=False).ok


def test_terms_of_the_lexicon_stop_more_and_drop_hardly_anything(corpus_root: Path) -> None:
    terms = Terms(load_lexicon(corpus_root).official_terms)
    plain, held = rates(cases(*SETS)), rates(cases(*SETS), terms)
    assert held[0] >= plain[0]
    assert held[1] <= plain[1] + 0.02


def test_contacts_carry_their_telephone_numbers() -> None:
    support = Support((RENT,), contacts=("嘉兴市公安局户籍咨询电话 0573-81292203",))
    assert check_statement("可以拨打 0573-81292203 咨询。", support).ok
    assert not check_statement("可以拨打 0573-81292204 咨询。", support).ok


def test_a_partial_statement_passes_when_its_conditions_stand_beside_it() -> None:
    statement = "本人可以在租赁住房所在地申请落户"
    assert not check_statement(statement, Support((RENT,))).ok
    assert check_statement(statement, Support((RENT,)), complete=False).ok


def test_ground_keeps_order_and_says_why_it_dropped() -> None:
    grounded = ground(["退休人员按160元/月划入", "退休人员按120元/月划入"], Support((ACCOUNT,)))
    assert grounded.kept == ("退休人员按160元/月划入",)
    assert grounded.dropped[0][0] == "退休人员按120元/月划入"
    assert grounded.dropped[0][1]


def test_missing_conditions_are_given_as_printed() -> None:
    missing = missing_conditions("租赁本市城镇地区商品住房的，允许本人申请落户", RENT)
    assert "6个月" in missing
    assert "连续" in missing


def test_a_wording_with_every_condition_misses_none() -> None:
    statement = "租城镇商品房、在浙江省内连续居住登记满半年的，本人可以申请落户"
    assert missing_conditions(statement, RENT) == ()


@pytest.mark.parametrize(
    "text",
    [
        "您可以落户。",
        "符合条件",
        "不符合条件。",
        "可以落户",
        "您符合租赁落户条件",
        "申请已获批准",
        "经审核，不能落户",
    ],
    ids=range(7),
)
def test_decisions_are_recognised(text: str) -> None:
    assert reads_as_decision(text)


@pytest.mark.parametrize(
    "text",
    [
        "连续居住登记满六个月的，允许本人申请落户",
        "您可以拨打 12345 咨询",
        "通知写的是「可以落户」",
        "申请退出的单位应经职工代表大会讨论批准",
    ],
    ids=range(4),
)
def test_rules_and_quotations_are_no_decisions(text: str) -> None:
    assert not reads_as_decision(text)


@pytest.mark.parametrize(
    "text",
    ["详见 https://example.com", "[指南](http://a.cn)", "You may apply", "登录www.abc.com办理落户"],
    ids=range(4),
)
def test_links_and_other_languages_never_pass(text: str) -> None:
    assert not check_statement(text, Support((RENT,))).ok


@pytest.mark.parametrize(
    ("text", "false", "true"),
    [
        (
            "原有政策与本通知不一致的,以本通知为准。",
            "与原有政策不一致的，以原有政策为准。",
            "与原有政策不一致的，以本通知为准。",
        ),
        (
            "该项目由市文化广电旅游局负责起草,市司法局负责审核。",
            "这个项目由市司法局起草，由市文化广电旅游局审核。",
            "这个项目由市文化广电旅游局起草，由市司法局审核。",
        ),
        (
            "申请退出的用人单位,应经职工代表大会讨论批准。",
            "申请退出的用人单位，经单位负责人批准就行。",
            "申请退出的用人单位，要经职工代表大会讨论批准。",
        ),
        (
            "持有人符合合法稳定居住、就业或连续就读条件之一的,可以申请办理居住证。",
            "连续居住的持有人可以申请办理居住证。",
            "持有人连续就读的，可以申请办理居住证。",
        ),
        (
            "对进口增量满3000万美元、5000万美元的,分别给予10万元、20万元奖励。",
            "进口增量不到5000万美元的，给予20万元奖励。",
            "进口增量满5000万美元的，给予20万元奖励。",
        ),
    ],
    ids=["which_prevails", "who_drafts", "who_approves", "a_bare_modifier", "list_shares_bound"],
)
def test_what_is_exchanged_is_stopped_and_what_stays_is_kept(
    text: str, false: str, true: str
) -> None:
    assert not check_statement(false, Support((text,))).ok
    assert check_statement(true, Support((text,))).reasons == ()
