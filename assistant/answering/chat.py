"""Greetings and what the service can do."""

import re

from assistant.answering.reply import Reply

_THANKS = re.compile(r"谢|辛苦|麻烦(?:你|您|侬)|再见|再会|拜拜|感谢|先这样|就这样|没别的")
_ABLE = (
    "我可以根据嘉兴市公开的政策文件回答问题，每条答复都附上原文，并说明当天是否有效。"
    "您可以这样问：「租房落户要登记满几个月？」「父母投靠子女还有年龄限制吗？」「在职人员个人账户每月划入多少？」"
)


CLOSING = "closing"
"""The cause of a chat in which somebody takes note, plans or sighs."""


def greet(reply: Reply, text: str, cause: str = "") -> None:
    """Answer a greeting, thanks, a remark (`cause`), or a question about the service itself."""
    reply.kind = "chat"
    if _THANKS.search(text):
        reply.say("不客气。还有政策问题随时问我，办理前请以公开发布的文件原文和主管部门答复为准。")
        return
    if cause == CLOSING:
        reply.say("好的。情况有变化，或者还有别的问题，随时告诉我。")
        reply.say("办理前请以公开发布的文件原文和主管部门答复为准。")
        return
    reply.say("您好。" + _ABLE)
