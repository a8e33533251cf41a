"""How the examples of a document are run.

A document has a folder of its own: what one example writes, the next can read. A shell block is run if its first
command is `detente`; others (`pip install`, `make`) are for the reader. In a block with prompts each command
stands after `$ `, and the lines below it are what it prints, compared word by word with `…` for anything; no lines
mean that anything may be printed. A command must succeed, unless a comment after it says otherwise:

    $ detente show nothing   # exit 2

A block without prompts is one script.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sybil import Example

TIMEOUT = 120  # seconds
PROMPT = "$ "
_EXIT = re.compile(r"#\s*exit (\d+)\s*$")
_COMPARE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Command(NamedTuple):
    """A command of a document, what it is shown to print ("" if nothing is shown), and its exit status."""

    words: str
    shown: str
    status: int


def enter_folder(namespace: dict[str, Any]) -> None:
    """Start a document in an empty folder."""
    namespace["_back"] = Path.cwd()
    namespace["_folder"] = tempfile.mkdtemp(prefix="detente-document-")
    os.chdir(namespace["_folder"])


def leave_folder(namespace: dict[str, Any]) -> None:
    """Go back, and remove the folder."""
    os.chdir(namespace["_back"])
    shutil.rmtree(namespace["_folder"], ignore_errors=True)


def run_shell_block(example: Example) -> str | None:
    """Run a block; what went wrong, or None."""
    for command in commands(example.parsed):
        if problem := run(command):
            return problem
    return None


def commands(block: str) -> Iterator[Command]:
    """The commands of a block that are to be run: none if it does not begin with detente."""
    lines = block.strip("\n").split("\n")
    if not lines[0].removeprefix(PROMPT).startswith("detente"):
        return
    if not lines[0].startswith(PROMPT):
        yield _command(block, "")
        return
    for part in re.split(r"^\$ ", block.strip("\n"), flags=re.M)[1:]:
        first, _, rest = part.partition("\n")
        while first.endswith("\\"):
            more, _, rest = rest.partition("\n")
            first += "\n" + more
        yield _command(first, rest.strip("\n"))


def _command(words: str, shown: str) -> Command:
    status = _EXIT.search(words)
    return Command(words, shown, int(status[1]) if status else 0)


def run(command: Command) -> str | None:
    """Run a command with the installed `detente`; what differs from what is shown, or None."""
    beside_python = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    surroundings = os.environ | {"PATH": beside_python, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command.words],
        env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", timeout=TIMEOUT, check=False,
    )  # fmt: skip
    if done.returncode != command.status:
        return f"$ {command.words}\nexit status {done.returncode}, expected {command.status}; it printed:\n{done.stdout}"
    if command.shown and not _same(command.shown, done.stdout):
        return f"$ {command.words}\nprinted:\n{done.stdout}\nthe document shows:\n{command.shown}"
    return None


def _same(shown: str, printed: str) -> bool:
    return doctest.OutputChecker().check_output(shown.replace("…", "...") + "\n", printed, _COMPARE)
