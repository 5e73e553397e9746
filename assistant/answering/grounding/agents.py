"""Who does what: the office named with 起草 or 批准 must be the one that the support names."""

import re

from assistant.answering.grounding.mark import Mark, Sentence
from assistant.answering.grounding.model import Unit
from assistant.answering.grounding.spelling import pairs_of
from assistant.answering.grounding.vocabulary import AUTHORITY, IMPLIED_BY

_DEED = re.compile(
    r"起草|审核|审议|审批|制定|征收|批准|同意|认定|监督|负责|签发|核发|受理|公布|监管|评为|评选"
)
_OFFICE = re.compile(
    r"[\u3400-\u9fff]{1,12}?(?:政府办公室|[董理监]事会|主席|经理|局|部门|委员会|常委会|大会|会议|机关|政府|党委|派出所|机构|负责人|领导|老板|公司|法院|工会|社区|街道|办公室|妇联|[市省厅局]委|中心|厅|院)"
)
_BY = re.compile(
    r"由([\u3400-\u9fff]{2,12}?)(?:按[^,;。]{0,14}?|直接|一并|负责|予以|先|再)*"
    r"(支付|补足|承担|出具|提供|征收|起草|审核|审议|制定|批准|认定|签发|公布)"
)
_GENERIC = frozenset(
    {"部门", "机构", "机关", "相关", "有关", "市政", "政府", "委员", "员会", "单位", "会议", "大会"}
)
_TITLE = re.compile(r"《([^》]+)》")
_PAYER = re.compile(
    r"^(?:由)?(用人单位|单位|企业|公司|雇主|职工|员工|个人|本人|在职(?:人员)?[和与、及]退休人员|在职人员|退休人员|财政|政府)[^,;:。]*?缴(?:纳|费)"
)
_PAYERS = {"单位": "用人单位", "企业": "用人单位", "公司": "用人单位", "雇主": "用人单位"}
_TO = re.compile(
    r"(提交|提请|报送|上报|移交)([\u3400-\u9fff]{2,14}?)(?=审议|审查|批准|备案|同意|审定|,|$)"
)
_THROUGH = re.compile(
    r"经(?!过)([\u3400-\u9fff]{2,10}?)(?:讨论|集体|书面|一致)*(批准|同意|认定|审核)"
)
_FALLS_TO = re.compile(
    r"(起草|审核|调研|征收|制定|审议|牵头|监管|认定|签发)(?:工作|一事|环节)?由([\u3400-\u9fff]{2,12}?)(?=负责|承担|牵头|完成|,|$)"
)
_LEADS = re.compile(r"[由向经给和与及、]")
_REACH = 8  # characters between an office and what it does


def agent_reasons(sentence: Sentence, unit: Unit) -> list[str]:
    """由市司法局起草, of a text in which 市文化广电旅游局 does, and 市司法局 does something else."""
    said, by = (
        {_PAYERS.get(f[1], f[1]) for p in re.split("[,;:。]", text) if (f := _PAYER.match(p))}
        for text in (sentence.text, unit.sentence.text)
    )
    if re.search("单位[^;。]*缴纳", unit.sentence.text):
        by.add("用人单位")
    if said and by and not said <= by:
        return ["缴纳的人与依据不同"]
    held = _deeds(unit.sentence)
    return [
        f"「{deed}」的主体与依据不同"
        for deed, offices in _deeds(sentence).items()
        if deed in held and not any(_alike(a, b) for a in offices for b in held[deed])
    ]


def _deeds(sentence: Sentence) -> dict[str, list[frozenset[str]]]:
    """Deed -> the offices that stand before it in its piece, each as its names or characters."""
    found: dict[str, list[frozenset[str]]] = {}
    for piece in re.finditer(r"[^,;:。!?]+", sentence.text):
        titles = _TITLE.findall(piece[0])
        for to in _TO.finditer(piece[0]):
            found.setdefault(to[1], []).append(_name_of(to[2], []))
        for falls in _FALLS_TO.finditer(piece[0]):
            found.setdefault(falls[1], []).append(_name_of(falls[2], []))
        for through in _THROUGH.finditer(piece[0]):
            found.setdefault(through[2], []).append(_name_of(through[1], []))
        for by in _BY.finditer(piece[0]):
            found.setdefault(by[2], []).append(_name_of(by[1], []))
        for deed in _DEED.finditer(piece[0]):
            offices = [
                office
                for office in _OFFICE.finditer(piece[0], 0, deed.start())
                if deed.start() - office.end() <= _REACH
            ]
            if offices:
                start, end = offices[-1].span()
                start += _before_name(offices[-1][0])
                marks = _marks_within(sentence, piece.start() + start, piece.start() + end)
                name = piece[0][start:end]
                for key in (deed[0], *(f"《{title}》{deed[0]}" for title in titles)):
                    found.setdefault(key, []).append(_name_of(name, marks))
    return found


def _before_name(office: str) -> int:
    """How many characters stand before the name itself: 该项目由|市司法局."""
    return max((found.end() for found in _LEADS.finditer(office)), default=0)


def _marks_within(sentence: Sentence, start: int, end: int) -> list[Mark]:
    return [
        m for m in sentence.marks if m.category == AUTHORITY and start <= m.start < m.end <= end
    ]


def _name_of(office: str, marks: list[Mark]) -> frozenset[str]:
    keys = {m.key for m in marks}
    for key in list(keys):
        keys |= IMPLIED_BY.get(key, frozenset())
    return frozenset(keys | (pairs_of(office) - _GENERIC))


def _alike(said: frozenset[str], held: frozenset[str]) -> bool:
    return not said or not held or bool(said & held)
