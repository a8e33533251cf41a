"""The command line in this process, with standard input, output and error of its own, on a made ledger."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from detente.cli import main
from detente.ledger import Ledger

from ..ledger import made


class Ran(NamedTuple):
    """What a command left: its exit status, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run `detente` in an empty folder. A traceback is a failure of the test, since nothing here catches it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(*args: object, given: str = "") -> Ran:
        streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") for data in (given.encode(), b"", b"")]
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            monkeypatch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
        for stream in streams[1:]:
            stream.flush()
        out, err = (stream.buffer.getvalue().decode() for stream in streams[1:])
        return Ran(left.value.code or 0, out, err)

    return run


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "detente.db"
    with Ledger.open(path, create=True) as ledger:
        article = made.article()
        ledger.add(article, made.records(article), made.ACTORS)
        ledger.connection.row("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def ledger(_made: Path, run: Run, tmp_path: Path) -> Path:
    """A copy of a small ledger about invented states, where the command looks for one: ./detente.db."""
    return Path(shutil.copy(_made, tmp_path / "detente.db"))
