"""Amounts: a table of forms, the invariants of a find, and writing an amount so that it reads back."""

from __future__ import annotations

import csv
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading.amounts import find_amounts, write_amount
from detente.reading.currencies import CODES, MONEY, SIGNS, WORDS, is_money
from detente.reading.nouns import is_plural, plural, singular
from detente.reading.numbers import SMALL
from detente.records import Amount, AmountBasis, AmountQualifier

TABLE = Path(__file__).parent / "cases" / "amounts.csv"


def table() -> list[tuple[str, list[dict[str, str]]]]:
    """Each sentence of the table with the amounts that it holds; no unit means that it holds none."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (text, [row for row in group if row["unit"]])
        for text, group in groupby(rows, lambda row: row["text"])
    ]


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-9)


CASES = table()


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 150
    assert sum(not expected for _, expected in CASES) >= 30


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_table(text: str, expected: list[dict[str, str]]) -> None:
    found = find_amounts(text)
    assert [f.amount.surface for f in found] == [row["surface"] for row in expected]
    for got, row in zip(found, expected, strict=True):
        amount = got.amount
        assert amount.unit == row["unit"]
        assert (amount.qualifier, amount.basis or "") == (row["qualifier"], row["basis"])
        for field in ("value", "low", "high"):
            assert close(getattr(amount, field), number(row[field])), field
        assert " ".join(f"{c.unit}={c.value:.12g}" for c in got.converted) == row["converted"]


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_spans_give_the_surface_and_do_not_overlap(text: str) -> None:
    last = 0
    for found in find_amounts(text):
        assert found.span.of(text) == found.amount.surface
        assert found.span.start >= last
        last = found.span.end


def test_only_the_part_asked_for_is_read() -> None:
    text = "Ostrava gave £5m, more than £7m and £9m."
    start, end = text.index(" £7m"), text.index(" and")
    (only,) = find_amounts(text, start, end)
    assert only.amount.value == 7e6
    assert only.amount.qualifier == "exact", "a hedge before the part is not part of it"
    assert [f.amount.value for f in find_amounts(text, end)] == [9e6]


def test_a_number_cut_off_by_the_end_is_read_as_far_as_it_goes() -> None:
    text = "They need £10bn-£15bn."
    (found,) = find_amounts(text, 0, text.index("-"))
    assert found.amount.value == 10e9


@given(st.text(alphabet=" £$€1250,.-–%()aofmbnkgtuy½\n", max_size=80))
def test_any_text_is_read_without_error_and_every_span_is_exact(text: str) -> None:
    for found in find_amounts(text):
        assert text[found.span.start : found.span.end] == found.amount.surface
        assert found.amount.unit


@given(st.text(max_size=60))
def test_unicode_is_read_without_error(text: str) -> None:
    find_amounts(text)


COUNTED = [
    "missile", "person", "battery", "F-16", "aircraft", "child", "brigade", "MP", "shell", "tonne", "percentage point",
]  # fmt: skip
UNITS = st.sampled_from(sorted(MONEY) + ["PCT", "PCT_GDP"] * 8 + [f"count:{thing}" for thing in COUNTED] * 3)
VALUES = st.one_of(st.integers(2, 1899), st.integers(2101, 10**13)).map(float) | st.integers(2, 10**6).map(
    lambda n: n / 100 + 2
)
BASES: st.SearchStrategy[AmountBasis | None] = st.sampled_from(["total", "additional", "per_year", None])
HEDGES: st.SearchStrategy[AmountQualifier] = st.sampled_from(
    ["exact", "about", "at_least", "at_most", "more_than", "less_than"]
)


def numbers(amount: Amount) -> tuple[object, ...]:
    return amount.value, amount.low, amount.high, amount.unit, amount.qualifier, amount.basis


@given(VALUES, UNITS, HEDGES, BASES)
def test_what_is_written_reads_back(
    value: float, unit: str, qualifier: AmountQualifier, basis: AmountBasis | None
) -> None:
    amount = Amount(
        value=value, unit=unit, qualifier=qualifier, basis=basis,
        low=value if qualifier in ("at_least", "more_than") else None,
        high=value if qualifier in ("at_most", "less_than") else None,
    )  # fmt: skip
    (found,) = find_amounts("They need " + write_amount(amount) + ".")
    assert numbers(found.amount) == numbers(amount)


@given(VALUES, VALUES, UNITS, BASES)
def test_a_range_that_is_written_reads_back(
    one: float, other: float, unit: str, basis: AmountBasis | None
) -> None:
    low, high = sorted((one, other))
    amount = Amount(value=None, low=low, high=high + 1, unit=unit, qualifier="between", basis=basis)
    (found,) = find_amounts("They need " + write_amount(amount) + ".")
    assert numbers(found.amount) == numbers(amount)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(value=2.26e9, unit="GBP"), "£2.26 billion"),
        (Amount(value=2.5, unit="PCT_GDP"), "2.5 per cent of GDP"),
        (Amount(value=1.0, unit="count:missile"), "1 missile"),
        (Amount(value=5e6, unit="SEK", basis="per_year"), "SEK 5 million a year"),
        (Amount(value=30000, unit="count:troop", qualifier="at_most", high=30000), "up to 30,000 troops"),
        (
            Amount(value=None, low=10e9, high=15e9, unit="EUR", qualifier="between"),
            "between €10 billion and €15 billion",
        ),
        (Amount(value=None, unit="EUR", surface="a fortune"), "a fortune"),
    ],
)
def test_write_amount(amount: Amount, words: str) -> None:
    assert write_amount(amount) == words


# ---------------------------------------------------------------- every style of number and unit

SCALES = {
    "million": 10**6,
    "m": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
}
GROUPINGS = {
    "comma": ",",
    "thin blank": "\u2009",
    "no-break blank": "\u00a0",
    "narrow no-break blank": "\u202f",
    "none": "",
}


@given(st.integers(2, 10**12), st.sampled_from(sorted(GROUPINGS)), st.sampled_from(sorted(SIGNS)))
def test_a_sign_before_digits_in_any_grouping(value: int, grouping: str, sign: str) -> None:
    (found,) = find_amounts(f"They need {sign}{value:,}.".replace(",", GROUPINGS[grouping]))
    assert (found.amount.value, found.amount.unit) == (float(value), SIGNS[sign])


@given(st.integers(2, 10**12), st.sampled_from(sorted(WORDS)), st.sampled_from(sorted(GROUPINGS)))
def test_money_words_after_digits_in_any_grouping(value: int, word: str, grouping: str) -> None:
    (found,) = find_amounts(f"They need {value:,} {word}.".replace(",", GROUPINGS[grouping]))
    assert (found.amount.value, found.amount.unit) == (float(value), WORDS[word])


@given(
    st.decimals(min_value="1.1", max_value=999, places=2), st.sampled_from(sorted(SCALES)), st.sampled_from(sorted(CODES)),
    st.sampled_from(["{code} {n}{s}", "{code}{n}{s}", "{n}{s} {code}", "{n} {s} {code}"]),
)  # fmt: skip
def test_a_code_with_a_scale_on_either_side(value: Decimal, scale: str, code: str, style: str) -> None:
    if len(scale) == 1 and "} {s" in style:
        return  # "5 m" may be metres
    (found,) = find_amounts("They need " + style.format(code=code, n=value, s=scale) + ".")
    assert found.amount.value == pytest.approx(float(value * SCALES[scale]))
    assert found.amount.unit == code


@given(
    st.integers(2, 99),
    st.sampled_from(["hundred", "thousand", "million", "billion"]),
    st.sampled_from(["-", " "]),
)
def test_numbers_in_words(value: int, scale: str, joint: str) -> None:
    tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    words = {number: word for word, number in SMALL.items()}
    spelled = words.get(value) or f"{tens[value // 10]}{joint}{words[value % 10]}"
    times = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9}[scale]
    (found,) = find_amounts(f"They need {spelled} {scale} euros.")
    assert (found.amount.value, found.amount.unit) == (value * times, "EUR")


@given(
    st.integers(2, 400), st.integers(1, 400), st.sampled_from(["-", "–", " to ", " or ", "-£", " to £"]),
    st.sampled_from(["m", "bn", " million", " billion"]),
)  # fmt: skip
def test_a_range_in_any_style_shares_its_scale(low: int, more: int, joint: str, scale: str) -> None:
    high, times = low + more, SCALES[scale.strip()]
    text = f"They need £{low}{joint}{high}{scale}."
    found = find_amounts(text)
    if joint == " or ":  # a choice of two sums is no range
        assert all(one.amount.low is None for one in found)
    else:
        assert [(one.amount.low, one.amount.high) for one in found] == [(low * times, high * times)]


@given(st.integers(1, 10**6), st.integers(1, 99))
def test_a_decimal_comma_is_told_from_groups(whole: int, cents: int) -> None:
    (found,) = find_amounts(f"They need {whole},{cents:02} euros.")
    assert found.amount.value == pytest.approx(whole + cents / 100)
    assert not find_amounts(f"They need {whole},{cents:02} tanks."), "no such count is written in English"


@pytest.mark.parametrize("text", ["They need 1.500 euros.", "They need €2.500.", "They sent 2.500 soldiers."])
def test_a_point_that_may_part_thousands_is_no_amount(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f", "\u2009", "\t", "\n"])
def test_any_gap_between_the_words_of_an_amount(gap: str) -> None:
    text = "they need more than 2.5 per cent of gross domestic product a year in total".replace(" ", gap)
    (found,) = find_amounts(text)
    assert numbers(found.amount) == (2.5, 2.5, None, "PCT_GDP", "more_than", "per_year")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They paid £9m, or €10m, for it.", [(9e6, "GBP", ["EUR"])]),
        ("They paid £9m or about €10m for it.", [(9e6, "GBP", ["EUR"])]),
        ("They paid £9m, around €10m, for it.", [(9e6, "GBP", ["EUR"])]),
        ("They want £9m or €10m.", [(9e6, "GBP", []), (10e6, "EUR", [])]),
        ("They paid £9m, €10m and $3m.", [(9e6, "GBP", []), (10e6, "EUR", []), (3e6, "USD", [])]),
        ("They paid £9m (more than $11m).", [(9e6, "GBP", ["USD"])]),
        ("They paid £9m ($11m in cash).", [(9e6, "GBP", []), (11e6, "USD", [])]),
        ("They paid £9m (", [(9e6, "GBP", [])]),
        ("They paid £9m ().", [(9e6, "GBP", [])]),
    ],
)
def test_conversions_are_kept_beside_the_sum(text: str, expected: list[tuple[float, str, list[str]]]) -> None:
    found = find_amounts(text)
    assert [(f.amount.value, f.amount.unit, [c.unit for c in f.converted]) for f in found] == expected


def test_the_hedge_of_a_conversion_is_its_own() -> None:
    (found,) = find_amounts("They paid about £9m (more than $11m).")
    assert (found.amount.qualifier, found.converted[0].qualifier) == ("about", "more_than")
    assert found.converted[0].low == 11e6


# ---------------------------------------------------------------- nouns and units


@given(
    st.sampled_from(
        [
            "missile",
            "battery",
            "person",
            "brigade",
            "ally",
            "MP",
            "F-16",
            "aircraft",
            "base",
            "launcher",
            "box",
            "pass",
            "day",
        ]
    )
)
def test_a_noun_comes_back_from_its_plural(noun: str) -> None:
    assert is_plural(plural(noun))
    assert singular(plural(noun)) == noun


@pytest.mark.parametrize("word", ["this", "US", "has", "progress", "various", "crisis", "Marland’s", "of"])
def test_not_a_plural(word: str) -> None:
    assert not is_plural(word)


def test_money_is_told_from_other_units() -> None:
    assert is_money("GBP")
    assert is_money("count:krone")
    assert not is_money("count:tank")
    assert not is_money("PCT_GDP")
    assert all(len(code) == 3 and code.isupper() for code in MONEY)


@given(st.integers(1, 10**6).map(lambda n: -n / 100), st.sampled_from(["PCT", "PCT_GDP"]))
def test_a_share_below_nought_reads_back(value: float, unit: str) -> None:
    (found,) = find_amounts("They need " + write_amount(Amount(value=value, unit=unit)) + ".")
    assert (found.amount.value, found.amount.unit) == (value, unit)
