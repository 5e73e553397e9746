"""Answers as HTML: nothing anybody wrote becomes markup."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.schemas import NOTICE_NAMES, STATUS_NAMES, CitationStatus, KnownFact, Notice
from tests.ui.samples import DAY, MONTHS, RENTED, answer, asks, citation, verdict
from ui.actions import basis_link
from ui.cards import TONES, source_link
from ui.render import render_draft, render_talk
from ui.talk import GONE, Turn

ALLOWED_TAGS = {
    "article",
    "h2",
    "h3",
    "span",
    "bdi",
    "div",
    "p",
    "a",
    "section",
    "blockquote",
    "ul",
    "li",
    "strong",
    "br",
    "button",
    "dd",
    "details",
    "dl",
    "dt",
    "form",
    "h4",
    "input",
    "label",
    "pre",
    "summary",
    "textarea",
}
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>[点我](http://evil)\"'${alert(1)}{{1+1}}"
)


class Seen(HTMLParser):
    """Tags, attributes and text as a browser would read them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def harmless(page: str) -> Seen:
    seen = Seen(page)
    assert seen.tags <= ALLOWED_TAGS
    assert not any(name.startswith("on") for name in seen.attributes)
    assert all(link.startswith(("#turn-", "/source/", "/basis?", "tel:")) for link in seen.links)
    assert not re.search(r"[{}$`]", page)
    return seen


def shown(*turns: Turn) -> str:
    """The conversation without the hidden words that 复制 takes."""
    return re.sub(r"<pre .*?</pre>", "", render_talk(turns), flags=re.DOTALL)


def test_hostile_words_are_shown_as_text_everywhere() -> None:
    told = answer(
        kind="clarify",
        text=f"{HOSTILE}[1]\n{HOSTILE}其他",
        citations=[citation(title=HOSTILE, label=HOSTILE, quote=HOSTILE, doc_number=HOSTILE)],
        notices=[Notice(code="conflict", text=HOSTILE + "再看")],
        jurisdiction=HOSTILE,
        verdicts=[verdict(hostile=HOSTILE), verdict(rule_id="other", hostile=HOSTILE)],
        questions=[asks(MONTHS, text=HOSTILE, choices=[HOSTILE])],
        facts={HOSTILE: KnownFact(value=HOSTILE, said=HOSTILE + "说", on=DAY)},
    )
    described = {HOSTILE: MONTHS.model_copy(update={"label": HOSTILE})}
    turn = Turn(HOSTILE, told, prompt=HOSTILE, facts=described)
    seen = harmless(render_talk([Turn(HOSTILE, problem=HOSTILE), turn]))
    assert seen.text.count("<script>alert(1)</script>") >= 20


@given(words=st.text(min_size=1))
def test_any_question_comes_out_as_it_went_in(words: str) -> None:
    assert words.replace("\r\n", "\n").replace("\r", "\n") in harmless(
        render_talk([Turn(words)])
    ).text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_marker_leads_to_its_card_and_an_unknown_one_stays_text() -> None:
    page = render_talk([Turn("问", answer(text="须满六个月[1]，见[2]。"))])
    assert 'href="#turn-1-1"' in page
    assert 'id="turn-1-1"' in page
    assert "见[2]。" in page


def test_cards_of_two_turns_do_not_share_an_anchor() -> None:
    page = render_talk([Turn("问", answer()), Turn("再问", answer())])
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("status", STATUS_NAMES)
def test_every_status_has_its_badge(status: CitationStatus) -> None:
    page = render_talk([Turn("问", answer(citations=[citation(status=status)]))])
    assert f'<span class="badge">{STATUS_NAMES[status]}</span>' in page
    assert f'class="card {TONES[status]}"' in page


@pytest.mark.parametrize("code", NOTICE_NAMES)
def test_every_notice_has_its_name(code: str) -> None:
    page = render_talk([Turn("问", answer(notices=[{"code": code, "text": "请注意"}]))])
    assert "请注意" in page
    assert NOTICE_NAMES[Notice.model_validate({"code": code, "text": ""}).code] in page


def test_the_link_to_the_source_carries_the_offsets_and_the_day() -> None:
    assert source_link(citation(), DAY) == "/source/n__sec_1?start=3&end=8&as_of=2026-11-22"


def test_a_line_that_only_repeats_a_card_is_not_said_twice() -> None:
    text = "须满六个月[1]。\n某政办发〔2024〕1号 一、范围：「满六个月的」[1]\n请带材料。"
    page = shown(Turn("问", answer(text=text)))
    assert page.count("满六个月的") == 1
    assert "请带材料" in page


def test_a_line_that_says_more_than_its_quote_is_kept() -> None:
    text = "须满六个月[1]。\n自明日起改为：「满六个月的」[1]"
    assert "自明日起改为" in render_talk([Turn("问", answer(text=text))])


def test_a_notice_already_in_the_text_is_not_repeated() -> None:
    told = answer(
        text="不能回答。\n请拨 0573-81292203。",
        notices=[Notice(code="handoff", text="请拨 0573-81292203。")],
    )
    page = shown(Turn("问", told))
    assert page.count("请拨") == 1
    assert 'href="tel:057381292203"' in page


def test_after_a_refusal_whom_to_ask_has_a_place_of_its_own() -> None:
    told = answer(
        kind="refuse",
        reason="no_source",
        citations=[],
        text="文件里没有写。\n可以咨询：公安局，电话 0573-81292203。",
        notices=[Notice(code="handoff", text="公安局，电话 0573-81292203")],
    )
    page = shown(Turn("问", told))
    assert page.count("公安局") == 1
    assert 'class="notice handoff"' in page
    assert 'href="tel:057381292203"' in page


def test_only_the_latest_answer_can_be_acted_on() -> None:
    told = answer(kind="clarify", questions=[asks(RENTED)])
    page = render_talk([Turn("问", told), Turn("再问", told)])
    assert page.count('class="asking"') == 1
    assert page.index("当时的答复") < page.index('class="asking"')


def test_after_a_failure_the_last_question_can_still_be_answered() -> None:
    told = answer(kind="clarify", questions=[asks(RENTED)])
    assert 'class="asking"' in render_talk([Turn("问", told), Turn("三", problem="不是数字。")])
    gone = Turn("是", problem=GONE, began_anew=GONE)
    assert 'class="asking"' not in render_talk([Turn("问", told), gone])


def test_a_conversation_begun_anew_is_told() -> None:
    assert GONE in render_talk([Turn("问", answer(), began_anew=GONE)])


def test_the_outcome_comes_first_then_the_checklist_then_the_cards() -> None:
    page = render_talk([Turn("问", answer(kind="verdict", verdicts=[verdict()]))])
    order = [page.index(mark) for mark in ('class="said first"', 'class="ruling"', 'class="cards"')]
    assert order == sorted(order)


def test_that_personal_data_was_masked_stands_next_to_the_outcome() -> None:
    told = answer(
        notices=[{"code": "conflict", "text": "说法不一"}, {"code": "privacy", "text": "已遮去"}]
    )
    page = render_talk([Turn("问", told)])
    assert page.index("已遮去") < page.index('class="cards"') < page.index("说法不一")


def test_quotes_of_one_clause_share_a_card_and_keep_their_own_anchors() -> None:
    told = answer(citations=[citation(), citation(marker=2, quote="居住登记")])
    page = render_talk([Turn("问", told)])
    assert page.count('class="card good"') == 1
    assert 'id="turn-1-1"' in page
    assert 'id="turn-1-2"' in page


def test_of_several_channels_the_first_one_s_quotes_are_shown_and_the_others_fold() -> None:
    other = verdict(rule_id="t", title="人才落户", conditions=[], materials=[])
    quotes = [citation(), citation(marker=2, clause_id="n__sec_2", quote="大专以上")]
    page = render_talk([Turn("问", answer(verdicts=[verdict(), other], citations=quotes))])
    assert page.index("依据（1 条）") < page.index("满六个月的")
    assert page.index("其他途径的依据（1 条）") < page.index("大专以上")


def test_notices_of_one_kind_share_a_heading() -> None:
    notices = [{"code": "rule_uncertain", "text": text} for text in ("一", "二", "二")]
    page = render_talk([Turn("问", answer(notices=notices))])
    assert page.count("适用存疑") == 1
    assert page.count("<span>二</span>") == 1


def test_a_turn_on_its_way_tells_its_stage_and_the_text_so_far() -> None:
    assert "正在查找条款" in render_draft(Turn("问"))
    page = render_draft(Turn(HOSTILE, stage="compose", drafted=f"满六个月[1]。\n{HOSTILE}"))
    assert harmless(page).text.count("<script>alert(1)</script>") == 2
    assert page.index("满六个月[1]。") < page.index("正在写答复")


def test_a_line_that_only_names_several_quotes_is_not_said_twice() -> None:
    quotes = [citation(), citation(marker=2, quote="居住登记")]
    text = "符合。\n依据：某政办发〔2024〕1号 一、范围：「满六个月的」[1]「居住登记」[2]"
    assert "依据：" not in shown(Turn("问", answer(text=text, citations=quotes)))


def test_an_answer_of_another_day_says_so_before_anything_else() -> None:
    old = Turn("问", answer(as_of="2021-05-01"), today=DAY)
    page = render_talk([old])
    assert page.index("不是今天的规定") < page.index('class="said first"')
    assert f'data-value="{DAY.isoformat()}">看今天的规定' in page
    assert "不是今天的规定" not in render_talk([Turn("问", answer(), today=DAY)])


def test_a_supposition_stands_above_the_checklist_and_the_day_is_said_once() -> None:
    text = "以下按2021年5月1日的规定判断。\n以下按您假设的情况判断：「退休」。\n结论在此。"
    told = answer(kind="verdict", as_of="2021-05-01", text=text, verdicts=[verdict()])
    page = render_talk([Turn("问", told, today=DAY)])
    assert page.index("您假设的情况") < page.index("结论在此") < page.index('class="ruling')
    assert "<p>以下按2021年5月1日的规定判断" not in page
    assert "2021年5月1日 的规定，不是今天的规定" in page


def test_signs_that_turn_the_writing_are_held_in_an_element_and_never_in_an_attribute() -> None:
    turn = "\u202e甲\u2066"
    told = answer(
        citations=[citation(label=turn, quote=turn)], questions=[asks(MONTHS, choices=[turn])]
    )
    page = render_talk([Turn(turn, told)])
    assert '<bdi class="sign">\u202e</bdi>甲' in page
    assert not re.search(r'="[^"]*<bdi', page)
    assert turn in harmless(page).text


def test_what_is_copied_holds_question_answer_and_every_quote() -> None:
    held = re.search(r"<pre [^>]*>(.*?)</pre>", render_talk([Turn("能吗", answer())]), re.DOTALL)
    assert held is not None
    for words in ("能吗", "满六个月的", "某政办发〔2024〕1号", "现行有效", "2026年11月22日"):
        assert words in held[1]


def test_the_link_that_is_passed_on_names_clauses_and_nothing_of_the_person() -> None:
    told = answer(
        answer_id="answer-77",
        conversation_id="talk-88",
        facts={"reg.months": KnownFact(value=5, said="五个月", on=DAY)},
    )
    link = basis_link(told)
    assert link.startswith("/basis?as_of=2026-11-22&jurisdiction=")
    assert "q=n__sec_1.3.8" in link
    for personal in ("reg.months", "%E6%9C%88", told.answer_id, told.conversation_id):
        assert personal not in link


def test_a_title_inside_a_title_takes_the_inner_marks() -> None:
    page = render_talk([Turn("问", answer(citations=[citation(title="《通知》政策解读")]))])
    assert "《〈通知〉政策解读》" in page
