"""The situation that the seed article gives: its three components, its sequence and the backstop's condition, with their sentences.

Then completed with stated assumptions, which are made for this test, and weighed from end to end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import detente
from detente.ledger import Ledger
from detente.records import Deal, Term
from detente.weighing import Situation, situation_from, weigh
from detente.weighing import situation as s

ANALYST = s.Basis(assumed_by="J. Analyst", note="stated for the test")


@pytest.fixture(scope="module")
def ledger(shared: Path) -> Ledger:
    (article,) = (shared / "seeds").glob("*.txt")
    return detente.read(article, published="2025-03-02", country="GB")


@pytest.fixture(scope="module")
def situation(ledger: Ledger) -> Situation:
    return situation_from(ledger)


def components(situation: Situation) -> dict[str, s.Term]:
    """The three parts of the package, by the word that tells them apart."""
    return {
        word: next(t for t in situation.terms if word in t.proposition.casefold() and t.depends_on)
        for word in ("strong ukraine", "european element", "backstop")
    }


def sentences(ledger: Ledger, record: str) -> list[str]:
    """The words that a record rests on, which must be the article's own."""
    (article,) = ledger.articles
    found = ledger.get(record)
    assert found is not None
    assert all(article.text[e.start : e.end] == e.exact for e in found.evidence)
    return [e.exact for e in found.evidence]


def test_the_three_components_need_each_other_and_have_their_words(ledger: Ledger, situation: Situation) -> None:
    parts = components(situation)
    ids = {t.id for t in parts.values()}
    for word, part in parts.items():
        assert set(part.depends_on) == ids - {part.id}
        assert part.required is True
        (source,) = part.basis.sources
        assert isinstance(ledger.get(source), Term)
        assert any(word in said.casefold() for said in sentences(ledger, source))
    report = weigh(situation, draws=20)
    assert [t.all_necessary for t in report.terms if t.id in ids] == [tuple(t.id for t in situation.terms if t.id in ids)] * 3


def test_the_sequence_is_ukraines_plan_first_and_then_the_united_states(ledger: Ledger, situation: Situation) -> None:
    first, *_, last = sorted(situation.steps, key=lambda step: step.order)
    assert "UA" in first.actors
    assert "US" in last.actors
    assert first.order < last.order
    deal = ledger.get(first.basis.sources[0])
    assert isinstance(deal, Deal)
    assert first.action in [e.exact for e in deal.evidence if e.field == "steps"]
    assert {p.id for p in situation.parties if p.veto} >= {"UA", "US"}


def test_without_the_backstop_the_other_components_fall(situation: Situation) -> None:
    falls = weigh(situation, draws=20, without=["US backstop"]).falls
    assert falls is not None
    parts = components(situation)
    for part in parts.values():
        assert any(part.id in term for term in falls.terms)


def test_of_the_veto_players_nothing_is_known_so_there_is_no_outcome(situation: Situation) -> None:
    report = weigh(situation, draws=20)
    assert report.first_line == f"{report.assumed} of {report.counted} inputs assumed"
    assert all(issue.baseline is None for issue in report.issues if "United States" in (issue.withheld or ""))
    assert report.deal is not None
    assert report.deal.withheld is not None
    assert {m.name for m in report.deal.missing} >= {"Ukraine", "United States"}
    assert report.deal.packages, "the packages that there can be are listed all the same"
    assert any("whether it would last" in what for what in report.unknown)


# ---------------------------------------------------------------- completed


def guess(low: float, high: float) -> s.Input:
    return s.Input(low=low, high=high, assumed_by=ANALYST.assumed_by, note=ANALYST.note)


def completed(situation: Situation) -> Situation:
    """The same with Russia, capabilities, positions, worths, comparable cases and what war would bring."""
    power = {"GB": (2, 3), "US": (20, 30), "UA": (2, 4), "FR": (2, 3), "RU": (5, 10)}
    without = {"US": (-1, 0), "UA": (-6, -3), "RU": (-3, 0)}
    worth = {"US": (-0.5, 0.5), "UA": (0.0, 2.0), "RU": (-1.5, 0.5)}
    stands = {"US": (20, 60), "UA": (80, 100), "RU": (0, 20), "FR": (60, 100)}
    parties = [*situation.parties, s.Party(id="RU", name="Russia", capability=guess(5, 10), veto=ANALYST)]
    there = {(x.actor, x.issue) for x in situation.standings}
    parts = components(situation)
    return situation.replace(
        parties=tuple(
            p.replace(
                capability=guess(*power.get(p.id, (0.1, 0.5))), without_deal=guess(*without[p.id]) if p.id in without else None,
            )
            for p in parties
        ),
        standings=situation.standings
        + tuple(
            s.Standing(actor=p, issue=i.id, position=guess(*at), salience=guess(0.3, 0.9))
            for i in situation.issues for p, at in stands.items() if (p, i.id) not in there
        ),
        worths=tuple(s.Worth(actor=p, term=t.id, levels=(guess(*at),)) for t in situation.terms for p, at in worth.items()),
        deal=s.Deal(unit="points"),
        durability=s.Comparable(conflict="interstate", ending="ceasefire", guarantee=True, basis=ANALYST),
        enforcement=s.Enforcement(
            revisionist="RU", defender="UA", win=guess(0.5, 0.7), win_later=guess(0.55, 0.75), cost_r=guess(0.1, 0.2),
            cost_u=guess(0.1, 0.3), share=guess(0.2, 0.3), effect=guess(0.2, 0.4), punishment=guess(0.1, 0.3),
            parts=(
                s.PartOfPackage(name="a strong Ukraine", term=parts["strong ukraine"].id, strength=guess(0.05, 0.15)),
                s.PartOfPackage(
                    name="the European element", term=parts["european element"].id, alone=guess(0.1, 0.4), backed=guess(0.5, 0.9)
                ),
                s.PartOfPackage(name="the US backstop", term=parts["backstop"].id, backstop=guess(0.3, 0.9)),
            ),
        ),
    )  # fmt: skip


def test_completed_with_stated_assumptions_every_part_has_an_answer(ledger: Ledger, situation: Situation) -> None:
    report = weigh(completed(situation), draws=200)
    assert all(issue.baseline and len(issue.models) >= 3 for issue in report.issues)
    assert report.deal is not None
    assert (report.deal.withheld, report.deal.missing) == (None, ())
    assert report.enforcement is not None
    assert len(report.enforcement.packages) == 8
    assert report.durability is not None
    assert (report.durability.cases, report.durability.survival[0].share.point) == (15, None)
    # What bears a number is in the ledger, or somebody said it.
    named = {source for issue in report.issues for source in issue.sources} | set(report.deal.sources)
    assert all(ledger.get(source) is not None for source in named)
    assert "J. Analyst" in report.deal.assumed_by


def test_without_the_backstop_its_part_is_gone_from_the_enforcement_too(situation: Situation) -> None:
    report = weigh(completed(situation), draws=50, without=["US backstop"])
    assert report.enforcement is not None
    assert report.enforcement.packages[-1].parts == ("a strong Ukraine", "the European element")
    assert report.deal is not None
    assert report.deal.withheld is not None
    assert "is required and cannot be in place" in report.deal.withheld
