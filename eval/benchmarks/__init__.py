"""Timings: of retrieval, of the service, and of being killed while writing."""
