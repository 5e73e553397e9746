"""Turns and conversations: what a person says, read without guessing."""
