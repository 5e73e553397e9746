"""The page on the architecture names the rooms and modules that there are."""

import re

import pytest

from eval.serving import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PROSE = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
MODULE = re.compile(r"`(?:assistant/)?([a-z_]+(?:/[a-z_]+)+)/?(?:\.py)?`")
ROOM = re.compile(r"`([a-z_]+)`")


@pytest.mark.parametrize("name", sorted(set(MODULE.findall(PROSE)) - {"var/index"}))
def test_every_module_it_names_is_there(name: str) -> None:
    place = ROOT / "assistant" / name
    assert place.is_dir() or place.with_suffix(".py").is_file()


def test_its_rooms_are_the_rooms_of_the_package() -> None:
    table = PROSE.split("## 房间", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    told = {room for row in rows for room in ROOM.findall(row)}
    held = {
        path.stem
        for path in (ROOT / "assistant").iterdir()
        if path.stem[0] not in "_." and (path.is_dir() or path.suffix == ".py")
    }
    assert told == held
