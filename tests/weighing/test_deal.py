"""The deal: packages worked by hand, who blocks them, what opens them, and what is said where nothing is known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.weighing import situation as s
from detente.weighing import weigh
from detente.weighing.deal import OnTheTable, deal_report, no_deal
from detente.weighing.deal_results import DealReport, PackageReport
from detente.weighing.report_deal import deal_lines, step_lines

from .made import ANALYST, party, term, told

TERMS = (term("line", "a truce line"), term("force", "a force on it", "line"), term("loan", "a loan"))


def worth(actor: str, *of: tuple[str, s.Input]) -> tuple[s.Worth, ...]:
    return tuple(s.Worth(actor=actor, term=key, levels=(level,)) for key, level in of)


def talks(*, loan: s.Input | None = None, **changed: Any) -> s.Situation:
    """Ostrava loses 3 by the line, wins 2 by the force and has −2 by war; Marland wins 4 by the line, loses 1 by the force
    and 2 by the loan, and has 1 by war; the loan brings Ostrava 2 or what is given.

    So without the loan: the line alone −3 is worse than war for Ostrava; line and force −1 and 3 pass; the loan alone is
    worse than war for Marland; line, force and loan: 1 and 1, which pass; line and loan −1 and 2, which pass.
    """
    ostrava = party("Ostrava", veto=True).replace(without_deal=told(-2))
    marland = party("Marland", veto=True).replace(without_deal=told(1))
    case = s.Situation(
        title="talks", parties=(ostrava, marland), terms=TERMS, deal=s.Deal(unit="m EUR a year"),
        worths=(
            *worth("ostrava", ("line", told(-3, None, None, "po-1")), ("force", told(2)), ("loan", loan or told(2))),
            *worth("marland", ("line", told(4)), ("force", told(-1)), ("loan", told(-2))),
        ),
    )  # fmt: skip
    return case.replace(**changed)


def report(situation: s.Situation, draws: int = 50) -> DealReport:
    return deal_report(OnTheTable(situation, draws, 0))


def by_terms(found: DealReport) -> dict[tuple[str, ...], PackageReport]:
    return {p.terms: p for p in found.packages}


LINE, FORCE, LOAN = (t.proposition for t in TERMS)


def test_packages_worked_by_hand() -> None:
    found = report(talks())
    packages = by_terms(found)
    # The force needs the line, and a package with no term in it is no deal.
    assert set(packages) == {(LINE,), (LINE, FORCE), (LINE, FORCE, LOAN), (LINE, LOAN), (LOAN,)}
    assert {terms for terms, p in packages.items() if p.low == 1} == {(LINE, FORCE), (LINE, FORCE, LOAN), (LINE, LOAN)}
    assert packages[LINE,].verdict == packages[LOAN,].verdict == "cannot pass on these inputs"
    assert [r.name for r in packages[LINE,].refuses] == ["Ostrava"]
    assert [r.name for r in packages[LOAN,].refuses] == ["Marland"]
    assert packages[LINE,].accepts == ("Marland",)
    assert packages[LINE, FORCE].verdict == "passes on all inputs"
    assert found.passing is not None
    assert found.passing.median == 3
    assert (found.withheld, found.missing) == (None, ())
    assert found.must_agree == ("Ostrava", "Marland")
    assert "po-1" in found.sources


def test_where_they_would_settle_and_what_is_open_costs_nothing() -> None:
    found = report(talks())
    # Gains: line and force 1 × 2, all three 3 × 0, line and loan 1 × 1.
    assert next((x.method, x.terms, x.draws) for x in found.settled) == ("nash solution", (LINE, FORCE), 1.0)
    assert found.payment is not None
    assert found.payment.total.high == 0
    # Each of the two keeps out one package alone.
    assert [(b.name, b.draws) for b in found.binding] == [("Marland", 1), ("Ostrava", 1)]


def test_the_cheapest_payment_opens_what_is_closed() -> None:
    # Without force and loan there is the line alone: Ostrava is short of 1, Marland gains 3.
    found = report(talks(terms=TERMS[:1], worths=tuple(w for w in talks().worths if w.term == "line")))
    assert found.passing is not None
    assert found.passing.high == 0
    assert found.payment is not None
    assert (found.payment.total.median, found.payment.to, found.payment.covered) == (1, {"Ostrava": 1}, 1)
    assert found.payment.terms == (LINE,)
    assert [(b.name, b.draws) for b in found.binding] == [("Ostrava", 1)]
    assert "1.00 m EUR a year, to Ostrava 1.00" in "\n".join(line.words for line in deal_lines(found))
    # And with that payment it passes.
    paid = talks(terms=TERMS[:1], worths=(*worth("ostrava", ("line", told(-2))), *worth("marland", ("line", told(3)))))
    assert report(paid).packages[0].low == 1


def test_without_a_common_unit_nothing_can_be_paid() -> None:
    found = report(talks(deal=None))
    assert found.payment is None
    assert [x.method for x in found.settled] == ["nash solution", "kalai–smorodinsky solution"]
    assert "no side payment is worked out" in "\n".join(line.words for line in deal_lines(found))


def test_inputs_within_limits_give_shares_of_the_draws() -> None:
    # With line and loan Ostrava has −3 + loan: at least −2 in half of the draws.
    found = by_terms(report(talks(loan=told(0, 2)), draws=4000))[LINE, LOAN]
    assert found.low == found.high == pytest.approx(0.5, abs=0.03)
    assert found.verdict.startswith("passes on some inputs (")
    assert found.refuses[0].draws == pytest.approx(0.5, abs=0.03)


# ---------------------------------------------------------------- what is not known


def unknown(**changed: Any) -> s.Situation:
    """The talks, and of Marland it is not known what it has without a deal."""
    ostrava, marland = talks().parties
    return talks(parties=(ostrava, marland.replace(without_deal=None)), **changed)


def test_with_a_veto_player_of_whom_nothing_is_known_there_are_only_conditions() -> None:
    found = report(unknown())
    assert found.withheld is not None
    assert "nothing can be agreed without Marland" in found.withheld
    assert (found.passing, found.binding, found.payment, found.settled) == (None, (), None, ())
    assert [(m.name, m.veto, m.missing) for m in found.missing] == [("Marland", True, ("what it has without a deal",))]
    packages = by_terms(found)
    # What Ostrava refuses cannot pass whatever Marland does.
    assert {terms for terms, p in packages.items() if p.high == 0} == {(LINE,)}
    assert packages[LOAN,].verdict == "passes if Marland agrees, which is not known"
    assert all(p.low == 0 for p in found.packages)


def test_a_worth_that_is_missing_is_no_zero() -> None:
    worths = tuple(w for w in talks().worths if (w.actor, w.term) != ("marland", "loan"))
    found = report(talks(worths=worths))
    assert found.missing[0].missing == ("what this is worth to it: a loan",)
    assert found.withheld is not None
    nothing = report(talks(worths=tuple(w for w in worths if w.actor == "ostrava")))
    assert nothing.missing[0].missing == ("what any of the terms is worth to it",)


def test_nobody_whose_agreement_it_takes() -> None:
    found = report(talks(parties=tuple(p.replace(veto=None) for p in talks().parties)))
    assert found.withheld == "no outcome is given: it is not said whose agreement it takes"
    assert {(p.low, p.high, p.verdict) for p in found.packages} == {(0, 1, "whether it passes is not known")}


def test_one_of_the_others_must_agree_too() -> None:
    lorne = party("Lorne").replace(without_deal=told(0))
    nemo = party("Nemo")
    rule = s.Deal(others=1, basis=ANALYST)
    for loves in (True, False):
        sign = 1 if loves else -1
        worths = (*talks().worths, *worth("lorne", *((t.id, told(sign)) for t in TERMS)))
        case = talks(parties=(*talks().parties, lorne, nemo), worths=worths, deal=rule)
        package = by_terms(report(case))[LINE, FORCE]
        # Of Nemo nothing is known: it may be the one.
        assert (package.low, package.high) == ((1, 1) if loves else (0, 1))
        only = talks(parties=(*talks().parties, lorne), worths=worths, deal=rule)
        assert by_terms(report(only))[LINE, FORCE].low == float(loves)


@pytest.mark.parametrize(
    ("terms", "gone", "words"),
    [
        ((TERMS[0].replace(chance=told(0)),), (), "none of the terms can be in place"),
        ((TERMS[0].replace(chance=told(0), required=True),), (), "“a truce line” is required and cannot be in place"),
        (tuple(term(f"t{k}", f"term {k}") for k in range(13)), (), "got 8,192 packages of 13 terms, expected at most 4,096"),
        (TERMS, ("marland",), "nothing can be agreed without Marland, which is taken to have no part in it"),
    ],
)
def test_no_package_to_speak_of(terms: tuple[s.Term, ...], gone: tuple[str, ...], words: str) -> None:
    with pytest.raises(SituationError) as caught:
        OnTheTable(talks(terms=terms, worths=()), 10, 0, gone)
    assert words in caught.value.message
    found = no_deal(talks(), caught.value.message)
    assert found.packages == ()
    assert words in "\n".join(line.words for line in deal_lines(found))


def test_a_term_that_cannot_be_in_place_is_in_no_package() -> None:
    found = report(talks(terms=(*TERMS[:2], TERMS[2].replace(chance=told(0)))))
    assert set(by_terms(found)) == {(LINE,), (LINE, FORCE)}


def test_levels_are_named_where_there_are_several() -> None:
    line = TERMS[0].replace(levels=("none", "river", "ridge"))
    worths = (
        s.Worth(actor="ostrava", term="line", levels=(told(1), told(-5))), s.Worth(actor="marland", term="line", levels=(told(2), told(9))),
    )  # fmt: skip
    found = by_terms(report(talks(terms=(line,), worths=worths)))
    assert found["a truce line (river)",].low == 1
    assert found["a truce line (ridge)",].low == 0


# ---------------------------------------------------------------- the sequence


def test_each_stage_leaves_what_all_so_far_accept() -> None:
    steps = (
        s.Step(order=2, action="sign", actors=("marland",), basis=ANALYST),
        s.Step(order=1, action="draft", actors=("ostrava",), basis=ANALYST),
    )
    found = weigh(talks(steps=steps), draws=20).steps
    assert [(x.order, x.left, x.of) for x in found] == [(1, (4, 4), 5), (2, (3, 3), 5)]
    said = [str(line) for line in step_lines(found)]
    assert said[1] == "1. draft: Ostrava; packages that all so far accept: 4 of 5 [assumed by J. Analyst]"
    dark = weigh(unknown(steps=steps), draws=20).steps[1]
    assert (dark.left, dark.unknown) == ((0, 4), ("Marland",))
    assert weigh(talks(steps=steps), draws=20, without=["Marland"]).steps[1].of == 0


def test_what_if_reaches_the_deal() -> None:
    found = weigh(talks(), draws=20, without=["loan"]).deal
    assert found is not None
    assert set(by_terms(found)) == {(LINE,), (LINE, FORCE)}
    gone = weigh(talks(), draws=20, without=["Marland"]).deal
    assert gone is not None
    assert gone.withheld is not None
    assert "without Marland" in gone.withheld


# ---------------------------------------------------------------- invariants

WORTHS = st.floats(-5, 5).map(lambda x: round(x, 2))


@settings(max_examples=40)
@given(st.lists(WORTHS, min_size=6, max_size=6), WORTHS, WORTHS)
def test_a_worse_war_never_closes_a_package(worths: list[float], war: float, other: float) -> None:
    def passing(without: float) -> set[tuple[str, ...]]:
        ostrava, marland = talks().parties
        case = talks(
            parties=(ostrava.replace(without_deal=told(without)), marland),
            worths=(
                *worth("ostrava", *zip(("line", "force", "loan"), map(told, worths[:3]), strict=True)),
                *worth("marland", *zip(("line", "force", "loan"), map(told, worths[3:]), strict=True)),
            ),
        )  # fmt: skip
        return {p.terms for p in report(case, 1).packages if p.low == 1}

    low, high = sorted((war, other))
    assert passing(high) <= passing(low)


@settings(max_examples=30)
@given(st.floats(0.01, 100))
def test_the_unit_of_the_worths_changes_only_the_payment(unit: float) -> None:
    def times(i: s.Input) -> s.Input:
        return i.replace(low=i.low * unit, high=i.high * unit)

    case = talks(loan=told(0, 2))
    scaled = case.replace(
        worths=tuple(w.replace(levels=tuple(map(times, w.levels))) for w in case.worths),
        parties=tuple(p.replace(without_deal=times(p.without_deal)) for p in case.parties if p.without_deal),
    )
    one, other = report(case), report(scaled)
    assert [(p.terms, p.low) for p in one.packages] == [(p.terms, p.low) for p in other.packages]
    assert [x.terms for x in one.settled] == [x.terms for x in other.settled]


def test_the_order_of_the_parties_does_not_matter() -> None:
    one, other = report(talks()), report(talks(parties=talks().parties[::-1]))
    assert by_terms(one).keys() == by_terms(other).keys()
    assert {t: p.low for t, p in by_terms(one).items()} == {t: p.low for t, p in by_terms(other).items()}


def test_two_parties_that_are_alike_weigh_as_one_veto() -> None:
    twin = talks().parties[1].replace(id="twin", name="Twin")
    alike = tuple(w.replace(actor="twin") for w in talks().worths if w.actor == "marland")
    one, two = report(talks()), report(talks(parties=(*talks().parties, twin), worths=(*talks().worths, *alike)))
    assert {t: p.low for t, p in by_terms(one).items()} == {t: p.low for t, p in by_terms(two).items()}
