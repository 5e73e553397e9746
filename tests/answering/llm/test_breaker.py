"""A model that keeps failing is left alone, then tried once."""

from assistant.answering.llm.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def opened() -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(failures=2, rest_s=10, clock=clock)
    breaker.failed()
    assert breaker.admits()
    breaker.failed()
    return breaker, clock


def test_it_opens_after_so_many_failures_in_a_row() -> None:
    breaker, _ = opened()
    assert breaker.is_open
    assert not breaker.admits()


def test_a_success_between_failures_starts_the_count_again() -> None:
    breaker = Breaker(failures=2, rest_s=10)
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admits()


def test_after_a_rest_one_call_tries_and_its_end_decides() -> None:
    breaker, clock = opened()
    clock.now = 10
    assert [breaker.admits(), breaker.admits()] == [True, False]
    breaker.failed()
    assert not breaker.admits()
    clock.now = 20
    assert breaker.admits()
    breaker.succeeded()
    assert not breaker.is_open
