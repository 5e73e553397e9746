"""What a manifest would say, read from the text: number, issuer, dates, validity, relations.

Everything here is a proposal for a reviewer. What the text does not say stays empty, with a
comment on what to fill in; nothing is guessed without saying so.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
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
from assistant.clauses.model import RelationKind
from assistant.errors import CorpusError
from assistant.ingest.dates import DAY, find_day
from assistant.ingest.layout import DOC_NUMBER_LINE, Layout, find_layout, lines_of, page_fields
from assistant.ingest.misreadings import DIGIT_DATE_LINE, find_contacts, find_misreadings
from assistant.ingest.readers import Document
from assistant.ingest.relations import find_relations
from assistant.ingest.validity import read_validity

UNPLACED = "999999"
"""Stands in a pending manifest for a place that the reviewer has to name; it cannot be approved."""
UNKNOWN_ISSUER = "待填写"

_ISSUER = re.compile(
    r"《?(?P<issuer>[\u4e00-\u9fff、 ]{3,60}?(?:人民政府办公[厅室]|人民政府|办公[厅室]|委员会|改革局|[局厅委署院部会])"
    r"(?:等[^关]{1,10}部门)?)关于"
)
_SIGNER = re.compile(
    r"[\u4e00-\u9fff（）()、\s]{3,40}(?:人民政府|办公[厅室]|委员会|[局厅委署院部会])"
)
_AGENCY = re.compile(r"(?P<agency>.+?)〔(?P<year>\d{4})〕(?P<serial>\d+)号")


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
        validity = read_validity(texts, kind, issued_on)
        self.comments |= validity.comments
        titles = (self.whole_title, self.layout.title)
        relations = find_relations(texts, kind, titles, number)
        lines = (line.text for name in ("cover", "main") for line in self.lines[name])
        manifest = draft.model_copy(
            update={
                "effective_from": validity.effective_from,
                "effective_to": validity.effective_to,
                "dates_inferred": validity.dates_inferred,
                "validity_quote": validity.validity_quote,
                "relations": tuple(map(self._resolved, relations)),
                "misreadings": tuple(find_misreadings(texts, lines)),
            }
        )
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
            if DOC_NUMBER_LINE.fullmatch(line.text)
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
                if re.fullmatch(DAY, squeeze(line.text)) or DIGIT_DATE_LINE.fullmatch(line.text):
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

    # --- other documents ------------------------------------------------------------------------

    def _resolved(self, relation: Relation) -> Relation:
        notice_id = self.known.ids.get(relation.doc_number or "")
        if notice_id is None and relation.doc_number is None and relation.title:
            notice_id = self.known.titles.get(squeeze(relation.title))
        return Relation(relation.kind, relation.doc_number, relation.title, notice_id)


def resolve_jurisdiction(gazetteer: Gazetteer, name: str) -> str:
    """The code for a place given by name or code; raises UnknownPlaceError."""
    if re.fullmatch(r"\d{6}", name):
        gazetteer.name(name)
        return name
    place = gazetteer.resolve(name)
    return place.area_code or place.code
