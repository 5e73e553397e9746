"""Accounts are tested over the same databases as the stores."""

from tests.storage.conftest import clock, stores, url

__all__ = ["clock", "stores", "url"]
