"""Which predicted and which gold words are the same: the one matching rule of all records.

What is compared is the letters and digits inside spans, as code points, so that marks and white space at the edges
change nothing. Pairs are one to one, the most alike first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

Letters = frozenset[int]
Pairs = list[tuple[int, int]]


def letters(text: str, spans: Iterable[tuple[int, int]]) -> Letters:
    """The code points of the letters and digits inside spans.

    Args:
        text: the article's.
        spans: code points.
    """
    return frozenset(
        k for start, end in spans for k in range(start, min(end, len(text))) if text[k].isalnum()
    )


def by_jaccard(predicted: Sequence[Letters], gold: Sequence[Letters], least: float) -> Pairs:
    """Pairs (predicted, gold) whose Jaccard index is at least `least`, between 0 and 1."""
    where = defaultdict(list)
    for j, there in enumerate(gold):
        for k in there:
            where[k].append(j)
    pairs = []
    for i, here in enumerate(predicted):
        for j, shared in Counter(j for k in here for j in where.get(k, ())).items():
            alike = shared / (len(here) + len(gold[j]) - shared)
            if alike >= least:
                pairs.append((alike, i, j))
    return _best(pairs)


def by_words(predicted: Sequence[Sequence[Letters]], gold: Sequence[Sequence[Letters]]) -> Pairs:
    """Pairs of records by any two of their spans: half of the shorter is shared, and the Jaccard index is at least 0.1.

    Args:
        predicted: by record, the letters of each of its spans.
        gold: the same.
    """
    pairs = []
    for j, theirs in enumerate(gold):
        for i, ours in enumerate(predicted):
            for there in theirs:
                for here in ours:
                    shared, all_of = len(here & there), len(here | there)
                    if shared >= 0.5 * max(1, min(len(here), len(there))) and shared >= 0.1 * all_of:
                        pairs.append((shared / all_of, i, j))
    return _best(pairs)


def _best(pairs: Iterable[tuple[float, int, int]]) -> Pairs:
    """One to one, the most alike first; between equals the earlier."""
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    found = []
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in taken_i and j not in taken_j:
            taken_i.add(i)
            taken_j.add(j)
            found.append((i, j))
    return found
