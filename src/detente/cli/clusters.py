"""`detente show clusters`: what is the same in several articles, why, and where the outlets print it differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from detente.cli.common import print_csv, print_json, print_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from detente.ledger import Ledger
    from detente.records import AnyRecord, Article, Cluster, Difference

KINDS = ("event", "pledge", "statement", "story")
_COLUMNS = {
    "of": "cluster of",
    "members": "members",
    "outlets": "outlets",
    "reason": "reason",
    "differences": "differences",
    "id": "id",
}
_SHOWN_OF_ID = 12
_CALLED = {
    "wording": "they print it differently",
    "left_out": "one leaves words out",
    "brackets": "one has an editor’s words in brackets",
}


def show(ledger: Ledger, of: str | None, form: str) -> None:
    """Print clusters.

    Args:
        of: the kind; all where `None`.
        form: "json", "csv", "ids" or "text".

    Raises:
        UsageError: no such kind.
    """
    if of not in (None, *KINDS):
        raise click.UsageError(f"--type: got {of!r}, expected what a cluster is of: {', '.join(KINDS)}")
    found = ledger.clusters(of)
    if form == "json":
        print_json([c.to_dict() for c in found])
    elif form == "ids":
        click.echo("".join(f"{c.id}\n" for c in found), nl=False)
    elif form == "csv":
        print_csv((_Members(ledger, c).row for c in found), _COLUMNS)
    elif found:
        for c in found:
            print_text("\n".join([*_Members(ledger, c).lines(), ""]))
    else:
        click.echo("no clusters found")


class _Members:
    """A cluster with its members as the ledger has them."""

    def __init__(self, ledger: Ledger, cluster: Cluster) -> None:
        self.ledger, self.cluster = ledger, cluster
        self.records: dict[str, AnyRecord] = (
            {} if cluster.of == "story" else {m: ledger.get(m) for m in cluster.members}
        )
        keys = [r.article for r in self.records.values()] or list(cluster.members)
        self.articles: dict[str, Article] = {key: ledger.article(key) for key in keys}

    @property
    def outlets(self) -> Sequence[str]:
        """Who printed it, those of exact copies of a text among them."""
        copies = [c.publisher or c.origin for a in self.articles.values() for c in a.copies]
        return list(dict.fromkeys([*map(_outlet, self.articles.values()), *copies]))

    @property
    def row(self) -> dict[str, object]:
        """The cells of a table."""
        c = self.cluster
        told = "; ".join(map(self._difference, c.differences))
        return {
            "of": c.of,
            "members": len(c.members),
            "outlets": ", ".join(self.outlets),
            "reason": c.reason,
            "differences": told,
            "id": c.id,
        }

    def lines(self) -> Iterable[str]:
        """What a person reads."""
        c = self.cluster
        done = "put together" if len(c.members) > 1 else "kept apart"
        by = f"{done} by {c.origin.name if c.origin.by == 'person' else c.origin.by}"
        articles = f"{len(self.articles)} article{'s' if len(self.articles) != 1 else ''}"
        yield f"one {c.of} in {articles}: {', '.join(self.outlets)} [{c.id}]"
        yield f"  {by}: {c.reason}"
        yield from self._stories() if c.of == "story" else self._places()
        yield from (f"  {_CALLED[d.kind]}: {self._difference(d)}" for d in c.differences)

    def _stories(self) -> Iterable[str]:
        for a in self.articles.values():
            same = "".join(
                f"; the same text: {x.publisher or x.origin}, {x.published or 'date unknown'}"
                for x in a.copies
            )
            yield f"    “{a.name}” — {_outlet(a)}, {_day(a)} [{a.id[:_SHOWN_OF_ID]}]{same}"

    def _places(self) -> Iterable[str]:
        from detente.ledger.questions.places import Places
        from detente.records import Statement

        places = Places(self.ledger.connection, self.articles)
        for record in self.records.values():
            who = ""
            if isinstance(record, Statement):
                who = f"{record.speaker.name if record.speaker else 'speaker unknown'}, {record.mode}: "
            yield f"    {who}{places.of(record).line}"

    def _difference(self, difference: Difference) -> str:
        said = [(self.articles[self.records[p.record].article], p.evidence.exact) for p in difference.printed]
        once = len({_outlet(article) for article, _ in said}) > 1
        return ", ".join(
            f"{_outlet(a)}{'' if once else f' ({_day(a)})'} prints “{words}”" for a, words in said
        )


def _outlet(article: Article) -> str:
    return article.publisher or article.name


def _day(article: Article) -> str:
    return article.published or "date unknown"
