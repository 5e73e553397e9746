"""What every route needs: the service, the day, the place and the counters."""

from dataclasses import dataclass
from datetime import date

from assistant.clauses.jurisdictions import Gazetteer, Place
from assistant.service.metrics import ServiceMetrics
from assistant.service.ports import PolicyService


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """Shared by all routes of one application."""

    service: PolicyService
    places: Gazetteer
    home: str
    metrics: ServiceMetrics

    def day(self, as_of: date | None) -> date:
        """The day asked for, or today."""
        return as_of or self.service.today()

    def place(self, name: str | None) -> Place:
        """The place asked for, or home; raises UnknownPlaceError."""
        return self.places.resolve(name or self.home)
