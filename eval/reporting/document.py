"""docs/evaluation.md from the figures that are kept: written by a command, never by hand."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.gate.thresholds import bound_in_words, group_name, load_thresholds
from eval.measures.comparing import Gap, group_gap
from eval.measures.figures import METRICS, written, written_interval, written_value
from eval.model import CATEGORIES
from eval.running.results import Figure, Figures, Kept, Provenance, ResultsError, RunResult

KEPT = Path("eval/results/evaluation.json")
PEERS = Path("eval/results/peers.json")
DOCUMENT = Path("docs/evaluation.md")
_GROUPS = ("all", "dev", "test")
_CATEGORY_METRICS = ("item_accuracy", "clause_accuracy", "verdict_accuracy", "wrong_eligible")
_PEER_METRICS = {
    "recall@5": "recall@5",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "out_of_force@5": "前5条里有不在有效期的",
    "wrong_version@1": "首条不在有效期而没有标明",
    "wrong_version@5": "前5条里有没标明的",
    "characters@5": "前5条共多少字",
    "latency_p50_ms": "p50",
    "latency_p95_ms": "p95",
}


class Summary(Kept):
    """The figures of one run over everything, without its items."""

    provenance: Provenance
    counts: dict[str, dict[str, int]]  # category -> split -> cases
    figures: dict[str, Figures]
    gaps: dict[str, dict[str, float]]  # metric -> test less dev, where beyond noise


def summary_of(result: RunResult) -> Summary:
    """What is kept of a run; raises ResultsError for one that is not whole."""
    if not result.complete or result.provenance.choice or result.provenance.regression:
        raise ResultsError("只有跑完全部题目的结果才能写进文档，请先运行 make eval。")
    sides = [[item for item in result.items if item.split == name] for name in ("dev", "test")]
    gaps = {
        metric: gap
        for metric, known in METRICS.items()
        if known.kind == "rate"
        and (gap := group_gap(sides[0], sides[1], metric)) is not None
        and gap.beyond_noise
    }
    return Summary(
        provenance=result.provenance,
        counts={
            name: {
                split: sum(i.category == name and i.split == split for i in result.items)
                for split in ("dev", "test")
            }
            for name in CATEGORIES
        },
        figures={
            name: figures for name, figures in result.figures.items() if not name.startswith("tag:")
        },
        gaps={metric: _kept_gap(gap) for metric, gap in gaps.items()},
    )


def write_summary(path: Path, summary: Summary) -> None:
    """Keep the figures of a run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(summary.model_dump(mode="json"), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def render(kept: Path = KEPT, peers: Path = PEERS) -> str:
    """The document; raises ResultsError where the figures are missing."""
    try:
        summary = Summary.model_validate_json(kept.read_text(encoding="utf-8"))
        others = json.loads(peers.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResultsError(
            f"缺少文档要用的结果（{error}）。先运行 assistant eval docs --from var/eval 和 make peers。"
        ) from error
    lines = [*_head(summary), *_own(summary), *_by_category(summary), *_others(others), *_gate()]
    return "\n".join([*lines, *_again(summary)]) + "\n"


def _head(summary: Summary) -> Iterator[str]:
    known = summary.provenance
    total = {
        s: sum(c[s] for n, c in summary.counts.items() if n != "wording") for s in ("dev", "test")
    }
    yield "# 评测"
    yield ""
    yield "本页由 `assistant eval docs` 从 `eval/results/` 里的结果写出，不手改；有测试核对。"
    yield ""
    yield (
        f"题目 {sum(total.values())} 道（dev {total['dev']}，test {total['test']}），"
        f"另有语言模型脚本 {sum(summary.counts['wording'].values())} 个；"
        f"提交 `{known.commit}`{'（有未提交的改动）' if known.dirty else ''}，"
        f"语料 `{(known.corpus_digest or '')[:12]}`，向量模型 {known.embedder}，措辞 {'、'.join(known.composers)}。"
    )
    yield (
        f"机器：{'，'.join(f'{k} {v}' for k, v in known.platform.items())}；"
        f"开始时负载 {known.load_average}，{known.workers} 路并行，共 {known.elapsed_s:.0f} 秒。"
        "耗时受同机其他进程影响。"
    )
    yield ""
    yield "题目由写本项目的人出，只说明方向；`dev` 调试时看过，`test` 留出，只看总数。怎样判分见 [eval/README.md](../eval/README.md)。"
    yield ""


def _own(summary: Summary) -> Iterator[str]:
    yield "## 各项指标"
    yield ""
    yield "方括号里是 95 % 区间：以题为单位自助抽样 2,000 次；全对或全错时用精确（Clopper–Pearson）区间。"
    yield ""
    yield "| 指标 | 全部 | dev（调过） | test（留出） |"
    yield "| --- | ---: | ---: | ---: |"
    for metric, known in METRICS.items():
        if metric in summary.figures["all"]:
            cells = [_cell(metric, summary.figures.get(name, {}).get(metric)) for name in _GROUPS]
            yield f"| {known.title} | {' | '.join(cells)} |"
    yield ""
    lower = {m: g for m, g in summary.gaps.items() if (g["difference"] < 0) is METRICS[m].higher}
    yield "### test 比 dev 差，超过噪声的"
    yield ""
    if not lower:
        yield "没有。"
    for metric, gap in lower.items():
        yield (
            f"- {METRICS[metric].title}：dev {written_value(metric, gap['before'])}，"
            f"test {written_value(metric, gap['after'])}，差 {100 * gap['difference']:+.1f} 个百分点"
            f"（95 % 区间 {100 * gap['low']:+.1f} 至 {100 * gap['high']:+.1f}）。"
        )
    yield ""
    if lower:
        yield "这些差距说明 dev 上的数字偏高：规则和词典照着 dev 修过，换一批人、换一种说法就会低到 test 那样。要估计上线后的表现，看 test。"
        yield ""


def _by_category(summary: Summary) -> Iterator[str]:
    yield "## 按分类"
    yield ""
    heads = [METRICS[name].title for name in _CATEGORY_METRICS]
    yield f"| 分类 | 题（dev＋test） | {' | '.join(f'{h} dev | {h} test' for h in heads)} |"
    yield f"| --- | ---: |{' ---: |' * (2 * len(heads))}"
    for name, title in CATEGORIES.items():
        counts = summary.counts[name]
        if not sum(counts.values()) or name == "wording":
            continue
        cells = [
            written(metric, summary.figures.get(f"category:{name}/{split}", {}).get(metric))
            for metric in _CATEGORY_METRICS
            for split in ("dev", "test")
        ]
        yield f"| {title} | {counts['dev']}＋{counts['test']} | {' | '.join(cells)} |"
    yield ""
    yield "![评测报告](img/evaluation-report.png)"
    yield ""


def _others(found: Mapping[str, Any]) -> Iterator[str]:
    known = found["provenance"]
    versions = "，".join(f"{name} {version}" for name, version in known["versions"].items())
    yield "## 与同类对照"
    yield ""
    yield (
        f"检索题 {known['questions']} 道，各家都只取原文、不用语言模型，同取前 {known['k']} 条；"
        "向量都用本项目自带的模型（各家自己不带，默认要联网下载或调用付费接口）。「默认做法」是各家教程里的切块加向量检索，"
        "「逐条」是各家的 BM25 检索器放在与本项目相同的条款上。切块的按块计分：块里完整含有标准条款就算命中，比本项目宽。"
        "块里有一点有效的文字，就不算「不在有效期」；问旧文件、草案、外地的题不算在版本各列里。"
    )
    yield ""
    yield f"| 系统 | {' | '.join(_PEER_METRICS.values())} | nDCG@10 本项目领先 |"
    yield f"| --- |{' ---: |' * (len(_PEER_METRICS) + 1)}"
    for name, system in found["systems"].items():
        cells = [_peer_cell(metric, system["figures"][metric]) for metric in _PEER_METRICS]
        yield f"| {name} | {' | '.join(cells)} | {_lead(system['behind_us'])} |"
    yield ""
    yield (
        "Haystack 的默认切块按空格数词，中文几乎没有空格，一块就是整份文件的一大段，所以召回高，但一「条」有几万字，引不到条款；"
        "LangChain、LlamaIndex 的 BM25 默认按空格分词，对中文几乎检索不到。"
    )
    yield ""
    yield f"版本：{versions}。提交 `{known['commit']}`。重跑：`make peers`。"
    yield ""


def _gate() -> Iterator[str]:
    yield "## 把关的门槛"
    yield ""
    yield "`make eval-gate`（持续集成里也跑）：有一项越过就不通过。门槛在 [eval/thresholds.yaml](../eval/thresholds.yaml)；效力筛选关闭、词典清空、逐句把关绕过、规则参数改动，每一样都会让它不通过（`tests/eval/gate/test_regressions.py`）。"
    yield ""
    yield "| 范围 | 指标 | 门槛 |"
    yield "| --- | --- | ---: |"
    for bound in load_thresholds():
        yield f"| {group_name(bound.group)} | {METRICS[bound.metric].title} | {bound_in_words(bound)} |"
    yield ""


def _again(summary: Summary) -> Iterator[str]:
    yield "## 怎样重跑"
    yield ""
    yield "```console"
    yield "$ make eval                                # 表、网页报告、JUnit XML，写到 var/eval"
    yield "$ make peers                               # 对照各家（另装环境）"
    yield "$ assistant eval docs --from var/eval      # 更新 eval/results/evaluation.json 和本页"
    yield "```"
    yield ""
    yield f"测于 {summary.provenance.started_at}，把「今天」固定为 {summary.provenance.today}。"


def _cell(metric: str, figure: Figure | None) -> str:
    shown = written_interval(metric, figure)
    return written(metric, figure) + (f" [{shown}]" if shown else "")


def _peer_cell(metric: str, figure: Mapping[str, float]) -> str:
    value, low, high = figure["value"], figure["low"], figure["high"]
    if metric.endswith("_ms"):
        return f"{value:.1f} ms [{low:.1f}–{high:.1f}]"
    if metric.startswith("characters"):
        return f"{value:,.0f}"
    if "version" in metric or "force" in metric:
        return f"{value:.1%} [{100 * low:.1f}–{100 * high:.1f}]"
    return f"{value:.3f} [{low:.3f}–{high:.3f}]"


def _lead(behind: Mapping[str, Mapping[str, float]]) -> str:
    if not behind:
        return ""
    gap = behind["ndcg@10"]
    return f"{gap['mean']:+.3f}（p={gap['p']:.3f}）"


def _kept_gap(gap: Gap) -> dict[str, float]:
    return {
        "before": gap.before,
        "after": gap.after,
        "difference": gap.difference,
        "low": gap.low,
        "high": gap.high,
    }
