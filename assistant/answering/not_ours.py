"""Asks that are not ours to answer, told by a learned reader where no phrase of them is known."""

import re
from dataclasses import replace
from typing import cast, get_args

from assistant.answering.asking import read_asking
from assistant.answering.particulars import kind_named
from assistant.answering.screening import Screened, screen
from assistant.schemas import RefusalReason

_SURE = 0.55  # likelihood, of all families together, from which a message is turned down
_BEYOND_DOUBT = 0.8
_CERTAIN = 0.6  # likelihood from which it outweighs the phrase that was found
_SURELY_STATED = 0.9  # likelihood of asking for what texts state that outweighs a phrase
_OWN_NUMBERS = re.compile(
    r"(?:(?:我|本人)的?)?(?:身份证|电话|手机|银行卡|社保卡)?(?:号码?)?[是为：:]?〔[^〔〕]{2,8}已隐去〕[，,；;、]?"
)
_OWN_WISH = re.compile(r"(?:我|本人|想|能|可以)[^，。？?]{0,8}(?:落户|迁|入户|申请|办理|参加|报)")
_RECORDS: tuple[RefusalReason, ...] = ("account_data", "personal_data")
_SHORTEST = 6  # characters; shorter messages greet, or answer a question of ours
_REASONS = frozenset(get_args(RefusalReason))


def screened_again(screened: Screened, *, opens: bool = True) -> Screened:
    """`screened`, refused where what it most likely asks is not ours to answer.

    For messages that open a matter: what answers a question of ours asks nothing. Of two families
    whose phrases look alike, somebody's own record and another's, the reader tells which is meant.
    What goes on with a matter (`opens` false) must be so beyond doubt.
    """
    if len(screened.text) < _SHORTEST or screened.outcome == "chat":
        return screened
    asking = read_asking(screened.text)
    if screened.reason in _RECORDS:
        likeliest = max(_RECORDS, key=lambda reason: asking.likelihoods[reason])
        if asking.likelihoods[likeliest] >= _CERTAIN:
            return replace(screened, reason=likeliest)
        if asking.stated >= _SURELY_STATED or _beside_own_numbers(screened.text):
            return replace(screened, outcome="pass", reason=None)
        if kind_named(asking.kind) and asking.likelihoods[asking.kind] >= _CERTAIN:
            return replace(screened, outcome="pass", reason=None)
        return screened
    if screened.outcome != "pass":
        return screened
    likely = {
        family: likelihood
        for family, likelihood in asking.likelihoods.items()
        if family.partition("/")[0] in _REASONS
    }
    enough = sum(likely.values()) >= _SURE if opens else max(likely.values()) >= _BEYOND_DOUBT
    if not enough:
        return screened
    reason, _, cause = max(likely, key=likely.__getitem__).partition("/")
    return replace(screened, outcome="refuse", reason=cast("RefusalReason", reason), cause=cause)


def _beside_own_numbers(text: str) -> bool:
    """Whether a message tells its writer's numbers, masked, and asks of their own matter beside them."""
    rest = _OWN_NUMBERS.sub("", text)
    return rest != text and bool(_OWN_WISH.search(rest)) and screen(rest).outcome == "pass"
