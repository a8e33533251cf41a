"""Fits the confidence of attributions on development data: a logistic regression by Newton's method."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.evaluation.documents import Document
from detente.evaluation.statements import of_attribution, of_corpus, right_ones
from detente.language.confidence import features
from detente.language.model import EncoderLanguage

# A weak pull to nothing: the parts' log odds go together.
RIDGE = 1.0
STEPS = 30
BINS = 10


def examples(
    language: EncoderLanguage, documents: Sequence[Document]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The features of every attribution found, and whether content and source are right."""
    rows, right = [], []
    for document in documents:
        text, gold = document.text, of_corpus(document)
        analysis, linked = language.analyse_with_links(text)
        found = [of_attribution(text, one) for one in analysis.attributions]
        rows += [features(one) for one in linked]
        hits = right_ones(found, gold)
        right += [float(i in hits) for i in range(len(linked))]
    return np.array(rows), np.array(right)


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> list[float]:
    """The constant and the weights."""
    full = np.column_stack([np.ones(len(x)), x])
    weights = np.zeros(full.shape[1])
    pull = RIDGE * np.eye(len(weights))
    pull[0, 0] = 0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-full @ weights))
        slope = full.T @ (y - p) - pull @ weights
        curve = (full * (p * (1 - p))[:, None]).T @ full + pull
        weights += np.linalg.solve(curve, slope)
    return [round(float(weight), 5) for weight in weights]


def error(probability: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The expected calibration error over bins of equal width ([Guo2017])."""
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    return float(
        sum(abs(right[place == k].mean() - probability[place == k].mean()) * (place == k).mean() for k in set(place))
    )
