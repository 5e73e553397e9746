"""The dense index: real embedded Chroma, nearest vectors among those in scope."""

import socket
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import IndexUnavailableError
from assistant.retrieval import dense
from assistant.retrieval.dense import ChromaIndex, ChromaWriter, Vector, collection_of
from assistant.retrieval.model import NEVER, OPEN_END, Extent, Scope

HERE, THERE = 330400, 330700
DAY = 20241122
CODES = frozenset({HERE, 330000, 0})


def unit(*values: float) -> Vector:
    vector = np.array(values, dtype=np.float32)
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


def fan(count: int) -> list[Vector]:
    """Vectors that turn away from the first one step by step."""
    return [unit(np.cos(i / count), np.sin(i / count), 0) for i in range(count)]


class Table:
    """Lives of leaves, as the snapshot would give them."""

    def __init__(self, lives: Mapping[int, tuple[int, int, int]]) -> None:
        self.lives = dict(lives)

    def __call__(self, leaves: Iterable[int]) -> dict[int, tuple[int, int, int]]:
        return {leaf: self.lives[leaf] for leaf in leaves if leaf in self.lives}


def write(folder: Path, collections: Mapping[str, Mapping[int, Vector]]) -> ChromaIndex:
    writer = ChromaWriter(folder, "policy-")
    for name, rows in collections.items():
        writer.add(name, list(rows), list(rows.values()))
    writer.finish()
    return ChromaIndex(
        folder, "policy-", {name: any_life(len(rows)) for name, rows in collections.items()}
    )


def any_life(size: int) -> Extent:
    """An extent from which nothing can be concluded."""
    return Extent(size, (0, NEVER), (0, OPEN_END))


def test_the_nearest_come_first(tmp_path: Path) -> None:
    rows = dict(enumerate(fan(20), start=1))
    index = write(tmp_path, {"all": rows})
    lives = Table(dict.fromkeys(rows, (HERE, 20240101, OPEN_END)))
    found = index.search(rows[1], Scope(DAY, CODES, binding=True), 5, lives)
    index.close()
    assert found == [1, 2, 3, 4, 5]


def test_one_collection_of_several_places_is_checked_leaf_by_leaf(tmp_path: Path) -> None:
    near, far = fan(2)
    write(tmp_path, {"all": {1: near, 2: far}}).close()
    extent = Extent(2, (20200101, 20200101), (OPEN_END, OPEN_END))
    index = ChromaIndex(tmp_path, "policy-", {"all": extent})
    lives = Table({1: (THERE, 20200101, OPEN_END), 2: (HERE, 20200101, OPEN_END)})
    assert index.search(near, Scope(DAY, CODES, binding=True), 5, lives) == [2]
    assert index.search(near, Scope(DAY, CODES, binding=False), 5, lives) == [1]
    index.close()


@pytest.mark.parametrize("binding", [True, False])
def test_filtering_comes_before_ranking_even_when_all_the_nearest_are_out_of_scope(
    tmp_path: Path, binding: bool
) -> None:
    rows = dict(enumerate(fan(400), start=1))
    index = write(tmp_path, {"all": rows})
    in_force, expired = (HERE, 20240101, OPEN_END), (HERE, 20200101, 20231231)
    lives = Table({leaf: (expired if (leaf < 390) is binding else in_force) for leaf in rows})
    found = index.search(rows[1], Scope(DAY, CODES, binding=binding), 5, lives)
    index.close()
    assert found == [390, 391, 392, 393, 394]


def test_a_binding_search_does_not_look_into_other_places(tmp_path: Path) -> None:
    near, far = fan(2)
    index = write(tmp_path, {"330700-open": {1: near}, "330400-open": {2: far}})
    lives = Table({1: (THERE, 20240101, OPEN_END), 2: (HERE, 20240101, OPEN_END)})
    assert index.search(near, Scope(DAY, CODES, binding=True), 5, lives) == [2]
    assert index.search(near, Scope(DAY, CODES, binding=False), 5, lives) == [1]
    index.close()


def test_a_search_of_the_rest_keeps_to_its_own_place_where_places_are_many(tmp_path: Path) -> None:
    vector = unit(1, 0, 0)
    codes = [330400 + 100 * i for i in range(dense.MOST_COLLECTIONS + 1)]
    index = write(tmp_path, {f"{code}-other": {i: vector} for i, code in enumerate(codes, start=1)})
    lives = Table({i: (code, NEVER, 0) for i, code in enumerate(codes, start=1)})
    assert index.search(vector, Scope(DAY, CODES, binding=False), 5, lives) == [1]
    index.close()


def test_a_question_of_unknown_words_has_no_neighbours(tmp_path: Path) -> None:
    index = write(tmp_path, {"all": {1: unit(1, 0, 0)}})
    lives = Table({1: (HERE, 20240101, OPEN_END)})
    assert index.search(np.zeros(3, np.float32), Scope(DAY, CODES, binding=True), 5, lives) == []
    index.close()


def test_leaves_can_be_taken_out_and_emptied_collections_go(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"330400-open": {1: unit(1, 0, 0), 2: unit(0, 1, 0)}, "330700-open": {3: unit(1, 1, 0)}},
    ).close()
    writer = ChromaWriter(tmp_path, "policy-")
    writer.remove("330400-open", [1])
    writer.remove("330700-open", [3])
    writer.keep_only(["330400-open"])
    writer.finish()
    index = ChromaIndex(tmp_path, "policy-", {"330400-open": any_life(1)})
    index.check()
    lives = Table({2: (HERE, 20240101, OPEN_END)})
    assert index.search(unit(1, 0, 0), Scope(DAY, CODES, binding=True), 5, lives) == [2]
    index.close()
    with pytest.raises(IndexUnavailableError):
        ChromaIndex(tmp_path, "policy-", {"330700-open": any_life(1)})


def test_a_collection_that_lost_rows_is_noticed(tmp_path: Path) -> None:
    write(tmp_path, {"all": {1: unit(1, 0, 0)}}).close()
    index = ChromaIndex(tmp_path, "policy-", {"all": any_life(2)})
    with pytest.raises(IndexUnavailableError, match="有 1 条，应有 2 条"):
        index.check()
    index.close()


def test_a_server_that_does_not_answer_says_what_to_do() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(IndexUnavailableError, match="Chroma"):
        dense.connect(f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("first", "last", "total", "expected"),
    [
        (20240101, OPEN_END, dense.TOGETHER, "all"),
        (20240101, OPEN_END, dense.TOGETHER + 1, "330400-open"),
        (20200101, 20231231, dense.TOGETHER + 1, "330400-ended"),
        (NEVER, 0, dense.TOGETHER + 1, "330400-never"),
    ],
)
def test_a_large_index_is_divided_by_place_and_life(
    first: int, last: int, total: int, expected: str
) -> None:
    assert collection_of(HERE, first, last, total) == expected


def test_collections_without_anything_in_scope_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = {1: (HERE, 20200101, OPEN_END), 2: (HERE, 20190101, 20231231), 3: (HERE, NEVER, 0)}
    names = {1: "330400-open", 2: "330400-ended", 3: "330400-never"}
    write(tmp_path, {name: {leaf: unit(1, 0, 0)} for leaf, name in names.items()}).close()
    extents = {
        names[leaf]: Extent(1, (first, first), (last, last))
        for leaf, (_, first, last) in lives.items()
    }
    index = ChromaIndex(tmp_path, "policy-", extents)
    asked: list[str] = []
    fetch = index._fetch

    def spy(name: str, vector: Vector, count: int) -> list[tuple[float, int]]:
        asked.append(name)
        return fetch(name, vector, count)

    monkeypatch.setattr(index, "_fetch", spy)
    expected = {
        (DAY, True): [1],
        (DAY, False): [2, 3],
        (20210101, True): [1, 2],
        (20210101, False): [3],
        (20190601, True): [2],
        (20190601, False): [1, 3],
    }
    for (day, binding), leaves in expected.items():
        asked.clear()
        found = index.search(unit(1, 0, 0), Scope(day, CODES, binding), 5, Table(lives))
        assert sorted(found) == leaves
        assert sorted(asked) == sorted(names[leaf] for leaf in leaves)
    index.close()


def test_nothing_is_reported_to_anyone(tmp_path: Path) -> None:
    client = dense.connect(tmp_path)
    assert client.get_settings().anonymized_telemetry is False
    client.close()
