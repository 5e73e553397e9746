"""Whether question sets are sound: against the corpus, the rules, and each other."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.clauses import Gazetteer, load_corpus
from assistant.clauses.model import Clause, CorpusView
from assistant.errors import UnknownClauseError, UnknownPlaceError
from assistant.rules import load_rules
from eval.model import CATEGORIES, TAGS, Case, Expectation, Turn, squeeze
from eval.sets import SETS, CaseError, Located

NEAR_DUPLICATE = 0.7
"""Share of common character pairs (Jaccard) above which two questions are one question."""

_SHOWN = 12  # names of a list that a message repeats


@dataclass(frozen=True, slots=True)
class Ground:
    """What cases are checked against."""

    view: CorpusView
    rule_ids: frozenset[str]
    fact_names: frozenset[str]
    gazetteer: Gazetteer | None = None


def load_ground(corpus: Path) -> Ground:
    """The corpus and rules in a folder; raises AssistantError."""
    loaded = load_corpus(corpus)
    book = load_rules(corpus / "rules")
    return Ground(
        loaded,
        frozenset(rule.id for rule in book.rules),
        frozenset(fact.name for fact in book.facts),
        loaded.gazetteer,
    )


def require_sound(found: Sequence[Located], ground: Ground) -> None:
    """Raise CaseError that lists every problem with file and line; nothing where all is well."""
    if problems := check(found, ground):
        raise CaseError(problems)


def check(found: Sequence[Located], ground: Ground) -> list[str]:
    """Every problem of these cases as a Chinese sentence that begins with file and line."""
    problems = list(_duplicate_ids(found))
    for each in found:
        problems += [f"{each.where}：{each.case.id}：{text}" for text in _of_case(each, ground)]
    return [*problems, *near_duplicates(found)]


def near_duplicates(found: Sequence[Located]) -> list[str]:
    """Questions that stand almost alike in both splits, or twice in one, as Chinese messages."""
    entries = [
        (each, turn, _character_pairs(turn.question), _addresses(turn.question))
        for each in found
        for turn in [_first_asked(each.case)]
        if len(turn.question) > 1
    ]
    problems = []
    for index, (each, turn, pairs, addresses) in enumerate(entries):
        for other, other_turn, other_pairs, other_addresses in entries[index + 1 :]:
            if not _could_be_alike(len(pairs), len(other_pairs)) or addresses != other_addresses:
                continue  # two addresses differ in a digit and ask different things
            if _jaccard(pairs, other_pairs) < NEAR_DUPLICATE:
                continue
            setting = (turn.as_of, turn.jurisdiction)
            elsewhere = setting != (other_turn.as_of, other_turn.jurisdiction)
            if elsewhere and each.case.split == other.case.split:
                continue
            problems.append(
                f"{other.where}：{other.case.id}（{other.case.split}）与 {each.where} 的 "
                f"{each.case.id}（{each.case.split}）问句几乎相同，"
                f"请改写或删去其一：「{turn.question}」「{other_turn.question}」"
            )
    return problems


def summary(found: Sequence[Located]) -> str:
    """How many cases there are, by set, split, category and state of review."""
    lines = []
    for name, title in SETS.items():
        own = [each for each in found if each.set_name == name]
        if own:
            splits = Counter(each.case.split for each in own)
            turns = sum(len(each.case.turns) for each in own)
            lines.append(
                f"{title}（{name}）：{len(own)} 题、{turns} 轮，dev {splits['dev']}，test {splits['test']}"
            )
    categories = Counter(each.category for each in found)
    lines.append("分类：" + "，".join(f"{CATEGORIES[n]} {categories[n]}" for n in CATEGORIES))
    reviews = Counter(each.case.review.state if each.case.review else "none" for each in found)
    words = {"approved": "已复核", "pending": "待复核", "disputed": "有争议", "none": "未标"}
    lines.append("复核：" + "，".join(f"{words[n]} {reviews[n]}" for n in words))
    splits = Counter(each.case.split for each in found)
    lines.append(f"共 {len(found)} 题（dev {splits['dev']}，test {splits['test']}），无误。")
    return "\n".join(lines)


def _duplicate_ids(found: Sequence[Located]) -> Iterator[str]:
    seen: dict[str, Located] = {}
    for each in found:
        first = seen.setdefault(each.case.id, each)
        if first is not each:
            yield f"{each.where}：编号 {each.case.id} 已用在 {first.where}，每题编号须唯一。"


def _of_case(found: Located, ground: Ground) -> Iterator[str]:
    case = found.case
    for tag in case.tags:
        if tag not in TAGS:
            yield f"标签 {tag} 不在标签表里，可用的有 {'、'.join(TAGS)}。"
    if case.category is not None and case.category not in CATEGORIES:
        yield f"分类 {case.category} 不在分类表里，可用的有 {'、'.join(CATEGORIES)}。"
    for number, turn in enumerate(case.turns, start=1):
        place = f"第 {number} 轮：" if len(case.turns) > 1 else ""
        for problem in (*_gold(turn, ground.view), *_names(turn, ground)):
            yield f"{place}{problem}"


def _gold(turn: Turn, view: CorpusView) -> Iterator[str]:
    expect = turn.expect
    if expect == Expectation():
        yield "期望是空的，等于什么也不判；请至少写一项（见 eval/README.md 的 expect）。"
    if expect.reason is not None and expect.kinds != {"refuse"}:
        yield f"只有 kind 为 refuse 时才能写 reason（现为 {expect.kind}）。"
    clauses: list[Clause] = []
    for clause_id in expect.clauses:
        try:
            clauses.append(view.clause(clause_id))
        except UnknownClauseError:
            yield f"语料库里没有条款 {clause_id}，请核对编号。"
    texts = [squeeze(clause.text) for clause in clauses]
    for phrase in expect.phrases:
        if not any(squeeze(phrase) in text for text in texts):
            yield (
                f"短语「{phrase}」不在所列条款 {'、'.join(expect.clauses) or '（无）'} "
                "的原文里，短语须与公布文本逐字一致（只忽略空白）。"
            )


def _names(turn: Turn, ground: Ground) -> Iterator[str]:
    expect, reading = turn.expect, turn.reading
    rules = {*expect.outcomes, *expect.also_eligible, *expect.earliest, *expect.covers}
    facts = {*expect.missing, *turn.facts, *(reading.facts if reading else ())}
    yield from _unknown(rules, ground.rule_ids, "没有编号为 {name} 的规则", "corpus/rules/")
    known = ground.fact_names
    yield from _unknown(facts, known, "没有名为 {name} 的事实", "corpus/rules/facts.yaml")
    for place in (turn.jurisdiction, reading.jurisdiction if reading else None):
        if place is not None and ground.gazetteer is not None:
            try:
                ground.gazetteer.resolve(place)
            except UnknownPlaceError:
                yield f"不认识地名「{place}」，请对照 corpus/jurisdictions.yaml。"


def _unknown(
    names: Collection[str], known: Collection[str], pattern: str, source: str
) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        near = [each for each in sorted(known) if each.split(".")[0] == name.split(".")[0]]
        hint = f"；相近的有 {'、'.join(near[:_SHOWN])}" if near else ""
        yield f"{pattern.format(name=name)}，请对照 {source}{hint}。"


def _character_pairs(text: str) -> frozenset[str]:
    plain = re.sub(r"[\s，。？！、：；,.?!:;]", "", text)
    return frozenset(plain[i : i + 2] for i in range(max(1, len(plain) - 1)))


def _addresses(text: str) -> frozenset[str]:
    return frozenset(
        re.findall(
            r"[\u4e00-\u9fff]*[〔\[]\d{4}[〕\]]\s*\d+|第[\d一二三四五六七八九十]+[条款项部]", text
        )
    )


def _could_be_alike(one: int, other: int) -> bool:
    return min(one, other) >= NEAR_DUPLICATE * max(one, other)


def _first_asked(case: Case) -> Turn:
    """The turn that a case opens with; a greeting before it is no question."""
    asked = (turn for turn in case.turns if turn.expect.kind != "chat")
    return next(asked, case.turns[0])


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
