"""One story in several articles: wire copies, cuts, edits and updates of one text.

Two articles are one story where half or more of the shorter one's runs of four words are in the other one, twenty runs at
least, and this holds as well for the outlets' own words: two reports on one speech share its quotations, and are two sources.

Measured on 700 American news articles, two by two: the copies, updates and reprints among them shared 72 to 97 %, two that
printed one transcript 52 %, all others 27 % (a site's boilerplate) and less. Of copies made of 175 of them, cut to a
quarter 98 % were looked at, with a third of the sentences dropped 98 %, with a tenth of the words changed all, with 15 %
changed 87 %, cut to 15 % of their length 87 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from detente.articles import near
from detente.ledger import views
from detente.ledger.clustering.index import ORIGIN, chunks
from detente.ledger.clustering.loading import ordinal, span_of_days
from detente.ledger.clustering.quotations import marks_of
from detente.ledger.connection import Connection
from detente.records import Article, Cluster

_SHARE = 0.5
_RUNS = 20
_WHOLE, _LEAD = 1_000, 2_000  # salts: the bands of a whole text and of its beginning


class Story:
    """An article as it is compared."""

    def __init__(self, serial: int, article: Article) -> None:
        self.serial, self.article = serial, article

    @cached_property
    def words(self) -> list[str]:
        """The words of its text."""
        return near.words(self.article.text)

    @cached_property
    def runs(self) -> near.Hashes:
        """The runs of words in its text."""
        return near.shingles(self.words)

    @cached_property
    def own(self) -> near.Hashes:
        """The runs of words outside quotation marks."""
        text, kept, last = self.article.text, [], 0
        for start, end in marks_of(text):
            kept.append(text[last:start])
            last = max(last, end)
        return near.shingles(near.words(" ".join([*kept, text[last:]])))

    @cached_property
    def keys(self) -> frozenset[int]:
        """The bands of its text and of its beginning, which an outlet that cuts keeps."""
        lead = near.sketch(near.shingles(self.words[: near.LEAD]), near.ROWS * near.LEAD_BANDS)
        found = (near.bands(near.sketch(self.runs), _WHOLE), near.bands(lead, _LEAD))
        return frozenset(np.concatenate(found).tolist())


class Stories:
    """How articles are compared; see `linking.Sameness`."""

    of = "story"

    def load(self, connection: Connection, serials: Sequence[int]) -> list[Story]:
        """The articles with these numbers."""
        source = views.articles(connection)
        return [
            Story(serial, article)
            for part in chunks(serials)
            for serial, article in source.load(list(map(int, part)))
        ]

    def serial(self, thing: Story) -> int:
        """The article's number."""
        return thing.serial

    def name(self, thing: Story) -> str:
        """The article's id."""
        return thing.article.id

    def keys(self, thing: Story) -> frozenset[int]:
        """The bands of its signatures."""
        return thing.keys

    probes = keys

    def order(self, thing: Story) -> tuple[Any, ...]:
        """The longest first."""
        return (-len(thing.runs), thing.article.published or "9999", thing.article.id)

    def same(self, one: Story, other: Story) -> bool:
        """Whether half of the shorter one's runs are in the other, quotations or not."""
        return _shared(one.runs, other.runs, _RUNS) and (
            min(len(one.own), len(other.own)) < _RUNS or _shared(one.own, other.own, 0)
        )

    def fits(self, one: Story, other: Story) -> bool:
        """Nothing speaks against two copies of one text."""
        return True

    def cluster(self, members: Sequence[Story]) -> Cluster:
        """The story, its articles in the order of publication."""
        fullest = members[0]
        least = min(near.overlap(fullest.runs, m.runs).containment for m in members[1:])
        outlets = {m.article.publisher for m in members}
        said = [
            f"{least:.0%} or more of each text’s runs of four words are in the longest one (“{fullest.article.name}”)"
        ]
        if len(outlets) == 1 and None not in outlets:
            said.append("versions in one outlet")
        said.append(span_of_days([ordinal(m.article.published) for m in members]))
        ordered = sorted(members, key=lambda m: (m.article.published or "9999", m.article.id))
        return Cluster.together(
            self.of, (m.article.id for m in ordered), reason="; ".join(said), origin=ORIGIN
        )


def _shared(one: near.Hashes, other: near.Hashes, least: int) -> bool:
    found = near.overlap(one, other).containment
    return found >= _SHARE and found * min(len(one), len(other)) >= least
