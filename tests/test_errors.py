"""The tree of errors: as its module draws it, and each says what would help."""

from __future__ import annotations

import inspect
import re

import pytest

from detente import errors
from detente.errors import DetenteError, InputError, MissingExtra, MissingInput

CLASSES = [thing for _, thing in inspect.getmembers(errors, inspect.isclass)]


def drawn() -> dict[str, str]:
    """The tree in the module's docstring: each error's parent by name."""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ([│├└─ ]*)([A-Z]\w+)", line):
            depth, name = len(found.group(1)), found.group(2)
            above = [(d, n) for d, n in above if d < depth]
            if above:
                parents[name] = above[-1][1]
            above.append((depth, name))
    return parents


def test_the_drawing_is_the_tree():
    assert drawn() == {c.__name__: c.__base__.__name__ for c in CLASSES if c is not DetenteError}


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_has_a_root_and_a_meaning(kind):
    assert issubclass(kind, DetenteError)
    assert kind.__doc__.endswith(".") or "\n" in kind.__doc__


@pytest.mark.parametrize("kind", [c for c in CLASSES if c is not MissingExtra], ids=lambda kind: kind.__name__)
def test_an_error_says_what_happened_and_what_would_work(kind):
    bare, helpful = kind("got x, expected y"), kind("got x, expected y", "detente read y")
    assert (bare.message, bare.remedy, str(bare)) == ("got x, expected y", "", "got x, expected y")
    assert str(helpful) == "got x, expected y\n  try: detente read y"
    assert bare.args == ("got x, expected y",)


def test_a_missing_extra_names_the_command():
    error = MissingExtra("pandas", "pandas", "a table of records")
    assert str(error) == "a table of records needs pandas, which is not installed\n  try: pip install 'detente[pandas]'"


def test_one_branch_is_caught_whole():
    with pytest.raises(InputError):
        raise MissingInput("no such file: talks.txt")
