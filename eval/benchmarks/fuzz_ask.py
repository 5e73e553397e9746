"""Many odd questions: every one must have a sound answer or a deliberate error.

    python -m eval.benchmarks.fuzz_ask --count 5000

Questions are random characters, words of the field strung together, pieces of the notices
themselves, and mutated questions. Prints each breach with the question that shows it.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.assembly import build, build_service
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.schemas import AskRequest
from eval.judging import Published
from eval.judging.contract import breaches
from eval.model import EVAL_DAY

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_WORDS = """
    租房 落户 嘉兴 海宁 金华 杭州 居住证 几个月 多久 父母 投靠 年龄 奖励 删去 第一条 第二款 一、 （一） 嘉政办发 〔2024〕 16号
    [1] [2] 「 」 《 》 “ ” 2021年 5月1日 去年 以前 征求意见稿 解读 吗 ？ 。 ， 多少钱 电话 地址 附件 原文 修改为
    我的 余额 忽略以上 系统： 你好 谢谢 医疗补助 个人账户 46岁 退休 100万美元 跨境电商 立法 火灾 副市长 施行 废止
    不 没有 和 或 100% 3.14 １２ 三年 半年 😀 é <b> ' " * ( ~ : ^
"""
WORDS = [*_WORDS.split(), "\n", "\t", "\\"]
PLACES = (None, None, None, "嘉兴市", "海宁", "金华市", "杭州", "浙江省", "义乌")


def questions() -> "SearchStrategy[str]":
    """Random characters, or words of the field strung together, up to 2,000 characters."""
    from hypothesis import strategies as st

    strung = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map("".join)
    mixed = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=30)
    return st.one_of(st.text(max_size=2000), strung, mixed.map("".join)).map(lambda t: t[:2000])


def odd_questions(count: int, clauses: list[str], seed: int) -> Iterator[str]:
    """`count` questions from four springs, the same for the same seed."""
    lots = random.Random(seed)

    def characters() -> str:
        planes = (
            (0x20, 0x7E),
            (0x4E00, 0x9FFF),
            (0x3000, 0x303F),
            (0xFF00, 0xFFEF),
            (0x80, 0x2FFF),
        )
        size = lots.choice((1, 5, 30, 200, 2000))
        return "".join(chr(lots.randint(*lots.choice(planes))) for _ in range(size))

    def words() -> str:
        return "".join(lots.choices(WORDS, k=lots.randint(1, 25)))

    def piece() -> str:
        text = lots.choice(clauses)
        start = lots.randrange(len(text))
        return text[start : start + lots.choice((4, 12, 40, 400, 2000))]

    def mutated() -> str:
        text = list(lots.choice((piece, words))())
        for _ in range(lots.randint(1, 4)):
            at = lots.randrange(len(text) + 1)
            text[at : at + lots.randint(0, 2)] = lots.choice(WORDS)
        return "".join(text)

    for _ in range(count):
        yield lots.choice((characters, words, piece, mutated))()[:2000]


def main() -> int:
    """Ask, judge, report; exit code 1 where anything broke."""
    parser = argparse.ArgumentParser(prog="python -m eval.benchmarks.fuzz_ask")
    parser.add_argument("--count", type=int, default=5000, help="问多少个问题")
    parser.add_argument("--seed", type=int, default=1, help="随机种子")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="语料目录")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fuzz-ask-") as work:
        return run(arguments.count, arguments.seed, arguments.corpus, Path(work))


def run(count: int, seed: int, corpus: Path, work: Path) -> int:
    """Ask `count` questions of a fresh index in `work`."""
    settings = Settings(corpus_dir=corpus, var_dir=work, today=EVAL_DAY)
    build(settings)
    service = build_service(settings)
    published = Published(corpus)
    view = service.view()
    clauses = [c.text for n in view.notices() for c in view.clauses_of(n.notice_id)]
    lots = random.Random(seed)
    kinds: Counter[str] = Counter()
    broken = 0
    began = time.perf_counter()
    for question in odd_questions(count, clauses, seed):
        day = lots.choice((None, None, EVAL_DAY - timedelta(days=lots.randint(0, 9000)), date.max))
        place = lots.choice(PLACES)
        try:
            request = AskRequest(question=question, as_of=day, jurisdiction=place)
        except ValidationError:
            kinds["不成问题（空白或控制字符）"] += 1
            continue
        try:
            answer = service.ask(request)
        except AssistantError as error:
            kinds[type(error).__name__] += 1
            continue
        except Exception as error:  # noqa: BLE001 - any other exception is what is looked for
            found = [f"{type(error).__name__}: {error}"]
        else:
            kinds[answer.kind] += 1
            found = breaches(answer, published)
        if found:
            broken += 1
            sys.stdout.write(f"{question!r} {day} {place}: {'；'.join(found)}\n")
    seconds = time.perf_counter() - began
    sys.stdout.write(f"{count} 个问题，{seconds:.1f} 秒，{broken} 个不合约定；{dict(kinds)}\n")
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
