"""An article full of markup, script and formulas does nothing."""

import re

import pytest

from detente.ledger import Ledger

from . import made
from .client import Client
from .test_pages import Outline, addresses

# What the made article tries: none of it may come out as markup.
LIVE = re.compile(r"<script(?! src=\"/static/)|<img|<i onclick|<b>bold|\bonerror=\"(?!document)|</title><script|javascript:", re.I)


def test_no_page_lets_markup_through(client: Client, ledger: Ledger) -> None:
    for address in [*addresses(ledger), "/search?q=script", "/search?q=<script>alert(1)</script>", "/statements?speaker=<script>"]:
        text = client.get(address).text
        assert not LIVE.search(text), f"{address}: {LIVE.search(text)}"
        assert not Outline(text).all("img", "i", "object", "iframe")


def test_the_markup_is_shown_as_it_was_written(client: Client, ledger: Ledger) -> None:
    article = ledger.articles.where(text="taken").first()
    assert article is not None
    text = client.get(f"/articles/{article.id}").text
    assert "&lt;script&gt;document.title = &#34;taken&#34;&lt;/script&gt;" in text
    assert "{{ 7 * 7 }}" in text, "a template in an article is text"
    assert "49" not in re.sub(r"[0-9a-f]{16,64}", "", text)


def test_an_id_full_of_markup_is_an_address(client: Client) -> None:
    page = client.get("/actors/x%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert page.status == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("address", ["/<script>alert(1)</script>", "/records/<script>alert(1)</script>", "/statements?<script>=1", "/statements?mode=<b>"])
def test_an_error_repeats_nothing_as_markup(address: str, client: Client) -> None:
    page = client.get(address)
    assert page.status in (400, 404)
    assert not re.search("<script>|<b>(?!</)", page.text.partition("<main")[2].partition("</main>")[0].replace("<script src", ""))


def test_csv_cells_are_no_formulas(client: Client, ledger: Ledger) -> None:
    for address in addresses(ledger):
        place = "/index" if address == "/" else address.partition("?")[0]
        for row in client.get(f"{place}.csv").rows():
            assert not [cell for cell in row.values() if cell and cell[0] in "=+-@\t\r"], address
    formula = made.one(ledger, "pledge", "=HYPERLINK")
    assert client.get(f"/records/{formula.id}.csv").rows()[0]["words"].startswith("'=HYPERLINK")
