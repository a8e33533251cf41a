"""What a person may add to a situation so that more can be said of it: tables ready to fill in, as comments.

Lines that begin with `##` explain; those that begin with `# ` are TOML once that is taken away. Where only a person
knows what belongs there stands a question mark, which no check lets through, or the widest interval.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.weighing.base_rates import ANY, conflicts, endings
from detente.weighing.situation import Enforcement, Situation
from detente.weighing.toml import quoted
from detente.weighing.validity import MOST_PARTS

_OPEN = '{ low = 0, high = 1, assumed_by = "?" }'
_PARTS = {
    "strength": "by how much it lowers the revisionist's chance of winning",
    "cost": "by how much it raises what war costs the revisionist",
    "alone": "how far its guarantor is believed without a backstop",
    "backed": "how far its guarantor is believed with a backstop",
    "backstop": "the chance that the backstop is there when it is needed",
}


def suggestions(situation: Situation) -> str:
    """The comments to put after a situation's TOML; empty where nothing is missing, or there is no deal to speak of."""
    if not situation.terms:
        return ""
    lines = [*_deal(situation), *_durability(situation), *_enforcement(situation)]
    return "".join(f"{line}\n" for line in ("", *lines)) if lines else ""


def _deal(s: Situation) -> Iterator[str]:
    """Worths for every party with a veto and every term that have none."""
    given = {(w.actor, w.term) for w in s.worths}
    missing = [(p, t) for p in s.parties if p.veto for t in s.terms if (p.id, t.id) not in given]
    if not missing:
        return
    if len(s.terms) > MOST_PARTS:
        yield f"## Which packages of terms would pass? There are {len(s.terms)} terms: leave out those that nobody disputes, until"
        yield f"## {MOST_PARTS} or fewer are left."
        return
    yield "## Which packages of terms would pass? Say of every party with a veto what each term is worth to it, against going"
    yield "## without; and in its `[[parties]]` what it has without a deal, in the same unit:"
    yield '## without_deal = { low = -1, high = 0, assumed_by = "?" }'
    if s.deal is None:
        yield from ("# [deal]", '# unit = ""')
    for party, term in missing:
        level = ", ".join([_OPEN.replace("low = 0", "low = -1")] * (len(term.levels) - 1))
        yield f"## {party.name}: {' '.join(term.proposition.split())}"
        yield from ("# [[worths]]", f"# actor = {quoted(party.id)}", f"# term = {quoted(term.id)}", f"# levels = [{level}]")


def _durability(s: Situation) -> Iterator[str]:
    if s.durability:
        return
    yield "## Would it last? Say which past cases are comparable."
    yield f"## conflict: {', '.join((ANY, *conflicts()))}; ending: {', '.join((ANY, *endings()))}"
    yield from ("# [durability]", f"# conflict = {quoted(ANY)}", f"# ending = {quoted(ANY)}", "# guarantee = true")
    yield '# basis = { assumed_by = "?" }'


def _enforcement(s: Situation) -> Iterator[str]:
    if s.enforcement:
        return
    yield "## Would it be kept? Say what war would bring either side, as shares of what is disputed, and what each part does to it:"
    yield from (f"## {field}: {meaning}" for field, meaning in _PARTS.items())
    yield from ("# [enforcement]", '# revisionist = "?"', '# defender = "?"', "# periods = 5")
    yield from (f"# {field} = {_OPEN}" for field in Enforcement.FIELDS)
    for term in s.terms[:MOST_PARTS]:
        yield from ("# [[enforcement.parts]]", f"# name = {quoted(' '.join(term.proposition.split()))}", f"# term = {quoted(term.id)}")

