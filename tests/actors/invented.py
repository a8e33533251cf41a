"""A registry of invented states and their people on top of the packaged one, and articles read with it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from detente.actors.cast import Cast, Mention
from detente.actors.casting import cast_of
from detente.actors.registry import Registry
from detente.language.simple import SimpleLanguage
from detente.records import Article

DAY = "2031-05-14"
FILES = {
    "states.csv": """id,name,aliases,demonyms,capital,qid
XL,Keld,,Keldish|Keldings,Keldhaven,
XM,Marland,Republic of Marland,Marlandic|Marlanders,Mardon,
XO,Ostrava,,Ostravan|Ostravans,Ostragrad,
""",
    "people/all.csv": """id,name,aliases,gender,country,qid
ana-velkova,Ana Velkova,,f,XO,
ivo-haik,Ivo Haik,,m,XM,
lena-haik,Lena Haik,,f,XM,
marek-sonn,Marek Sonn,,m,XL,
pia-lund,Pia Lund,,f,XO,
stan-oster,Stan Oster,,m,XO,
teodor-brandt,Teodor Brandt,,m,XL,
tomas-reyl,Tomas Reyl,,m,XO,
""",
    "organisations.csv": """id,name,type,country,aliases,qid
keld-union,Keld Union,bloc,,,
long-hall,Long Hall,government,XO,,
mardon-court,Mardon Court,government,XM,,
ostragrad-herald,Ostragrad Herald,media,XO,,
ostravan-radio,Ostravan Radio,media,XO,,
the-sentinel,Ostragrad Sentinel,media,XO,,
""",
    "offices/all.csv": """person,title,role,of,from,until,source,checked_on
stan-oster,President,head_of_state,XO,2020-01-01,2028-01-01,Gazette of Ostrava,2028-01-01
ana-velkova,President,head_of_state,XO,2028-01-01,,Gazette of Ostrava,2031-05-01
tomas-reyl,Prime Minister,head_of_government,XO,2029-01-01,,Gazette of Ostrava,2031-05-01
pia-lund,Foreign Minister,foreign_minister,XO,2029-01-01,,Gazette of Ostrava,2031-05-01
ivo-haik,President,head_of_state_and_government,XM,2027-01-01,,Gazette of Marland,2031-05-01
lena-haik,Foreign Minister,foreign_minister,XM,2027-01-01,,Gazette of Marland,2031-05-01
teodor-brandt,Prime Minister,head_of_government,XL,2030-01-01,,Gazette of Keld,2031-05-01
marek-sonn,Foreign Minister,foreign_minister,XL,2030-01-01,,Gazette of Keld,2031-05-01
""",
}


@cache
def registry() -> Registry:
    """The packaged registry with the invented rows added."""
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in FILES.items():
            file = Path(folder) / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(rows, encoding="utf-8")
        return Registry.load(extra=Path(folder))


def cast(text: str, published: str | None = DAY, country: str | None = "XO") -> Cast:
    """The cast of a made article: of Ostrava, on a day in 2031, unless told otherwise."""
    article = Article.of(text, "made.txt", published=published, country=country)
    return cast_of(article, SimpleLanguage().analyse(text), registry())


def told(text: str, published: str | None = DAY, country: str | None = "XO") -> list[str]:
    """The mentions as "words = name", "?" for somebody who could not be told."""
    found = cast(text, published, country).mentions
    return [f"{m.span.of(text)} = {m.actor.name if m.actor else '?'}" for m in found]


def mention(text: str, words: str, **more: str | None) -> Mention:
    """The first mention with these words."""
    return next(m for m in cast(text, **more).mentions if m.span.of(text) == words)
