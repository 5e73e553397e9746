"""Sums of several people in one message: each their own, named, never one for the other."""

import pytest

from assistant.assembly import Assistant
from assistant.schemas import AskRequest


@pytest.mark.parametrize(
    ("asks", "sums"),
    [
        (
            "我和我爸每月各划多少？我机关在编40岁，我爸机关退休",
            {"本人": 80, "父亲": 160},
        ),
        (
            "我44我爱人46，都是在编公务员，个人账户一个月各划多少",
            {"本人": 80, "配偶": 120},
        ),
        (
            "我公务员在编43岁，我爱人市本级企业退休，单位参加了企业补充医疗，我俩个人账户每月各划多少",
            {"本人": 80, "配偶": 160},
        ),
    ],
)
def test_the_sum_of_each_is_told(service: Assistant, asks: str, sums: dict[str, int]) -> None:
    answer = service.ask(AskRequest(question=asks))
    found = {
        v.title.rpartition("（")[2].rstrip("）"): v.amount.value
        for v in answer.verdicts
        if v.amount
    }
    assert found == sums
    assert all(f"{amount}元/月" in answer.text for amount in sums.values())


def test_the_one_who_is_asked_about_is_reckoned(service: Assistant) -> None:
    answer = service.ask(
        AskRequest(question="我退休了，儿子在机关上班有编制，三十二，儿子每月个人账户划多少")
    )
    assert [v.amount.value for v in answer.verdicts if v.amount] == [80]
