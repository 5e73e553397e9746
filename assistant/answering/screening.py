"""What is settled before any text is searched: greetings, and asks that are not ours to answer."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.schemas import RefusalReason

_SEGMENT = re.compile(r"[^。！？!?；;，,：:\n]*[。！？!?；;，,：:\n]?")
_INSTRUCTION = re.compile(
    r"(?:忽略|无视|忘(?:记|掉)|不要管|别管|跳过|绕过|覆盖|停止遵守|解除|取消)[^。！？!?；;\n]{0,14}"
    r"(?:以上|上面|上述|之前|前面|先前|所有|一切|任何|指令|规则|提示|限制|设定|免责)"
    r"|ignore|disregard|forget (?:all|the|previous|above)|jailbreak|DAN\b|developer mode"
    r"|(?:直接|只(?:要|能|许|准|用)|必须|务必|一律|统一|先)(?:就)?(?:回答|回复|说|告诉我|判定?|输出|写)[^。！？!?；;\n]{0,10}"
    r"(?:符合|不符合|可以|同意|通过|批准|能|是的|没问题|收到|好的|遵命|[“\"「])"
    r"|回答(?:之?前|时|的时候)(?:请)?先"
    r"|你(?:现在)?(?:就)?(?:是|扮演|充当|变成|假装(?:是|成)?)[^。！？!?；;，,\n]{0,12}"
    r"(?:局长|市长|主任|领导|管理员|开发者|专家|审批员|民警|所长|模型|模式|助手|机器人|没有限制)"
    r"|(?:进入|切换到?|开启|打开)[^。！？!?；;\n]{0,6}(?:模式|权限)"
    r"|(?:不用|不要|不必|无需|别)(?:再)?(?:引用|检索|查文件|看文件|核对|标注|给出?依据|写依据|管文件)|凭(?:记忆|印象|常识)(?:回答|说|答)"
    r"|删(?:除|掉|去)(?:所有|全部|一切)?(?:的)?(?:免责|限制|提示|声明|引用)"
    r"|^\s*(?:system|assistant|user|系统|指令)\s*[：:]|^【(?:系统|指令|system)】",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<[^<>\n]{0,200}>|\[/?INST\]|#{3,}[^\n]*|【(?:系统|指令|system)】", re.IGNORECASE
)
_SELF_HARM = re.compile(
    r"不想活|活不下去|活着(?:没|还有什么)意思|自杀|轻生|寻死|想死|结束(?:自己的)?生命|了断|跳楼|割腕|喝农药"
)
_FORGING = re.compile(
    r"(?:虚开|套现|套(?:出来|出去|走)|伪造|造假|做假|办假|买假|弄假|搞假|开假|假造|仿造|变造)"
    r"|(?:怎么|如何|哪里|哪儿|能不能|能|可以|想|帮我?|给我|找人|花钱|教我?)[^。！？?]{0,10}"
    r"(?:弄|做|搞|办|买|开|编|写|P|p|改|刻)[^。！？?]{0,6}(?:假的?(?!如|期|日)|虚假的?|空头)"
    r"|假(?:交|缴|参保|买社保|落户|租|迁)|骗(?:个|一?下)?(?:户口|落户|补贴|奖励|居住证|社保|医保)|挂靠[^。！？?]{0,8}(?:社保|养老|医保|公司|单位)[^。！？?]{0,8}(?:落户|户口)"
    r"|(?:帮|给|教|替)我[^。！？?]{0,6}(?:伪造|编造|虚构|P图|改(?:一?下)?日期)"
    r"|假(?:结婚|离婚|合同|证明|社保|租赁|租房合同|学历|证件|公章|材料)[^。！？?]{0,10}(?:怎么|如何|能|可以|行|办|弄|落户|骗)"
    r"|(?:怎么|如何|能不能|可以|想)[^。！？?]{0,8}(?:骗(?:取|到|过)|套取|冒用|冒充|顶替|蒙混|糊弄)"
    r"|(?:贿赂|行贿|送礼|塞红包|走后门|找关系|打点|疏通)[^。！？?]{0,12}(?:办|落户|批|快|行|能|可以|多少|吗|谁)"
    r"|(?:花钱|掏钱|出钱|哪里|哪儿|怎么|想|帮我?)[^。！？?]{0,6}(?:买(?:个|一个|张)?|代办|代缴|挂(?:个|靠)?)[^。！？?]{0,4}(?:户口|居住证|学历|文凭|职称|社保|名额|证书)(?!明)"
    r"|(?:不符合|不够|没有)[^。！？?]{0,12}(?:怎么|如何|有什么办法)[^。！？?]{0,6}(?:混|蒙|绕|变通|操作|弄成|凑|补上去|做成)"
    r"|(?:怎么|如何|能不能)[^。！？?]{0,8}(?:逃避|躲避|规避|钻[^。]{0,4}空子|不被(?:发现|查))"
)
_THANKS = re.compile(
    r"(?:谢谢|多谢|感谢|辛苦|麻烦(?:你|您)了|太好了|明白了|知道了)[^?？吗呢怎么多少什哪几]{0,14}"
)
_ABUSE = re.compile(
    r"傻[逼比叉X]|操你|草泥马|去死|他妈的|妈的|滚蛋|垃圾(?:系统|政府|机器人)|废物|王八蛋|混蛋|脑残"
)
_OTHERS_DATA = re.compile(
    r"身份证号?码?(?:是|为)?\s*\d{6,17}[\dXx*][^。]{0,12}(?:这个?人|是不是|查|户口|谁)"
    r"|查(?:一?下|询)?(?!我|本人|自己|政策|规定|文件)[^。！？?，,]{1,8}的(?:户口|户籍|身份证|住址|地址|电话|手机|社保|医保|登记|工资)"
    r"|(?:他|她|邻居|前夫|前妻|前男友|前女友|同事|老板|房东|某人)[^。！？?]{0,12}(?:什么地址|住哪|住在哪|户口在哪|电话多少|身份证号)"
    r"|(?:查|告诉我|给我|提供|知道|打听|搜)[^。！？?]{0,8}(?:他|她|别人|人家|邻居|前夫|前妻|前男友|前女友|同事|老板|房东|某人|张三|李四|王五|"
    r"(?:这|那)个?(?:人|女|男)|[\u4e00-\u9fff]{1,3}(?:先生|女士|某))[^。！？?]{0,10}"
    r"(?:户口|户籍|身份证|住址|地址|电话|手机|社保|医保|登记|信息|工资|学历|婚姻|落户)"
    r"|(?:身份证号码?|家庭住址|手机号码?|私人电话|家里住哪|住哪个小区|银行卡号)[^。！？?]{0,6}(?:是多少|是什么|告诉|给我|发我|查)"
    r"|[\u4e00-\u9fff]{2,4}(?:的|本人的?)(?:身份证号|家庭住址|手机号|私人电话|住址|工资|银行卡)"
)
_OWN_ACCOUNT = re.compile(
    r"(?<!查)(?:我|本人|俺|咱)(?:们家|家|自己)?(?:的|名下|那个|这个|那|去年|上次|前几天|上个?月)?[^。！？?]{0,12}"
    r"(?:余额|还(?:有|剩)多少钱?|进度|办到哪|到哪一?步|批(?:下来|好|了)(?:没|吗|了)|审核?(?:通?过|完)(?:没|了吗|了没)|"
    r"办(?:好|下来|完)(?:没有?|了吗|了没)|到账(?:没|了吗|了没)|(?:参保|缴费|缴纳|登记|就医)记录|缴了(?:几个月|多少)(?:查|帮))"
    r"|(?<!不是)(?<!不是要)(?:帮我?|给我|替我)?查(?:一?下|询)?(?:我|本人|自己)(?:的)?[^。！？?]{0,10}(?:账户|余额|社保|医保|登记|进度|记录|申请|户口|档案|居住证)"
    r"|(?:我|本人)[^。！？?]{0,20}(?:你|帮我?|给我|替我)查(?:一?下|查|询)"
    r"|(?:我|本人)的(?:申请|案子|件|材料)[^。！？?]{0,10}(?:哪|进度|怎么还|批|审)"
)
_OPINION = re.compile(
    r"(?:起诉|打官司|告(?:他们?|政府|公安局?|派出所|单位|公司|房东|医保局|社保局)|索赔|申请行政复议|诉讼|仲裁|维权|胜诉|能不能?赢)"
    r"|(?:合理|公平|公正|合法|违法|违宪|歧视|正确|应该|科学)(?:吗|么|不|嘛|性)|是不是(?:歧视|违法|不公|乱|违宪|不合理)"
    r"|你(?:怎么|如何)?(?:看待?|觉得|认为|评价)|(?:值不值得?|划不划算|该不该|哪个更好|好不好|推荐哪|有没有道理)"
    r"|凭什么(?!材料|证|手续|条件|东西|落户|办)|太不公平|不讲理|打[^。？?]{0,4}官司|胜算"
)
_META = re.compile(
    r"系统提示|提示词|\bprompt\b|内部(?:指令|设定)|你的(?:指令|设定|规则|源代码|训练)|用(?:的)?(?:什么|哪个|啥)(?:大?模型|AI)|"
    r"角色扮演|扮演|讲个?(?:笑话|故事)|写(?:一)?(?:首|个|篇|段|封)[^。？?]{0,14}(?:诗|绝句|律诗|词|歌|作文|小说|文章|代码|程序|情书|检讨|故事)|写代码|翻译(?:成|一下|这)|"
    r"\bpython\b|\bjava\b|\bsql\b|算命|星座|彩票|股票|天气|做饭|菜谱|电影|明星|足球|世界杯|旅游攻略|减肥",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:你好|您好|你们好|在吗|在不在|哈喽|嗨|hi|hello|hey|早上好|上午好|中午好|下午好|晚上好|早|喂|谢谢(?:你|您|了|啦)?|多谢|感谢|辛苦了|"
    r"再见|拜拜|好的|知道了|明白了|嗯|哦|ok|请问|啊|呀|哈|麻烦了|收到)*",
    re.IGNORECASE,
)
_ABILITY = re.compile(
    r"(?:你|您)(?:是谁|是什么|叫什么|能(?:做|干|帮|回答|查|办|解答)[^。？?]{0,8}|会(?:做|干)?什么|有什么(?:用|功能)|可以(?:做|问|帮|查)[^。？?]{0,6})"
    r"|(?:怎么|如何)(?:用|使用)(?:你|这个|它)?|能问(?:你)?(?:什么|哪些|啥)|使用说明|有什么功能|帮助$"
)
_PUNCTUATION = re.compile(
    r"[\s。，,、！!？?；;：:~～.…·\-—_=+*#@&^%$()（）\[\]【】{}《》<>“”\"'‘’|/\\]+"
)

Outcome = Literal["pass", "chat", "refuse"]


@dataclass(frozen=True, slots=True)
class Screened:
    """The question without instructions smuggled into it, and what became of it."""

    outcome: Outcome
    text: str
    reason: RefusalReason | None = None
    cause: str = ""  # which refusal text fits, within a reason
    stripped: bool = False  # an instruction was taken out


def screen(question: str) -> Screened:
    """Settle what needs no search; the rest passes on, without instructions to the service."""
    text = _without_instructions(question)
    stripped = text != question.strip()
    bare = _PUNCTUATION.sub("", text)
    if _SELF_HARM.search(question):
        return Screened("refuse", text, "unsafe", "distress", stripped)
    if _FORGING.search(text):
        return Screened("refuse", text, "unsafe", "forging", stripped)
    if not bare or (stripped and len(bare) < 4):
        return Screened(
            "refuse", text, "out_of_scope", "instruction" if stripped else "empty", stripped
        )
    if _GREETING.fullmatch(bare) or _THANKS.fullmatch(bare):
        return Screened("chat", text, stripped=stripped)
    if _ABILITY.search(text) and len(bare) <= 20:
        return Screened("chat", text, stripped=stripped)
    for pattern, reason, cause in (
        (_OTHERS_DATA, "personal_data", ""),
        (_OWN_ACCOUNT, "account_data", ""),
        (_OPINION, "legal_opinion", ""),
        (_META, "out_of_scope", "meta"),
    ):
        if pattern.search(text):
            return Screened("refuse", text, reason, cause, stripped)  # type: ignore[arg-type]
    if _ABUSE.search(text) and len(bare) <= 16:
        return Screened("refuse", text, "unsafe", "abuse", stripped)
    return Screened("pass", text, stripped=stripped)


def _without_instructions(question: str) -> str:
    """The question without tags, and without the pieces of sentences that order the service about."""
    plain = _TAG.sub("\n", question)
    kept = [piece for piece in _SEGMENT.findall(plain) if not _INSTRUCTION.search(piece)]
    return "".join(kept).strip()
