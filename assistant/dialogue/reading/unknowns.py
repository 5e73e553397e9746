"""What a person says that they do not know."""

import re
from collections.abc import Iterator

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene

_DONT_KNOW = re.compile(
    r"不(?:太)?清楚|不知道|不晓得|记不[太得大]?清?楚?|记不得|不(?:太)?记得|忘(?:记)?了|说不清|说不准|不(?:太)?确定|没印象|搞不清|弄不清|搞不懂|算不清|分不清|吃不准"
)


_CUES = r"(?:有没有?|是不是|算不算|断没断|有没断|多久|多长时间|几个月|多少个?月|什么时候|啥时候|哪[天年一]|几年|何时|有无|是否|还是|哪里|哪个|什么|满没满|够没够|够不够|过没过期|过没过|到没到|到期没|有效没|断没|过期没|转没转|办没办|几号|到哪天|哪种)"


_UNKNOWNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("rent.registration_certificate", r"备案"),
        ("rent.is_urban_commodity_housing", r"商品(?:住)?房|民房"),
        ("reg.gap", r"登记[^，。？]{0,6}断|断[^，。？]{0,4}登记"),
        ("reg.start", r"登记[^，。？]{0,8}(?:什么时候|啥时候|哪[天年]|几号|何时)|(?:什么时候|哪天|啥时候|哪年|何时)[^，。？]{0,6}登记"),
        ("reg.months", r"登记"),
        ("permit.valid_until", r"居住证[^，。？]{0,8}(?:到哪|到什么|哪天到|几号|多久到)"),
        ("permit.valid", r"居住证[^，。？]{0,8}(?:过期|有效|到期|过没过期)"),
        ("permit.issued_in", r"居住证[^，。？]{0,6}(?:哪|签发)"),
        ("permit.held", r"(?:有没有|有无)[^，。？]{0,4}居住证"),
        ("pension.gap", r"(?:养老|社保)[^，。？]{0,6}断"),
        ("pension.transferred", r"(?:养老|社保|关系|上海|外地)[^，。？]{0,6}转|转[^，。？]{0,3}(?:没|过来)"),
        ("pension.type", r"职工[^，。？]{0,6}居民|居民[^，。？]{0,6}职工|哪种养老|什么养老|养老[^，。？]{0,4}(?:哪种|什么)|是不是职工"),
        ("pension.consecutive_months_city", r"(?:养老|社保)[^，。？]{0,8}(?:多久|几个月|多少个?月|多长)|(?:交|缴)了?(?:多久|几个月|多少个月)"),
        ("host.is_head_urban_household", r"户主"),
        ("own.property_certificate", r"房产证|不动产证|房本"),
        ("rent.start", r"租[^，。？]{0,6}(?:什么时候|哪天|啥时候|几号)|(?:什么时候|哪天|啥时候|几号)[^，。？]{0,4}租"),
        ("title_level", r"职称"),
        ("skill_level", r"技能|职业资格"),
        ("employer.joined_supplement", r"补充医"),
        ("birth_date", r"生日|出生"),
        ("retired_on", r"退休"),
        ("host.stable_home", r"合法稳定住所"),
    )
)  # fmt: skip


def read_unknowns(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """Facts that the person says they do not know."""
    text = scene.typed.text
    for match in _DONT_KNOW.finditer(text):
        index = scene.typed.clause_at(match.start())
        clause = scene.typed.clauses[index]
        own = text[clause.start : clause.end]
        start = clause.start
        bare = not re.sub(
            r"^(?:我|这个|也|真|具体|都|就|实在|有点|又)+|了$|啊$|的$",
            "",
            own.replace(match.group(), ""),
        )
        if bare and index:
            start = scene.typed.clauses[index - 1].start
            own = text[start : clause.end]
        of_a_term = re.search("满没满|够没够|够不够|到没到|有没有满", own)
        told = any(start <= t.start < clause.end for t in scene.times) and not of_a_term
        if told or re.search("能不能|能否|可不可以|怎么|需要|材料|要不要", own):
            continue
        if (
            not re.search(_CUES, own)
            and not re.match(
                r"(?:也|都|我|就|已经|早|真|是)*$", text[clause.start : match.start()][-0:]
            )
            and not _is_noun_topic(own)
        ):
            continue
        for name, pattern in _UNKNOWNS:
            if pattern.search(own):
                yield Found(name, None, start, clause.end, _whose(scene, start, match.start()))
                break


def _whose(scene: Scene, start: int, position: int) -> str:
    """他房产证有没有我不晓得: whose the thing is, and not who does not know."""
    told = [m for m in scene.people.mentions if start <= m.start < position and not m.is_object]
    others = [m.person for m in told if m.person != APPLICANT]
    return others[0] if others else scene.person_at(position)


def _is_noun_topic(own: str) -> bool:
    """登记时间记不清了: the thing is named right before."""
    return bool(
        re.search(
            r"(?:时间|日期|月数|日子|登记|备案|职称|年限|期限)(?:我|也|都|就|真|实在)*(?:记不|不清楚|忘|不记得|不知道|不确定)",
            own,
        )
    )
