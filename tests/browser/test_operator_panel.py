"""The operator's panel in a real browser before the real service."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Panel, Staffed, context_of, panel

pytestmark = pytest.mark.browser

RENTAL = "嘉兴租房落户要求居住登记满几个月"
HOSTILE = (
    "租房<img src=x onerror=\"document.title='bad'\"><script>document.title='bad'</script>"
    " [点我](http://evil.example) **粗** \u202e反过来"
)
HOUSING, MONTHS = "rent.is_urban_commodity_housing", "reg.start"
QUOTED = (
    "「租赁本市城镇地区商品住房」「在浙江省范围内连续居住登记满六个月的」"
    "「持《房屋租赁登记备案证明》等材料」"
)


def test_clauses_and_rules_come_while_typing(seen: Panel) -> None:
    seen.page.keyboard.type("租赁落户", delay=20)
    hits = seen.page.locator("#hits [role=option]")
    expect(hits.first).to_contain_text("规则")
    expect(hits.first).to_contain_text("租赁落户")
    expect(seen.page.locator("#hits")).to_contain_text(
        "嘉政办发〔2024〕16号 一、进一步放宽租赁落户"
    )
    expect(seen.page.locator("#hits")).to_contain_text("已被替代")


def test_a_tap_beside_the_hits_reaches_what_was_tapped(seen: Panel) -> None:
    seen.page.keyboard.type("租赁落户", delay=20)
    seen.page.locator(".hit").first.wait_for()
    tab = seen.page.locator("#tab-sheet").bounding_box()
    assert tab is not None
    seen.page.keyboard.press("Escape")
    after = seen.page.locator("#tab-sheet").bounding_box()
    assert after == tab, "nothing moves when the list closes"


def test_of_many_keys_only_the_last_words_are_shown(seen: Panel) -> None:
    seen.page.route("**/api/search?q=%E7%A7%9F&**", lambda route: route.abort())
    seen.page.keyboard.type("租房怎么落户", delay=5)
    expect(seen.page.locator("#hits")).to_have_attribute("data-words", "租房怎么落户")


def test_what_an_input_method_is_still_composing_is_not_looked_up(seen: Panel) -> None:
    client = seen.context.new_cdp_session(seen.page)
    client.send(
        "Input.imeSetComposition", {"text": "zufang", "selectionStart": 6, "selectionEnd": 6}
    )
    seen.page.wait_for_timeout(300)
    assert not [url for url in seen.requests if "/api/search" in url]
    client.send("Input.insertText", {"text": "租房"})
    expect(seen.page.locator("#hits")).to_have_attribute("data-words", "租房")


def test_the_verdict_follows_each_tick(seen: Panel) -> None:
    seen.choose("settle.rental")
    expect(seen.conclusion).to_contain_text("待确认")
    seen.tick(HOUSING, "是")
    seen.fact(MONTHS).get_by_label("连续居住登记月数").fill("5")
    expect(seen.conclusion).to_have_text("不符合租赁落户最早 2026-12-22")
    channel = seen.page.locator("[data-rule='settle.rental']")
    expect(channel).to_have_attribute("data-outcome", "ineligible")
    seen.fact(MONTHS).get_by_label("连续居住登记月数").fill("6")
    expect(seen.conclusion).to_have_text("符合租赁落户")
    seen.tick(HOUSING, "否")
    expect(seen.conclusion).to_have_text("不符合租赁落户")
    seen.tick(HOUSING, "不清楚")
    expect(seen.conclusion).to_contain_text("待确认")


def test_every_channel_is_in_view_and_follows_too(seen: Panel) -> None:
    seen.choose("")
    channels = seen.page.locator("#channels button")
    expect(channels).to_have_count(10)
    seen.fact("edu").locator("select").select_option("本科")
    talent = seen.page.locator("[data-rule='settle.talent']")
    expect(talent).to_have_attribute("data-outcome", "eligible")
    expect(channels.first).to_have_attribute("data-rule", "settle.talent")
    expect(seen.page.locator("#script")).to_have_text("按您说的情况，可以走：人才落户。")


def test_facts_that_cannot_be_are_told_and_leave_the_verdict_alone(seen: Panel) -> None:
    seen.choose("settle.rental")
    months = seen.fact(MONTHS).get_by_label("连续居住登记月数")
    months.fill("-3")
    expect(months).to_have_attribute("aria-invalid", "true")
    expect(seen.conclusion).to_contain_text("待确认")
    months.fill("5")
    expect(months).not_to_have_attribute("aria-invalid", "true")
    expect(seen.conclusion).to_contain_text("最早 2026-12-22")
    seen.fact(MONTHS).get_by_label("连续居住登记起始日").fill("2026-01-01")
    expect(months).to_have_value("")
    seen.tick(HOUSING, "是")
    expect(seen.conclusion).to_have_text("符合租赁落户")


def test_what_is_copied_is_the_block_to_the_byte(seen: Panel) -> None:
    seen.choose("settle.rental")
    seen.tick(HOUSING, "是")
    seen.fact(MONTHS).get_by_label("连续居住登记月数").fill("5")
    expect(seen.conclusion).to_contain_text("最早 2026-12-22")
    told = seen.copied()
    first, conclusion, basis, quotes, *rest = told.split("\n")
    assert first == f"话术：{seen.page.locator('#script').text_content()}"
    assert conclusion == "结论：租赁落户：不符合，最早2026年12月22日"
    assert basis == "依据："
    assert quotes == f"1. 嘉政办发〔2024〕16号 一、进一步放宽租赁落户（现行有效）{QUOTED}"
    assert all(line.startswith("提示：") for line in rest[:-1])
    assert rest[-1] == "日期地点：2026年11月22日，嘉兴市"


def test_an_answer_is_copied_to_the_byte(seen: Panel) -> None:
    seen.ask(RENTAL)
    number = seen.page.evaluate("JSON.parse(sessionStorage['assistant.calls'])[0].conversationId")
    told = seen.page.request.get(f"{seen.address}/api/operator/calls/{number}").json()["turns"][0]
    assert seen.copied() == told["brief"]["block"]
    assert told["brief"]["block"].startswith(
        "话术：按现行规定：满六个月。\n依据：\n1. 嘉政办发〔2024〕16号"
    )
    assert told["brief"]["block"].endswith(f"编号：{told['answer']['answer_id']}")


def test_a_question_that_asks_back_is_settled_by_ticks(seen: Panel) -> None:
    seen.ask("租房半年了能落户吗")
    expect(seen.page.locator("#script")).to_have_text(
        "还要问您一句：您租的是嘉兴城镇地区的商品住房吗？"
    )
    answer = seen.page.locator("#panel-answer")
    answer.get_by_role("group", name="您租的是嘉兴城镇地区的商品住房吗？").get_by_text(
        "是", exact=True
    ).click()
    answer.locator("input[type=number]").fill("7")
    expect(answer.locator(".live")).to_contain_text("符合租赁落户")
    expect(seen.page.locator("#script")).to_contain_text("按您说的情况，符合租赁落户的条件。")


def test_a_call_is_looked_back_at_kept_over_a_reload_and_left(seen: Panel) -> None:
    seen.ask(RENTAL)
    seen.ask("要带什么材料")
    seen.page.reload()
    seen.ready()
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text("要带什么材料")
    seen.page.locator("#tab-history").click()
    turns = seen.page.locator("#panel-history ol button")
    expect(turns).to_have_count(2)
    turns.last.click()
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text(RENTAL)
    seen.page.locator("#new-call").click()
    seen.page.locator("#tab-history").click()
    expect(seen.page.locator("#panel-history")).to_contain_text("还没有问答")
    seen.page.locator("#panel-history ul button").first.click()
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text("要带什么材料")


def test_an_escalation_lies_on_disk_with_everything(seen: Panel, desk: Staffed) -> None:
    seen.page.goto(f"{seen.address}/operator?call=CRM-91")
    seen.ready()
    seen.ask(RENTAL)
    seen.page.locator("#escalate").click()
    seen.page.get_by_label("备注").fill("请回电13812345678")
    seen.page.get_by_role("button", name="送出").click()
    expect(seen.page.locator("#status")).to_contain_text("已存档")
    (file,) = [
        path
        for path in (desk.var / "escalations").iterdir()
        if json.loads(path.read_text("utf-8"))["call"] == "CRM-91"
    ]
    packet = json.loads(file.read_text("utf-8"))
    assert packet["question"] == RENTAL
    assert packet["note"] == "请回电〔手机号已隐去〕"
    assert packet["by"] == "wang"
    assert "满六个月" in packet["citations"][0]["quote"]
    assert "满六个月" in packet["answer"]["text"]


def test_what_is_copied_is_what_is_in_view(seen: Panel) -> None:
    seen.ask(RENTAL)
    answered = seen.copied()
    seen.choose("settle.rental")
    expect(seen.conclusion).to_contain_text("租赁落户")
    assert seen.copied() != answered
    seen.page.locator("#tab-answer").click()
    expect(seen.page.locator("#script")).to_have_text("按现行规定：满六个月。")
    assert seen.copied() == answered


def test_an_escalation_from_the_conditions_keeps_what_was_asked(seen: Panel, desk: Staffed) -> None:
    seen.page.goto(f"{seen.address}/operator?call=CRM-92")
    seen.ready()
    seen.ask(RENTAL)
    seen.choose("settle.rental")
    seen.page.keyboard.press("Alt+m")
    expect(seen.page.locator("#status")).to_contain_text("回到答复")
    seen.page.locator("#escalate").click()
    expect(seen.page.locator("dialog")).to_contain_text(f"问题：{RENTAL}")
    seen.page.get_by_label("备注").fill("请核对")
    seen.page.get_by_role("button", name="送出").click()
    expect(seen.page.locator("#status")).to_contain_text("已存档")
    packets = [json.loads(path.read_text("utf-8")) for path in (desk.var / "escalations").iterdir()]
    (packet,) = [each for each in packets if each["call"] == "CRM-92"]
    assert packet["question"] == RENTAL
    assert [verdict["rule_id"] for verdict in packet["verdicts"]] == ["settle.rental"]


def test_a_doubted_answer_is_corrected_by_a_supervisor(
    browser: Browser, seen: Panel, desk: Staffed
) -> None:
    expect(seen.page.locator("#tab-reviews")).to_be_hidden()
    seen.ask("2021年5月租房落户要几年")
    seen.page.locator("#doubt").click()
    seen.page.get_by_label("备注").fill("两种说法，该念哪一种")
    seen.page.get_by_role("button", name="交复核").click()
    expect(seen.page.locator("#status")).to_contain_text("已交班长复核")
    with panel(browser, desk, "li") as supervisor:
        supervisor.page.locator("#tab-reviews").click()
        review = supervisor.page.locator(".review").filter(has_text="该念哪一种")
        expect(review).to_contain_text("wang")
        expect(review).to_contain_text("2021年5月租房落户要几年")
        review.get_by_role("button", name="更正").click()
        expect(review).to_contain_text("请写明理由")
        review.get_by_label("理由").fill("当时无定论")
        review.get_by_role("button", name="更正").click()
        expect(review).to_contain_text("须写明正确的答复")
        review.get_by_label("正确的答复").fill("两种说法都告诉来电人，请他向公安机关核实。")
        review.get_by_role("button", name="更正").click()
        expect(review).to_have_count(0)
        supervisor.page.get_by_role("button", name="处理过的").click()
        expect(review).to_contain_text("li 于")
        expect(review).to_contain_text("两种说法都告诉来电人")


def test_an_evaluator_reads_reviews_and_no_more(browser: Browser, desk: Staffed) -> None:
    with context_of(browser) as context:
        page = context.new_page()
        page.goto(desk.address + "/operator")
        page.get_by_label("登录名").fill("sun")
        page.get_by_label("密码").fill("correct horse battery")
        page.keyboard.press("Enter")
        expect(page.locator("#panel-reviews")).to_be_visible()
        expect(page.locator("#asking")).to_be_hidden()


def test_hostile_words_stay_words(browser: Browser, seen: Panel, desk: Staffed) -> None:
    title = seen.page.title()
    seen.page.locator("#query").fill(HOSTILE)
    seen.page.keyboard.press("Enter")
    asked = seen.page.locator("#panel-answer .asked > bdi")
    expect(asked).to_have_text(HOSTILE)
    seen.page.locator("#doubt").click()
    seen.page.get_by_label("备注").fill(HOSTILE)
    seen.page.get_by_role("button", name="交复核").click()
    expect(seen.page.locator("#status")).to_contain_text("已交")
    seen.page.locator("#tab-history").click()
    expect(seen.page.locator(".turn-question").first).to_have_text(HOSTILE)
    with panel(browser, desk, "li") as supervisor:
        supervisor.page.locator("#tab-reviews").click()
        review = supervisor.page.locator(".review").filter(has_text="反过来")
        expect(review.locator(".review-note")).to_have_text(HOSTILE)
        for page in (seen.page, supervisor.page):
            assert page.locator("main img, main script, main a[href*=evil]").count() == 0
            assert page.title() == title
        assert supervisor.complaints == []


def test_a_hostile_address_fills_nothing_but_words(seen: Panel) -> None:
    facts = json.dumps({"<img src=x>": 1, HOUSING: "yes", "reg.months": 5, "edu": "博士后"})
    seen.page.goto(f"{seen.address}/operator?call=<b>7</b>&question=<i>q</i>&facts={facts}")
    seen.ready()
    told = seen.page.locator("#told")
    expect(told).to_contain_text("不认识的情况「<img src=x>」，已忽略。")
    expect(told).to_contain_text("「租赁本市城镇地区商品住房」的值不对，已忽略。")
    expect(told).to_contain_text("「最高学历」的值不对，已忽略。")
    expect(seen.page.locator("#call-name")).to_have_text("通话 <b>7</b>")
    expect(seen.page.locator("#query")).to_have_value("<i>q</i>")
    seen.choose("settle.rental")
    expect(seen.fact(MONTHS).get_by_label("连续居住登记月数")).to_have_value("5")


@pytest.mark.parametrize("facts", ["{", "[]", "null", "7", '"x"'])
def test_facts_that_cannot_be_read_are_told(seen: Panel, facts: str) -> None:
    seen.page.goto(f"{seen.address}/operator?facts={facts}")
    seen.ready()
    expect(seen.page.locator("#told")).to_contain_text("无法读取，已忽略")


def test_nothing_is_fetched_from_another_host(seen: Panel) -> None:
    seen.ask(RENTAL)
    seen.choose("settle.rental")
    seen.page.locator("#open-help").click()
    seen.page.wait_for_timeout(500)
    assert len(seen.requests) > 15
    assert [url for url in seen.requests if not url.startswith((seen.address + "/", "data:"))] == []


def test_a_session_that_ended_is_renewed_without_losing_the_call(seen: Panel) -> None:
    seen.ask(RENTAL)
    seen.context.clear_cookies()
    seen.page.locator("#query").fill("要带什么材料")
    seen.page.keyboard.press("Enter")
    dialog = seen.page.get_by_role("dialog", name="重新登录")
    dialog.get_by_label("登录名").fill("wang")
    dialog.get_by_label("密码").fill("correct horse battery")
    seen.page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(seen.page.locator("#query")).to_have_value("要带什么材料")
    seen.page.locator("#query").focus()
    seen.page.keyboard.press("Enter")
    expect(seen.page.locator("#panel-answer .asked")).to_contain_text("要带什么材料")
    seen.page.locator("#tab-history").click()
    expect(seen.page.locator("#panel-history ol button")).to_have_count(2)


def test_leaving_ends_the_session_and_forgets_the_calls(seen: Panel) -> None:
    seen.ask(RENTAL)
    seen.page.locator("#log-out").click()
    seen.page.get_by_label("登录名").wait_for()
    assert seen.page.evaluate("sessionStorage.length") == 0
    seen.page.goto(seen.address + "/operator")
    seen.page.wait_for_url("**/auth/login**")


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example", "/operatorx", "javascript:1"]
)
def test_the_login_leads_nowhere_else(browser: Browser, desk: Staffed, where: str) -> None:
    with context_of(browser) as context:
        seen = Panel(desk.address, context, context.new_page())
        seen.log_in(path=f"/auth/login?next={where}")
        assert seen.page.url == f"{desk.address}/operator"


GIVEN_UP = """async () => {
  const { get } = await import("/operator/assets/api.js");
  const giving = new AbortController();
  window.fetch = async (_path, { signal }) => ({
    ok: true,
    status: 200,
    json: () => new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason))),
  });
  const told = get("/api/search?q=x", giving.signal).then(() => "read", (error) => error.name);
  await new Promise((done) => setTimeout(done));
  giving.abort();
  return told;
}"""


def test_a_search_given_up_while_its_reply_is_read_is_no_failure(seen: Panel) -> None:
    assert seen.page.evaluate(GIVEN_UP) == "AbortError"


@pytest.mark.parametrize("width", [320, 360, 420, 768, 1440])
def test_nothing_scrolls_sideways(browser: Browser, desk: Staffed, width: int) -> None:
    with panel(browser, desk, "li", viewport={"width": width, "height": 780}) as seen:

        def fits() -> bool:
            wide: int = seen.page.evaluate("document.documentElement.scrollWidth")
            return wide <= width

        seen.page.keyboard.type("租房落户")
        seen.page.locator(".hit").first.wait_for()
        assert fits()
        seen.ask("租房半年了能落户吗")
        assert fits()
        for rule in ("", "settle.join_child", "medical.public.outpatient"):
            seen.choose(rule)
            expect(seen.page.locator("#facts .fact").first).to_be_visible()
            assert fits()
        for tab in ("history", "reviews"):
            seen.page.locator(f"#tab-{tab}").click()
            seen.page.wait_for_timeout(150)
            assert fits()
        seen.page.locator("#open-help").click()
        assert fits()


def test_at_four_hundred_percent_the_field_and_the_answer_can_be_used(
    browser: Browser, desk: Staffed
) -> None:
    with panel(browser, desk, viewport={"width": 320, "height": 256}) as seen:
        seen.ask(RENTAL)
        lead = seen.page.locator("#panel-answer .lead")
        lead.scroll_into_view_if_needed()
        box, dock = lead.bounding_box(), seen.page.locator("#dock").bounding_box()
        assert box is not None
        assert dock is not None
        assert dock["height"] <= 256 / 2, "the dock leaves room for what it stands on"
