"""Who said it first, and is it direct, indirect, anonymous, one wire story or several sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.ledger.questions.answer import Answer, Row
from detente.ledger.questions.look import Look
from detente.ledger.questions.places import Place
from detente.ledger.questions.tellings import stories, tellings
from detente.ledger.questions.wording import counted
from detente.ledger.store import Ledger
from detente.records import ActorRef, Mode, Part, Statement


class Telling(Part, frozen=True, kw_only=True):
    """One article's telling of a statement.

    Args:
        place: where.
        mode: direct, mixed or indirect.
        reported_by: who passed it on, where it is told at second hand.
        story: the article's near-duplicates share it; the article's own id where it stands alone.
        copies: other outlets that printed the same text.
    """

    place: Place
    mode: Mode
    reported_by: ActorRef | None
    story: str
    copies: tuple[str, ...]


class Source(Row, frozen=True, kw_only=True):
    """One statement with all its tellings.

    Args:
        speaker: who said it; `None` unknown.
        reason: why the speaker is unknown, or how it was told who it is.
        anonymous: whether nobody answers for it by name: the speaker is unnamed or unknown.
        words: what was said, by the first telling that quotes it, else by the first.
        tellings: by date.
        first: the outlets of the first day; several where a day is all that is known of the order.
        first_day: ISO date, or `None` unknown.
        undated: how many tellings have no date, and may be earlier.
        outlets: all that printed it, copies among them.
        stories: how many articles are not near-duplicates or copies of each other.
    """

    speaker: ActorRef | None
    reason: str | None
    anonymous: bool
    words: str
    tellings: tuple[Telling, ...]
    first: tuple[str, ...]
    first_day: str | None
    undated: int
    outlets: tuple[str, ...]
    stories: int

    @property
    def modes(self) -> dict[Mode, int]:
        """How many tellings quote it, in whole or in part, and how many do not."""
        order: tuple[Mode, ...] = ("direct", "mixed", "indirect")
        return {mode: n for mode in order if (n := sum(t.mode == mode for t in self.tellings))}

    @property
    def heading(self) -> str:
        """Who said what."""
        who = self.speaker.name if self.speaker else "speaker unknown"
        return f"{who}{', not by name' if self.anonymous and self.speaker else ''}: {self.words}"

    def details(self) -> Iterator[str]:
        """Where first, in which manner, from how many sources."""
        same = (
            ", on the same day; which was first is not told" if len(self.first) > 1 and self.first_day else ""
        )
        undated = f"; {self.undated} without a date may be earlier" if self.undated and self.first_day else ""
        yield f"first: {', '.join(self.first)}, {self.first_day or 'date unknown'}{same}{undated}"
        yield ", ".join(f"{n} {mode}" for mode, n in self.modes.items()) + (
            ", hearsay among them" if self._hearsay else ""
        )
        told = counted(len(self.tellings) + sum(len(t.copies) for t in self.tellings), "article")
        one = "one story" if self.stories == 1 else f"{self.stories} that are not copies of each other"
        yield f"{told} in {counted(len(self.outlets), 'outlet')}: {one}"
        if self.anonymous:
            yield f"nobody answers for it by name{f': {self.reason}' if self.reason else ''}"
        for by in dict.fromkeys(t.reported_by.name for t in self.tellings if t.reported_by):
            yield f"passed on by {by}"
        for t in self.tellings:
            if t.copies:
                yield f"{t.place.outlet}’s text also in: {', '.join(t.copies)}"

    @property
    def _hearsay(self) -> bool:
        return any(t.place.hearsay for t in self.tellings)

    def cells(self) -> Iterator[dict[str, object]]:
        """One line."""
        yield {
            "speaker": self.speaker.name if self.speaker else "unknown", "said": self.words,
            "first day": self.first_day or "unknown", "first": "; ".join(self.first),
            **{mode: self.modes.get(mode, 0) for mode in ("direct", "mixed", "indirect")},
            "anonymous": "yes" if self.anonymous else "no", "hearsay": "yes" if self._hearsay else "no",
            "articles": len(self.tellings), "independent": self.stories,
        }  # fmt: skip


def sources(
    ledger: Ledger, about: str | None = None, *, actor: object = None, as_of: str | None = None
) -> Answer[Source]:
    """Statements with all their tellings, those in most stories first.

    Args:
        ledger: the records.
        about: words of the statement, as `Ledger.search` takes them; where `None`, all that several articles tell.
        actor: only what this speaker says: canonical name, alias or id.
        as_of: last day of publication, as YYYY-MM-DD.
    """
    look = Look(ledger, as_of)
    asked = None if about is None else {s.id for s in ledger.statements.where(text=about)}
    ids = None if actor is None else look.ids_of(actor)
    said: list[Statement] = (
        look.naming("statement", ids, "speaker") if asked is None else look.these(_with_clusters(look, asked))
    )
    every = [s for s in said if ids is None or (s.speaker and s.speaker.id in ids)]
    groups = [g for g in tellings(look, every) if _wanted(g, asked)]
    alike = stories(look, {s.article for g in groups for s in g})
    unnamed = look.unnamed({s.speaker.id for g in groups for s in g if s.speaker})
    found = [_source(look, group, alike, unnamed) for group in groups]
    found.sort(key=lambda s: (-s.stories, -len(s.tellings), s.first_day or "", s.places[0].record))
    notes = () if about is not None else ("without words: only what several articles tell",)
    return Answer.of(look, "sources", "statement", found, about=about, notes=notes)


def _with_clusters(look: Look, asked: set[str]) -> set[str]:
    """The statements with those that are known to be the same, in whatever words."""
    return asked.union(*(c.members for c in look.clusters("statement", asked)))


def _wanted(group: Sequence[Statement], asked: set[str] | None) -> bool:
    return len({s.article for s in group}) > 1 if asked is None else any(s.id in asked for s in group)


def _source(look: Look, group: Sequence[Statement], alike: Mapping[str, str], unnamed: set[str]) -> Source:
    told = tuple(_telling(look, s, alike) for s in group)
    days = [t.place.published for t in told if t.place.published]
    day = min(days, default=None)
    speaker = next((s.speaker for s in group if s.speaker), None)
    quoting = next((s for s in group if s.mode == "direct"), group[0])
    return Source(
        speaker=speaker, reason=group[0].reasons.get("speaker"), anonymous=speaker is None or speaker.id in unnamed,
        words=quoting.content, tellings=told,
        first=tuple(dict.fromkeys(t.place.outlet for t in told if t.place.published == day)), first_day=day,
        undated=len(told) - len(days), outlets=tuple(dict.fromkeys(o for t in told for o in (t.place.outlet, *t.copies))),
        stories=len({t.story for t in told}), places=tuple(t.place for t in told),
    )  # fmt: skip


def _telling(look: Look, s: Statement, alike: Mapping[str, str]) -> Telling:
    article = look.articles[s.article]
    return Telling(
        place=look.place(s), mode=s.mode, reported_by=s.reported_by, story=alike.get(s.article, s.article),
        copies=tuple(c.publisher or c.origin for c in article.copies),
    )  # fmt: skip
