"""What a person may put into a field beyond what its type says: times that a calendar has, records that are there, sums."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from functools import cache

from detente.errors import RecordError
from detente.ledger.connection import Connection
from detente.records import Amount, AnyRecord, Condition, Pledge, StageEntry, kind_of

TIMES = frozenset({"due", "date", "said_on", "valid_from"})
"""Fields that hold a time as EDTF (ISO 8601-2); so do the dates of a pledge's stages."""
REFERENCES: Mapping[str, str] = {
    "depends_on": "term", "terms": "term", "derived_from": "statement", "supersedes": "position", "part_of": "pledge",
}  # fmt: skip
"""Fields that hold ids of records, with the kind that these must be of."""

_POINT = re.compile(r"(\d{3}X|\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?", re.ASCII)
_SEASONS = range(21, 25)
_UNIT = re.compile(r"[A-Z]{3}|PCT|PCT_GDP|count:\S.*")
_TIME = (
    "expected a time as EDTF, such as 2025-03-02, 2025-03, ../2027-12-31 (by then) or 2025-03-01/2025-03-07"
)


def is_time(words: str) -> bool:
    """Whether words are a time as records hold it: a day, month, season, year or decade, or an interval of them."""
    start, slash, end = words.partition("/")
    if not slash:
        return _is_point(words)
    bounds = [bound for bound in (start, end) if bound not in ("", "..")]
    shared = min(map(len, bounds), default=0)  # of a day and a month what both say is compared
    return shared > 0 and all(map(_is_point, bounds)) and bounds[0][:shared] <= bounds[-1][:shared]


def is_day(words: str) -> bool:
    """Whether words are one day of the calendar, as in 2025-03-02."""
    return len(words) == len("2025-03-02") and _is_point(words)


def check_times(record: AnyRecord) -> None:
    """Check every time of a record.

    Raises:
        RecordError: one is no time as records hold it.
    """
    for field in _timed(type(record)):
        if (value := getattr(record, field)) is not None:
            for got, wrong in _no_times(value):
                raise RecordError(f"{record.id}: {field} got {got!r}, {wrong}")


def check_edit(connection: Connection, record: AnyRecord, field: str) -> None:
    """Check the value that an edit gave a field.

    Args:
        connection: the ledger's, which knows the other records.
        record: with the field's new value.
        field: its name.

    Raises:
        RecordError: a time that is none, the id of a record that is not there or of another kind, an amount without a
            unit or with its limits crossed, a condition or a stage without what it needs.
    """
    for got, wrong in _faults(connection, record, field):
        raise RecordError(f"{record.id}: {field} got {got!r}, {wrong}")


def _faults(connection: Connection, record: AnyRecord, field: str) -> Iterator[tuple[object, str]]:
    value = getattr(record, field)
    if field in _timed(type(record)):
        yield from _no_times(value)
    if field in REFERENCES:
        for key in value if isinstance(value, tuple) else filter(None, [value]):
            yield from _not_there(connection, record, key, REFERENCES[field])
    for part in value if isinstance(value, tuple) else ():
        if isinstance(part, Condition) and not part.text.strip():
            yield part.text, "expected the words of the condition"
    if isinstance(record, Pledge) and isinstance(value, Amount):
        yield from _no_sum(value)


@cache
def _timed(kind: type[AnyRecord]) -> tuple[str, ...]:
    """The fields of a kind of record that hold times."""
    return tuple(name for name in kind.__struct_fields__ if name in TIMES or name == "stages")


def _no_times(value: object) -> Iterator[tuple[object, str]]:
    """The times of a field, or of a pledge's stages, that are none."""
    times = (
        [part.date for part in value if isinstance(part, StageEntry)] if isinstance(value, tuple) else [value]
    )
    yield from ((time, _TIME) for time in times if isinstance(time, str) and not is_time(time))


def _is_point(words: str) -> bool:
    match = _POINT.fullmatch(words)
    if not match:
        return False
    year, month, day = match.groups()
    if month is None:
        return True
    if year.endswith("X") or int(month) in _SEASONS:
        return not year.endswith("X") and day is None
    if not 1 <= int(month) <= 12 or int(year) == 0:
        return False
    return day is None or 1 <= int(day) <= monthrange(int(year), int(month))[1]


def _not_there(
    connection: Connection, record: AnyRecord, key: str, kind: str
) -> Iterator[tuple[object, str]]:
    found = connection.row("SELECT kind FROM records WHERE id = ?", (key,))
    if found is None:
        yield key, f"expected the id of a {kind} in this ledger"
    elif found[0] != kind:
        yield key, f"which is a {found[0]}, expected the id of a {kind}"
    elif key == record.id:
        yield key, f"expected another {kind_of(record)} than itself"


def _no_sum(amount: Amount) -> Iterator[tuple[object, str]]:
    numbers = [n for n in (amount.low, amount.value, amount.high) if n is not None]
    if not _UNIT.fullmatch(amount.unit):
        yield amount.unit, "expected the unit as a currency's code such as GBP, PCT_GDP, PCT, or count:ships"
    if not all(map(math.isfinite, numbers)) or numbers != sorted(numbers):
        yield numbers, "expected the least, the value and the greatest in this order"
