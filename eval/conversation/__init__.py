"""Scores whole conversations: verdicts, what is asked back, what is refused."""
