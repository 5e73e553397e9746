"""Turns that put a case, and those that go back to how things stand.

要是没备案呢, 换成五个月呢: what is supposed holds for the turns that lean on it, and leaves what was
told as it was; 我现在到底行不行 asks about what was told.
"""

import re

from assistant.dialogue.model import FollowUp, Intent
from assistant.dialogue.state import State
from assistant.dialogue.understanding.frames import asks_whether
from assistant.dialogue.understanding.leaning import foresees, puts_if, supposes
from assistant.dialogue.understanding.question_words import asks, only_states

_BACK = re.compile(
    r"我(?:这种|这个|这样|的)(?:情况|条件)|(?:不|别|先不)(?:说|谈|管|讲|算)?假[设如定]|(?:说回|回到|还是(?:说|看|按|照)|按|照|就按)(?:我)?(?:现在|目前|眼下|实际|真实|现实|事实|原来|本来|自己|刚才)(?:说)?的?"
    r"|(?:真实|实际|现实)(?:上|的|情况)?(?:还是|就是|是)|话说回来|言归正传|不(?:开玩笑|瞎想|打比方)了?|(?:刚才|刚刚|前面|上面)?(?:那|这)?(?:个|只|都)?(?:只)?是(?:假设|假如|打(?:个)?比方|随便问问?|随口(?:一)?问)"
    r"|(?:我|他|她|那)?(?:现在|目前|眼下|实际上?|真实|其实)(?:的情况)?[^，。？\d]{0,6}(?:到底|究竟|能|行|够|符合|可以|算)[^，。？]{0,6}(?:吗|么|不|呢|没有|[？?]|$)"
    r"|(?:现在|目前|眼下)[^。？]{0,14}(?:能|行|可以|够)[^，。？]{0,6}(?:吗|么|不|[？?])|(?:还|又|都)?没(?:考|买|办|离|评|拿|生)[^，。？]{0,3}[，,][^。？]{0,16}(?:能|行|可以|够)"
    r"|(?:那|到底|究竟)[^，。？]{0,4}我现在[^，。？\d]{0,8}(?:吗|么|不|呢|[？?]|$)"
)


_PUTS = re.compile(
    r"^(?:那么?|哎|诶|好|嗯|再|，)*(?:换|改|放|按|算|拿|设)|换[成做作]|算[作成]|[当算]我|比[如方]"
)
_WHO = frozenset({"family", "relation", "sex"})
"""Facts by which somebody is named, and nothing is supposed."""


def puts_case(intent: Intent, words: str, names: frozenset[str], state: State) -> bool:
    """Whether the facts `names` of a message are supposed, and not told."""
    names = names - _WHO
    if intent.follow_up is FollowUp.CASE:
        return bool(names) and puts_if(words)
    if intent.follow_up is FollowUp.PERSON:
        return bool(names) and foresees(words)
    if intent.follow_up is not FollowUp.FACT or not names:
        return False
    put = supposes(words) or (foresees(words) and (asks(words) or asks_whether(words)))
    if not put and (names & set(state.asked) or _tells_outright(words)):
        return False
    return put or any(n in state.facts and state.facts[n].value is not None for n in names)


def _tells_outright(words: str) -> bool:
    """哦对了，其实只缴了两个月: how it stands, and no case that is put."""
    return only_states(words) and _PUTS.search(words) is None


def goes_back(words: str) -> bool:
    """Whether a message asks about how things really stand."""
    return _BACK.search(words) is not None
