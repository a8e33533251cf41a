"""`detente compare`: a coding by hand and the machine's, or two by hand, of the same articles."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json, print_table, print_text

if TYPE_CHECKING:
    from detente.exchange.compare import CodingDifference, Comparison, KindAgreement

_WHAT = {"missed": "in the gold alone", "extra": "in the other alone", "value": "another value"}
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
def command(gold: Path, ledger_path: Path, limit: int, as_json: bool) -> None:
    """Compare the ledger with the ledger GOLD, which holds another coding of the same articles, such as a team's own.

    By kind of record: how many both have, precision, recall and F1 of the ledger against GOLD. By field, between records that
    match: how many are alike, and Krippendorff's alpha for nominal data. Then each difference, with the command that shows its
    sentence. Records match by the words they rest on; free text is not compared.

    \b
    Example:
      detente demo --ledger detente-demo.db
      detente backup hand.db --ledger detente-demo.db
      detente compare hand.db --ledger detente-demo.db
    """
    from detente.exchange.compare import compare

    with open_ledger(gold, readonly=True) as ours, open_ledger(ledger_path, readonly=True) as theirs:
        found = compare(ours, theirs)
    paths = (gold, ledger_path)
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
    print_table("records", [_kind(kind) for kind in found.kinds], _KINDS, "")
    rows = [{"kind": kind.kind, **f.to_dict(), "alpha": _figure(f.alpha)} for kind in found.kinds for f in kind.fields
            if f.compared or f.gold_only or f.found_only]  # fmt: skip
    print_table("fields of the records that both have", rows, _FIELDS, "no record is in both")
    for difference in found.differences[:limit]:
        click.echo(_told(difference, paths))
    if len(found.differences) > limit:
        click.echo(
            f"… and {len(found.differences) - limit} more differences: --limit {len(found.differences)}"
        )


def _summary(found: Comparison) -> list[str]:
    lines = [
        f"articles in both, and compared: {found.articles}; in the gold alone: {found.gold_articles}; in the other alone: {found.found_articles}"
    ]
    if found.unchecked:
        lines.append(
            f"{found.unchecked} records of the gold were made by no person and accepted by none: what is measured by them is no accuracy"
        )
    if found.uncoded:
        kinds = ", ".join(f"{count} {kind}s" for kind, count in found.uncoded.items())
        lines.append(f"the gold has none of their kind, and they are not compared: {kinds}")
    return lines


def _kind(kind: KindAgreement) -> dict[str, Any]:
    return {
        **kind.to_dict(),
        **{name: _figure(getattr(kind, name)) for name in ("precision", "recall", "f1")},
    }


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _told(difference: CodingDifference, paths: tuple[Path, Path]) -> str:
    field = (
        f": {difference.field} is {difference.gold_value or 'unknown'} in the gold, {difference.found_value or 'unknown'} in the other"
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
    return f"\n{difference.kind}, {_WHAT[difference.what]}{field}\n  “{' '.join(difference.words.split())}” (according to {how}){commands}"


def _commands(difference: CodingDifference, paths: tuple[Path, Path]) -> list[str]:
    """The commands that show the sentence: of the gold's record, and of the other's."""
    both = zip((difference.gold, difference.found), paths, strict=True)
    return [
        f"detente show {difference.kind}s --id {key} --evidence --ledger {shlex.quote(str(path))}"
        for key, path in both
        if key
    ]
