"""What a small model makes of words: which fact they most likely tell, and where they stand."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.dialogue.reading.likely import LikelyReader, label_of, read_likely, value_of
from eval.training.told import Told
from eval.training.train_hearing import fit, labels_of, write

FEW = [
    *(Told(t, frozenset({"own.urban_home=True"}), t) for t in ("城里有房", "买了房", "有套房子", "房子是我的")),
    *(Told(t, frozenset({"marital=未婚"}), t) for t in ("还没结婚", "单身", "没有对象", "没领证")),
    *(Told(t, frozenset(), t) for t in ("要带什么", "电话多少", "几点开门", "哪天施行")),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> LikelyReader:
    folder: Path = tmp_path_factory.mktemp("learned")
    labels = labels_of(FEW)
    write(labels, *fit(FEW, labels), folder)
    return LikelyReader(folder)


def test_what_is_told_is_likeliest(reader: LikelyReader) -> None:
    first, *_ = reader.read("我单身，没有对象")
    assert (first.name, first.value) == ("marital", "未婚")
    assert first.likelihood > 0.5


def test_the_clause_that_tells_it_is_named(reader: LikelyReader) -> None:
    text = "你好我想问一下，城里有房，不晓得电话多少"
    told = next(each for each in reader.read(text, 0.2) if each.name == "own.urban_home")
    assert text[slice(*told.clause)] == "城里有房"
    assert "房" in text[slice(*told.core)]


def test_a_story_around_it_does_not_drown_what_is_told(reader: LikelyReader) -> None:
    story = "天气一天比一天冷，隔壁老王又在放炮仗，吵得人头疼，城里有房，昨天买菜还贵了两块，唉"
    alone = {each.name: each.likelihood for each in reader.read("城里有房", 0.0)}
    heard = {each.name: each.likelihood for each in reader.read(story, 0.0)}
    assert heard["own.urban_home"] > 0.7 * alone["own.urban_home"]


def test_which_figures_stand_there_makes_no_difference() -> None:
    assert [(e.name, e.likelihood) for e in read_likely("城里有3套房")] == [
        (e.name, e.likelihood) for e in read_likely("城里有25套房")
    ]


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="城里有房我妈登记满6个月，。？没缴养老保险", max_size=80))
def test_what_speaks_for_a_fact_stands_in_its_clause(text: str) -> None:
    for each in read_likely(text):
        assert 0 <= each.clause[0] <= each.core[0] <= each.core[1] <= each.clause[1] <= len(text)
        assert 0 <= each.likelihood <= 1


@pytest.mark.parametrize(
    ("name", "value", "label"),
    [
        ("own.urban_home", False, "own.urban_home=False"),
        ("marital", "未婚", "marital=未婚"),
        ("reg.months", 6, None),
        ("reg.start", "2026-05-01", None),
        ("family", [{"relation": "配偶"}], None),
    ],
)
def test_figures_and_days_are_never_learned(name: str, value: object, label: str | None) -> None:
    assert label_of(name, value) == label
    if label is not None:
        assert value_of(label) == (name, value)
