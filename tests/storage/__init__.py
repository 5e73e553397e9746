"""Stores: one suite, over SQLite and over PostgreSQL."""
