"""Names that can be given: the ledger's and the registry's, each once, those that begin so first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.web import create_app

from . import summit
from .client import Client


def found(client: Client, text: str) -> list[dict[str, Any]]:
    return list(client.get(f"/names.json?text={text}").json()["names"])


def test_the_ledgers_actors_come_and_then_the_registrys(client: Client) -> None:
    names = found(client, "ostr")
    assert (names[0]["id"], names[0]["known_to"]) == ("OS", "ledger")
    norway = found(client, "norw")[0]
    assert (norway["id"], norway["known_to"]) == ("NO", "registry")


def test_who_begins_so_comes_first_and_each_once(client: Client) -> None:
    names = [n["name"].casefold() for n in found(client, "ma")]
    begins = [name.startswith("ma") for name in names]
    assert begins == sorted(begins, reverse=True)
    assert len({n["id"] for n in found(client, "ma")}) == len(names) <= 20


@pytest.mark.parametrize("text", ["", "o", "%25%25", "__", "%5C%5C", "%27%27", "zzzzzz"])
def test_what_names_nobody_finds_nobody(text: str, client: Client) -> None:
    assert found(client, text) == []


def test_accents_and_case_are_passed_over_in_the_registry_and_offices_are_told(
    tmp_path: Path, path: Path
) -> None:
    summit.write(tmp_path)
    client = Client(create_app(path, registry=tmp_path / "registry"))
    holm = next(n for n in found(client, "PER%20holm") if n["id"] == "per-holm")
    assert (holm["who"], holm["known_to"]) == ("Prime Minister, Norland", "registry")
