"""Time of an answer that a model words: to the first event, the first checked sentence, the gate.

The model is the scripted one, which replies at once: what is measured is ours. The gate's times are
CPU times, on citations new to it, for the statements of the honest and hostile scripts together.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answering.contacts import load_contacts
from assistant.answering.gate import Gate, Statement
from assistant.answering.grounding import Terms
from assistant.answering.reply import Reply
from assistant.assembly import Assistant, build, build_service
from assistant.clauses import load_gazetteer
from assistant.config import Settings
from assistant.retrieval import load_lexicon
from assistant.schemas import Answer, Answered, AskRequest, Delta
from eval.benchmarks.measured import share_of
from eval.benchmarks.rules import Figures
from eval.benchmarks.table import Row
from eval.model import EVAL_DAY
from eval.wording.scripted import ScriptedModel, scripted_model
from eval.wording.scripts import HONEST, HOSTILE, WordingScript, read_scripts
from eval.wording.steady import with_model

TARGET_MS = 50.0
_A_REPLY = 5  # statements of one answer


def measure(every: int = 3) -> Figures:
    """Answers of one honest script in so many, streamed in this process; and the gate alone."""
    scripts = read_scripts(HONEST)[::every]
    with tempfile.TemporaryDirectory(prefix="bench-") as work, scripted_model() as model:
        settings = Settings(var_dir=Path(work), today=EVAL_DAY)
        build(settings)
        service = build_service(with_model(settings, model))
        try:
            for script in scripts[:5]:
                list(_streamed(service, model, script))
            times = [dict(_streamed(service, model, script)) for script in scripts]
            answers = [(s, service.ask(_request(s))) for s in _one_each(read_scripts(HOSTILE))]
            statements, replies = gate_times(service, settings, answers)
        finally:
            service.close()
    rows = [
        Row("边写边发", f"{len(times)} 问，{title}，{name}", f"{share_of(found, share):.1f} ms")
        for title, key in _TITLES
        for found in [[one[key] for one in times if key in one]]
        for name, share in (("p50", 0.5), ("p95", 0.95))
    ]
    rows += [
        Row("核对", f"{what}，{name}", f"{share_of(found, share):.2f} ms")
        for what, found in (
            (f"{len(statements)} 句，每句", statements),
            (f"{len(replies)} 个答复，每个 {_A_REPLY} 句", replies),
        )
        for name, share in (("p50", 0.5), ("p95", 0.95))
    ]
    return Figures(tuple(rows), (f"核对一个答复的目标：{TARGET_MS:.0f} ms 以内",))


_TITLES = (
    ("到第一个事件", "event"),
    ("到模型的第一句核对过的话", "sentence"),
    ("到整个答复", "answer"),
)


def gate_times(
    service: Assistant, settings: Settings, answers: Sequence[tuple[WordingScript, Answer]]
) -> tuple[list[float], list[float]]:
    """CPU milliseconds for each statement, and for five of them with the gate that judges them."""
    gazetteer = load_gazetteer(settings.corpus_dir)
    contacts = load_contacts(settings.corpus_dir / "contacts.yaml")
    terms = Terms(load_lexicon(settings.corpus_dir).official_terms)
    said = [s.text for path in (HONEST, HOSTILE) for x in read_scripts(path) for s in x.statements]
    each: list[float] = []
    whole: list[float] = []
    for number, (_, answer) in enumerate(answers):
        reply = Reply(service.view(), answer.as_of, gazetteer.resolve(answer.jurisdiction))
        reply.citations = list(answer.citations)
        began = time.process_time()
        gate = Gate(reply, contacts, terms)
        ids = tuple(citation.clause_id for citation in answer.citations)
        for text in said[number * _A_REPLY : (number + 1) * _A_REPLY]:
            before = time.process_time()
            gate.judge(Statement(text, ids))
            each.append(1000 * (time.process_time() - before))
        whole.append(1000 * (time.process_time() - began))
    return each, whole


def _one_each(scripts: Sequence[WordingScript]) -> list[WordingScript]:
    return list({(s.question, s.as_of): s for s in scripts}.values())


def _request(script: WordingScript) -> AskRequest:
    return AskRequest(
        question=script.question, as_of=script.as_of, jurisdiction=script.jurisdiction
    )


def _streamed(
    service: Assistant, model: ScriptedModel, script: WordingScript
) -> Iterator[tuple[str, float]]:
    """Milliseconds to the first event, the first piece worded by the model, and the answer."""
    model.say(*(said.as_reply() for said in script.statements))
    words = script.statements[0].text[:8]
    began, seen = time.perf_counter(), False
    for number, event in enumerate(service.stream(_request(script))):
        spent = 1000 * (time.perf_counter() - began)
        if number == 0:
            yield "event", spent
        if isinstance(event, Delta) and words in event.text and not seen:
            seen = True
            yield "sentence", spent
        if isinstance(event, Answered):
            yield "answer", spent
