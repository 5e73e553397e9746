"""Asks whether something is open to somebody in particular, however the question is put.

我够没够, 户口我迁得进不, 有我的份吗: a yes or no is asked for, of the one who writes, and of one way.
Who asks so wants the rule applied, and is asked what it turns on, though nothing was told yet.
"""

import re

from assistant.answering.premises import read_premise
from assistant.dialogue.understanding.general import asks_otherwise
from assistant.dialogue.understanding.question_words import TARGET

_OWN = re.compile(
    r"(?<!帮)(?<!告诉)(?<!教)(?<!跟)我(?!市|国|县|省|区|们(?:市|国|这|县))|俺|咱|本人|阿拉"
    r"|(?:^|[，,。；;])(?:就|只|也)?(?:想|打算|准备)(?!问|了解|知道|咨询|打听|请教)"
)
_CLAUSES = re.compile(r"[^，,。；;！!？?—…\s]+")
_YES_OR_NO = re.compile(
    r"(?P<a>[够能行成中合符批准给])[不没](?P=a)|(?:够|行|成|可以|符合|达标)(?:了)?没有?(?=[啊呀呢]?$)"
    r"|[办落迁转进投过拿走跟]得[了进上到成过动来]?(?:不|吗|么|没|伐|$)|得[了进上到成过](?:不|吗|么|没)"
    r"|(?:够格|够条件|合适|成|中|可以|可行|行得通|走得通|作数|达标|通得过|过关)(?:不|没|吗|么|伐|否)"
    r"|[行成批](?:不行|不成|不批)?(?:不|吗|么|没|否)?$|有[^，。？]{0,4}(?:份|戏|希望|可能|指望)(?:没|不|吗|么)?"
    r"|给[^，。？]{0,4}(?:走|办|落|批|过|迁)(?:吗|不|没|么)|会(?:不会)?被?(?:退|驳|卡)[^，。？]{0,3}(?:吗|么|不)?$"
    r"|(?:是不是|算不算|是否)[^，。？]{0,10}(?:对象|条件|人|范围)|轮得?[着到]|能(?!力|源|够证明)|可否|能否|可以"
)
_OF_A_TEXT = re.compile(
    r"谁|列[全出一]|什么(?!都|也)|啥(?!都|也)|哪|怎么|如何|怎样|多少|多久|几(?:个?月|年|天|岁|号)|(?:要|带|交|些|份|补)[^，。？]{0,3}材料|材料(?:有|要|清单|是)|手续|流程|电话|依据|规定|文件|通知|条文|原文|政策上|解读|限制|为什么|是真|真的|要求|必须|需要|一定要|要不要|用不用|非得|写|区别|变化"
)
_STATES = re.compile(r"(?:没|未)(?:有|能)?(?:[读念上考评拿办登交缴毕][^，。？吗么]{0,3}|过)$")
"""大专没念完，人才落户行吗: a clause that tells a state tells somebody's."""
_WHATEVER = re.compile("(?:哪|什么|啥|怎么)[^，。？]{0,6}(?:都|也)(?:不|没|无)")
_LAST_WORD = re.compile(
    r"(?:那|像|按|照|以)?(?:我|俺|咱|本人)?(?:们)?(?:这样|这种|这个|这情况|的情况|现在|到底|究竟)*(?:够没够|够不够|能不能(?:成|办|行|批|落户?|迁)?|能[办落迁](?:吗|么|不)|行不行|成不成|可不可以|合不合(?:适|格|条件|要求)?|符不符合(?:条件|要求)?)(?:啊|呀|呢|的)?"
)


def asks_own_whether(words: str, *, tells: bool) -> bool:
    """Whether `words` ask for a yes or no of somebody in particular, and for no text.

    `tells`: facts were told that only a person has, so that nobody need be named.
    """
    if not TARGET.search(words) or read_premise(words) or asks_otherwise(words):
        return False
    clauses = _CLAUSES.findall(words)
    if not clauses:
        return False
    if _LAST_WORD.fullmatch(clauses[-1]) and _OWN.search(words):
        return True
    own = tells or _OWN.search(words) or any(map(_STATES.search, clauses[:-1]))
    if not own or _OF_A_TEXT.search(_WHATEVER.sub("", words)):
        return False
    return any(_YES_OR_NO.search(clause) for clause in clauses)
