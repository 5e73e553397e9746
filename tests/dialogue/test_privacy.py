"""Personal data: every number that is somebody's goes, nothing that policy says is touched."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import Corpus
from assistant.dialogue.privacy import mask, mask_values, privacy_notice

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "privacy" / "cases.yaml").read_text("utf-8")
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REGIONS = ("110105", "330402", "330411", "330482", "440524", "522601", "652901", "830000")

chinese = st.text(
    st.one_of(
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.sampled_from("，。！？、；：（）〔〕【】“” \n🙂"),
        st.sampled_from("，。我的身份证号是和住在路号年月户口"),
    ),
    max_size=30,
)


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    """A valid number of somebody born on a real day."""
    born = draw(st.dates(date(1900, 1, 1), date(2026, 11, 22)))
    serial = draw(st.integers(0, 999))
    body = f"{draw(st.sampled_from(REGIONS))}{born:%Y%m%d}{serial:03}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


@st.composite
def as_written(draw: st.DrawFn) -> str:
    """Such a number as people write it: grouped, full width, with a small x."""
    number = draw(identity_numbers())
    gap = draw(st.sampled_from(["", "", " ", "-", "－", "\u3000", "\u200b"]))
    number = gap.join((number[:6], number[6:14], number[14:]))
    if draw(st.booleans()):
        number = number.lower()
    if draw(st.booleans()):
        wide = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789Xx"}
        number = number.translate(wide)
    return number


def test_the_table_is_large_enough() -> None:
    personal = {case["text"] for case in CASES["personal"]}
    assert len(personal) >= 150
    assert len(set(CASES["policy"])) >= 150
    kinds = {kind for case in CASES["personal"] for kind in case["kinds"]}
    assert len(kinds) == 10


def test_everything_personal_in_the_table_goes() -> None:
    for case in CASES["personal"]:
        masked = mask(case["text"])
        assert all(piece not in masked.text for piece in case["gone"]), case["text"]
        assert sorted(masked.found) == sorted(case["kinds"]), case["text"]
        assert all(f"〔{kind}已隐去〕" in masked.text for kind in masked.found)


def test_no_policy_string_in_the_table_is_touched() -> None:
    touched = [text for text in CASES["policy"] if mask(text).text != text or mask(text).found]
    assert touched == []


def test_no_clause_of_the_corpus_is_touched(corpus: Corpus) -> None:
    texts = [
        clause.text for notice in corpus.notices() for clause in corpus.clauses_of(notice.notice_id)
    ]
    assert len(texts) > 200
    assert [text for text in texts if mask(text).found] == []


def test_no_source_of_the_corpus_is_touched(corpus_root: Path) -> None:
    for path in (corpus_root / "sources").glob("*.txt"):
        text = path.read_text("utf-8")
        assert mask(text).text == text, path.name


@given(before=chinese, number=as_written(), after=chinese)
def test_a_valid_identity_number_always_goes(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)
    assert "身份证号" in masked.found
    assert number not in masked.text
    assert not any(sign.isdecimal() for sign in masked.text)


@given(
    st.lists(
        st.one_of(
            chinese,
            as_written(),
            st.from_regex(r"[0-9]{1,20}", fullmatch=True),
            st.sampled_from([case["text"] for case in CASES["personal"]]),
            st.sampled_from(CASES["policy"]),
            st.sampled_from([" ", "-", "+86", "号", "路", "幢", "室", "〔", "已隐去〕"]),
        ),
        max_size=6,
    ).map("".join)
)
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask(text)
    again = mask(once.text)
    assert again.text == once.text
    assert again.found == ()


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    masked = mask(text)
    assert bool(masked.found) == (masked.text != text)


def test_place_and_the_rest_of_the_question_stay() -> None:
    masked = mask("我住在嘉兴市南湖区中山东路88号3幢502室，租了7个月，2024年来的，能落户吗")
    assert masked.text == "我住在嘉兴市南湖区〔住址已隐去〕，租了7个月，2024年来的，能落户吗"


def test_values_sent_as_facts_are_masked_in_depth() -> None:
    value: dict[str, Any] = {
        "family": [{"relation": "配偶", "id": "110105194912310021"}],
        "phone": 13812345678,
        "income": 120000,
        "married": True,
        "share": 0.5,
        "none": None,
    }
    masked, found = mask_values(value)
    assert masked["phone"] == "〔手机号已隐去〕"
    assert masked["family"] == [{"relation": "配偶", "id": "〔身份证号已隐去〕"}]
    unchanged = ("income", "married", "share", "none")
    assert {name: masked[name] for name in unchanged} == {name: value[name] for name in unchanged}
    assert set(found) == {"身份证号", "手机号"}


def test_the_person_is_told_what_was_taken_out() -> None:
    found = mask("身份证110105194912310021，手机13812345678").found
    assert "身份证号、手机号" in privacy_notice(found)
    assert privacy_notice(()) == ""


@pytest.mark.parametrize(
    "unit", ["我住在中山路", "1 2 3 4 5 6 ", "9", "一", "路", "小区3幢", "姓名"]
)
def test_long_texts_are_read_in_reasonable_steps(unit: str) -> None:
    text = (unit * 2000)[:2000]
    assert mask(mask(text).text).found == ()


def test_random_amounts_and_days_stay() -> None:
    source = random.Random(7)
    for _ in range(2000):
        amount, day = source.randrange(10**7), date.fromordinal(source.randrange(720_000, 760_000))
        text = f"{day}起每月{amount}元，{day:%Y年%m月%d日}共{amount * 12}元，〔{day.year}〕{amount % 99}号"
        assert mask(text).text == text
