"""Six people who open with 我能落户吗 and then only tap the choices that are offered.

`python -m eval.persons docs/transcripts.md` writes their conversations down; one of them for each
way of settling, and one who meets none.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.assembly import build, build_service
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.schemas import Answer, AskRequest
from eval.model import EVAL_DAY

OPENING = "我能落户吗"
MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's situation as choices by fact, and the verdict that is right for it."""

    key: str
    who: str
    taps: Mapping[str, str]
    rule: str
    outcome: str


PERSONS = (
    Person(
        "renter",
        "租住城里商品房、登记满半年的租客",
        {
            "channel": "在嘉兴租房住",
            "rent.is_urban_commodity_housing": "是",
            "reg.months": "6个月及以上",
        },
        "settle.rental",
        "eligible",
    ),
    Person(
        "mother",
        "儿子在城里有房、想投靠儿子的母亲",
        {
            "channel": "投靠家人（父母、子女、配偶等）",
            "relation": "父母",
            "host.adult": "是",
            "host.stable_home": "是",
        },
        "settle.join_child",
        "eligible",
    ),
    Person(
        "graduate",
        "大专毕业生",
        {"channel": "有学历、职称或技能证书", "edu": "大专"},
        "settle.talent",
        "eligible",
    ),
    Person(
        "worker",
        "有稳定工作、养老保险连续缴满三个月的职工",
        {
            "channel": "在嘉兴有稳定工作、缴职工养老保险",
            "job.stable_in_city": "是",
            "pension.consecutive_months_city": "3个月及以上",
        },
        "settle.employment",
        "eligible",
    ),
    Person(
        "permit_holder",
        "持嘉兴签发的有效居住证、登记满半年的人",
        {
            "channel": "有《浙江省居住证》",
            "reg.months": "6个月及以上",
            "permit.held": "是",
            "permit.issued_in": "嘉兴市",
            "permit.valid": "是",
        },
        "settle.permit",
        "eligible",
    ),
    Person(
        "nobody",
        "哪一条都够不上的人",
        {"channel": "以上都没有"},
        "settle.rental",
        "ineligible",
    ),
)

Ask = Callable[[AskRequest], Answer]


class OffScriptError(AssistantError):
    """Asked something that the person cannot answer by tapping, or too much."""


def play(person: Person, ask: Ask) -> list[tuple[str, Answer]]:
    """What the person says and hears, from the opening to the verdict; raises OffScriptError."""
    heard = [(OPENING, ask(AskRequest(question=OPENING)))]
    while heard[-1][1].kind == "clarify":
        answer = heard[-1][1]
        question = answer.questions[0]
        tap = person.taps.get(question.fact)
        if tap is None or tap not in (question.choices or ()):
            raise OffScriptError(f"{person.key}：「{question.text}」没有可点的选项。")
        if len(heard) > MOST_QUESTIONS:
            raise OffScriptError(f"{person.key}：问了超过 {MOST_QUESTIONS} 个问题。")
        request = AskRequest(question=tap, conversation_id=answer.conversation_id)
        heard.append((tap, ask(request)))
    return heard


def transcripts(ask: Ask) -> str:
    """All six conversations as a page of Markdown."""
    parts = [
        "# 六个人的对话\n",
        f"每个人都从「{OPENING}」开始，之后只点给出的选项。以 {EVAL_DAY.isoformat()} 为今天；"
        "本页由 `make docs` 生成，测试核对它与现在的服务一致。\n",
    ]
    for person in PERSONS:
        heard = play(person, ask)
        parts.append(f"## {person.who}\n")
        parts.append(f"问了 {len(heard) - 1} 个问题。\n")
        for said, answer in heard:
            text = answer.text.replace("\n", "\n> ")
            parts.append(f"**我**：{said}\n\n> {text}\n")
    return "\n".join(parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(prog="python -m eval.persons", description="六个人的对话")
    parser.add_argument("target", type=Path, help="写到哪个文件")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料文件夹")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="persons-") as work:
        settings = Settings(var_dir=Path(work), corpus_dir=options.corpus, today=EVAL_DAY)
        try:
            build(settings)
            service = build_service(settings)
            options.target.write_text(transcripts(service.ask), encoding="utf-8")
            service.close()
        except AssistantError as error:
            sys.stderr.write(f"{error.message}\n")
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
