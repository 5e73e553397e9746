"""Training of the shipped embedder, from texts alone; see README.md."""
