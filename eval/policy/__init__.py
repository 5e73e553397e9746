"""Whole replies scored against expectations."""
