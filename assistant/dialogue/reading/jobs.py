"""A steady job told in pieces: 她在桐乡的毛衫厂里做，正式工，稳当的.

That it is steady and that it is a job may stand in clauses of their own; the two are found apart. What
is steady must be the job, told as so, and nothing near it may stand elsewhere.
"""

import re
from collections.abc import Iterator

from assistant.dialogue.reading.found import ELSEWHERE, Found, plain_fact
from assistant.dialogue.reading.places import Surroundings
from assistant.dialogue.reading.scene import Scene

_STEADY = re.compile(
    r"(?:稳定|稳当|稳稳当当|安稳|稳得很|(?:蛮|很|挺|比较|相当)稳)(?:的|得很|着|当|呢|了)*(?=[，。？]|$)"
)
_WORK = re.compile(
    r"上班|工作(?!日)|打工|干活|做工|正式工|职工|长期合同|饭碗|岗位|入职|(?:厂|公司|单位|企业|店|车间|工地|学校|医院)(?:里)?[^，。？]{0,8}?(?:做|干|当)"
    r"|在[^，。？]{0,10}(?:厂|公司|单位|企业)|做(?:会计|销售|保安|毛衫|服装|电商|外贸|保洁|司机|厨师)"
)
_OTHER = re.compile(r"住|房|租|收入|婚|关系|感情|价|病|血压|居住")
_DENIES = re.compile(
    r"(?:不|没|无|未|非|别|难|算不上|谈不上|说不上|不太|不怎么|不够|还没)(?:算|是|有|怎么)?[^，。？]{0,2}$"
)
_NOT_NOW = re.compile(r"想|打算|准备|计划|希望|以前|原来|之前|曾|当时|那会|将来|以后|找")
_REACH = 2  # clauses between the job and what says that it is steady


def read_jobs(scene: Scene, _: Surroundings) -> Iterator[Found]:
    """A job that is said to be steady, in whatever order and clause."""
    text, clauses = scene.typed.text, scene.typed.clauses
    for match in _STEADY.finditer(text):
        index = scene.typed.clause_at(match.start())
        clause = clauses[index]
        own = text[clause.start : clause.end]
        begin = clauses[max(0, index - _REACH)].start
        near = text[begin : clause.end]
        denied = _DENIES.search(scene.before(match.start()))
        if _OTHER.search(own) or not _WORK.search(near):
            continue
        if denied and not re.search("没[^，。？]{0,4}过", near):
            yield Found(
                "job.stable_in_city",
                False,
                match.start() - len(denied.group()),
                match.end(),
                scene.person_at(match.start()),
                hedged=True,
            )
            continue
        if ELSEWHERE.search(scene.marked[begin : clause.end]) or _NOT_NOW.search(near):
            continue
        if clause.stop == "？" or re.search(r"辞|离职|失业|没(?:有)?(?:上班|工作|活)", near):
            continue
        found = plain_fact(scene, "job.stable_in_city", True, match.start(), match.end())
        if found is not None:
            yield found
