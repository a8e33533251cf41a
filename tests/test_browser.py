"""Chromium starts as the web tests start it, headless and cut off from other machines."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_page_shows_and_runs_scripts(page: "Page") -> None:
    page.set_content("<p id=a>Marland</p><script>document.getElementById('a').textContent += ' signs'</script>")
    assert page.text_content("#a") == "Marland signs"
    assert page.context.cookies() == []
