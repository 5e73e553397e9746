"""The operators' side: what to say, what to hand on, and answers that are doubted."""

from assistant.hotline.desk import (
    CallTurn,
    Handover,
    HotlineDesk,
    ReviewCase,
    Ruled,
    Sheet,
)
from assistant.hotline.escalation import (
    Courier,
    CourierError,
    EscalationBox,
    Packet,
    WebhookCourier,
)
from assistant.hotline.review import DECIDED, Review, ReviewState, ReviewStore
from assistant.hotline.script import Brief, brief_of_answer

__all__ = [
    "DECIDED",
    "Brief",
    "CallTurn",
    "Courier",
    "CourierError",
    "EscalationBox",
    "Handover",
    "HotlineDesk",
    "Packet",
    "Review",
    "ReviewCase",
    "ReviewState",
    "ReviewStore",
    "Ruled",
    "Sheet",
    "WebhookCourier",
    "brief_of_answer",
]
