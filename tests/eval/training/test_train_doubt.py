"""Learning what forgives unknown words: from few statements, and what is shipped of it."""

import json

from assistant.answering.grounding.doubt import STORED
from eval.training.train_doubt import LEVEL, Weighed, cross_validated, fit


def _weighed(number: int, *, bad: bool) -> Weighed:
    figures = {"held": 0.5 if bad else 0.9, ("left:n" if bad else "glue:v"): 1.0}
    return Weighed(bad, f"clause-{number}", not bad, figures, (figures,))


WEIGHED = [_weighed(number, bad=bad) for number in range(16) for bad in (True, False)]


def test_what_is_left_over_in_false_statements_weighs_against_others() -> None:
    fitted = fit(WEIGHED)
    assert fitted.weights["left:n"] > 0 > fitted.weights["held"]
    assert fitted.likelihood(WEIGHED[0].figures) > 0.5 > fitted.likelihood(WEIGHED[1].figures)


def test_statements_are_weighed_by_models_that_saw_none_about_their_clause() -> None:
    doubts = cross_validated(WEIGHED, seed=0)
    assert all((doubt > 0.5) is one.bad for one, doubt in zip(WEIGHED, doubts, strict=True))


def test_the_shipped_weights_are_whole_and_at_the_level_that_was_measured() -> None:
    stored = json.loads(STORED.read_text("utf-8"))
    assert stored["level"] == LEVEL
    assert stored["provenance"]["true"] > 500 < stored["provenance"]["false"]
    assert {"held", "unread_longest", "share_of_sentence"} <= stored["weights"].keys()
