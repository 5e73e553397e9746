"""Whom to ask: offices and telephone numbers, each with the words of the source that give it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ManifestError


@dataclass(frozen=True, slots=True)
class Contact:
    """An office and its number; `general` ones (12345, 110) do not come from the corpus."""

    contact_id: str
    topics: tuple[str, ...]
    office: str
    telephone: str
    general: bool = False
    file: str | None = None
    quote: str | None = None
    jurisdiction: str | None = None

    def line(self) -> str:
        """The contact as one sentence for the reader."""
        origin = "（不出自本库文件）" if self.general else ""
        return f"{self.office}，电话 {self.telephone}{origin}"


class Contacts:
    """All contacts of the corpus, found by topic."""

    def __init__(self, contacts: Iterable[Contact]) -> None:
        self._all = tuple(contacts)

    def __iter__(self) -> Iterator[Contact]:
        return iter(self._all)

    def named(self, contact_id: str) -> Contact | None:
        """The contact with this id."""
        return next((c for c in self._all if c.contact_id == contact_id), None)

    def about(self, text: str) -> Contact | None:
        """The contact whose topic words stand in `text`."""
        for contact in self._all:
            if not contact.general and any(topic in text for topic in contact.topics):
                return contact
        return None


def load_contacts(path: Path) -> Contacts:
    """Read `corpus/contacts.yaml`; raises ManifestError."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    try:
        return Contacts(_contact(item) for item in raw["contacts"])
    except (KeyError, TypeError) as error:
        raise ManifestError(
            f"{path.name} 缺少内容：{error}。每项要有 id、office、telephone。"
        ) from error


def _contact(item: dict[str, Any]) -> Contact:
    return Contact(
        contact_id=item["id"],
        topics=tuple(item.get("topics", ())),
        office=item["office"],
        telephone=str(item["telephone"]),
        general=bool(item.get("general", False)),
        file=item.get("file"),
        quote=item.get("quote"),
        jurisdiction=item.get("jurisdiction"),
    )


@dataclass(frozen=True, slots=True)
class TopicWords:
    """How a question shows which case it asks about, and which texts speak of another case."""

    words: tuple[str, ...]
    about: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def speaks_of(self, text: str) -> bool:
        """Whether a clause speaks of this case rather than of another."""
        if any(words in text for words in self.foreign):
            return False
        return not self.texts or any(words in text for words in self.texts)


def load_topics(path: Path) -> dict[str, TopicWords]:
    """Read `corpus/topics.yaml`; raises ManifestError."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    try:
        return {
            name: TopicWords(
                tuple(entry["words"]),
                *(tuple(entry.get(key, ())) for key in ("about", "texts", "foreign")),
            )
            for name, entry in raw["topics"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path.name} 缺少内容：{error}。每种情形要有 words。") from error


def topic_of(text: str, topics: Mapping[str, TopicWords]) -> str | None:
    """The topic whose longest word stands in `text`."""
    found = [
        (len(word), name)
        for name, topic in topics.items()
        for word in topic.words
        if word in text and (not topic.about or any(matter in text for matter in topic.about))
    ]
    return max(found)[1] if found else None
