"""Inputs within their bounds, or an error that names the field, what was got and what was expected."""

from __future__ import annotations

import numpy as np

from detente.errors import SituationError
from detente.weighing.draws import FloatArray


def within(field: str, values: FloatArray, low: float = 0.0, high: float = np.inf, *, above: bool = False) -> None:
    """Refuse values that are no numbers, or lie outside.

    Args:
        field: what the error calls them.
        low: least that is allowed; with `above` the first that is not.
        high: greatest that is allowed.

    Raises:
        SituationError: any value lies outside.
    """
    values = np.asarray(values, dtype=np.float64)
    wrong = ~((values > low) if above else (values >= low)) | ~(values <= high)
    if wrong.any():
        floor = f"{'above' if above else 'at least'} {low:g}"
        ceiling = "" if high == np.inf else f" and at most {high:g}"
        raise SituationError(f"{field}: got {values[wrong].flat[0]:g}, expected {floor}{ceiling}")
