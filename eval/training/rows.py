"""Rows of weights that examples use, as a matrix to fit on."""

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix


def matrix_of(rows: Sequence[Mapping[int, float]], buckets: int) -> csr_matrix:
    """A row for each example, with a column for each bucket and how much of it is used."""
    ends = np.cumsum([0, *map(len, rows)])
    columns = [bucket for row in rows for bucket in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, columns, ends), shape=(len(rows), buckets))
