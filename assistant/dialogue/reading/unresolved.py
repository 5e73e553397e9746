"""What a person says they do not know, have not found out, or that nobody has decided yet.

A statement that such words speak of, or follow, was told, and yet is not known: 房东说是商品房，到底
是不是我没核实过. It is doubted: nothing is decided on it before the person has found out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.reading.found import Found, WordsByFact
from assistant.dialogue.reading.scene import Scene

_KNOW = (
    r"(?:知道|晓得|清楚|了解|明白|确定|肯定|确认|核实|核对|核|查|问(?!题)|打听|弄[清明]|搞[清明懂]|闹[清明]|注意|留意|记得|验(?!收)|瞧|印象|数(?!量)|底(?!薪)|谱|"
    r"把握|准信|准话|准数|消息|音信|结果|结论|定论|下文|见过|看(?![上中好病])|细看|翻|听说过|说法|告诉|表态|答复|回复|批复|公布|出文|定(?![期居点时])|懂)"
)
_DOUBT = re.compile(
    rf"(?:没|未|不|无|勿)(?:有|太|大|怎么|得到|给(?:我)?|拿到|收到|等到|去|来得及|能|曾|细|仔细|真正|个)*{_KNOW}"
    r"|[查翻找问看记说搞弄闹算吃拿摸想讲分辨认定](?:不|勿)(?:太|大)?(?:到|着|清|准|出|真|定|懂|明白|透|上来|好说|起来|死|全|来)"
    r"|(?!([\u4e00-\u9fff])不\1)[\u4e00-\u9fff](?:不|勿)(?:太|大)?(?:清楚?|准|明白|透|上来)(?!考|确)"
    r"|不好(?:说|讲)|难(?:说|讲)|不敢(?:说|讲|肯定|打包票|保证|确定)|两说|待定|存疑|悬着|(?:谁|天|鬼)知道|不一定|未必|不见得"
    r"|没人(?:能|跟我|给我)?(?:说|讲|告诉|知道|清楚|答复|回答)|忘(?:了|记|掉|光)|糊涂|迷糊|含糊|(?:得|要)(?:去|回去|再|先)+(?:查|问|核|翻|打听)|得(?:查|问)"
    r"|等(?:着)?(?:通知|结果|消息|批复|公布|公示|出文|答复|回复)|说法不一|不一样，没定"
)
"""Words by which somebody says that they do not know."""
_EITHER = re.compile(
    r"([\u4e00-\u9fff])(?:过|了|得)?(?:没|不)(?:有)?\1|([\u4e00-\u9fff]{2})(?:没|不)(?:有)?\2"
    r"|到底|究竟|哪(?:个|张|本|种|份)?(?:才)?(?:算|是|对|为准|作数)|(?:好像|似乎|像)[^，。？]{1,6}又(?:好像|似乎|像)?"
    r"|是否|有无|还是(?!说)|是真是假|真的?假的?|(?:[了过完好到]|手)没(?:有)?(?=[，。？我也还都]|$)"
)
"""A question within what is said: 断没断过, 大专还是中专."""
_UNVERIFIED = re.compile(
    r"没(?:有)?(?:去|能)?(?:核实|核对|查证|查过|查到|确认|问过|问到|打听|见过)|结果[^，。？]{0,4}没(?:有)?(?:公布|出|下)|(?:还)?没(?:有)?(?:出文|批复|公布|定论)|等(?:着)?(?:通知|结果|批复|公布|公示|出文)"
)
"""Of what was told it was not found out whether it is so."""
_PENDING = re.compile(
    r"(?:还|正)?在(?:查|核|审|走(?:流程|程序)|打官司)|(?:还|都|也)没(?:有)?(?:判|批|核|审|定|公布|公示|出来|见[着到]|看[见到]|收到|到(?=[，。？]|$)|给(?:我)?(?:准信|准话|答复|回复|说法)|回(?:复|话|我))"
    r"|(?:才|再)(?:公布|出结果|知道)|(?:要|得|还)等[^，。？]{0,6}(?:回[话复]|通知|结果|消息|答复|公布|批)|对不上|纠纷|没(?:有)?(?:个)?准信"
)
"""It is not decided yet: 批文还没见着, 法院还没判."""
_SUBJECT_OF_PENDING = re.compile(
    r"成绩|结果|批文|批复|文件|公示|学籍|评审|法院|官司|产权|派出所|社区|单位|学校|银行|财务|人事|扣|登记|证书?|手续|退休"
)
_HEARSAY = re.compile(
    r"(?:有人|别人|人家|听人|同事|邻居|工友|学校|单位|老板|房东|亲戚)[^，。？]{0,3}(?:说|讲)"
)
_WHETHER_ALONE = re.compile(
    r"是不是|算不算|有没有(?!什么|啥|别的|其他)|到底|究竟|是真是假|真假|还是(?!说|想|要|不|没)|([\u4e00-\u9fff])(?:没|不)\1(?<![满够到过达能可要行成好符])"
)
"""Asked of itself within a message that asks for something else."""
_ASKING = re.compile(r"[吗么呢不没伐否]$|能|可以|怎么|多少|[行成]吗|够|满|达|符|落|办|算数")
_WHATEVER = re.compile("不管|无论|不论|别管|甭管|都(?:行|可以|一样)|随便")
_OF_THE_ASK = re.compile(
    r"能不能|准不准|好不好|中不中|能否|可不可以|可否|行不行|行得通|成不成|[符合]不符?合|合不合|够不够格?|怎么|如何|咋|材料|政策|规定|条件|流程|要不要|需不需|用不用|该不该|能落|能办|能报|收不收|受不受理|批不批得|找谁|哪里办|去哪"
)
"""What is not known is what is asked: 不知道行不行."""
_SETTLED = re.compile(
    r"(?:反正|总之|总归|但|不过|可|只|就)*(?:反正|总之|肯定|可以肯定|起码|至少|总归|绝对|能确定|确定的?是)"
)
"""What follows tells it all the same: 具体哪天忘了，反正超过八个月."""

_SPOKEN_OF = WordsByFact(
    (r"^rent\.is_", r"商品(?:住)?房|公寓|产权|民房|自建|安置|楼|房子|房(?![产东租])|城[镇区里]|市区|性质"),
    (r"^(?:rent\.reg|proof)", r"备案"),
    (r"^(?:own\.urban|host\.stable|home\.(?:legal|stable))", r"房子|房(?![东租产])|住所|住处|城[镇区里]|市区|名下|产权|过户|判给|卖"),
    (r"property_certificate", r"房产证|不动产证|产证|房本"),
    (r"^(?:reg\.|residence)", r"登记|(?<!一刀)断(?!缴)|间断|中断|注销|连续|连着|[满到够](?:没|不)[满到够]"),
    (r"^permit\.", r"居住证|有效|过期|到期|签发|发证"),
    (r"^edu", r"学历|文凭|学信网|毕|本科|大专|中专|技校|硕士|博士|全日制|学位"),
    (r"^title_level", r"职称|评|公示|[初中高]级|出文|通(?:没|不)通过"),
    (r"^skill_level", r"技能|等级|技师|[初中高]级|证书|通(?:没|不)通过"),
    (r"^job\.", r"工作|就业|稳定|合同|单位|上班|转正"),
    (r"^pension\.", r"社保|养老|参保|[缴交](?!通)|断|漏|职工|居民|转(?!正)|[满到够](?:没|不)[满到够]"),
    (r"^marital", r"婚|领证|扯证|离"),
    (r"^host\.is_head", r"户主|户口本"),
    (r"^(?:from_within|migrant)", r"户口(?![本簿])|户籍"),
    (r"^settled_at", r"集体户|户口(?![本簿])|落在|挂"),
    (r"^(?:staff\.kind|retired)", r"退休|编(?!的)|转正|在职|合同工|身份"),
    (r"^employer\.kind", r"性质|机关|企业|事业|参公"),
    (r"^employer\.joined", r"补充|参加|参(?:没|不)参"),
    (r"^employer\.congress", r"职代会|职工代表|通(?:没|不)?通?过|批"),
    (r"^employer\.found", r"成立|新单位|注册"),
    (r"^(?:age|birth)", r"岁|年纪|生日|出生|[哪几]年生|属"),
    (r"adult$", r"成年|岁"),
    (r"^(?:address|household)", r"地址|家庭户"),
    (r"^home\.cont", r"搬|地址|挪"),
    (r"cohabiting", r"一起住|同住|住一起"),
    (r"^study", r"学籍|就读|上学"),
)  # fmt: skip
_ANY_SUBJECT = re.compile(
    "房|登记|居住证|学历|文凭|毕业|职称|技能|工作|就业|合同|社保|养老|医保|婚|户主|户口|集体户|退休|编|参加|职代会|成立|出生|备案|证|"
    "断(?!定|然)|名下|过户|机关|企业|事业|补充|补助|门诊|住院|自付|报销"
)
_ASKED_FOR = re.compile(r"^(?:relation$|family$|apply\.|med\.|contribution\.|sex$|place)")
"""What the ask itself names is not doubted by what is not known."""
_BACK = 3  # clauses that a doubt without a subject of its own looks back over


def doubted(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """The statements found, those that the person does not know to be so marked as doubted."""
    doubts = [index for index in range(len(scene.typed.clauses)) if _is_doubt(scene, index)]
    if not doubts:
        return list(found)
    told = [f for f in found if f.value is not None and not _ASKED_FOR.search(f.name)]
    of = {id(f) for index in doubts for f in _spoken_of(scene, index, told)}
    return [replace(f, doubted=True) if id(f) in of else f for f in found]


def is_unknown(scene: Scene, name: str, clause: tuple[int, int]) -> bool:
    """Whether a fact told in a clause is one that the person says there they do not know."""
    at = scene.typed.clause_at(clause[0])
    return any(
        _is_doubt(scene, index)
        and (index == at or any(words.search(_text(scene, index)) for words in _SPOKEN_OF.of(name)))
        for index in range(len(scene.typed.clauses))
    )


def _is_doubt(scene: Scene, index: int) -> bool:
    """Whether a clause says that something is not known, other than what is asked."""
    own = _text(scene, index)
    mark = _DOUBT.search(own)
    before = _text(scene, index - 1) if index and (mark is None or mark.start() <= 5) else ""
    if mark is None:
        if not (_is_pending(own) or _is_whether(scene, index, own)):
            return False
    elif not (
        any(_EITHER.search(_OF_THE_ASK.sub("", words)) for words in (own, before))
        or _UNVERIFIED.search(own)
        or _is_pending(own)
        or _HEARSAY.search(own + before)
    ):
        return False
    follows = index + 1 < len(scene.typed.clauses) and _SETTLED.match(_text(scene, index + 1))
    return not follows and _SETTLED.match(own) is None


def _is_pending(words: str) -> bool:
    return _PENDING.search(words) is not None and _SUBJECT_OF_PENDING.search(words) is not None


def _is_whether(scene: Scene, index: int, own: str) -> bool:
    """Whether a clause only wonders about its subject, in a message that asks for something else."""
    if scene.typed.clauses[index].stop == "？" or len(scene.typed.clauses) == 1:
        return False
    if index + 1 == len(scene.typed.clauses) or _WHATEVER.search(own) or _ASKING.search(own):
        return False
    return _WHETHER_ALONE.search(own) is not None and _ANY_SUBJECT.search(own) is not None


def _spoken_of(scene: Scene, index: int, told: Sequence[Found]) -> list[Found]:
    """The statements that a clause of doubt speaks of: its own, of its subject, or those before."""
    clause = scene.typed.clauses[index]
    own = [f for f in told if clause.start <= f.start < clause.end]
    if own:
        return own
    words = _text(scene, index)
    again = {f.name for f in told if f.start >= clause.end}
    of = [f for f in told if any(w.search(words) for w in _SPOKEN_OF.of(f.name))]
    if of or _ANY_SUBJECT.search(words):
        return [f for f in of if f.name not in again or f.start >= clause.end]
    for back in range(index - 1, max(-1, index - 1 - _BACK), -1):
        before = scene.typed.clauses[back]
        near = [f for f in told if before.start <= f.start < before.end]
        if near:
            return near
    return []


def _text(scene: Scene, index: int) -> str:
    clause = scene.typed.clauses[index]
    return scene.typed.text[clause.start : clause.end]
