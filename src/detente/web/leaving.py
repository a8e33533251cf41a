"""What may leave the house: a copy of a ledger without what nobody accepted, and without a path of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

from detente.ledger import Ledger
from detente.ledger.rows import article_row
from detente.records import Article
from detente.web.security import LOCAL

WITHHELD = "outlet unknown"
"""What stands for an article's origin that is a path of the machine that read it, and so for an outlet of no name."""
_UNNAMED = """UPDATE records SET proposal = NULL,
    value = json_set(value, '$.according_to.id', ?, '$.according_to.name', ?)
    WHERE json_extract(value, '$.according_to.kind') = 'outlet'
    AND article IN (SELECT id FROM articles WHERE publisher IS NULL)"""
_ACCEPTED = ("accepted", "edited", "disputed")


@contextmanager
def leaving(ledger: Ledger, *, include_unreviewed: bool = False) -> Iterator[Path]:
    """A ledger's file that holds what may be shown outside, for as long as the context lasts.

    Rejected records stay out in any case, and so do articles that no record rests on. The ledger itself is not changed.

    Args:
        ledger: what it is taken from.
        include_unreviewed: whether records that no person has judged go along; whoever shows them must say so.
    """
    with TemporaryDirectory(prefix="detente-") as folder:
        path = Path(folder) / "ledger.db"
        ledger.backup(path)
        with Ledger.open(path) as copy, copy.connection.writing():
            _clean(copy, (*_ACCEPTED, "proposed") if include_unreviewed else _ACCEPTED)
        yield path


def public_origin(origin: str) -> str:
    """An address that others can reach, without a name or password in it; of anything else that it is withheld."""
    try:
        parts = urlsplit(origin)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return WITHHELD
    if parts.scheme not in ("http", "https") or host in LOCAL or "." not in host:
        return WITHHELD
    return urlunsplit((parts.scheme, host + port, parts.path, parts.query, ""))


def _clean(copy: Ledger, kept: tuple[str, ...]) -> None:
    """Take out of a copy what is not to be seen. What guards a ledger that people work with is of no use here; counts are."""
    run = copy.connection.run
    for name in copy.connection.column("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'tallies%'"):
        run(f'DROP TRIGGER "{name}"')
    run(f"DELETE FROM records WHERE review NOT IN ({', '.join('?' * len(kept))})", kept)
    run("DELETE FROM articles WHERE id NOT IN (SELECT article FROM records)")
    run("DELETE FROM weighings")
    left = frozenset(copy.connection.column("SELECT id FROM records UNION ALL SELECT id FROM articles"))
    clusters = [c.replace(members=tuple(m for m in c.members if m in left)) for c in copy.clusters()]
    run("DELETE FROM clusters")
    copy.save_clusters(c for c in clusters if len(c.members) > 1)
    # An outlet of no name is called by the file that was read.
    run(_UNNAMED, (WITHHELD, WITHHELD))
    for article in list(copy.articles):
        row = article_row(_without_paths(article))
        run("UPDATE articles SET origin = ?, json = ? WHERE id = ?", (row["origin"], row["json"], article.id))


def _without_paths(article: Article) -> Article:
    copies = tuple(c.replace(origin=public_origin(c.origin)) for c in article.copies)
    return article.replace(origin=public_origin(article.origin), copies=copies)
