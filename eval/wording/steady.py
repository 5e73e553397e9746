"""Whether a language model, honest, hostile or dead, moves anything but the wording.

    python -m eval.wording.steady [--every N]

Asks every question of the sets, turn by turn, of a service without a model and of the same service
with one. Kind, reason, citations and verdicts must be the same; exit code 1 where they are not.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.assembly import Assistant, build, build_service
from assistant.config import Settings
from assistant.schemas import Answer, AskRequest
from eval.model import EVAL_DAY, Case
from eval.sets import read_cases
from eval.wording.evaluate import settled
from eval.wording.scripted import MODEL, Script, ScriptedModel, scripted_model

SETS = ("policy", "eligibility", "missing", "dialogues", "refusals")
MANNERS = ("honest", "hostile", "dead")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Moved:
    """A turn whose answer a model moved."""

    case_id: str
    turn: int
    manner: str


def sampled(every: int) -> list[Case]:
    """One case in so many, of every set and so of every category."""
    return [case for name in SETS for case in read_cases(ROOT / name / "cases.jsonl")[::every]]


def moved(
    cases: Iterable[Case], bare: Assistant, worded: Assistant, model: ScriptedModel
) -> Iterator[Moved]:
    """The turns that come out differently with a model, in each manner."""
    for case in cases:
        without = list(_played(case, bare))
        for manner in MANNERS:
            model.reply_to = _REPLIES[manner]
            for number, answer in enumerate(_played(case, worded)):
                if settled(answer) != settled(without[number]):
                    yield Moved(case.id, number, manner)


def _played(case: Case, service: Assistant) -> Iterator[Answer]:
    conversation: str | None = None
    for turn in case.turns:
        answer = service.ask(
            AskRequest(
                question=turn.question,
                as_of=turn.as_of,
                jurisdiction=turn.jurisdiction,
                facts=turn.facts,
                conversation_id=conversation,
            )
        )
        conversation = answer.conversation_id
        yield answer


def _material(asked: Mapping[str, Any]) -> dict[str, Any]:
    told = asked["messages"][-1]["content"]
    found: dict[str, Any] = json.loads(told.split("<资料>")[1].split("</资料>")[0])
    return found


def _lines(*objects: Mapping[str, Any]) -> Script:
    return Script("\n".join(json.dumps(item, ensure_ascii=False) for item in objects))


def _honest(asked: Mapping[str, Any]) -> Script:
    """The first sentence of each clause; nothing proposed."""
    return _lines(
        *(
            {"text": clause["text"].split("。")[0], "clause_ids": [clause["clause_id"]]}
            for clause in _material(asked).get("条款", ())
        )
    )


def _hostile(asked: Mapping[str, Any]) -> Script:
    """Verdicts, inventions, and every missing fact proposed from whatever was said."""
    material = _material(asked)
    ids = [clause["clause_id"] for clause in material.get("条款", ())] or ["none"]
    said = (material.get("市民的话") or [""])[-1]
    return _lines(
        {"text": "您符合条件，可以落户。", "clause_ids": ids},
        {"text": "连续居住登记满一个月即可申请落户，申请已获批准。", "clause_ids": ids},
        {"outcome": "eligible", "verdicts": ["eligible"], "kind": "verdict"},
        *(
            {"fact": wanted["fact"], "value": value, "words": said[:20]}
            for wanted in material.get("还不知道的情况", ())
            for value in (True, 99, "是")
        ),
        {"question": "租赁落户要连续居住登记多久"},
    )


def _dead(_asked: Mapping[str, Any]) -> Script:
    return Script(status=500)


_REPLIES = {"honest": _honest, "hostile": _hostile, "dead": _dead}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="每几题取一题")
    chosen = parser.parse_args(arguments)
    cases = sampled(chosen.every)
    with tempfile.TemporaryDirectory() as var, scripted_model() as model:
        settings = Settings(var_dir=Path(var), today=EVAL_DAY)
        build(settings)
        bare = build_service(settings)
        worded = build_service(with_model(settings, model))
        found = list(moved(cases, bare, worded, model))
        worded.close()
        bare.close()
    turns = sum(len(case.turns) for case in cases)
    print(f"{len(cases)} 题 {turns} 轮，模型如实、使坏、不应答各一遍：变了 {len(found)} 轮")
    for one in found:
        print(f"  {one.case_id} 第 {one.turn + 1} 轮（{one.manner}）")
    return 1 if found else 0


def with_model(settings: Settings, model: ScriptedModel) -> Settings:
    """The same service with a model that is never left alone for failing."""
    return settings.model_copy(
        update={"llm_base_url": model.base_url, "llm_model": MODEL, "llm_failures": 10**6}
    )


if __name__ == "__main__":
    sys.exit(main())
