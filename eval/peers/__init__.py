"""Other retrievers at their defaults, run in an environment of their own."""
