"""What is weighed: who the parties are, what they want, what hangs on what, and how far each input is known.

Every input says what it rests on: ids of records, or who assumed it. A party of whom nothing is known on an
issue stays in, over the whole scale, and counts as assumed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from detente.records import ConditionType, MembershipStatus, Part, TermCategory, TermStatus

SCALE: Final = (0.0, 100.0)
"""The scale of every issue: what 0 and 100 mean stands with the issue."""

ENOUGH_CASES: Final = 20
"""With fewer comparable cases a probability is an interval and never a number."""

US: Final = "détente"
"""Who assumed what this package fills in by itself."""


class Checked(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part that refuses a field it does not know: a misspelt name must not be a silent default."""


class Basis(Checked, frozen=True, kw_only=True):
    """What an input rests on: exactly one of records and somebody's assumption.

    Args:
        sources: ids of the records it rests on, or the file and line of a table.
        assumed_by: who assumed it, where no record says so.
        note: how the value was arrived at.
    """

    sources: tuple[str, ...] = ()
    assumed_by: str | None = None
    note: str = ""

    @property
    def assumed(self) -> bool:
        """Whether no record bears the input."""
        return not self.sources


class Input(Basis, frozen=True, kw_only=True):
    """A number that is known within limits: uniform from `low` to `high`, triangular where `mode` is given.

    Args:
        low: least value, in the unit of the field that holds the input.
        high: greatest value; equal to `low` for a number known exactly.
        mode: most likely value, or `None` where the whole interval is alike.
    """

    low: float
    high: float
    mode: float | None = None

    @property
    def width(self) -> float:
        """How far the input may vary."""
        return self.high - self.low


class Party(Checked, frozen=True, kw_only=True):
    """Somebody with a say.

    Args:
        id: what other tables call it; of a state that a record names, its ISO 3166-1 code.
        name: what a person calls it.
        capability: power to get one's way, above 0 in any unit: only ratios between parties count.
        veto: what shows that nothing can be agreed without this party; `None` where nothing does.
        without_deal: what the party has if nothing is agreed (its disagreement point: the value of going on
            as now, hardly ever 0), in the unit of its worths; `None` unknown.
    """

    id: str
    name: str
    capability: Input
    veto: Basis | None = None
    without_deal: Input | None = None


class Issue(Checked, frozen=True, kw_only=True):
    """An affirmative proposition, what 0 and 100 mean, and what holds on that scale without a deal.

    Args:
        id: what standings call it.
        proposition: what could be the case.
        zero: what 0 on the scale means.
        hundred: what 100 means.
        reversion: the place on the scale where things stay or go without a deal; `None` unknown.
    """

    id: str
    proposition: str
    zero: str = "opposes it fully"
    hundred: str = "supports it fully"
    reversion: Input | None = None


class Standing(Checked, frozen=True, kw_only=True):
    """Where a party stands on an issue and how much it cares.

    Args:
        actor: id of the party.
        issue: id of the issue.
        position: on 0–100.
        salience: share of its capability that the party would spend on the issue, above 0, at most 1.
        conditions: what the party made its stance hang on, in the words of the record.
    """

    actor: str
    issue: str
    position: Input
    salience: Input
    conditions: tuple[str, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether the position may be anything: nothing is known, or the words leave the whole scale open."""
        return (self.position.low, self.position.high, self.position.mode) == (*SCALE, None)


class Term(Checked, frozen=True, kw_only=True):
    """What a deal is to contain.

    Args:
        id: what other tables call it.
        proposition: what is to be.
        basis: what says that it is on the table.
        category: what kind of term; `None` unknown.
        status: how far it has come; `None` unknown.
        levels: how much of it there can be, from nothing upwards.
        depends_on: ids of the terms without which this one falls.
        required: whether a deal without it is none; `None` unknown.
        chance: probability, 0–1, that it is agreed where all that it depends on is in place.
        cases: number of comparable cases that `chance` was estimated from.
    """

    id: str
    proposition: str
    chance: Input
    basis: Basis
    category: TermCategory | None = None
    status: TermStatus | None = None
    levels: tuple[str, ...] = ("absent", "in place")
    depends_on: tuple[str, ...] = ()
    required: bool | None = None
    cases: int = 0


class Worth(Checked, frozen=True, kw_only=True):
    """What a term is worth to a party.

    Args:
        actor: id of the party.
        term: id of the term.
        levels: for each of the term's levels above the lowest, what it is worth against the lowest, in the
            unit of `Deal`; below 0 where the party would rather do without.
    """

    actor: str
    term: str
    levels: tuple[Input, ...]


class Deal(Checked, frozen=True, kw_only=True):
    """What it takes for a package of terms to pass, beside the parties with a veto.

    Args:
        unit: that all worths are in, such as "bn EUR a year"; empty where they have no common unit, and then
            nothing can be paid from one party to another.
        others: least number of parties without a veto that must agree too.
        basis: what `others` rests on; `None` where it is 0.
    """

    unit: str = ""
    others: int = 0
    basis: Basis | None = None


class Comparable(Checked, frozen=True, kw_only=True):
    """Which past cases count as comparable when it is asked how long peace lasts.

    Args:
        conflict: kind of conflict, or "any".
        ending: how the fighting ends, or "any".
        guarantee: whether to say what peacekeepers went with.
        basis: who chose the cases.
    """

    basis: Basis
    conflict: str = "any"
    ending: str = "any"
    guarantee: bool = False


class PartOfPackage(Checked, frozen=True, kw_only=True):
    """One part that the deal may have; what it does not touch is `None`.

    Args:
        name: what a person calls it; each part has another.
        term: id of the term that it is; `None` where it is none of the situation's.
        strength: by how much it lowers the revisionist's chance of winning, 0–1.
        cost: by how much it raises the revisionist's cost of war, share of what is disputed.
        alone: credibility of its guarantor without a backstop, 0–1.
        backed: the same with one.
        backstop: chance that it is a backstop when it is needed, 0–1.
    """

    name: str
    term: str | None = None
    strength: Input | None = None
    cost: Input | None = None
    alone: Input | None = None
    backed: Input | None = None
    backstop: Input | None = None

    FIELDS: ClassVar[tuple[str, ...]] = ("strength", "cost", "alone", "backed", "backstop")


class Enforcement(Checked, frozen=True, kw_only=True):
    """A deal, and what either side could have by war.

    Args:
        revisionist: the party that may break it.
        defender: the other.
        win: the revisionist's chance of winning a war at first, 0–1, without any part of the package.
        win_later: the same in the last period; in between it moves evenly.
        cost_r: what war costs the revisionist, share of what is disputed, at least 0.
        cost_u: what it costs the defender.
        share: what the deal leaves to the revisionist, share of what is disputed, 0–1.
        effect: by how much an intervention lowers the revisionist's chance of winning, 0–1.
        punishment: by how much it raises the revisionist's cost.
        parts: of the package, 1 to 12; in TOML each is an `[[enforcement.parts]]`.
        periods: how many the deal has to hold, at least 1.
    """

    revisionist: str
    defender: str
    win: Input
    win_later: Input
    cost_r: Input
    cost_u: Input
    share: Input
    effect: Input
    punishment: Input
    parts: tuple[PartOfPackage, ...]
    periods: int = 5

    FIELDS: ClassVar[tuple[str, ...]] = ("win", "win_later", "cost_r", "cost_u", "share", "effect", "punishment")

    def inputs(self) -> dict[str, Input]:
        """Every input by what it is called."""
        found: dict[str, Input] = {name: getattr(self, name) for name in self.FIELDS}
        for part in self.parts:
            found |= {f"{part.name}: {f}": getattr(part, f) for f in part.FIELDS if getattr(part, f) is not None}
        return found


class Step(Checked, frozen=True, kw_only=True):
    """One step of the sequence.

    Args:
        order: from 1.
        action: what happens, in words.
        actors: ids of the parties that must take part.
        basis: what says so.
    """

    order: int
    action: str
    actors: tuple[str, ...]
    basis: Basis


class Fact(Checked, frozen=True, kw_only=True):
    """Something outside the coalition that is or is not so: a mandate, a guarantee, an answer to an invitation.

    Args:
        id: what conditions call it.
        text: what it is, in words.
        chance: probability, 0–1, that it comes true.
        basis: what says that something hangs on it.
        cases: number of comparable cases that `chance` was estimated from.
    """

    id: str
    text: str
    chance: Input
    basis: Basis
    cases: int = 0


class Joining(Checked, frozen=True, kw_only=True):
    """One condition of joining, decided by exactly one of its last three fields.

    Args:
        text: the condition in the words of the record.
        type: of the condition, as records have it.
        target: id of the term, the fact, or the other member that must be in.
        count: least number of other members.
        share: least share, 0–1, that the others have of the capability of all listed members.
    """

    text: str
    type: ConditionType
    target: str | None = None
    count: int | None = None
    share: float | None = None


class Member(Checked, frozen=True, kw_only=True):
    """Who is, may be or is not in a coalition.

    Args:
        coalition: its id.
        actor: id of the party.
        status: how far it is in.
        basis: what says so.
        conditions: all that must be met.
    """

    coalition: str
    actor: str
    status: MembershipStatus
    basis: Basis
    conditions: tuple[Joining, ...] = ()


class Coalition(Checked, frozen=True, kw_only=True):
    """A coalition, and from when on it counts as standing.

    Args:
        id: what members call it.
        name: what a person calls it.
        needs: least number of members; `None` where nothing says so.
        basis: what `needs` rests on.
    """

    id: str
    name: str
    needs: int | None = None
    basis: Basis | None = None


class Situation(Checked, frozen=True, kw_only=True):
    """All that is weighed. Built by `situation_from` from records, or read from TOML by `load`."""

    title: str
    parties: tuple[Party, ...] = ()
    issues: tuple[Issue, ...] = ()
    standings: tuple[Standing, ...] = ()
    terms: tuple[Term, ...] = ()
    steps: tuple[Step, ...] = ()
    facts: tuple[Fact, ...] = ()
    coalitions: tuple[Coalition, ...] = ()
    members: tuple[Member, ...] = ()
    left_out: tuple[str, ...] = ()
    worths: tuple[Worth, ...] = ()
    deal: Deal | None = None
    durability: Comparable | None = None
    enforcement: Enforcement | None = None

    def grid(self) -> dict[tuple[str, str], Standing]:
        """Every party's standing on every issue, by (party, issue); what nobody told is over the whole scale."""
        told = {(s.actor, s.issue): s for s in self.standings}
        pairs = ((p.id, i.id) for p in self.parties for i in self.issues)
        return {pair: told.get(pair) or nothing_known(*pair) for pair in pairs}

    def name(self, key: str) -> str:
        """What a person calls the thing with this id; the id itself where there is none."""
        named = {c.id: c.name for c in self.coalitions} | {p.id: p.name for p in self.parties}
        told = {i.id: i.proposition for i in self.issues} | {t.id: t.proposition for t in self.terms}
        return (named | told | {f.id: f.text for f in self.facts}).get(key, key)

    def inputs(self) -> Iterator[Basis]:
        """Every input, those of `grid` included: what the count of assumed inputs runs over."""
        for standing in self.grid().values():
            yield from (standing.position, standing.salience)
        for party in self.parties:
            yield from (b for b in (party.capability, party.veto, party.without_deal) if b)
        yield from (issue.reversion for issue in self.issues if issue.reversion)
        for term in self.terms:
            yield from (term.chance, term.basis)
        for fact in self.facts:
            yield from (fact.chance, fact.basis)
        yield from (step.basis for step in self.steps)
        yield from (member.basis for member in self.members)
        yield from (coalition.basis for coalition in self.coalitions if coalition.basis)
        yield from (level for worth in self.worths for level in worth.levels)
        yield from (part.basis for part in (self.deal, self.durability) if part and part.basis)
        yield from (self.enforcement.inputs().values() if self.enforcement else ())


def assumed(low: float, high: float, note: str, by: str = US) -> Input:
    """An input that no record bears: uniform from `low` to `high`, with who assumed it and why."""
    return Input(low=low, high=high, assumed_by=by, note=note)


def nothing_known(actor: str, issue: str) -> Standing:
    """The standing of a party of whom nothing is known on an issue: it stays in, over the whole scale."""
    return Standing(
        actor=actor, issue=issue,
        position=assumed(*SCALE, "no position is on record"), salience=assumed(0.0, 1.0, "salience is not in the text"),
    )  # fmt: skip
