"""`detente agreement`: how far reviewers agree, and where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from detente.cli.common import json_option, ledger_option, open_ledger, print_json, print_table

if TYPE_CHECKING:
    from detente.ledger.agreement import Agreement


@click.command("agreement")
@ledger_option
@json_option
def command(ledger_path: Path, as_json: bool) -> None:
    """Say how far reviewers agree about the records that two of them decided, and list those on which they differ.

    Krippendorff's alpha for nominal data: 1 is full agreement, 0 what chance gives. A decision is the last that a reviewer
    made about a record and that stands: accepted, rejected, disputed, or edited, with the values.

    \b
    Example:
      detente agreement --ledger detente-demo.db
    """
    with open_ledger(ledger_path, readonly=True) as ledger:
        found = ledger.agreement()
    if as_json:
        print_json(found.to_dict())
        return
    click.echo(_summary(found))
    if found.disagreements:
        rows = [
            {
                "id": d.record,
                "kind": d.kind,
                "decisions": "; ".join(f"{by}: {what}" for by, what in d.decisions.items()),
            }
            for d in found.disagreements
        ]
        print_table("they differ on", rows, {"id": "id", "kind": "kind", "decisions": "decisions"}, "")


def _summary(found: Agreement) -> str:
    if found.alpha is None:
        alpha = f"Krippendorff’s alpha: unknown, since {found.reason}"
    else:
        kinds = ", ".join(f"{kind} {value:.3f}" for kind, value in found.by_kind.items() if value is not None)
        alpha = f"Krippendorff’s alpha: {found.alpha:.3f}" + (
            f" ({kinds})" if len(found.by_kind) > 1 and kinds else ""
        )
    who = ", ".join(f"{name} {number}" for name, number in found.reviewers.items())
    agreed = f"{found.agreed} of {found.records} records that two reviewers decided are decided alike"
    return "\n".join([alpha, agreed, *([f"decided by: {who}"] if who else [])])
