"""Trade certificates by their parts: a trade and a grade, in one clause or the next.

电工证有，四级 and 考出了中级焊工 name the trade and the grade in either order; no list of whole names
holds them all. A title of the same grade (中级会计师) is none of these.
"""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import Found, plain_fact
from assistant.dialogue.reading.scene import Scene

TRADE = re.compile(
    r"(?:电|焊|钳|车|铣|木|瓦|管|钢筋|架子|维修|装配|化验|缝纫|汽修|水电|叉车|起重|锅炉|制冷|安装|电梯|混凝土|抹灰|油漆|纺织|印染|调剂|挡车)工(?!程|资|作|业|厂|会)|(?<=[一二三四五]级)工(?=证)"
    r"|厨师|面点师?|西点师?|烘焙师?|烹饪|烹调师?|美容师?|美发师?|理发师?|育婴[员师]?|保育[员师]?|月嫂|养老护理员?|护理员|叉车|数控|汽修|茶艺师?|健康管理师|公共营养师|人力资源管理师|电子商务师|物流师|保安员|消防(?:员|设施操作员)|快递员|家政服务员|按摩师|保健按摩|插花|裁缝"
    r"|(?:职业)?技能(?:等级)?(?:证书?|鉴定|等级)|职业资格(?:证书?|等级)?|等级证书?"
)
_TITLE = re.compile(
    r"职称|工程师|会计|经济师|教师|护士|建造师|造价|律师|医师|药师|英语|计算机|普通话|驾"
)
_GRADE = re.compile(
    r"(?<![国省市县])(?P<digit>[一二三四五1-5])级(?!教师|建造|公路|医院|学校|市场|残)|(?P<word>高级技师|技师(?!学院)|初级|中级|高级)(?!职称|工程|会计|经济|教师|社工)"
)
_LEVELS = {
    "一": "高级技师", "二": "技师", "三": "高级工", "四": "中级工", "五": "初级工",
    "1": "高级技师", "2": "技师", "3": "高级工", "4": "中级工", "5": "初级工",
    "高级技师": "高级技师", "技师": "技师", "高级": "高级工", "中级": "中级工", "初级": "初级工",
}  # fmt: skip
_NOT_HELD = re.compile("准备|打算|想|要考|在考|报|没考|没过|没拿|争取|计划|还差|考不")
_ONLY_GRADE = re.compile(
    r"(?:是|为|等级|级别|考了?|考的|拿了?|拿到|取得了?|评了?|有|个|一?本|一?张|拿的|评的|属于|也就|就|才|国家|职业资格|的)*"
)
_TAIL = re.compile(
    r"(?:的|工|证|证书|那种|那个|水平|有(?!没)|(?:考|拿|取得)(?:了|过|到)|在手|了|啊|呢|吧|来着)*"
)


def read_trades(scene: Scene) -> Iterator[Found]:
    """A trade and its grade, as the grade of a trade certificate."""
    text = scene.typed.text
    for index, clause in enumerate(scene.typed.clauses):
        words = text[clause.start : clause.end]
        trade = TRADE.search(words)
        if trade is None or _TITLE.search(words):
            continue
        grade = _GRADE.search(words)
        start, end = clause.start + trade.start(), clause.start + trade.end()
        if grade is not None:
            start = min(start, clause.start + grade.start())
            end = max(end, clause.start + grade.end())
        elif index + 1 < len(scene.typed.clauses):
            following = scene.typed.clauses[index + 1]
            rest = text[following.start : following.end]
            grade = _GRADE.search(rest)
            if grade is None or not (
                _ONLY_GRADE.fullmatch(rest[: grade.start()])
                and _TAIL.fullmatch(rest[grade.end() :])
            ):
                continue
            end = following.start + grade.end()
        if grade is None:
            continue
        if _NOT_HELD.search(text, start, end):
            continue  # 电工证准备考四级
        value = _LEVELS[grade["digit"] or grade["word"]]
        found = plain_fact(scene, "skill_level", value, start, end)
        if found is not None:
            yield found


def is_of_a_trade(scene: Scene, position: int) -> bool:
    """Whether a grade that stands there is one of a trade, and no title."""
    clause = scene.clause(position)
    words = scene.typed.text[clause.start : clause.end]
    return TRADE.search(words) is not None and not _TITLE.search(words)
