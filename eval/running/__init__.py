"""Puts the questions to the product and keeps what came of each."""
