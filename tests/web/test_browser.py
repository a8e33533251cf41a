"""The pages in Chromium: from a pledge to its sentence, the switches, the keyboard, two widths, no error anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.ledger import Ledger
from detente.records import KINDS

from . import made
from .serving import serving
from .test_pages import FIXED

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = (360, 1280)


@pytest.fixture(scope="module")
def site(path: Path) -> Iterator[str]:
    """The address of a server over the made ledger."""
    with serving(path) as address:
        yield address


def each_sort(ledger: Ledger) -> list[str]:
    """Every sort of page, and of the records one of each kind: a browser takes its time."""
    records = [ledger.records(kind)[-1].id for kind in KINDS]
    alike = ("/ask/", "/terms", "/positions", "/events", "/deals")  # as others that are looked at
    fixed = [place for place in FIXED if not place.startswith(alike)]
    return [*fixed, "/ask/totals", "/ask/contradictions", *(f"/articles/{a.id}" for a in ledger.articles), *(f"/records/{key}" for key in records)]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_an_error_or_scrolls_sideways(width: int, page: Page, site: str, ledger: Ledger) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.set_viewport_size({"width": width, "height": 800})
    for address in each_sort(ledger):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert said == []
    assert page.title() != "taken"


def test_a_pledge_leads_to_its_sentence(page: Page, site: str) -> None:
    page.goto(f"{site}/")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Pledges").click()
    page.get_by_role("navigation", name="Narrow the list").get_by_role("link", name="spend").click()
    page.wait_for_url("**type=spend*")
    entry = page.locator("article.entry")
    assert entry.count() == 1
    entry.get_by_role("link", name="in the article").click()
    lit = page.locator("mark.chosen")
    lit.first.wait_for()
    assert "".join(lit.all_text_contents()) == "would spend 3 per cent of its output on defence by 2027"
    assert lit.first.evaluate("m => getComputedStyle(m).backgroundColor") != page.evaluate("getComputedStyle(document.body).backgroundColor")
    sentence = page.locator(".s:has(mark.chosen)")
    assert sentence.inner_text() == "Ms Velkova also said her country would spend 3 per cent of its output on defence by 2027."
    box = lit.first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 800, "the words are in sight"


def test_on_a_phone_the_timeline_opens_at_what_is_latest(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site}/timeline")
    drawing = page.locator(".scroll.latest")
    ends = drawing.evaluate("d => [d.firstElementChild.getBoundingClientRect().right, d.getBoundingClientRect().right, d.scrollWidth > d.clientWidth]")
    assert ends[2], "the drawing is wider than the page"
    assert abs(ends[0] - ends[1]) < 2, "its right end is in sight"


def test_without_script_the_words_are_lit_and_the_switches_work(browser: object, site: str, ledger: Ledger) -> None:
    record = made.one(ledger, "pledge", "3 per cent")
    page = browser.new_page(java_script_enabled=False)  # type: ignore[attr-defined]
    try:
        page.goto(f"{site}/articles/{record.article}#r-{record.id}")
        assert page.locator(f"mark:target[data-r='{record.id}']").count() == 1
        page.get_by_label("3 terms").uncheck()
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**show=none&show=statement*")
        assert page.locator("#reading.hide-term").count() == 1
        assert page.locator(".found-term").first.is_hidden()
    finally:
        page.close()


def test_the_switches_act_at_once_and_the_address_follows(page: Page, site: str, ledger: Ledger) -> None:
    record = made.one(ledger, "term", "an armed Marland")
    page.goto(f"{site}/articles/{record.article}")
    mark = page.locator("#reading mark.k-term").first
    line = "m => getComputedStyle(m).textDecorationLine"
    assert mark.evaluate(line) == "underline"
    assert page.get_by_role("button", name="Show").is_hidden()
    page.get_by_label("3 terms").uncheck()
    assert mark.evaluate(line) == "none"
    assert page.locator(".found-term").first.is_hidden()
    assert mark.locator(".sign").is_hidden()
    assert "show=none" in page.url
    assert "show=term" not in page.url
    assert "show=term" not in str(page.get_by_role("link", name="CSV").get_attribute("href"))
    page.reload()
    assert mark.evaluate(line) == "none", "the address holds the state"
    page.get_by_label("3 terms").check()
    assert mark.evaluate(line) == "underline"
    assert page.url.endswith(record.article)


def test_the_text_in_the_browser_is_the_article(page: Page, site: str, ledger: Ledger) -> None:
    for article in ledger.articles:
        page.goto(f"{site}/articles/{article.id}")
        assert page.locator("article.text").evaluate("a => a.textContent") == article.text


def test_a_sign_leads_to_its_record_and_back(page: Page, site: str, ledger: Ledger) -> None:
    record = made.one(ledger, "pledge", "signed a loan")
    page.goto(f"{site}/articles/{record.article}")
    page.locator(f"#r-{record.id} > .sign").click()
    assert page.url.endswith(f"#l-{record.id}")
    item = page.locator(f"#l-{record.id}.chosen")
    item.wait_for()
    item.get_by_role("link", name="in the text").click()
    assert page.url.endswith(f"#r-{record.id}")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}/statements")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        outline = page.evaluate("(e => [e.tagName, getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth])(document.activeElement)")
        if outline[0] == "BODY":
            break
        assert outline[1:] == ["solid", "3px"], outline
        seen.add(outline[0])
    assert {"A", "INPUT", "BUTTON", "SUMMARY"} <= seen


def test_the_skip_link_leads_to_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/statements")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_filter_form_writes_the_address(page: Page, site: str) -> None:
    page.goto(f"{site}/statements")
    page.get_by_text("More filters").click()
    page.get_by_label("Speaker").fill("Émile Orden")
    page.get_by_label("Mode").select_option("direct")
    page.get_by_role("button", name="Filter", exact=True).click()
    page.wait_for_url("**mode=direct*")
    assert page.locator("article.entry").count() == 1


CONTRAST = """() => {
  const channel = (v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > .99) return c; } return [255, 255, 255]; };
  const low = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest("option, .skip")) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < (e.closest(".dot") ? 1 : 4.5)) low.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)} ${e.textContent.trim().slice(0, 30)}`);
  }
  return low;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read(scheme: str, page: Page, site: str, ledger: Ledger) -> None:
    """WCAG 2.2 AA: 4.5 to 1 for text."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in each_sort(ledger):
        page.goto(site + address)
        assert page.evaluate(CONTRAST) == [], address


def test_on_paper_there_are_no_controls(page: Page, site: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{site}/statements")
    for control in (".find", ".mast nav", ".facets", ".filter", ".files"):
        assert page.locator(control).first.is_hidden(), control
    assert page.locator("article.entry").first.is_visible()
