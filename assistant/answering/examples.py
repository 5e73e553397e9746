"""The questions that the page offers to begin with: `corpus/examples.yaml`."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from assistant.errors import ManifestError

Examples = Mapping[str, tuple[str, ...]]
"""Questions by topic, both in the order in which they are shown."""


def load_examples(path: Path) -> Examples:
    """Read the file; none is no example. Raises ManifestError."""
    if not path.exists():
        return {}
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))["examples"]
        read = {topic: tuple(questions) for topic, questions in raw.items()}
    except (AttributeError, KeyError, TypeError, yaml.YAMLError) as error:
        raise ManifestError(f"{path.name} 读不出来，请在 examples 下按主题列出例问。") from error
    for topic, questions in read.items():
        if not all(isinstance(words, str) and words.strip() for words in (topic, *questions)):
            raise ManifestError(f"{path.name} 的「{topic}」下有空的或不是文字的例问，请改正。")
    return read
