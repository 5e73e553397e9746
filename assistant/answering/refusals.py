"""Refusals: a typed reason, what we cannot say, and the next step that helps."""

from assistant.answering.contacts import Contact, Contacts
from assistant.answering.reply import Reply
from assistant.schemas import RefusalReason

_OFFER = "我可以帮您查嘉兴的落户、居住证、机关事业单位医疗补助、企业补充医疗保险等文件的原文。"

_TEXTS: dict[tuple[str, str], str] = {
    ("no_source", ""): "现在收录的文件里没有写这一点，我不能凭猜测回答。",
    ("out_of_scope", ""): "这个问题不在政策文件的范围内，我答不了。",
    ("out_of_scope", "meta"): "我只根据收录的政策文件回答问题，不做别的事，也不透露内部设置。",
    ("out_of_scope", "instruction"): "这不是一个政策问题。答复只依据文件原文，不会因为要求而改变。",
    ("out_of_scope", "empty"): "没有看到问题内容，请用一句话写下您想问的政策。",
    ("personal_data", ""): "我没有、也不能提供别人的个人信息。",
    ("account_data", ""): "我看不到您个人的账户、参保记录或办理进度，只能查政策文件。",
    (
        "legal_opinion",
        "",
    ): "我只能告诉您文件怎么写，不能评价是否合理，也不能提供打官司等法律意见。",
    (
        "legal_opinion",
        "forecast",
    ): "以后会不会变，现在收录的文件里没有写，我不能预测，只能告诉您现在怎么规定。",
    ("unsafe", "forging"): "这种做法违法，我不能帮忙。按文件要求如实准备材料才是稳妥的办法。",
    (
        "unsafe",
        "bribe",
    ): "找关系、送礼都不能帮忙，也办不成事。文件里的条件对谁都一样，符合条件按规定申请就行。",
    (
        "unsafe",
        "threat",
    ): "我听得出您很着急，但伤人、毁物的话请不要说，也千万不要做。遇到急事、有人身危险请拨打下面的电话；对办理结果不满意，可以打热线反映。",
    ("unsafe", "abuse"): "我知道您可能有些着急。请告诉我具体想办的事，我帮您找文件里的规定。",
    (
        "unsafe",
        "distress",
    ): "听到您这样说，我很担心您。您不用一个人扛着，请马上告诉身边信任的人，或者拨打下面的电话，有人会认真听您说。",
    ("unavailable", ""): "查询服务暂时有故障，没能取到可以核对的原文，请稍后再试。",
}

_NEXT: dict[str, str] = {
    "out_of_scope": _OFFER,
    "personal_data": "需要核实他人信息的，请本人或者依法有权的机关到窗口查询。",
    "legal_opinion": "需要法律意见的，可以向律师或者公共法律服务机构咨询。" + _OFFER,
    "other_jurisdiction": "请向当地的主管部门咨询。" + _OFFER,
}


def refuse(
    reply: Reply,
    reason: RefusalReason,
    contacts: Contacts,
    *,
    cause: str = "",
    lead: str | None = None,
    about: str = "",
) -> Reply:
    """Turn `reply` into a refusal with its next step; `about` is what the question speaks of."""
    reply.kind = "refuse"
    reply.reason = reason
    reply.lines.insert(0, lead or _TEXTS.get((reason, cause)) or _TEXTS[(reason, "")])
    if reason in _NEXT:
        reply.say(_NEXT[reason])
    for contact in whom_to_ask(contacts, reason, cause, about):
        reply.say(f"可以咨询：{contact.line()}。")
        reply.warn("handoff", contact.line())
    return reply


def whom_to_ask(contacts: Contacts, reason: str, cause: str, about: str) -> list[Contact]:
    """The contacts that fit: of the subject where the corpus names one, else the general line."""
    if cause == "distress":
        names = ["lifeline", "ambulance", "police"]
    elif cause == "threat":
        names = ["police", "hotline"]
    elif reason in {"no_source", "account_data", "personal_data", "unavailable", "legal_opinion"}:
        subject = contacts.about(about)
        if subject is not None:
            return [subject]
        names = ["gazette", "hotline"]
    elif cause == "forging":
        subject = contacts.about(about)
        return [subject] if subject else []
    elif reason == "other_jurisdiction":
        names = ["hotline"]
    else:
        names = []
    return [c for name in names if (c := contacts.named(name)) is not None]
