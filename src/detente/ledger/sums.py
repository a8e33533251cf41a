"""Whether two sums are one sum as two outlets print it.

Money is printed to different lengths: 2.26 billion is 2.3 when it is rounded, 2.2 when it is cut short. A percentage or
a count of things is a target, and 2.5 is not 3: those must be equal.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from detente.records import Amount

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# A number that is cut short keeps two digits at least: nobody prints 2.9 billion as 2 billion.
_DIGITS_TO_CUT = 2


def same_sum(one: Amount, other: Amount) -> bool:
    """Whether two amounts can be the same sum, one of them rounded or cut short."""
    if one.unit != other.unit or _differ(one.basis, other.basis):
        return False
    if _stated(one) == _stated(other):
        return True
    return is_money(one) and (shortens(one, other) or shortens(other, one))


def is_money(amount: Amount) -> bool:
    """Whether the unit is a currency of ISO 4217."""
    return len(amount.unit) == 3 and amount.unit.isalpha() and amount.unit != "PCT"


def is_counted(amount: Amount) -> bool:
    """Whether the unit says what is given: 600 troops, and no money or share."""
    return amount.unit.startswith("count:")


def shortens(short: Amount, full: Amount) -> bool:
    """Whether `short` is `full` rounded or cut to fewer digits.

    Example:
        2.2 and 2.3 billion shorten 2.26 billion; 2.1 and 2.4 do not.
    """
    step = printed_step(short)
    finer = printed_step(full)
    if step is None or finer is None or short.value is None or full.value is None or finer >= step:
        return False
    apart = Decimal(repr(full.value)) - Decimal(repr(short.value))
    rounded = abs(apart) <= step / 2
    cut = 0 <= apart < step and _digits(short) >= _DIGITS_TO_CUT
    return rounded or cut


@lru_cache(maxsize=4096)
def printed_step(amount: Amount) -> Decimal | None:
    """The worth of the last digit that was printed: "2.26bn" is exact to 0.01 billion.

    Returns:
        The step in units of the amount, or `None` where no digits were printed ("two billion").
    """
    match = _NUMBER.search(amount.surface)
    if match is None or not amount.value:
        return None
    printed = Decimal(match[0].replace(",", ""))
    if not printed:
        return None
    scale = Decimal(repr(amount.value)) / printed
    exponent = printed.as_tuple().exponent
    return abs(scale) * Decimal(10) ** int(exponent)


def _digits(amount: Amount) -> int:
    match = _NUMBER.search(amount.surface)
    return len(match[0].replace(",", "").replace(".", "").lstrip("0")) if match else 0


def _stated(amount: Amount) -> tuple[float | None, float | None, float | None]:
    return amount.value, amount.low, amount.high


def _differ(one: object, other: object) -> bool:
    """Whether two values are both known and not the same."""
    return one is not None and other is not None and one != other
