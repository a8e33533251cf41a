"""The neural network's side of the language model: pieces go in, scores come out; onnxruntime and numpy alone.

An article is read in windows of consecutive paragraphs. Each window runs by itself: the 8-bit network scales its
numbers by what is in the batch, so a batch of several articles would make their analyses depend on each other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.errors import DetenteError
from detente.language.trees import ROOT, best_tree

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]
SIZE = 256
# A window whose whole paragraphs fill this share of it holds no part of the next one, so that hardly a piece is read
# twice: 4 % of the pieces instead of 13, and e2e F1 on PolNeAR dev 0.3 points higher.
FULL = 0.7


class Article(NamedTuple):
    """All pieces of an article, paragraph after paragraph, as the network reads them."""

    ids: Whole
    shapes: Whole
    quotes: Whole


class Window(NamedTuple):
    """Which pieces of the article a window holds, and at which of its positions.

    Args:
        first, last: half-open range of the article's pieces.
        places: position in the window of each of them.
    """

    first: int
    last: int
    places: NDArray[np.intp]


class Scores(NamedTuple):
    """What the network says of one window; the columns of `training.model.Outputs`, without the batch."""

    boundary: Floats
    tag: Floats
    lemma: NDArray[np.int32]
    arc: Floats
    dependent: Floats
    governor: Floats
    name: Floats
    role: Floats
    source: Floats
    content: Floats
    speech: Floats


class Encoder:
    """The ONNX file, opened.

    Args:
        path: of the file.

    Raises:
        DetenteError: onnxruntime is not installed.
    """

    def __init__(self, path: Path) -> None:
        # onnxruntime's wheels have carried telemetry since 1.29: it is off before the import.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        try:
            onnxruntime: Any = import_module("onnxruntime")
        except ImportError as error:
            # A dependency, yet not built for every platform that Python runs on.
            raise DetenteError("the language model needs onnxruntime, which is not installed", "pip install onnxruntime") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # onnxruntime's joined sum and normalisation is eight times slower than its normalisation alone.
        self._session: Any = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
        )
        self.notes: dict[str, str] = dict(self._session.get_modelmeta().custom_metadata_map)
        self.labels: dict[str, list[str]] = json.loads(self.notes["labels"])
        # Weights of the confidence curve; a file that was never calibrated has none.
        self.calibration: list[float] = json.loads(self.notes.get("calibration", "[]"))
        self.vocabulary = self.notes["vocabulary"].split("\n")
        self._start = self.vocabulary.index("[CLS]")
        # What stands between paragraphs: the separator, without shape or quotation.
        self._between = (self.vocabulary.index("[SEP]"), 0, 0)
        one = np.ones((1, 1), dtype=np.int64)
        weight, bias = self._session.run(
            ["relation_weight", "relation_bias"], {"ids": one, "shapes": one, "quotes": one}
        )
        self._relation_weight, self._relation_bias = weight.T.copy(), bias

    def scores(self, window: Window, article: Article) -> Scores:
        """Runs one window of an article."""
        length = int(window.places[-1]) + 1
        columns = []
        for column, between in zip(article, self._between, strict=True):
            columns.append(np.full(length, between, dtype=np.int64))
            columns[-1][window.places] = column[window.first : window.last]
        columns[0][0] = self._start
        return self.run(*columns)

    def run(self, ids: Whole, shapes: Whole, quotes: Whole) -> Scores:
        """Runs the network on the columns of one window, start piece and separators included."""
        feed = {"ids": ids[None], "shapes": shapes[None], "quotes": quotes[None]}
        return Scores(*(value[0] for value in self._session.run(list(Scores._fields), feed)))

    def tree(self, scores: Scores, where: NDArray[np.intp]) -> tuple[list[int], list[str]]:
        """The tree over words that begin at some positions of a window.

        Args:
            scores: of the window.
            where: position of each word.

        Returns:
            the head of each word, as an index among these words (`ROOT` for the root), and its relation.
        """
        arcs = scores.arc[where].astype(np.float64)
        heads = best_tree(arcs[:, where], arcs[:, 0])
        governors = np.array([0 if head == ROOT else where[head] for head in heads], dtype=np.intp)
        found = self.relations(scores, where, governors)
        names = self.labels["relations"]
        found[:, names.index("root")] = -np.inf
        best = [names[number] for number in found.argmax(axis=1).tolist()]
        return heads, ["root" if head == ROOT else name for head, name in zip(heads, best, strict=True)]

    def relations(self, scores: Scores, dependents: NDArray[np.intp], heads: NDArray[np.intp]) -> Floats:
        """Scores of each relation for chosen arcs between positions of a window: (arcs, relations)."""
        hidden = _gelu(scores.dependent[dependents] + scores.governor[heads])
        return np.asarray(hidden @ self._relation_weight + self._relation_bias)


def windows(lengths: Sequence[int], size: int = SIZE) -> Iterator[Window]:
    """Windows of consecutive paragraphs, each as full as can be.

    Args:
        lengths: pieces of each paragraph.
        size: positions in a window, separators and the start piece included.

    A window begins with the first paragraph that the one before did not hold whole; in a paragraph too long for one
    window, they move on by half. To begin one paragraph earlier won 0.2 points of e2e F1 on PolNeAR dev, for a fifth
    of the speed.
    """
    lengths = [length for length in lengths if length]
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(int)
    total, paragraph, skipped = int(offsets[-1]), 0, 0
    while paragraph < len(lengths):
        window, whole = _window(offsets, paragraph, skipped, size)
        yield window
        if window.last >= total:
            return
        if whole == paragraph:  # not even one whole paragraph: on within it
            skipped += (size - 1) // 2
        else:
            paragraph, skipped = whole, 0


def _window(offsets: NDArray[np.int_], paragraph: int, skipped: int, size: int) -> tuple[Window, int]:
    """The window from a piece of a paragraph, and the first paragraph that it does not hold to its end."""
    first = at = int(offsets[paragraph]) + skipped
    places: list[NDArray[np.intp]] = []
    position = 1
    while paragraph < len(offsets) - 1:
        end = int(offsets[paragraph + 1])
        taken = min(end - at, size - position)
        if at + taken < end and at - first >= FULL * size:  # full enough with the whole ones
            break
        places.append(np.arange(position, position + taken))
        at += taken
        position += taken + 1
        if at < end:
            break
        paragraph += 1
        if position >= size:
            break
    return Window(first, at, np.concatenate(places)), paragraph


def _gelu(x: Floats) -> Floats:
    """x · Φ(x), with the error function to 1.5e-7 (formula 7.1.26 of [Abramowitz1964])."""
    z = np.abs(x) * np.float32(0.7071067811865476)
    t = 1 / (1 + np.float32(0.3275911) * z)
    poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.sign(x) * (1 - poly * np.exp(-z * z))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)
