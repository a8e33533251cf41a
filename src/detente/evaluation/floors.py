"""Floors: figures that must not be lost, pinned in TOML under `[evaluate]` by the figures' names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from detente.errors import MalformedInput
from detente.evaluation.files import read_text
from detente.evaluation.report import Report

TABLE = "evaluate"


class Unmet(NamedTuple):
    """A figure below its floor, both in per cent."""

    name: str
    value: float
    floor: float

    def __str__(self) -> str:
        return f"{self.name}: {self.value:.1f} is below its floor of {self.floor:.1f}"


def read_floors(path: Path, table: str = TABLE) -> dict[str, float]:
    """The floors of a file by the figure's name.

    Args:
        path: of the TOML file.
        table: where in it they stand.

    Raises:
        MissingInput, EncodingError: the file cannot be read.
        MalformedInput: it is no TOML, has no such table, or a floor is no number from 0 to 100.
    """
    try:
        found = tomllib.loads(read_text(path)).get(table)
    except tomllib.TOMLDecodeError as error:
        raise MalformedInput(f"{path}: {error}, expected TOML") from error
    if not isinstance(found, dict):
        raise MalformedInput(
            f"{path}: got no table [{table}], expected one with floors such as model.trees.ewt.raw_LAS = 84.0"
        )
    floors = dict(_flat(found))
    for name, floor in floors.items():
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 100:
            raise MalformedInput(f"{path}: got {name} = {floor!r}, expected a number from 0 to 100")
    return floors


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def unmet(report: Report, floors: Mapping[str, float]) -> tuple[list[Unmet], list[str]]:
    """The figures below their floors, and the floors of parts and corpora that were not measured.

    Args:
        report: of an evaluation.
        floors: by the figure's name.

    Raises:
        MalformedInput: a floor for a corpus that was measured, of a figure that there is none of.
    """
    values = {figure.name: figure.value for figure in report.figures}
    measured = {name.rpartition(".")[0] for name in values}
    below, open_ones = [], []
    for name, floor in floors.items():
        if name in values:
            if values[name] < floor:
                below.append(Unmet(name, values[name], floor))
        elif name.rpartition(".")[0] in measured:
            near = get_close_matches(name, values, n=1)
            raise MalformedInput(
                f"got a floor for {name!r}, expected a figure that is measured{f', such as {near[0]!r}' if near else ''}"
            )
        else:
            open_ones.append(name)
    return below, open_ones
