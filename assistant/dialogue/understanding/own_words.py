"""What of a message is its writer's own telling: less their numbers, masked, and less pasted words."""

import re
from dataclasses import replace
from datetime import date

from assistant.answering.presented import Presentation
from assistant.dialogue.model import Intent, IntentKind, Reading
from assistant.dialogue.understanding.context import ContextReader

_OWN_DATA = re.compile(
    r"[，,。；;]?\s*(?:我|本人|俺)(?:自己)?的?(?:身份证|电话|手机|证件|银行卡|社保卡|卡|联系方式)?(?:号码?)?"
    r"[是为：:]?\s*〔[\u4e00-\u9fff]{1,8}已隐去〕"
    r"(?:[，,；;、]\s*(?:身份证|电话|手机|证件|银行卡|社保卡)?(?:号码?)?[是为：:]?\s*〔[\u4e00-\u9fff]{1,8}已隐去〕)*"
    r"(?=[，,。；;！!？?]|$)"
    r"|(?:^|[，,。；;])\s*〔[\u4e00-\u9fff]{1,8}已隐去〕(?:是|就是)?(?:我|本人)?的?(?:身份证|电话|手机|证件|银行卡|社保卡|卡)?(?:号码?)?(?=[，,。；;！!？?]|$)"
)
"""What somebody tells of how to reach them, masked: it belongs to no question."""


_SPEAKER = re.compile("我|本人|俺|咱")


def without_own_data(text: str) -> str:
    """The message without numbers of the writer's, masked; whose it is stays said."""
    rest = _OWN_DATA.sub("", text).lstrip("，,。；; ")
    told = rest != text and _SPEAKER.search(text) and not _SPEAKER.search(rest)
    return f"我{rest}" if told else rest


def without_presented(
    presented: Presentation, intent: Intent, reader: ContextReader, as_of: date
) -> tuple[Reading, Intent]:
    """What the writer tells and asks of themselves, beside words that are no telling of theirs."""
    own, asked = reader.read(presented.own, None, as_of)
    if asked.kind.decides and (asked.rules or (asked.open and not intent.rules)):
        return own, asked
    return own, replace(intent, kind=IntentKind.ELIGIBILITY, open=intent.open or not intent.rules)
