"""A report as one HTML file that needs no other: words, drawings, and under them what every number rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from markupsafe import Markup, escape

from detente.weighing.citations import Citation
from detente.weighing.plot import Drawing
from detente.weighing.plots import plots
from detente.weighing.report import Section, sections
from detente.weighing.report_lines import Grounds, Line
from detente.weighing.results import Report
from detente.weighing.svg import element

_HERE = files("detente.weighing")


def grounds(report: Report) -> tuple[str, ...]:
    """The ids of all records that numbers of the report rest on, in its order, each once."""
    found = (line.on for section in sections(report) for line in section.lines if line.on)
    drawn = (i.sources for issue in report.issues for i in issue.influences)
    return tuple(dict.fromkeys(id_ for sources in (*(on.sources for on in found), *drawn) for id_ in sources))


def html(report: Report, cited: Mapping[str, Citation] | None = None) -> str:
    """The report as a page: no script runs, nothing is fetched, and every mark leads to what it rests on.

    Args:
        cited: the records behind the numbers, by id; one that is not there stands as its id alone.
    """
    return _Page(grounds(report), cited or {}).whole(report)


class _Page:
    def __init__(self, ids: Sequence[str], cited: Mapping[str, Citation]) -> None:
        self.number, self.cited = {id_: n for n, id_ in enumerate(ids, 1)}, cited

    def whole(self, report: Report) -> str:
        head, intro, *parts = sections(report)
        style = "".join(place.read_text(encoding="utf-8") for place in (_HERE / "data" / "report.css", _HERE / "static" / "plots.css"))
        body = element(
            "main", element("h1", report.title), element("p", f"{_on_one_line(head.lines[0].words)} A scenario, not a forecast.", class_="lead"),
            self._list(intro.lines[1:]),
            *(self._section(part) for part in parts), *self._evidence(),
        )  # fmt: skip
        meta = Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">')
        top = element("head", meta, element("title", report.title), element("style", Markup(style)))
        return f"<!doctype html>\n{element('html', top, element('body', body), lang='en')}\n"

    def _section(self, part: Section) -> Markup:
        heading, *lines = part.lines
        drawn = (figure(drawing) for drawing in plots(part.about, self._leads))
        return element("section", element("h2", _on_one_line(heading.words)), *drawn, self._list(lines))

    def _list(self, lines: Sequence[Line]) -> Markup:
        """Lines under one another; those of the second depth in a list of their own."""
        items, n = list[Markup](), 0
        while n < len(lines):
            under = next((k for k in range(n + 1, len(lines)) if lines[k].depth <= lines[n].depth), len(lines))
            inner = [self._list(lines[n + 1 : under])] if under > n + 1 else []
            items.append(element("li", self._line(lines[n]), *inner))
            n = under
        return element("ul", *items)

    def _line(self, line: Line) -> Markup:
        # What stands between backquotes is to be typed.
        words = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(_on_one_line(line.words))))
        return Markup(words) + (self._on(line.on) if line.on else "")

    def _on(self, on: Grounds) -> Markup:
        numbers = Markup(", ").join(element("a", str(self.number[id_]), href=self._place(id_)) for id_ in on.sources)
        assumed = f"assumed by {', '.join(on.assumed_by)}" if on.assumed_by else ""
        both = Markup("; ").join(filter(None, (numbers, assumed))) or "by definition"
        return Markup(" ") + element("span", "[", both, "]", class_="on")

    def _leads(self, on: Grounds) -> str | None:
        return self._place(on.sources[0]) if on.sources else None

    def _place(self, id_: str) -> str:
        return f"#record-{self.number[id_]}"

    def _evidence(self) -> Iterator[Markup]:
        if self.number:
            items = (element("li", *self._record(id_), id=f"record-{n}") for id_, n in self.number.items())
            unchecked = sum(c.review == "proposed" for c in self.cited.values())
            said = [element("p", f"No person has accepted {unchecked} of these {len(self.number)} records.", class_="warning")] if unchecked else []
            yield element("section", element("h2", "What the numbers rest on"), *said, element("ol", *items), id="records")

    def _record(self, id_: str) -> Iterator[Markup]:
        if found := self.cited.get(id_):
            yield element("q", *(element("mark", piece) if core else escape(piece) for piece, core in found.sentences))
            yield element("span", "; ".join((found.said, found.review, *found.remarks, "")), class_="standing")
        yield element("code", id_)


def figure(drawing: Drawing) -> Markup:
    """A drawing with its words above it."""
    caption = element("figcaption", element("b", drawing.title), " ", drawing.says)
    return element("figure", caption, drawing.svg)


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
