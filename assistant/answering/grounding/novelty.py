"""What no table knows: names and sentences that do not stand in the support at all."""

import re
from collections.abc import Sequence

from assistant.answering.grounding.mark import Sentence
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.spelling import HAN

_ENTITY = re.compile(
    r"([\u3400-\u9fff]{2})(证明|证书|执照|合同|补贴|津贴|保险|公积金|委员会|银行|银行卡|税|费用|押金|保证金)"
)
_GENERIC_ENTITY = re.compile(
    r"相关|有关|除了?|[这那该此本](?:些|个|笔|项|类|种|份|张)|上述|以上|下列|各种|各类|任何|一份|提供|持有|凭着?|需要|拿着?|带着?|办好|办理"
    r"|等等|出具|开具|材料|什么|多少|缴纳|[来以用作是]$|医疗|住院|门诊|产生|发生|支付|报销|的$|。|,|能|就"
)
_VERB_ENDS = "开出办持凭交带有给供的取领要具是些份个种"


def entity_reasons(sentence: Sentence, units: Sequence[Unit]) -> list[str]:
    """Names of papers, fees and bodies that no table lists must stand in the support."""
    carried = "\n".join(unit.sentence.text for unit in units)
    reasons = []
    for match in _ENTITY.finditer(sentence.text):
        covered = any(m.start < match.end() <= m.end for m in sentence.marks)
        known = match[0] in carried or match[1][-1] in _VERB_ENDS
        if not covered and not known and not _GENERIC_ENTITY.search(match[1]):
            reasons.append(f"依据中没有「{match[0]}」")
    return reasons


def novelty_reasons(sentence: Sentence, units: Sequence[Unit]) -> list[str]:
    """A sentence of which hardly a word stands in the support is about something else."""
    text = sentence.text
    han = [i for i, char in enumerate(text) if HAN.match(char)]
    if len(han) < 12:
        return []
    carried = "\n".join(unit.sentence.text for unit in units)
    covered = {i for m in sentence.marks for i in range(m.start, m.end)}
    covered |= {
        j
        for i in han
        for j in (i, i + 1)
        if text[i : i + 2] in carried and len(text[i : i + 2]) == 2
    }
    share = sum(i in covered for i in han) / len(han)
    claims = {m.key for m in sentence.marks}
    return ["与依据几乎无关"] if share < 0.3 and len(claims) < 2 else []
