"""Made articles, and readers of shards that fail, die or hang where a text says so."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from detente.archives.plan import Plan, cut
from detente.archives.shard import Report, read_shard
from detente.errors import RecordError
from detente.language.simple import SimpleLanguage
from detente.reading.reader import Reading, read_article
from detente.records import Article

ENGLISH = "President Ana Velkova of Ostrava said on Monday that the talks with Marland had failed. Number {n}."


def articles(count: int, marks: dict[int, str] | None = None) -> list[Article]:
    """Articles of one sentence or two; `marks` puts a word into some."""
    texts = [f"{ENGLISH.format(n=n)} {(marks or {}).get(n, '')}".strip() for n in range(count)]
    return [
        Article.of(text, f"made/{n}.txt", published="2025-03-03", country="GB", authors=("Ivo Stan", "Lena Haik")[: n % 3])
        for n, text in enumerate(texts)
    ]


def archive_of(folder: Path, found: Iterable[Any], size: int = 4) -> Plan:
    """An archive that is cut and not read."""
    return cut(folder, ("made",), found, {"size": str(size)}, size=size)


def read_one(article: Article, *, language: Any, registry: Any) -> Reading:
    """Reads by the rules alone, and does what the text says: FAIL, BUG, DIE, HANG."""
    if "FAIL" in article.text:
        raise RecordError("told to fail")
    if "BUG" in article.text:
        raise ZeroDivisionError("told to break")
    if "DIE" in article.text:
        os._exit(3)
    if "HANG" in article.text:
        time.sleep(600)
    return read_article(article, language=SimpleLanguage(), registry=registry)


# What a process reads shards with: a function of this module, since processes are spawned.
reads: Callable[..., Report] = partial(read_shard, reader=read_one)
