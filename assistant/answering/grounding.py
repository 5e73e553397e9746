"""Whether a statement says only what its support says: numbers, terms, polarity, 和 and 或.

Deterministic and without a model. A statement is compared sentence by sentence: what it joins in
one sentence must stand together in the support, so that a right number at the wrong subject fails.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.marks import (
    DAY_UNITS,
    DOWN,
    MAY,
    MUST,
    SINCE,
    UNTIL,
    UP,
    Mark,
    Sentence,
    denies,
    read_sentence,
    read_text,
    split_sentences,
)
from assistant.answering.vocabulary import (
    ACTION,
    AUTHORITY,
    EXCLUSIVE,
    FAMILY,
    IMPLIED_BY,
    PAPER,
    PERSON,
    PLACE,
    QUALIFICATION,
    SCHEME,
    SCOPE,
    STATUS,
)
from assistant.clauses.numerals import normalize

Terms = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Support:
    """What a statement may rest on: cited texts, manifest facts and verdict as text, contacts."""

    texts: tuple[str, ...]
    facts: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a statement may be shown, and if not, why (in Chinese, for the audit record)."""

    ok: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounded:
    """The statements that may be shown, and those dropped with their reasons."""

    kept: tuple[str, ...]
    dropped: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """One sentence of the support; `deleted` when the sentence says that it no longer holds."""

    sentence: Sentence
    deleted: bool
    paragraph: int
    former: str = ""  # the wording that an amendment took away

    @property
    def marks(self) -> tuple[Mark, ...]:
        return self.sentence.marks


_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_TITLE = re.compile(r"[《〈]([^《》〈〉]{2,60})[》〉]")
_LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|cn|net|org|gov|io|top|xyz|vip)\b|!?\[[^\]]*\]\s*\([^)]*\)"
    r"|</?[a-z][^>]*>|```|\b[\w.]+@[\w.]+",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•·>#]+\s*|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、]\s*)"
)
_LABEL = re.compile(r"第([零一二两三四五六七八九十百\d]+)(条|款|项|目|章|节|点|部分|批|届|次|号)")
_ENTITY = re.compile(
    r"([\u3400-\u9fff]{2})(证明|证书|执照|合同|补贴|津贴|保险|公积金|委员会|银行|银行卡|税|费用|押金|保证金)"
)
_GENERIC_ENTITY = re.compile(
    r"相关|有关|这些|那些|这个|那个|上述|以上|下列|各种|各类|任何|一份|提供|持有|凭着?|需要|拿着?|带着?|办好|办理"
    r"|等等|出具|开具|材料|什么|多少|缴纳|医疗|住院|门诊|产生|发生|支付|报销|的$|。|,|能|就"
)

_DELETION_IN_SUPPORT = re.compile(r"删去|删除|同时取消|予以废止|决定废止|同时废止")
_DELETION_SAID = re.compile(
    r"删|取消|废止|废除|不再|没有了|没了|停止|原来|原先|以前|此前|过去|曾|旧|原|作废|停了"
)
_DELETION_CLAIMED = re.compile(r"删去|删除|删掉|废止|废除|作废|停止执行|已经?失效")
_SUPPORT_ENDS = re.compile(r"删去|删除|取消|废止|不再|失效|停止|中止|注销|届满|作废")
_REPLACED = re.compile(r"“([^”]+)”(?:修改为|改为|调整为)“([^”]+)”")

_OR = re.compile(r"或|要么|还是|任一|任何一|任意一|其中一|之一|哪个都|都可以选")
_AND = re.compile(
    r"且|同时|以及|及(?!时|以上)|和|与|并(?!未|不|办)|还要|还得|也要|也得|还须|又|加上|再加|外加|连同"
)
_STRONG_AND = re.compile(
    r"且|同时|还要|还得|也要|也得|还须|又|都要|都得|都必须|缺一不可|全部|全都|均须|均应|样样|都齐|两样都|三样都|都满足|都具备|都符合|一起满足"
)
_ANY_OF = re.compile(
    r"之一|任一|任何一|任意一|其中一|有一[项个条样]|一[项个条样]就|二选一|三选一|择一|或"
)
_ALL_OF = re.compile(
    r"同时(?:满足|具备|符合|具有|有|持有|拥有|达到)|缺一不可|都要(?:满足|有|具备|符合)?|都得|都必须|全部(?:满足|具备|符合)|全都要|均须|均应|样样|[两三四]样都|[2-4][样项个](?:条件)?(?:都|全)|都(?:满足|具备|符合|齐)"
)
_ONLY = re.compile(r"只(?!要|需要?)|仅|限于|唯一|单独|光是")
_CLAUSE_GOAL = re.compile(r"允许|可以|可(?!能|靠|选|视)|准予|放宽至|应当|须|不受|取消|予以|能够")
_PERMISSION = re.compile(
    r"允许|可以|可(?!能|靠|选|视)|准予|能够|能(?!力|级)|就行|即可|行的?[。,]?$|办得了|有权|办理?落户|准许"
)
_PERMITTED = frozenset(
    {
        "落户",
        "投靠",
        "迁入",
        "申请",
        "申领",
        "挂靠",
        "转户籍",
        "换发",
        "合并计算",
        "补办",
        "参加",
        "退出",
        "享受",
        "迁移",
    }
)

_DECISION_GENERIC = re.compile(
    r"如果|假如|倘若|要是|只要|若|凡|的话|满足.{0,20}的,|的人|者,|哪些|是否|能否|能不能|可不可以|怎样|怎么|什么|\?$"
)
_DECISION = re.compile(
    r"(?:您|你|贵单位|咱)[^。;!?]{0,24}?(?:可以|能够?|可|不能|不可以|无法|没法|不可)[^。;!?咨询拨打联系查询带准备提供选择点击]{0,14}?"
    r"(?:落户|入户|上户|迁|户口|投靠|申领|办|申请|享受|报销|拿到|领)"
    r"|(?:您|你|贵单位)[^。;!?]{0,16}?(?:不?符合|不?满足|达到|未达到|没达到|不?具备|有资格|没有?资格|够条件|不够条件)"
    r"|(?:已经?|予以|给予|获得?|准予|同意|不予|未获|建议)(?:了)?(?:批准|通过|受理|核准|驳回|办理落户)|(?:批准|驳回)(?:您|你|该|其|申请|落户|了)"
    r"|(?:审批|审核|审查|核准|申请)(?:已经?|未|没有?|不)?(?:获|被)?(?:通过|驳回|批准)|办理成功|符合资格|有资格落户|资格成立|准许落户"
)
_BARE_DECISION = re.compile(
    r"^(?:经?[^,。;的]{0,6}(?:审核|判断|核实|核对|研判)[,:]?)?(?:结论是?|综上|所以|因此|总之|答|好的|恭喜您?|那么|经判断|这种情况(?:下)?|该情况|当前|目前|本案|申请人?|该申请人?|属于|情况)?[,:]?"
    r"(?:完全|已经?|是|都|就|基本|并|暂时?|明显|也)*"
    r"(?:不?符合(?:[^,。;的]{0,10})(?:的)?(?:条件|要求|规定|资格|政策)?|不?满足(?:[^,。;的]{0,10})(?:的)?(?:条件|要求)|(?:可以|能够?|不可以|不能|无法|不得|准予|允许|可)(?:直接|马上|立即|正常|顺利)?"
    r"(?:落户|办理?|申请落户|迁入|入户|申领|通过)|(?:予以)?批准|通过(?:审核|审批)?|不予批准|同意|驳回)(?:了|的|啊|哦|呢|申请|落户|办理|户口|您|你|手续)*[。!,;]?$"
)


def reads_as_decision(text: str) -> bool:
    """Whether `text`, outside quotations, pronounces on a person's case (只有规则才能裁决)."""
    bare = normalize(_QUOTED.sub("", text))
    for sentence in split_sentences(bare):
        for part in re.split(r"[;]", sentence):
            stripped = part.strip(" ,。!?:")
            if not stripped or _DECISION_GENERIC.search(part):
                continue
            if _DECISION.search(part):
                return True
            if any(
                _BARE_DECISION.match(p.strip(" ")) for p in (stripped, *stripped.split(",")[-1:])
            ) and not (_has_condition(stripped)):
                return True
    return False


def _has_condition(text: str) -> bool:
    """Whether the sentence names whom it is about, and so states a rule rather than a decision."""
    before = text.rsplit(",", 1)[0] if "," in text else ""
    return bool(before) and any(
        m.is_number or m.category in {STATUS, QUALIFICATION, PERSON, PAPER}
        for m in read_sentence(before).marks
    )


def check_statement(
    statement: str,
    support: Support,
    terms: Mapping[str, str] | None = None,
    *,
    complete: bool = True,
) -> Check:
    """Whether everything `statement` claims is found, so joined, in `support`.

    `terms` maps further terms (official wording) to their category. With `complete`, a permission
    must carry every condition of the sentence it rests on; composers that print conditions beside
    the statement pass False.
    """
    plain = _folded(statement)
    if not plain:
        return Check(ok=False, reasons=("空句",))
    if _is_verbatim(plain, support):
        return Check(ok=True)
    extra = tuple(sorted((terms or {}).items()))
    reasons = _form_reasons(statement, support)
    if reasons:
        return Check(ok=False, reasons=tuple(reasons))
    units = _units_of(support, extra)
    sentences = _statement_sentences(statement, extra)
    context = tuple(mark for sentence in sentences for mark in sentence.marks)
    for sentence in sentences:
        if _is_verbatim(_folded(sentence.text), support):
            continue
        reasons += _sentence_reasons(sentence, units, context if complete else None)
    return Check(ok=not reasons, reasons=tuple(dict.fromkeys(reasons)))


def ground(
    statements: Iterable[str],
    support: Support,
    terms: Mapping[str, str] | None = None,
    *,
    complete: bool = True,
) -> Grounded:
    """The statements that `support` carries, in order; the others are never shown."""
    kept: list[str] = []
    dropped: list[tuple[str, tuple[str, ...]]] = []
    for statement in statements:
        check = check_statement(statement, support, terms, complete=complete)
        if check.ok:
            kept.append(statement)
        else:
            dropped.append((statement, check.reasons))
    return Grounded(tuple(kept), tuple(dropped))


def missing_conditions(statement: str, cited_sentence: str) -> tuple[str, ...]:
    """Conditions and numbers of the cited sentence, as printed there, that `statement` leaves out.

    A sentence of several rules divided by ；is compared by the rule that the statement is nearest.
    """
    said = [m for s in _statement_sentences(statement, ()) for m in s.marks]
    best: tuple[int, tuple[str, ...]] | None = None
    for unit in read_text(cited_sentence):
        for rule in _rules_of(unit):
            shared = _overlap(said, rule.marks)
            missing = _missing(said, rule)
            if best is None or (shared, -len(missing)) > (best[0], -len(best[1])):
                best = (shared, missing)
    return () if best is None else best[1]


# --- the form of a statement


def _folded(text: str) -> str:
    """`text` for verbatim comparison: width, case, spaces and end punctuation set aside."""
    folded = re.sub(r"\s+", "", normalize(text))
    return folded.strip("。,;:!?、").translate(str.maketrans("“”‘’「」『』", '""\'\'""""'))


@lru_cache(maxsize=64)
def _folded_support(support: Support) -> tuple[str, ...]:
    return tuple(_folded(text) for text in (*support.texts, *support.facts, *support.contacts))


def _is_verbatim(plain: str, support: Support) -> bool:
    bare = plain.strip("\"'")
    return len(bare) > 1 and any(_stands_in(bare, text) for text in _folded_support(support))


def _stands_in(piece: str, text: str) -> bool:
    """Whether `piece` stands in `text` with no number (5.5%) or denial (不受限制) cut in two."""
    start = text.find(piece)
    while start >= 0:
        before, after = text[:start][-1:], text[start + len(piece) :][:1]
        cut = (
            (piece[0].isdigit() and before != "" and before in "0123456789.")
            or (piece[-1].isdigit() and after != "" and after in "0123456789.%")
            or (before != "" and before in "不无未没非")
        )
        if not cut:
            return True
        start = text.find(piece, start + 1)
    return False


def _form_reasons(statement: str, support: Support) -> list[str]:
    """Failures that need no reading: links, other languages, decisions, invented quotations."""
    reasons: list[str] = []
    if _LINK.search(statement):
        reasons.append("含有链接或标记")
    han, latin = len(_HAN.findall(statement)), len(re.findall(r"[A-Za-z]", statement))
    if han == 0 or latin > han:
        reasons.append("不是中文陈述")
    carried = "\n".join(_folded_support(support))
    reasons += [
        f"依据中没有「{word}」"
        for word in _LATIN.findall(statement)
        if word.lower() not in carried and word.lower() != "app"
    ]
    if reads_as_decision(statement):
        reasons.append("陈述像是裁决，裁决只由规则作出")
    reasons += [
        f"引文不在依据中：{quote}"
        for quote in _QUOTED.findall(statement)
        if len(_folded(quote).strip("\"'")) > 8 and _folded(quote).strip("\"'") not in carried
    ]
    reasons += [
        f"依据中没有《{title}》"
        for title in _TITLE.findall(statement)
        if _folded(title) not in carried
    ]
    return reasons + _label_reasons(statement, carried)


def _label_reasons(statement: str, carried: str) -> list[str]:
    known = {_label_key(m) for m in _LABEL.finditer(carried)}
    return [
        f"依据中没有「{m[0]}」"
        for m in _LABEL.finditer(normalize(statement))
        if _label_key(m) not in known
    ]


def _label_key(match: re.Match[str]) -> tuple[str, str]:
    return normalize(f"{match[1]}个月"), match[2]


def _statement_sentences(statement: str, extra: Terms) -> list[Sentence]:
    text = normalize(_LIST_MARK.sub("", statement))
    return [
        read_sentence(part.strip(), extra)
        for sentence in split_sentences(text)
        for part in sentence.split(";")
        if part.strip(" ,。")
    ]


# --- the support


@lru_cache(maxsize=64)
def _units_of(support: Support, extra: Terms) -> tuple[_Unit, ...]:
    units: list[_Unit] = []
    for number, text in enumerate((*support.texts, *support.facts, *support.contacts)):
        for sentence in read_text(text, extra):
            units += _split_replacement(sentence, number, extra)
    return tuple(units)


def _split_replacement(sentence: Sentence, paragraph: int, extra: Terms) -> list[_Unit]:
    """A sentence of the support; an amendment is its old text, deleted, and its new text."""
    replaced = _REPLACED.search(sentence.text)
    if replaced is None:
        parts = [sentence]
        if ";" in sentence.text and "“" not in sentence.text:
            parts = [read_sentence(part, extra) for part in _rule_texts(sentence.text)]
        return [
            _Unit(part, _DELETION_IN_SUPPORT.search(part.text) is not None, paragraph)
            for part in parts
        ]
    head = sentence.text[: replaced.start()]
    old, new = (read_sentence(head + replaced[i], extra) for i in (1, 2))
    return [
        _Unit(new, False, paragraph, former=replaced[1]),
        _Unit(old, True, paragraph),
    ]


def _rule_texts(text: str) -> list[str]:
    """The rules that ；divides; each item of a numbered list keeps the words that introduce it."""
    head = re.match(r"([^;]*?:)\(?1[).]", text)
    parts = [part for part in text.split(";") if part.strip("。 ")]
    if head is None:
        return parts
    return [part if part.startswith(head[1]) else head[1] + part for part in parts]


# --- one sentence against the support


def _sentence_reasons(
    sentence: Sentence, units: Sequence[_Unit], context: tuple[Mark, ...] | None
) -> list[str]:
    reasons = _entity_reasons(sentence, units)
    if reasons:
        return reasons
    best: list[str] | None = None
    for unit in units:
        found = _unit_reasons(sentence, unit, units, context)
        if not found:
            return _novelty_reasons(sentence, units)
        if best is None or len(found) < len(best):
            best = found
    if _pieces_hold(sentence, units, context):
        return _novelty_reasons(sentence, units)
    return best if best is not None else ["没有依据"]


def _pieces_hold(
    sentence: Sentence, units: Sequence[_Unit], context: tuple[Mark, ...] | None
) -> bool:
    """Whether each piece of the sentence rests on one sentence of one and the same text."""
    pieces = _pieces_of(sentence.text)
    if len(pieces) < 2 or any(piece.startswith(("或", "要么")) for piece in pieces):
        return False
    if context is not None and not _is_complete(sentence, units, context):
        return False
    for paragraph in {unit.paragraph for unit in units}:
        own = [unit for unit in units if unit.paragraph == paragraph]
        if len(own) > 1 and all(_piece_holds(piece, own, units) for piece in pieces):
            return not (
                _connector_reasons_anywhere(sentence, own) or _pairing_reasons(sentence, own)
            )
    return False


def _pieces_of(text: str) -> list[str]:
    """Parts between commas; a condition (……的，……后，) stays with what follows from it."""
    parts = [p for p in re.split(r"[,:]", text) if p.strip("。!? ")]
    if len(parts) == 1 and all(re.search(r"\d", p) for p in text.split("、")):
        return text.split("、")
    pieces: list[str] = []
    held = ""
    for part in parts:
        held += ("," if held else "") + part
        if not re.search(r"(?:的|者|人员|人|后|部分|之前|情况下|为止|到期)$", part):
            pieces.append(held)
            held = ""
    return [*pieces, held] if held else pieces


def _piece_holds(piece: str, own: Sequence[_Unit], units: Sequence[_Unit]) -> bool:
    sentence = read_sentence(piece)
    return any(not _unit_reasons(sentence, unit, units, None) for unit in own)


def _connector_reasons_anywhere(sentence: Sentence, units: Sequence[_Unit]) -> list[str]:
    per_unit = [_connector_reasons(sentence, unit) for unit in units]
    return min(per_unit, key=len, default=[])


def _is_complete(sentence: Sentence, units: Sequence[_Unit], context: tuple[Mark, ...]) -> bool:
    nearest = max(units, key=lambda unit: _overlap(sentence.marks, unit.marks), default=None)
    return nearest is None or not _completeness_reasons(sentence, nearest, context)


def _unit_reasons(
    sentence: Sentence, unit: _Unit, units: Sequence[_Unit], context: tuple[Mark, ...] | None
) -> list[str]:
    """Why `unit` does not carry `sentence`; empty when it does."""
    reasons: list[str] = []
    for mark in sentence.marks:
        if _is_framing(mark) and _framing_holds(mark, sentence, units):
            continue
        if mark.is_number and _is_framing(mark) and _roles_beside(mark, sentence):
            reasons.append(f"「{_shown(mark)}」在依据中不是这一天")
        else:
            reasons += _mark_reasons(mark, sentence, unit)
    checks: tuple[Callable[[Sentence, _Unit], list[str]], ...] = (
        _deletion_reasons,
        _exemption_reasons,
        _denial_reasons,
        _change_reasons,
        _connector_reasons,
        _modal_reasons,
        _only_reasons,
    )
    for check in checks:
        reasons += check(sentence, unit)
    reasons += _pairing_reasons(sentence, [unit])
    if context is not None and not reasons:
        reasons += _completeness_reasons(sentence, unit, context)
    return reasons


def _is_framing(mark: Mark) -> bool:
    """Dates and document numbers may come from another part of the support."""
    if mark.is_number:
        return mark.key in DAY_UNITS or (mark.key == "" and (mark.value or 0) >= 10_000)
    return mark.key in _DAY_ROLES


def _framing_holds(mark: Mark, sentence: Sentence, units: Sequence[_Unit]) -> bool:
    """Whether the day stands somewhere in the support, in the same role (施行, 成文)."""
    roles = _roles_beside(mark, sentence)
    for unit in units:
        pieces = {m.piece for m in unit.marks if not _mark_reasons_for(mark, m, unit)}
        if not pieces:
            continue
        held = {m.key for m in unit.marks if m.key in _DAY_ROLES and m.piece in _near(pieces)}
        if not mark.is_number or mark.key == "文号" or not roles or roles & held:
            return True
    return False


def _roles_beside(mark: Mark, sentence: Sentence) -> set[str]:
    return {m.key for m in sentence.marks if m.piece == mark.piece and m.key in _DAY_ROLES}


_DAY_ROLES = frozenset({"施行", "失效", "印发"})


def _near(pieces: set[int]) -> set[int]:
    return {piece + step for piece in pieces for step in (-1, 0)}


def _mark_reasons_for(mark: Mark, held: Mark, unit: _Unit) -> list[str]:
    if mark.is_number != held.is_number:
        return ["不同类"]
    return _mark_reasons(mark, None, _Unit(Sentence(unit.sentence.text, (held,)), unit.deleted, 0))


def _mark_reasons(mark: Mark, sentence: Sentence | None, unit: _Unit) -> list[str]:
    if mark.is_number:
        return _number_reasons(mark, sentence, unit)
    found = [m for m in unit.marks if m.key == mark.key]
    if not found:
        found = [m for m in unit.marks if m.key in IMPLIED_BY.get(mark.key, frozenset())]
    if not found and mark.key == "子女" and sentence is not None:
        kinds = {m.key for m in sentence.marks} & {"成年子女", "未成年子女", "未婚子女"}
        found = [m for m in unit.marks if m.key in kinds]  # 成年的孩子……孩子有住房: the same one
    if not found and mark.key == "家属":
        relatives = [m for m in unit.marks if m.key in FAMILY]
        found = relatives if len({m.key for m in relatives}) > 1 else []
    if not found and mark.key == "每月":
        found = [m for m in unit.marks if m.key.endswith("/月")]
        return [] if found else ["依据中没有「每月」"]
    if not found:
        return [f"依据的同一句中没有「{mark.key}」"]
    if unit.deleted and "“" in unit.sentence.text:
        return []
    if all(m.negative != mark.negative for m in found) and not (
        sentence is not None and _is_about_exception(mark, unit, sentence)
    ):
        return [f"「{mark.key}」的肯定与否定和依据相反"]
    if mark.direction and all(m.direction and m.direction != mark.direction for m in found):
        return [f"「{mark.key}」以上、以下与依据不同"]
    if mark.direction and all(m.direction != mark.direction for m in found):
        return [f"「{mark.key}」的以上、以下不在依据中"]
    return []


def _is_about_exception(mark: Mark, unit: _Unit, sentence: Sentence) -> bool:
    """投资创业的另有规定 tells of an exception that the support words as 除…外."""
    special = re.search(r"特别规定|另有|例外|特殊|另行|不受|不适用", sentence.text) is not None
    excepted = {m.key for m in unit.marks if m.excepted}
    return special and bool(excepted) and (mark.negative or mark.key in excepted)


# --- numbers


def _number_reasons(mark: Mark, sentence: Sentence | None, unit: _Unit) -> list[str]:
    same = [m for m in unit.marks if m.is_number and _same_number(mark, m)]
    if not same:
        return [f"依据的同一句中没有「{_shown(mark)}」"]
    excepted = sentence is not None and _is_about_exception(mark, unit, sentence)
    if not (unit.deleted or excepted) and all(m.negative != mark.negative for m in same):
        return [f"「{_shown(mark)}」的肯定与否定和依据相反"]
    if not any(_same_direction(mark, m) for m in same):
        return [f"「{_shown(mark)}」的以上、以下、起止与依据不同"]
    if (
        mark.inclusive
        and mark.direction == DOWN
        and any(m.inclusive and m.direction == UP for m in same)
    ):
        return [f"「{_shown(mark)}」含不含本数与依据不同"]
    return []


def _shown(mark: Mark) -> str:
    return f"{mark.value:f}{mark.key}"


def _same_number(said: Mark, held: Mark) -> bool:
    if said.value is None or held.value is None:
        return False
    if said.value == held.value and _same_unit(said.key, held.key):
        return True
    return _is_part_of_day(said, held)


def _same_unit(said: str, held: str) -> bool:
    if said == held:
        return True
    if said in {"元", "美元"}:
        return held.startswith(f"{said}/")
    return said == "" or (held == "" and said in {"号"})


def _is_part_of_day(said: Mark, held: Mark) -> bool:
    """2024年, 8月 or 16号 of a date or document number that the support gives in full."""
    value, whole = int(said.value or 0), int(held.value or 0)
    parts: dict[tuple[str, str], int] = {
        ("年份", "日期"): whole // 10_000,
        ("年份", "年月"): whole // 100,
        ("年份", "文号"): whole // 100_000,
        ("年月", "日期"): whole // 100,
        ("月日", "日期"): whole % 10_000,
        ("月份", "日期"): whole // 100 % 100,
        ("月份", "年月"): whole % 100,
        ("号", "文号"): whole % 100_000,
    }
    return parts.get((said.key, held.key)) == value


def _same_direction(said: Mark, held: Mark) -> bool:
    if said.key in DAY_UNITS:
        return not {said.direction, held.direction} >= {SINCE, UNTIL} and not (
            said.direction == UNTIL and held.direction != UNTIL
        )
    if said.strict and not held.strict:
        return False
    if said.direction == UP and not held.direction and said.key in {"个月", "天"}:
        return True
    if said.direction:
        return said.direction == held.direction
    is_cap = held.direction == DOWN and held.key in {"元", "美元", "元/月"}
    return not is_cap


# --- which subject a number or condition belongs to


def _pairing_reasons(sentence: Sentence, units: Sequence[_Unit]) -> list[str]:
    reasons: list[str] = []
    for mark in sentence.marks:
        if not (mark.is_number or mark.key in _ANCHORS) or mark.key in DAY_UNITS - {"日期"}:
            continue
        for group in EXCLUSIVE:
            if mark.key in group:
                continue
            said = _governors(mark, sentence, group)
            held: set[str] = set()
            for unit in units:
                for other in unit.marks:
                    same = _same_number(mark, other) if mark.is_number else other.key == mark.key
                    if same:
                        held |= _governors(other, unit.sentence, group)
            if said and held and not said & held:
                name = _shown(mark) if mark.is_number else mark.key
                reasons.append(f"「{name}」的对象与依据不同")
    return reasons + [r for unit in units for r in _age_band_reasons(sentence, unit)]


_ANCHORS = frozenset(
    {
        "居住登记",
        "职工养老",
        "养老保险",
        "浙江省居住证",
        "居住证",
        "合法稳定就业",
        "合法稳定住所",
    }
)


def _governors(mark: Mark, sentence: Sentence, group: frozenset[str]) -> set[str]:
    """Which member of `group` stands nearest to the mark: before it, else after it in its piece."""
    same_piece = [m for m in sentence.marks if m.key in group and m.piece == mark.piece]
    before = [m for m in same_piece if m.end <= mark.start]
    if before:
        return {_SAME.get(before[-1].key, before[-1].key)}
    if same_piece:
        return {_SAME.get(same_piece[0].key, same_piece[0].key)}
    if not mark.is_number or group & {"浙江省", "连续", "施行"}:
        return set()
    earlier = [m for m in sentence.marks if m.key in group and m.end <= mark.start]
    return {_SAME.get(earlier[-1].key, earlier[-1].key)} if earlier else set()


_SAME = {"父亲": "男", "母亲": "女", "机关补助": "机关事业", "补充医保": "企业"}


def _age_band_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    """80 元 belongs to 45周岁以下 as 85% belongs to 在职: an amount and the band before it."""
    held = _bands(unit.sentence)
    reasons = []
    for amount, band in _bands(sentence).items():
        if amount in held and band not in {"", held[amount]} and held[amount]:
            reasons.append(f"「{amount}」的年龄段或档次与依据不同")
    return reasons


def _bands(sentence: Sentence) -> dict[str, str]:
    """Amount -> the nearest threshold (age, or export volume) that stands before or after it."""
    bands: dict[str, str] = {}
    for mark in sentence.marks:
        if not mark.is_number or not mark.key.startswith("元"):
            continue
        ages = [m for m in sentence.marks if m.key == "周岁" and m.direction]
        before = [m for m in ages if m.start < mark.start]
        near = before[-1] if before else next((m for m in ages if m.piece == mark.piece), None)
        people = [m.start for m in sentence.marks if m.key in {"退休"} and m.start < mark.start]
        if near is not None and not (people and people[-1] > near.start):
            bands[f"{mark.value:f}元"] = f"{near.value:f}{near.direction}"
        elif people:
            bands[f"{mark.value:f}元"] = "退休"
    return bands


# --- 和, 或; may, must; only


def _items(sentence: Sentence) -> list[Mark]:
    return [m for m in sentence.marks if m.category not in {"role", ACTION}]


def _alternatives(unit: _Unit) -> list[list[set[str]]]:
    """Lists whose items the support joins by 或 or by …之一; an item is its set of terms."""
    lists: list[list[set[str]]] = []
    sentence = unit.sentence
    items: list[set[str]] = []
    last: Mark | None = None
    joined = False
    for mark in _items(sentence):
        gap = sentence.between(last, mark) if last else ""
        if last and (re.search(r"[,;:。]", gap) or _STRONG_AND.search(gap)):
            if joined or "之一" in gap:
                lists.append(items)
            items, joined, gap = [], False, ""
        if last and "或" in gap:
            if last.category == mark.category == PERSON:
                lists.append([{last.key}, {mark.key}])
            else:
                joined = True
        if items and not re.search(r"[、或与和及]", gap):
            items[-1].add(mark.key)
        else:
            items.append({mark.key})
        last = mark
    if last and (joined or "之一" in sentence.text[last.end :]):
        lists.append(items)
    return lists


def _flat(lists: list[list[set[str]]]) -> list[set[str]]:
    return [set().union(*items) for items in lists]


def _connector_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    lists = _alternatives(unit)
    groups = _flat(lists)
    items = _items(sentence)
    reasons: list[str] = []
    for left, right in itertools.pairwise(items):
        gap = sentence.between(left, right)
        if len(gap) > 24 or left.key == right.key:
            continue
        if "或" in gap or "要么" in gap:
            if not _may_be_alternatives(left, right, groups, unit):
                reasons.append(f"「{left.key}」与「{right.key}」在依据中不是「或」")
        elif _AND.search(gap) and _are_alternatives(left, right, lists):
            reasons.append(f"「{left.key}」与「{right.key}」在依据中是「或」")
    said_or = re.search("或者|要么", sentence.text) and not _people_only(items)
    if said_or and not re.search("或|、|之一|任", unit.sentence.text):
        reasons.append("依据中没有「或」")
    keys = {m.key for m in items}
    if _ALL_OF.search(sentence.text) and re.search("之一|任一", unit.sentence.text):
        reasons.append("依据是任选其一，不是同时具备")
    if _ALL_OF.search(sentence.text) and any(len(keys & group) > 1 for group in groups):
        reasons.append("依据是任选其一，不是同时具备")
    if _ANY_OF.search(sentence.text.replace("或", "")) and not groups:
        reasons.append("依据不是任选其一")
    return reasons


def _people_only(items: Sequence[Mark]) -> bool:
    return all(m.category == PERSON for m in items)


_JOINABLE = {PERSON, PLACE}


def _are_alternatives(left: Mark, right: Mark, lists: list[list[set[str]]]) -> bool:
    if left.category in _JOINABLE and right.category in _JOINABLE:
        return False
    pair = {left.key, right.key}
    return any(
        pair <= set().union(*items) and not any(pair <= item for item in items) for items in lists
    )


def _may_be_alternatives(left: Mark, right: Mark, groups: list[set[str]], unit: _Unit) -> bool:
    if {left.key, right.key} & {"本人"} and {left.key, right.key} & FAMILY:
        return False
    if left.category == right.category and left.category in _JOINABLE:
        return True
    held = {m.key for m in unit.marks}
    if not {left.key, right.key} <= held:
        return True
    if any({left.key, right.key} <= group for group in groups):
        return True
    piece = {m.key: m.piece for m in unit.marks}
    listed = piece[left.key] == piece[right.key] and "、" in unit.sentence.text
    return listed and left.category == right.category


_EXEMPTS = re.compile(
    r"不用|不需要?|无需|无须|不必|用不着|不要求|可以不|可不|免(?!费)|不得|禁止|严禁|不能(?!少于|低于|超过)|不可以|不允许|不准|不许"
)


def _exemption_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    """可以不提供材料: a release or a ban needs some denial in the support to rest on."""
    if any(mark.negative for mark in sentence.marks) or not _EXEMPTS.search(sentence.text):
        return []
    return [] if denies(unit.sentence.text) else ["依据没有免除或禁止"]


_DENIED = re.compile(r"(?:不再|不受|不得|不能|不予|不作|无需|不需要?|不)([^,;:。!?()]{4,})")


def _denial_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    """仍列为…, of a text that says 不再列为…: what no table lists is compared by its characters."""
    if denies(sentence.text) or any(m.key == "年龄不限" for m in sentence.marks):
        return []
    said = _pairs_of(sentence.text)
    for denied in _DENIED.findall(unit.sentence.text):
        pairs = _pairs_of(denied[:12])
        if pairs and len(pairs & said) >= 0.7 * len(pairs):
            return ["依据是否定的，陈述是肯定的"]
    return []


def _modal_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    reasons: list[str] = []
    for mark in sentence.marks:
        if mark.category != ACTION or not mark.modal or mark.negative:
            continue
        held = {m.modal for m in unit.marks if m.key == mark.key}
        if mark.modal == MUST and MAY in held and MUST not in held:
            reasons.append(f"「{mark.key}」在依据中是可以，不是应当")
        if mark.modal == MAY and (held == {MUST} or (held == {""} and mark.key in _DUTIES)):
            reasons.append(f"「{mark.key}」在依据中是应当，不是可以")
    return reasons


_DUTIES = frozenset({"缴纳", "征收", "监管", "审核"})


def _only_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    """只有本人, 仅限配偶: fails where the support lists more people than that."""
    if not _ONLY.search(sentence.text):
        return []
    said = {m.key for m in sentence.marks} & (FAMILY | {"本人"})
    held = {m.key for m in unit.marks} & (FAMILY | {"本人"})
    if said and held - said and _ONLY.search(sentence.text):
        return ["依据没有只限于这些人"]
    return []


def _deletion_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    if unit.deleted and not _DELETION_SAID.search(sentence.text):
        return ["依据说的是删去或取消，陈述没有说"]
    if unit.former and not _DELETION_SAID.search(sentence.text):
        gone = _pairs_of(unit.former) - _pairs_of(unit.sentence.text)
        if _pairs_of(sentence.text) & gone:
            return ["陈述用的是修改前的文字"]
    if _DELETION_CLAIMED.search(sentence.text) and not _SUPPORT_ENDS.search(unit.sentence.text):
        return ["依据没有说删去或废止"]
    return []


_OLD = r"原来|原先|从|由(?!于|税|医)|以前|过去|之前是"
_NEW = r"调整为|调整到|改为|改成|变为|变成|降到|降为|降至|减到|减为|缩短[到为至]|放宽[到为至]|扩大[到为至]|现在|提高[到为至]"
_CHANGE = re.compile(f"(?P<old>{_OLD})|(?P<new>{_NEW})")


def _change_reasons(sentence: Sentence, unit: _Unit) -> list[str]:
    """从一年调整为六个月: what was and what is must not change places."""
    said, held = _before_and_after(sentence), _before_and_after(unit.sentence)
    return [
        "调整前后与依据相反" for key, side in said.items() if key in held and held[key] != side
    ][:1]


def _before_and_after(sentence: Sentence) -> dict[tuple[str, object], str]:
    """What stands after 原来 and what after 调整为; empty where nothing is said to change."""
    events = list(_CHANGE.finditer(sentence.text))
    if not {"old", "new"} <= {event.lastgroup for event in events}:
        return {}
    sides: dict[tuple[str, object], str] = {}
    for mark in sentence.marks:
        before = [event for event in events if event.start() < mark.start]
        if before and (mark.is_number or mark.category == SCOPE):
            sides.setdefault((mark.key, mark.value), before[-1].lastgroup or "")
    return sides


def _pairs_of(text: str) -> set[str]:
    """Pairs of adjacent Han characters."""
    return {a + b for a, b in itertools.pairwise(text) if _HAN.match(a) and _HAN.match(b)}


# --- conditions

_BOUND = frozenset({QUALIFICATION, PAPER, SCHEME, AUTHORITY})
_BOUND_KEYS = frozenset(
    {
        "连续", "累计", "有效", "合法稳定就业", "合法稳定住所", "连续就读", "租赁", "居住登记",  "新成立",
        "未婚子女", "成年子女", "户主", "男", "女", "浙江省", "长三角", "转移接续", "同意", "批准", "毕业", "在职", "退休",
        "整体参保", "单位集体户", "亲友处", "人才集体户", "社区集体户", "投资创业", "离婚",
    }
)  # fmt: skip
_NOT_BOUND = frozenset(
    {
        "学历",
        "职称",
        "职业资格",
        "技能等级",
        "学位",
        "公共服务",
        "技校",
        "证明材料",
        "就业",
        "用人单位",
        "个人账户",
    }
)


def _rules_of(sentence: Sentence) -> list[Sentence]:
    """The rules of a sentence, which ；divides."""
    return [read_sentence(part) for part in sentence.text.split(";") if part.strip("。 ")]


def _completeness_reasons(sentence: Sentence, unit: _Unit, context: tuple[Mark, ...]) -> list[str]:
    if unit.deleted or not _is_permission(sentence):
        return []
    rules = [
        rule
        for rule in _rules_of(unit.sentence)
        if _PERMISSION.search(rule.text) or re.search("放宽|取消|不受", rule.text)
    ]
    if not rules:
        return []
    if _is_elaboration(sentence, rules):
        return []
    best = max(
        rules,
        key=lambda r: (_overlap(sentence.marks, r.marks), -len(_missing(list(context), r))),
    )
    missing = _missing(list(context), best)
    return [f"漏了条件：{'、'.join(missing)}"] if missing else []


_ELABORATES = re.compile(
    r"一起|一同|一块|随迁|跟着|跟随|带上|也可以|也能|包括|[有是]:|这一?条|这种|本条|该条|此外|另外|以后|之后"
)
_SUFFICES = re.compile(r"即可|就行|就可以|就能|只要|直接|无条件|凡|任何|所有")


def _is_elaboration(sentence: Sentence, rules: Sequence[Sentence]) -> bool:
    """可以一起落户的有配偶、父母 speaks of who or where, and leaves every condition to others."""
    if not _ELABORATES.search(sentence.text) or _SUFFICES.search(sentence.text):
        return False
    conditions = {
        m.key
        for rule in rules
        for m in rule.marks
        if m.key != "共同居住" and _is_bound(m, _goal_of(rule), rule.text, names_family=False)
    }
    lives_together = any(m.key == "共同居住" for m in sentence.marks)
    needs_it = any(m.key == "共同居住" for rule in rules for m in rule.marks)
    names = any(m.key in FAMILY for m in sentence.marks)
    return not conditions & {m.key for m in sentence.marks} and (
        lives_together or not needs_it or not names
    )


def _goal_of(rule: Sentence) -> int:
    """Where the conditions end and what is allowed begins."""
    goal = _CLAUSE_GOAL.search(rule.text)
    return goal.start() if goal else len(rule.text)


def _is_permission(sentence: Sentence) -> bool:
    if any(m.key == "年龄不限" for m in sentence.marks):
        return True
    return (
        any(m.key in _PERMITTED and not m.negative for m in sentence.marks)
        and _PERMISSION.search(sentence.text) is not None
    )


def _overlap(said: Sequence[Mark], held: Sequence[Mark]) -> int:
    keys = {(m.key, m.value) for m in held}
    return len({(m.key, m.value) for m in said} & keys)


def _missing(said: list[Mark], rule: Sentence) -> tuple[str, ...]:
    end = _goal_of(rule)
    unit = _Unit(Sentence(rule.text, tuple(said)), False, 0)
    groups = _flat(_alternatives(_Unit(rule, False, 0))) + _listed_places(rule)
    names_family = any(m.key in FAMILY or m.key == "家属" for m in said)
    missing: list[str] = []
    for mark in rule.marks:
        if not _is_bound(mark, end, rule.text, names_family=names_family) or mark.negative:
            continue
        if not _mark_reasons_reversed(mark, unit):
            continue
        group = next((g for g in groups if mark.key in g), None)
        if group and any(
            ({m.key} | IMPLIED_BY.get(m.key, frozenset())) & group
            for m in said
            if m.category not in {SCOPE, ACTION}
        ):
            continue
        missing.append(rule.text[mark.start : mark.end])
    return tuple(dict.fromkeys(missing))


def _mark_reasons_reversed(mark: Mark, said: _Unit) -> bool:
    """Whether nothing said covers this condition of the rule."""
    if mark.is_number:
        return not any(m.is_number and _same_number(m, mark) for m in said.marks)
    covering = (
        {mark.key}
        | {key for key, wider in IMPLIED_BY.items() if mark.key in wider}
        | IMPLIED_BY.get(mark.key, frozenset())
    )
    return not any(m.key in covering for m in said.marks)


def _listed_places(rule: Sentence) -> list[set[str]]:
    places = {m.key for m in rule.marks if m.category == PLACE and m.key in _BOUND_KEYS}
    return [places] if len(places) > 2 else []


def _is_bound(mark: Mark, end: int, text: str, *, names_family: bool) -> bool:
    if mark.key == "共同居住":
        return names_family
    if mark.is_number:
        return mark.key not in DAY_UNITS and (mark.start < end or bool(mark.direction))
    if mark.start >= end or mark.key in _NOT_BOUND:
        return False
    if mark.category == AUTHORITY:
        return re.match(r"(?:签发|核发|发放|颁发|讨论)", text[mark.end :]) is not None
    return mark.category in _BOUND or mark.key in _BOUND_KEYS


# --- what no table knows

_VERB_ENDS = "开出办持凭交带有给供的取领要具是些份个种"


def _entity_reasons(sentence: Sentence, units: Sequence[_Unit]) -> list[str]:
    """Names of papers, fees and bodies that no table lists must stand in the support."""
    carried = "\n".join(unit.sentence.text for unit in units)
    reasons = []
    for match in _ENTITY.finditer(sentence.text):
        covered = any(m.start < match.end() <= m.end for m in sentence.marks)
        known = match[0] in carried or match[1][-1] in _VERB_ENDS
        if not covered and not known and not _GENERIC_ENTITY.search(match[1]):
            reasons.append(f"依据中没有「{match[0]}」")
    return reasons


def _novelty_reasons(sentence: Sentence, units: Sequence[_Unit]) -> list[str]:
    """A sentence of which hardly a word stands in the support is about something else."""
    text = sentence.text
    han = [i for i, char in enumerate(text) if _HAN.match(char)]
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
