"""What a given name suggests of who "he" or "she" may be.

`data/given_names.csv` has common given names that are nearly always a man's or nearly always a woman's; names of
both, such as Leslie or Jean, are left out. It only narrows whom a pronoun can stand for, and is kept in no record.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _genders() -> Mapping[str, str]:
    table = files("detente.actors").joinpath("data/given_names.csv").read_text(encoding="utf-8")
    return {row["name"].lower(): row["gender"] for row in csv.DictReader(table.splitlines())}


def likely_gender(name: str) -> str | None:
    """The gender that the first of a person's names suggests, "f" or "m"; `None` where it tells nothing.

    Args:
        name: a person's name of at least two words, without titles.
    """
    first, _, rest = name.partition(" ")
    return _genders().get(first.lower()) if rest else None
