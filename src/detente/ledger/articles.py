"""One text met twice: the same article with more known about it, or a copy in another outlet."""

from __future__ import annotations

from detente.records import Article, Copy

_KNOWN_LATER = ("title", "authors", "publisher", "country", "published", "retrieved", "version_of")


def merged(stored: Article, given: Article) -> tuple[Article, bool]:
    """What the ledger knows of an article once the same text is given again.

    Args:
        stored: what the ledger has.
        given: what is given now, with the same text.

    Returns:
        The article to keep, and whether what was given is a copy from elsewhere.
    """
    if is_elsewhere(stored, given):
        copy = Copy(origin=given.origin, publisher=given.publisher, published=given.published)
        return stored.replace(copies=tuple(dict.fromkeys((*stored.copies, copy)))), True
    known = {name: getattr(given, name) for name in _KNOWN_LATER if getattr(given, name) not in (None, ())}
    copies = tuple(dict.fromkeys((*stored.copies, *given.copies)))
    return stored.replace(**known, language=given.language, status=given.status, copies=copies), False


def is_elsewhere(stored: Article, given: Article) -> bool:
    """Whether the same text was found in another place: under another name, or in another outlet.

    A file that has only moved to another folder is the same article.
    """
    if stored.origin == given.origin:
        return False
    other_outlet = None not in (stored.publisher, given.publisher) and stored.publisher != given.publisher
    return other_outlet or _last_part(stored.origin) != _last_part(given.origin)


def _last_part(origin: str) -> str:
    return origin.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
