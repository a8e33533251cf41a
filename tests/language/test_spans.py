"""Spans under BIO scores: the best allowed path, against every path of short texts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.spans import Tagged, best_spans

LABELS = ["O", "B0", "I0", "B1", "I1"]


def rows(*labels: str, sure: float = 0.9) -> np.ndarray:
    out = np.full((len(labels), len(LABELS)), (1 - sure) / (len(LABELS) - 1), dtype=np.float32)
    for at, label in enumerate(labels):
        out[at, LABELS.index(label)] = sure
    return out


def spans(found: list[Tagged]) -> list[tuple[int, int, int]]:
    return [(span.first, span.last, span.type) for span in found]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("", []),
        ("O O", []),
        ("B0", [(0, 1, 0)]),
        ("B0 I0 O", [(0, 2, 0)]),
        ("O B1 I1 I1", [(1, 4, 1)]),
        ("B0 B0", [(0, 1, 0), (1, 2, 0)]),
        ("B0 I0 B1 I1", [(0, 2, 0), (2, 4, 1)]),
        ("O B1 O B0 I0", [(1, 2, 1), (3, 5, 0)]),
    ],
)
def test_spans(labels: str, expected: list[tuple[int, int, int]]) -> None:
    scores = rows(*labels.split()) if labels else np.zeros((0, len(LABELS)), dtype=np.float32)
    assert spans(best_spans(scores)) == expected


def test_a_span_never_begins_with_inside() -> None:
    assert all(span.last > span.first for span in best_spans(rows("O", "I0", "I0", "O")))
    assert spans(best_spans(rows("I0", "I0"))) == [(0, 2, 0)]


def test_a_weak_gap_is_bridged_by_what_follows() -> None:
    scores = rows("B0", "I0", "O", "I0", "I0")
    scores[2] = [0.4, 0.1, 0.3, 0.1, 0.1]
    assert spans(best_spans(scores)) == [(0, 5, 0)]


def test_probability_is_the_mean_of_the_type() -> None:
    (found,) = best_spans(rows("O", "B0", "I0", sure=0.8))
    assert found.probability == pytest.approx(0.85, abs=1e-6)


def allowed(path: tuple[int, ...]) -> bool:
    return all(
        label == 0 or label % 2 == 1 or (k > 0 and path[k - 1] in (label, label - 1)) for k, label in enumerate(path)
    )


def as_spans(path: tuple[int, ...]) -> list[tuple[int, int, int]]:
    out: list[tuple[int, int, int]] = []
    for at, label in enumerate(path):
        if label % 2 == 1:
            out.append((at, at + 1, label // 2))
        elif label:
            out[-1] = (out[-1][0], at + 1, out[-1][2])
    return out


@given(st.lists(st.lists(st.integers(1, 50), min_size=5, max_size=5), min_size=1, max_size=5))
def test_no_allowed_path_is_likelier(weights: list[list[int]]) -> None:
    scores = np.array(weights, dtype=np.float32)
    scores /= scores.sum(axis=1, keepdims=True)
    logs = np.log(scores + 1e-9)

    def total(path: tuple[int, ...]) -> float:
        return float(sum(logs[k, label] for k, label in enumerate(path)))

    paths = [path for path in itertools.product(range(5), repeat=len(scores)) if allowed(path)]
    best = max(map(total, paths))
    found = spans(best_spans(scores))
    assert any(as_spans(path) == found and total(path) >= best - 1e-4 for path in paths)
