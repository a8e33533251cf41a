"""Whether a deal would be kept: what is shown, from which inputs, and what is refused."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import SituationError
from detente.weighing.enforcement import EnforcementReport, enforcement
from detente.weighing.report_durability import enforcement_lines
from detente.weighing.situation import Enforcement, Input, PartOfPackage, assumed

from .made import told


def deal(**changed: Any) -> Enforcement:
    """Marland would win in 70 of 100 wars and the deal leaves it 30 %: it is tempted by .3, and each part takes .1 of that."""
    case = Enforcement(
        revisionist="Marland", defender="Ostrava",
        win=told(0.7), win_later=told(0.7), cost_r=told(0.1), cost_u=told(0.1), share=told(0.3),
        effect=told(0.2), punishment=told(0.1, None, None, "pl-1"),
        parts=(
            PartOfPackage(name="army", strength=told(0.1)),
            PartOfPackage(name="force", alone=told(0.2), backed=told(0.8)),
            PartOfPackage(name="backstop", backstop=told(1.0)),
        ),
    )  # fmt: skip
    return msgspec.structs.replace(case, **changed)


def guess(low: float, high: float) -> Input:
    return assumed(low, high, "made")


def test_a_package_of_which_all_is_necessary() -> None:
    report = enforcement(deal(), draws=10)
    assert report.all_necessary
    assert [p.share for p in report.importance] == pytest.approx([1 / 3] * 3)
    assert [p.lost for p in report.importance] == [1.0] * 3
    assert [p.holds for p in report.packages] == ["in no draw"] * 7 + ["in every draw"]
    assert report.packages[-1].parts == ("army", "force", "backstop")
    # Alone: [.7 − .1, .7 + .1]. With all: p is .6, γ .8; [.6 − .1 − .24, .6 + .1 − .16].
    assert (report.low_alone.median, report.high_alone.median) == pytest.approx((0.6, 0.8))
    assert (report.low.median, report.high.median) == pytest.approx((0.26, 0.54))
    # γ* = (.6 − .1 − .3) / .3.
    assert report.needed.median == pytest.approx(2 / 3)
    assert report.offered.median == pytest.approx(0.8)
    assert report.sensitivities == ()
    # The deal leaves .3, and .26 would do.
    assert report.margin.median == pytest.approx(0.04)
    assert report.holds_at_the_middle


def test_a_deal_has_to_hold_while_power_shifts() -> None:
    report = enforcement(deal(win_later=told(0.8)), draws=10)
    assert {p.holds for p in report.packages} == {"in no draw"}
    assert report.needed.median == pytest.approx(1.0)
    assert enforcement(deal(win_later=told(0.8), periods=1), draws=10).packages[-1].holds == "in every draw"


def test_where_no_guarantee_is_enough_and_where_none_is_needed() -> None:
    helpless = enforcement(deal(effect=told(0.0), punishment=told(0.0)), draws=10)
    assert helpless.needed.median is None, "no number is large enough"
    assert str(helpless.needed) == "∞"
    content = enforcement(deal(share=told(0.65)), draws=10)
    assert content.needed.median is not None
    assert content.needed.median < 0
    assert {p.holds for p in content.packages} == {"in every draw"}


def test_what_is_assumed_is_counted_and_the_rest_is_named() -> None:
    report = enforcement(deal(win=guess(0.6, 0.8), cost_r=guess(0.05, 0.15)), draws=50)
    assert report.first_line == "2 of 11 inputs assumed"
    assert report.sources == ("pl-1", "re-1")
    assert report.assumed_by == ("détente",)
    heading, first, *_ = enforcement_lines(report)
    assert heading.words == "Would it be kept? What Marland gains by breaking the deal"
    assert str(first).startswith("2 of 11 inputs assumed; ")
    assert str(first).endswith(" [pl-1, re-1; assumed by détente]")


def test_inputs_that_are_not_known_widen_the_answer_and_are_named() -> None:
    report = enforcement(deal(share=guess(0.1, 0.5), cost_u=guess(0.05, 0.15), win=guess(0.69, 0.71)), draws=500)
    last = report.packages[-1]
    assert (last.holds, 0.3 < last.draws < 0.8) == ("on some inputs", True)
    # The share decides, and the defender's cost has nothing to do with whether the revisionist keeps the deal.
    # A uniform variable's variance is its squared width over 12, and the others hardly move the margin.
    assert report.sensitivities[0].name == "share"
    assert report.sensitivities[0].total == pytest.approx(0.4**2 / (0.4**2 + 0.02**2), abs=0.03)
    assert next(s.total for s in report.sensitivities if s.name == "cost_u") == pytest.approx(0, abs=1e-12)
    assert report.low.low is not None
    assert report.low.high is not None
    assert report.low.low < report.low.high


def test_what_would_have_to_be_true_is_the_threshold() -> None:
    found = {f.input: f for f in enforcement(deal(share=guess(0.2, 0.4)), draws=10).flips}
    # Kept while share ≥ win − .1 − .1 − backed × .3: with .3 and .8 until .26, win .74, backed .6667.
    assert found["share"].needed == pytest.approx(0.26)
    assert (found["share"].known, found["share"].assumed_by) == (True, "détente")
    assert found["win"].needed == found["win_later"].needed == pytest.approx(0.74)
    assert found["force: backed"].needed == pytest.approx(2 / 3)
    assert (found["win"].known, found["win"].sources) == (False, ("re-1",))
    # What has nothing to do with it cannot turn it.
    assert "cost_u" not in found
    assert next(iter(found)) == "share", "what is open comes first"


def test_parts_that_need_each_other_and_parts_that_stand_for_each_other() -> None:
    together = {(p.first, p.second): p.index for p in enforcement(deal(), draws=10).pairs}
    assert together["force", "backstop"] > 0
    either = deal(
        share=told(0.5),
        parts=(PartOfPackage(name="army", strength=told(0.2)), PartOfPackage(name="wall", cost=told(0.2))),
    )
    assert enforcement(either, draws=10).pairs[0].index == -1


def test_the_same_seed_gives_the_same_report_and_another_does_not() -> None:
    case = deal(win=guess(0.5, 0.9))

    def taken(seed: int) -> EnforcementReport:
        return enforcement(case, draws=100, seed=seed)

    assert taken(3) == taken(3)
    assert taken(3).low != taken(4).low
    assert (taken(3).seed, taken(3).parameters) == (3, {"draws": 100, "periods": 5})


@settings(max_examples=30)
@given(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 1), st.integers(0, 100))
def test_a_part_more_never_lets_fewer_draws_hold(share: float, strength: float, backed: float, seed: int) -> None:
    parts = (
        PartOfPackage(name="army", strength=guess(0, strength)),
        PartOfPackage(name="force", alone=told(0.0), backed=guess(0, backed)),
        PartOfPackage(name="backstop", backstop=guess(0, 1)),
    )
    report = enforcement(deal(share=told(share), win=guess(0.2, 0.9), parts=parts), draws=60, seed=seed)
    held = {frozenset(p.parts): p.draws for p in report.packages}
    for some in held:
        assert all(held[some] <= held[more] + 1e-12 for more in held if some < more)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(0, 2))
def test_with_and_without_a_part_the_others_are_drawn_alike(seed: int, gone: int) -> None:
    case = deal(parts=(
        PartOfPackage(name="army", strength=guess(0, 0.3)), PartOfPackage(name="force", alone=guess(0, 1), backed=guess(0, 1)),
        PartOfPackage(name="backstop", backstop=guess(0, 1)),
    ), share=guess(0.1, 0.6))  # fmt: skip
    left = tuple(p for n, p in enumerate(case.parts) if n != gone)
    full, less = (enforcement(c, draws=40, seed=seed) for c in (case, msgspec.structs.replace(case, parts=left)))
    held = {p.parts: p.draws for p in full.packages}
    assert {p.parts: p.draws for p in less.packages}.items() <= held.items()


def test_the_order_of_the_parts_does_not_matter() -> None:
    case = deal()
    turned = msgspec.structs.replace(case, parts=case.parts[::-1])
    one, other = enforcement(case, draws=10), enforcement(turned, draws=10)
    assert {frozenset(p.parts): p.draws for p in one.packages} == {frozenset(p.parts): p.draws for p in other.packages}


@pytest.mark.parametrize(
    ("changed", "arguments", "message"),
    [
        ({"win": told(0.5, 1.5)}, {}, "win: got"),
        ({"parts": ()}, {}, "components: got 0"),
        ({"parts": (PartOfPackage(name="a"), PartOfPackage(name="a"))}, {}, "each part once"),
        ({"parts": (PartOfPackage(name="force", alone=told(2.0)),)}, {}, "force: alone: got 2"),
        ({"periods": 0}, {}, "0 periods"),
        ({}, {"draws": 0}, "got 0 draws"),
    ],
)
def test_what_is_refused(changed: dict[str, Any], arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(SituationError, match=message):
        enforcement(deal(**changed), **arguments)


def test_a_misspelt_field_is_no_silent_default() -> None:
    plain = msgspec.to_builtins(deal()) | {"wins": 1}
    with pytest.raises(msgspec.ValidationError, match="wins"):
        msgspec.convert(plain, Enforcement)
