"""Time of `POST /v1/chat/completions` over HTTP: whole, and as a stream to its first and last piece.

The whole answer costs what `POST /api/ask` does, and the notes, links and shape besides.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from eval.benchmarks.measured import share_of
from eval.benchmarks.rules import Figures
from eval.benchmarks.table import Row
from eval.serving import Served

URL = "/v1/chat/completions"
MODEL = "policy-assistant"


def measure(questions: Sequence[str]) -> Figures:
    """One question after another, each whole and then as a stream."""
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as work,
        Served(Path(work)) as service,
        httpx.Client(base_url=service.address, trust_env=False, timeout=60) as client,
    ):
        for question in questions[:20]:
            _whole(client, question)
        whole = [_whole(client, question) for question in questions]
        streams = [tuple(_streamed(client, question)) for question in questions]
    timed = (
        ("整个的", whole),
        ("边写边发，到第一块", [first for first, _ in streams]),
        ("边写边发，到最后一块", [last for _, last in streams]),
    )
    rows = tuple(
        Row("/v1", f"{title}，{name}", f"{share_of(found, share):.1f} ms")
        for title, found in timed
        for name, share in (("p50", 0.5), ("p95", 0.95))
    )
    return Figures(rows, (f"{len(questions)} 问，没有语言模型",))


def _body(question: str, *, stream: bool) -> dict[str, object]:
    return {
        "model": MODEL,
        "messages": [{"role": "user", "content": question}],
        "stream": stream,
        "store": False,
    }


def _whole(client: httpx.Client, question: str) -> float:
    began = time.perf_counter()
    client.post(URL, json=_body(question, stream=False)).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def _streamed(client: httpx.Client, question: str) -> Iterator[float]:
    """Milliseconds to the first chunk and to the end."""
    began = time.perf_counter()
    with client.stream("POST", URL, json=_body(question, stream=True)) as response:
        response.raise_for_status()
        pieces = response.iter_raw()
        next(pieces)
        yield 1000 * (time.perf_counter() - began)
        for _ in pieces:
            pass
    yield 1000 * (time.perf_counter() - began)
