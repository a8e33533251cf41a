"""Drawings: well-formed, the same each time, with their words in them, and nothing drawn that is not known."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.weighing import weigh
from detente.weighing.durability import durability
from detente.weighing.enforcement import enforcement
from detente.weighing.plot import SCALE, SHARES, Axis, Row, axis_of, rows
from detente.weighing.plot_survival import survival_plot
from detente.weighing.plots import plots
from detente.weighing.report_lines import Grounds

from .golden import whole
from .made import fact, harbour, joining, member, pact, told
from .test_enforcement import deal

SVG = "{http://www.w3.org/2000/svg}"
FINITE = st.floats(-1e6, 1e6)


def nowhere(on: Grounds) -> str | None:
    return None


def first(on: Grounds) -> str | None:
    return f"#{on.sources[0]}" if on.sources else None


def classes(svg: Element, name: str) -> list[Element]:
    return [e for e in svg.iter() if name in (e.get("class") or "").split()]


def texts(svg: Element, name: str) -> list[str]:
    return [e.text or "" for e in classes(svg, name)]


@pytest.mark.parametrize(
    ("axis", "value", "percent"),
    [
        (SCALE, 0, 0), (SCALE, 25, 25), (SCALE, 140, 100), (SCALE, -3, 0),
        (SHARES, 0.5, 50),
        (Axis(-2.0, 2.0, ()), 1, 75),
        (Axis(0.01, 100.0, (), ratio=True), 1, 50),
        (Axis(0.01, 100.0, (), ratio=True), 0, 0),
    ],
)  # fmt: skip
def test_the_place_of_a_value(axis: Axis, value: float, percent: float) -> None:
    assert axis.at(value) == pytest.approx(percent)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([], ["0", "0.25", "0.5", "0.75", "1"]),
        ([0.43], ["0", "0.2", "0.4", "0.6"]),
        ([-11.25, 11.25], ["−20", "−10", "0", "10", "20"]),
        ([3.0, 7.0], ["0", "2", "4", "6", "8"]),
    ],
)
def test_round_ticks(values: list[float], ticks: list[str]) -> None:
    assert [words for _, words in axis_of(values).ticks] == ticks


@given(st.lists(FINITE, min_size=1))
def test_a_scale_holds_all_values_and_nought(values: list[float]) -> None:
    axis = axis_of(values)
    slack = 1e-6 * (axis.high - axis.low)
    assert axis.low - slack <= min((0.0, *values)) <= max((0.0, *values)) <= axis.high + slack
    places = [place for place, _ in axis.ticks]
    assert places == sorted(set(places))
    assert 2 <= len(places) <= 8
    assert any(abs(place) <= slack for place in places)


ROW = Row(
    "weighted mean",
    "70 [60–80]",
    60.0,
    80.0,
    70.0,
    Grounds(("po-1", "po-2"), ("Ana",)),
    True,
    (0.25, 0.0, 0.75),
)


def test_a_row_has_its_words_its_numbers_and_what_it_rests_on() -> None:
    drawn = rows("Where it ends", "how to read it", SCALE, [ROW], first, line=50.0, band=(20.0, 40.0))
    svg = fromstring(drawn.svg)
    assert [e.tag for e in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert (svg[0].text, svg[1].text) == ("Where it ends", "how to read it")
    (link,) = svg.iter(f"{SVG}a")
    assert link.get("href") == "#po-1"
    assert link[0].text == "weighted mean: 70 [60–80]; rests on po-1, po-2; assumed by Ana"
    assert (texts(svg, "label"), texts(svg, "value")) == (["weighted mean"], ["70 [60–80]"])
    (bar,) = classes(svg, "range")
    assert (bar.get("x"), bar.get("width")) == ("60.00%", "20.00%")
    heights = [float(e.get("height") or 0) for e in classes(svg, "share")]
    assert heights == pytest.approx([8.0, 24.0])
    (against,) = classes(svg, "against")
    assert against.get("x1") == "50.00%"
    (band,) = classes(svg, "band")
    assert (band.get("x"), band.get("width")) == ("20.00%", "20.00%")


def test_the_chosen_one_differs_in_form_too() -> None:
    others = ROW._replace(chosen=False)
    svg = fromstring(rows("t", "s", SCALE, [ROW, others], nowhere).svg)
    chosen, other = classes(svg, "mark")
    assert [e.tag for e in chosen.iter()][-1] == f"{SVG}path"
    assert [e.tag for e in other.iter()][-1] == f"{SVG}circle"
    assert not list(svg.iter(f"{SVG}a"))


def test_a_group_is_named_once_and_an_unknown_value_has_no_sign() -> None:
    bars = [
        ROW._replace(group="if it rains", mark=None),
        ROW._replace(group="if it rains"),
        ROW._replace(group=""),
    ]
    svg = fromstring(rows("t", "s", SCALE, bars, nowhere).svg)
    assert texts(svg, "group") == ["if it rains"]
    assert len(classes(svg, "mark")) == 2


@given(
    st.lists(
        st.builds(
            Row,
            label=st.text(max_size=200),
            value=st.text(max_size=20),
            low=FINITE,
            high=FINITE,
            mark=st.none() | FINITE,
            on=st.none(),
            chosen=st.booleans(),
            shape=st.just(()),
            group=st.just(""),
        ),
        max_size=5,
    )
)
def test_any_rows_give_a_drawing_within_its_width(bars: list[Row]) -> None:
    printable = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
    bars = [
        b._replace(
            low=min(b.low, b.high),
            high=max(b.low, b.high),
            label=printable.sub("", b.label),
            value=printable.sub("", b.value),
        )
        for b in bars
    ]
    drawn = rows("t", "s", axis_of([v for b in bars for v in (b.low, b.high)]), bars, nowhere)
    assert drawn == rows("t", "s", axis_of([v for b in bars for v in (b.low, b.high)]), bars, nowhere)
    for e in fromstring(drawn.svg).iter():
        places = [
            float(e.get(key, "0%").rstrip("%"))
            for key in ("x", "x1", "x2", "width")
            if e.get(key, "").endswith("%")
        ]
        assert all(0 <= place <= 100 for place in places)
        assert float(e.get("height", "0").rstrip("%")) >= 0


@pytest.mark.parametrize(
    ("words", "lines"),
    [("a" * 300, 4), ("a word " * 60, 4), ("", 1), ("<script>&\"'", 1), ("הנמל של מרלנד", 1)],
)
def test_any_label_is_cut_to_where_it_has_room(words: str, lines: int) -> None:
    labels = texts(fromstring(rows("t", "s", SCALE, [ROW._replace(label=words)], nowhere).svg), "label")
    assert len(labels) == lines
    assert all(len(label) + len(ROW.value) <= 46 for label in labels)


# ---------------------------------------------------------------- the parts of a report


def test_every_part_of_a_whole_report_is_drawn() -> None:
    report = weigh(whole(), draws=50)
    titles = [
        d.title
        for part in (*report.issues, *report.coalitions, report.deal, report.durability, report.enforcement)
        for d in plots(part, first)
    ]
    for words in (
        "Where the models end",
        "moves the weighted mean",
        "packages pass",
        "peace lasted",
        "hazard ratios",
        "keep the deal",
        "margin",
    ):
        assert [t for t in titles if words in t], words


def test_an_issue_shows_the_median_of_every_model_at_its_place() -> None:
    (issue,) = weigh(harbour(), draws=200).issues
    models, tornado = plots(issue, first)
    svg = fromstring(models.svg)
    assert issue.baseline
    expected = [f"{d.median:.2f}%" for d in (issue.baseline, *issue.models)]
    assert [e[0].get("x") for e in classes(svg, "mark")] == expected
    (against,) = classes(svg, "against")
    assert against.get("x1") == expected[0]
    assert len(classes(svg, "band")) == 1
    widths = [float((e.get("width") or "").rstrip("%")) for e in classes(fromstring(tornado.svg), "range")]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) == min(10, len(issue.influences))


def test_the_shape_of_a_distribution_counts_every_draw() -> None:
    (issue,) = weigh(harbour(), draws=200).issues
    for d in (issue.baseline, *issue.models):
        assert d
        assert (len(d.shape), sum(d.shape)) == (20, pytest.approx(1))
        assert d.shape[min(19, int(d.low // 5))] > 0


def test_nothing_is_drawn_where_no_outcome_is_given() -> None:
    (issue,) = weigh(harbour(veto=True), draws=20).issues
    assert list(plots(issue, first)) == []
    assert list(plots(None, first)) == []


@pytest.mark.parametrize(("cases", "signs"), [(19, 0), (30, 1)])
def test_a_member_has_a_sign_only_where_there_are_enough_cases(cases: int, signs: int) -> None:
    waits = member("marland", joining(target="mandate"))
    (coalition,) = weigh(pact(waits, facts=(fact("mandate", 0.2, 0.6, cases),)), draws=50).coalitions
    (drawing,) = plots(coalition, first)
    svg = fromstring(drawing.svg)
    assert len(classes(svg, "mark")) == signs
    assert re.fullmatch(r"\d\d% to \d\d%", texts(svg, "value")[0])
    assert texts(svg, "group")[0].startswith("if ")


@pytest.mark.parametrize(
    ("asked", "curves", "whiskers"),
    [(("interstate", "ceasefire", False), False, 0), (("intrastate", "ceasefire", True), True, 3)],
)
def test_survival_is_a_band_and_a_curve_only_of_enough_cases(
    asked: tuple[str, str, bool], curves: bool, whiskers: int
) -> None:
    found = durability(*asked[:2], guarantee=asked[2])
    svg = fromstring(survival_plot(found).svg)
    assert classes(svg, "within")
    assert bool(classes(svg, "curve")) == curves
    assert len(classes(svg, "whisker")) == whiskers
    lowest = max(float(e.get("y") or 0) + float(e.get("height") or 0) for e in classes(svg, "within"))
    # 200 pixels for shares from 0 to 1, below a margin of 8; lengths are written to a tenth.
    assert lowest == pytest.approx(8 + 200 * (1 - found.survival[-1].share.low), abs=0.11)


def test_the_specification_curve_is_sorted_and_measured_against_no_difference() -> None:
    _, curve = plots(durability("intrastate", "ceasefire", guarantee=True), first)
    svg = fromstring(curve.svg)
    places = [float((e[0].get("x") or "").rstrip("%")) for e in classes(svg, "mark")]
    assert places == sorted(places)
    (against,) = classes(svg, "against")
    assert sum(p > float((against.get("x1") or "").rstrip("%")) for p in places) == 1


@pytest.mark.parametrize(
    ("changed", "titles"),
    [({}, 2), ({"share": told(0.5)}, 3), ({"share": told(0.65)}, 2), ({"share": told(0.2, 0.4)}, 4)],
    ids=["all necessary", "each adds something", "none adds anything", "an input is open"],
)
def test_importance_is_drawn_only_where_parts_differ_in_it(changed: dict[str, object], titles: int) -> None:
    assert len(list(plots(enforcement(deal(**changed), draws=20), first))) == titles


def test_a_range_in_which_nothing_suits_both_is_said_to_be_empty() -> None:
    drawing = next(plots(enforcement(deal(win=told(0.3), win_later=told(1.0)), draws=20), first))
    assert "nothing suits both" in texts(fromstring(drawing.svg), "value")
