"""Drawings: the same each time, nothing outside the sheet, every mark one link, no markup from a text."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.web.drawing.dependence import Box, dependence
from detente.web.drawing.layers import layered
from detente.web.drawing.network import Node, Tie, network
from detente.web.drawing.springs import springs
from detente.web.drawing.timeline import Mark, timeline
from detente.weighing.svg import element, lines

HOSTILE = '"><script>alert(1)</script>&amp;\u202eabc'
NS = "{http://www.w3.org/2000/svg}"

keys = st.sampled_from("abcdefgh")
graphs = st.dictionaries(keys, st.lists(keys, max_size=4), max_size=8)


def parsed(drawing: str) -> ElementTree.Element:
    """The drawing as XML: what is not well formed raises."""
    return ElementTree.fromstring(str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def numbers(drawing: str, *names: str) -> list[float]:
    return [float(v) for name in names for v in re.findall(rf'\b{name}="(-?[\d.]+)"', drawing)]


@given(graphs)
def test_what_hangs_on_something_stands_left_of_it(edges: dict[str, list[str]]) -> None:
    columns = layered(edges)
    assert sorted(key for column in columns for key in column) == sorted(edges)
    at = {key: n for n, column in enumerate(columns) for key in column}
    reach = {key: reached(edges, key) for key in edges}
    for key, others in edges.items():
        for other in (o for o in others if o in edges and o != key):
            circle = key in reach[other]
            assert at[key] == at[other] if circle else at[key] < at[other]
    assert layered(edges) == columns


def reached(edges: dict[str, list[str]], key: str) -> set[str]:
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        for other in edges.get(waiting.pop(), ()):
            if other in edges and other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


@given(st.integers(0, 14), st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.floats(0.1, 5)), max_size=20))
@settings(max_examples=25)
def test_points_lie_on_the_sheet_and_apart(count: int, pairs: list[tuple[int, int, float]]) -> None:
    ties = [(a, b, w) for a, b, w in pairs if a < count and b < count and a != b]
    place = springs(count, ties)
    assert place.shape == (count, 2)
    assert np.isfinite(place).all()
    assert (place >= -1e-9).all()
    assert (place <= 1 + 1e-9).all()
    assert (springs(count, ties) == place).all()
    apart = [np.abs(place[a] - place[b]).max() for a in range(count) for b in range(a)]
    assert min(apart, default=1) > 0.001


def boxes() -> list[Box]:
    return [
        Box("m", "Ostrava", "in the League", "/articles/1#r-1", ("t",), "falls"),
        Box("t", "A mission monitors the truce.", "term", None, ("u",), "falls"),
        Box("u", "The League guarantees the truce.", "term", "/articles/1#r-2", ("t",), "off"),
        Box("h", HOSTILE, HOSTILE, '/"><script>', ("elsewhere", "h")),
    ]


def test_boxes_and_arrows() -> None:
    drawing = dependence(boxes())
    tree = parsed(drawing)
    assert len(tree.findall(f".//{NS}rect")) == 4
    assert len([p for p in tree.iter(f"{NS}path") if p.get("marker-end")]) == 3
    assert [a.get("href") for a in tree.iter(f"{NS}a")] == ["/articles/1#r-1", "/articles/1#r-2", '/"><script>']
    titles = [t.text for t in tree.iter(f"{NS}title")]
    assert titles[:3] == ["in the League – Ostrava – falls", "term – A mission monitors the truce. – falls", "term – The League guarantees the truce. – switched off"]
    width = float(tree.get("width") or 0)
    assert all(x + 200 <= width for x in numbers(drawing.partition("</defs>")[2], " x") if x == int(x))
    assert "<script>" not in drawing


def test_no_box_lies_on_another() -> None:
    tree = parsed(dependence([Box(str(n), "words " * n, "term", None, (str(n // 2),)) for n in range(12)]))
    rects = [tuple(float(r.get(k) or 0) for k in ("x", "y", "width", "height")) for r in tree.iter(f"{NS}rect")]
    for n, (x, y, w, h) in enumerate(rects):
        for u, v, k, m in rects[:n]:
            assert x >= u + k or u >= x + w or y >= v + m or v >= y + h


def test_a_network_says_what_it_shows() -> None:
    nodes = [Node("a", "Ostrava", "/actors/OS", 1.0, "Ostrava: told 3 times"), Node("b", HOSTILE, "/actors/x", 0.2, HOSTILE), Node("c", "Tarn", "/actors/TN", 0.1, "")]
    ties = [Tie("a", "b", "talks", 3, "/records?id=1", "Ostrava talks to b"), Tie("b", "a", "criticises", 1, "/x", "b"), Tie("a", "b", "supports", 1, "/y", "c")]
    drawing = network(nodes, ties)
    tree = parsed(drawing)
    assert len(tree.findall(f".//{NS}circle")) == 3
    assert [a.get("class") for a in tree.iter(f"{NS}a")] == ["tie talks", "tie criticises", "tie supports", "node", "node", "node"]
    paths = [p.get("d") for p in tree.iter(f"{NS}path") if p.get("class") == "line"]
    assert len(set(paths)) == 3, "several ties of one pair are told apart"
    assert network(nodes, ties) == drawing


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(st.lists(st.tuples(days, st.integers(0, 900), st.sampled_from(["Events", "Said"]), st.text(max_size=30)), min_size=1, max_size=12), st.none() | days)
@settings(max_examples=30)
def test_every_mark_is_on_the_timeline(made: list[tuple[date, int, str, str]], today: date | None) -> None:
    marks = [
        Mark(lane, "•", title.replace("\0", ""), first, first + timedelta(days=length), "/x", "says")
        for first, length, lane, title in made
    ]
    marks = [m for m in marks if all(c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff" for c in m.title)]
    drawing = timeline(marks, today)
    tree = parsed(drawing)
    height, width = float(tree.get("height") or 0), float(tree.get("width") or 0)
    assert len(list(tree.iter(f"{NS}a"))) == len(marks)
    assert all(0 <= x <= width for x in numbers(drawing, "x1", "x2", " x"))
    assert all(0 <= y <= height for y in numbers(drawing, "y1", "y2", " y"))


def test_marks_of_one_lane_do_not_lie_on_each_other() -> None:
    day = date(2025, 3, 1)
    drawing = timeline([Mark("Events", "•", f"a talk of some length {n}", day, day, "/x", "") for n in range(6)])
    rows = [t.get("y") for t in parsed(drawing).iter(f"{NS}text") if t.get("class") == "title"]
    assert len(set(rows)) == 6


def test_a_day_far_ahead_does_not_press_the_rest_together() -> None:
    first, last = date(2025, 3, 1), date(2025, 3, 11)
    drawing = timeline([Mark("Events", "•", "a", first, first, "/x", ""), Mark("Due", "◆", "b", date(2040, 1, 1), date(2040, 1, 1), "/y", "")], last)
    signs = {t.text: float(t.get("x") or 0) for t in parsed(drawing).iter(f"{NS}text") if t.get("class") == "sign"}
    assert signs["•"] < 300
    assert signs["◆"] == 980
    assert "1 Jan 2040 →" in drawing


@pytest.mark.parametrize("words", ["", " ", "one", "x" * 200, "many words in a row " * 9])
def test_lines_have_bounds(words: str) -> None:
    found = lines(words, 20, 3)
    assert 1 <= len(found) <= 3
    assert all(len(line) <= 20 for line in found)


def test_an_element_is_escaped() -> None:
    assert element("g", HOSTILE, element("b"), class_='"x"', data=None, x=1.0) == (
        '<g class="&#34;x&#34;" x="1">&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\u202eabc<b></b></g>'
    )
