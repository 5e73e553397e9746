"""What a question says of its place, its documents and its manner."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.question import Question, read_question
from assistant.clauses import Gazetteer, load_gazetteer

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def gazetteer(corpus_root: Path) -> Gazetteer:
    return load_gazetteer(corpus_root)


def read(text: str, gazetteer: Gazetteer, place: str | None = None) -> Question:
    return read_question(
        text,
        today=TODAY,
        as_of=None,
        place=gazetteer.resolve(place) if place else None,
        home=gazetteer.resolve("嘉兴市"),
        gazetteer=gazetteer,
    )


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("租房落户要登记几个月", None),
        ("嘉兴租房落户要登记几个月", None),
        ("海宁租房落户要登记几个月", "海宁市"),
        ("在桐乡上班能落户吗", "桐乡市"),
        ("平湖市居住证怎么办", "平湖市"),
        ("嘉善县租房落户", "嘉善县"),
        ("南湖区租房落户", "南湖区"),
        ("秀洲租房落户", "秀洲区"),
        ("海盐租房落户", "海盐县"),
        ("浙江省居住证怎么办", None),
        ("浙江范围内登记算不算", None),
    ],
    ids=range(11),
)
def test_home_and_its_counties(text: str, area: str | None, gazetteer: Gazetteer) -> None:
    question = read(text, gazetteer)
    assert question.place.name == "嘉兴市"
    assert question.place.area == area
    assert question.elsewhere is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("金华居住证转户籍要登记多久", "金华市"),
        ("金华市租房落户要什么条件", "金华市"),
        ("杭州租房落户要多久", "杭州市"),
        ("上海怎么落户", "上海市"),
        ("宁波市居住证怎么办", "宁波市"),
        ("义乌居住证转户籍要登记多久", "金华市"),
        ("想把户口从嘉兴迁到杭州需要什么", "杭州市"),
        ("嘉兴的户口怎么转去上海", "上海市"),
        ("西安落户几天办完，我人在嘉兴出差", "西安市"),
    ],
    ids=range(9),
)
def test_another_place_that_is_asked_about(text: str, name: str, gazetteer: Gazetteer) -> None:
    question = read(text, gazetteer)
    assert question.elsewhere is not None
    assert question.place.name == name


@pytest.mark.parametrize(
    "text",
    [
        "我有杭州办的居住证，能在嘉兴换发吗",
        "上海交了社保来嘉兴能合并计算吗",
        "我是安徽人，在嘉兴租房能落户吗",
        "我是河南来的，租房半年能落户吗",
        "我在杭州登记过居住，来嘉兴还算吗",
        "持有杭州市公安局签发的居住证能转换吗",
        "老家在四川，能把父母户口迁过来吗",
        "从杭州转到嘉兴的社保年限怎么算",
        "户口在江苏，孩子能在本市上学吗",
        "我杭州户口，老婆嘉兴的，能迁吗",
        "浙江省外的人可以租房落户吗",
        "明早沪杭高速堵不堵",
        "京沪高铁票多少钱",
        "我住上海路，租房落户怎么办",
    ],
    ids=range(14),
)
def test_where_somebody_comes_from_is_not_the_place_asked_about(
    text: str, gazetteer: Gazetteer
) -> None:
    question = read(text, gazetteer)
    assert question.elsewhere is None
    assert question.place.name == "嘉兴市"


def test_the_place_of_the_request_outranks_the_words(gazetteer: Gazetteer) -> None:
    assert read("金华租房落户", gazetteer, "嘉兴市").elsewhere is None
    assert read("租房落户", gazetteer, "金华市").place.name == "金华市"


@pytest.mark.parametrize(
    ("name", "place"),
    [("浙江省", "浙江省"), ("浙江", "浙江省"), ("浙江省嘉兴市", "嘉兴市"), ("浙江 海宁", "嘉兴市")],
    ids=range(4),
)
def test_a_place_is_known_by_its_full_and_its_short_name(
    name: str, place: str, gazetteer: Gazetteer
) -> None:
    assert gazetteer.resolve(name).name == place


def test_a_place_in_a_title_is_not_asked_about(gazetteer: Gazetteer) -> None:
    assert read("《杭州市户籍管理办法》在嘉兴适用吗", gazetteer).elsewhere is None


@pytest.mark.parametrize(
    ("text", "draft", "interpretation", "past", "change"),
    [
        ("征求意见稿里租赁落户怎么写", True, False, False, False),
        ("省里那个草案怎么说", True, False, False, False),
        ("政策解读怎么说明租赁落户", False, True, False, False),
        ("以前租房落户要几年", False, False, True, False),
        ("租房落户有什么变化", False, False, False, True),
        ("父母投靠还要看年龄吗", False, False, False, True),
        ("租房落户要几个月", False, False, False, False),
    ],
    ids=range(7),
)
def test_the_manner_is_read(
    text: str,
    draft: bool,
    interpretation: bool,
    past: bool,
    change: bool,
    gazetteer: Gazetteer,
) -> None:
    question = read(text, gazetteer)
    assert (question.names_draft, question.names_interpretation) == (draft, interpretation)
    assert (question.about_past, question.about_change) == (past, change)


def test_the_day_asked_about_is_no_word_of_the_matter(gazetteer: Gazetteer) -> None:
    question = read("2024年7月31日租房落户要几年", gazetteer)
    assert question.as_of.isoformat() == "2024-07-31"
    assert question.words.strip() == "租房落户要几年"


def test_a_house_that_stands_elsewhere_is_no_destination(gazetteer: Gazetteer) -> None:
    assert read("房子坐落在杭州，嘉兴能落户吗", gazetteer).elsewhere is None
