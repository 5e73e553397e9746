"""The steps from an empty database to the tables as they are now; never edited, only added to."""

HEAD = "0002"
"""The newest step; a database that stands here needs none."""
