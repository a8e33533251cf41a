"""Terms as a 0/1 matrix by the provisions of the UCDP Peace Agreement Dataset (Harbom, Högbladh and Wallensteen 2006).

A row is what one article says at one status and factuality: terms that are agreed and terms that are floated or only supposed are
never in one row. 1 is a term that was read; 0 is that none was, which is not that the deal lacks it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import IO, Any, get_args

from detente.exchange.base import ACCEPTED, Account, by_article, whose_word
from detente.exchange.csv import inert, text_of
from detente.ledger import Ledger
from detente.records import AnyRecord, Article, Term, TermCategory

# Our categories that are provisions of the dataset, by the names of its variables.
UCDP: dict[TermCategory, str] = {
    "ceasefire": "cease", "disarmament": "ddr", "withdrawal": "withd", "elections": "elections", "power_sharing": "shagov",
    "autonomy": "aut", "referendum": "ref", "amnesty": "amn", "prisoners": "pris", "refugees": "return",
}  # fmt: skip
# Those that it has no variable for, or only a narrower one (monitoring by a peacekeeping operation, or by a commission).
OTHERS: tuple[TermCategory, ...] = tuple(c for c in get_args(TermCategory) if c not in UCDP)
PROVISIONS = (*UCDP.values(), *(f"other_{category}" for category in OTHERS))
ABOUT = (
    "source", "outlet", "published", "title", "article", "status", "factuality", "terms", "accepted", "unsorted", "hearsay", "according_to", "ids",
)  # fmt: skip


class Ucdp:
    """Writes the matrix as CSV, a row an article, status and factuality."""

    name = "ucdp"
    extension = ".csv"
    binary = False
    omits = (
        "records that are not terms, terms that the words deny and those that a person rejected",
        "the review of each term: accepted counts those that a person stands behind",
        "the terms' words, and who proposes, accepts or rejects them: the column ids leads to them",
        "provisions of UCDP that no category of term stands for: they have no column, for 0 would be untrue",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write the matrix of the terms among the records, or of all terms of the ledger."""
        account = Account()
        with ledger.connection.snapshot(), text_of(stream) as text:
            table = csv.DictWriter(text, (*ABOUT, *PROVISIONS))
            table.writeheader()
            for article, terms in by_article(ledger, records, Term):
                for found in _rows(article, _kept(terms, account)):
                    table.writerow({column: inert(value) for column, value in found.items()})
        return account


def _kept(terms: Iterable[Term], account: Account) -> list[Term]:
    kept = []
    for term in terms:
        if term.review == "rejected":
            account.leave(term, "a person rejected them")
        elif term.factuality == "negated":
            account.leave(term, "the words deny them")
        else:
            account.wrote(term)
            kept.append(term)
    return kept


def _rows(article: Article, terms: list[Term]) -> Iterator[dict[str, Any]]:
    for alike in dict.fromkeys((term.status, term.factuality) for term in terms):
        yield _row(article, [term for term in terms if (term.status, term.factuality) == alike])


def _row(article: Article, terms: list[Term]) -> dict[str, Any]:
    present = {_column(term.category) for term in terms if term.category}
    about = {
        "source": article.origin,
        "outlet": article.publisher or "",
        "published": article.published or "",
        "title": article.title or "",
        "article": article.id,
        "status": terms[0].status or "unknown",
        "factuality": terms[0].factuality,
        "terms": len(terms),
        "accepted": sum(term.review in ACCEPTED for term in terms),
        "unsorted": sum(term.category is None for term in terms),
        "hearsay": sum(term.hearsay for term in terms),
        "according_to": "; ".join(dict.fromkeys(whose_word(term, article) for term in terms)),
        "ids": "; ".join(term.id for term in terms),
    }
    return about | {column: int(column in present) for column in PROVISIONS}


def _column(category: TermCategory) -> str:
    return UCDP.get(category, f"other_{category}")
