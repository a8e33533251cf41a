"""The country an article is written in, where nobody has said: from its spelling, its money and its bodies.

"The PM" is whoever holds the office at home. Where the outlet's country is not given, the article itself often
tells: by the seats of government and the news media it names, by sums in pounds, and by a spelling that fits them. The
answer is a guess with its reason, and none where the signs are few or disagree.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from detente.actors.names import fold
from detente.actors.registry import Registry
from detente.language.analysis import Analysis

# Spellings that differ across the Atlantic, and the full stop that American papers set after Mr.
_BRITISH = re.compile(r"\b(?:defence|offence|labour|favour|honour|centre|programme|colour|neighbour|behaviour|rumour)\b|\b(?:Mr|Mrs|Ms|Dr)\s(?=[A-Z])")
_AMERICAN = re.compile(r"\b(?:defense|offense|labor|favor|honor|center|program|color|neighbor|behavior|rumor)\b|\b(?:Mr|Mrs|Ms|Dr)\.\s(?=[A-Z])")
# Who spells so: a spelling speaks only for a country that another sign names.
_SPELLERS = {"British": frozenset({"GB", "IE", "AU", "NZ", "IN", "ZA"}), "American": frozenset({"US"})}
_LEAST = 4  # distinct signs
_LEAD = 2.0  # how many times as many as the next country


class Home(NamedTuple):
    """ISO 3166-1 alpha-2 of the country, and why."""

    country: str
    reason: str


def home_of(analysis: Analysis, registry: Registry) -> Home | None:
    """The country an article is written in, as far as its own words tell; `None` unknown."""
    signs = _bodies(analysis, registry)
    if "£" in analysis.text:
        signs.setdefault("GB", set()).add("£")
    spelt = {"British": set(_BRITISH.findall(analysis.text)), "American": set(_AMERICAN.findall(analysis.text))}
    for spelling, countries in _SPELLERS.items():
        for country in countries & signs.keys():
            signs[country] |= {f"{form.strip()!r}" for form in spelt[spelling]}
    ranked = sorted(((len(shown), country) for country, shown in signs.items()), reverse=True)
    if not ranked or ranked[0][0] < _LEAST or (len(ranked) > 1 and ranked[0][0] < _LEAD * ranked[1][0]):
        return None
    country = ranked[0][1]
    return Home(country, f"no country was given; {country} by its signs in the article ({', '.join(sorted(signs[country])[:5])})")


def _bodies(analysis: Analysis, registry: Registry) -> dict[str, set[str]]:
    """The seats of government and the news media that the article names, by country."""
    signs: dict[str, set[str]] = {}
    for name in analysis.names:
        for key in registry.organisations_by_name.get(fold(name.span.of(analysis.text)), ()):
            body = registry.organisations[key]
            if body.type in {"government", "media"} and body.country:
                signs.setdefault(body.country, set()).add(body.name)
    return signs
