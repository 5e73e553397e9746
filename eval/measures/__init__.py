"""Figures under their published names, with intervals, and whether two runs differ."""
