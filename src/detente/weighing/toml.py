"""A situation as TOML: a file that a person can read, correct and keep beside a report."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from detente.errors import MissingInput, SituationError
from detente.weighing.situation import Situation
from detente.weighing.validity import Place, Problem, nearest, problems

HEADER = """\
# A situation for `detente weigh`. Change what you know better: give `assumed_by` your name, or `sources` the
# ids of records. A party without a standing on an issue stays in, over the whole scale, counted as assumed.
"""
# A file with many faults repeats itself; ten are enough to see what is wrong.
_MOST_PROBLEMS = 10
_REMEDY = "detente situation -o situation.toml, and edit that"
_MISSING = re.compile(r"Object missing required field `(?P<name>\w+)`$")
_INVALID = re.compile(r"Invalid enum value '(?P<name>.*)'$", re.DOTALL)
_WRONG = re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`$")
_TYPES = {
    "float": "a number", "int": "a whole number", "str": "text", "bool": "true or false", "array": "a list",
    "object": "a table", "null": "nothing",
}  # fmt: skip
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`$", re.DOTALL)
_PLACE = re.compile(r"`\$\.?(?P<path>.*)`$")
_HEAD = re.compile(r"\s*\[(?P<many>\[)?\s*(?P<name>[\w.\" -]+?)\s*\]")
_KEY = re.compile(r"\s*\"?(?P<name>[\w-]+)\"?\s*=")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dumps(situation: Situation) -> str:
    """The situation as TOML that `loads` gives back unchanged.

    Raises:
        SituationError: a text holds half a character (a lone surrogate), which no TOML file can.
    """
    plain = situation.to_dict()
    head = [f"{key} = {_value(plain.pop(key))}" for key in ("title", "left_out")]
    blocks = [block for key, value in plain.items() for block in _blocks(key, value)]
    return HEADER + "\n\n".join("\n".join(lines) for lines in (head, *blocks)) + "\n"


def loads(text: str, source: str = "the situation") -> Situation:
    """The situation that a TOML text holds.

    Args:
        source: what to call the text in errors: the file's name.

    Raises:
        SituationError: not TOML, or not a situation; names the line where it can, the field, what was expected.
    """
    try:
        plain = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SituationError(f"{source} is not TOML: {error}", _REMEDY) from error
    try:
        situation = msgspec.convert(plain, Situation)
    except msgspec.ValidationError as error:
        raise _fault(source, [_problem(str(error))], text) from error
    return check(situation, source, text)


def load(path: str | Path) -> Situation:
    """The situation in a TOML file.

    Raises:
        MissingInput: no such file, or no right to read it.
        SituationError: as `loads`.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")  # some editors set a mark before the first byte
    except OSError as error:
        raise MissingInput(f"cannot read {path}: {error.strerror}", _REMEDY) from error
    except UnicodeDecodeError as error:
        raise SituationError(f"{path}: byte {error.start} is not UTF-8, expected TOML in UTF-8", _REMEDY) from error
    return loads(text, str(path))


def check(situation: Situation, source: str = "the situation", text: str = "") -> Situation:
    """The situation itself, where it can be weighed.

    Raises:
        SituationError: it cannot; lists up to ten reasons, each with its field.
    """
    found = list(islice(problems(situation), _MOST_PROBLEMS))
    if found:
        raise _fault(source, found, text)
    return situation


def _fault(source: str, found: Iterable[Problem], text: str) -> SituationError:
    lines = []
    for place, what in found:
        line = line_of(text, place)
        lines.append(f"{source}, {f'line {line}, ' if line else ''}{_path(place) or 'top level'}: {what}")
    return SituationError("\n".join(lines))


def _path(place: Place) -> str:
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in place).lstrip(".")


def _problem(message: str) -> Problem:
    """msgspec's message taken apart: "Expected `float`, got `str` - at `$.standings[1].position.low`"."""
    what, _, where = message.partition(" - at ")
    found = _PLACE.search(where)
    parts = re.findall(r"\w+", found["path"]) if found else []
    place: Place = tuple(int(p) if p.isdigit() else p for p in parts)
    if unknown := _UNKNOWN.match(what):
        fields = _kind(place).__struct_fields__
        return (*place, unknown["name"]), f"got an unknown field, expected one of {', '.join(fields)}{nearest(unknown['name'], fields)}"
    if invalid := _INVALID.match(what):
        known = [str(k) for k in get_args(_kind(place))]
        return place, f"got '{invalid['name']}', expected one of {', '.join(known)}{nearest(invalid['name'], known)}"
    if missing := _MISSING.match(what):
        return place, f"got no `{missing['name']}`, expected it"
    if wrong := _WRONG.match(what):
        got, expected = (" or ".join(_TYPES.get(t, t) for t in wrong[k].split(" | ")) for k in ("got", "expected"))
        return place, f"got {got}, expected {expected}"
    return place, what


def _kind(place: Place) -> Any:
    """The type of what stands at a place of a situation, without `None` and tuples around it."""
    kind: Any = Situation
    for name in (step for step in place if isinstance(step, str)):
        kind = get_type_hints(kind)[name]
        while get_origin(kind) not in (None, Literal):
            kind = get_args(kind)[0]
    return kind


def line_of(text: str, place: Place) -> int | None:
    """The line, from 1, where a TOML text holds a place; its table's first line where the field is not found.

    Args:
        place: ("standings", 2, "position", "low") is in the third `[[standings]]`, under `position`.
    """
    best, deepest = None, 0
    for number, here in _places(text):
        shared = min(len(here), len(place))
        if shared > deepest and place[:shared] == here[:shared]:
            best, deepest = number, shared
    return best


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """The lines that begin a table or a key, and the place of each."""
    count: Counter[Place] = Counter()
    table: Place = ()
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        if quoted or (line.count('"""') + line.count("'''")) % 2:
            quoted ^= bool((line.count('"""') + line.count("'''")) % 2)
        if found := None if quoted else _HEAD.match(line):
            *above, last = (key.strip(' "') for key in found["name"].split("."))
            table = ()
            for key in above:
                table = (*table, key, count[*table, key] - 1) if count[*table, key] else (*table, key)
            table = (*table, last)
            if found["many"]:
                count[table] += 1
                table = (*table, count[table] - 1)
            yield number, table
        elif found := None if quoted else _KEY.match(line):
            yield number, (*table, found["name"])


def _blocks(key: str, value: Any) -> Iterator[list[str]]:
    """Tables with their lines: one a row, and one a part that has rows of its own."""
    if isinstance(value, dict):
        inner = {k: v for k, v in value.items() if k == "parts"}
        yield [f"[{key}]", *_lines({k: v for k, v in value.items() if k not in inner})]
        yield from (block for k, rows in inner.items() for block in _blocks(f"{key}.{k}", rows))
    else:
        yield from ([f"[[{key}]]", *_lines(row)] for row in value or ())


def _lines(row: dict[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in row.items() if value is not None]


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return quoted(value)
        case list() | tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case dict():
            # An empty note or list says nothing and makes a person's file long.
            said = {k: v for k, v in value.items() if v not in (None, ()) and (k, v) != ("note", "")}
            pairs = (f"{k} = {_value(v)}" for k, v in said.items())
            return f"{{ {', '.join(pairs)} }}"
        case _:
            raise TypeError(f"a situation holds no {type(value).__name__}")


def quoted(text: str) -> str:
    """A text as TOML writes it on one line.

    Raises:
        SituationError: it holds half a character (a lone surrogate), which no TOML file can.
    """
    if any(0xD800 <= ord(c) < 0xE000 for c in text):
        raise SituationError(f"got half a character (a lone surrogate) in {text!r}, expected whole ones")
    return '"' + "".join(_ESCAPES.get(c) or (f"\\u{ord(c):04x}" if c < " " or c == "\x7f" else c) for c in text) + '"'
