"""Who wants somebody else's registration out of a home asks a text, and is no case of joining."""

import pytest

from assistant.dialogue.understanding.moving_out import wants_out


@pytest.mark.parametrize(
    "words",
    [
        "我弟弟的户口在里面，我想让他迁走",
        "叫前房东把户口迁走要什么材料",
        "租客户口赖在我房子里，怎么把他清出去",
        "我离婚了，想让前夫的户口迁出去",
        "要求原业主的户口搬走，派出所管不管",
        "能不能强制前妻把户口迁离",
        "怎么把前房主的户口赶走",
        "请他们把户口挪走，他们不理",
        "催了半年，叫亲戚迁出他不动",
        "可以通知那家人把户口迁掉吗",
    ],
    ids=range(10),
)
def test_somebody_else_is_to_move_out(words: str) -> None:
    assert wants_out(words)


@pytest.mark.parametrize(
    "words",
    [
        "我想让我妈户口迁过来",
        "我要把我户口从老家迁出来落嘉兴",
        "让我儿子从安徽迁出，落到我家",
        "想叫弟弟把户口迁到我这里",
        "他要我把户口迁走，我没地方落，能挂到社区去吗",
        "人事想赶月底前帮他把就业落户弄掉",
        "我的户口什么时候能迁走",
        "让他搬出去住还能落户吗",
    ],
    ids=range(8),
)
def test_whoever_moves_in_or_moves_themselves_is_a_case(words: str) -> None:
    assert not wants_out(words)
