"""A small corpus of a fictional city to ingest into."""

from pathlib import Path

import pytest

JURISDICTIONS = """
provinces:
  "990000": 云海省
prefectures:
  "990100": 云汐市
counties:
  "990181": 云川市
aliases: {}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    for folder in ("sources", "notices", "rules"):
        (root / folder).mkdir(parents=True)
    (root / "jurisdictions.yaml").write_text(JURISDICTIONS, encoding="utf-8")
    return root
