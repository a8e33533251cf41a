"""Decision-making in the European Union, third wave (DEU III): resolved issues to try models on.

The data are Arregui and Perarnaud 2021, doi:10.34810/data53, CC BY 4.0; they do not ship here. `load` reads the
file that you have fetched; `synthetic` makes one in the same form, of invented proposals, to try things out on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.errors import EncodingError, MalformedInput, MissingInput
from detente.weighing.draws import BoolArray, Draws, FloatArray
from detente.weighing.network import network_of
from detente.weighing.situation import SCALE, Situation

MISSING = 999.0
"""What stands in the file for a value that nobody knows."""

_FIRST = (
    "prnrnmc", "isnrnmc", "prnr", "prname", "isnr", "type", "council", "proc", "counvte", "proccde", "issues",
    "intro", "finact",
)  # fmt: skip
_REMEDY = "fetch Dataset_DEU_III.csv from doi:10.34810/data53 and name that file"


@dataclass(frozen=True, slots=True)
class DeuIssues:
    """n issues on which N actors stand; unknown is NaN.

    Args:
        actors: codes as the file has them: "com" (Commission), "ep" (Parliament), the member states.
        proposal: number of the proposal that each issue belongs to: issues of one are not independent; shape (n,).
        issue: number of each issue; shape (n,).
        position: 0–100; shape (n, N).
        salience: 0–100; shape (n, N).
        reference: where things stay without a decision, 0–100; shape (n,).
        outcome: what was decided, 0–100; shape (n,).
    """

    actors: tuple[str, ...]
    proposal: tuple[str, ...]
    issue: tuple[str, ...]
    position: FloatArray
    salience: FloatArray
    reference: FloatArray
    outcome: FloatArray

    def __len__(self) -> int:
        return len(self.outcome)

    @property
    def present(self) -> BoolArray:
        """Who has a known position and cares: salience known and above 0; shape (n, N)."""
        result: BoolArray = np.isfinite(self.position) & (self.salience > 0.0)
        return result

    @property
    def scorable(self) -> BoolArray:
        """Issues with a known outcome and at least two actors present; shape (n,)."""
        result: BoolArray = np.isfinite(self.outcome) & (self.present.sum(axis=1) >= 2)
        return result

    def draws(self, issue: int, capability: FloatArray, spread: float, count: int, rng: np.random.Generator) -> Draws:
        """One issue as draws: positions uniform within `spread` of what experts said, the rest exact.

        Args:
            issue: index from 0.
            capability: of each actor, above 0; shape (N,). The file has none.
            spread: points of the scale, at least 0.
            count: number of draws, B.
        """
        here = self.present[issue]
        said = np.broadcast_to(self.position[issue, here], (count, int(here.sum())))
        position = np.clip(said + spread * rng.uniform(-1.0, 1.0, said.shape), *SCALE)
        power, salience = (np.broadcast_to(a, said.shape) for a in (capability[here], self.salience[issue, here] / 100.0))
        empty = Situation(title="")
        return Draws(power.copy(), salience[:, :, None].copy(), position[:, :, None], np.zeros((count, 0), np.bool_), network_of(empty))


def load(path: str | Path) -> DeuIssues:
    """Read the file of DEU III.

    Args:
        path: the file as published: semicolons, one issue a line, 999 for missing.

    Raises:
        MissingInput: no such file.
        EncodingError: the bytes are no text.
        MalformedInput: columns are missing or out of order, or a value is no number or off the scale.
    """
    path = Path(path)
    try:
        return loads(path.read_text(encoding="utf-8-sig"), str(path))
    except FileNotFoundError as error:
        raise MissingInput(f"{path}: got no such file, expected the data of DEU III", _REMEDY) from error
    except UnicodeDecodeError as error:
        raise EncodingError(f"{path}: got byte {error.start} that is no UTF-8, expected text", f"iconv -t utf-8 {path}") from error


def loads(text: str, name: str = "text") -> DeuIssues:
    """Read the text of such a file.

    Args:
        name: what errors call it.

    Raises:
        MalformedInput: as `load`.
    """
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    if len(rows) < 2:
        raise MalformedInput(f"{name}: got {len(rows)} lines, expected a heading and issues", _REMEDY)
    heading = [cell.strip().lower() for cell in rows[0]]
    actors = _actors(heading, name)
    where = {column: k for k, column in enumerate(heading)}
    table = np.full((len(rows) - 1, len(heading)), np.nan)
    numeric = [*(where[f + a] for f in "ps" for a in actors), where["rp"], where["out"]]
    for line, row in enumerate(rows[1:], 2):
        if len(row) != len(heading):
            raise MalformedInput(f"{name}, line {line}: got {len(row)} cells, expected {len(heading)}", _REMEDY)
        for k in numeric:
            table[line - 2, k] = _value(row[k], f"{name}, line {line}, {heading[k]}")
    position, salience = (table[:, [where[f + a] for a in actors]] for f in "ps")
    return DeuIssues(
        actors, tuple(r[where["prnr"]].strip() for r in rows[1:]), tuple(r[where["isnr"]].strip() for r in rows[1:]),
        position, salience, table[:, where["rp"]], table[:, where["out"]],
    )  # fmt: skip


def _actors(heading: Sequence[str], name: str) -> tuple[str, ...]:
    """The actors: positions run from `pcom` to `scom`, saliences from there to `rp`, in one order."""
    absent = [c for c in ("prnr", "isnr", "pcom", "scom", "rp", "out") if c not in heading]
    if absent:
        raise MalformedInput(f"{name}, line 1: got no column {', '.join(absent)}, expected those of DEU III", _REMEDY)
    first, middle, end = (heading.index(c) for c in ("pcom", "scom", "rp"))
    positions, saliences = ([c[1:] for c in part] for part in (heading[first:middle], heading[middle:end]))
    if positions != saliences or len(set(positions)) != len(positions):
        raise MalformedInput(
            f"{name}, line 1: got positions of {', '.join(positions)} and saliences of {', '.join(saliences)}, "
            "expected the same actors in the same order",
            _REMEDY,
        )
    return tuple(positions)


def _value(cell: str, place: str) -> float:
    """A number of the scale, with a point or a comma; NaN where unknown."""
    if not cell.strip():
        return np.nan
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError as error:
        raise MalformedInput(f"{place}: got {cell!r}, expected a number from 0 to 100, or 999 for missing") from error
    if value == MISSING:
        return np.nan
    if not SCALE[0] <= value <= SCALE[1]:
        raise MalformedInput(f"{place}: got {cell}, expected a number from 0 to 100, or 999 for missing")
    return value


def synthetic(proposals: int, rng: np.random.Generator, actors: Sequence[str] = ("com", "ep", "aa", "bb", "cc", "dd", "ee")) -> str:
    """A text in the file's form, of invented proposals with one to four issues each.

    The outcome is the salience-weighted mean of all positions but for an error, which the issues of one proposal
    share in part; about one value in twelve is missing.

    Args:
        proposals: at least 1.
        actors: codes; the first is the Commission's.
    """
    heading = [*_FIRST, *(f + a for f in "ps" for a in actors), "rp", "out"]
    lines = [";".join(heading)]
    for proposal in range(1, proposals + 1):
        shared, count = rng.normal(0.0, 8.0), int(rng.integers(1, 5))
        for issue in range(1, count + 1):
            numbers = _invented(len(actors), shared, rng)
            words = [f"P{proposal}", f"P{proposal}I{issue}", proposal, f"Invented proposal {proposal}", issue]
            lines.append(";".join(str(w) for w in [*words, *[""] * (len(_FIRST) - len(words)), *numbers]))
    return "\n".join(lines) + "\n"


def _invented(actors: int, shared: float, rng: np.random.Generator) -> list[int]:
    position, salience = np.round(rng.uniform(0, 100, actors)), np.round(rng.uniform(10, 100, actors))
    centre = (position * salience).sum() / salience.sum()
    outcome = np.clip(np.round(centre + shared + rng.normal(0.0, 12.0)), *SCALE)
    values = np.concatenate([position, salience, [rng.integers(0, 101), outcome]])
    values[: 2 * actors][rng.random(2 * actors) < 1 / 12] = MISSING
    return [int(v) for v in values]
