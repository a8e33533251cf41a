"""Reports as text and Markdown: the first line, the sources behind every number, the words that may not be there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings

from detente.weighing import Situation, weigh
from detente.weighing.enforcement import enforcement
from detente.weighing.report import markdown, text
from detente.weighing.report_durability import enforcement_lines
from detente.weighing.rivals import RIVALS

from . import strategies
from .golden import whole
from .made import ANALYST, fact, harbour, joining, member, pact, term, told
from .made import Records as _Records
from .test_enforcement import deal
from .test_from_ledger import HARBOUR

WHOLE = harbour().replace(
    terms=(term("te-1", "a Tessalian backstop", "te-2"), term("te-2", "a strong Marland", "te-1")),
    facts=(fact("mandate", 0.2, 0.6, 30),),
    coalitions=pact(needs=2).coalitions,
    members=(member("ostrava"), member("marland", joining(target="te-1")), member("lorne", joining(target="mandate"))),
    left_out=("issue 'a canal': nobody else has a position on it (po-9)",),
)

EXPECTED = """\
7 of 19 inputs assumed.

The harbour: a scenario, not a forecast
  what follows from these inputs and no others; every input drawn 200 times within its limits, each by itself
  a place on 0–100 is the median of all draws [nine draws of ten lie between these]
  in brackets after a number: the records that it rests on, and who assumed the rest

What it does not know
  the deal: no outcome is given: none of the terms can be in place, so there is no package
  whether it would last: nobody has said which past cases are comparable (`[durability]`)
  whether it would be kept: nobody has said what war would bring either side (`[enforcement]`)
  issue “Marland keeps the harbour”: challenge model: an error of 0.05% in the inputs moves its answer by 3.0 points; noise decides

Without strong Marland
  taken not to come true: a strong Marland (te-2)
  members that fall: Marland in the Pact
  terms that fall: a Tessalian backstop (te-1); a strong Marland (te-2)
  steps that fall: none
"""


def test_the_head_of_a_report() -> None:
    report = weigh(WHOLE, draws=200, seed=1, without=["strong Marland"])
    expected = EXPECTED.replace("7 of 19", f"{report.assumed} of {report.counted}")
    assert text(report).startswith(expected)
    assert str(report) == text(report)
    assert f"200 draws, seed 1, détente {report.version}, inputs {report.inputs[:16]}" in text(report).splitlines()[-1]


def lines_with_numbers(report: str) -> list[str]:
    """The lines on issues and coalitions that give a result: a percentage, a place on the scale, a swing."""
    results = re.sub(r"## What it does not know\n(?:- .*\n)*", "", report).partition("## The deal")[0].replace("\\", "")
    return [line for line in results.splitlines() if re.search(r"\d%|\d \[\d+–|: [+-]\d|: \d+ to \d|points lie", line)]


@pytest.mark.parametrize("veto", [False, True])
def test_every_number_is_followed_by_what_it_rests_on(veto: bool) -> None:
    situation = WHOLE.replace(parties=(*WHOLE.parties[:2], WHOLE.parties[2].replace(veto=ANALYST if veto else None)))
    found = lines_with_numbers(markdown(weigh(situation)))
    assert len(found) > (3 if veto else 4)
    grounds = r"\[(?:(?:po|re|me|te)-[\w-]+(?:, |; |(?=\])))*(?:assumed by .+)?\]$"
    assert [line for line in found if not re.search(grounds, line)] == []


def test_an_outcome_stands_beside_the_baseline() -> None:
    report = markdown(weigh(harbour())).replace("\\", "")
    assert re.search(r"weighted mean \(baseline\): \d+ \[\d+–\d+\] \[po-1, re-1, po-2; assumed by détente\]", report)
    assert re.search(r"weighted median: \d+ \[\d+–\d+\] \[po-1", report)
    assert re.search(r"  - position of Lorne: \+\d+\.\d points; \d+% \(\d+% to \d+%\) of the spread \[assumed by détente\]", report)
    assert "without a deal: 20–40" in report


def test_a_veto_player_of_whom_nothing_is_known() -> None:
    report = text(weigh(harbour(veto=True)))
    assert "no outcome is given: nothing can be agreed without Lorne" in report
    assert "(baseline)" not in report
    assert "    - Marland: if the dredging ends [po-2]\n" in report
    assert re.search(r"no outcome is given: .* \[a\]\n(?:.*\n)+?  \[a\] po-1, re-1, po-2; assumed by détente\n", report)


def test_probabilities_are_intervals_until_twenty_cases() -> None:
    few = text(weigh(WHOLE.replace(facts=(fact("mandate", 0.2, 0.6, 19),))))
    assert "no number in between (19 comparable cases)" in few
    many = text(weigh(WHOLE))
    assert re.search(r"\d+% \(\d+% to \d+%; 30 comparable cases\)", many)


def test_a_package_is_said_to_be_all_necessary() -> None:
    assert "all necessary, none without the others: a Tessalian backstop; a strong Marland" in text(weigh(WHOLE))


def test_what_is_assumed_and_left_out_is_said() -> None:
    report = text(weigh(WHOLE))
    assert "What is assumed\n" in report
    assert "(po-9)" in report.partition("What is left out")[2]


def test_markdown_has_the_same_words() -> None:
    report = weigh(WHOLE)
    plain = re.sub(r"^(?:## |\s*- )|\\", "", markdown(report), flags=re.MULTILINE)
    letters = re.sub(r"^\s*- |^  \[[a-z]+\] .*\n", "", text(report), flags=re.MULTILINE)
    grounds = r" \[(?:[a-z]+|(?:[a-z]+-\w+(?:, )?)*(?:(?:; )?assumed by .+)?)\]$"
    assert [re.sub(grounds, "", x).strip() for x in plain.splitlines() if x] == [
        re.sub(grounds, "", x).strip() for x in letters.splitlines() if x
    ]
    assert markdown(report).startswith(f"{report.first_line}.\n\n## ")


def test_every_letter_is_explained_in_its_section() -> None:
    used, explained = 0, 0
    for section in text(weigh(WHOLE)).split("\n\n"):
        letters = set(re.findall(r" \[([a-z]{1,2})\]$", section, re.MULTILINE))
        assert letters == set(re.findall(r"^  \[([a-z]{1,2})\] ", section, re.MULTILINE))
        used, explained = used + len(letters), explained + section.count("\n  [a] ")
    assert used > explained > 2


def test_so_many_are_left_out_that_not_all_are_named() -> None:
    report = weigh(WHOLE.replace(left_out=tuple(f"issue {n}" for n in range(38))))
    assert "  issue 5\n  and 32 more, which `--json` lists\n" in text(report)
    assert len(report.to_dict()["left_out"]) == 38


def test_every_model_says_where_it_is_published_and_what_it_cannot_tell() -> None:
    report = weigh(whole(), draws=20)
    # With one issue there is nothing to exchange.
    report = report.replace(methods=(*report.methods, *(r.model.name for r in RIVALS if r.model.name not in report.methods)))
    assert len(report.methods) == 13
    shown = text(report).partition("How this was worked out\n")[2].splitlines()
    for name in report.methods:
        (n,) = (n for n, line in enumerate(shown) if line.startswith(f"  {name}: "))
        assert re.search(r"\(.*\d{4}.*\)$", shown[n]), name
        assert shown[n + 1].startswith("    - cannot tell: "), name


def test_names_cannot_break_out_of_markdown() -> None:
    hostile = WHOLE.replace(title="# <b>*A*</b> [link](x) `code` | pipe")
    assert r"\# \<b\>\*A\*\</b\> \[link\](x) \`code\` \| pipe" in markdown(weigh(hostile))


def test_a_notebook_shows_it_escaped() -> None:
    shown = weigh(WHOLE.replace(title="<script>"))._repr_html_()
    assert "<script>" not in shown
    assert "inputs assumed" in shown


def test_a_report_of_records_reads_from_end_to_end() -> None:
    from detente.weighing import situation_from

    assert isinstance(HARBOUR, _Records)
    report = text(weigh(situation_from(HARBOUR), without=("backstop",)))
    assert "members that fall: Norwick in the Pact" in report
    assert re.search(r"1\. draft a plan: Marland, Norwick \[(?:de-2|[a-z])\]\n", report)


@settings(max_examples=30)
@given(strategies.situations())
def test_any_report_is_called_a_scenario_and_starts_with_the_count(situation: Situation) -> None:
    report = weigh(situation, draws=4)
    for shown in (text(report), markdown(report)):
        assert re.match(r"\d+ of \d+ inputs assumed\.\n", shown)
        assert "a scenario, not a forecast" in shown


# ---------------------------------------------------------------- whether it would be kept


def kept(**changed: Any) -> str:
    return "\n".join(map(str, enforcement_lines(enforcement(deal(**changed), draws=20))))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "all necessary: army, backstop, force; with fewer the deal does not hold, and none counts for more than another"),
        ({"share": told(0.65)}, "no guarantee is needed"),
        ({"share": told(0.65)}, "no part changes whether the deal holds"),
        ({"effect": told(0.0), "punishment": told(0.0)}, "no guarantee of this effect is enough, however sure"),
        ({"share": told(0.5)}, "what each part adds to the share of draws in which the deal holds:"),
        ({"share": told(0.5)}, "parts that need each other (+) or stand for each other (−):"),
        ({"share": told(0.2)}, "with all parts and all inputs at their middle the deal does not hold; what would turn that by itself:"),
        ({"share": told(0.2)}, "what the deal leaves to Marland: 0.26 in place of 0.2, beyond what is known [re-1]"),
        ({"win": told(0.1), "win_later": told(0.1), "cost_r": told(1.0)}, "no single input"),
    ],
)
def test_what_is_said_of_enforcement(changed: dict[str, Any], words: str) -> None:
    assert words in kept(**changed)


def test_the_words_for_inputs_are_the_words_for_people() -> None:
    report = kept(share=told(0.2, 0.4))
    assert re.search(r"what the deal leaves to Marland: \d+% \(\d+% to 100%\)", report)
    assert not re.search(r"\b(?:cost_r|cost_u|win_later|backed|punishment)\b", report)
