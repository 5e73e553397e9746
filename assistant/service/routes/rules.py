"""`/api/rules`: the rules, what they ask, and what follows from stated facts."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query

from assistant.schemas import Decision, RuleDetail, RuleList, RuleRequest, Survey
from assistant.service.context import ServiceContext
from assistant.service.inputs import NoQuery, RuleId
from assistant.service.routes.errors import errors

_GAZETTE = "sources/jiaxing-gazette-2024-06-07.txt"
_CITED = {
    "clause_id": "jx-gbo-2024-16__sec_1",
    "document_id": "jx-gbo-2024-16",
    "title": "嘉兴市人民政府办公室关于高质量推进户籍制度改革的通知",
    "doc_number": "嘉政办发〔2024〕16号",
    "label": "一、进一步放宽租赁落户",
    "status": "in_force",
    "effective_from": "2024-08-01",
    "verified_on": "2024-07-25",
}
DECIDE_REQUEST: dict[str, Any] = {
    "facts": {"rent.is_urban_commodity_housing": True, "reg.months": 5},
    "as_of": "2026-11-22",
    "jurisdiction": "嘉兴市",
}
SURVEY_REQUEST: dict[str, Any] = {
    "facts": {"edu": "大专", "job.stable_in_city": True, "pension.consecutive_months_city": 2},
    "as_of": "2026-11-22",
    "jurisdiction": "嘉兴市",
}
DECISION: dict[str, Any] = {
    "verdict": {
        "rule_id": "settle.rental",
        "title": "租赁落户",
        "outcome": "ineligible",
        "as_of": "2026-11-22",
        "conditions": [
            {
                "id": "housing",
                "label": "租赁本市城镇地区商品住房",
                "status": "met",
                "required": "是",
                "actual": "是",
                "marker": 1,
            },
            {
                "id": "registration",
                "label": "在浙江省范围内连续居住登记",
                "status": "unmet",
                "required": "满6个月",
                "actual": "自2026-06-22起，已满5个月",
                "marker": 2,
            },
        ],
        "premises": ["居住登记一直连续，没有中断过"],
        "materials": [{"name": "《房屋租赁登记备案证明》", "status": "unknown", "marker": 4}],
        "missing_facts": [],
        "earliest_date": "2026-12-22",
        "covers": ["配偶", "子女", "父母"],
    },
    "citations": [
        {
            **_CITED,
            "marker": 1,
            "quote": "租赁本市城镇地区商品住房",
            "source": {"file": _GAZETTE, "start": 3937, "end": 3949},
        },
        {
            **_CITED,
            "marker": 2,
            "quote": "在浙江省范围内连续居住登记满六个月的",
            "source": {"file": _GAZETTE, "start": 3950, "end": 3968},
        },
        {
            **_CITED,
            "marker": 3,
            "quote": "允许本人及其共同居住生活的配偶、子女、父母持《房屋租赁登记备案证明》等材料在租赁住房所在地申请落户",
            "source": {"file": _GAZETTE, "start": 3969, "end": 4018},
        },
        {
            **_CITED,
            "marker": 4,
            "quote": "持《房屋租赁登记备案证明》等材料",
            "source": {"file": _GAZETTE, "start": 3990, "end": 4006},
        },
    ],
    "notices": [],
}
"""A real decision; OpenAPI leaves out what is null."""


def router(context: ServiceContext) -> APIRouter:
    """The routes, bound to a service."""
    routes = APIRouter(prefix="/api/rules", tags=["规则"])

    @routes.get("", summary="全部规则", responses=errors(422, 503))
    def rules(_query: Annotated[NoQuery, Query()]) -> RuleList:
        """每条规则的名称、所依据的条款、要问的事实（问句、类型、单位、可选的值，够画一张表单）。"""
        return context.service.rules()

    @routes.get("/{rule_id}", summary="一条规则", responses=errors(404, 422, 503))
    def rule(rule_id: Annotated[RuleId, Path()], _query: Annotated[NoQuery, Query()]) -> RuleDetail:
        """另有各版本的有效期间；依据的条文有变化而停用的版本写明原因（待复核）。"""
        return context.service.rule(rule_id)

    @routes.post(
        "/{rule_id}/decide",
        summary="按一条规则判定",
        responses={
            200: {"content": {"application/json": {"example": DECISION}}},
            **errors(400, 404, 413, 422, 503),
        },
    )
    def decide(
        rule_id: Annotated[RuleId, Path()],
        body: Annotated[RuleRequest, Body(openapi_examples={"五个月": {"value": DECIDE_REQUEST}})],
        _query: Annotated[NoQuery, Query()],
    ) -> Decision:
        """纯函数判定：结论、逐项条件及其引文、缺什么、最早哪天符合、金额、谁可以随迁。"""
        return context.service.decide(rule_id, body.facts, body.as_of, body.jurisdiction)

    @routes.post("/survey", summary="各种落户途径一并判定", responses=errors(400, 413, 422, 503))
    def survey(
        body: Annotated[RuleRequest, Body(openapi_examples={"大专": {"value": SURVEY_REQUEST}})],
        _query: Annotated[NoQuery, Query()],
    ) -> Survey:
        """先列已经符合的，再列最快能符合的（以及哪天），最后是走不通的。"""
        return context.service.survey(body.facts, body.as_of, body.jurisdiction)

    return routes
