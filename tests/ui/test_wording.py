"""What is said in words: nothing twice, and nothing lost."""

from assistant.dialogue.wording import ask_lines, details, outcome_sentence
from tests.ui.samples import RENTED, answer, asks, verdict
from ui.wording import spoken, unsaid_notices

CLOSING = "以上按公开文件判断，最终以主管部门审核为准。"


def test_the_service_s_own_words_for_a_verdict_are_left_to_the_checklist() -> None:
    decided, questions = verdict(outcome="ineligible", amount=None), [asks(RENTED)]
    lines = [outcome_sentence(decided), *details(decided), "请告诉我：", *ask_lines(questions)]
    text = "\n".join([*lines, CLOSING])
    words = spoken(answer(kind="clarify", text=text, verdicts=[decided], questions=questions))
    assert words.first == "按您说的情况，不符合「租赁落户」的条件：「连续居住登记」不满足。"
    assert words.rest == (CLOSING,)


def test_a_short_word_of_one_verdict_hides_no_repetition_of_another() -> None:
    decided = verdict(amount=None)
    condition = decided.conditions[0].model_copy(update={"actual": "其他"})
    other = verdict(rule_id="t", title="人才落户", conditions=[condition])
    text = "\n".join([outcome_sentence(decided), *details(decided)])
    assert spoken(answer(kind="verdict", text=text, verdicts=[decided, other])).rest == ()


def test_an_amount_is_told_without_the_formula_that_its_row_shows() -> None:
    decided = verdict(outcome="eligible")
    words = spoken(answer(kind="verdict", text=outcome_sentence(decided), verdicts=[decided]))
    assert words.first == "「租赁落户」：1200元/年。"


def test_a_sentence_about_another_channel_goes_to_that_channel() -> None:
    one, other = verdict(outcome="ineligible"), verdict(rule_id="t", title="人才落户")
    text = "\n".join(["先说结论。", outcome_sentence(other), "另有说明。"])
    words = spoken(answer(kind="verdict", text=text, verdicts=[one, other]))
    assert words.of_verdict["t"].startswith("按您说的情况，不符合「人才落户」的条件")
    assert words.rest == ("另有说明。",)


def test_words_that_nothing_else_shows_are_kept() -> None:
    line = "您前面说过的「连续居住登记」与后来说的不一致，已按后来的算。"
    words = spoken(answer(kind="verdict", text=f"结论。\n{line}", verdicts=[verdict()]))
    assert words.rest == (line,)


def test_a_notice_said_in_words_is_not_said_again() -> None:
    notices = [{"code": "conflict", "text": "说法不一。"}, {"code": "draft", "text": "是草案。"}]
    told = answer(text="说法不一。先看原文。", notices=notices)
    assert [notice.text for notice in unsaid_notices(told)] == ["是草案。"]


def test_how_a_verdict_is_to_be_taken_is_said_ahead_of_it() -> None:
    decided = verdict(outcome="ineligible", amount=None)
    ahead = ("以下说的是您女儿的情况，不是您本人的。", "以下按您假设的情况判断：「退休」。")
    text = "\n".join([*ahead, outcome_sentence(decided), CLOSING])
    words = spoken(answer(kind="verdict", text=text, verdicts=[decided]))
    assert words.ahead == ahead
    assert words.first.startswith("按您说的情况，不符合「租赁落户」的条件")
    assert words.of_verdict == {}


def test_an_announcement_alone_is_still_the_first_thing_said() -> None:
    words = spoken(answer(kind="verdict", text="以下按规定判断。", verdicts=[verdict()]))
    assert (words.ahead, words.first) == ((), "以下按规定判断。")
