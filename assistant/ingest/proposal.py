"""What a manifest would say, read from the text: number, issuer, dates, validity, relations.

Everything here is a proposal for a reviewer. What the text does not say stays empty, with a
comment on what to fill in; nothing is guessed without saying so.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from assistant.clauses import (
    Clause,
    DocumentKind,
    Gazetteer,
    Part,
    Relation,
    normalize_doc_number,
    squeeze,
)
from assistant.clauses.loader import Manifest, parse_notice
from assistant.clauses.model import Misreading, RelationKind
from assistant.errors import CorpusError
from assistant.ingest.dates import DAY, day_of, find_day, han_number, last_day
from assistant.ingest.layout import Layout, find_layout, lines_of, page_fields
from assistant.ingest.readers import Document

UNPLACED = "999999"
"""Stands in a pending manifest for a place that the reviewer has to name; it cannot be approved."""
UNKNOWN_ISSUER = "待填写"

_SELF = r"(?:本|以上)(?:通知|办法|意见|规定|细则|方案|决定|条例|政策|规则|公告|通告|措施|计划|制度|标准)"
_FORCE = r"(?:正式)?(?:施行|实施|执行|生效)"
_FROM_DAY = re.compile(rf"自\s*{DAY}\s*起\s*(?:开始)?{_FORCE}")
_FROM_ISSUE = re.compile(
    rf"自(?P<event>公布|发布|印发|下发|颁布|发文)之日起"
    rf"(?:(?P<days>\d+|[一二三四五六七八九十]+)(?:日|天)后)?\s*{_FORCE}"
)
_FROM_BLANK = re.compile(rf"自[\s_\uff3fX×]*年[\s_\uff3fX×]*月[\s_\uff3fX×]*日\s*起\s*{_FORCE}")
_UNTIL_DAY = re.compile(
    rf"(?:有效期(?:限)?(?:至|到|截至|截止)|{_FORCE}(?:期限)?至|试行(?:期)?至)\s*{DAY}"
)
_FOR_YEARS = re.compile(
    r"(?:有效期(?:限)?|试行(?:期|期限)?)(?:为|暂定)?\s*(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*年"
)
_QUOTED = re.compile(
    r"《(?P<title>[^《》]+(?:《[^《》]+》[^《》]*)*)》"
    r"(?:\s*[（(](?P<remark>[^（）()]{2,40})[）)])?"
)
_BARE_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,8}\s*[〔\[［]\s*(?:19|20)\d{2}\s*[〕\]］]\s*\d{1,4}\s*号"
)
_INCONSISTENT = re.compile(
    rf"(?P<what>[^。；;，,：:]{{2,40}}?)(?:与|同){_SELF}(?:规定|精神|内容|要求)?(?:有)?不一致的?[，,]?\s*(?:均|一律)?(?:以|按)"
)
_PHONE = re.compile(
    r"(?P<label>(?:[\u4e00-\u9fff]{0,10}(?:电\s*话|热线|传真|联系方式))\s*[：:]?\s*)?"
    r"(?P<number>(?<!\d)0\d{2,3}\s*[-—－–]\s*\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)(?:12345|123\d{2})(?!\d))"
)
_ISSUER = re.compile(
    r"《?(?P<issuer>[\u4e00-\u9fff、 ]{3,60}?(?:人民政府办公[厅室]|人民政府|办公[厅室]|委员会|改革局|[局厅委署院部会])"
    r"(?:等[^关]{1,10}部门)?)关于"
)
_SIGNER = re.compile(
    r"[\u4e00-\u9fff（）()、\s]{3,40}(?:人民政府|办公[厅室]|委员会|[局厅委署院部会])"
)
_CLAUSE_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])\s*"
)
_AGENCY = re.compile(r"(?P<agency>.+?)〔(?P<year>\d{4})〕(?P<serial>\d+)号")
_MISREADINGS = (
    (
        re.compile(r"第[一二三四五六七八九十百]*?([一二三四五六七八九])\1[条款项点章节]"),
        "原文如此，数字连写两遍，疑为识读错误，请核对原件。",
    ),
    (
        re.compile(r"(?<!\d)(?:19|20)\d{2}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9])日"),
        "原文如此，疑为日期漏了「年」「月」，请核对原件。",
    ),
    (re.compile(r"(?:19|20)\d{2}年\d{3,4}日"), "原文如此，疑为日期漏了「月」，请核对原件。"),
    (re.compile(r"[^\s。]{0,6}\ufffd[^\s。]{0,6}"), "有无法还原的字符，请核对原件。"),
    (re.compile(r"(?<![一二三四五六七八九十])([，。；：、])\1"), "标点重复，请核对原件。"),
)
_DIGIT_DATE_LINE = re.compile(r"(?:19|20)\d{2}(?:1[0-2]|0?[1-9])(?:3[01]|[12]\d|0?[1-9])")


_WEIGHT = (
    RelationKind.MENTIONS,
    RelationKind.BASED_ON,
    RelationKind.INTERPRETS,
    RelationKind.SUPERSEDES_WHERE_INCONSISTENT,
    RelationKind.AMENDS,
    RelationKind.REPEALS,
)
_ACTS = frozenset(_WEIGHT[3:])  # what a draft or an interpretation cannot do


@dataclass(frozen=True, slots=True)
class Proposal:
    """A manifest marked pending, its clauses, and what the reviewer has to look at."""

    manifest: Manifest
    text: str
    clauses: tuple[Clause, ...]
    comments: Mapping[str, str]  # manifest field -> Chinese
    remarks: tuple[str, ...]  # Chinese, about the whole file
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the corpus already holds, as far as a proposal needs it."""

    gazetteer: Gazetteer
    ids: Mapping[str, str] = field(default_factory=dict)  # 文号 -> notice id, approved only
    titles: Mapping[str, str] = field(default_factory=dict)  # squeezed title -> notice id
    agencies: Mapping[str, str] = field(default_factory=dict)  # 嘉政办发 -> jx-gbo


def learn(manifests: Iterable[Manifest], gazetteer: Gazetteer) -> Known:
    """Index the manifests: agency codes are read off the ids that notices already have."""
    ids: dict[str, str] = {}
    titles: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for manifest in manifests:
        if manifest.doc_number:
            found = _AGENCY.fullmatch(manifest.doc_number)
            tail = f"-{found['year']}-{found['serial']}" if found else ""
            if found and manifest.notice_id.endswith(tail):
                agencies[found["agency"]] = manifest.notice_id.removesuffix(tail)
        if manifest.review != "approved":
            continue
        if manifest.doc_number:
            ids[manifest.doc_number] = manifest.notice_id
        for title in (manifest.title, *(part.title for part in manifest.parts)):
            if title:
                titles.setdefault(squeeze(title), manifest.notice_id)
    return Known(gazetteer, ids, titles, agencies)


def propose(document: Document, known: Known, *, jurisdiction: str | None = None) -> Proposal:
    """Read everything a manifest needs from a document; `jurisdiction` overrules the text."""
    return _Reading(document, known, jurisdiction).proposal()


class _Reading:
    """One document while its manifest is being written."""

    def __init__(self, document: Document, known: Known, jurisdiction: str | None) -> None:
        self.document = document
        self.known = known
        self.layout: Layout = find_layout(document.extract)
        self.fields = dict(reversed(list(page_fields(self.layout.around))))
        self.comments: dict[str, str] = {}
        self.remarks: list[str] = list(document.extract.remarks)
        self.lines = {
            name: [
                line
                for part in self.layout.parts
                if part.name == name
                for line in lines_of(document.text, part.span.start, part.span.end)
            ]
            for name in ("cover", "main")
        }
        self.place = jurisdiction
        self.whole_title = self.layout.cover_title or self.layout.title

    def proposal(self) -> Proposal:
        kind = self._kind()
        number = self._number()
        issuer = self._issuer(kind)
        issued_on = self._issued_on(issuer)
        code = self.place or self._jurisdiction(issuer)
        self._check_title()
        notice_id = self._notice_id(number, code, issued_on)
        draft = Manifest(
            notice_id=notice_id,
            title=self.layout.title,
            doc_number=number,
            issuer=issuer,
            jurisdiction=code,
            kind=kind,
            review="pending",
            issued_on=issued_on,
            published_on=self._published_on(),
            parts=self._parts(),
        )
        clauses = self._clauses(draft)
        texts = [clause.text for clause in clauses if clause.is_leaf] or [
            line.text for name in ("cover", "main") for line in self.lines[name]
        ]
        values = self._validity(texts, kind, issued_on)
        values["relations"] = tuple(self._relations(texts, kind, number))
        values["misreadings"] = tuple(self._misreadings(texts))
        manifest = draft.model_copy(update=values)
        self._check_sequence(clauses)
        self._announce_repeals(manifest)
        contacts = tuple(dict.fromkeys(find_contacts(texts)))
        return Proposal(
            manifest, self.document.text, clauses, self.comments, tuple(self.remarks), contacts
        )

    # --- what the outline says ------------------------------------------------------------------

    def _parts(self) -> tuple[Part, ...]:
        text = self.document.text
        seen: set[str] = set()
        parts = []
        for part in self.layout.parts:
            quoted = text[part.span.start : part.span.end]
            title = part.title if part.name not in seen else None
            seen.add(part.name)
            digest = hashlib.sha256(quoted.encode()).hexdigest()
            parts.append(Part(part.name, "", part.span.start, part.span.end, digest, title))
        return tuple(parts)

    def _clauses(self, draft: Manifest) -> tuple[Clause, ...]:
        try:
            return parse_notice(draft, {"": self.document.text})
        except CorpusError as error:
            self.remarks.append(
                f"条款没有全部解析出来，请核对标题与 parts 的范围（{error.message}）"
            )
            return ()

    def _check_title(self) -> None:
        if not self.layout.is_title_certain:
            self.comments["title"] = "没有找到明确的标题，暂取首行，请改成文件全称"
        numbers = {
            normalize_doc_number(line.text)
            for line in (*self.lines["cover"], *self.lines["main"])
            if len(line.text) < 30 and _BARE_NUMBER.fullmatch(line.text.strip("（()）"))
        }
        if len(numbers) > 2:
            self.remarks.append(
                f"文中有 {len(numbers)} 个单独成行的文号，像是公报或汇编，请拆成一份文件一个清单"
            )

    def _announce_repeals(self, manifest: Manifest) -> None:
        for relation in manifest.relations:
            if relation.kind is RelationKind.REPEALS and relation.notice_id is not None:
                day = manifest.effective_from or "本文件的施行日期"
                self.remarks.append(
                    f"本文件废止了 {relation.notice_id}，请在它的清单里填写 repealed_on: {day}"
                )

    def _check_sequence(self, clauses: Iterable[Clause]) -> None:
        last = 0
        for clause in clauses:
            found = re.fullmatch(r".*__(?:sec|art)_(\d+)", clause.clause_id)
            if not found or clause.part != "main":
                continue
            value = int(found.group(1))
            if value > last + 1 or ("__art_" in clause.clause_id and value != last + 1):
                self.remarks.append(f"“{clause.number}”之前的序号不连续，请核对是否漏页")
            last = value

    def _number(self) -> str | None:
        number = self.layout.doc_number or normalize_doc_number(self.fields.get("文号", ""))
        if number is None:
            self.comments["doc_number"] = "没有找到文号；有文号的请填写，如 嘉政办发〔2024〕16号"
        return number

    def _kind(self) -> DocumentKind:
        whole, title = squeeze(self.whole_title), squeeze(self.layout.title)
        if re.search(r"征求意见稿|送审稿|草案[）)]|公开征求.{0,12}意见", whole + title):
            return DocumentKind.CONSULTATION_DRAFT
        if re.search(r"解读|问答|一图读懂", whole):
            return DocumentKind.INTERPRETATION
        if re.search(
            r"关于(?:决定)?(?:废止|修改|修订|调整).*(?:决定|通知)|关于(?:废止和)?修改", whole
        ):
            changes = re.search(r"修改|修订|废止", whole)
            return DocumentKind.AMENDMENT if changes else DocumentKind.NOTICE
        if re.search(r"任免|任职|免职|任命", whole):
            return DocumentKind.PERSONNEL
        if self.layout.cover_title or not title.endswith(("通知", "公告", "通告")):
            bare = re.sub(r"[（(][^（()）]*[）)]$", "", title)
            for ending, kind in (
                (("办法", "规定", "细则", "规则", "条例", "规程", "制度"), DocumentKind.METHOD),
                (("意见",), DocumentKind.OPINION),
                (("方案", "计划", "规划", "纲要"), DocumentKind.PLAN),
            ):
                if bare.endswith(ending):
                    return kind
        return DocumentKind.NOTICE

    def _issuer(self, kind: DocumentKind) -> str:
        found = _ISSUER.match(squeeze(self.whole_title))
        # The title of an interpretation names who issued the text that it explains.
        if found and kind is not DocumentKind.INTERPRETATION:
            return found["issuer"]
        for name in ("cover", "main"):
            lines = self.lines[name]
            for above, line in pairwise(lines):
                if re.fullmatch(DAY, squeeze(line.text)) or _DIGIT_DATE_LINE.fullmatch(line.text):
                    signer = squeeze(above.text)
                    if _SIGNER.fullmatch(signer):
                        return signer
        issuer = self.fields.get("发布机构") or self.fields.get("发文机关")
        if issuer:
            self.comments["issuer"] = "取自网页的发布机构，请核对全称"
            return issuer
        self.comments["issuer"] = "没有找到发文机关，请填写全称"
        return UNKNOWN_ISSUER

    def _jurisdiction(self, issuer: str) -> str:
        for text in (issuer, self.whole_title, self.layout.title):
            if re.match(r"国务院|中共中央|中华人民共和国", text):
                return "000000"
            mentions = self.known.gazetteer.mentions(text)
            if mentions and mentions[0].start <= 3:
                place = mentions[0].place
                return place.area_code or place.code
        self.comments["jurisdiction"] = (
            "没有认出适用地区，请填六位行政区划代码（corpus/jurisdictions.yaml），如 '330400'"
        )
        return UNPLACED

    def _notice_id(self, number: str | None, code: str, issued_on: date | None) -> str:
        short = hashlib.sha256(squeeze(self.document.text).encode()).hexdigest()[:8]
        if number is None:
            day = f"{issued_on:%Y%m%d}" if issued_on else "undated"
            return f"{code}-{day}-{short}"
        found = _AGENCY.fullmatch(number)
        if found is None:
            return f"{code}-undated-{short}"
        agency = found["agency"]
        prefix = self.known.agencies.get(agency)
        if prefix is None:
            prefix = f"{code}-{hashlib.sha256(agency.encode()).hexdigest()[:4]}"
        return f"{prefix}-{found['year']}-{found['serial']}"

    # --- dates and validity ---------------------------------------------------------------------

    def _issued_on(self, issuer: str) -> date | None:
        for name in ("cover", "main"):
            lines = [squeeze(line.text) for line in self.lines[name]]
            for i in range(len(lines) - 1, 0, -1):
                if re.fullmatch(DAY, lines[i]) and (
                    squeeze(issuer) in lines[i - 1] or _SIGNER.fullmatch(lines[i - 1])
                ):
                    return find_day(lines[i])
            dated = [line for line in lines[-6:] if re.fullmatch(DAY, line)]
            if dated:
                return find_day(dated[-1])
        day = find_day(self.fields.get("成文日期", "") or self.fields.get("生成日期", ""))
        if day is None:
            self.comments["issued_on"] = "没有找到成文日期，请填写（年-月-日）"
        else:
            self.comments["issued_on"] = "取自网页的成文日期，请核对"
        return day

    def _published_on(self) -> date | None:
        day = find_day(self.fields.get("发布日期", "") or self.fields.get("发布时间", ""))
        if day is None:
            self.comments["published_on"] = "没有找到公布日期；知道的请填写"
        else:
            self.comments["published_on"] = "取自网页的发布日期；若只是上传日期，请改为实际公布日期"
        return day

    def _validity(
        self, texts: list[str], kind: DocumentKind, issued_on: date | None
    ) -> dict[str, object]:
        values: dict[str, object] = {}
        sentence = _validity_sentence(texts)
        starts = self._effective_from(sentence, kind, issued_on, values)
        until = _UNTIL_DAY.search(sentence or "")
        years = _FOR_YEARS.search(sentence or "")
        if until:
            values["effective_to"] = day_of(until)
        elif years:
            self._count_years(years["years"], starts, values)
        if sentence is not None:
            values["validity_quote"] = sentence
        return values

    def _effective_from(
        self,
        sentence: str | None,
        kind: DocumentKind,
        issued_on: date | None,
        values: dict[str, object],
    ) -> date | None:
        starts: date | None = None
        stated = _FROM_DAY.search(sentence or "")
        event = _FROM_ISSUE.search(sentence or "")
        if stated:
            starts = day_of(stated)
        elif event and issued_on:
            later = han_number(event["days"]) if event["days"] else 0
            starts = issued_on + timedelta(days=later)
            values["dates_inferred"] = True
            self.comments["effective_from"] = (
                f"原文是“{event.group()}”，暂按成文日期推算，请按实际{event['event']}日期改"
            )
        elif kind in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}:
            self.comments["effective_from"] = "草案和解读没有施行日期，留空"
        elif issued_on and not _FROM_BLANK.search(sentence or ""):
            starts = issued_on
            values["dates_inferred"] = True
            self.comments["effective_from"] = "原文没有写施行日期，暂取成文日期，请核对"
        else:
            why = "原文的施行日期是空白" if sentence else "没有找到施行日期"
            self.comments["effective_from"] = f"{why}，请填写（年-月-日）"
        values["effective_from"] = starts
        return starts

    def _count_years(self, years: str, starts: date | None, values: dict[str, object]) -> None:
        if starts is None:
            self.comments["effective_to"] = f"原文有效期 {years} 年，填了施行日期后请推算失效日期"
            return
        values["effective_to"] = last_day(starts, han_number(years))
        self.comments["effective_to"] = f"按原文有效期 {years} 年推算（届满前一日），请核对"

    # --- other documents ------------------------------------------------------------------------

    def _relations(
        self, texts: list[str], kind: DocumentKind, number: str | None
    ) -> Iterator[Relation]:
        own = {squeeze(self.whole_title), squeeze(self.layout.title)}
        powerless = kind in {DocumentKind.CONSULTATION_DRAFT, DocumentKind.INTERPRETATION}
        found: list[Relation] = []
        for relation in _mentions(texts, self.whole_title, kind):
            title = squeeze(relation.title or "")
            if (relation.doc_number and relation.doc_number == number) or _is_own(title, own):
                continue
            acts = not powerless or relation.kind not in _ACTS
            _add(found, relation if acts else replace(relation, kind=RelationKind.MENTIONS))
        yield from map(self._resolved, found)

    def _resolved(self, relation: Relation) -> Relation:
        notice_id = self.known.ids.get(relation.doc_number or "")
        if notice_id is None and relation.doc_number is None and relation.title:
            notice_id = self.known.titles.get(squeeze(relation.title))
        return Relation(relation.kind, relation.doc_number, relation.title, notice_id)

    def _misreadings(self, texts: list[str]) -> Iterator[Misreading]:
        seen: set[str] = set()
        for text in texts:
            for pattern, note in _MISREADINGS:
                for found in pattern.finditer(text):
                    if found.group() not in seen:
                        seen.add(found.group())
                        yield Misreading(found.group(), note)
        for line in (*self.lines["cover"], *self.lines["main"]):
            if _DIGIT_DATE_LINE.fullmatch(line.text) and line.text not in seen:
                seen.add(line.text)
                yield Misreading(
                    line.text, "原文如此，疑为日期漏了「年」「月」「日」，请核对原件。"
                )


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with its full stop; a stop inside 《》 does not count."""
    start = 0
    for found in re.finditer(r"[。！？\n]", text):
        if found.group() == "\n" or text.count("《", start, found.start()) == text.count(
            "》", start, found.start()
        ):
            sentence = text[start : found.end()].strip()
            if sentence:
                yield sentence
            start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def find_contacts(texts: Iterable[str]) -> Iterator[str]:
    """Telephone numbers with the words that introduce them."""
    for text in texts:
        for found in _PHONE.finditer(text):
            if found["label"] or "-" in found["number"] or "—" in found["number"]:
                yield squeeze(found.group())


def _validity_sentence(texts: Iterable[str]) -> str | None:
    """The last sentence in which the document speaks of its own force."""
    best: tuple[int, str] | None = None
    patterns = (_FROM_DAY, _FROM_ISSUE, _FROM_BLANK, _UNTIL_DAY)
    for text in texts:
        for sentence in _joined_terms(sentences(text)):
            speaks = any(pattern.search(sentence) for pattern in patterns)
            if not speaks and not (_FOR_YEARS.search(sentence) and re.search(_SELF, sentence)):
                continue
            own = bool(re.search(_SELF, sentence))
            # A sentence about another law's first day (《…》自2009年10月1日起施行) is no closing.
            if not own and re.match(r".{0,20}《", sentence):
                continue
            if best is None or own >= best[0]:
                best = (int(own), sentence)
    return best[1] if best else None


def _joined_terms(parts: Iterable[str]) -> Iterator[str]:
    """Sentences without clause numbers; 有效期3年。 belongs to the sentence before it."""
    held = ""
    for part in parts:
        bare = _CLAUSE_NUMBER.sub("", part)
        if held and re.match(r"(?:有效期|试行期)", bare):
            held += bare
            continue
        if held:
            yield held
        held = bare
    if held:
        yield held


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


def resolve_jurisdiction(gazetteer: Gazetteer, name: str) -> str:
    """The code for a place given by name or code; raises UnknownPlaceError."""
    if re.fullmatch(r"\d{6}", name):
        gazetteer.name(name)
        return name
    place = gazetteer.resolve(name)
    return place.area_code or place.code


__all__ = [
    "UNKNOWN_ISSUER",
    "UNPLACED",
    "Known",
    "Proposal",
    "find_contacts",
    "learn",
    "propose",
    "resolve_jurisdiction",
    "sentences",
]
