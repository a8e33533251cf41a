"""Random numbers: one generator everywhere, and a stream of its own for whatever has a name.

What is drawn from a stream of its own does not change when something else is added, taken away or put elsewhere: with
and without a part of a deal the other parts are drawn alike, and the noise of the draws cancels in the difference.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(*seed: int | str) -> np.random.Generator:
    """A generator that gives the same numbers for the same seed with every version of numpy: PCG64, named and not left to a default.

    Args:
        seed: numbers, 0 or more, and names; other than Python's own hash, a name's is the same in every process.
    """
    return np.random.Generator(np.random.PCG64([s if isinstance(s, int) else _number(s) for s in seed]))


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
