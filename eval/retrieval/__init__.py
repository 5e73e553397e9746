"""Retrieval scored against gold clauses."""
