"""The weighing's page: the drawings of the report that is a file, each mark one click from the sentences that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import escape

from detente.errors import SituationError
from detente.ledger import Ledger
from detente.weighing import Report, situation_from, weigh
from detente.weighing.plots import plots
from detente.weighing.report import sections

from .client import Client


@pytest.fixture(scope="module")
def report(path: Path) -> Iterator[Report]:
    with Ledger.open(path, readonly=True) as ledger:
        yield weigh(situation_from(ledger), draws=200, seed=0)


def test_every_drawing_of_the_report_is_on_the_page(report: Report, client: Client) -> None:
    page = client.get("/weighing?draws=200").text
    drawn = [d for s in sections(report) for d in plots(s.about, lambda on: None)]
    assert drawn
    assert page.count("<figure><figcaption><b>") == page.count('class="plot"') == len(drawn)
    for drawing in drawn:
        assert str(escape(drawing.title)) in page
        assert str(escape(drawing.says)) in page


def test_every_mark_leads_to_sentences(client: Client) -> None:
    page = client.get("/weighing?draws=200").text
    links = {
        link.replace("&amp;", "&")
        for figure in re.findall(r"<figure>.*?</figure>", page, re.S)
        for link in re.findall(r'href="([^"]+)"', figure)
    }
    assert links
    for link in links:
        assert link.startswith("/records?id=")
        shown = client.get(link)
        assert shown.status == 200
        assert shown.text.count("<mark") >= link.count("id=")


def test_what_is_to_be_typed_is_told_from_words(client: Client) -> None:
    page = client.get("/weighing?draws=200").text
    assert "<code>[durability]</code>" in page
    assert "`" not in page


def test_with_nothing_to_weigh_it_says_so_in_words(tmp_path: Path) -> None:
    from detente.web import create_app

    Ledger.open(tmp_path / "empty.db", create=True).close()
    with Ledger.open(tmp_path / "empty.db") as ledger, pytest.raises(SituationError):
        weigh(situation_from(ledger), draws=10)
    page = Client(create_app(tmp_path / "empty.db")).get("/weighing").text
    assert "There is nothing to weigh yet: no positions, terms or memberships are on record." in page
