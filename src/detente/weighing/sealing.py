"""Sealing: a named person makes a scenario a forecast, dated and hashed, so that it can be graded later.

What the models give is a scenario. A forecast says who believes it, from when, and what would settle it; the
hash over all of that shows whether anything was changed after the fact. It proves nothing about when it was
written: for that give the hash to somebody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
import numpy as np

from detente.errors import InvalidDate, MalformedInput, RecordError, SituationError
from detente.records import Part
from detente.weighing.scores import log_score
from detente.weighing.situation import US


class Chance(Part, frozen=True, kw_only=True, tag_field="type", tag="chance"):
    """A forecast of whether something happens: a probability, 0–1."""

    probability: float


class Quantiles(Part, frozen=True, kw_only=True, tag_field="type", tag="quantiles"):
    """A forecast of a number.

    Args:
        levels: above 0 and below 1, rising.
        values: the number that lies above that share of what is expected; not falling.
        unit: of the values.
    """

    levels: tuple[float, ...]
    values: tuple[float, ...]
    unit: str


class Sealed(Part, frozen=True, kw_only=True):
    """A forecast.

    Args:
        question: what is forecast.
        settles: what counts as the answer, and where it will be read.
        forecast: a probability or quantiles.
        by: the person who stands for it.
        on: day of the sealing, ISO 8601.
        due: day by which it is settled.
        rests_on: the scenario behind it, such as a weighing's id and inputs' hash; empty for a judgement.
        digest: sha256 of all the other fields.
    """

    question: str
    settles: str
    forecast: Chance | Quantiles
    by: str
    on: str
    due: str
    rests_on: Mapping[str, Any]
    digest: str


class Grade(Part, frozen=True, kw_only=True):
    """How a forecast did; lower is better.

    Args:
        digest: of the forecast.
        outcome: what happened: true, false or a number.
        on: day of the grading.
        scores: "brier" and "log" of a probability; "quantile" (mean pinball loss) and, where the median was
            given, "absolute" of quantiles, in their unit.
    """

    digest: str
    outcome: bool | float
    on: str
    scores: dict[str, float]


def seal(
    question: str,
    forecast: Chance | Quantiles,
    *,
    by: str,
    on: str,
    due: str,
    settles: str,
    rests_on: Mapping[str, Any] | None = None,
) -> Sealed:
    """Make a forecast of a scenario.

    Args:
        question: what is forecast, in words that can be settled.
        by: the person's name; a program does not forecast.
        on: today, ISO 8601.
        due: day by which it is settled, not before `on`.
        settles: what counts as the answer.
        rests_on: plain data that says which scenario this comes from.

    Raises:
        SituationError: nobody is named, a text is empty, or the forecast is no distribution.
        InvalidDate: a day is none, or `due` lies before `on`.
    """
    for field, words in {"question": question, "settles": settles, "by": by}.items():
        if not words.strip():
            raise SituationError(f"{field}: got nothing, expected words")
    if by.strip().casefold() in (US, "detente"):
        raise SituationError(f"by: got {by!r}, expected the name of the person who stands for the forecast")
    if _day("due", due) < _day("on", on):
        raise InvalidDate(f"due: got {due}, expected a day not before {on}")
    _check(forecast)
    draft = Sealed(
        question=question, settles=settles, forecast=forecast, by=by, on=on, due=due, rests_on=rests_on or {}, digest=""
    )
    return draft.replace(digest=_digest(draft))


def verify(sealed: Sealed) -> None:
    """Raise unless the forecast is as it was sealed.

    Raises:
        RecordError: a field was changed.
    """
    found = _digest(sealed)
    if found != sealed.digest:
        raise RecordError(
            f"forecast: got {found[:16]}… for what it says, expected the sealed {sealed.digest[:16]}…: it was changed",
            "take the file that was sealed, or seal the changed forecast as a new one",
        )


def dumps(sealed: Sealed) -> str:
    """The forecast as JSON that `loads` gives back unchanged."""
    return json.dumps(sealed.to_dict(), ensure_ascii=False, indent=2) + "\n"


def loads(text: str) -> Sealed:
    """A forecast from JSON, if it is as it was sealed.

    Raises:
        MalformedInput: it is no sealed forecast.
        RecordError: it was changed.
    """
    try:
        sealed = msgspec.json.decode(text.encode(), type=Sealed)
    except msgspec.DecodeError as error:
        message = f"forecast: got no sealed one ({error}), expected JSON as sealing writes it"
        raise MalformedInput(message, "detente seal --help, which shows how one is made") from error
    verify(sealed)
    return sealed


def grade(sealed: Sealed, outcome: bool | float, *, on: str) -> Grade:
    """Score a forecast against what happened.

    Args:
        outcome: whether it happened, of a probability; the number, of quantiles.
        on: day of the grading, ISO 8601.

    Raises:
        RecordError: the forecast was changed.
        SituationError: the outcome is of another kind than the forecast.
        InvalidDate: `on` is no day, or lies before the sealing.
    """
    verify(sealed)
    if _day("on", on) < _day("on", sealed.on):
        raise InvalidDate(f"on: got {on}, expected a day not before the sealing on {sealed.on}")
    if isinstance(sealed.forecast, Chance) != isinstance(outcome, bool) or not np.isfinite(outcome):
        kind = "true or false" if isinstance(sealed.forecast, Chance) else "a number"
        raise SituationError(f"outcome: got {outcome!r}, expected {kind}")
    if isinstance(sealed.forecast, Chance):
        scores = _of_chance(sealed.forecast.probability, bool(outcome))
    else:
        scores = _of_quantiles(sealed.forecast, float(outcome))
    return Grade(digest=sealed.digest, outcome=outcome, on=on, scores=scores)


def _of_chance(probability: float, came: bool) -> dict[str, float]:
    log = log_score(np.array([probability]), np.array([came]))
    return {"brier": (probability - came) ** 2, "log": float(log[0])}


def _of_quantiles(forecast: Quantiles, outcome: float) -> dict[str, float]:
    """Mean of (1[y < q] − τ)(q − y) over the levels: Koenker and Bassett 1978, Econometrica 46."""
    level, value = np.array(forecast.levels), np.array(forecast.values)
    scores = {"quantile": float((((outcome < value) - level) * (value - outcome)).mean())}
    if 0.5 in forecast.levels:
        scores["absolute"] = abs(forecast.values[forecast.levels.index(0.5)] - outcome)
    return scores


def _check(forecast: Chance | Quantiles) -> None:
    if isinstance(forecast, Chance):
        if not 0.0 <= forecast.probability <= 1.0:
            raise SituationError(f"probability: got {forecast.probability}, expected 0 to 1")
        return
    levels, values = np.array(forecast.levels), np.array(forecast.values)
    if levels.shape != values.shape or not len(levels) or not ((levels > 0.0) & (levels < 1.0)).all():
        raise SituationError(f"levels: got {forecast.levels}, expected one above 0 and below 1 for each value")
    if (np.diff(levels) <= 0.0).any() or not np.isfinite(values).all() or (np.diff(values) < 0.0).any():
        raise SituationError(f"quantiles: got {forecast.values} at {forecast.levels}, expected both to rise")


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidDate(f"{field}: got {text!r}, expected a day such as 2026-03-02") from error


def _digest(sealed: Sealed) -> str:
    """The same on every machine: keys in order, no spaces, UTF-8."""
    fields = {name: value for name, value in sealed.to_dict().items() if name != "digest"}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
