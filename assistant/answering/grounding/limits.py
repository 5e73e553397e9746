"""Whom a rule leaves out, how much of something it speaks of, and how far a thing has come."""

import re
from collections.abc import Iterator

from assistant.answering.grounding.marks import split_sentences
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical, pairs_of, without_besides
from assistant.answering.grounding.support import read_support

_LEFT_OUT = re.compile(
    r"(?P<before>[^,;:。、()]{2,16})(?:除外|不在此[列限]|例外)"
    r"|除(?!了|非|此|上)(?P<between>[^,;:。]{2,24}?)(?:之|以)?外(?![包贸地])"
)
_LEAVES_OUT = re.compile("除|外|不含|不包括|不在|不适用|不受|不作|特别规定|另有")


def exception_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """宅基地使用权除外, of a text that leaves nothing of the kind out."""
    text = without_besides(canonical(statement))
    said = [found["before"] or found["between"] for found in _LEFT_OUT.finditer(text)]
    held = [s for text in support.texts for s in re.split("[。;]", canonical(text))]
    return tuple(
        f"依据没有把「{what}」除外"
        for what in said
        if any(pairs_of(what) & pairs_of(s) for s in held)
        and not any(pairs_of(what) & pairs_of(s) and _LEAVES_OUT.search(s) for s in held)
    )


_PART = re.compile(
    r"(?:其?中的?|有一?|只有)部分|(?:大|绝大|小|一)部分|^部分|多数|少数|个别|(?:^|(?<=[,;:。]))有[些的]|若干"
)


def part_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """其中部分已整改完毕, of a text that says so of all."""
    carried = "\n".join(map(canonical, support.texts))
    return tuple(
        f"依据没有说只是「{found[0]}」"
        for found in _PART.finditer(canonical(statement))
        if not _PART.search(carried) and "等" not in carried
    )


_TENTATIVE = re.compile("探索|试点|试行|争取|拟于|逐步|研究(?!院|所|室)|征求意见|条件成熟|有条件")
_REACHED = re.compile(
    "(?:已经?|早已|全面|全部|正式|目前|现已)[^,;。]{0,6}?(?:实施|实行|实现|推行|推开|铺开|开展|完成|建成|落地|落实|执行|启动|做到|生效|通过)"
)


def stage_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """已经全面实施, of a text that says 探索开展……试点."""
    return tuple(dict.fromkeys(_overstated(canonical(statement), support)))


def _overstated(statement: str, support: Support) -> Iterator[str]:
    held = [u.sentence.text for u in read_support(support) if not u.told]
    for text in split_sentences(statement):
        reached = _REACHED.search(text)
        if reached is None or _TENTATIVE.search(text) or not held:
            continue
        said = pairs_of(text[: reached.start()]) or pairs_of(text)
        shared = [len(said & pairs_of(sentence)) for sentence in held]
        nearest = [s for n, s in zip(shared, held, strict=True) if n == max(shared) > 0]
        if nearest and all(_TENTATIVE.search(s) and not _REACHED.search(s) for s in nearest):
            yield f"依据没有说「{reached[0]}」"
