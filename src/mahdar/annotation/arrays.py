"""Products of matrices for the small networks, on one thread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from blis.py import gemm

Floats = npt.NDArray[np.float32]


def times(a: npt.ArrayLike, b: Floats) -> Floats:
    """Return the product of two matrices, on one thread.

    numpy's own product starts as many threads as there are cores; on a busy machine they wait for
    each other, and these small products took ten times as long.
    """
    left = np.ascontiguousarray(a, dtype=np.float32)
    out: Floats = gemm(left, np.ascontiguousarray(b))
    return out
