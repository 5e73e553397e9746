"""Training: repeatable, and brings a question near its own passage."""

import numpy as np
import pytest

from eval.training.examples import Examples, Mixture, Vocabulary
from eval.training.texts import Passage, Term
from eval.training.train_embedder import Recipe, train

STATUTES = [
    Passage("户口登记", ("公民迁出本户口管辖区", "由本人申报迁出登记")),
    Passage("婚姻登记", ("双方自愿离婚的", "应当亲自申请离婚登记")),
    Passage("道路交通", ("机动车驾驶证的申领", "应当通过考试")),
    Passage("劳动合同", ("用人单位解除合同的", "应当支付经济补偿")),
]
TERMS = [Term("散伙", ("离婚",)), Term("开除", ("解除合同",))]
RECIPE = Recipe(dimension=8, epochs=30, batch=4, mixture=Mixture(term_repeats=2))


@pytest.mark.model
def test_one_seed_gives_one_model_that_knows_its_passages() -> None:
    vocabulary = Vocabulary.of(STATUTES, [], TERMS, 500)
    examples = Examples(STATUTES, TERMS, vocabulary, RECIPE.mixture)
    first, second = (train(examples, len(vocabulary), RECIPE, lambda _: None) for _ in range(2))
    assert np.array_equal(first, second)
    assert not first[:2].any()

    def vector(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        total = first[vocabulary.ids(text)].sum(axis=0)
        return np.asarray(total / np.linalg.norm(total))

    asked = vector("散伙")
    nearest = max(STATUTES, key=lambda each: float(asked @ vector("，".join(each.pieces))))
    assert nearest.heading == "婚姻登记"
