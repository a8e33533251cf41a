"""Parties in an order that hangs on their inputs alone, so that the order of their names decides no tie."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from detente.weighing.draws import Draws

Order = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


def in_order(draws: Draws) -> tuple[Draws, Order]:
    """The parties of each draw by position, capability and salience.

    Returns:
        The draws for models of issues (the network's parties stay as they were), and the new seat of each party;
        shape (B, N).
    """
    inputs = np.concatenate([draws.position, draws.capability[..., None], draws.salience], axis=2)
    order = np.lexsort(inputs.transpose(2, 0, 1)[::-1], axis=1)
    ordered = replace(
        draws,
        capability=np.take_along_axis(draws.capability, order, axis=1),
        salience=np.take_along_axis(draws.salience, order[..., None], axis=1),
        position=np.take_along_axis(draws.position, order[..., None], axis=1),
    )
    return ordered, order.argsort(axis=1)
