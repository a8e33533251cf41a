"""Writes the parts of the reference that the code already says: `python docs/generate.py`.

A page marks each such part by two comments, `<!-- generated: NAME -->` and `<!-- end of NAME -->`; what stands between them is
replaced. A test fails where a page is not what this would write.
"""

from __future__ import annotations

import re
import tomllib
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import msgspec

from detente import records
from detente.actors.loading import COLUMNS as REGISTRY_COLUMNS
from detente.cli import VERBS, cli
from detente.ledger import Ledger
from detente.weighing import situation as weighed

HERE = Path(__file__).parent
WIDTH = 100
_PART = re.compile(r"(<!-- generated: (\S+) -->\n).*?(<!-- end of \2 -->)", re.DOTALL)

PARTS = (records.ActorRef, records.Evidence, records.Origin, records.Authority, records.Amount, records.Condition,
         records.StageEntry, records.Step, records.Copy, records.OfficeHeld, records.Difference, records.Printed)  # fmt: skip
ACROSS = (records.Issue, records.Cluster, records.Judgement, records.Weighing)
TABLES = {
    "[[parties]]": weighed.Party, "[[issues]]": weighed.Issue, "[[standings]]": weighed.Standing, "[[terms]]": weighed.Term,
    "[[worths]]": weighed.Worth, "[[steps]]": weighed.Step, "[[facts]]": weighed.Fact, "[[coalitions]]": weighed.Coalition,
    "[[members]]": weighed.Member, "conditions of [[members]]": weighed.Joining, "[deal]": weighed.Deal,
    "[durability]": weighed.Comparable, "[enforcement]": weighed.Enforcement, "[[enforcement.parts]]": weighed.PartOfPackage,
}  # fmt: skip
_PLAIN = {str: "text", int: "whole number", float: "number", bool: "yes or no", Any: "any value"}


def main() -> None:
    """Rewrite the generated parts of every page of the reference."""
    for page in pages():
        page.write_text(written(page), encoding="utf-8")


def pages() -> Iterator[Path]:
    """The pages that have a generated part."""
    return (p for p in sorted(HERE.rglob("*.md")) if _PART.search(p.read_text(encoding="utf-8")))


def written(page: Path) -> str:
    """A page with its generated parts as the code has them now."""
    return _PART.sub(lambda part: f"{part[1]}\n{GENERATED[part[2]]()}\n{part[3]}", page.read_text(encoding="utf-8"))


# ---------------------------------------------------------------- the command line


def verbs() -> str:
    """The help of the command and of every verb, as a terminal of 100 columns shows it."""
    return "".join(_help(name) for name in ("", *VERBS))


def _help(name: str) -> str:
    ctx = cli.make_context("detente", [], resilient_parsing=True, terminal_width=WIDTH)
    command = cli.get_command(ctx, name) if name else cli
    assert command is not None
    if name:
        ctx = command.make_context(name, [], parent=ctx, resilient_parsing=True, terminal_width=WIDTH)
    return f"## detente {name}".rstrip() + f"\n\n```text\n{command.get_help(ctx)}\n```\n\n"


# ---------------------------------------------------------------- records


def shared() -> str:
    """The fields that every record has, and every record but a statement."""
    return _struct(records.Record, "All records") + _struct(records.Claim, "All records but statements", records.Record)


def kinds() -> str:
    """Each kind of record, with the fields that not all have."""
    return "".join(
        _struct(t, f"{t.__name__} (`{kind}`)", records.Claim if issubclass(t, records.Claim) else records.Record)
        for kind, t in records.KINDS.items()
    )


def parts() -> str:
    """What records are made of."""
    return "".join(_struct(t, t.__name__) for t in PARTS)


def things() -> str:
    """What is kept beside records."""
    return "".join(_struct(t, f"{t.__name__} (`{t.__struct_config__.tag}`)") for t in (records.Article, records.Actor, *ACROSS))


def situation() -> str:
    """The tables of a situation's TOML, and what an input is."""
    inputs = _struct(weighed.Basis, "Basis: an inline table") + _struct(weighed.Input, "Input: an inline table", weighed.Basis)
    return inputs + "".join(_struct(t, f"`{name}`") for name, t in TABLES.items())


def _struct(struct: type[msgspec.Struct], heading: str, base: type[msgspec.Struct] | None = None) -> str:
    inherited = set(base.__struct_fields__ if base else ())
    about, told = _docstring(struct)
    rows = [
        f"| `{f.name}` | {_type(f.type)} | {told.get(f.name) or _meaning(struct, f.name)} |"
        for f in msgspec.structs.fields(struct)
        if f.name not in inherited
    ]
    return f"### {heading}\n\n{about}\n\n| field | holds | what it says |\n|---|---|---|\n" + "\n".join(rows) + "\n\n"


def _docstring(struct: type) -> tuple[str, dict[str, str]]:
    """What a docstring says of the whole, and of each argument."""
    text = re.sub(r"\n {4}", "\n", struct.__doc__ or "")
    about, _, args = text.partition("\nArgs:\n")
    found = re.findall(r"^ {4}(\w+): (.+(?:\n {8,}.+)*)", args, re.M)
    return _line(about.replace("`None`", "null")), {name: _line(words.replace("`None`", "null")).rstrip(".") for name, words in found}


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("|", "\\|")


def _meaning(struct: type, field: str) -> str:
    """What the page's own table says of a field of which the code says nothing."""
    for owner in struct.__mro__:
        if words := meanings().get(owner.__name__, {}).get(field):
            return words
    raise KeyError(f"docs/reference/fields.toml says nothing of {struct.__name__}.{field}")


def meanings() -> dict[str, dict[str, str]]:
    """By class and field, what it says, where its docstring does not."""
    return tomllib.loads((HERE / "reference" / "fields.toml").read_text(encoding="utf-8"))


def _type(annotation: Any) -> str:
    """A type in words: `tuple[ActorRef, ...]` is "list of ActorRef", `str | None` is "text or null"."""
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in args)
    if origin in (Union, UnionType):
        return " or ".join([_type(a) for a in args if a is not type(None)] + ["null"] * (type(None) in args))
    if origin is tuple:
        return f"list of {_type(args[0])}"
    if origin is not None and issubclass(origin, typing.Mapping):
        return "object"
    return str(annotation.__name__)


# ---------------------------------------------------------------- registry and ledger


def registry() -> str:
    """The registry's tables with their columns."""
    rows = "\n".join(f"| `{table}` | {', '.join(f'`{c}`' for c in columns)} |" for table, columns in REGISTRY_COLUMNS.items())
    return f"| table | columns |\n|---|---|\n{rows}\n"


def tables() -> str:
    """The tables of a new ledger, as SQLite gives them back after all migrations."""
    with Ledger.memory() as ledger:
        found = [_table(sql) for sql in ledger.connection.column(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '% STRICT%' ORDER BY rowid"
        )]  # fmt: skip
    return "```sql\n" + "\n\n".join(found) + "\n```\n"


def _table(sql: str) -> str:
    lines = re.sub(r"\n {4,}\)", "\n)", re.sub(r"\n {8}", "\n    ", sql)).replace('"judgements"', "judgements")
    # A column that a later schema added goes to a line of its own.
    return re.sub(r"\n? *, (\w+ [A-Z]+)\n?\) STRICT", r",\n    \1\n) STRICT", lines) + ";"


GENERATED: dict[str, Callable[[], str]] = {
    f.__name__: f for f in (verbs, shared, kinds, parts, things, situation, registry, tables)
}  # fmt: skip

if __name__ == "__main__":
    main()
