"""The report as one file: the same words, nothing from elsewhere, every number one step from what it rests on."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings

from detente.ledger import Ledger
from detente.weighing import Situation, situation_from, weigh
from detente.weighing.citations import Citation, citations
from detente.weighing.report import sections
from detente.weighing.report_html import grounds, html

from ..ledger import made as records
from . import strategies
from .made import harbour
from .test_report import WHOLE

CITED = {
    "po-1": Citation(
        sentences=(("She said: ", False), ("The harbour stays.", True)),
        said="The Courier, 2 March, according to Ana Velkova, planned",
        review="proposed",
        remarks=("disputed: “no” (Marland)",),
    )
}


class Page(HTMLParser):
    """Tags with their attributes, and the words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, key: str) -> list[str]:
        return [attrs[key] or "" for _, attrs in self.tags if key in attrs]


def test_nothing_comes_from_elsewhere_and_every_tag_is_closed() -> None:
    page = Page(html(weigh(WHOLE, draws=50), CITED))
    assert page.open == []
    assert not {"script", "img", "link", "iframe", "object", "use", "foreignobject"} & {
        tag for tag, _ in page.tags
    }
    assert not page.all("src")
    assert [attrs for _, attrs in page.tags if any(key.startswith("on") for key in attrs)] == []
    assert not re.search(r"url\(|@import|https?:", page.words)


def test_every_link_leads_to_a_record_of_the_page() -> None:
    report = weigh(WHOLE, draws=50)
    page = Page(html(report))
    places = page.all("id")
    assert len(places) == len(set(places))
    links = page.all("href")
    assert len(links) > len(grounds(report)) > 4
    assert {link.removeprefix("#") for link in links} <= set(places)
    assert places.index("records") == len(places) - len(grounds(report)) - 1


def test_it_says_what_the_text_says() -> None:
    report = weigh(WHOLE, draws=50)
    words = " ".join(Page(html(report)).words.split())
    lines = [line for section in list(sections(report))[2:] for line in section.lines]
    assert [line.words for line in lines if " ".join(line.words.replace("`", "").split()) not in words] == []
    assert f"{report.first_line}. A scenario, not a forecast." in words


def test_a_record_stands_with_its_words_and_how_far_it_may_be_trusted() -> None:
    page = html(weigh(harbour(), draws=20), CITED)
    assert "<q>She said: <mark>The harbour stays.</mark></q>" in page
    assert (
        "The Courier, 2 March, according to Ana Velkova, planned; proposed; disputed: “no” (Marland); </span><code>po-1</code>"
        in page
    )
    assert f"No person has accepted 1 of these {len(grounds(weigh(harbour(), draws=20)))} records." in page
    assert "No person has accepted" not in html(
        weigh(harbour(), draws=20), {"po-1": CITED["po-1"].replace(review="accepted")}
    )


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", "a & b < c", "‮evil", "x" * 3000])
def test_names_cannot_break_out(title: str) -> None:
    hostile = harbour().replace(title=title)
    issue = hostile.issues[0].replace(proposition=title, zero=title)
    page = html(weigh(hostile.replace(issues=(issue,)), draws=20))
    assert "<script" not in page
    assert Page(page).open == []
    assert unescape(re.search("<h1>(.*?)</h1>", page, re.DOTALL)[1]) == title  # type: ignore[index]


def test_the_same_report_gives_the_same_bytes() -> None:
    one, same = (html(weigh(WHOLE, draws=50, seed=3), CITED) for _ in range(2))
    assert one == same


def test_citations_come_from_the_ledger_with_their_exact_words() -> None:
    with Ledger.memory() as ledger:
        article = records.article()
        ledger.add(article, records.records(article))
        report = weigh(situation_from(ledger), draws=20)
        found = citations(ledger, [*grounds(report), "power.csv, line 3"])
        assert set(found) == set(grounds(report))
        for id_, citation in found.items():
            record = ledger.get(id_)
            text = ledger.article(record.article).text
            assert all(piece in text for piece, _ in citation.sentences if piece != " … ")
            assert [piece for piece, core in citation.sentences if core] == [e.exact for e in record.core]
            assert citation.review == record.review
        page = html(report, found)
    shown = re.sub("</?mark>", "", unescape(page))
    assert all("".join(piece for piece, _ in c.sentences) in shown for c in found.values())


@settings(max_examples=15)
@given(strategies.situations())
def test_any_situation_gives_a_page_whose_drawings_are_well_formed(situation: Situation) -> None:
    report = weigh(situation, draws=4)
    page = html(report)
    assert Page(page).open == []
    for svg in re.findall("<svg xmlns.*?</svg></figure>", page, re.DOTALL):
        assert fromstring(svg.removesuffix("</figure>"))[0].tag.endswith("title")
