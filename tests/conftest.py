"""What tests need from outside: the shared folder, Chromium, a browser's page. Each skips with the reason where it lacks."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# A slow machine is no failure, and a run in CI is one that can be taken again.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# A ledger that the person running the tests has set must be out of their reach.
os.environ.pop("DETENTE_LEDGER", None)

QUIET = (
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-default-apps", "--disable-dev-shm-usage",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests by what they need, so that `-m 'not browser'` leaves those out."""
    for item in items:
        for fixture, mark in (("shared", pytest.mark.shared), ("chromium", pytest.mark.browser)):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data and gold records that DETENTE_SHARED names."""
    named = os.environ.get("DETENTE_SHARED")
    if not named:
        pytest.skip("DETENTE_SHARED is not set: it names the folder of reference data")
    if not Path(named).is_dir():
        pytest.skip(f"DETENTE_SHARED names {named}, which is no folder")
    return Path(named)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "/usr/bin/chromium"))), None)
    if not found:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    return found


# For a module and not for the session: while it runs, Playwright holds the thread's event loop, and asyncio.run fails.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator["Browser"]:
    """Headless Chromium with a fresh profile."""
    from playwright.sync_api import sync_playwright

    root = ("--no-sandbox",) if os.geteuid() == 0 else ()  # Chromium refuses to start in a sandbox as root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, *root])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """An empty page, cookies and all. The test fails if a script does, or if anything is asked of another machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, broken, outside = context.new_page(), [], []

    def only_here(route: "Route") -> None:
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost", "::1"):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", only_here)
    page.on("pageerror", lambda error: broken.append(str(error)))
    yield page
    context.close()
    assert broken == [], "a script of the page failed"
    assert outside == [], "the page asked another machine"
