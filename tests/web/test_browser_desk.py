"""A newsroom's first day in Chromium: ten articles brought, who promised what, where outlets differ, what falls; and editing.

Screenshots of the main pages are left in `build/screenshots`, which a CI can keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from detente.ledger import Ledger

from . import made, summit
from .serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
LOOKS = ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark"))


@pytest.fixture(autouse=True)
def impatient(page: Page) -> None:
    """What does not come within seconds does not come."""
    page.set_default_timeout(8000)


@pytest.fixture
def said(page: Page) -> Iterator[list[str]]:
    """What the browser complains of; nothing, when the test is over."""
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
    yield found
    assert found == []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ten articles, who is who in them, and a ledger without an article."""
    folder = tmp_path_factory.mktemp("desk")
    summit.write(folder)
    Ledger.open(folder / "talks.db", create=True).close()
    return folder


@pytest.fixture(scope="module")
def site(desk: Path) -> Iterator[str]:
    """A server over that ledger."""
    with serving(desk / "talks.db", by="Ana", registry=desk / "registry") as address:
        yield address


def keep(page: Page, name: str) -> None:
    """Screenshots of a page in every look, none of which scrolls sideways."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")


def serious(page: Page) -> list[str]:
    """What axe-core finds that is serious."""
    sync = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    found = sync.Axe().run(page).response["violations"]
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found if v["impact"] in ("serious", "critical")
    ]


def lit(page: Page) -> Locator:
    """The highlighted words, in sight."""
    words = page.locator("mark.chosen, .entry .words mark").first
    words.wait_for()
    box = words.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 800
    return words


def test_ten_articles_are_brought_and_read(page: Page, site: str, desk: Path, said: list[str]) -> None:
    page.goto(site)
    page.get_by_role("main").get_by_role("link", name="Add articles").click()
    assert serious(page) == []
    keep(page, "add")
    (desk / "plan.pdf").write_bytes(b"%PDF-1.7")
    page.get_by_label("One or several").set_input_files([desk / "summit.jsonl", desk / "plan.pdf"])
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url("**/add/2*")
    assert page.get_by_role("heading", level=1, name="Reading").is_visible()
    assert page.context.request.get(f"{site}/articles").ok, "the other pages answer meanwhile"
    page.get_by_role("heading", level=1, name="What was read").wait_for(timeout=60_000)
    assert page.get_by_role("status").inner_text().startswith("10 new articles, 1 not read.")
    assert "plan.pdf: got a PDF" in page.locator(".faults").inner_text()
    assert page.get_by_text("nothing was read from it").count() == 1, "of the weather"
    assert serious(page) == []
    keep(page, "brought")
    page.get_by_role("link", name="Ostrava to lend Marland 400 million pounds").click()
    assert page.locator("#reading mark").count() > 5
    keep(page, "article")


def test_a_text_is_pasted_and_its_article_comes(page: Page, site: str, said: list[str]) -> None:
    page.goto(f"{site}/add")
    page.get_by_label("Outlet", exact=True).fill("The Hillfort Post")
    page.get_by_label("Day of publication").fill("2025-05-14")
    page.get_by_label("The article’s words").fill(
        "Velkova to visit Seahaven\n\nPresident Ana Velkova said on Wednesday: ‘I will be in Seahaven next week.’"
    )
    page.get_by_role("button", name="Read them").click()
    page.wait_for_url("**/articles/*", timeout=60_000)
    assert page.locator("#reading mark").count() > 0
    assert "The Hillfort Post, 14 May 2025" in page.get_by_role("main").inner_text()


def test_who_promised_what_and_where_outlets_differ(page: Page, site: str, said: list[str]) -> None:
    page.goto(site)
    keep(page, "overview")
    page.get_by_role("link", name="Pledge ledger").click()
    loan = page.locator(".rows > li", has_text="£400m").first
    assert "Ostrava" in loan.inner_text()
    keep(page, "promises")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(".place a.what", has_text="£400m").first.click()
    assert "£400m" in lit(page).inner_text()
    page.get_by_role("link", name="Contradictions").click()
    differ = page.locator(".rows > li", has_text="£450m").first.inner_text()
    assert "£400m — Seahaven Courier, Northern Wire" in differ
    assert "£450m — The Hillfort Post" in differ
    keep(page, "contradictions")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name="£450m").first.click()
    assert "£450m" in lit(page).inner_text()


def test_norland_is_taken_away_and_marland_falls(page: Page, site: str, said: list[str]) -> None:
    page.goto(f"{site}/deal")
    page.get_by_label("Switch off: if Norland does").check()
    page.locator("main").get_by_text("Marland in coalition of the willing").wait_for()
    keep(page, "deal")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("td.cell a").first.click()
    lit(page)


def test_a_mark_of_the_weighing_leads_to_its_sentence(page: Page, site: str, said: list[str]) -> None:
    page.goto(f"{site}/weighing?draws=200")
    assert serious(page) == []
    keep(page, "weighing")
    page.set_viewport_size({"width": 1280, "height": 800})
    mark = page.locator("svg.plot a.row").first
    mark.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    lit(page)


def test_the_other_pages_are_kept_too(page: Page, site: str, said: list[str]) -> None:
    for name, address in (
        ("matrix", "/matrix"),
        ("timeline", "/timeline"),
        ("network", "/network"),
        ("search", "/search?q=truce"),
        ("changes", "/ask/changes?since=2025-05-11"),
    ):
        page.goto(site + address)
        keep(page, name)


def test_everything_is_edited_in_the_form(page: Page, own: Path, said: list[str]) -> None:
    with Ledger.open(own, readonly=True) as ledger:
        loan, term, word = (
            made.one(ledger, "pledge", "signed a loan"),
            made.one(ledger, "term", "a guarantee by"),
            made.one(ledger, "statement", "We keep our word"),
        )
    with serving(own, by="Per Holm") as site:
        page.goto(f"{site}/review?at={loan.id}")
        page.keyboard.press("e")
        page.get_by_label("due (2025-03-02").fill("by 2027")
        page.get_by_label("in the article’s words (conditions, row 1)").fill("if parliament agrees")
        page.get_by_label("type (conditions, row 1)").select_option("mandate")
        page.get_by_label("take it out (stages, row 1)").check()
        page.get_by_label("stage (stages, row 2)").select_option("delivered")
        page.get_by_label("or somebody, by name").fill("Ana Velkova")
        assert serious(page) == []
        keep(page, "review")
        page.set_viewport_size({"width": 1280, "height": 800})
        save(page)
        page.goto(f"{site}/review?at={loan.id}")
        assert page.locator("tr.edited .machine").count() == 4, "what was read stands beside each"
        page.goto(f"{site}/review?at={term.id}")
        page.keyboard.press("e")
        page.get_by_role("checkbox", name="Marland is armed.").uncheck()
        save(page)
        page.goto(f"{site}/review?at={word.id}")
        page.keyboard.press("e")
        speaker = page.get_by_label("speaker", exact=True)
        assert speaker.get_attribute("list") == "people"
        speaker.fill("")
        speaker.press_sequentially("Norw")
        page.locator('#people option[value="Norway"]').wait_for(state="attached")
        speaker.fill("Norway")
        page.get_by_label("addressees").fill("Marland; Ostrava")
        save(page)
        page.goto(f"{site}/review?at={word.id}")
        page.keyboard.press("e")
        page.get_by_label("said on").fill("some day")
        save(page)
        assert "expected a time as EDTF" in page.get_by_role("main").inner_text()
        assert [line.rpartition("status of ")[2] for line in said] == ["400 (Bad Request)"]
        said.clear()
        page.go_back()
        assert page.get_by_label("said on").input_value() == "some day", "what was written is still there"
    with Ledger.open(own, readonly=True) as ledger:
        now = ledger.get(loan.id)
        assert (now.due, [c.text for c in now.conditions], [s.stage for s in now.stages]) == (
            "../2027-12-31",
            ["if parliament agrees"],
            ["delivered"],
        )
        assert now.according_to.name == "Ana Velkova"
        assert len(ledger.get(term.id).depends_on) == 1
        said_by = ledger.get(word.id)
        assert (said_by.speaker.id, [a.id for a in said_by.addressees]) == ("NO", ["ML", "OS"])


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save the edit").click()
