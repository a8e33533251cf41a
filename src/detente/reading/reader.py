"""One article is read: its words become records of every kind."""

from __future__ import annotations

import msgspec

from detente import __version__
from detente.actors.casting import cast_of
from detente.actors.registry import Registry
from detente.language import load
from detente.language.analysis import Language
from detente.reading import coalition, deal, events, pledges, positions, statements, terms
from detente.reading.page import Page
from detente.records import Actor, AnyRecord, Article, Origin, check


class Reading(msgspec.Struct, frozen=True):
    """What one article gives: its records in the order of kinds, and the actors they name."""

    article: Article
    records: tuple[AnyRecord, ...]
    actors: tuple[Actor, ...]


def read_article(article: Article, *, language: Language | None = None, registry: Registry | None = None) -> Reading:
    """Read one article. Pure: the same article gives the same records, alone or among thousands.

    Args:
        article: the article.
        language: what analyses its words; by default the best that is installed.
        registry: who held which office when; by default the packaged one.

    Raises:
        RecordError: a reader made a record that does not stand on its words; a fault in détente, not in the text.
    """
    language = language or load()
    registry = registry or Registry.load()
    analysis = language.analyse(article.text)
    origin = Origin(by="model" if language.name != "simple" else "rule", name=f"detente-{language.name}", version=f"{__version__}+{language.version}")
    page = Page(article=article, analysis=analysis, cast=cast_of(article, analysis, registry), origin=origin)
    said, speakers = statements.read(page)
    page = msgspec.structs.replace(page, statements=tuple(said))
    on_the_table = terms.read(page)
    records: list[AnyRecord] = [
        *said, *pledges.read(page), *on_the_table, *positions.read(page), *events.read(page), *coalition.read(page),
        *deal.read(page, on_the_table),
    ]  # fmt: skip
    for record in records:
        check(record, article.text)
    actors = {**page.cast.actors, **{actor.id: actor for actor in speakers}}
    return Reading(article=article, records=tuple(records), actors=tuple(actors[key] for key in sorted(actors)))
