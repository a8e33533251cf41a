"""When it was said: from the clause of the cue alone, against the article's date, and unknown where the words leave a doubt."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.reading import statements
from detente.reading.said import NO_CUE, NO_DAY, SEVERAL

from .test_statements import page_of

# The article is of Wednesday 14 May 2031. A sentence, and when its first statement was said.
DAYS = [
    ("“We stay,” Velkova said on Friday.", "2031-05-09"),
    ("On Friday, Velkova said they would stay.", "2031-05-09"),
    ("Velkova said on Wednesday they would stay.", "2031-05-14"),
    ("Velkova said on Friday that talks would begin on Monday.", "2031-05-09"),
    ("Velkova said last night they would stay.", "2031-05-13"),
    ("Velkova told reporters late on Thursday that they would stay.", "2031-05-08"),
    ("Velkova said this week that they would stay.", "2031-05-12/2031-05-14"),
    ("Velkova said earlier this month that they would stay.", "2031-05-01/2031-05-14"),
    ("Velkova will say this week that they would stay.", "2031-05-12/2031-05-18"),
    ("Velkova will say on Friday that they would stay.", "2031-05-16"),
    ("Velkova is expected to urge Marland on Friday to sign.", "2031-05-16"),
    ("Speaking on Friday, Velkova said they would stay.", "2031-05-09"),
    ("When asked on Friday, Velkova said they would stay.", "2031-05-09"),
    ("On Friday Velkova met Brandt, and on Sunday she said they would stay.", "2031-05-11"),
    ("In a statement on Tuesday, the president said they would stay.", "2031-05-13"),
    ("Velkova said in an interview with the Ostragrad Herald on Sunday that they would stay.", "2031-05-11"),
    ("According to Velkova on Friday, the talks failed.", "2031-05-09"),
]
# A sentence, and why nobody can tell.
UNKNOWN = [
    ("Velkova said they would stay.", NO_DAY),
    ("Velkova said: “We stay until Friday.”", NO_DAY),
    ("Velkova, who took office in 2028, said they would stay.", NO_DAY),
    ("Velkova met Brandt on Friday. She said they would stay.", NO_DAY),
    ("Velkova said of Friday’s talks that they had failed.", "‘Friday’ may be the day of something else"),
    ("Velkova said in recent days that they would stay.", "‘in recent days’: the words give no number"),
    ("VELKOVA: We will stay on Friday.\nBRANDT: You will not.", NO_CUE),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_the_day(text, day):
    first = page_of(text).statements[0]
    assert first.said_on == day
    (words,) = first.words("said_on")
    assert f"‘{words.exact}’" in first.reasons["said_on"]
    assert ("(interval)" if "/" in day else "(day)") in first.reasons["said_on"], "how fine it is"


@pytest.mark.parametrize(("text", "reason"), UNKNOWN)
def test_no_day_and_why(text, reason):
    first = page_of(text).statements[0]
    assert (first.said_on, first.reasons["said_on"]) == (None, reason)


def test_two_days_in_one_clause_are_none():
    first = page_of("On Friday Velkova said on Sunday they would stay.").statements[0]
    assert (first.said_on, first.reasons["said_on"]) == (None, SEVERAL)


def test_an_article_without_a_date_gives_none_and_says_so():
    page = page_of("Velkova said on Friday they would stay.")
    undated = msgspec.structs.replace(page, article=page.article.replace(published=None), statements=())
    (first,) = statements.read(undated)[0]
    assert first.said_on is None
    assert "which is not known" in first.reasons["said_on"]


@given(
    st.lists(
        st.sampled_from(
            [
                "Velkova",
                "said",
                "told",
                "on",
                "Friday",
                "“",
                "”",
                ",",
                ".",
                "that",
                "they",
                "2031",
                "night",
                "last",
                "by",
                "after",
                "Speaking",
                "’s",
            ]
        ),
        max_size=14,
    )
)
def test_any_row_of_words_gives_a_day_with_its_words_or_a_reason(words):
    for statement in page_of(" ".join(words)).statements:
        assert statement.reasons["said_on"]
        assert statement.said_on is None or statement.words("said_on")
