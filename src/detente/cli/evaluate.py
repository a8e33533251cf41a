"""`detente evaluate`: accuracy against gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import console, day, json_option, print_json, print_table
from detente.cli.common import country as country_code

if TYPE_CHECKING:
    from detente.evaluation import Figure, Report
    from detente.evaluation.floors import Unmet

# The same as `detente.evaluation.PARTS`, which is not imported for `--help`; a test holds the two together.
PARTS = ("trees", "names", "attributions", "records", "speakers", "anaphora")
COLUMNS = {"reader": "reader", "measure": "measure", "score": "per cent", "documents": "texts", "of": "gold"}


@click.command("evaluate")
@click.argument("data", type=click.Path(path_type=Path), metavar="DATA")
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, help="Only this part; may be given again.")
@click.option("--model", type=click.Path(path_type=Path), metavar="FILE", help="Another language model than the packaged one.")
@click.option("--floors", type=click.Path(path_type=Path), metavar="FILE", help="TOML with figures that must be reached, under [evaluate].")
@click.option("--tables", type=click.Path(path_type=Path), metavar="FOLDER", help="Tables of speakers and anaphora; DATA where not given.")
@click.option("--split", default="dev", show_default=True, metavar="NAME", help="Which part of each corpus.")
@click.option("--every", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Take every N-th text only.")
@click.option("--published", callback=day, metavar="DATE", help="Day of publication of the texts with gold records.")
@click.option("--country", callback=country_code, metavar="CODE", help="Country of their outlet.")
@json_option
def command(
    data: Path, parts: tuple[str, ...], model: Path | None, floors: Path | None, tables: Path | None, split: str, every: int,
    published: str | None, country: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Measure accuracy against the corpora and the gold records in the folder DATA, each figure with its interval.

    Of the model alone, of the language part that reading uses, and of what is read and exported. Exits with 1 where a
    figure is below its floor.

    \b
    Example:
      mkdir -p gold/talks
      printf 'President Ana Velkova said that talks go on.' > gold/talks/article.txt
      echo '{"kind": "indirect", "speaker": "Ana Velkova", "source": [0, 21], "cue": [22, 26],
        "content": [[27, 43]]}' | tr -d '\\n' > gold/talks/statements.jsonl
      detente evaluate . --part records
    """
    from detente.evaluation import evaluate, read_floors, unmet
    from detente.language.model import WEIGHTS

    pinned = read_floors(floors) if floors else {}
    report = evaluate(
        data, model=model or WEIGHTS, parts=parts or PARTS, split=split, every=every, published=published,
        country=country, tables=tables, track=_track(),
    )  # fmt: skip
    below, unmeasured = unmet(report, pinned)
    if as_json:
        print_json(_as_dict(report, pinned, below, unmeasured))
    else:
        _show(report, every)
        _show_floors(pinned, unmeasured, asked=parts)
    for one in below:
        click.echo(f"detente: {one}", err=True)
    if below:
        raise click.exceptions.Exit(1)


def _track() -> Callable[[Sequence[Any], str], Iterable[Any]]:
    """A progress bar on a terminal for each step, nothing elsewhere."""
    err = console(stderr=True)
    if not err.is_terminal:
        return lambda documents, _: documents

    def tracked(documents: Sequence[Any], what: str) -> Iterator[Any]:
        from rich.progress import track

        yield from track(documents, what, console=err, transient=True)

    return tracked


def _show(report: Report, every: int) -> None:
    """A table for each corpus of each part, and what was not there."""
    corpora: dict[tuple[str, str], list[Figure]] = {}
    for figure in report.figures:
        corpora.setdefault((figure.part, figure.corpus), []).append(figure)
    taken = f", one text in {every}" if every > 1 else ""
    for (part, corpus), figures in corpora.items():
        rows = [
            {"reader": f.reader, "measure": f.measure.replace("_", " "), "score": f.score, "documents": f.documents, "of": f.of}
            for f in figures
        ]
        print_table(f"{part}: {corpus}{taken}", rows, COLUMNS, "")
    click.echo(f"Language part {report.version}. In brackets the middle 95 % of a bootstrap over texts, where there are several.")
    for part, place in report.missing.items():
        click.echo(f"not found: {part} ({place})")


def _show_floors(floors: Mapping[str, float], unmeasured: Sequence[str], asked: Sequence[str]) -> None:
    if not floors:
        return
    click.echo(f"floors looked at: {len(floors) - len(unmeasured)}; not measured: {len(unmeasured)}")
    for name in unmeasured if not asked else ():
        click.echo(f"not measured: {name}")


def _as_dict(report: Report, floors: Mapping[str, float], below: Sequence[Unmet], unmeasured: Sequence[str]) -> dict[str, Any]:
    import msgspec

    return {
        "version": report.version,
        "figures": [{"name": figure.name, **msgspec.to_builtins(figure)} for figure in report.figures],
        "missing": dict(report.missing),
        "floors": {"below": [one._asdict() for one in below], "not_measured": list(unmeasured), "looked_at": len(floors) - len(unmeasured)},
    }  # fmt: skip
