"""What is taken away from an answer: every word of it that the page says."""

from tests.ui.samples import answer, verdict
from ui.actions import copied


def test_the_copy_says_of_whom_and_what_each_verdict_comes_to() -> None:
    own = verdict(rule_id="a", title="个人账户（本人）", outcome="eligible")
    other = verdict(rule_id="b", title="个人账户（丈夫）", outcome="eligible")
    text = (
        "以下按您假设的情况判断：「退休」。\n"
        "「个人账户（本人）」：120元/月。\n「个人账户（丈夫）」：160元/月。"
    )
    told = copied("两个人多少？", answer(kind="verdict", text=text, verdicts=[own, other]))
    assert "假设的情况" in told
    assert "120元/月" in told
    assert "160元/月" in told


def test_the_copy_begins_with_what_was_asked_and_ends_with_the_day_it_speaks_of() -> None:
    lines = copied("满几个月？", answer()).split("\n")
    assert lines[:2] == ["问：满几个月？", "答：须满六个月[1]。"]
    assert lines[-1].startswith("按2026年11月22日、嘉兴市的规定作答")
