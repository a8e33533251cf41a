"""What American papers set behind a lawmaker's name: "(D-Calif.)", ", Republican of Iowa,", "of Vermont".

`data/us_states.csv` has the states of the United States by their postal codes and the abbreviations of the press.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_LABEL = re.compile(r",? ?\(?([DRI])-(?:[A-Z][\w .]+, )?([A-Z][\w.]*(?: [A-Z][a-z]+)?)")
_OF = re.compile(r" of ([A-Z]\w+(?: [A-Z]\w+)?)")
_PARTIES = {"D": ("democrat", "democratic"), "R": ("republican",), "I": ("independent",)}


@cache
def _states() -> Mapping[str, str]:
    table = files("detente.actors").joinpath("data/us_states.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return {row[form].replace(".", ""): row["name"] for row in rows for form in ("name", "postal", "press")}


def label_behind(text: str, end: int) -> frozenset[str]:
    """Party and state of a name that ends at a code point, in lower case, as its label gives them; empty where none does."""
    if found := _LABEL.match(text, end, end + 40):
        place = _states().get(found[2].replace(".", ""), "")
        return frozenset([*_PARTIES[found[1]], *place.lower().split()])
    found = _OF.match(text, end, end + 40)
    return frozenset(found[1].lower().split()) if found else frozenset()
