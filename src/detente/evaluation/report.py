"""What an evaluation gives: figures by name, and what could not be measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from detente.evaluation.scoring import Counts, f1


class Figure(msgspec.Struct, frozen=True):
    """One measured figure, in per cent.

    Args:
        part: of the evaluation: trees, names …
        reader: what was measured: the model alone, the joint language part, or reading as a whole.
        corpus: on what.
        measure: which.
        value: in per cent.
        low, high: the middle 95 per cent of a bootstrap over documents; `None` with one document.
        documents: how many have anything to measure.
        of: how many things the gold has.
    """

    part: str
    reader: str
    corpus: str
    measure: str
    value: float
    low: float | None
    high: float | None
    documents: int
    of: int

    @property
    def name(self) -> str:
        """As floors name it: `model.trees.ewt.raw_LAS`."""
        return f"{self.reader}.{self.part}.{self.corpus}.{self.measure}"

    @property
    def score(self) -> str:
        """The value with its interval."""
        return f"{self.value:.1f}" + (f" ({self.low:.1f}–{self.high:.1f})" if self.low is not None else "")


class Report(msgspec.Struct, frozen=True):
    """All that was measured.

    Args:
        version: of the model.
        figures: in the order in which they were taken.
        missing: by part that was not there, where it was looked for.
    """

    version: str
    figures: tuple[Figure, ...]
    missing: Mapping[str, str]


class Gathered:
    """Counts of one corpus while its documents come in, by reader and measure.

    Args:
        part: of the evaluation.
        corpus: the corpus's name.
    """

    def __init__(self, part: str, corpus: str) -> None:
        self._part, self._corpus = part, corpus
        self._counts: dict[tuple[str, str], list[Counts]] = {}

    def add(self, reader: str, counts: Mapping[str, Counts], prefix: str = "") -> None:
        """The counts of one document."""
        for measure, count in counts.items():
            self._counts.setdefault((reader, prefix + measure), []).append(count)

    def figures(self) -> Iterable[Figure]:
        """What they come to; of what was neither there nor found, nothing can be said."""
        order = list(dict.fromkeys(reader for reader, _ in self._counts))
        for (reader, measure), counts in sorted(
            self._counts.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        ):
            if not any(count.predicted or count.gold for count in counts):
                continue
            value, low, high = f1(counts)
            things = sum(count.gold for count in counts)
            yield Figure(self._part, reader, self._corpus, measure, value, low, high, len(counts), things)
