"""The overview that offices review names every rule, figure, quote and open doubt."""

from assistant.rules import RuleBook, overview
from assistant.rules.binding import bindings


def test_everything_that_a_rule_rests_on_is_in_the_overview(book: RuleBook) -> None:
    text = overview(book)
    for binding in bindings(book.rules):
        assert binding.rule_id in text
        if binding.kind not in {"notice", "ground"}:
            assert binding.cite.quote in text
    for parameter in book.parameters:
        assert parameter.name in text


def test_the_overview_is_the_same_each_time(book: RuleBook) -> None:
    assert overview(book) == overview(book)
