"""不是六个月，是三个月: a figure that is only turned down, beside the one that the text has."""

import re

from assistant.answering.grounding.model import Support
from assistant.answering.grounding.spelling import canonical
from assistant.clauses.numerals import quantities

_NOT_BUT = re.compile(
    r"(?P<lead>^|[,，;；。])?(?:而|并)?(?:不是|并?非)(?P<what>[^,，。;；:：]{1,8})(?:$|[,，](?:而?是)?|(?=[。;；]))"
)


def without_contrast(statement: str, support: Support) -> str:
    """A statement without the figures that it only denies, where its clauses have none such.

    The figure that is affirmed has to be of the same kind, and is checked like any other.
    """
    carried = canonical("\n".join((*support.texts, *support.facts)))

    def rest(found: re.Match[str]) -> str:
        denied = canonical(found["what"])
        figures = quantities(denied)
        if len(figures) != 1 or denied[: figures[0].start] + denied[figures[0].end :]:
            return found[0]
        others = quantities(canonical(statement.replace(found[0], ",")))
        alike = any(other.unit == figures[0].unit for other in others)
        return (found["lead"] or "") if alike and denied not in carried else found[0]

    return _NOT_BUT.sub(rest, statement).strip(",，")
