"""Which other documents a text names, and what it does to them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.clauses import DocumentKind, Relation, normalize_doc_number, squeeze
from assistant.clauses.model import RelationKind
from assistant.ingest.validity import SELF, sentences

_QUOTED = re.compile(
    r"《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》"
    r"(?:\s*[（(](?P<remark>[^（）()]{2,40})[）)])?"
)
_BARE_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,8}\s*[〔\[［]\s*(?:19|20)\d{2}\s*[〕\]］]\s*\d{1,4}\s*号"
)
_INCONSISTENT = re.compile(
    rf"(?P<what>[^。；;，,：:]{{2,40}}?)(?:与|同){SELF}(?:规定|精神|内容|要求)?(?:有)?不一致的?[，,]?\s*(?:均|一律)?(?:以|按)"
)
_WEIGHT = (
    RelationKind.MENTIONS,
    RelationKind.BASED_ON,
    RelationKind.INTERPRETS,
    RelationKind.SUPERSEDES_WHERE_INCONSISTENT,
    RelationKind.AMENDS,
    RelationKind.REPEALS,
)
_ACTS = frozenset(_WEIGHT[3:])  # what a draft or an interpretation cannot do


def find_relations(
    texts: Iterable[str], kind: DocumentKind, titles: Iterable[str], number: str | None
) -> list[Relation]:
    """Every document named, once each; `titles` are the text's own, the cover's title first."""
    texts, titles = list(texts), list(titles)
    own = {squeeze(title) for title in titles}
    powerless = kind in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}
    found: list[Relation] = []
    for relation in _mentions(texts, titles[0], kind):
        title = squeeze(relation.title or "")
        if (relation.doc_number and relation.doc_number == number) or _is_own(title, own):
            continue
        acts = not powerless or relation.kind not in _ACTS
        _add(found, relation if acts else replace(relation, kind=RelationKind.MENTIONS))
    return found


def _mentions(texts: Iterable[str], title: str, kind: DocumentKind) -> Iterator[Relation]:
    """Every document that the text names, with what it does to it."""
    if kind is DocumentKind.INTERPRETATION:
        found = _QUOTED.search(title)
        name = found["title"] if found else None
        if name:
            number = _number_beside(name, texts := list(texts))
            yield Relation(RelationKind.INTERPRETS, number, name, None)
    is_amendment = kind is DocumentKind.AMENDMENT
    for text in texts:
        for sentence in sentences(text):
            for what in _INCONSISTENT.finditer(sentence):
                subject = re.sub(r"^.*(?:施行|实施|执行)", "", what["what"]).strip()
                if "《" not in subject:
                    yield Relation(RelationKind.SUPERSEDES_WHERE_INCONSISTENT, None, subject, None)
            yield from _named(sentence, is_amendment)


def _add(found: list[Relation], relation: Relation) -> None:
    """Add a relation, or complete the one that names the same document already."""
    title = squeeze(relation.title or "")
    for index, known in enumerate(found):
        by_number = relation.doc_number is not None and known.doc_number == relation.doc_number
        by_title = bool(title) and squeeze(known.title or "") == title
        if by_number or (by_title and None in {known.doc_number, relation.doc_number}):
            found[index] = Relation(
                max(known.kind, relation.kind, key=_WEIGHT.index),
                known.doc_number or relation.doc_number,
                known.title or relation.title,
                None,
            )
            return
    found.append(relation)


def _named(sentence: str, is_amendment: bool) -> Iterator[Relation]:
    numbers: set[str | None] = set()
    for found in _QUOTED.finditer(sentence):
        number = normalize_doc_number(found["remark"] or "")
        numbers.add(number)
        kind = _relation_kind(sentence, found.start(), found.end(), is_amendment)
        title = squeeze(found["title"])
        if number is None and kind is RelationKind.MENTIONS and not _is_document(title):
            continue
        yield Relation(kind, number, title, None)
    for found in _BARE_NUMBER.finditer(sentence):
        raw = re.sub(
            r"^.*(?:修改|废止|印发|根据|依据|按照|依照|以及|执行|鉴于|其中|关于|见|和|与|及|将|对|因|原|按)",
            "",
            found.group(),
        )
        number = normalize_doc_number(raw)
        if number and number not in numbers:
            numbers.add(number)
            kind = _relation_kind(sentence, found.start(), found.end(), is_amendment)
            yield Relation(kind, number, None, None)


def _relation_kind(sentence: str, start: int, end: int, is_amendment: bool) -> RelationKind:
    before, after = sentence[:start], sentence[end:]
    if re.search(r"废止|停止(?:执行|施行)|不再(?:执行|施行)", after):
        return RelationKind.REPEALS
    if re.match(r"[^。；]*?不一致的?[，,]?\s*(?:均|一律)?(?:以|按)", after):
        return RelationKind.SUPERSEDES_WHERE_INCONSISTENT
    taken_up = re.search(r"(?:将|对)$", before) and re.search(
        r"(?:作|做|进行)?(?:了)?(?:以?如下)?(?:修改|修订|调整)", after
    )
    if taken_up:
        return RelationKind.AMENDS
    if is_amendment and re.search(r"修改|修订|删去|调整", after + before[-20:]):
        return RelationKind.AMENDS
    if re.search(r"(?:根据|依据|依照|按照|贯彻(?:落实)?|落实)[^。；]*$", before) and not re.search(
        r"[。；]", before.rpartition("根据")[2]
    ):
        return RelationKind.BASED_ON
    return RelationKind.MENTIONS


def _is_document(title: str) -> bool:
    return bool(
        re.search(
            r"(?:通知|意见|办法|决定|规定|细则|方案|条例|法|公告|通告)(?:[（(][^）)]*[）)])?$",
            title,
        )
    )


def _is_own(title: str, own: set[str]) -> bool:
    """Whether a title is the document's own, as a cover names the text that it issues."""
    bare = {re.sub(r"[《》]", "", name) for name in own}
    return title in bare or bool(title and "关于" not in title and any(title in n for n in bare))


def _number_beside(title: str, texts: Iterable[str]) -> str | None:
    for text in texts:
        for found in _QUOTED.finditer(text):
            if squeeze(found["title"]) == squeeze(title):
                number = normalize_doc_number(found["remark"] or "")
                if number:
                    return number
    return None
