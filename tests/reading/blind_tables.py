"""How the blind tables of amounts and dates are matched with what is read.

The tables were written by somebody who had not seen the code. Where their way of writing a value differs from
the record's contract without either being wrong, the ways are mapped here and nowhere else; each mapping has its
reason. A row is right when everything it says agrees.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from detente.reading.amounts import Found, find_amounts
from detente.reading.dates import Direction, FoundDate, find_dates
from detente.records import Amount

DATA = Path(__file__).parent / "data"
Row = dict[str, str]

# The record has one name for a hedge from above.
QUALIFIERS = {"up_to": "at_most", "": "exact"}
# A change in points is no share, and is never added to one: the record counts points; bare points, which may be
# those of an index, it leaves bare.
POINTS = ("count:percentage point", "count:point")
# "100-plus" and "100+" are "100 or more" in the record; the table's note allows either.
PLUS = ("at_least", "more_than")
# EDTF level 2 writes a quarter as a season; the record has no such grain and gives its months.
QUARTERS = {"33": ("01", "03"), "34": ("04", "06"), "35": ("07", "09"), "36": ("10", "12")}


class Verdict(NamedTuple):
    """What came of one row: right, wrong (another value than the table's) or missed (no value); and why."""

    row: Row
    outcome: str
    why: str = ""


def rows(name: str) -> list[Row]:
    """The rows of a blind table, those disputed included."""
    with (DATA / f"{name}_blind.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tally(verdicts: list[Verdict]) -> dict[str, int]:
    """How many rows came out how; disputed rows are counted apart."""
    found = {"right": 0, "wrong": 0, "missed": 0, "disputed": 0}
    for verdict in verdicts:
        found["disputed" if verdict.row.get("disputed") else verdict.outcome] += 1
    return found


# ---------------------------------------------------------------- amounts


class Stated(NamedTuple):
    """An amount with its place, conversions given like the table's: as amounts of their own."""

    start: int
    end: int
    amount: Amount
    of: Stated | None = None


def amounts() -> list[Verdict]:
    """The verdict on every row of the table of amounts."""
    found: list[Verdict] = []
    for text, group in groupby(rows("amounts"), lambda row: row["text"]):
        found += amounts_of(text, list(group))
    return found


def amounts_of(text: str, group: list[Row]) -> Iterator[Verdict]:
    """The verdicts on the rows of one sentence; an amount that no row expects makes the last row wrong."""
    stated = [one for found in find_amounts(text) for one in flat(text, found)]
    at, spare = 0, list(stated)
    for row in group:
        start = text.index(row["surface"], at)
        at = end = start + len(row["surface"])
        mine = next((one for one in spare if one.start < end and start < one.end), None)
        if mine is not None:
            spare.remove(mine)
        last = row is group[-1]
        yield verdict_on_amount(row, mine, [one.amount.surface for one in spare] if last else [])


def flat(text: str, found: Found) -> Iterator[Stated]:
    """An amount and its conversions. The record keeps a conversion inside the sum that it converts."""
    whole = Stated(found.span.start, found.span.end, found.amount)
    at = found.span.start
    parts = []
    for other in found.converted:
        at = text.index(other.surface, at)
        parts.append(Stated(at, at + len(other.surface), other, whole))
        at += len(other.surface)
    yield whole._replace(end=parts[0].start) if parts else whole
    yield from parts


def verdict_on_amount(row: Row, mine: Stated | None, spare: list[str]) -> Verdict:
    if spare:
        return Verdict(row, "wrong", f"more than expected: {spare}")
    if not row["surface"]:
        return Verdict(row, "right")
    if mine is None:
        return Verdict(row, "missed", "not found")
    faults = list(differences(row, mine))
    return Verdict(row, "wrong" if faults else "right", "; ".join(faults))


def differences(row: Row, mine: Stated) -> Iterator[str]:
    """What an amount says otherwise than its row. The record's surface takes in hedge and basis; the row's does not."""
    amount = mine.amount
    low, high, value = (float(row[key]) if row[key] else None for key in ("low", "high", "value"))
    ranged = value is None
    if not close(amount.value, value):
        yield f"value {amount.value}"
    if low is not None and not (close(amount.low, low) and close(amount.high, high)):
        yield f"from {amount.low} to {amount.high}"
    # a range is "between" whatever stands before it; vague words are a range, whose ends the table leaves open
    qualifier = "between" if ranged else QUALIFIERS.get(row["qualifier"], row["qualifier"])
    either = (amount.qualifier, qualifier) == PLUS and "-plus" in row["text"]
    if amount.qualifier != qualifier and not either:
        yield f"qualifier {amount.qualifier}"
    points = amount.unit in POINTS and row["unit"] == "PCT" and "point" in row["surface"]
    if amount.unit != row["unit"] and not points:
        yield f"unit {amount.unit}"
    if (amount.basis or "") != row["basis"]:
        yield f"basis {amount.basis}"
    if bool(mine.of) != bool(row["conversion_of"]) or (
        mine.of and row["conversion_of"] not in mine.of.amount.surface
    ):
        yield f"converts {mine.of and mine.of.amount.surface}"


def close(one: float | None, other: float | None) -> bool:
    """Whether two numbers, or two blanks, are the same."""
    return one is other if one is None or other is None else abs(one - other) <= 1e-9 * abs(other)


# ---------------------------------------------------------------- dates


def dates() -> list[Verdict]:
    """The verdict on every row of the table of dates."""
    found: list[Verdict] = []
    for _, group in groupby(rows("dates"), lambda row: (row["text"], row["article_date"])):
        found += dates_of(list(group))
    return found


def dates_of(group: list[Row]) -> Iterator[Verdict]:
    """The verdicts on the rows of one sentence; a date that no row expects makes the last row wrong."""
    at, spare = 0, []
    for row in group:
        text = row["text"]
        # the caller tells where a time without a direction of its own points: as the verb beside it does
        way: Direction = "future" if "future" in (row["tense_hint"], row["direction"]) else "past"
        if row["direction"] and row["tense_hint"]:
            way = "future" if row["tense_hint"] == "future" else "past"
        found = find_dates(text, date.fromisoformat(row["article_date"]), direction=way)
        start = text.index(row["surface"], at)
        at = end = start + len(row["surface"])
        spare.append((start, end))
        mine = [one for one in found if one.span.start < end and start < one.span.end]
        extra = [
            one
            for one in found
            if one.edtf and not any(one.span.start < e and s < one.span.end for s, e in spare)
        ]
        yield verdict_on_date(row, mine, extra if row is group[-1] else [])


def verdict_on_date(row: Row, mine: list[FoundDate], extra: list[FoundDate]) -> Verdict:
    if extra:
        return Verdict(row, "wrong", f"more than expected: {[(one.surface, one.edtf) for one in extra]}")
    known = [one for one in mine if one.edtf]
    if not row["edtf"]:  # what stays words may be found without a value, or not at all
        return Verdict(row, "wrong" if known else "right", str([one.edtf for one in known]))
    if not known:
        return Verdict(row, "missed", mine[0].reason if mine else "not found")
    (one, *more) = known
    if more or plain(one.edtf or "") != plain(row["edtf"]):
        return Verdict(row, "wrong", str([one.edtf for one in known]))
    # the record's grain of anything with two ends is "interval"; the table's is the grain of the unit named
    grain = "interval" if "/" in plain(row["edtf"]) else row["granularity"]
    agrees = one.granularity == grain
    return Verdict(row, "right" if agrees else "wrong", f"granularity {one.granularity}")


def plain(edtf: str) -> str:
    """EDTF with quarters as months, and "until June" and "until its last day" written alike."""
    opens, _, closes = edtf.partition("/")
    year, _, code = edtf.partition("-")
    if code in QUARTERS:
        first, last = QUARTERS[code]
        return f"{year}-{first}/{year}-{last}"
    return f"../{last_day(closes)}" if opens == ".." else edtf


def last_day(edtf: str) -> str:
    """The last day of a day, month or year in EDTF."""
    parts = [int(part) for part in edtf.split("-")]
    if len(parts) == 3:
        return edtf
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()
