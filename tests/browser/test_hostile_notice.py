"""A notice may hold anything: ingested, quoted and shown, it stays text on every page."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from eval.serving import ROOT, Served
from tests.browser.visit import Visit, visiting

pytestmark = pytest.mark.browser

BAD = "<script>document.title='bad'</script>"
LINE = f"<img src=x onerror=\"document.title='bad'\">{BAD}[点我](http://evil.example)"
SIGNS = "${document.title='bad'} {{7*7}} \u202e反写\u202c"
NOTICE = f"""嘉兴市民政局关于{BAD}冰灯巡游补贴的通知

嘉民发〔2025〕9号

各县(市、区)民政局:

为规范冰灯巡游补贴,现通知如下。

一、补贴对象{LINE}

冰灯巡游参加人员每人每次补贴<b>30元</b>,{LINE}{SIGNS}结束。

二、补贴发放

冰灯巡游补贴由"><svg onload="document.title='bad'">街道发放。

本通知自2025年3月1日起施行。

嘉兴市民政局
2025年2月10日
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("hostile")
    corpus = root / "corpus"
    shutil.copytree(ROOT / "corpus", corpus)
    (root / "bad.txt").write_text(NOTICE, "utf-8")
    before = set(corpus.rglob("*.yaml"))
    _run("ingest", str(root / "bad.txt"), "--corpus", str(corpus), "--jurisdiction", "嘉兴市")
    (manifest,) = set(corpus.rglob("*.yaml")) - before
    _approve(manifest)
    with Served(root / "var", {"ASSISTANT_CORPUS_DIR": str(corpus)}) as service:
        yield service.address


def _run(*words: str) -> None:
    code = "from assistant.commands.main import main; main()"
    subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, check=True)


def _approve(manifest: Path) -> None:
    written = manifest.read_text("utf-8").replace("review: pending", "review: approved")
    caution = f"- code: rule_uncertain\n  effective_from: 2025-03-01\n  text: '{_yaml(LINE)}'\n"
    manifest.write_text(f"{written.rstrip()}\ncautions:\n{caution}", "utf-8")


def _yaml(words: str) -> str:
    return words.replace("'", "''")


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as seen:
        yield seen


def assert_nothing_ran(visit: Visit) -> None:
    assert visit.page.title() != "bad"
    assert visit.complaints == []
    assert visit.page.locator("img[src=x], svg[onload], a[href*=evil]").count() == 0
    visit.asks_no_other_host()


def test_its_quote_is_a_card_of_text_and_equals_the_source(visit: Visit) -> None:
    visit.ask("冰灯巡游补贴每人每次多少元")
    quote = visit.page.locator("#talk blockquote").first
    assert "<b>30元</b>" in (quote.text_content() or "")
    assert "\u202e反写\u202c" in (quote.text_content() or "")
    expect(quote.locator("bdi.sign").first).to_have_css("unicode-bidi", "isolate")
    assert BAD in (visit.page.locator("#talk .card .title").first.text_content() or "")
    assert_nothing_ran(visit)
    with visit.context.expect_page() as opened:
        visit.page.locator("#talk a.open").first.click()
    source = opened.value
    source.locator("mark").first.wait_for()
    assert "".join(source.locator("mark").all_text_contents()) == quote.text_content()
    assert source.title() != "bad"


def test_the_pages_to_read_show_it_as_text(visit: Visit, address: str) -> None:
    items = httpx.get(f"{address}/api/search", params={"q": "冰灯巡游补贴"}, trust_env=False).json()
    clause = items["items"][0]["clause_id"]
    notice = items["items"][0]["document_id"]
    for path in (
        f"source/{clause}",
        f"basis?q={clause}",
        f"compare/{notice}/jx-gbo-2024-16",
        f"compare/jx-gbo-2024-16/{notice}",
    ):
        visit.page.goto(f"{address}/{path}")
        assert BAD in visit.page.locator("main").inner_text(), path
        assert_nothing_ran(visit)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
