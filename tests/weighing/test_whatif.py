"""What falls where something is taken not to come true."""

from __future__ import annotations

import numpy as np
import pytest

from detente.errors import UnknownName
from detente.weighing import situation as s
from detente.weighing.draws import draw
from detente.weighing.results import Falls
from detente.weighing.weigh import weigh
from detente.weighing.whatif import falls, removed, without

from . import made
from .made import ANALYST, fact, member, pact, term, told

CHAIN = pact(
    member("marland"),
    member("norwick", s.Joining(text="only with a Tessalian backstop", type="term", target="te-1")),
    member("lorne", s.Joining(text="if Norwick does", type="actor_joins", target="norwick")),
    member("brask", s.Joining(text="at least two others", type="count", count=2)),
    member("ostrava", s.Joining(text="with a League mandate", type="mandate", target="fa-1"), status="conditional"),
    terms=(
        term("te-1", "a Tessalian backstop", "te-2"), term("te-2", "a strong Marland", "te-1"), term("te-3", "a truce"),
    ),
    facts=(fact("fa-1"),),
    steps=tuple(
        s.Step(order=k, action=what, actors=who, basis=ANALYST)
        for k, what, who in (
            (1, "draft", ("marland",)), (2, "discuss", ("norwick",)), (2, "tell", ("lorne",)), (3, "sign", ("marland",)),
        )
    ),
)  # fmt: skip


def fallen(*asked: str, situation: s.Situation = CHAIN) -> Falls:
    gone = removed(situation, asked)
    before, after = (draw(x, 20, np.random.default_rng(0)) for x in (situation, without(situation, gone)))
    return falls(situation, before, after, asked, gone)


def members(f: Falls) -> list[str]:
    return [m.removesuffix(" in the Pact").lower() for m in f.members]


CASES: dict[str, tuple[str, list[str], list[str], list[str]]] = {
    # asked: members, terms and steps that fall
    "tessalian backstop": ("te-1", ["norwick", "lorne"], ["te-1", "te-2"], []),
    "strong Marland": ("te-2", ["norwick", "lorne"], ["te-1", "te-2"], []),
    "te-3": ("te-3", [], ["te-3"], []),
    "the truce": ("te-3", [], ["te-3"], []),
    "League mandate": ("League", ["ostrava"], [], []),
    "two others": ("two others", ["brask"], [], []),
    "norwick": ("norwick", ["norwick", "lorne"], [], ["2. discuss", "3. sign"]),
    "brask": ("brask", ["brask"], [], []),
}


@pytest.mark.parametrize("asked", CASES)
def test_what_falls(asked: str) -> None:
    word, lost, terms, steps = CASES[asked]
    f = fallen(asked)
    assert members(f) == lost
    assert [t.rpartition("(")[2].rstrip(")") for t in f.terms] == terms
    assert list(f.steps) == steps
    assert any(word.casefold() in what.casefold() for what in f.taken_away)


def test_a_count_falls_when_too_few_are_left() -> None:
    # Brask waits for two others: Marland stays, and one of the rest has to.
    assert "brask" not in members(fallen("norwick"))
    assert "brask" in members(fallen("norwick", "League mandate"))


def test_what_could_not_hold_before_does_not_fall() -> None:
    never = CHAIN.replace(facts=(fact("fa-1", 0, 0),))
    assert members(fallen("League mandate", situation=never)) == []


def test_a_name_that_fits_nothing_is_refused_with_what_there_is() -> None:
    with pytest.raises(UnknownName, match=r"got 'a loan'.*a Tessalian backstop; a strong Marland"):
        removed(CHAIN, ["a loan"])
    with pytest.raises(UnknownName, match="got 'the'"):
        removed(CHAIN, ["the"])


def test_an_id_means_itself_and_nothing_else() -> None:
    assert removed(CHAIN, ["norwick"]).ids == {"norwick"}
    assert removed(CHAIN, ["norwick"]).conditions == frozenset()


def test_nothing_asked_changes_nothing() -> None:
    assert without(CHAIN, removed(CHAIN, [])) == CHAIN


def test_what_is_taken_away_says_so() -> None:
    changed = without(CHAIN, removed(CHAIN, ["te-1"]))
    chance = changed.terms[0].chance
    assert (chance.low, chance.high, chance.assumed_by) == (0, 0, "what-if")
    assert changed.terms[1:] == CHAIN.terms[1:]


def test_a_part_of_the_package_goes_by_its_name_or_with_its_term() -> None:
    given = dict.fromkeys(s.Enforcement.FIELDS, told(0.5))
    parts = (s.PartOfPackage(name="an army", term="t"), s.PartOfPackage(name="a Tessalian backstop"))
    kept = s.Enforcement(revisionist="ostrava", defender="marland", parts=parts, **given)
    situation = made.harbour().replace(terms=(made.term("t", "a strong Marland"),), enforcement=kept)

    def left(*asked: str) -> list[str]:
        found = without(situation, removed(situation, asked)).enforcement
        assert found is not None
        return [part.name for part in found.parts]

    assert left("strong Marland") == ["a Tessalian backstop"]
    assert left("Tessalian backstop") == ["an army"]
    assert left("army", "backstop") == []
    report = weigh(situation, draws=5, without=["army", "backstop"])
    assert report.enforcement is None
    assert "whether it would be kept: no part of the package can be in place" in report.unknown
    assert report.falls is not None
    assert report.falls.taken_away == ("a Tessalian backstop", "an army")
