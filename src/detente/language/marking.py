"""Whole sentences, cut where the words begin and end that something rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.language.words import sentences_around


def marked_sentences(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The sentences around the spans, in pieces that together are their text.

    Args:
        text: the article's text.
        spans: code points; what overlaps a piece that came before is left to it.

    Returns:
        Each piece, and whether it lies in one of the spans. Sentences are parted by an ellipsis.
    """
    wanted = sorted(spans)
    for n, (start, end) in enumerate(sentences_around(text, wanted)):
        if n:
            yield " … ", False
        at = start
        for a, b in ((max(a, start), min(b, end)) for a, b in wanted if a < end and start < b):
            if a >= at:
                yield from ((piece, marked) for piece, marked in ((text[at:a], False), (text[a:b], True)) if piece)
                at = b
        if at < end:
            yield text[at:end], False
