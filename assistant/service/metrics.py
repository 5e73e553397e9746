"""What is counted and timed, for Prometheus; one registry per application."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from assistant.schemas import Answer

BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0)


class ServiceMetrics:
    """Requests by route and status, latency by stage, answers by kind."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "assistant_http_requests_total",
            "HTTP requests by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "assistant_http_request_seconds",
            "Time from request to the last byte of the response, by route.",
            ("route",),
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self._stages = Histogram(
            "assistant_answer_stage_seconds",
            "Time spent in each stage of an answer.",
            ("stage",),
            buckets=BUCKETS_S,
            registry=self.registry,
        )
        self._answers = Counter(
            "assistant_answers_total",
            "Answers by kind and refusal reason.",
            ("kind", "reason"),
            registry=self.registry,
        )

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Record one finished request."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_answer(self, answer: Answer) -> None:
        """Record the kind of an answer and how long each stage took."""
        self._answers.labels(answer.kind, answer.reason or "").inc()
        for stage, milliseconds in answer.timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def watch_model(self, read: Callable[[], "ModelCounts"]) -> None:
        """From now on, report what `read` counts of the language model."""
        self.registry.register(_ModelCollector(read))

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self.registry)


ModelCounts = Mapping[str, Mapping[str, int]]
"""`calls` by outcome and `statements` by fate, since the service started."""


class _ModelCollector(Collector):
    """Counts that the service keeps itself, read when they are asked for."""

    def __init__(self, read: Callable[[], ModelCounts]) -> None:
        self._read = read

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Both counters, with the labels seen so far."""
        counts = self._read()
        families = (
            ("calls", "Calls to the language model by outcome.", "outcome"),
            ("statements", "Statements of the language model by what became of them.", "fate"),
        )
        for name, told, label in families:
            family = CounterMetricFamily(f"assistant_model_{name}", told, labels=[label])
            for value, count in counts.get(name, {}).items():
                family.add_metric([value], count)
            yield family
