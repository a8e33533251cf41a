"""What a person coded is said to be theirs, and not a machine's: in lists, answers, on its page, in the review and outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.ledger import Ledger
from detente.records import Authority, Origin, Pledge
from detente.web import create_app
from detente.web.briefing import briefing
from detente.web.briefing_markdown import STAMP, markdown
from detente.web.leaving import leaving
from tests.ledger.made import make

from . import made
from .client import Client

CODED = "is expected to ask the League for four ships"


@pytest.fixture
def coded(own: Path) -> str:
    """The id of a pledge that Ida Lund coded by hand."""
    with Ledger.open(own) as ledger:
        article = next(a for a in ledger.articles if a.publisher == "Marland Herald")
        record = make(
            Pledge, article, {"words": CODED}, "coded", pledger=(made.MARLAND,), type="in_kind", factuality="planned",
            according_to=Authority(kind="outlet", id=article.id, name="Marland Herald"), origin=Origin(by="person", name="Ida Lund"),
        )  # fmt: skip
        ledger.propose(record, by="Ida Lund")
    return str(record.id)


def test_every_page_names_the_coder(coded: str, desk: Client) -> None:
    for address in (f"/pledges?id={coded}", f"/records/{coded}", f"/review?at={coded}", "/promises?actor=ML", "/ask/promises?actor=ML"):
        page = desk.get(address).text
        assert "coded by Ida Lund" in page, address
    alone = desk.get(f"/records/{coded}").text.partition("<main")[2].partition("</main>")[0]
    assert STAMP not in alone
    assert "Coded by</dt><dd>Ida Lund" in alone
    assert "What was coded" in desk.get(f"/review?at={coded}").text


def test_an_edit_stands_beside_what_the_coder_wrote(coded: str, desk: Client) -> None:
    assert desk.post("/review", {"do": "edit", "e-type": "troops", "record": coded, "by": "Per Holm"}).status == 303
    page = desk.get(f"/records/{coded}").text
    assert "Ida Lund coded:" in page
    assert "the machine read:" not in page


def test_a_briefing_stamps_each_with_who_made_it(coded: str, own: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger, leaving(ledger, include_unreviewed=True) as path, Ledger.open(path, readonly=True) as copy:
        text = markdown(briefing(copy, "2025-03-01"))
        client = Client(create_app(path, readonly=True, published=True))
        shown = client.get(f"/pledges?id={coded}").text
    line = next(line for line in text.splitlines() if "coded by Ida Lund, not reviewed" in line)
    assert STAMP not in line
    assert STAMP in text, "and the machine's are stamped as the machine's"
    assert "Nobody has reviewed" in text
    assert "coded by Ida Lund" in shown
