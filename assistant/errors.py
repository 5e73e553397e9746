"""Every deliberate error of the assistant.

AssistantError
├── CorpusError              the notices, manifests, lexicon or contacts are not sound
│   ├── ManifestError        a manifest cannot be read, or says something impossible
│   ├── SourceChangedError   a source's characters differ from what its manifest vouches for
│   ├── UnknownNoticeError
│   ├── UnknownClauseError
│   └── EffectivityError     dates that cannot be
├── QuoteError               a quotation that does not stand in its source
├── IngestError              a file that cannot become a notice
├── IndexUnavailableError    no whole index to answer from
├── RuleError                a rule file that is not sound
│   └── UnknownRuleError     no rule bears this id
├── FactError                a fact that the dictionary does not know, or whose value cannot be
├── UnknownPlaceError        a place name that stands for nothing we know
├── UnknownConversationError
├── UnknownAnswerError       no record of an answer with this id
└── StorageError             the database cannot be reached, read or brought up to date
"""


class AssistantError(Exception):
    """Base of all deliberate errors; `message` is Chinese and says what to do next."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


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


class EffectivityError(CorpusError):
    """Dates of validity that cannot be."""


class QuoteError(AssistantError):
    """A quotation that does not stand in its source."""


class IngestError(AssistantError):
    """A file that cannot become a notice."""


class IndexUnavailableError(AssistantError):
    """There is no whole index to answer from."""


class RuleError(AssistantError):
    """A rule file that is not sound."""


class UnknownRuleError(RuleError):
    """No rule bears this id."""


class FactError(AssistantError):
    """A fact the dictionary does not know, or a value that cannot be."""


class UnknownPlaceError(AssistantError):
    """A place name that stands for nothing we know."""


class UnknownConversationError(AssistantError):
    """No conversation bears this id."""


class UnknownAnswerError(AssistantError):
    """No record of an answer with this id."""


class StorageError(AssistantError):
    """The database cannot be reached, read or brought up to date."""
