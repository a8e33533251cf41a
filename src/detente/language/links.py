"""From scores to attributions: which words are content, cue and source, and which belong together.

The network scores each piece by itself. Two things that it cannot know for certain are enforced here: a quotation
is never split, and it is never shared (each content has one cue).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.language.analysis import Quotation
from detente.language.encoder import Scores, Window
from detente.language.spans import Tagged, best_spans

Floats = NDArray[np.float32]
SOURCE, CUE, CONTENT = range(3)
B_CUE, B_CONTENT, I_CONTENT = 3, 5, 6
# A piece less likely than this to begin a cue is none: its links are not kept.
CUE_FLOOR = 0.02


class LinkTable(NamedTuple):
    """The links of one window, for the pieces that may begin a cue.

    Args:
        first: the window's first piece.
        cues: the article's pieces, (cues,).
        source: probability of each piece of the window as the first of the cue's source: (cues, pieces).
        content: probability of each piece as the first of one of its contents: (cues, pieces).
        speech: probability that the cue is one of speech: (cues,).
    """

    first: int
    cues: NDArray[np.intp]
    source: Floats
    content: Floats
    speech: Floats


class Linked(NamedTuple):
    """An attribution over pieces, with what the network makes of it.

    Args:
        contents, cue, source: the spans; no source where none is likelier than any.
        link: mean probability that the contents are the cue's.
        sourced: probability of the source, or of none.
        speech: probability of speech.
    """

    contents: tuple[Tagged, ...]
    cue: Tagged
    source: Tagged | None
    link: float
    sourced: float
    speech: float


def link_table(window: Window, scores: Scores, roles: Floats) -> LinkTable:
    """Keeps what the links of a window say of possible cues.

    Args:
        window: where the scores come from.
        scores: of the window.
        roles: its role probabilities by position.
    """
    rows = window.places[roles[window.places, B_CUE] > CUE_FLOOR]
    raised = np.exp(scores.source[rows] - scores.source[rows].max(axis=1, keepdims=True, initial=-1e9))
    source = raised / raised.sum(axis=1, keepdims=True)
    return LinkTable(
        first=window.first,
        cues=window.first + np.searchsorted(window.places, rows),
        source=source[:, window.places],
        content=_sigmoid(scores.content[rows][:, window.places]),
        speech=_sigmoid(scores.speech[rows]),
    )


def keep_quotations_whole(
    roles: Floats, quotations: Iterable[Quotation], starts: Sequence[int], least: float = 0.5
) -> None:
    """Makes each quotation content or not content as a whole, by the mean of its pieces; changes `roles`.

    Args:
        roles: role probabilities by piece.
        quotations: those of the text; nested ones go with the outer.
        starts: first code point of each piece, rising.
        least: a quotation is content from this mean probability.
    """
    places = np.asarray(starts)
    for quotation in quotations:
        if quotation.depth:
            continue
        edges = [tuple(np.searchsorted(places, part)) for part in quotation.spans]
        inside = np.concatenate([np.arange(first, last) for first, last in edges])
        if not len(inside):
            continue
        said = roles[inside, B_CONTENT] + roles[inside, I_CONTENT]
        if said.mean() >= least:
            for first, last in edges:
                begin = roles[first, B_CONTENT] / max(float(roles[first, B_CONTENT:].sum()), 1e-6)
                roles[first:last] = 0
                roles[first:last, I_CONTENT] = 1
                roles[first, B_CONTENT], roles[first, I_CONTENT] = begin, 1 - begin
        else:
            roles[inside, 0] += said
            roles[inside, B_CONTENT:] = 0


def linked(roles: Floats, tables: Sequence[LinkTable], least: float) -> list[Linked]:
    """The attributions: each content goes to the cue that claims it most.

    Args:
        roles: role probabilities by piece.
        tables: the links of each window.
        least: a content whose best cue claims it less has none, and is dropped.
    """
    spans = best_spans(roles)
    claims = _Claims(tables)
    sources = [span for span in spans if span.type == SOURCE]
    cues = {span.first: span for span in spans if span.type == CUE}
    own: dict[int, list[tuple[float, Tagged]]] = {}
    for content in (span for span in spans if span.type == CONTENT):
        claimed = [(share, -cue) for cue, share in claims.on(content.first).items() if cue in cues]
        best, cue = max(claimed, default=(0.0, 0))
        if claimed and best >= least:
            own.setdefault(-cue, []).append((best, content))
    out = []
    for first, parts in own.items():
        sourced, source = claims.source(first, sources)
        out.append(
            Linked(
                contents=tuple(content for _, content in parts),
                cue=cues[first],
                source=source,
                link=sum(share for share, _ in parts) / len(parts),
                sourced=sourced,
                speech=claims.speech(first),
            )
        )
    return sorted(out, key=lambda found: found.contents[0].first)


class _Claims:
    """The link tables, asked by piece; where windows overlap, their mean.

    Args:
        tables: in the order of their windows.
    """

    def __init__(self, tables: Sequence[LinkTable]) -> None:
        self._tables = tables
        self._firsts = [table.first for table in tables]
        self._rows: dict[int, list[tuple[LinkTable, int]]] = {}
        for table in tables:
            for row, cue in enumerate(table.cues.tolist()):
                self._rows.setdefault(cue, []).append((table, row))

    def on(self, piece: int) -> dict[int, float]:
        """How much each cue claims the content that begins with a piece."""
        found: dict[int, list[float]] = {}
        for number in range(bisect_right(self._firsts, piece) - 1, -1, -1):
            table = self._tables[number]
            if piece >= table.first + table.content.shape[1]:
                break
            for cue, share in zip(table.cues.tolist(), table.content[:, piece - table.first].tolist(), strict=True):
                found.setdefault(cue, []).append(share)
        return {cue: sum(shares) / len(shares) for cue, shares in found.items()}

    def source(self, cue: int, sources: Sequence[Tagged]) -> tuple[float, Tagged | None]:
        """The source with the largest share of a cue's, or none where that is likelier; with the share.

        Args:
            cue: its first piece.
            sources: in the order of the text.
        """
        shares: dict[int, list[float]] = {}
        none = []
        for table, row in self._rows[cue]:
            width = table.source.shape[1]
            low = bisect_left(sources, table.first, key=lambda span: span.first)
            high = bisect_left(sources, table.first + width, key=lambda span: span.first)
            for number in range(low, high):
                share = float(table.source[row, sources[number].first - table.first])
                shares.setdefault(number, []).append(share)
            none.append(1.0 - float(table.source[row].sum()))
        missing = sum(none) / len(none)
        best, number = max(((sum(s) / len(s), -n) for n, s in shares.items()), default=(0.0, 0))
        return (best, sources[-number]) if shares and best > missing else (missing, None)

    def speech(self, cue: int) -> float:
        """How likely the cue is one of speech."""
        found = [float(table.speech[row]) for table, row in self._rows[cue]]
        return sum(found) / len(found)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float32)
