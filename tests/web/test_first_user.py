"""A first user's path, once the package is installed: read own articles, review ten, ask, weigh, brief, publish.

The tutorial takes the same path by commands, and is run as the documents are; here it is taken in the browser where that can be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from detente.cli import cli
from detente.ledger import Ledger

from .serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

COURIER = """President Ana Velkova of Ostrava met the Marland leader, Teodor Brandt, in Lindau on Friday.
Ms Velkova said that any truce ‘has to be defended’. ‘We cannot do it alone,’ she added.
Ostrava pledged to give Marland a loan worth £400m by 2027, if parliament agrees.
Norland will join a ‘coalition of the willing’ if Marland does, Mr Brandt said. Mr Brandt said he would not accept a truce without monitors.
"""
WIRE = """Ostrava will give Marland a loan of 400 million pounds by 2027, President Velkova said on Friday.
Norland has ruled out sending troops, a diplomat said.
"""
REGISTRY = {
    "states.csv": "id,name,aliases,demonyms,capital,qid\nXO,Ostrava,,Ostravan|Ostravans,Hillfort,\nXM,Marland,,Marlander|Marlanders,Seahaven,\nXN,Norland,,Norlander|Norlanders,Northgate,\n",
    "people.csv": "id,name,aliases,gender,country,qid\nana-velkova,Ana Velkova,,f,XO,\nteodor-brandt,Teodor Brandt,,m,XM,\n",
    "offices.csv": "person,title,role,of,from,until,source,checked_on\nana-velkova,President,head_of_state_and_government,XO,2023-01-15,,Ostrava Gazette 2023-01-16,2025-05-01\nteodor-brandt,Prime Minister,head_of_government,XM,2024-03-01,,Marland Times 2024-03-02,2025-05-01\n",
}


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of an article of one's own, with one's own registry, and a second article beside it."""
    folder = tmp_path_factory.mktemp("talks")
    (folder / "courier.txt").write_text(COURIER, encoding="utf-8")
    (folder / "wire.txt").write_text(WIRE, encoding="utf-8")
    (folder / "registry").mkdir()
    for name, table in REGISTRY.items():
        (folder / "registry" / name).write_text(table, encoding="utf-8")
    run("read", str(folder / "courier.txt"), "--published", "2025-05-10", "--country", "GB", "--registry", str(folder / "registry"), "--ledger", str(folder / "talks.db"))
    return folder / "talks.db"


def test_from_articles_to_what_leaves_the_house(page: Page, talks: Path, tmp_path: Path) -> None:
    page.set_default_timeout(8000)
    with serving(talks, by="Ana", registry=talks.parent / "registry") as site:
        page.goto(site)
        page.get_by_role("link", name="Add articles").click()  # read the other article
        page.get_by_label("Day of publication").fill("2025-05-10")
        page.get_by_label("Country of the outlet").fill("GB")
        page.get_by_label("One or several").set_input_files(talks.parent / "wire.txt")
        page.get_by_role("button", name="Read them").click()
        page.wait_for_url("**/articles/*", timeout=60_000)
        page.goto(site)
        page.get_by_role("link", name="Review", exact=True).click()
        page.wait_for_url("**/review")
        for _ in range(10):  # review ten
            with page.expect_navigation():
                page.keyboard.press("a")
        with Ledger.open(talks, readonly=True) as ledger:
            assert [j.by for j in ledger.judgements()] == ["Ana"] * 10
            proposed = len(ledger.records().where(review="proposed"))
        page.get_by_role("link", name="Pledge ledger").click()  # ask
        loan = page.locator(".rows > li", has_text="£400m")
        assert loan.get_by_text("told 2 times").is_visible(), "one loan in two articles is one promise"
        loan.locator(".place a.what").first.click()
        page.locator("mark.chosen").first.wait_for()
        assert "Ostrava" in page.locator(".s:has(mark.chosen)").first.inner_text()
        page.get_by_role("link", name="Weighing").click()  # weigh
        assert "inputs assumed" in page.locator("main .lead").inner_text()
    answer = json.loads(run("ask", "promises", "Ostrava", "--json", "--ledger", str(talks)).stdout)
    assert "£400m" in json.dumps(answer, ensure_ascii=False)
    brief = run("brief", "--since", "2025-05-10", "--ledger", str(talks))
    assert f"{proposed} records since 2025-05-10 were left out" in brief.stderr
    assert "machine-read" not in brief.stdout
    run("publish", str(tmp_path / "site"), "--ledger", str(talks))
    written = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "site").glob("*.html"))
    assert "Ana Velkova" in written
    assert str(talks.parent) not in written
    assert "courier.txt" not in written
