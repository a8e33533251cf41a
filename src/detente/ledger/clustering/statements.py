"""One statement in several articles: the same quotation, in whatever cuts; or the same words reported in nearly the same way.

Two statements are one quotation where the words inside their marks agree: eight in a row, or four in a row and four fifths of
the shorter one. Where nobody is named for one of them it takes six in a row in place of four; where two people are named for
the same words, twelve, and the cluster says so. They are published within a week, and where both say the day on which it was
said, those are at most a day apart. Articles without a day are compared among themselves, and take eight words in a row. What
one article prints in two versions it tells as two statements.

Statements in an article's own words are one only where the same speaker is named, they are published within three days, they
are told as equally factual, no number and no negation differs, and three fifths of their content words are the same, four at
least.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Literal, cast

from detente.actors.wording import content_words
from detente.articles import near
from detente.ledger.clustering import loading
from detente.ledger.clustering.index import ORIGIN
from detente.ledger.clustering.loading import AROUND, Dated, dated_keys, ordinal
from detente.ledger.clustering.quotations import (
    Common,
    Quoted,
    Version,
    common,
    differences,
    fingerprints,
    marks_of,
    quoted,
)
from detente.ledger.connection import Connection
from detente.ledger.rows import name_key
from detente.records import Cluster, Difference, Statement

Speakers = Literal["same", "unknown", "different"]

_LONG_RUN = 8
_LEAST_RUN: dict[Speakers, int] = {"same": 4, "unknown": 6, "different": 12}
_SHARE_QUOTED = 0.8
_DAYS_QUOTED = 7
_DAYS_REPORTED = 3
_SHARE_REPORTED = 0.6
_WORDS_REPORTED = 4
_A_VERSION = 3  # words in a row that make one quotation another version of a second one
_SAID_APART = 1  # days: a speech late in the evening is of two days in two time zones
_BANDS, _ROWS = 8, 2
_QUOTED, _REPORTED = 3_000, 4_000  # salts
_NEGATIONS = frozenset({"not", "no", "never", "nor", "without", "n't", "cannot"})


class Said:
    """A statement as it is compared."""

    def __init__(self, dated: Dated) -> None:
        self.dated, self.statement = dated, cast("Statement", dated.record)

    @cached_property
    def quoted(self) -> Quoted:
        """The words inside quotation marks."""
        if self.statement.mode == "indirect":
            return ()
        text = self.dated.article.text
        return quoted(
            self.statement, text, marks_of(text, ((e.start, e.end) for e in self.statement.words("content")))
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The content words."""
        return frozenset(content_words(self.statement.content))

    @cached_property
    def speaker(self) -> frozenset[str]:
        """The words of the speaker's name; empty where nobody is named."""
        name = self.statement.speaker.name if self.statement.speaker else ""
        return frozenset(name_key(name).split()) if name[:1].isupper() else frozenset()

    @cached_property
    def fingerprints(self) -> frozenset[int]:
        """The runs by which the quotation is found."""
        return fingerprints(self.quoted) if len(self.quoted) >= _LEAST_RUN["same"] else frozenset()

    @cached_property
    def sketch(self) -> frozenset[int]:
        """The keys by which words in an article's own wording are found, with the speaker's last name."""
        if not self.speaker or self.dated.day is None or len(self.words) < _WORDS_REPORTED:
            return frozenset()
        last = name_key(str(self.statement.speaker)).split()[-1]
        hashes = near.shingles([f"{last}/{word}" for word in sorted(self.words)], 1)
        return frozenset(near.bands(near.sketch(hashes, _BANDS * _ROWS), _REPORTED, rows=_ROWS).tolist())

    @cached_property
    def runs(self) -> frozenset[int]:
        """All runs of four words of the quotation."""
        return frozenset(near.runs([w.text for w in self.quoted], _LEAST_RUN["same"]).tolist())

    @cached_property
    def keys(self) -> frozenset[int]:
        """The keys under which it is found."""
        return self._keys((0,))

    @cached_property
    def probes(self) -> frozenset[int]:
        """The keys to look under."""
        return self._keys(AROUND)

    def _keys(self, around: Sequence[int]) -> frozenset[int]:
        day = self.dated.day
        quotation = dated_keys(self.fingerprints, day, _QUOTED, _DAYS_QUOTED, around)
        return quotation | dated_keys(self.sketch, day, _REPORTED, _DAYS_REPORTED, around)


class Statements:
    """How statements are compared; see `linking.Sameness`."""

    of = "statement"

    def load(self, connection: Connection, serials: Sequence[int]) -> list[Said]:
        """The statements with these numbers that stand."""
        return [Said(dated) for dated in loading.records(connection, self.of, serials)]

    def serial(self, thing: Said) -> int:
        """The record's number."""
        return thing.dated.serial

    def name(self, thing: Said) -> str:
        """The record's id."""
        return thing.statement.id

    def keys(self, thing: Said) -> frozenset[int]:
        """Runs of the quotation and bands of the wording, in their days of publication."""
        return thing.keys

    def probes(self, thing: Said) -> frozenset[int]:
        """The same, in the days before and after as well."""
        return thing.probes

    def order(self, thing: Said) -> tuple[Any, ...]:
        """The fullest quotation first, then the fullest wording, then the first published."""
        return (-len(thing.quoted), -len(thing.words), *thing.dated.published)

    def same(self, one: Said, other: Said) -> bool:
        """Whether they are one quotation, or one statement in nearly the same words."""
        return self.fits(one, other) and (_one_quotation(one, other) or _one_wording(one, other))

    def fits(self, one: Said, other: Said) -> bool:
        """Whether neither days, speakers nor a denial keep them apart."""
        short = min(len(one.quoted), len(other.quoted)) < _LEAST_RUN["different"]
        return (
            _days_agree(one, other)
            and (one.statement.factuality == "negated") == (other.statement.factuality == "negated")
            and not (short and _speakers(one, other) == "different")
            and not (one.statement.article == other.statement.article and _told_apart(one, other))
        )

    def cluster(self, members: Sequence[Said]) -> Cluster:
        """The statement, first said first, with what the outlets print differently."""
        ordered = sorted(members, key=lambda m: m.dated.published)
        return Cluster.together(
            self.of, (m.statement.id for m in ordered), reason=_reason(members), origin=ORIGIN,
            differences=_differences(members[0], ordered),
        )  # fmt: skip


def _one_quotation(one: Said, other: Said) -> bool:
    shorter = min(len(one.quoted), len(other.quoted))
    who = _speakers(one, other)
    if shorter < _LEAST_RUN[who] or one.runs.isdisjoint(other.runs):
        return False
    found = common(one.quoted, other.quoted)
    dated = one.dated.day is not None
    return found.run >= max(_LONG_RUN, _LEAST_RUN[who]) or (
        dated and found.run >= _LEAST_RUN[who] and found.words >= _SHARE_QUOTED * shorter
    )


def _one_wording(one: Said, other: Said) -> bool:
    days = one.dated.day, other.dated.day
    if None in days or abs(cast("int", days[0]) - cast("int", days[1])) > _DAYS_REPORTED:
        return False
    shared, either = one.words & other.words, one.words | other.words
    return (
        bool(one.speaker and other.speaker)
        and one.statement.factuality == other.statement.factuality
        and len(shared) >= max(_WORDS_REPORTED, _SHARE_REPORTED * len(either))
        and not any(word in _NEGATIONS or any(c.isdigit() for c in word) for word in either - shared)
    )


def _speakers(one: Said, other: Said) -> Speakers:
    """Whether the same person is named, in full or by surname; nobody, for one of them; or two people."""
    if not one.speaker or not other.speaker:
        return "unknown"
    return "same" if one.speaker <= other.speaker or other.speaker <= one.speaker else "different"


def _days_agree(one: Said, other: Said) -> bool:
    if one.dated.day is None or other.dated.day is None:
        return one.dated.day is other.dated.day
    if abs(one.dated.day - other.dated.day) > _DAYS_QUOTED:
        return False
    said = ordinal(one.statement.said_on), ordinal(other.statement.said_on)
    return said[0] is None or said[1] is None or abs(said[0] - said[1]) <= _SAID_APART


def _told_apart(one: Said, other: Said) -> bool:
    """Whether an article tells two statements as two: one inside the other, or nearly the same words in two versions."""
    spans = [[(e.start, e.end) for e in s.statement.words("content")] for s in (one, other)]
    if any(a < d and c < b for a, b in spans[0] for c, d in spans[1]):
        return True
    found = common(one.quoted, other.quoted)
    return found.run >= _A_VERSION and found.words < min(len(one.quoted), len(other.quoted))


# ---------------------------------------------------------------- what is said of a group


def _reason(members: Sequence[Said]) -> str:
    """Why the members are one statement; the leader comes first."""
    leader, *rest = members
    names = sorted({m.statement.speaker.name for m in members if m.speaker and m.statement.speaker})
    said = []
    if any(_speakers(a, b) == "different" for a in members for b in members):
        said.append(f"the outlets name different speakers ({'; '.join(names)})")
    elif names:
        unnamed = sum(not m.speaker for m in members)
        said.append(
            f"the same speaker ({'; '.join(names)})" + (f", not named in {unnamed}" if unnamed else "")
        )
    else:
        said.append("no speaker is named")
    found = [_in_common(leader, m) for m in rest]
    if runs := [c.run for c in found if c is not None]:
        said.append(f"the same words inside the marks ({min(runs)} or more in a row)")
    if None in found:
        said.append("nearly the same words in the articles’ own wording")
    said.append(loading.span_of_days([m.dated.day for m in members]))
    return "; ".join(said)


def _in_common(leader: Said, member: Said) -> Common | None:
    """What a member has in common with the leader's quotation, or `None` where it is no quotation of it."""
    return common(leader.quoted, member.quoted) if _one_quotation(leader, member) else None


def _differences(leader: Said, members: Sequence[Said]) -> tuple[Difference, ...]:
    """Where members differ from the fullest version, inside the marks."""
    fullest = Version(leader.statement.id, leader.quoted, leader.dated.article.text)
    return tuple(
        difference
        for m in members
        if m is not leader and _one_quotation(leader, m)
        for difference in differences(fullest, Version(m.statement.id, m.quoted, m.dated.article.text))
    )
