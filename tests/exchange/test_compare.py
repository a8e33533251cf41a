"""Two codings compared: what matches, which fields agree, what is left out, and the same figures as the scoring tool."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.exchange import export
from detente.exchange.coding import SILENT
from detente.exchange.compare import comparable, compare, pairs
from detente.ledger import Ledger
from detente.records import KINDS, Article, Origin, Position, Statement

from ..ledger import made, strategies
from .test_scoring import other, statement


def ledger_of(*readings):
    ledger = Ledger.memory()
    for article, records in readings:
        ledger.add(article, records)
    return ledger


def said(content, **fields):
    return made.make(
        Statement,
        made.article(),
        {"content": content},
        **({"speaker": made.VELKOVA, "mode": "indirect"} | fields),
    )


def held(words, **fields):
    fields = {"actor": made.ORDEN, "issue": "A truce.", "stance": "oppose"} | fields
    return made.make(Position, made.article(), {"words": words}, **fields)


def compared(gold, found):
    return compare(ledger_of((made.article(), gold)), ledger_of((made.article(), found)))


def of(comparison, kind):
    (found,) = [k for k in comparison.kinds if k.kind == kind]
    return found


def field(comparison, kind, name):
    (found,) = [f for f in of(comparison, kind).fields if f.field == name]
    return found


WHOLE = "Ostrava would lend Marland 2.26 million crowns by 2027"
MATCHES = [
    (said(WHOLE), said(WHOLE), True),
    (said(WHOLE), said("lend Marland 2.26 million crowns by 2027"), True),
    (said(WHOLE), said("by 2027"), False),  # a statement matches by all that was said
    (
        held("rejected a truce without a monitoring mission"),
        held("a truce"),
        True,
    ),  # others by half of the shorter
    (held("rejected a truce without a monitoring mission"), held("rejected"), True),
    (
        held("rejected a truce without a monitoring mission"),
        held("a"),
        False,
    ),  # but not by a tenth of both together
    (held("rejected a truce"), held("a monitoring mission"), False),
]


@pytest.mark.parametrize(("gold", "found", "same"), MATCHES)
def test_records_match_by_their_words(gold, found, same):
    assert bool(pairs([gold], [found], made.TEXT)) == same
    assert bool(pairs([found], [gold], made.TEXT)) == same


def test_the_greatest_overlap_is_matched_first_and_each_once():
    gold = [held("rejected a truce without a monitoring mission"), held("rejected a truce")]
    found = [held("rejected a truce", stance="support")]
    assert pairs(gold, found, made.TEXT) == [(1, 0)]


def test_what_is_missed_and_what_is_too_much_is_counted():
    gold = [said(WHOLE), said("We keep our word"), held("rejected a truce")]
    found = [said(WHOLE), said("met Velkova on Sunday")]
    comparison = compared(gold, found)
    both = of(comparison, "statement")
    assert (both.gold, both.found, both.matched) == (2, 2, 1)
    assert (both.precision, both.recall, both.f1) == (0.5, 0.5, 0.5)
    assert (of(comparison, "position").precision, of(comparison, "position").recall) == (None, 0.0)
    assert {(d.what, d.words) for d in comparison.differences} == {
        ("missed", "We keep our word"), ("missed", "rejected a truce"), ("extra", "met Velkova on Sunday"),
    }  # fmt: skip


def test_values_are_compared_where_both_have_one():
    gold = [said(WHOLE, speaker=None, act="promise"), said("We keep our word", act="assert")]
    found = [
        said(WHOLE, act="assert"),
        said(
            "We keep our word", speaker=made.VELKOVA.__class__(id="other", name="ANA VELKOVA"), act="assert"
        ),
    ]
    comparison = compared(gold, found)
    speaker, act = (field(comparison, "statement", name) for name in ("speaker", "act"))
    assert (speaker.compared, speaker.agreed, speaker.gold_only, speaker.found_only) == (1, 1, 0, 1)
    assert (act.compared, act.agreed) == (2, 1)
    assert act.alpha == pytest.approx(0.0)  # ((4 - 1) * 2 - 3 * 2) / (4 * 3 - 3 * 2): no better than chance
    differing = {(d.field, d.gold_value, d.found_value) for d in comparison.differences if d.what == "value"}
    assert differing == {("act", "promise", "assert")}  # on who spoke the gold is silent


def test_what_a_coding_left_at_its_default_is_not_compared():
    gold = said(WHOLE).replace(reasons={"factuality": SILENT})
    comparison = compared([gold], [said(WHOLE, factuality="planned", hearsay=True)])
    assert (
        field(comparison, "statement", "factuality").compared,
        field(comparison, "statement", "hearsay").compared,
    ) == (0, 1)
    assert {d.field for d in comparison.differences} == {"hearsay"}


def test_several_actors_are_compared_in_any_order():
    one = made.records(made.article())[2].replace(pledger=(made.OSTRAVA, made.MARLAND))
    comparison = compared([one], [one.replace(pledger=(made.MARLAND, made.OSTRAVA))])
    assert comparison.differences == ()


def test_what_the_gold_does_not_code_is_not_held_against_the_other():
    comparison = compared([said(WHOLE)], [said(WHOLE), held("rejected a truce")])
    assert comparison.uncoded == {"position": 1}
    assert [k.kind for k in comparison.kinds] == ["statement"]
    assert comparison.differences == ()


def test_articles_that_one_has_alone_are_left_out():
    mine, shared, yours = (made.article(f"{n} {made.TEXT}") for n in "abc")
    comparison = compare(ledger_of((mine, []), (shared, [])), ledger_of((shared, []), (yours, [])))
    assert (comparison.articles, comparison.gold_articles, comparison.found_articles) == (1, 1, 1)


def test_what_was_rejected_is_left_out_and_what_nobody_checked_is_said():
    gold = ledger_of((made.article(), [said(WHOLE), said("We keep our word")]))
    gold.judge(gold.statements[0], "accept", by="A. Reader")
    comparison = compare(gold, gold)
    assert comparison.unchecked == 1
    gold.judge(gold.statements[1], "reject", by="A. Reader")
    comparison = compare(gold, gold)
    assert (of(comparison, "statement").gold, comparison.unchecked) == (1, 0)


def test_ids_and_free_text_are_not_compared():
    assert not {"issue", "derived_from", "supersedes", "conditions"} & set(comparable("position"))
    assert {"actor", "stance", "valid_from", "according_to", "factuality", "hearsay"} <= set(
        comparable("position")
    )


@settings(max_examples=25)
@given(st.lists(strategies.readings(), max_size=2), st.lists(strategies.readings(), max_size=2))
def test_a_coding_agrees_with_itself_and_two_as_much_either_way(one, other):
    first, second = ledger_of(*one), ledger_of(*one, *other)
    with first, second:
        alone = compare(first, first)
        worded = [k for k in alone.kinds if k.gold == k.matched]
        assert all(f.agreed == f.compared for k in worded for f in k.fields if k.gold == 1)
        there, back = compare(first, second), compare(second, first)
        assert (there.articles, there.gold_articles) == (back.articles, back.found_articles)
        swapped = {k.kind: k for k in back.kinds}
        for kind in there.kinds:
            assert 0 <= kind.matched <= min(kind.gold, kind.found)
            if kind.kind in swapped:
                assert (kind.gold, kind.found) == (swapped[kind.kind].found, swapped[kind.kind].gold)
                assert (kind.precision, kind.recall) == (
                    swapped[kind.kind].recall,
                    swapped[kind.kind].precision,
                )


@pytest.mark.parametrize("kind", ["statement", "pledge", "position"])
def test_the_figures_are_those_of_the_scoring_tool(shared, tmp_path, kind):
    """The first article read by the machine against its gold, the optional rows left out of both."""
    (text,) = (shared / "seeds").glob("*.txt")
    article = Article.of(text.read_bytes().decode("utf-8"), str(text), published="2025-03-02")
    lines = (shared / "gold" / "seed" / f"{kind}s.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, filter(str.strip, lines)) if not row.get("optional")]
    records = [statement(article, r) if kind == "statement" else other(article, KINDS[kind], r) for r in rows]
    found = detente.read(text, published="2025-03-02")
    with (tmp_path / "export.jsonl").open("wb") as stream:
        export(found, "jsonl", stream)
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    command = [
        sys.executable,
        shared / "tools" / "score.py",
        f"{kind}s",
        tmp_path / "export.jsonl",
        tmp_path / "gold.jsonl",
        "--text",
        text,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    label = "overlap " if kind == "statement" else f"{kind}s: "
    (line,) = [line for line in told.splitlines() if line.startswith(label)]
    ours = of(compare(ledger_of((article, records)), found), kind)
    figures = [f"{100 * figure:.1f}" for figure in (ours.precision, ours.recall, ours.f1)]
    assert re.search(r"P +(\S+) +R +(\S+) +F1 +(\S+)", line).groups() == tuple(figures)


# ---------------------------------------------------------------- two equals


def test_of_two_equals_a_value_that_one_alone_has_is_a_difference():
    one, other = said(WHOLE), said(WHOLE, speaker=None)
    for gold, found in ((one, other), (other, one)):
        ledgers = [ledger_of((made.article(), [r])) for r in (gold, found)]
        (difference,) = compare(*ledgers, equals=True).differences
        assert (difference.what, difference.field) == ("value", "speaker")
        assert {difference.gold_value, difference.found_value} == {"", "Ana Velkova"}
    # Of a gold that is silent there is nothing to be wrong about.
    assert compared([other], [one]).differences == ()


def test_of_two_equals_a_kind_that_one_alone_coded_is_not_compared_whichever_it_is():
    both = [said(WHOLE)], [said(WHOLE), held("rejected a truce")]
    for gold, found in (both, both[::-1]):
        comparison = compare(ledger_of((made.article(), gold)), ledger_of((made.article(), found)), equals=True)
        assert comparison.uncoded == {"position": 1}
        assert [k.kind for k in comparison.kinds] == ["statement"]
        assert comparison.differences == ()


def test_who_made_the_records_is_counted():
    by = Origin(by="rule", name="statements", version="2")
    comparison = compared([said(WHOLE), held("rejected a truce")], [said(WHOLE).replace(origin=by)])
    assert comparison.found_by == {"rule statements 2": 1}
    assert sum(comparison.gold_by.values()) == 2


@settings(max_examples=25)
@given(st.lists(strategies.readings(), max_size=2), st.lists(strategies.readings(), max_size=2))
def test_two_equals_differ_as_much_either_way(one, other):
    first, second = (ledger_of(*{a.id: (a, r) for a, r in readings}.values()) for readings in (one, other))
    here, there = compare(first, second, equals=True), compare(second, first, equals=True)
    assert here.uncoded == there.uncoded
    assert here.gold_by == there.found_by
    counts = [sorted((d.what in ("missed", "extra"), d.kind, d.article) for d in c.differences) for c in (here, there)]
    assert len(counts[0]) == len(counts[1])
