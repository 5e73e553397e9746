"""Whether the rules still stand on the text: every quote, every figure, every day of validity."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from assistant.clauses.effectivity import status_of
from assistant.clauses.jurisdictions import Place, ancestors
from assistant.clauses.model import Clause, CorpusView
from assistant.clauses.numerals import ordinal
from assistant.errors import UnknownClauseError
from assistant.rules.book import RuleBook
from assistant.rules.model import Cite, ParameterValue
from assistant.rules.rule import Rule, Suspension, Version
from assistant.rules.templates import figure

_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_HAN = re.compile(r"[一二两三四五六七八九十百]+")


@dataclass(frozen=True, slots=True)
class Binding:
    """One tie between a rule's version and the text."""

    rule_id: str
    version_id: str
    kind: str  # condition, parameter, material, premise, amount, doubt, notice, ground
    name: str
    cite: Cite
    binds: bool  # the text must be in force for the rule to decide
    value: ParameterValue | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """A tie that no longer holds, from a day on (None: on every day)."""

    binding: Binding
    reason: str
    since: date | None = None

    def __str__(self) -> str:
        b = self.binding
        start = f"（自 {self.since.isoformat()} 起）" if self.since else ""
        return f"{b.rule_id} / {b.version_id}：{_KINDS[b.kind]} {b.name}{start}：{self.reason}"


@dataclass(frozen=True, slots=True)
class BindingReport:
    """All broken ties; empty when every rule stands."""

    breaches: tuple[Breach, ...] = ()

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The rules that are hit."""
        return tuple(dict.fromkeys(b.binding.rule_id for b in self.breaches))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that are hit."""
        hit = (b.binding for b in self.breaches if b.binding.kind == "parameter")
        return tuple(dict.fromkeys(b.name for b in hit))

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """The conditions that are hit, each with its rule."""
        hit = (b.binding for b in self.breaches if b.binding.kind == "condition")
        return tuple(dict.fromkeys((b.rule_id, b.name) for b in hit))

    @property
    def clause_ids(self) -> tuple[str, ...]:
        """The clauses behind the broken ties."""
        return tuple(dict.fromkeys(b.binding.cite.clause_id for b in self.breaches))

    def lines(self) -> tuple[str, ...]:
        """The impact list, one line for each broken tie."""
        return tuple(str(breach) for breach in self.breaches)


_KINDS = {
    "condition": "条件",
    "parameter": "参数",
    "material": "材料",
    "premise": "前提",
    "amount": "金额",
    "doubt": "疑义",
    "notice": "提示",
    "ground": "依据",
}


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Where the quote stands in a text, white space aside; None where it does not."""
    wanted = "".join(quote.split())
    places = [i for i, c in enumerate(text) if not c.isspace()]
    at = "".join(text[i] for i in places).find(wanted) if wanted else -1
    return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)


def figures(text: str) -> set[Decimal]:
    """Every number that a text writes, in digits or in Chinese."""
    found = {Decimal(m) for m in _ARABIC.findall("".join(text.split()))}
    return found | {Decimal(ordinal(m)) for m in _HAN.findall(text)}


def bindings(rules: Iterable[Rule]) -> Iterator[Binding]:
    """Every tie between the rules and the text."""
    for rule in rules:
        for version in rule.versions:
            for kind, name, cite, binds in _ties(version):
                yield Binding(rule.id, version.id, kind, name, cite, binds)
            for parameter in version.parameters():
                for value in parameter.values:
                    if _overlaps(version, value):
                        yield Binding(
                            rule.id,
                            version.id,
                            "parameter",
                            parameter.name,
                            value.cite,
                            True,
                            value,
                        )


def _ties(version: Version) -> Iterator[tuple[str, str, Cite, bool]]:
    yield "ground", "since", version.since, False
    yield "ground", "where", version.where, True
    if version.until:
        yield "ground", "until", version.until, False
    for alternative in version.alternatives:
        if alternative.grants:
            yield "ground", alternative.id, alternative.grants, True
        for condition in alternative.conditions:
            yield "condition", condition.id, condition.cite, True
            for doubt in condition.doubts:
                yield from (("doubt", doubt.id, c, False) for c in doubt.cites)
        yield from (("material", m.id, m.cite, True) for m in alternative.materials)
        for doubt in alternative.doubts:
            yield from (("doubt", doubt.id, c, False) for c in doubt.cites)
    for doubt in version.doubts:
        yield from (("doubt", doubt.id, c, False) for c in doubt.cites)
    yield from (("premise", p.id, p.cite, True) for p in version.premises)
    for notice in version.notices:
        yield from (("notice", notice.code, c, False) for c in notice.cites)
    if version.amount:
        yield from (("amount", case.id, case.cite, True) for case in version.amount.cases)


def _overlaps(version: Version, value: ParameterValue) -> bool:
    starts = max(version.valid_from, value.valid_from)
    ends = [d for d in (version.valid_to, value.valid_to) if d is not None]
    return not ends or starts <= min(ends)


def bound_to(rules: Iterable[Rule], clause_ids: Iterable[str]) -> tuple[Binding, ...]:
    """The ties to some clauses: what a change to them would touch."""
    wanted = frozenset(clause_ids)
    return tuple(b for b in bindings(rules) if b.cite.clause_id in wanted)


def check_bindings(rules: Iterable[Rule], view: CorpusView) -> BindingReport:
    """Every tie of the rules, held against the corpus."""
    known = tuple(rules)
    places = {r.id: Place(r.jurisdiction, r.jurisdiction) for r in known}
    versions = {(r.id, v.id): v for r in known for v in r.versions}
    breaches = []
    for binding in bindings(known):
        version = versions[binding.rule_id, binding.version_id]
        breach = _check(binding, version, places[binding.rule_id], view)
        if breach is not None and breach not in breaches:
            breaches.append(breach)
    return BindingReport(tuple(breaches))


def _check(binding: Binding, version: Version, place: Place, view: CorpusView) -> Breach | None:
    cite = binding.cite
    try:
        clause = view.clause(cite.clause_id)
    except UnknownClauseError:
        return Breach(binding, f"语料里没有条文 {cite.clause_id}。")
    span = locate(cite.quote, clause.text)
    if span is None:
        return Breach(binding, f"条文 {clause.clause_id} 里找不到「{cite.quote}」。")
    if binding.value is not None and binding.value.value not in figures(cite.quote):
        return Breach(binding, f"「{cite.quote}」里没有数字 {figure(binding.value.value)}。")
    return _check_force(binding, version, place, view, clause, span) if binding.binds else None


def _check_force(
    binding: Binding,
    version: Version,
    place: Place,
    view: CorpusView,
    clause: Clause,
    span: tuple[int, int],
) -> Breach | None:
    notice = view.notice(clause.notice_id)
    if not notice.binds or notice.jurisdiction not in ancestors(place.code):
        return Breach(binding, f"《{notice.title}》不能作为这里的依据（草案、解读或外地文件）。")
    first, last = version.valid_from, version.valid_to
    if binding.value is not None:
        first = max(first, binding.value.valid_from)
        ends = [d for d in (last, binding.value.valid_to) if d is not None]
        last = min(ends) if ends else None
    state = status_of(
        view,
        clause.clause_id,
        as_of=first,
        place=place,
        topic=binding.cite.topic,
        start=span[0],
        end=span[1],
    )
    if not state.binds:
        return Breach(binding, f"条文 {clause.clause_id} 在 {first.isoformat()} 没有效力。")
    if state.effective_to is not None and (last is None or state.effective_to < last):
        since = state.effective_to + timedelta(1)
        return Breach(binding, f"条文 {clause.clause_id} 自 {since.isoformat()} 起失效。", since)
    return None


def suspend(book: RuleBook, report: BindingReport) -> RuleBook:
    """The book with every version that lost a tie set aside until it is reviewed."""
    rules = tuple(
        replace(rule, suspensions=_suspensions(rule, report))
        if rule.id in report.rule_ids
        else rule
        for rule in book.rules
    )
    return replace(book, rules=rules)


def _suspensions(rule: Rule, report: BindingReport) -> tuple[Suspension, ...]:
    lost = [b for b in report.breaches if b.binding.rule_id == rule.id]
    broken = {b.binding.cite for b in lost}
    standing = {
        v.id: tuple([c for c in (v.since, v.where) if c not in broken][:1]) for v in rule.versions
    }
    found = [
        Suspension(
            b.binding.version_id,
            b.since,
            f"「{rule.title}」依据的条文有变化，这条规则待复核，暂不作出判断。"
            f"{_KINDS[b.binding.kind]}：{b.reason}",
            standing[b.binding.version_id],
        )
        for b in lost
    ]
    return tuple(sorted(found, key=lambda s: s.since or date.min))
