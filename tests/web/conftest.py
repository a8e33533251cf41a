"""The made ledger as a file, and a client of the pages over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.web import create_app

from . import made
from .client import Client


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.build(tmp_path_factory.mktemp("web") / "coast.db")


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path, readonly=True) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def client(path: Path) -> Client:
    return Client(create_app(path))


@pytest.fixture
def own(path: Path, tmp_path: Path) -> Path:
    """A copy of the made ledger that a test may write to."""
    with Ledger.open(path, readonly=True) as ledger:
        ledger.backup(tmp_path / "own.db")
    return tmp_path / "own.db"


@pytest.fixture
def desk(own: Path) -> Client:
    """A client of the pages over that copy."""
    return Client(create_app(own, by="Ida Lund"))
