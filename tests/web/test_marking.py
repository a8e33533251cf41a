"""Marks that nest, cross and repeat: the text comes out as it went in, and every record can be led to."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ledger.search import CLOSE, OPEN
from detente.web.layout import Layout
from detente.web.marking import Mark, hits, marked
from detente.web.wording import KINDS

VOID = {"br"}
ALPHABET = st.sampled_from('ab .“”’"<>&;\n\r\t\u2028\u00a0é😀A!?—')


class Read(HTMLParser):
    """Reads marked text back: the characters, the marks around each, and whether the elements nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, str | None]] = []
        self.characters: list[tuple[str, frozenset[str]]] = []
        self.anchors: list[tuple[str, int]] = []
        self.signs: list[dict[str, str | None]] = []
        self.feed(html)
        self.close()
        assert self.stack == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.stack.append((tag, given.get("data-r")))
        if "id" in given:
            self.anchors.append((given["id"] or "", len(self.characters)))
        if given.get("class") == "sign":
            self.signs.append(given)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag, "elements nest"

    def handle_data(self, data: str) -> None:
        around = frozenset(record for tag, record in self.stack if tag == "mark" and record)
        self.characters += [(c, around) for c in data]

    @property
    def text(self) -> str:
        return "".join(c for c, _ in self.characters)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text with marks anywhere in it, several of one record among them."""
    text = draw(st.text(ALPHABET, min_size=1, max_size=120))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(lambda s: (min(s), max(s)) if s[0] != s[1] else (s[0], s[0] + 1))
    chosen = draw(st.lists(st.tuples(spans, st.integers(0, 5), st.sampled_from(sorted(KINDS))), max_size=12))
    return text, [Mark(start, min(end, len(text)), f"r{record}", kind, "words") for (start, end), record, kind in chosen if start < len(text)]


def first_of_each(marks: list[Mark]) -> dict[Mark, str]:
    found: dict[str, Mark] = {}
    for mark in sorted(marks):
        found.setdefault(mark.record, mark)
    return {mark: f"about {mark.record}" for mark in found.values()}


@given(marked_texts())
def test_the_text_comes_out_as_it_went_in(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    assert Read(marked(Layout(text), marks, first_of_each(marks))).text == text


@given(marked_texts())
def test_every_character_has_the_marks_that_cover_it(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    read = Read(marked(Layout(text), marks, first_of_each(marks)))
    for place, (_, around) in enumerate(read.characters):
        assert around == {m.record for m in marks if m.start <= place < m.end}


@given(marked_texts())
def test_every_record_has_one_anchor_where_its_words_begin(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    anchored = first_of_each(marks)
    read = Read(marked(Layout(text), marks, anchored))
    assert Counter(read.anchors) == Counter((f"r-{mark.record}", mark.start) for mark in anchored)
    assert {sign["aria-label"] for sign in read.signs} == set(anchored.values())


@given(marked_texts())
def test_the_order_of_the_marks_makes_no_difference(case: tuple[str, list[Mark]]) -> None:
    text, marks = case
    anchored = first_of_each(marks)
    assert marked(Layout(text), marks, anchored) == marked(Layout(text), marks[::-1] * 2, anchored)


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("a b c", [], '<p><span class="s">a b c</span></p>'),
        (
            "a b c", [(0, 3, "x"), (2, 5, "y")],
            '<p><span class="s"><mark class="k-term f-words" data-r="x">a <mark class="k-term f-words" data-r="y">b</mark></mark>'
            '<mark class="k-term f-words" data-r="y"> c</mark></span></p>',
        ),
        (
            "a b c", [(0, 5, "x"), (2, 3, "y")],
            '<p><span class="s"><mark class="k-term f-words" data-r="x">a <mark class="k-term f-words" data-r="y">b</mark> c</mark></span></p>',
        ),
        (
            "A b. C d.", [(2, 6, "x")],
            '<p><span class="s">A <mark class="k-term f-words" data-r="x">b.</mark></span><mark class="k-term f-words" data-r="x"> </mark>'
            '<span class="s"><mark class="k-term f-words" data-r="x">C</mark> d.</span></p>',
        ),
        ("a\n<b>\r\n", [], '<p><span class="s">a</span></p>\n<p><span class="s">&lt;b&gt;</span></p>&#13;\n'),
    ],
)  # fmt: skip
def test_how_it_is_written(text: str, marks: list[tuple[int, int, str]], html: str) -> None:
    assert marked(Layout(text), [Mark(a, b, r, "term", "words") for a, b, r in marks], {}) == html


def test_a_part_of_the_text() -> None:
    text = "One. Two.\nThree.\nFour."
    inside = marked(Layout(text), [Mark(5, 22, "x", "term", "words")], {}, within=(10, 16))
    assert Read(inside).text == "Three."
    assert inside.count("<mark") == 1


def test_a_sign_is_no_part_of_the_text() -> None:
    mark = Mark(0, 1, "x", "pledge", "words")
    html = marked(Layout("a"), [mark], {mark: 'pledge: "A" & <B>'}, leads_to="/articles/1#r-")
    read = Read(html)
    assert read.text == "a"
    assert read.signs == [{"class": "sign", "href": "/articles/1#r-x", "data-sign": KINDS["pledge"].sign, "aria-label": 'pledge: "A" & <B>'}]


@pytest.mark.parametrize(
    ("snippet", "html"),
    [
        (f"a {OPEN}b{CLOSE} c", 'a <mark class="hit">b</mark> c'),
        (f"{OPEN}<b>{CLOSE}&", '<mark class="hit">&lt;b&gt;</mark>&amp;'),
        (f"a {OPEN}b", f"a {OPEN}b"),
        (f"a {CLOSE}b", f"a {CLOSE}b"),
        ("", ""),
    ],
)
def test_what_search_found_is_marked(snippet: str, html: str) -> None:
    assert hits(snippet) == html


@given(st.text(st.sampled_from(f"{OPEN}{CLOSE}<b>&")))
def test_brackets_of_the_text_itself_break_nothing(snippet: str) -> None:
    Read(hits(snippet))


def test_a_long_article_is_marked_in_linear_time() -> None:
    """Four times the text takes about four times as long: measured 0.2 s for 100,000 words and 20,000 marks."""

    def seconds(times: int) -> float:
        text = "The envoy of Marland said that the ships would come in June. " * times
        text = text.replace("June. ", "June.\n")
        marks = [Mark(n * 62 + 4, n * 62 + 20, f"r{n}", "event", "words") for n in range(times)]
        begun = perf_counter()
        marked(Layout(text), marks, first_of_each(marks))
        return perf_counter() - begun

    seconds(100)
    one, four = min(seconds(500) for _ in range(3)), min(seconds(2000) for _ in range(3))
    assert four < 10 * one
