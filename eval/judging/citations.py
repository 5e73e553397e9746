"""Whether a reply cites what it should, and whether each quotation stands in its source."""

from eval.judging.model import Exchange, Judged, one, share
from eval.model import squeeze


def judge_clauses(exchange: Exchange) -> Judged:
    """One of the gold clauses, or a part of it, is cited; what share of all citations is gold."""
    gold = exchange.expect.clauses
    if not gold:
        return Judged()
    cited = [citation.clause_id for citation in exchange.citations]
    right = [any(within(found, each) for each in gold) for found in cited]
    problem = f"没有引用 {'、'.join(gold)}；引用的是 {'、'.join(cited) or '（无）'}"
    return Judged(
        {"clause_accuracy": one(any(right)), "citation_precision": share(sum(right), len(right))},
        () if any(right) else (problem,),
    )


def judge_phrases(exchange: Exchange) -> Judged:
    """Each gold phrase stands in some quotation; without phrases, a gold clause is cited."""
    expect = exchange.expect
    if not expect.clauses and not expect.phrases:
        return Judged()
    if not expect.phrases:
        cited = [citation.clause_id for citation in exchange.citations]
        found = any(within(each, gold) for each in cited for gold in expect.clauses)
        return Judged({"citation_recall": one(found)})
    quotes = [squeeze(citation.quote) for citation in exchange.citations]
    absent = [p for p in expect.phrases if not any(squeeze(p) in quote for quote in quotes)]
    held = len(expect.phrases) - len(absent)
    return Judged(
        {"citation_recall": share(held, len(expect.phrases))},
        tuple(f"引文中没有「{phrase}」" for phrase in absent),
    )


def judge_quotes(exchange: Exchange) -> Judged:
    """Each quotation is what the source file holds at its offsets, read without the product."""
    citations = exchange.citations
    broken = [c for c in citations if not exchange.published.holds(c)]
    return Judged(
        {"quote_fidelity": share(len(citations) - len(broken), len(citations))},
        tuple(f"引文与原文不符：[{c.marker}] {c.clause_id}" for c in broken),
    )


def within(found: str, gold: str) -> bool:
    """Whether a clause is the gold one or stands below it."""
    return found == gold or found.startswith(f"{gold}__")
