"""Pauses put in where somebody types without any: 登记满八个月了租的是商品房想落户.

A long run without punctuation is cut where one statement has come to its end and the next begins
with a subject, a time, a wish or a thing that something is then said of. Nothing is cut between a
verb and its object, nor after 的 before a noun.
"""

import re
from collections.abc import Sequence

_LONG = 16  # characters without a pause
_SHORT = 3  # nothing shorter is a statement of its own

_NUMBER = r"[\d一二两三四五六七八九十半几]"
_SAID_OF = rf"(?=[也都]?(?:是|有|没|还|就|都|已|挂|落|交了|缴了|办了|登了|断|从|自|满|够|连续|一直|不)|了?{_NUMBER})"
_THINGS = (
    rf"(?:居住登记|登记|职工养老(?:保险)?|养老保险|社保|居住证|房产证|不动产证|房本|合同|学历|职称|工作){_SAID_OF}"
    r"|户口(?=在|挂|落在|是|还|也|就|都)|租的是|租的商品|租赁落户|租房落户|人才落户|就业落户|用居住证|凭居住证|居住证转|按[^，。？]{2,8}(?:政策|规定|规矩)|现在(?!的)|目前(?!的)|今年(?=[\d一二三四五六七八九])"
)
_SPEAKER = r"(?:我|俺|咱)(?=想|要|能|今年|在|有|没|是|也|都|户口|已|现在|租|住|登|交|单身|未婚|离|\d|[二三四五六七八九]?十|公司|单位|凭|这|们想|们能|大专|本科|妈想|爸想)"
_OTHERS = r"(?:[他她](?=想|要|能|户口|今年|有|没|是|也|在)|(?:我|俺)?(?:老婆|老公|媳妇|爱人|孩子|爸妈|父母|我妈|我爸)(?:和|跟)?(?:孩子|小孩|儿子|女儿|爸妈|父母|我妈|我爸)?(?=能|想|要|可以|也|户口|跟[我俺咱]|和[我俺咱]|住|都|没有|今年))"
_WISHES = r"想(?=把|让|落|投|迁|用|凭|按|挂|转|办|带|给|接|问)|能不能|可不可以|能(?=落|迁|投|转|办|一起|跟|带|凭|申)|可以(?=落|迁|投|转|办)|行不行"

_AFTER_TIME = rf"(?<={_NUMBER}个月)|(?<={_NUMBER}年)|(?<=岁)|(?<=个月了)|(?<=年了)|(?<=岁了)|(?<=年多)|(?<=月多)|(?<=年半)|(?<=没断)|(?<=断过)|(?<=没断过)|(?<=跟我过)|(?<=跟我住)|(?<=和我住)|(?<=住一起)"
_AFTER_STATE = r"(?<=了)|(?<=未婚)|(?<=单身)|(?<=没结婚)|(?<=离异)|(?<=商品房)|(?<=[一套间]房)|(?<=有房)|(?<=买房)|(?<=学历)|(?<=大专)|(?<=本科)|(?<=毕业)|(?<=集体户)|(?<=同意)|(?<=合同)|(?<=备案)|(?<=户主)|(?<=有效)|(?<=职称)|(?<=能证)|(?<=证书)|(?<=没房)|(?<=家庭户)|(?<=住一起)|(?<=上班)|(?<=没职称)|(?<=自己付)|(?<=自付)|(?<=自己掏)|(?<=没报)"

_PAUSE = re.compile(
    rf"(?:{_AFTER_TIME})(?={_THINGS}|{_SPEAKER}|{_OTHERS}|{_WISHES})"
    rf"|(?<=\d[号日])(?=我(?!的|们的))"
    rf"|(?:{_AFTER_STATE})(?={_SPEAKER}|{_OTHERS}|{_WISHES}|租赁落户|人才落户|就业落户|现在(?!的)|今年(?=\d))"
    rf"|(?:(?<=有效)|(?<=同意)|(?<=没职称)|(?<=职称)|(?<=能证)|(?<=商品房)|(?<=未婚)|(?<=没结婚)|(?<=集体户))(?={_THINGS}|登记|户口|没技能|单位也|房东|租)"
)


def with_pauses(text: str, origins: Sequence[int]) -> tuple[str, list[int]]:
    """`text` with a pause put in after each statement of a long run, and the places said."""
    cuts: list[int] = []
    for run in re.finditer(r"[^，。？]+", text):
        if len(run.group()) < _LONG:
            continue
        last = run.start()
        for match in _PAUSE.finditer(text, run.start(), run.end()):
            at = match.start()
            if at - last >= _SHORT and run.end() - at >= _SHORT:
                cuts.append(at)
                last = at
    chars, places, begin = [], [], 0
    for cut in cuts:
        chars.append(text[begin:cut] + "，")
        places.extend([*origins[begin:cut], origins[cut - 1]])
        begin = cut
    return "".join(chars) + text[begin:], [*places, *origins[begin:]]
