"""The lexicon: what it expands, what it leaves alone, and which files it refuses."""

import math
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.clauses.numerals import normalize
from assistant.errors import ManifestError
from assistant.retrieval.lexicon import CATEGORIES, Expansion, Lexicon, load_lexicon

CORPUS = Path(__file__).resolve().parents[2] / "corpus"

SMALL = """
entries:
- official: [落户, 户口迁移]
  category: action
  said: [上户口, 户口]
- official: [配偶]
  category: relation
  said: [老婆, 对象]
- official: [集体户]
  category: place
- official: [落户, 集体户]
  said: [集体户口]
ordinary: [参保对象]
characters: {戶: 户}
"""


def lexicon_of(root: Path, **files: str) -> Lexicon:
    folder = root / "lexicon"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_lexicon(root)


@pytest.fixture
def small(tmp_path: Path) -> Lexicon:
    return lexicon_of(tmp_path, small=SMALL)


@cache
def shipped_lexicon() -> Lexicon:
    return load_lexicon(CORPUS)


@pytest.fixture
def shipped() -> Lexicon:
    return shipped_lexicon()


def said(lexicon: Lexicon, question: str) -> list[str]:
    return [expansion.said for expansion in lexicon.expand(question)]


def test_a_colloquial_form_brings_its_official_terms_which_share_the_weight(small: Lexicon) -> None:
    assert small.expand("老婆要上户口") == (
        Expansion("老婆", ("配偶",), 0.5),
        Expansion("上户口", ("落户", "户口迁移"), 0.5 / math.sqrt(2)),
    )


def test_the_longest_form_wins_where_forms_overlap(small: Lexicon) -> None:
    assert said(small, "集体户口") == ["集体户口"]


def test_a_form_that_occurs_twice_counts_once(small: Lexicon) -> None:
    assert said(small, "户口，我的户口，老婆的户口") == ["户口", "老婆"]


def test_a_longer_official_term_shields_the_form_inside_it(small: Lexicon) -> None:
    assert said(small, "户口迁移") == []


def test_an_ordinary_word_shields_the_form_inside_it(small: Lexicon) -> None:
    assert said(small, "参保对象是谁，我对象呢") == ["对象"]
    assert small.expand("参保对象有哪些") == ()


@pytest.mark.parametrize("question", ["上戶口", "上 户 口", "上户口？", "\u3000上户口"])
def test_spelling_does_not_hide_a_form(small: Lexicon, question: str) -> None:
    assert said(small, question) == ["上户口"]


def test_folding_keeps_every_character_in_its_place(small: Lexicon) -> None:
    assert small.fold("我的戶口A１") == "我的户口A１"


def test_numerals_in_forms_match_however_they_are_written(tmp_path: Path) -> None:
    text = "entries:\n- {official: [成年子女], category: relation, said: [满十八岁]}\n"
    assert said(lexicon_of(tmp_path, ages=text), "满18岁了") == ["满十八岁"]


def test_official_terms_carry_one_category_each(small: Lexicon) -> None:
    assert small.official_terms == {
        "落户": "action",
        "户口迁移": "action",
        "配偶": "relation",
        "集体户": "place",
    }


def test_a_term_is_general_until_one_entry_says_that_the_notices_use_it(tmp_path: Path) -> None:
    text = (
        "entries:\n"
        "- {official: [落户, 分户], category: action, general: true}\n"
        "- {official: [落户], category: action}\n"
    )
    assert lexicon_of(tmp_path, terms=text).general_terms == {"分户"}


def test_a_corpus_without_lexicon_expands_nothing(tmp_path: Path) -> None:
    assert load_lexicon(tmp_path).expand("上户口") == ()


def test_digest_follows_the_content_and_not_the_comments(tmp_path: Path) -> None:
    first = lexicon_of(tmp_path, small=SMALL).digest
    assert lexicon_of(tmp_path, small="# 注释\n" + SMALL).digest == first
    assert lexicon_of(tmp_path, small=SMALL.replace("老婆", "媳妇儿")).digest != first


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        pytest.param(
            "- {official: [落户], category: action, said: [上户口]}\n"
            "- {official: [落户], said: [上 户口]}",
            "写了两次",
            id="form_in_two_entries",
        ),
        pytest.param(
            "- {official: [落户], category: action, said: [上户口, 上户口]}",
            "写了两次",
            id="form_twice_in_one_entry",
        ),
        pytest.param("- {official: [], said: [上户口]}", "没有正式用语", id="no_official_term"),
        pytest.param("- {official: [落户]}", "不起作用", id="entry_without_effect"),
        pytest.param("- {official: [落户], said: [上户口]}", "还没有类别", id="no_category"),
        pytest.param("- {official: [落户], category: 动作}", "不认识", id="unknown_category"),
        pytest.param(
            "- {official: [落户], category: action}\n- {official: [落户], category: topic}",
            "两个类别",
            id="two_categories",
        ),
        pytest.param(
            "- {official: [落户], category: action, said: [落户]}",
            "循环：落户 → 落户",
            id="form_is_its_own_official_term",
        ),
        pytest.param(
            "- {official: [落户], category: action, said: [迁入]}\n"
            "- {official: [迁入], category: action, said: [落户]}",
            "循环",
            id="cycle_over_two_entries",
        ),
        pytest.param(
            "- {official: [落户], category: action, said: [迁]}", "至少要两个字", id="one_character"
        ),
        pytest.param(
            "- {official: [机关], category: authority, said: [12345]}", "加引号", id="bare_number"
        ),
        pytest.param(
            "- {official: [甲甲, 乙乙, 丙丙, 丁丁, 戊戊, 己己, 庚庚], category: topic, said: [天干]}",
            "最多 6 个",
            id="too_many_alternatives",
        ),
        pytest.param(
            "- {official: [落户], category: action, sayd: [上户口]}", "sayd", id="misspelt_key"
        ),
        pytest.param("- 落户", "应当写成", id="entry_is_a_word"),
        pytest.param("- {official: 落户, category: action}", "应当是列表", id="official_is_a_word"),
        pytest.param(
            "- {official: [落户], category: action, general: 是}", "true", id="general_not_boolean"
        ),
        pytest.param("- {official: [落户", "读不出来", id="broken_yaml"),
    ],
)
def test_an_unsound_file_is_refused_with_the_reason(
    tmp_path: Path, entries: str, complaint: str
) -> None:
    with pytest.raises(ManifestError) as refused:
        lexicon_of(tmp_path, bad="entries:\n" + entries)
    assert complaint in refused.value.message


@pytest.mark.parametrize("characters", ["{戶口: 户口}", "{户: 户}", "[戶]", "{1: 一}"])
def test_a_character_stands_for_one_other_character(tmp_path: Path, characters: str) -> None:
    with pytest.raises(ManifestError, match="characters"):
        lexicon_of(tmp_path, bad=f"characters: {characters}\n")


def test_a_file_that_is_not_a_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="最外层"):
        lexicon_of(tmp_path, bad="- 落户\n")


def test_the_shipped_lexicon_is_large(shipped: Lexicon) -> None:
    assert sum(len(entry.said) for entry in shipped.entries) > 5000
    assert len(shipped.official_terms) > 1000
    assert set(shipped.official_terms.values()) <= set(CATEGORIES)


def test_every_shipped_official_term_is_in_the_notices_or_marked_general(shipped: Lexicon) -> None:
    sources = sorted((CORPUS / "sources").glob("*.txt"))
    written = "".join(re.sub(r"\s+", "", path.read_text(encoding="utf-8")) for path in sources)
    searched = normalize(written)
    strange = [
        term
        for term in shipped.official_terms.keys() - shipped.general_terms
        if term not in written and normalize(term) not in searched
    ]
    assert strange == []


@pytest.mark.parametrize(
    ("question", "official"),
    [
        ("租房子能上户口不", "租赁住房"),
        ("我老婆也想迁过来", "配偶"),
        ("丈母娘能投靠吗", "配偶的直系亲属"),
        ("职高毕业", "中等职业学校"),
        ("有高级工证", "中级技能以上国家职业资格"),
        ("在上海交的社保", "合并计算"),
        ("暂住证过期了", "居住证"),
        ("医保卡每个月打多少钱", "划入"),
        ("起付线以下报不报", "起付标准以下"),
        ("宅基地要不要退", "农村宅基地"),
        ("谁分管审计", "负责"),
        ("亚马逊上开店还奖吗", "跨境电商"),
        ("整改好了怎么摘帽", "销号"),
        ("户囗能挂在公司吗", "单位集体户"),
    ],
)
def test_the_shipped_lexicon_knows_how_people_talk(
    shipped: Lexicon, question: str, official: str
) -> None:
    found = {term for expansion in shipped.expand(question) for term in expansion.official}
    assert official in found


@settings(deadline=None)  # the first example loads the lexicon
@given(
    question=st.text(
        alphabet="我老婆想把户口迁过来租房子社保交满医保卡打钱戶A1 半年，？", max_size=40
    )
)
def test_expansion_is_deterministic_and_never_repeats(question: str) -> None:
    lexicon = shipped_lexicon()
    expansions = lexicon.expand(question)
    assert expansions == lexicon.expand(question)
    assert len(set(expansions)) == len(expansions)
    assert all(0 < expansion.weight <= 0.5 for expansion in expansions)
