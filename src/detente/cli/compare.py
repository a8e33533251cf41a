"""`detente compare`: a coding by hand and the machine's, or two by hand, of the same articles."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json, print_table, print_text

if TYPE_CHECKING:
    from detente.exchange.compare import CodingDifference, Comparison, KindAgreement

_SIDES = {False: ("gold", "other"), True: ("first", "second")}
_KINDS = {
    "kind": "kind",
    "gold": "gold",
    "found": "found",
    "matched": "both",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
}
_FIELDS = {"kind": "kind", "field": "field", "agreed": "alike", "compared": "of", "gold_only": "gold alone has one",
           "found_only": "other alone has one", "alpha": "alpha"}  # fmt: skip


@click.command("compare")
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.argument("second", type=click.Path(path_type=Path), required=False, metavar="[SECOND]")
@ledger_option
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    metavar="N",
    help="List N differences at most; --json has all.",
)
@json_option
def command(gold: Path, second: Path | None, ledger_path: Path, limit: int, as_json: bool) -> None:
    """Compare the ledger with the ledger GOLD, which holds another coding of the same articles, such as a team's own.

    By kind of record: how many both have, precision, recall and F1 of the ledger against GOLD. By field, between records that
    match: how many are alike, and Krippendorff's alpha for nominal data. Then each difference, with the command that shows its
    sentence. Records match by the words they rest on; free text is not compared.

    With SECOND neither of the two is the gold: two people's ledgers, or the same articles read by two versions. Then what either
    has alone is a difference, a value as much as a record.

    \b
    Example:
      detente demo --ledger detente-demo.db
      detente backup hand.db --ledger detente-demo.db
      detente compare hand.db --ledger detente-demo.db
    """
    from detente.exchange.compare import compare

    source = click.get_current_context().get_parameter_source("ledger_path")
    if second and source is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError(
            f"got a SECOND and --ledger, expected one of them; try: detente compare {gold} {second}"
        )
    paths = (gold, second or ledger_path)
    with open_ledger(paths[0], readonly=True) as ours, open_ledger(paths[1], readonly=True) as theirs:
        found = compare(ours, theirs, equals=second is not None)
    if as_json:
        data = found.to_dict()
        shown = [
            {**row, "show": _commands(d, paths)}
            for row, d in zip(data["differences"], found.differences, strict=True)
        ]
        print_json({**data, "differences": shown})
        return
    _print(found, paths, limit)


def _print(found: Comparison, paths: tuple[Path, Path], limit: int) -> None:
    print_text("\n".join(_summary(found)))
    if not found.kinds:
        return
    one, other = _SIDES[found.equals]
    kinds = _KINDS
    fields = _FIELDS
    if found.equals:
        kinds = {
            **{k: v for k, v in _KINDS.items() if k not in ("precision", "recall")},
            "gold": one,
            "found": other,
        }
        fields = {**_FIELDS, "gold_only": f"{one} alone has one", "found_only": f"{other} alone has one"}
    print_table("records", [_kind(kind) for kind in found.kinds], kinds, "")
    rows = [{"kind": kind.kind, **f.to_dict(), "alpha": _figure(f.alpha)} for kind in found.kinds for f in kind.fields
            if f.compared or f.gold_only or f.found_only]  # fmt: skip
    print_table("fields of the records that both have", rows, fields, "no record is in both")
    for difference in found.differences[:limit]:
        click.echo(_told(difference, paths, _SIDES[found.equals]))
    if len(found.differences) > limit:
        click.echo(
            f"… and {len(found.differences) - limit} more differences: --limit {len(found.differences)}"
        )


def _summary(found: Comparison) -> list[str]:
    one, other = _SIDES[found.equals]
    lines = [
        f"articles in both, and compared: {found.articles}; in the {one} alone: {found.gold_articles}; in the {other} alone: {found.found_articles}"
    ]
    if found.equals:
        lines += [
            f"records of the {side}, by whom: {_makers(made)}"
            for side, made in ((one, found.gold_by), (other, found.found_by))
        ]
    elif found.unchecked:
        lines.append(
            f"{found.unchecked} records of the gold were made by no person and accepted by none: what is measured by them is no accuracy"
        )
    if found.uncoded:
        kinds = ", ".join(f"{count} {kind}s" for kind, count in found.uncoded.items())
        who = (
            "only one of the two has any of their kind, and they are"
            if found.equals
            else "the gold has none of their kind, and they are"
        )
        lines.append(f"{who} not compared: {kinds}")
    return lines


def _makers(made: dict[str, int]) -> str:
    return "; ".join(f"{count} {maker}" for maker, count in made.items()) or "none"


def _kind(kind: KindAgreement) -> dict[str, Any]:
    return {
        **kind.to_dict(),
        **{name: _figure(getattr(kind, name)) for name in ("precision", "recall", "f1")},
    }


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _told(difference: CodingDifference, paths: tuple[Path, Path], sides: tuple[str, str]) -> str:
    one, other = sides
    what = {"missed": f"in the {one} alone", "extra": f"in the {other} alone", "value": "another value"}[
        difference.what
    ]
    field = (
        f": {difference.field} is {difference.gold_value or 'unknown'} in the {one}, {difference.found_value or 'unknown'} in the {other}"
        if difference.field
        else ""
    )
    commands = "".join(f"\n    {command}" for command in _commands(difference, paths))
    how = ", ".join(
        [
            difference.according_to,
            difference.factuality,
            *(["hearsay"] if difference.hearsay else []),
            difference.review,
        ]
    )
    return f"\n{difference.kind}, {what}{field}\n  “{' '.join(difference.words.split())}” (according to {how}){commands}"


def _commands(difference: CodingDifference, paths: tuple[Path, Path]) -> list[str]:
    """The commands that show the sentence: of the gold's record, and of the other's."""
    both = zip((difference.gold, difference.found), paths, strict=True)
    return [
        f"detente show {difference.kind}s --id {key} --evidence --ledger {shlex.quote(str(path))}"
        for key, path in both
        if key
    ]
