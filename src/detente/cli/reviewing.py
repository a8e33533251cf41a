"""`detente review` without an ID: one record after the other, with its sentence marked in its paragraph."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from detente.cli.common import console
from detente.cli.view import COLUMNS, manner, row_of
from detente.errors import DetenteError
from detente.records import AnyRecord, kind_of

if TYPE_CHECKING:
    from rich.text import Text

    from detente.ledger import Ledger

KEYS = {
    "a": "accept", "r": "reject", "e": "edit", "d": "dispute", "u": "unsure", "m": "merge", "s": "skip",
    "z": "undo", "y": "redo", "?": "keys", "q": "quit",
}  # fmt: skip
_ABOUT = {
    "accept": "it is so", "reject": "it is not so, or the article does not say it", "edit": "it is so, but for one field",
    "dispute": "somebody denies it; the reply is kept beside it", "unsure": "leave it to somebody else, and say so",
    "merge": "it is the same as another record", "skip": "the next one; nothing is decided",
    "undo": "take back your last decision", "redo": "make again what you undid", "keys": "this list", "quit": "leave; all is saved",
}  # fmt: skip
_CANDIDATES = 5
# What would move the cursor or colour the terminal is shown as a sign for it.
_SHOWN = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {0x7F: 0x2421}


def change(words: str) -> tuple[str, Any]:
    """The field and the value of FIELD=VALUE: JSON where it can be read as such, else text.

    Raises:
        UsageError: there is no equals sign.
    """
    field, equals, value = words.partition("=")
    if not equals:
        raise click.UsageError(f"got {words!r}, expected FIELD=VALUE, such as stage=committed")
    try:
        return field.strip(), json.loads(value)
    except ValueError:
        return field.strip(), value


class Session:
    """A person goes through records and decides about one at a time; every decision is saved at once.

    Args:
        ledger: open for writing.
        ids: of the records, in their order.
        by: who decides.
    """

    def __init__(self, ledger: Ledger, ids: Sequence[str], by: str) -> None:
        self.ledger = ledger
        self.ids = ids
        self.by = by
        self.at = 0
        self.decided: Counter[str] = Counter()
        self.out = console()

    def run(self) -> None:
        """Go on until the last record, or until the person leaves."""
        while self.at < len(self.ids):
            record = self.ledger.get(self.ids[self.at])
            self._show(record)
            if not self._answer(record):
                break
        self.out.print(self._summary())

    def _answer(self, record: AnyRecord) -> bool:
        """Take keys until the record is done with; whether to go on."""
        while True:
            action = KEYS.get(key := _key())
            if action == "quit" or key == "":
                return False
            if action is None or action == "keys":
                self.out.print(_keys(full=True))
                continue
            try:
                if getattr(self, f"_{action}")(record):
                    return True
            except (DetenteError, click.UsageError) as error:
                self.out.print(str(getattr(error, "message", error)))

    # ------------------------------------------------------------ keys

    def _accept(self, record: AnyRecord) -> bool:
        return self._judge(record, "accept")

    def _reject(self, record: AnyRecord) -> bool:
        return self._judge(record, "reject")

    def _unsure(self, record: AnyRecord) -> bool:
        return self._judge(record, "unsure")

    def _judge(self, record: AnyRecord, action: str) -> bool:
        self.ledger.judge(record, action, by=self.by)
        return self._next(action)

    def _edit(self, record: AnyRecord) -> bool:
        if not (words := _line("field=value, or nothing to leave it: ")):
            return False
        field, new = change(words)
        self.ledger.judge(record, "edit", by=self.by, field=field, new=new)
        return self._next("edit")

    def _dispute(self, record: AnyRecord) -> bool:
        reply = _line("the reply in its own words, or nothing: ") or None
        of = _line("whose words those are, or nothing: ") or None if reply else None
        self.ledger.remark(record, "disputed", by=self.by, reply=reply, of=of)
        return self._next("dispute")

    def _merge(self, record: AnyRecord) -> bool:
        near = list(_near(self.ledger, record))
        for number, other in enumerate(near, start=1):
            self.out.print(f"  {number}  {other.id}  {_heading(other)}")
        asked = _line("number or id of the one to keep, or nothing to leave it: ")
        if not asked:
            return False
        into = near[int(asked) - 1].id if asked.isdecimal() and 0 < int(asked) <= len(near) else asked
        self.ledger.merge(record, into, by=self.by)
        return self._next("merge")

    def _skip(self, _: AnyRecord) -> bool:
        return self._next("")

    def _undo(self, _: AnyRecord) -> bool:
        return self._again(self.ledger.undo_last, "undone", 0)

    def _redo(self, _: AnyRecord) -> bool:
        return self._again(self.ledger.redo_last, "made again", 1)

    def _again(self, step: Callable[..., list[Any]], said: str, after: int) -> bool:
        """Undo or redo, and go to the record that it was about or `after` it, where that is among these."""
        made = step(by=self.by)
        self.out.print(f"{said}: {', '.join(dict.fromkeys(j.record for j in made))}")
        if made[0].record in self.ids:
            self.at = self.ids.index(made[0].record) + after
        return True

    def _next(self, action: str) -> bool:
        self.at += 1
        if action:
            self.decided[action] += 1
        return True

    # ------------------------------------------------------------ what is shown

    def _show(self, record: AnyRecord) -> None:
        from rich.text import Text

        article = self.ledger.article(record.article)
        outlet = f"{article.publisher or article.name}, {article.published or 'date unknown'}"
        self.out.print()
        self.out.print(
            Text(
                f"{self.at + 1} of {len(self.ids)} · {kind_of(record)} · {outlet} · {record.id} · {record.review}",
                style="dim",
            )
        )
        self.out.print(Text(_heading(record).translate(_SHOWN), style="bold"))
        for field, reason in record.reasons.items():
            self.out.print(Text(f"  {field}: {reason}".translate(_SHOWN), style="dim"))
        self.out.print()
        self.out.print(in_paragraph(record, article.text))
        self.out.print()
        self.out.print(_keys(full=False))

    def _summary(self) -> str:
        said = ", ".join(f"{number} {action}" for action, number in self.decided.items()) or "nothing decided"
        left = len(self.ids) - self.at
        return f"{said}; {left} of {len(self.ids)} left. detente undo takes the last decision back."


def in_paragraph(record: AnyRecord, text: str) -> Text:
    """The paragraphs of a record's core words: its sentences stand out, the words themselves are in square brackets."""
    from rich.text import Text

    from detente.language.words import paragraphs, sentences_around

    spans = [(e.start, e.end) for e in record.core]
    sentences = [(s.start, s.end) for s in sentences_around(text, spans)]
    out = Text()
    for p in paragraphs(text):
        if any(p.start < end and start < p.end for start, end in spans):
            out.append("\n\n" if out else "")
            for start, end in _pieces(p.start, p.end, spans, sentences):
                words = text[start:end].translate(_SHOWN)
                inside = _inside(start, spans)
                style = "bold reverse" if inside else "bold" if _inside(start, sentences) else "dim"
                out.append(f"[{words}]" if inside else words, style=style)
    return out


def _pieces(start: int, end: int, *marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A stretch of text cut wherever a mark begins or ends."""
    cuts = sorted({start, end, *(n for spans in marks for span in spans for n in span if start < n < end)})
    yield from pairwise(cuts)


def _inside(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _heading(record: AnyRecord) -> str:
    """What the machine read, by field, and whose word it is."""
    row = row_of(record)
    shown = {k: h for k, h in COLUMNS[f"{kind_of(record)}s"].items() if k not in {"id", "outlet", "how"}}
    return " · ".join(
        [
            *(f"{heading}: {row[key]}" for key, heading in shown.items() if row.get(key)),
            f"according to: {manner(record)}",
        ]
    )


def _near(ledger: Ledger, record: AnyRecord) -> Iterator[AnyRecord]:
    """Records of the same kind that name an actor of this one, those with the most words in common first."""
    from detente.ledger.rows import actors_in, words_of

    words = set(words_of(record).casefold().split())
    found = {
        other.id: other
        for actor in dict.fromkeys(a.id for _, a in actors_in(record))
        for other in ledger.records(kind_of(record)).where(actor=actor)[:200]
        if other.id != record.id
    }
    yield from sorted(
        found.values(), key=lambda r: (-len(words & set(words_of(r).casefold().split())), r.id)
    )[:_CANDIDATES]


def _keys(*, full: bool) -> Text:
    from rich.text import Text

    if full:
        return Text("\n".join(f"  {key}  {action:8} {_ABOUT[action]}" for key, action in KEYS.items()))
    return Text("  ".join(f"[{key}] {action}" for key, action in KEYS.items()), style="dim")


def _key() -> str:
    """One key; where there is no terminal, the first character of a line. Nothing at the end of what is given."""
    if sys.stdin.isatty():
        return click.getchar().lower()
    line = sys.stdin.readline()
    return line.strip()[:1].lower() or ("s" if line else "")


def _line(prompt: str) -> str:
    """A line that a person types."""
    click.echo(prompt, nl=False)
    return sys.stdin.readline().strip()
