"""The ledger at work in Chromium: review by keys, undo after a restart, the deal board's switches, drawings, axe-core."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.ledger import Ledger
from detente.web.leaving import leaving
from detente.web.publishing import publish

from .serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

TO_CHECK = [
    "/", "/statements", "/actors/OS", "/search?q=truce", "/review", "/promises", "/matrix", "/deal?without=League+guarantees",
    "/timeline", "/network", "/ask/changes", "/weighing", "/names?text=ma", "/nothing-here",
    "/same", "/origins", "/add", "/coalition",
]  # fmt: skip


@pytest.fixture(autouse=True)
def impatient(page: Page) -> None:
    """What does not come within seconds does not come."""
    page.set_default_timeout(8000)


def review_of(own: Path, key: str) -> str:
    with Ledger.open(own, readonly=True) as ledger:
        return ledger.get(key).review


def shown(page: Page) -> str:
    return page.locator(".item .kicker code").inner_text()


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_reviewer_works_by_keys_and_undoes_after_a_restart(page: Page, own: Path) -> None:
    with serving(own, by="Per Holm") as site:
        page.goto(f"{site}/review?kind=pledge")
        first = shown(page)
        sentence = page.locator(".passage .s:has(mark)").first
        assert sentence.evaluate("s => getComputedStyle(s).backgroundColor") != page.evaluate("getComputedStyle(document.body).backgroundColor")
        press(page, "a")
        second = shown(page)
        assert (second != first, review_of(own, first)) == (True, "accepted")
        press(page, "s")
        assert (shown(page) != second, review_of(own, second)) == (True, "proposed")
        third = shown(page)
        page.keyboard.press("e")
        assert page.evaluate("document.activeElement.name").startswith("e-")
        page.get_by_label("stage", exact=True).select_option("delivered")
        page.get_by_label("Why (kept with the decision)").fill("read it: arrived")  # these letters are keys, too
        assert review_of(own, third) == "proposed", "keys do nothing while one types"
        with page.expect_navigation():
            page.get_by_role("button", name="Save the edit").click()
        assert review_of(own, third) == "edited"
    with serving(own, by="Per Holm") as site:
        page.goto(f"{site}/review?kind=pledge")
        press(page, "z")
        assert (shown(page), review_of(own, third)) == (third, "proposed")
        press(page, "z")
        assert (shown(page), review_of(own, first)) == (first, "proposed")
        press(page, "y")
        assert review_of(own, first) == "accepted"


def test_the_list_of_keys_opens_and_closes(page: Page, own: Path) -> None:
    with serving(own, by="Per Holm") as site:
        page.goto(f"{site}/review")
        before = shown(page)
        page.keyboard.press("?")
        keys = page.get_by_role("dialog")
        assert keys.is_visible()
        page.keyboard.press("r")
        assert shown(page) == before, "a key does nothing while the list is open"
        page.keyboard.press("Escape")
        assert keys.is_hidden()
        assert review_of(own, before) == "proposed"


def test_enter_in_a_field_decides_nothing(page: Page, own: Path) -> None:
    with serving(own, by="Per Holm") as site:
        page.goto(f"{site}/review")
        key = shown(page)
        page.get_by_label("Why (kept with the decision)").fill("because")
        page.keyboard.press("Enter")
        assert (shown(page), review_of(own, key)) == (key, "proposed")


def test_all_that_is_shown_is_decided_and_undone_without_script(browser: object, own: Path) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    try:
        with serving(own, by="Per Holm") as site:
            page.goto(f"{site}/terms")
            page.get_by_role("link", name="Review them").click()
            page.get_by_role("link", name="Decide about all of them").click()
            listed = page.locator("article.entry")
            ids = [str(e.get_attribute("id")).removeprefix("e-") for e in listed.all()]
            page.get_by_role("button", name=f"Accept {len(ids)} records").click()
            page.wait_for_url("**/review?kind=term")
            assert {review_of(own, key) for key in ids} == {"accepted"}
            page.get_by_role("button", name="Undo").click()
            page.wait_for_url("**at=*")
            assert {review_of(own, key) for key in ids} == {"proposed"}
    finally:
        context.close()


def test_a_switch_of_the_deal_board_says_what_falls(page: Page, own: Path) -> None:
    with serving(own) as site:
        page.goto(f"{site}/deal")
        assert page.locator("tr.fallen, tr.off").count() == 0
        switch = page.get_by_label("Switch off: A mission monitors the truce.")
        switch.check()
        page.locator("tr.off").wait_for()
        assert "without=te-" in page.url
        assert page.locator("tr.fallen th").inner_text().startswith("The League guarantees the truce.")
        assert "Without A mission monitors the truce." in page.get_by_role("status").inner_text()
        assert page.evaluate("document.activeElement.id") == switch.get_attribute("id"), "the place is kept"
        assert page.get_by_role("link", name="JSON").get_attribute("href", timeout=1000).count("without=") == 1
        page.reload()
        assert switch.is_checked()
        switch.uncheck()
        page.locator("tr.off").wait_for(state="detached")
        assert "without" not in page.url


def test_a_cell_a_box_a_mark_and_a_line_lead_to_the_sentence(page: Page, own: Path) -> None:
    with serving(own) as site:
        for address, mark in [
            ("/deal", "td.cell a"),
            ("/deal", "svg.dependence a"),
            ("/matrix", "td.cell a"),
            ("/promises", ".stages-of .reached a"),
            ("/timeline", "svg.timeline a[href*='#']"),
            ("/network", "svg.network a.tie"),
            ("/ask/stands", ".place a.what"),
        ]:
            page.goto(site + address)
            target = page.locator(mark).first
            target.focus()
            with page.expect_navigation():
                page.keyboard.press("Enter")
            # Where several records say it, their sentences are listed.
            lit = page.locator("mark.chosen, .entry .words mark").first
            lit.wait_for()
            box = lit.bounding_box()
            assert box is not None, address
            assert 0 <= box["y"] < 800, f"{address}: the words are in sight"


def test_a_pledge_is_found_followed_and_its_repeats_unfolded(page: Page, own: Path) -> None:
    with serving(own) as site:
        page.goto(f"{site}/")
        page.get_by_role("link", name="Pledge ledger").click()
        page.get_by_text("told 2 times").first.click()
        page.get_by_role("link", name="Ostrava’s loan, put at 2.2bn crowns").click()
        page.locator("mark.chosen").first.wait_for()
        assert page.locator(".s:has(mark.chosen)").first.inner_text() == "Ostrava’s loan, put at 2.2bn crowns, was called a first step."


def test_axe_finds_nothing_serious(page: Page, own: Path) -> None:
    sync = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    axe, found = sync.Axe(), []
    with serving(own, by="Per Holm") as site:
        for address in TO_CHECK:
            page.goto(site + address)
            results = axe.run(page)
            found += [
                f"{address}: {v['id']}: {v['nodes'][0]['html'][:160]}"
                for v in results.response["violations"] if v["impact"] in ("serious", "critical")
            ]
    assert found == []


def test_the_reading_copy_opens_from_a_disk(browser: object, own: Path, tmp_path: Path) -> None:
    with Ledger.open(own, readonly=True) as ledger, leaving(ledger, include_unreviewed=True) as copy:
        publish(copy, tmp_path / "site")
    context = browser.new_context()  # type: ignore[attr-defined]
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    try:
        page.goto((tmp_path / "site" / "index.html").as_uri())
        assert page.locator("body").evaluate("b => getComputedStyle(b).maxWidth") is not None
        assert page.locator("h1").evaluate("h => getComputedStyle(h).fontWeight") == "600", "the style sheet is there"
        page.get_by_role("link", name="Pledge ledger").click()
        page.locator(".stages-of .reached a").first.click()
        assert page.locator("mark:target").count() == 1
        assert said == []
    finally:
        context.close()
