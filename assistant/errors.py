"""Every deliberate error of the assistant.

AssistantError
├── CorpusError              the notices, manifests, lexicon or contacts are not sound
│   ├── ManifestError        a manifest cannot be read, or says something impossible
│   ├── SourceChangedError   a source's characters differ from what its manifest vouches for
│   ├── UnknownNoticeError
│   └── UnknownClauseError
├── QuoteError               a quotation that does not stand in its source
├── IngestError              a file that cannot become a notice
├── IndexUnavailableError    no whole index to answer from
│   └── IndexBusyError       another process is building it
├── RuleError                a rule file that is not sound
│   └── UnknownRuleError     no rule bears this id
├── FactError                a fact that the dictionary does not know, or whose value cannot be
├── UnknownPlaceError        a place name that stands for nothing we know
├── SettingError             a setting whose value will not do
├── RequestError             a request that says what cannot be
│   ├── UnsupportedRequestError  it asks for something that is not offered here
│   └── UnknownModelError    it names a model that is not offered here
├── UnknownConversationError
├── UnknownAnswerError       no record of an answer with this id
├── AccountError             a login, role or password that will not do
│   └── UnknownAccountError
├── AccessError              who asks may not have it
│   ├── NotLoggedInError
│   ├── ForbiddenError
│   └── TooManyRequestsError
├── ReviewError              a review that cannot be decided so
│   ├── UnknownReviewError
│   └── ReviewDecidedError   somebody decided it before
├── EscalationError          a packet that could be kept nowhere
│   └── UnknownEscalationError
└── StorageError             the database cannot be reached, read or brought up to date
"""


class AssistantError(Exception):
    """Base of all deliberate errors; `message` is Chinese and says what to do next.

    `detail` is for whoever runs the service (a path, a setting): printed and logged, not served.
    """

    def __init__(self, message: str, *, field: str | None = None, detail: str = "") -> None:
        super().__init__(message + detail)
        self.message = message
        self.field = field
        self.detail = detail


class CorpusError(AssistantError):
    """The corpus is not sound."""


class ManifestError(CorpusError):
    """A manifest cannot be read, or says something impossible."""


class SourceChangedError(CorpusError):
    """A source file differs from what its manifest vouches for."""


class UnknownNoticeError(CorpusError):
    """No notice bears this id."""


class UnknownClauseError(CorpusError):
    """No clause bears this id."""


class QuoteError(AssistantError):
    """A quotation that does not stand in its source."""


class IngestError(AssistantError):
    """A file that cannot become a notice."""


class IndexUnavailableError(AssistantError):
    """There is no whole index to answer from."""


class IndexBusyError(IndexUnavailableError):
    """Another process is building the index."""


class RuleError(AssistantError):
    """A rule file that is not sound."""


class UnknownRuleError(RuleError):
    """No rule bears this id."""


class FactError(AssistantError):
    """A fact the dictionary does not know, or a value that cannot be."""


class SettingError(AssistantError):
    """A setting whose value will not do; the message names its variable."""


class UnknownPlaceError(AssistantError):
    """A place name that stands for nothing we know."""


class RequestError(AssistantError):
    """A request that says what cannot be."""


class UnsupportedRequestError(RequestError):
    """A request for something that is not offered here."""


class UnknownModelError(RequestError):
    """A request that names a model that is not offered here."""


class UnknownConversationError(AssistantError):
    """No conversation bears this id."""


class UnknownAnswerError(AssistantError):
    """No record of an answer with this id."""


class AccountError(AssistantError):
    """A login, role or password that will not do."""


class UnknownAccountError(AccountError):
    """No account bears this login."""


class AccessError(AssistantError):
    """Who asks may not have it."""


class NotLoggedInError(AccessError):
    """No session, or one that ended."""


class ForbiddenError(AccessError):
    """The role does not include it, or the request does not come from our own page."""


class TooManyRequestsError(AccessError):
    """Asked too often; `retry_after_s` says when it is worth trying again."""

    def __init__(self, message: str, retry_after_s: int) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ReviewError(AssistantError):
    """A review that cannot be decided so."""


class UnknownReviewError(ReviewError):
    """No review bears this id."""


class ReviewDecidedError(ReviewError):
    """Somebody has decided it before."""


class EscalationError(AssistantError):
    """A packet that could be kept nowhere."""


class UnknownEscalationError(EscalationError):
    """No packet bears this id."""


class StorageError(AssistantError):
    """The database cannot be reached, read or brought up to date."""
