"""Whom to ask: offices and telephone numbers, each with the words of the source that give it."""

from collections.abc import Iterable
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


def load_topics(path: Path) -> dict[str, tuple[str, ...]]:
    """Read `corpus/topics.yaml`: the words by which a question shows which case it asks about."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {name: tuple(words) for name, words in raw["topics"].items()}


def topic_of(text: str, topics: dict[str, tuple[str, ...]]) -> str | None:
    """The topic whose longest word stands in `text`."""
    found = [(len(w), name) for name, words in topics.items() for w in words if w in text]
    return max(found)[1] if found else None
