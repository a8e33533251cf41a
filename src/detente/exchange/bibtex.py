"""BibTeX: the articles that records rest on, as a bibliography in BibLaTeX's entry type for the web, `@online`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

from detente.exchange.base import ACCEPTED, Account, by_article, web_address
from detente.ledger import Ledger
from detente.records import AnyRecord, Article, Record

# What TeX would take for a command or a mark of its own, and how it prints the character itself.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_KEY = 8  # characters of an article's sha256 in its key: two of a million articles of one outlet and year seldom meet


class Bibtex:
    """Writes a bibliography in UTF-8, one entry an article, in the order of the ledger."""

    name = "bibtex"
    extension = ".bib"
    binary = False
    omits = (
        "the records themselves, with their words, according_to, factuality, hearsay and review: each entry counts them",
        "the articles' texts and where else they were printed",
    )

    def write(self, ledger: Ledger, stream: IO[bytes], records: Iterable[AnyRecord] | None = None) -> Account:
        """Write the articles of the records, or all articles of the ledger."""
        account = Account()
        with ledger.connection.snapshot():
            for article, found in _articles(ledger, records):
                stream.write(entry(article, *_counted(found, account)).encode())
        return account


def entry(article: Article, records: int, accepted: int) -> str:
    """An article as an entry.

    Args:
        records: how many records of it are exported.
        accepted: how many of those a person has accepted.
    """
    fields = {
        "title": f"{{{_plain(article.name)}}}",  # the second braces keep capitals
        "author": " and ".join(f"{{{_plain(name)}}}" for name in article.authors),
        "organization": _plain(article.publisher or ""),
        "date": article.published or "",
        "urldate": _plain(article.retrieved or ""),
        "langid": _plain(article.language),
        **_address(article),
        "note": f"{records} records, {accepted} of them accepted by a person; sha256 {article.id}",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@online{{{key(article)},\n{''.join(lines)}}}\n\n"


def _address(article: Article) -> dict[str, str]:
    """An address of the web as it is but for what would end the field; a file's name as printed words."""
    address = web_address(article)
    return {"url": address} if address else {"howpublished": _plain(article.origin)}


def key(article: Article) -> str:
    """The entry's key: outlet, year and the beginning of the text's sha256, which tells it apart."""
    outlet = "".join(re.findall(r"[a-z0-9]+", (article.publisher or "article").casefold()))
    return f"{outlet or 'article'}{(article.published or '')[:4]}-{article.id[:_KEY]}"


def _articles(
    ledger: Ledger, records: Iterable[AnyRecord] | None
) -> Iterator[tuple[Article, Iterable[Record]]]:
    if records is not None:
        yield from by_article(ledger, records, Record)
    else:  # those without a record too
        yield from ((article, ledger.records().where(article=article)) for article in ledger.articles)


def _counted(records: Iterable[Record], account: Account) -> tuple[int, int]:
    number = accepted = 0
    for record in records:
        account.wrote(record)
        number += 1
        accepted += record.review in ACCEPTED
    return number, accepted


def _plain(text: str) -> str:
    """A text on one line with nothing in it that TeX would act on."""
    return "".join(_SPECIAL.get(c, c) for c in " ".join(text.split()))
