"""The rules as a document that an office can review: every condition, its text, its days."""

from collections.abc import Iterable, Iterator
from datetime import date

from assistant.clauses.corpus import Corpus
from assistant.rules.amounts import Amount, AmountCase, Expression, Figure, givens
from assistant.rules.book import RuleBook
from assistant.rules.conditions import Always
from assistant.rules.model import Cite
from assistant.rules.rule import (
    Alternative,
    Condition,
    Doubt,
    Material,
    Notice,
    Premise,
    Rule,
    Version,
)
from assistant.rules.templates import figure, to_cents
from assistant.rules.wording import in_words

_HEAD = """# 规则总表

本页由规则文件生成（`make docs`），供公安、医保等部门核对。改规则请改 `corpus/rules/`，不要改本页；规则文件的写法见 [rules-format.md](rules-format.md)。

怎样读：

- 「原文」一栏是公布文本里逐字的一段，「出处」是它所在的条款；原文改动一个字，引它的规则自动停用，标为「待复核」。
- 「系统怎样判断」是程序实际判断的内容，由规则直接转写。没有说到的事实一律算「不知道」，不猜。
- 「材料」没有提到不妨碍符合；明说没有的，不符合。「前提」没有提到时视为成立，随结论写明。
- 「没有定论」是来源相互矛盾、没有规定或者依据的文件没有收录的地方，系统不替主管部门作决定。
- 起止日期两端都算在内；按月、按年计算的期限，从起始日算到对应的那一天，含当天；没有对应日的，算到当月最后一天。
"""


def overview(book: RuleBook, corpus: Corpus) -> str:
    """All rules, parameters and open doubts, in Markdown."""
    page = _Page(book, corpus)
    return "\n".join(page.lines()).rstrip() + "\n"


class _Page:
    """Writes the document; knows what clauses are called."""

    def __init__(self, book: RuleBook, corpus: Corpus) -> None:
        self._book = book
        self._corpus = corpus

    def lines(self) -> Iterator[str]:
        """The whole document."""
        yield _HEAD
        yield from self._contents()
        for rule in self._book.rules:
            yield from self._rule(rule)
        yield from self._open_questions()
        yield from self._parameters()

    def _contents(self) -> Iterator[str]:
        yield "## 目录\n"
        rows = []
        for rule in self._book.rules:
            ids = (c.clause_id for v in reversed(rule.versions) for c in v.binding_cites())
            notices = dict.fromkeys(self._corpus.clause(i).notice_id for i in ids)
            rows.append(
                (
                    f"[{rule.title}](#{_anchor(rule)})",
                    f"`{rule.id}`",
                    "<br>".join(_period(v.valid_from, v.valid_to) for v in reversed(rule.versions)),
                    "<br>".join(self._notice_name(n) for n in notices),
                    str(len(_doubts_of(rule))),
                )
            )
        yield from _table(("规则", "编号", "有效期间", "依据的文件", "没有定论"), rows)

    def _rule(self, rule: Rule) -> Iterator[str]:
        yield f'<a id="{_anchor(rule)}"></a>\n'
        yield f"## {rule.title}（`{rule.id}`）\n"
        yield f"适用地区：{self._corpus.gazetteer.name(rule.jurisdiction)}\n"
        for version in reversed(rule.versions):
            yield from self._version(version)

    def _version(self, version: Version) -> Iterator[str]:
        day = version.valid_from
        yield f"### {_period(version.valid_from, version.valid_to)}（`{version.id}`）\n"
        yield f"- 施行的依据：{self._quoted(version.since)}"
        if version.until:
            yield f"- 届满的依据：{self._quoted(version.until)}"
        yield f"- 适用范围的依据：{self._quoted(version.where)}"
        yield ""
        for alternative in version.alternatives:
            yield from self._alternative(version, alternative)
        if version.premises:
            yield "前提：\n"
            rows = [self._premise(premise, day) for premise in version.premises]
            yield from _table(("前提", "系统怎样判断", "否定时", "原文", "出处"), rows)
        if version.amount:
            yield from self._amount(version.amount, day)
        yield from self._doubts(version.doubts, day)
        if version.notices:
            yield "随结论给出的提示：\n"
            yield from (self._notice(notice, day) for notice in version.notices)
            yield ""

    def _alternative(self, version: Version, alternative: Alternative) -> Iterator[str]:
        day = version.valid_from
        if len(version.alternatives) > 1:
            yield f"#### 途径：{alternative.title}\n"
        if alternative.grants:
            yield f"- 结果：{self._quoted(alternative.grants)}"
        if alternative.covers is not None:
            together = "（须共同居住生活）" if alternative.covers and alternative.cohabiting else ""
            yield f"- 可以随迁：{'、'.join(alternative.covers) or '无，只有本人'}{together}"
        if alternative.grants or alternative.covers is not None:
            yield ""
        rows = [self._condition(condition, day) for condition in alternative.conditions]
        rows += [self._material(material, day) for material in alternative.materials]
        if rows:
            yield from _table(("条件", "要求", "系统怎样判断", "原文", "出处"), rows)
        for condition in alternative.conditions:
            yield from self._doubts(condition.doubts, day)
        yield from self._doubts(alternative.doubts, day)

    def _condition(self, condition: Condition, day: date) -> tuple[str, ...]:
        asked = in_words(condition.test, day)
        return (condition.label, condition.required.on(day), asked, *self._source(condition.cite))

    def _material(self, material: Material, day: date) -> tuple[str, ...]:
        asked = in_words(material.test, day)
        return (f"材料：{material.name}", "提供", asked, *self._source(material.cite))

    def _premise(self, premise: Premise, day: date) -> tuple[str, ...]:
        denied = "不适用" if premise.applicability else "不符合"
        asked = in_words(premise.test, day)
        return (premise.text, asked, denied, *self._source(premise.cite))

    def _amount(self, amount: Amount, day: date) -> Iterator[str]:
        yield f"金额（{amount.unit}），从上到下，第一个成立的：\n"
        rows = [
            (_situation(case, day), _formula(case, day), *self._source(case.cite))
            for case in amount.cases
        ]
        yield from _table(("什么情形", "怎样算", "原文", "出处"), rows)

    def _doubts(self, doubts: Iterable[Doubt], day: date) -> Iterator[str]:
        for doubt in doubts:
            yield f"> **没有定论（{doubt.id.upper()}）**　{doubt.note}"
            yield ">"
            yield f"> 什么时候：{in_words(doubt.when, day)}"
            yield ">"
            yield from (f"> - {self._quoted(cite)}" for cite in doubt.cites)
            yield ""

    def _notice(self, notice: Notice, day: date) -> str:
        when = "" if isinstance(notice.when, Always) else f"（当：{in_words(notice.when, day)}）"
        quoted = "".join(f"\n  - {self._quoted(cite)}" for cite in notice.cites)
        return f"- {notice.text.on(day)}{when}{quoted}"

    def _open_questions(self) -> Iterator[str]:
        yield "## 没有定论之处\n"
        yield "请主管部门答复的问题，同一个问题只列一次。\n"
        found: dict[str, list[str]] = {}
        for rule in self._book.rules:
            for doubt in _doubts_of(rule):
                named = found.setdefault(doubt.note, [])
                if rule.title not in named:
                    named.append(rule.title)
        rows = [(note, "<br>".join(titles)) for note, titles in found.items()]
        yield from _table(("问题", "涉及的规则"), rows)

    def _parameters(self) -> Iterator[str]:
        yield "## 参数\n"
        rows = []
        for parameter in self._book.parameters:
            for value in parameter.values:
                number = f"{figure(value.value)} {parameter.unit}"
                period = _period(value.valid_from, value.valid_to)
                rows.append((f"`{parameter.name}`", number, period, *self._source(value.cite)))
            for first, last, note in parameter.gaps:
                rows.append((f"`{parameter.name}`", "没有规定", _period(first, last), note, ""))
        yield from _table(("参数", "值", "期间", "原文", "出处"), rows)

    def _source(self, cite: Cite) -> tuple[str, str]:
        return f"「{_one_line(cite.quote)}」", self._place(cite)

    def _quoted(self, cite: Cite) -> str:
        return f"「{_one_line(cite.quote)}」（{self._place(cite)}）"

    def _place(self, cite: Cite) -> str:
        clause = self._corpus.clause(cite.clause_id)
        return f"{self._notice_name(clause.notice_id)} {clause.label}"

    def _notice_name(self, notice_id: str) -> str:
        notice = self._corpus.notice(notice_id)
        inner = notice.title.replace("《", "〈").replace("》", "〉")
        return notice.doc_number or f"《{inner}》"


def _doubts_of(rule: Rule) -> tuple[Doubt, ...]:
    found: list[Doubt] = []
    for version in reversed(rule.versions):
        for alternative in version.alternatives:
            found += [doubt for c in alternative.conditions for doubt in c.doubts]
            found += alternative.doubts
        found += version.doubts
    return tuple({doubt.note: doubt for doubt in found}.values())


def _formula(case: AmountCase, day: date) -> str:
    known = {given.fact.name: f"〔{given.fact.label}〕" for given in givens(case.value)}
    value = _plain_value(case.value, day)
    return case.formula.fill(day, {**known, "value": value or "结果"})


def _situation(case: AmountCase, day: date) -> str:
    return "其余" if isinstance(case.when, Always) else in_words(case.when, day)


def _plain_value(value: Expression, day: date) -> str | None:
    """The amount where no fact enters into it."""
    if not isinstance(value, Figure) or value.percent:
        return None
    return figure(to_cents(value.parameter.on(day)))


def _period(first: date, last: date | None) -> str:
    return f"{first.isoformat()} 至 {last.isoformat() if last else '今'}"


def _anchor(rule: Rule) -> str:
    return rule.id.replace(".", "-")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"
    yield ""


def _one_line(text: str) -> str:
    return "".join(text.splitlines())
