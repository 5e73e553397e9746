"""Defects put in on purpose: each must turn the gate red, or the gate is worth nothing."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.running.doors import InProcess

Alter = Callable[[Path], None]
Change = Callable[[], AbstractContextManager[None]]

_ALWAYS = date(1949, 10, 1)


@dataclass(frozen=True, slots=True)
class Regression:
    """One defect: files of a copied corpus altered, or code changed while it runs."""

    title: str
    alter: Alter | None = None
    change: Change | None = None


def broken(name: str, corpus: Path, folder: Path, today: date) -> InProcess:
    """The product with a defect, over a corpus and an index of its own under `folder`."""
    regression = REGRESSIONS[name]
    if regression.alter is not None:
        altered = folder / "corpus"
        shutil.copytree(corpus, altered)
        regression.alter(altered)
        corpus = altered
    return InProcess(corpus, today, var_dir=folder / "var", broken_by=name)


def in_process_change(name: str) -> AbstractContextManager[None]:
    """The code changed for as long as the block lasts; nothing where the defect is in files."""
    change = REGRESSIONS[name].change
    return change() if change is not None else nullcontext()


@contextmanager
def _validity_off() -> Iterator[None]:
    """Everything counts as in force on every day."""
    from assistant.clauses import effectivity
    from assistant.retrieval.address import book
    from assistant.retrieval.building import passages

    def always(*_: Any) -> tuple[date, None]:
        return (_ALWAYS, None)

    with ExitStack() as stack:
        for module in (book, passages):
            stack.enter_context(_replaced(module, "binding_period", always))
        for name, value in (
            ("_document_status", lambda *_: effectivity.Status.IN_FORCE),
            ("_last_day", lambda *_: None),
            ("_effects_on", lambda *_: []),
            ("_amendment_status", lambda *_: None),
        ):
            stack.enter_context(_replaced(effectivity, name, value))
        yield


@contextmanager
def _lexicon_empty() -> Iterator[None]:
    """No colloquial word stands for an official term."""
    from assistant.assembly import building
    from assistant.retrieval import Lexicon

    with _replaced(building, "load_lexicon", lambda _: Lexicon()):
        yield


@contextmanager
def _gate_bypassed() -> Iterator[None]:
    """Whatever a language model says of a clause that was cited is printed."""
    from assistant.answering import gate

    with ExitStack() as stack:
        stack.enter_context(_replaced(gate, "foreign_reasons", lambda *_: ()))
        stack.enter_context(
            _replaced(gate.Gate, "_carrying", lambda _, __, bases, *___: tuple(bases))
        )
        yield


def _shorter_registration(corpus: Path) -> None:
    """租赁落户 after three months instead of six."""
    path = corpus / "rules" / "330400" / "settle.rental.yaml"
    text = path.read_text(encoding="utf-8")
    head, parameter = text.split("hukou.rent.registration_months:", 1)
    changed = parameter.replace("value: 6", "value: 3", 1)
    if changed == parameter:
        raise ValueError(f"{path} no longer states six months")
    path.write_text(f"{head}hukou.rent.registration_months:{changed}", encoding="utf-8")


@contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


REGRESSIONS: dict[str, Regression] = {
    "validity_off": Regression("效力筛选关闭", change=_validity_off),
    "lexicon_empty": Regression("词典清空", change=_lexicon_empty),
    "gate_bypassed": Regression("逐句把关绕过", change=_gate_bypassed),
    "parameter_changed": Regression("规则参数改动", alter=_shorter_registration),
}
