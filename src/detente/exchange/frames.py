"""Records as data frames of pandas or Polars: a row each, with its sentence, outlet, citation and review beside every value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from detente.errors import MissingExtra
from detente.exchange.base import kinds_among, with_articles
from detente.exchange.flat import columns, values
from detente.ledger import Ledger
from detente.records import AnyRecord

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped]
    import polars

# Types of pandas that have a missing value of their own, so that an unknown number stays a number's column.
_PANDAS = {str: "string", int: "Int64", float: "Float64", bool: "boolean", tuple: "object"}


def to_pandas(ledger: Ledger, records: Iterable[AnyRecord] | None = None) -> pandas.DataFrame:
    """Records as a frame of pandas; unknown values are missing ones.

    Args:
        ledger: where they are from.
        records: those to have, such as `ledger.pledges.where(stage="announced")`; all where `None`.

    Returns:
        A row a record, in the columns of `detente export --format csv`; several names or conditions are a tuple.

    Raises:
        MissingExtra: pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise MissingExtra("pandas", "pandas", "a frame of pandas") from None
    types, found = _table(ledger, records)
    return pandas.DataFrame(
        {name: pandas.Series(found[name], dtype=_PANDAS[of]) for name, of in types.items()}
    )


def to_polars(ledger: Ledger, records: Iterable[AnyRecord] | None = None) -> polars.DataFrame:
    """Records as a frame of Polars; see `to_pandas`. Several names or conditions are a list.

    Raises:
        MissingExtra: Polars is not installed.
    """
    try:
        import polars
    except ImportError:
        raise MissingExtra("polars", "polars", "a frame of Polars") from None
    held: dict[type, Any] = {
        str: polars.String,
        int: polars.Int64,
        float: polars.Float64,
        bool: polars.Boolean,
        tuple: polars.List(polars.String),
    }
    types, found = _table(ledger, records)
    return polars.DataFrame(found, schema={name: held[of] for name, of in types.items()})


def _table(
    ledger: Ledger, records: Iterable[AnyRecord] | None
) -> tuple[dict[str, type], dict[str, list[Any]]]:
    """What each column holds, and its values."""
    with ledger.connection.snapshot():
        chosen, kinds = kinds_among(ledger, records)
        types = columns(kinds)
        found: dict[str, list[Any]] = {name: [] for name in types}
        for record, article in with_articles(ledger, chosen):
            row = values(record, article)
            for name, column in found.items():
                column.append(row.get(name))
    return types, found
