"""Fits the confidence of attributions on development data: a logistic regression by Newton's method."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from detente.language.confidence import features
from detente.language.model import EncoderLanguage
from training.documents import Document

# A weak pull to nothing: the parts' log odds go together.
RIDGE = 1.0
STEPS = 30
BINS = 10


def examples(
    language: EncoderLanguage, scorer: ModuleType, gold_folder: str, documents: Sequence[Document]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The features of every attribution found, and whether content and source are right."""
    docs = scorer.load_polnear(gold_folder)
    rows, right = [], []
    for document in documents:
        text, gold = docs[document.id]
        analysis, linked = language.analyse_with_links(document.text)
        found = analysis.attributions
        pred = [
            {
                "C": scorer.letters(text, a.content),
                "S": scorer.letters(text, [a.source] if a.source else []),
            }
            for a in found
        ]
        matched = {
            i: bool(pred[i]["S"] & gold[j]["S"]) if gold[j]["S"] else not pred[i]["S"]
            for i, j in scorer.jaccard_match(pred, gold, 0.5)
        }
        rows += [features(one) for one in linked]
        right += [float(matched.get(i, False)) for i in range(len(linked))]
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
