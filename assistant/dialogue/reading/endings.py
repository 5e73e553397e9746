"""States that a message tells, and then tells the end of: 租的商品房，上个月退了."""

import re
from collections.abc import Iterable

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found, WordsByFact
from assistant.dialogue.reading.scene import Scene
from assistant.dialogue.reading.typed import read_typed

_ENDS = WordsByFact(
    (r"^rent\.(?:is_|months|start)", r"退(?:租|了(?!休)|掉|房)|搬(?:走|出|离|回|家)|不租了|没(?:再)?租了|没续租|(?:现在|后来|如今)住(?:到|进|回|在)?[^，。？]{0,4}宿舍"),
    (r"^rent\.registration", r"备案[^，。？]{0,4}(?:撤|注销|作废|失效|取消)|(?:撤|注销)了备案"),
    (r"^own\.", r"(?:房子?|它|已经|又|去年|今年|前年|年|月|^)(?:也|都|就|给)*(?:卖(?:了|掉)|过户给|转给|法拍|抵债)"),
    (r"^reg\.(?:months|start)", r"登记[^，。？]{0,6}(?:注销|销了|取消)|(?:后来|然后|之后)(?:就|又)?(?:走了|离开|回(?:老家|去)|搬走)|(?:退租|走)(?:以后|之后|了)[^，。？]{0,4}注销|没(?:再)?登记了|(?:今年|后来|现在|之后)?没(?:再|有)?续(?:上|了|登)?(?=[，。？]|$)|(?:那)?(?:是|都是)(?:去年|前年|以前|早年)的事|(?:今年|后来|现在)?(?:也)?过期(?:了)?(?:没|未)|没去续|就搬走了?|登记的是[^，。？]{0,4}(?:老婆|老公|别人|房东|他|她)的?名"),
    (r"^permit\.(?:held|valid|issued)", r"(?:居住)?证?[^，。？]{0,6}(?:注销|作废|收回|交回|退掉|退了|上交|吊销)了?"),
    (r"^pension\.(?:consecutive|start)", r"(?<![没不])(?<!中间)(?<!中途)(?<!当中)(?:停(?:了|掉|缴|交|保)|断(?:了|缴|交|保))(?!过|了?[一二两三四五六七八九十半几\d]+个?(?:多|半)?[月天年])|(?:现在|后来|就|又|再|也)没(?:再)?(?:交|缴)|不交了"),
    (r"^from_within", r"迁(?:走|出)|迁(?:到|去|往)[\ue002\ue003]|转(?:走|出)"),
    (r"^host\.is_head", r"户主[^，。？]{0,4}(?:改成|换成|变更)"),
    (r"^job\.stable", r"辞(?:了|职|掉)|离职|不干了|被裁|裁员|失业(?!保险|金|登记)|下岗|(?:公司|厂|单位|店)[^，。？]{0,3}(?:倒闭|破产|关门|关了)"),
    (r"^staff\.kind", r"(?<![没不])辞(?:了|职|掉)|(?<![没不])离职|不干了|(?:被)?(?:开除|解聘|辞退)|(?:调|跳(?:槽)?|转|去)(?:到|去|进|了)[^，。？]{0,4}(?:私企|民企|外企|企业|公司|厂)|下海"),
    (r"^study", r"(?<!没)毕业了|退学|休学|转学"),
)  # fmt: skip
_AGAIN = re.compile(
    r"换(?:了|到|成)|新(?:的)?(?:工作|单位|公司|厂)|现在在|又(?:找|进|去|入职)|接着在|重新|又(?:开始|登|交|缴|租|办|买)|后来(?:又|再|重)|现在(?:又|重)|再(?:次|登|交|租|办)"
)


def is_ended(scene: Scene, item: Found) -> bool:
    """Whether the message goes on to say that what it told is over."""
    if item.value is False or item.value is None:
        return False
    for ends in _ENDS.of(item.name):
        match = ends.search(scene.marked, item.end)
        if match is None:
            continue
        clauses = scene.typed.clause_at(match.start()) - scene.typed.clause_at(item.start)
        if _of_another(scene, item, match.start()):
            continue
        if clauses <= _NEAR and not _AGAIN.search(scene.marked, match.end()):
            return not _unasserted(scene, match.start(), match.end())
    return False


_LIKE = {
    "host.stable_home": "own.urban_home",
    "host.property_certificate": "own.property_certificate",
    "home.stable_in_city": "own.urban_home",
}


def ended_by(words: str, known: Iterable[str]) -> tuple[str, ...]:
    """Of the facts known, those of whose state `words` tell, or suppose, the end: 房子卖了."""
    text = read_typed(words).text
    over = []
    for name in known:
        for ends in _ENDS.of(_LIKE.get(name, name)):
            match = ends.search(text)
            if match is None or _AGAIN.search(text, match.end()):
                continue
            if not _NO_END.search(text, 0, match.start()) and not _ASKED.match(text, match.end()):
                over.append(name)
    return tuple(dict.fromkeys(over))


_NO_END = re.compile(r"(?:没(?:有)?|不|未|会|想|打算|准备|曾|从没|怕|能不能|可以)[^，。？]{0,4}$")
_ASKED = re.compile(r"[^，。？]{0,3}(?:吗|么|怎么|会不会)")
_NEAR = 3  # clauses; what ends further on is of something else


def _of_another(scene: Scene, item: Found, position: int) -> bool:
    """我在编，老婆辞职了: whether somebody else is named in the clause as the one of whom it is said."""
    person = scene.people.subject_at(position)
    return scene.people.named_in_clause(position) and person != (item.person or APPLICANT)


def _unasserted(scene: Scene, start: int, end: int) -> bool:
    """会不会被注销, 没断, 如果退了: no end is told."""
    before, after = scene.before(start), scene.after(end)
    return bool(
        re.search(
            r"(?:会|要|想|如果|要是|没(?:有)?|不(?!过)|未|怕|万一|打算|准备|等|曾|从没)[^，。？]{0,4}$",
            before,
        )
        or re.match(r"[^，。？]{0,3}(?:吗|么|的话|怎么|会)", after)
    )
