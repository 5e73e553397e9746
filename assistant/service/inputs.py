"""Query parameters, as strict as bodies: an unknown one is an error."""

import re
from typing import Annotated

from pydantic import Field

from assistant.schemas import Day, Wire, Wording
from assistant.service.shapes import Kind

ClauseId = Annotated[
    str, Field(pattern=r"^[a-z0-9_-]+$", max_length=200, examples=["jx-gbo-2024-16__sec_3__para_2"])
]
DocumentId = Annotated[
    str, Field(pattern=r"^[a-z0-9_-]+$", max_length=200, examples=["jx-gbo-2024-16"])
]
RuleId = Annotated[str, Field(examples=["settle.rental"])]
PlaceName = Annotated[Wording, Field(max_length=50, examples=["嘉兴市"])]


class NoQuery(Wire):
    """No parameter is taken."""


class AskQuery(Wire):
    """Query of `POST /api/ask`."""

    stream: bool = False


class SearchQuery(Wire):
    """Query of `GET /api/search`."""

    q: Wording = Field(min_length=1, max_length=2000, examples=["租房落户"])
    as_of: Day | None = Field(default=None, examples=["2024-08-01"])
    jurisdiction: PlaceName | None = None
    limit: int = Field(default=10, ge=1, le=50)


class DocumentsQuery(Wire):
    """Query of `GET /api/documents`; `after` is the previous page's `next`."""

    jurisdiction: PlaceName | None = None
    kind: Kind | None = None
    after: DocumentId | None = None
    limit: int = Field(default=20, ge=1, le=100)


class ClauseQuery(Wire):
    """Query of `GET /api/clauses/{id}`."""

    as_of: Day | None = Field(default=None, examples=["2024-08-01"])
    jurisdiction: PlaceName | None = None


class SourceQuery(Wire):
    """Query of `GET /source/{id}`: the quoted range in source offsets."""

    start: int | None = Field(default=None, ge=0, le=10**9)
    end: int | None = Field(default=None, ge=0, le=10**9)
    as_of: Day | None = None
    jurisdiction: PlaceName | None = None


class CompareQuery(Wire):
    """Query of `GET /compare/{old}/{new}`."""

    as_of: Day | None = None
    jurisdiction: PlaceName | None = None


QUOTED = re.compile(r"([a-z0-9_-]{1,200})(?:\.([0-9]{1,9})\.([0-9]{1,9}))?")


class BasisQuery(Wire):
    """Query of `GET /basis`: each `q` a clause id, or `id.start.end` with source offsets."""

    q: list[Annotated[str, Field(pattern=rf"^{QUOTED.pattern}$")]] = Field(
        min_length=1, max_length=60
    )
    as_of: Day | None = None
    jurisdiction: PlaceName | None = None
