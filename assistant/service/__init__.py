"""The HTTP service: the application factory, its routes and its one error shape."""

from assistant.service.ports import PolicyService

__all__ = ["PolicyService"]
