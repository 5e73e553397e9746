"""What only somebody else's wording could hold: markup, markers, other scripts, speech about itself."""

import re

from assistant.answering.grounding.form import without_addresses
from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import HAN, QUOTED, folded, folded_support

_MARKUP = re.compile(r"[\[\]{}<>|\\`*#_~^=@]|\n|https?|www\.|//", re.IGNORECASE)
_NUMBERED = re.compile(r"[\u3400-\u9fff]\[(?:19|20)\d{2}\]\d{1,4}号")  # 嘉政办发[2024]16号
_ODD = re.compile(
    r"[^①-⑳→\u3400-\u9fff\uff00-\uff60\u3000-\u303fA-Za-z0-9 .,;:!?%()/+\-—–·‘’“”…℃㎡×〔〕]"
)
_ITSELF = re.compile(
    r"(?:^|[,，。;；])(?:作为|身为)(?:一[个名位])?(?:AI|人工智能|语言模型|助手|客服|工作人员|局长|专家|公务员)"
    r"|本(?:助手|模型|系统|机器人|AI)|语言模型|人工智能助手|系统提示|提示词|忽略(?:以上|上述|之前|前面|所有)|指令"
    r"|我(?!市|省|国|县|区|们?(?:市|省|国|县|区))|咱们?(?!市)|俺"
    r"|资料(?:里|中|是|给)|clause|JSON|如下所示|希望(?:对您|能帮)|(?:祝|恭喜)您|亲[,，]",
    re.IGNORECASE,
)
_ADDRESSED = re.compile("[您你]|贵单位|贵公司|阁下")
_CASE = re.compile(
    r"(?:[您你]|贵单位|贵公司|阁下)[^,，。;；]{0,12}?(?:已|符合|满足|达到|属于|是|有(?!关)|没|未|不|无|可|能|应|须|必|会|将|够|得)"
)
_SUPPOSED = re.compile(
    "[^,，。;；]{4,}的[,，][您你]|如果|条件是|前提是|(?:满足|符合|达到|具备)[^。;；]{0,30}?[后的时]|若|要是|假如|倘若|只要|凡|的话|是否|[您你](?:还|也|都|就|先)?(?:需要?|须|要|应当?|得(?!到)|可以?(?:拨打|咨询|致电|凭|持))|请[您你]"
)
_PUSHED = re.compile(
    r"转账|汇款|扫码|二维码|微信|支付宝|QQ|加(?:我|群|好友)|点击|下载|私信|中介|代办|黄牛|红包|好处费|打点|找关系|银行卡号|验证码|密码",
    re.IGNORECASE,
)


def foreign_reasons(statement: str, support: Support) -> tuple[str, ...]:
    """Reasons to drop a wording before it is compared at all; quotations must be word for word."""
    carried = "\n".join(folded_support(support))
    reasons = []
    bare = _NUMBERED.sub("", without_addresses(statement, support))
    if _MARKUP.search(bare) or _ODD.search(bare):
        reasons.append("含有标记或别的文字")
    if _ITSELF.search(statement):
        reasons.append("不是在说规定")
    if _ADDRESSED.search(statement) and _CASE.search(statement) and not _SUPPOSED.search(statement):
        reasons.append("说的是本人的情况，不是规定")
    reasons += [
        f"依据中没有「{found[0]}」"
        for found in _PUSHED.finditer(statement)
        if folded(found[0]) not in carried
    ]
    reasons += [
        f"引文不在依据中：{quote}"
        for quote in QUOTED.findall(statement)
        if HAN.search(quote) and folded(quote).strip("\"'") not in carried
    ]
    return tuple(reasons)
