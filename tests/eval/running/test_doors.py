"""The ways to the product: a real service in this process, and addresses that are none."""

from pathlib import Path

import pytest

from eval.model import EVAL_DAY
from eval.running.doors import InProcess, OverHttp, ServiceGoneError
from eval.running.runner import run
from eval.sets import Choice, choose, paths, read_sets

CORPUS = Path("corpus")


@pytest.mark.parametrize("workers", [1, 2], ids=["here", "in_two_processes"])
def test_the_product_itself_is_run(workers: int, tmp_path: Path) -> None:
    found = choose(read_sets(paths()), Choice(ids=("p-settlement-01", "d-02", "r-medical-01")))
    recipe = InProcess(CORPUS, EVAL_DAY, var_dir=tmp_path)
    items = run(found, recipe, CORPUS, workers=workers, done=lambda _: None)
    assert {item.id for item in items} == {"p-settlement-01", "d-02", "r-medical-01"}
    assert all(item.passed for item in items)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        pytest.param("http://127.0.0.1:9", "没有应答", id="nobody_there"),
        pytest.param("127.0.0.1:9", "不是地址", id="no_scheme"),
        pytest.param("http://[", "不是地址", id="no_address"),
    ],
)
def test_an_address_where_nothing_answers_is_an_error(url: str, message: str) -> None:
    with pytest.raises(ServiceGoneError, match=message):
        OverHttp(url).prepare()
