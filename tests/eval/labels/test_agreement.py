"""Cohen's kappa: known values, and what cannot be worked out."""

from collections.abc import Sequence
from io import StringIO

import pytest
from rich.console import Console

from eval.labels.agreement import agreement
from eval.labels.model import Label, LabelError, Verdict
from eval.reporting.changes import show_agreement


def labels(*verdicts: Verdict) -> list[Label]:
    return [Label(id=f"p-{n}", turn=1, verdict=verdict) for n, verdict in enumerate(verdicts)]


def many(*runs: tuple[Verdict, int]) -> Sequence[Label]:
    return labels(*(verdict for verdict, times in runs for _ in range(times)))


def test_a_known_kappa() -> None:
    # 20 both 正确, 5 + 10 apart, 15 both 错误: kappa 0.4, as in Cohen's two-by-two example.
    first = many(("correct", 25), ("wrong", 25))
    second = many(("correct", 20), ("wrong", 5), ("correct", 10), ("wrong", 15))
    found = agreement(first, second)
    assert found.kappa == pytest.approx(0.4)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.4 < found.high
    assert (found.common, found.same, len(found.apart)) == (50, 35, 15)


def test_full_agreement_is_one() -> None:
    same = many(("correct", 5), ("partly", 5), ("wrong", 5))
    assert agreement(same, same).kappa == pytest.approx(1)


def test_one_label_for_everything_leaves_nothing_to_work_out() -> None:
    same = many(("correct", 5))
    found = agreement(same, same)
    assert (found.kappa, found.low, found.same) == (None, None, 5)
    page = StringIO()
    show_agreement(found, Console(file=page, width=120))
    assert "算不出" in page.getvalue()


def test_only_answers_that_both_labelled_count() -> None:
    assert agreement(labels("correct", "wrong", "wrong"), labels("correct", "wrong")).common == 2
    with pytest.raises(LabelError, match="没有共同的答复"):
        agreement(labels("correct"), [])


def test_answers_labelled_apart_are_listed() -> None:
    page = StringIO()
    show_agreement(
        agreement(labels("correct", "wrong"), labels("correct", "partly")),
        Console(file=page, width=120),
    )
    assert "p-1 第 1 轮：甲 错误，乙 部分正确" in page.getvalue()
