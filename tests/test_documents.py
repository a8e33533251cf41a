"""The runner of the documents' examples: it runs what it should, and can fail."""

import os
from pathlib import Path

import pytest

from .documents import Command, commands, enter_folder, leave_folder, run


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("pip install detente\n", []),
        ("$ pip install detente\n$ detente demo\n", []),
        ("make demo\n", []),
        ("detente demo\n", [Command("detente demo\n", "", 0)]),
        ("$ detente demo\n", [Command("detente demo", "", 0)]),
        ("$ detente a\none\n\ntwo\n$ detente b  # exit 1\n", [Command("detente a", "one\n\ntwo", 0), Command("detente b  # exit 1", "", 1)]),
        ("$ detente a \\\n    --json\n{}\n", [Command("detente a \\\n    --json", "{}", 0)]),
    ],
)  # fmt: skip
def test_commands_are_told_from_what_they_print(block: str, expected: list[Command]) -> None:
    assert list(commands(block)) == expected


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (Command("echo one two", "", 0), None),
        (Command("echo one two", "one two", 0), None),
        (Command("echo one two; echo three", "one …\nthree", 0), None),
        (Command("echo one", "two", 0), "the document shows:\ntwo"),
        (Command("echo oops >&2; exit 3", "oops", 3), None),
        (Command("echo oops >&2; exit 3", "", 0), "exit status 3, expected 0; it printed:\noops"),
        (Command("false | cat", "", 0), "exit status 1"),
        (Command("false; true", "", 0), "exit status 1"),
        (Command("true", "", 2), "exit status 0, expected 2"),
    ],
)
def test_a_command_must_do_what_is_shown(command: Command, problem: str | None) -> None:
    found = run(command)
    assert (found is None) if problem is None else problem in str(found)


def test_the_installed_command_is_the_one_that_runs() -> None:
    assert run(Command("command -v python", str(Path(os.sys.executable).parent / "python"), 0)) is None


def test_a_document_has_a_folder_of_its_own() -> None:
    before, namespace = Path.cwd(), {}
    enter_folder(namespace)
    folder = Path.cwd()
    assert folder != before
    assert list(folder.iterdir()) == []
    leave_folder(namespace)
    assert Path.cwd() == before
    assert not folder.exists()
