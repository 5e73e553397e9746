"""What can be told from the form of a statement: links, languages, quotations, titles, labels."""

import re

from assistant.answering.grounding.decisions import reads_as_decision
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import HAN, QUOTED, canonical, folded, folded_support

_TITLE = re.compile(r"[《〈]([^《》〈〉]{2,60})[》〉]")
_LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|cn|net|org|gov|io|top|xyz|vip)\b|!?\[[^\]]*\]\s*\([^)]*\)"
    r"|</?[a-z][^>]*>|```|\b[\w.]+@[\w.]+",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[A-Za-z]{2,}")
_LABEL = re.compile(r"第([零一二两三四五六七八九十百\d]+)(条|款|项|目|章|节|点|部分|批|届|次|号)")


_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[A-Za-z]+)+", re.ASCII)


def without_addresses(statement: str, support: Support) -> str:
    """A statement without the e-mail addresses that its support prints."""
    printed = {one for text in support.texts for one in _ADDRESS.findall(text)}
    return _ADDRESS.sub(lambda found: "" if found[0] in printed else found[0], statement)


def form_reasons(statement: str, support: Support) -> list[str]:
    """Failures that need no reading: links, other languages, decisions, invented quotations."""
    reasons: list[str] = []
    plain = without_addresses(statement, support)
    if _LINK.search(plain):
        reasons.append("含有链接或标记")
    han, latin = len(HAN.findall(plain)), len(re.findall(r"[A-Za-z]", plain))
    if han == 0 or latin > han:
        reasons.append("不是中文陈述")
    carried = "\n".join(folded_support(support))
    reasons += [
        f"依据中没有「{word}」"
        for word in _LATIN.findall(statement)
        if word.lower() not in carried and word.lower() != "app"
    ]
    if reads_as_decision(statement):
        reasons.append("陈述像是裁决，裁决只由规则作出")
    reasons += [
        f"引文不在依据中：{quote}"
        for quote in QUOTED.findall(statement)
        if len(folded(quote).strip("\"'")) > 8 and folded(quote).strip("\"'") not in carried
    ]
    reasons += [
        f"依据中没有《{title}》"
        for title in _TITLE.findall(statement)
        if folded(title) not in carried
    ]
    return reasons + _label_reasons(statement, carried)


_LABEL_RANGE = re.compile(f"{_LABEL.pattern}(?:至|到|-|—|~){_LABEL.pattern}")
_SECTION = re.compile(r"([一二三四五六七八九十]{1,3})、")


def _label_reasons(statement: str, carried: str) -> list[str]:
    known = {_label_key(m) for m in _LABEL.finditer(carried)}
    known |= {
        (canonical(f"{m[1]}个月"), unit)
        for m in _SECTION.finditer(carried)
        for unit in ["部分", "条", "点"]
    }
    said = canonical(statement)
    return [
        f"依据中没有「{m[0]}」" for m in _LABEL.finditer(said) if _label_key(m) not in known
    ] + [
        f"依据中没有「{m[0]}」"
        for m in _LABEL_RANGE.finditer(said)
        if m[0] not in canonical(carried)
    ]


def _label_key(match: re.Match[str]) -> tuple[str, str]:
    return canonical(f"{match[1]}个月"), match[2]
