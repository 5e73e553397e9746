"""What stands beside a statement and takes its ground away: a paper withdrawn, a term still to run.

A statement so doubted is not read, so that it is asked for: a question too many is worth less than
a verdict too good.
"""

import re

from assistant.dialogue.model import APPLICANT
from assistant.dialogue.reading.found import Found, WordsByFact
from assistant.dialogue.reading.scene import Scene

_NOT = r"(?<!没)(?<!没有)(?<!未)(?<!没被)(?<!没有被)(?<!未被)(?<!不是)(?<!不会)(?<!不算)(?<!会不会)(?<!是不是)"
_PAPERS = r"^(?:edu|title_level|skill_level)$"
_SPANS = r"^(?:reg|pension|residence)\.(?!gap|type|trans|province|months_e|cum)"

_BEFORE = WordsByFact(
    (_PAPERS, r"(?:买|借|租|办|弄)(?:了|来|到)?(?:一?个|一?张|一?本|的)?(?:假的?)?$|假的?$"),
    (_PAPERS, r"(?:[让叫要劝教]我|冒充|谎称|假装|装作|硬说)[^，。？]{0,3}(?:[说写填报]?(?:是|成|自己是)?)?$"),
    (_PAPERS, r"一个[^，。？一]{1,6}一个(?:是)?$"),
    (_PAPERS, r"(?:简历|名片|表格?|档案)(?:上|里)?(?:写|填)(?:的|着)?(?:是)?$"),
    (r"^edu$", r"(?:差(?:一)?点儿?就?|离)[^，。？]{0,3}$"),
    (r"^skill_level$", r"(?:药|医院|检验|放射|影像|康复|理疗|口腔)[^，。？]{0,3}$"),
    (_SPANS, r"(?:还要|还差|还得|还需|差)[^，。？]{0,8}(?:才|就)?(?:到|满|够|有)?$"),
    (r"^pension\.(?:consec|start)", r"(?:欠费|欠缴|拖欠|停缴|停保)(?:了|有)?$"),
    (r"^rent\.is_", r"(?:员工|老板|下属|徒弟|同事|朋友|室友|同乡|老乡|同学|邻居|亲戚|别人|人家)(?:在?外面?|自己)?$"),
)  # fmt: skip
"""Words that end where the statement begins."""

_AFTER = WordsByFact(
    (_PAPERS, rf"{_NOT}(?:假的|伪造|造假|作假|撤销|吊销|注销|作废|收回|没收|过期|失效|无效|不作数|不算数|[帮替代](?:我|人)?考的?|枪手|录取|通知书|学生证|准考证|p的图|ps的|花钱|还[剩差][一二两三几\d]?(?:个)?[科门]|学信网[^，。？]{{0,4}}(?:查不到|没有)|没(?:有)?(?:做|办|过)?(?:学历)?认证|不(?:被)?承认|才(?:能)?(?:发|下来|拿得?到)|还没发)"),
    (r"^edu$", r"^(?:学历)?(?:的)?同等学力|^(?:毕业)?[^，。？]{0,4}还(?:差|有|要|得)[^，。？]{0,3}(?:年|个月|学期|门|分)|没(?:有|给)?(?:发|拿|领|毕业)(?:到|我|给我)?(?:毕业)?证"),
    (r"^(?:title_level|skill_level)$", r"^(?:的|级|证)*(?:徒弟|学徒|助理|助手|学员|培训班)|，[但可也都还就却]*是?没(?:有|能)?(?:考)?(?:过|通过|考上|评上|评到|证)(?!期|错)"),
    (_SPANS, r"要(?:到|等)(?:了)?(?:下|明|后|年底|月底|月初|\d)|(?:多|少)[^，。？]{0,4}还是[^，。？]{0,4}(?:少|多)|忘了|记不清|不记得|说不准"),
    (_SPANS, r"申请[^。？]{0,10}才(?:通过|批|办好|生效)"),
    (_SPANS, rf"{_NOT}(?:(?:暂停|停|注销|取消|中断|断开)过|注销了[^，。？]{{0,6}}(?:又|再|重)|挂名|不过那是|欠费|欠缴)"),
    (r"^(?:pension\.(?:consec|start)|job\.stable)", rf"{_NOT}(?:挂名|挂靠)"),
    (r"^(?:own\.urban|home\.stable)", r"(?:在不在|是不是|算不算|属不属于|是否|算没算)[^，。？]{0,6}(?:城镇|城区|市区|城里|郊区|范围)"),
    (r"^rent\.is_", r"(?<![没快未])(?<!还没有)(?:到期了|退了租|退租了|退掉了|不租了)|(?:下个?月|下周|明年|过几天)[^，。？]{0,4}才?(?:开始|起租|生效|入住)"),
    (r"^(?:staff|employer)\.kind$", r"(?:没有?|未|等|待)(?:正式)?(?:入职|报到|上岗|录用|转正)|公示期"),
    (r"^(?:staff|employer)\.kind$", r"^(?:的|人员)*(?:家属|家人|遗属|老婆|爱人|妻子|丈夫|老公|子女|孩子|儿子|女儿|考试|面试|岗位)"),
)  # fmt: skip
"""Words that stand after the statement, in its clause or the one that follows."""


_NO_LONGER = re.compile("(?:现在|如今|眼下)(?:也|就|都|早)?没(?:有)?了")
"""曾有中级职称，…，现在没有了."""
_REGISTERED_BY_OTHERS = re.compile(
    r"登记[^，。？]{0,8}挂名|登没登记?|有没有登记?[^，。？]{0,6}(?:不清楚|不知道|不晓得)|登记[^，。？]{0,4}(?:登|挂|办|写)(?:在|到)[^，。？]{0,6}(?<!我)(?<!我的)(?:名下|名字|户下|那里|那边)|登记(?:证|上)?(?:的)?(?:是|写|用)(?:的)?(?:是)?[^，。？我]{0,3}(?:我)?(?:老婆|老公|爱人|房东|朋友|别人|他|她|爸|妈|儿子|女儿)[^，。？]{0,2}(?:名|信息)"
)
"""登记的是我老婆的名字: nobody's own registration."""

_LEAST = frozenset({"初中及以下", "高中"})
"""Schooling that opens no way: nothing is gained by doubting it."""


def is_doubtful(scene: Scene, item: Found) -> bool:
    """Whether something beside a statement says that it may not hold."""
    if item.value in _LEAST:
        return False
    before, after = scene.before(item.start), _after(scene, item.end)
    if item.name.startswith("reg.") and _REGISTERED_BY_OTHERS.search(scene.typed.text):
        return True
    own = scene.typed.text[item.start : item.end]
    if item.name in {"title_level", "skill_level"} and _NO_LONGER.search(
        scene.typed.text, item.end
    ):
        return True
    if item.name in {"edu", "title_level", "skill_level"} and re.match(
        f"，(?:哦|噢|啊)?(?:不对|错了|说错了|哦不)|，(?:哦|噢|啊|错了|说错了|不对|，)*不是{re.escape(own)}",
        after,
    ):
        return True  # 我有初级会计，哦不是初级会计是从业资格
    return any(words.search(before) for words in _BEFORE.of(item.name)) or any(
        words.search(after) for words in _AFTER.of(item.name)
    )


def _after(scene: Scene, end: int) -> str:
    """The rest of the clause, and the next one where a comma leads to it."""
    clauses = scene.typed.clauses
    index = scene.typed.clause_at(max(0, end - 1))
    rest = scene.after(end)
    if clauses[index].stop != "，" or index + 1 >= len(clauses):
        return rest
    following = clauses[index + 1]
    if _of_another(scene, end, following.start):
        return rest
    return f"{rest}，{scene.typed.text[following.start : following.end]}"


def _of_another(scene: Scene, end: int, start: int) -> bool:
    """本科毕业，女友还没领证: the clause that begins at `start` opens with somebody else."""
    named = scene.people.at(start)
    return named is not None and named != (scene.people.subject_at(end) or APPLICANT)
