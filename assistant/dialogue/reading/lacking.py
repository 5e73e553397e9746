"""Titles and trade certificates that somebody has not, named in a row: 职称技能证都空白, 无任何职称与技能等级证书.

What denies the one denies all that are named with it.
"""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene

_TITLE = r"(?:专业(?:技术)?)?职称(?:证书?|等级)?"
_SKILL = r"(?:职业)?(?:技能|资格)(?:等级)?(?:鉴定)?(?:证书?|证件|等级|鉴定)|(?<![技资])等级证书?|(?:技能|职业)证书?|技能(?![^，。？]{0,2}人才)|技工证书?|职业资格|证书?(?=(?:和|与|跟|、|或者?)职称)|(?<=职称[和与跟、])证书?"
_JOIN = r"(?:和|与|跟|及|或者?|以及|还有|，|也|又)*"
_ROW = re.compile(rf"(?:{_TITLE}|{_SKILL})(?:{_JOIN}(?:{_TITLE}|{_SKILL}))*")
_NAMED = (
    (re.compile(_TITLE), "title_level"),
    (re.compile(_SKILL), "skill_level"),
)
_BEFORE = re.compile(
    r"(?:没有?|[既均也都]?无(?!论|所)|不具备|未(?:取得|获得|持有|评|考)(?:过|到)?|没(?:有)?(?:评|考|拿|取得)(?:过|到)?)(?:任何|什么|啥|过|国家|相关|正式|一个|一张)*$"
)
_AFTER = re.compile(
    r"(?:[我他她]|也|都|是|全|均|倒|真|真的|肯定|确实|一概|统统|一样|一个|一张|一项|哪样|从来|压根|根本|目前|现在|暂时|至今|还|就|啥的|什么的|这些|那些|两样|更|，)*"
    r"(?:没有?(?!问题|过期|到期|丢|关系)(?:评|考|拿|办|取得|弄)?过?|无(?!论|所)|未(?:取得|评|考)(?:过|到)?|不曾(?:评|考|有|拿)过?|没(?:去|参加|摸|碰)过|为?零(?!分|几)|是?零蛋|白板|[跟和与][我他她](?:都|也)?(?:不沾边?|无关|没关系)|不沾边?|沾不上|两手空空|空白|空着|空的|免谈|谈不上|更?别提)(?:的|了|呀|啊|呢|着落)*(?=[，。？]|$|的)"
)

_CLOSED = re.compile(r"(?:的|了|啥的|什么的|这些|能|可以|行|想|人才|算)|(?=[，。？]|$)")


def read_lacking(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Each of the titles and certificates in a row that is denied as a whole."""
    text = scene.typed.text
    for row in _ROW.finditer(text):
        before, after = _BEFORE.search(scene.before(row.start())), _AFTER.match(text, row.end())
        if before is None and after is None:
            continue
        named, reach = row.group(), row.end()
        if after is None and not _CLOSED.match(text, reach) and "，" in named:
            named = named[: named.rindex("，")]  # 没职称，技能证书考过一本
            reach = row.start() + len(named)
        start = row.start() - (len(before.group()) if before else 0)
        end = reach if before or after is None else after.end()
        for words, name in _NAMED:
            if words.search(named):
                found = plain_fact(scene, name, "无", start, end)
                if found is not None:
                    yield found
