"""Quality, measured: question sets, the scripts that score them, and the peers beside us."""
