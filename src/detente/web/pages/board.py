"""The deal board: terms by parties, what hangs on what, and switches that say what falls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from detente.ledger.questions import Place, Scope
from detente.ledger.questions.look import Look
from detente.records import Part
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.board import Board, BoardFact, BoardMember, BoardTerm, board
from detente.web.drawing.dependence import Box, Fate, dependence
from detente.web.filtering import Filters
from detente.web.hanging import Hinge, hinged, hinges
from detente.web.tables import of_rows
from detente.web.templating import id_path
from detente.weighing.base_rates import ANY, conflicts, endings

_OWN = ("without", "conflict", "ending")
_COLUMNS = ("about", "what", "who", "stands", "state", "records")


class BoardPage(Part, frozen=True, kw_only=True):
    """The deal board and what its address asks for.

    Args:
        hinges: conditions on which pledges hang.
        articles: how many articles are on record.
        speaking: how many of them speak of a coalition, where no member of one is known.
    """

    asked: dict[str, Any]
    without: tuple[str, ...]
    conflict: str
    ending: str
    board: Board
    scope: Scope
    hinges: tuple[Hinge, ...]
    articles: int
    speaking: int


def deal_board(ask: Ask) -> View:
    """The page of the deal board."""
    without, conflict, ending = ask.many("without"), ask.one("conflict") or ANY, ask.one("ending") or ANY
    kept = {"without": without, "conflict": ask.one("conflict"), "ending": ask.one("ending")}
    filters = Filters(ask, "/deal", own=_OWN, kept=kept)
    found = hinges(ask.ledger)
    cut = [name for name in without if name in found]
    made = board(
        ask.ledger, [name for name in without if name not in cut], conflict=conflict, ending=ending, narrowed=bool(filters.asked)
    )
    shown = BoardPage(
        asked=filters.asked, without=without, conflict=conflict, ending=ending, board=made, scope=Look(ask.ledger).scope,
        hinges=hinged(ask.ledger, found, cut, made), articles=len(ask.ledger.articles), speaking=0 if made.members else _speaking(ask),
    )  # fmt: skip
    page = {
        "filters": filters, "drawing": _drawing(made),
        "taken_away": [*_taken_away(made), *cut], "conflicts": (ANY, *conflicts()), "endings": (ANY, *endings()),
    }  # fmt: skip
    return View(template="board.html", shown=shown, table=of_rows(_COLUMNS, (*_rows(made), *_promised(shown))), marked=page)


def _speaking(ask: Ask) -> int:
    """How many articles speak of a coalition."""
    return len(ask.ledger.articles.where(text="coalition"))


def _promised(shown: BoardPage) -> Iterator[dict[str, Any]]:
    for hinge in shown.hinges:
        state = "switched off" if hinge.off else "falls" if hinge.falls else "open"
        for p in hinge.pledges:
            yield {"about": "pledge on a condition", "what": hinge.text, "who": p.who, "stands": p.words, "state": state, "records": [p.record]}


def _taken_away(made: Board) -> list[str]:
    """What is switched off, each once and in its words."""
    off = [t.proposition for t in made.terms if t.off] + [p.name for p in made.parties if p.off]
    off += [f.text for f in made.facts if f.off]
    told = made.fallen.taken_away if made.fallen else ()
    return list(dict.fromkeys((*off, *(words for words in told if not words.endswith(")")))))


def _drawing(made: Board) -> Markup:
    """What hangs on what, where anything does."""
    nodes = [*map(_member, made.members), *map(_term, made.terms), *map(_fact, made.facts)]
    needed = {key for node in nodes for key in node.needs}
    tied = [node for node in nodes if node.needs or node.id in needed]
    return dependence(tied) if tied else Markup("")


def _member(m: BoardMember) -> Box:
    return Box(m.id, m.name, f"in {m.coalition}", _words(m.places), m.needs, _fate(False, m.falls, m.possible))


def _term(t: BoardTerm) -> Box:
    return Box(t.id, t.proposition, "term", _words(t.places), t.needs, _fate(t.off, t.falls, t.possible))


def _fact(f: BoardFact) -> Box:
    return Box(f.id, f.text, "outside the deal", _words(f.places), (), "off" if f.off else "open")


def _fate(off: bool, falls: bool, possible: bool) -> Fate:
    if off:
        return "off"
    return "falls" if falls or not possible else "open"


def _words(places: tuple[Place, ...]) -> str | None:
    return f"{id_path('articles', places[0].article)}#r-{places[0].record}" if places else None


def _rows(made: Board) -> Iterator[dict[str, Any]]:
    names = {p.id: p.name for p in made.parties}
    for t in made.terms:
        state = {"open": "can be in place", "off": "switched off", "falls": "cannot be in place"}[_fate(t.off, t.falls, t.possible)]
        yield {"about": "term", "what": t.proposition, "stands": t.status, "state": state, "records": [p.record for p in t.places]}
        for s in t.stands:
            yield {
                "about": "term by party", "what": t.proposition, "who": names.get(s.party, s.party),
                "stands": s.sides, "records": [p.record for p in s.places],
            }  # fmt: skip
    for m in made.members:
        state = "can be in" if m.possible else "falls" if m.falls else "cannot be in"
        yield {"about": m.coalition, "what": m.conditions, "who": m.name, "stands": m.status, "state": state, "records": [p.record for p in m.places]}
    yield from ({"about": "outside the deal", "what": f.text, "state": "switched off" if f.off else "open", "records": [p.record for p in f.places]} for f in made.facts)
    yield from ({"about": "step", "what": f"{s.order}. {s.action}", "who": s.actors, "records": [p.record for p in s.places]} for s in made.steps)
    yield from ({"about": "durability", "what": line} for line in made.durability.lines())
    yield {"about": "scenario", "what": made.first_line}
