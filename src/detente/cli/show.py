"""`detente show`: records of a kind, with filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from detente.cli.common import (
    day,
    json_option,
    ledger_option,
    open_ledger,
    print_csv,
    print_json,
    print_table,
)
from detente.cli.view import COLUMNS, marked, row_of

_FILTERS = ("speaker", "actor", "publisher", "since", "until", "text", "stage", "stance", "type", "review", "mode")
# What is no record: it rests on no words, and nobody reviews it.
_WORDLESS = frozenset({"actors", "articles"})
# What is the same in several articles: neither records nor found by the filters of records.
_CLUSTERS = "clusters"


@click.command("show")
@click.argument("kind", type=click.Choice(sorted([*COLUMNS, _CLUSTERS])), metavar="KIND")
@ledger_option
@click.option("--speaker", help="Who speaks: a name, an alias or an id.")
@click.option("--actor", help="Whoever takes part, in any role.")
@click.option("--publisher", help="The outlet.")
@click.option("--since", metavar="DATE", callback=day, help="Published on or after this day.")
@click.option("--until", metavar="DATE", callback=day, help="Published on or before this day.")
@click.option("--text", help="Words that the record contains.")
@click.option("--stage", help="Stage of a pledge: floated, announced, committed …")
@click.option("--stance", help="Stance of a position: support, oppose, conditional, ambiguous.")
@click.option("--type", help="Type of an event or a pledge; of clusters: event, pledge, statement or story.")
@click.option("--review", help="proposed, accepted, edited, rejected or disputed.")
@click.option("--mode", help="Of a statement: direct, mixed or indirect.")
@click.option("--where", "more", multiple=True, metavar="FIELD=VALUE", help="Any other field, such as hearsay=true or factuality=planned.")
@click.option("--id", "keys", multiple=True, metavar="ID", help="The record of this id; may be given several times.")
@click.option("--evidence", is_flag=True, help="Show each record's sentence, with its words marked.")
@click.option("--ids", is_flag=True, help="Print the ids alone, one a line.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@json_option
def command(
    kind: str, ledger_path: Path, keys: tuple[str, ...], evidence: bool, ids: bool, as_csv: bool, as_json: bool, more: tuple[str, ...], **filters: str | None,
) -> None:  # fmt: skip
    """Show records of a KIND: statements, pledges, terms, positions, events, memberships, deals, actors, articles.

    Or clusters: what is the same in several articles, why, and where the outlets print it differently.

    \b
    Example:
      detente show statements --speaker "Keir Starmer" --evidence --ledger detente-demo.db
    """
    if sum((evidence, ids, as_csv, as_json)) > 1:
        raise click.UsageError("got two of --evidence, --ids, --csv and --json, expected one at most")
    if evidence and kind in _WORDLESS:
        raise click.UsageError(f"{kind} rest on no words of an article: --evidence is for records, such as detente show pledges --evidence")
    with open_ledger(ledger_path, readonly=True) as ledger:
        if kind == _CLUSTERS:
            _show_clusters(ledger, filters, (*more, *keys), evidence, "json" if as_json else "csv" if as_csv else "ids" if ids else "text")
            return
        asked = {name: filters[name] for name in _FILTERS if filters.get(name) is not None} | dict(map(_field, more))
        found = getattr(ledger, kind).where(**asked)
        found = found.among(keys) if keys else found
        if as_json:
            print_json(found.to_dicts())
        elif as_csv:
            _print_csv(ledger, kind, found)
        elif ids:
            click.echo("".join(f"{thing.id}\n" for thing in found), nl=False)
        elif evidence:
            _print_evidence(ledger, found)
        else:
            outlets = {a.id: a.publisher or a.name for a in ledger.articles}
            rows = [row_of(thing, outlets.get(getattr(thing, "article", ""), "")) for thing in found]
            reviewed = sum(row.get("review", "proposed") != "proposed" for row in rows)
            columns = COLUMNS[kind] | ({"review": "review"} if reviewed else {})
            by_hand = kind not in _WORDLESS and sum(thing.origin.by == "person" for thing in found)
            print_table(_title(kind, len(rows), reviewed, by_hand), rows, columns, f"no {kind} found")


def _show_clusters(
    ledger: Any, filters: dict[str, str | None], more: tuple[str, ...], evidence: bool, form: str
) -> None:
    from detente.cli.clusters import show

    if evidence or more or [name for name, value in filters.items() if value is not None and name != "type"]:
        raise click.UsageError("clusters are chosen by --type alone, such as detente show clusters --type statement")
    show(ledger, filters["type"], form)


def _field(asked: str) -> tuple[str, str | bool]:
    name, equals, value = asked.partition("=")
    if not equals:
        raise click.UsageError(f"--where: got {asked!r}, expected FIELD=VALUE, such as factuality=planned")
    return name.strip(), {"true": True, "false": False}.get(value, value)


def _title(kind: str, number: int, reviewed: int, by_hand: int) -> str:
    """How many there are, who made them, and how far a person has looked at them."""
    count = f"{number} {kind if number != 1 else kind[:-1]}"
    if kind in _WORDLESS:
        return count
    made = f"{by_hand} made by a person, {number - by_hand} machine-read" if by_hand else "machine-read"
    return f"{count}, {made}; {reviewed or 'none'} of them reviewed"


def _print_csv(ledger: Any, kind: str, found: Any) -> None:
    from detente.exchange import export

    if kind in _WORDLESS:
        print_csv(map(row_of, found), COLUMNS[kind])
        return
    with click.open_file("-", "wb") as stream:
        export(ledger, "csv", stream, found)


def _print_evidence(ledger: Any, found: Any) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from detente.cli.common import console

    out = console()
    for record in found:
        article = ledger.article(record.article)
        row = row_of(record)
        headings = {k: h for k, h in COLUMNS[f"{_kind(record)}s"].items() if k not in {"id", "content", "what", "outlet"}}
        head = " · ".join(f"{heading}: {row[key]}" for key, heading in headings.items() if row.get(key))
        out.print(Text(head, style="bold"))
        out.print(marked(record, article.text))
        where = f"{article.publisher or article.name}, {article.published or 'date unknown'} · {record.id} · {record.review}"
        out.print(Text(where, style="dim"))
        for field, reason in record.reasons.items():
            out.print(Padding.indent(Text(f"{field}: {reason}", style="dim"), 2))
        out.print()


def _kind(record: Any) -> str:
    from detente.records import kind_of

    return kind_of(record)
