"""The first page: what the ledger holds, at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from detente.errors import SituationError
from detente.ledger.filters import UNKNOWN
from detente.ledger.questions import Coalition, Promise, coalition, promises
from detente.ledger.questions.places import standing
from detente.records import Part, kind_of
from detente.web.answers import View
from detente.web.asking import Ask
from detente.web.choosing import Choice, Tally
from detente.web.entries import Entry
from detente.web.forms import values_of
from detente.web.origins import unplaced
from detente.web.pages.weighing import headline
from detente.web.tables import of_rows
from detente.web.wording import KINDS, label

_FEW = 8  # of a kind, before the page links to the rest
# Folding compares every pledge of an actor with every other one, at 24 microseconds each: half a second at most.
_COMPARED = 20_000


class AtStage(Part, frozen=True, kw_only=True):
    """How many pledges have come to a stage, and the ids of all their records where repeats are folded into one."""

    stage: str
    count: int
    records: tuple[str, ...] = ()


class Promised(Part, frozen=True, kw_only=True):
    """One pledge in however many articles, with the record that it was first read from.

    Args:
        promise: `None` where there are too many pledges to be compared.
    """

    promise: Promise | None
    entry: Entry


class Pledged(Part, frozen=True, kw_only=True):
    """The pledges, repeats folded into one unless there are too many to be compared while somebody waits.

    Args:
        total: how many there are; of records where they are not folded.
        stages: how many have come to which stage.
        first: the first of them.
    """

    folded: bool
    total: int
    stages: tuple[AtStage, ...]
    first: tuple[Promised, ...]


class Gathered(Part, frozen=True, kw_only=True):
    """A coalition, and for each of its members the latest record."""

    coalition: Coalition
    entries: tuple[Entry, ...]


class Overview(Part, frozen=True, kw_only=True):
    """What the ledger holds; rejected records apart.

    Args:
        articles: how many.
        first: day of the first article, `None` where no day is known.
        last: day of the last.
        outlets: how many articles each outlet has.
        unplaced: how many articles have no outlet or no day.
        counts: records by kind.
        unchecked: records that no person has accepted, edited, rejected or disputed.
        speakers: statements by speaker, the most frequent first.
        unknown_speakers: statements whose speaker is not known.
        terms: the first of them.
        coalitions: each with its members.
        assumed: inputs of the weighing that no record bears, and all of them; `None` where nothing can be weighed.
    """

    articles: int
    first: str | None
    last: str | None
    outlets: tuple[Tally, ...]
    unplaced: int
    counts: dict[str, int]
    unchecked: int
    speakers: tuple[Tally, ...]
    unknown_speakers: int
    pledged: Pledged
    terms: tuple[Entry, ...]
    coalitions: tuple[Gathered, ...]
    assumed: tuple[int, int] | None


def overview(ask: Ask) -> View:
    """The first page."""
    ask.only()
    terms = list(islice(standing(ask.ledger.terms), _FEW))
    first, last = ask.ledger.connection.rows("SELECT min(published), max(published) FROM articles")[0]
    shown = Overview(
        articles=len(ask.ledger.articles), first=first, last=last, outlets=_outlets(ask), unplaced=unplaced(ask.ledger, most=0)[0],
        counts={kind: n for kind in KINDS if (n := len(Choice(ask.ledger, kind, {}).records))},
        unchecked=len(Choice(ask.ledger, None, {"review": "proposed"}).records),
        speakers=Choice(ask.ledger, "statement", {}).tallies(["speaker"])["speaker"],
        unknown_speakers=len(Choice(ask.ledger, "statement", {"speaker": "unknown"}).records),
        pledged=_pledged(ask), terms=ask.reader.entries(terms),
        coalitions=_coalitions(ask), assumed=_assumed(ask),
    )  # fmt: skip
    return View(template="overview.html", shown=shown, table=of_rows(("about", "what", "count", "records"), _rows(shown)))


def _outlets(ask: Ask) -> tuple[Tally, ...]:
    rows = ask.ledger.connection.rows(
        "SELECT publisher, count(*) AS n FROM articles WHERE publisher IS NOT NULL GROUP BY publisher ORDER BY n DESC, 1"
    )
    return tuple(Tally(value=name, name=name, count=n) for name, n in rows)


def _pledged(ask: Ask) -> Pledged:
    records = Choice(ask.ledger, "pledge", {})
    total = len(records.records)
    most = max((tally.count for tally in records.tallies(["pledger"])["pledger"]), default=0)
    if total * most / 2 > _COMPARED:
        tallies = {tally.value: tally.count for tally in records.tallies(["stage"])["stage"]}
        stages = tuple(AtStage(stage=s, count=tallies[s]) for s in values_of("pledge", "stage") if s in tallies)
        first = tuple(Promised(promise=None, entry=e) for e in ask.reader.entries(records.records[:_FEW]))
        return Pledged(folded=False, total=total, stages=stages, first=first)
    found = promises(ask.ledger)
    first = tuple(Promised(promise=p, entry=ask.reader.entry(ask.ledger.get(p.places[0].record))) for p in found[:_FEW])
    return Pledged(folded=True, total=len(found), stages=_stages(found), first=first)


def _stages(promised: Iterable[Promise]) -> tuple[AtStage, ...]:
    """The stages in the order in which a pledge goes through them."""
    found: dict[str, list[Promise]] = {}
    for promise in promised:
        found.setdefault(promise.stage or UNKNOWN, []).append(promise)
    return tuple(
        AtStage(stage=s, count=len(found[s]), records=tuple(place.record for p in found[s] for place in p.places))
        for s in values_of("pledge", "stage")
        if s in found
    )


def _coalitions(ask: Ask) -> tuple[Gathered, ...]:
    return tuple(
        Gathered(coalition=c, entries=tuple(ask.reader.entry(ask.ledger.get(m.history[-1][1].record)) for m in c.members))
        for c in coalition(ask.ledger)
    )


def _assumed(ask: Ask) -> tuple[int, int] | None:
    try:
        assumed, inputs = headline(ask)
    except SituationError:
        return None
    return (assumed, inputs) if inputs else None


def _rows(shown: Overview) -> Iterator[dict[str, Any]]:
    yield {"about": "articles", "what": "articles", "count": shown.articles}
    yield from ({"about": "outlet", "what": t.name, "count": t.count} for t in shown.outlets)
    yield from ({"about": "records", "what": KINDS[kind].plural, "count": n} for kind, n in shown.counts.items())
    yield {"about": "records", "what": "not reviewed by anybody", "count": shown.unchecked}
    yield from ({"about": "statements by speaker", "what": t.name, "count": t.count} for t in shown.speakers)
    yield {"about": "statements by speaker", "what": "unknown", "count": shown.unknown_speakers}
    yield from ({"about": "pledges by stage", "what": s.stage, "count": s.count, "records": s.records} for s in shown.pledged.stages)
    for p in shown.pledged.first:
        ids = [place.record for place in p.promise.places] if p.promise else [p.entry.record.id]
        yield {"about": "pledge", "what": f"{label(p.entry.record)}: {p.entry.sentence}", "records": ids}
    for entry in (*shown.terms, *(e for c in shown.coalitions for e in c.entries)):
        yield {"about": kind_of(entry.record), "what": f"{label(entry.record)}: {entry.sentence}", "records": entry.record.id}
    if shown.assumed:
        yield {"about": "weighing", "what": f"{shown.assumed[0]} of {shown.assumed[1]} inputs assumed", "count": shown.assumed[0]}
