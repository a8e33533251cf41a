"""A line above an article that says its day, and perhaps its outlet, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles.masthead import masthead

BODY = "\n\nOstrava will send boats by 3 March 2026, its president said.\n"


@pytest.mark.parametrize(
    ("line", "publisher", "published"),
    [
        ("8 May 2025", None, "2025-05-08"),
        ("Published 4 May 2025", None, "2025-05-04"),
        ("First published on Sunday 4 May 2025 at 18:05 BST", None, "2025-05-04"),
        ("Published: May 4th, 2025, 7:30 pm", None, "2025-05-04"),
        ("Published 4 May 2025; last updated 5 May 2025", None, "2025-05-04"),
        ("Posted on 2025-05-04", None, "2025-05-04"),
        ("Sept. 4, 2025", None, "2025-09-04"),
        ("The Marland Herald, 8 May 2025", "The Marland Herald", "2025-05-08"),
        ("*The Ostrava Courier | Thursday, 8 May 2025*", "The Ostrava Courier", "2025-05-08"),
        ("By Ilse Tarn, 8 May 2025", None, "2025-05-08"),
        # what may be the day of something else, or no day
        ("Karlsby, 8 May 2025", None, None),
        ("The post of envoy, 8 May 2025", None, None),
        ("Lindau Post men in Karlsby, 8 May 2025", None, None),
        ("Transcript: press conference of President Velkova, 6 May 2025", None, None),
        ("The talks began on 8 May 2025", None, None),
        ("8 May 2025, the day on which the boats left", None, None),
        ("31 June 2025", None, None),
        ("8 May 2999", None, None),
        ("May 8", None, None),
        ("08/05/2025", None, None),
        ("By 8 May 2025 the Herald", None, None),
    ],
)  # fmt: skip
def test_a_line_above_an_article(line, publisher, published):
    assert masthead(f"Boats leave\n\n{line}{BODY}") == (publisher, published)


def test_the_first_line_that_says_a_day_counts_and_the_text_below_does_not():
    assert masthead("Boats leave\n8 May 2025\n9 May 2025" + BODY).published == "2025-05-08"
    lines = "\n".join(f"Line {n}" for n in range(9))
    assert masthead(f"{lines}\n8 May 2025") == (None, None)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    found = masthead(text)
    assert found.published is None or len(found.published) == len("2025-05-08")
