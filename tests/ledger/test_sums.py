"""Which printed sums can be one sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.sums import same_sum
from detente.records import Amount


def money(surface, value, unit="EUR", **fields):
    return Amount(value=value, unit=unit, surface=surface, **fields)


BN = 1e9
CASES = [
    ("equal", money("€2.26bn", 2.26 * BN), money("2.26 billion euros", 2.26 * BN), True),
    ("cut short", money("€2.26bn", 2.26 * BN), money("€2.2bn", 2.2 * BN), True),
    ("rounded", money("€2.26bn", 2.26 * BN), money("€2.3bn", 2.3 * BN), True),
    ("rounded to one digit", money("€2.26bn", 2.26 * BN), money("€2bn", 2 * BN), True),
    ("never cut to one digit", money("€2.9bn", 2.9 * BN), money("€2bn", 2 * BN), False),
    ("rounded up to one digit", money("€2.9bn", 2.9 * BN), money("€3bn", 3 * BN), True),
    ("neither", money("€2.26bn", 2.26 * BN), money("€2.4bn", 2.4 * BN), False),
    ("just below", money("€2.26bn", 2.26 * BN), money("€2.1bn", 2.1 * BN), False),
    ("another sum", money("€2.26bn", 2.26 * BN), money("€1.6bn", 1.6 * BN), False),
    ("as many digits", money("€2.26bn", 2.26 * BN), money("€2.27bn", 2.27 * BN), False),
    ("half of a step is rounding", money("€1.25bn", 1.25 * BN), money("€1.3bn", 1.3 * BN), True),
    ("in millions", money("€2,260m", 2.26 * BN), money("€2.3bn", 2.3 * BN), True),
    ("a whole number is exact to one", money("€10bn", 10 * BN), money("€16bn", 16 * BN), False),
    ("tens", money("€10.4bn", 10.4 * BN), money("€10bn", 10 * BN), True),
    ("another currency", money("€2.26bn", 2.26 * BN), money("$2.26bn", 2.26 * BN, "USD"), False),
    ("a basis that differs", money("€2bn", 2 * BN, basis="per_year"), money("€2bn", 2 * BN, basis="total"), False),
    ("a basis in one", money("€2bn", 2 * BN, basis="per_year"), money("€2bn", 2 * BN), True),
    ("percentages are targets", money("2.5 per cent", 2.5, "PCT_GDP"), money("2.6 per cent", 2.6, "PCT_GDP"), False),
    ("rounded percentages too", money("2.6 per cent", 2.6, "PCT"), money("3 per cent", 3.0, "PCT"), False),
    ("counts", money("5,120 trucks", 5120.0, "count:truck"), money("5,100 trucks", 5100.0, "count:truck"), False),
    ("the same count", money("5,000 trucks", 5000.0, "count:truck"), money("five thousand trucks", 5000.0, "count:truck"), True),
    ("in words", money("two billion euros", 2 * BN), money("€2.26bn", 2.26 * BN), False),
    ("in words, equal", money("two billion euros", 2 * BN), money("€2bn", 2 * BN), True),
    ("the same range", money("€10bn-€15bn", None, low=1e10, high=1.5e10), money("10 to 15 billion", None, low=1e10, high=1.5e10), True),
    ("a range and a sum in it", money("€10bn-€15bn", None, low=1e10, high=1.5e10), money("€12bn", 12 * BN), False),
    ("nothing", money("no money", 0.0), money("0", 0.0), True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_two_sums(one, other, same):
    assert same_sum(one, other) is same
    assert same_sum(other, one) is same


@given(st.integers(1000, 999_999), st.integers(0, 2))
def test_a_rounded_and_a_cut_sum_are_the_sum(thousandths, digits):
    full = money(f"{thousandths / 1000:.3f}bn", thousandths * 1e6)
    for number in (round(thousandths / 1000, digits), thousandths // 10 ** (3 - digits) / 10**digits):
        surface = f"{number:.{digits}f}bn"
        if sum(c.isdigit() for c in surface) >= 2:
            assert same_sum(full, money(surface, float(surface[:-2]) * BN)), surface


@given(st.integers(100, 999), st.integers(100, 999))
def test_sums_with_as_many_digits_are_the_same_only_when_equal(one, other):
    assert same_sum(money(f"{one / 100:.2f}bn", one * 1e7), money(f"{other / 100:.2f}bn", other * 1e7)) == (one == other)
