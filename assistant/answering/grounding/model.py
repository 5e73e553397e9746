"""What grounding takes and gives: supports, checks, and the sentences of a support."""

from dataclasses import dataclass

from assistant.answering.grounding.mark import Mark, Sentence


@dataclass(frozen=True, slots=True)
class Support:
    """What a statement may rest on: cited texts, manifest facts and verdict as text, contacts."""

    texts: tuple[str, ...]
    facts: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a statement may be shown, and if not, why (in Chinese, for the audit record)."""

    ok: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounded:
    """The statements that may be shown, and those dropped with their reasons."""

    kept: tuple[str, ...]
    dropped: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of the support; `deleted` when the sentence says that it no longer holds."""

    sentence: Sentence
    deleted: bool
    paragraph: int
    told: bool = False  # not of a cited text: what its manifest tells
    former: str = ""  # the wording that an amendment took away

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The terms and numbers of the sentence."""
        return self.sentence.marks
