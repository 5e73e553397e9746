"""What is counted and timed, for Prometheus; one registry per application."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

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

    def render(self) -> bytes:
        """The exposition text."""
        return generate_latest(self.registry)
