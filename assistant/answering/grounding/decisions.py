"""Statements that pronounce on a person's case, which only a rule may do."""

import re

from assistant.answering.grounding.marks import read_sentence, split_sentences
from assistant.answering.grounding.spelling import QUOTED, canonical
from assistant.answering.grounding.vocabulary import PAPER, PERSON, QUALIFICATION, STATUS

_DECISION_GENERIC = re.compile(
    r"[^,。;]{4,}的,[您你]|如果|条件是|前提是|假如|倘若|要是|只要|若|凡|的话|满足.{0,20}的,|的人|者,|哪些|是否|能否|能不能|可不可以|怎样|怎么|什么|\?$"
)
_DECISION = re.compile(
    r"(?:您|你|贵单位|咱)[^。;!?]{0,24}?(?:可以|能够?|可|不能|不可以|无法|没法|不可)[^。;!?咨询拨打联系查询带准备提供选择点击]{0,14}?"
    r"(?:落户|入户|上户|迁|户口|投靠|申领|办|申请|享受|报销|拿到|领)"
    r"|(?:您|你|贵单位)[^。;!?]{0,16}?(?:不?符合|不?满足|达到|未达到|没达到|不?具备|有资格|没有?资格|够条件|不够条件)"
    r"|(?:应予?|可予?|当予|拟予?|建议予?以?)(?:通过|批准|核准|驳回|受理)|(?:已经?|予以|给予|获得?|准予|同意|不予|未获|建议)(?:了)?(?:批准|通过|受理|核准|驳回|办理落户)|(?:批准|驳回)(?:您|你|该|其|申请|落户|了)"
    r"|(?:审批|审核|审查|核准|申请)(?:已经?|未|没有?|不)?(?:获|被)?(?:通过|驳回|批准)|办理成功|符合资格|有资格落户|资格成立|准许落户"
    r"|(?:各项|所有|全部|条件|要求|资格)[^,。;]{0,6}(?:均|都|全)(?:已经?)?(?:达标|合格|具备|满足|符合)(?:了|要求|条件)?(?=[,。;!]|$)|户口稳|没问题|没悬念|问题不大|没有障碍"
)
_BARE_DECISION = re.compile(
    r"^(?:经?[^,。;的]{0,6}(?:审核|判断|核实|核对|研判)[,:]?)?(?:结论是?|综上|所以|因此|总之|答|好的|恭喜您?|那么|经判断|这种情况(?:下)?|该情况|当前|目前|本案|申请人?|该申请人?|属于|情况)?[,:]?"
    r"(?:完全|已经?|是|都|就|基本|并|暂时?|明显|也)*"
    r"(?:不?符合(?:[^,。;的]{0,10})(?:的)?(?:条件|要求|规定|资格|政策)?|不?满足(?:[^,。;的]{0,10})(?:的)?(?:条件|要求)|(?:可以|能够?|不可以|不能|无法|不得|准予|允许|可)(?:直接|马上|立即|正常|顺利)?"
    r"(?:落户|办理?|申请落户|迁入|入户|申领|通过)|(?:予以)?批准|通过(?:审核|审批)?|不予批准|同意|驳回)(?:了|的|啊|哦|呢|申请|落户|办理|户口|您|你|手续)*[。!,;]?$"
)


def reads_as_decision(text: str) -> bool:
    """Whether `text`, outside quotations, pronounces on a person's case (只有规则才能裁决)."""
    bare = canonical(QUOTED.sub("", text))
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
