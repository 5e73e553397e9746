"""Words that were not understood, and that may undo a fact told before: 房子其实是我爸的.

Nothing is read into them; but what they speak of is confirmed before anything is decided on it.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.dialogue.model import Intent, IntentKind
from assistant.dialogue.reading.found import WordsByFact
from assistant.dialogue.state import State
from assistant.dialogue.understanding.question_words import asks

_SPOKEN_OF = WordsByFact(
    (r"^(?:rent|own|home)\.|^host\.(?:stable|property)|^address\.", r"房|租|备案|合同|产证|产权|过户|名下|住所|小区|公寓|宿舍|安置|房东"),
    (r"^reg\.", r"登记|断|隔|空|注销"),
    (r"^permit\.", r"居住证|(?<!产)证|过期|到期"),
    (r"^(?:edu|title|skill)", r"结业|肄业|学信网|学历|毕业|文凭|证|职称|技能|级|技师|大专|本科|中专|技校"),
    (r"^(?:job|staff|employer|contribution)", r"(?<!职)工|上班|合同|稳定|离职|辞|失业|公司|厂|单位|编|退休|机关|企业|在职"),
    (r"^pension\.", r"社保|养老|[缴交]|险|断|转|居民|职工"),
    (r"^marital", r"婚|领证|扯证|离|对象|单身|结过"),
    (r"^host\.|^settled_at|^from_within|^migrant|^household", r"户主|户口|户|迁"),
    (r"^(?:age|birth|retired|applicant\.adult|host\.adult)", r"岁|生|年纪|属|成年"),
    (r"^med\.", r"住院|门诊|自付|花|块|元|万|千"),
)  # fmt: skip
_CORRECTS = re.compile(
    r"^不[，,]|可是|但是|不过|只是|撤|吊销|是租的|租来的|房子?(?:其实)?是[^，。？]{1,6}的|还差|其实|说错|搞错|弄错|记错|看错|听错|写错|错了|不对|不是|没有|开玩笑|等下|等一下|等等|查了|岔|搞混|记混|弄混|混了|原来|结果|才知道|才发现|后来|卖|退|停|断|丢|没了|没用|作废|变|换|说是|人家说|告诉我"
)
_DENIES_ALL = re.compile(
    r"(?:不对|不是|错了|(?:我)?(?:说|写|打|记|搞|弄)错了?|了|啊|呀|哦|的|。|！|!|，|,)+"
)
_TIME = re.compile(r"月|年|天|日|号")


def doubted_by(
    words: str, intent: Intent, told: Mapping[str, object], state: State, read: Sequence[str]
) -> tuple[str, ...]:
    """The facts that a statement casts in doubt which speaks of them, and was not read.

    `read` are the facts that the rules talked about read. Where a correction names none of them,
    all that those rules read is in doubt.
    """
    if _DENIES_ALL.fullmatch(words.strip()):
        return ()  # what is meant is asked for
    tells = intent.kind in {IntentKind.OTHER, IntentKind.CORRECTION, IntentKind.ANSWER}
    if not tells or intent.follow_up is not None or asks(words):
        return ()
    corrects = _CORRECTS.search(words) is not None
    known = [n for n in state.facts if n in read and state.facts[n].value is not None]
    if not known or set(told) & set(read):
        return ()
    of = [n for n in known if any(spoken.search(words) for spoken in _SPOKEN_OF.of(n))]
    if not of and not corrects:
        return ()
    if corrects and _TIME.search(words):
        of += [n for n in known if n.endswith(("months", "start", "months_city"))]
    return tuple(dict.fromkeys(of or known))
