"""Attributions become statements: who speaks, to whom, how far quoted, what the saying does, and where it was said."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors.casting import cast_of
from detente.language.simple import SimpleLanguage
from detente.reading import statements
from detente.reading.page import Page
from detente.records import Article, Origin, check

from ..actors.invented import DAY, registry

ORIGIN = Origin(by="rule", name="test", version="0")


def page_of(text: str) -> Page:
    """A page of an Ostravan article, with its statements."""
    article = Article.of(text, "made.txt", published=DAY, country="XO", publisher="Ostragrad Herald")
    analysis = SimpleLanguage().analyse(text)
    page = Page(article=article, analysis=analysis, cast=cast_of(article, analysis, registry()), origin=ORIGIN)
    return msgspec.structs.replace(page, statements=tuple(statements.read(page)[0]))


def said(text: str):
    return page_of(text).statements


# A text, and its statements as "speaker: content", "?" for a speaker who could not be told.
SPEAKERS = [
    ("Ana Velkova said: “We will stay.”", ["Ana Velkova: “We will stay.”"]),
    ("“We will stay,” Velkova said. “All of us.”", ["Ana Velkova: “We will stay,” … “All of us.”"]),
    ("The foreign minister said they would stay.", ["Pia Lund: they would stay"]),
    ("The Keldish prime minister said they would stay.", ["Teodor Brandt: they would stay"]),
    ("The Long Hall said they would stay.", ["Long Hall: they would stay"]),
    ("Keldhaven said they would stay.", ["Keld: they would stay"]),
    ("The Long Hall said no vote was due. It said the vote was late.", ["Long Hall: no vote was due", "Long Hall: the vote was late"]),
    ("The Long Hall said no vote was due. They said the vote was late.", ["Long Hall: no vote was due", "Long Hall: the vote was late"]),
    ("The Long Hall said no vote was due. Keldish diplomats left. They said the vote was late.", ["Long Hall: no vote was due", "?: the vote was late"]),
    ("Several diplomats said no vote was due. They said the vote was late.", ["diplomats: no vote was due", "diplomats: the vote was late"]),
    ("Several diplomats said no vote was due. It said the vote was late.", ["diplomats: no vote was due", "?: the vote was late"]),
    ("One diplomat said no vote was due. They said the vote was late.", ["diplomat: no vote was due", "?: the vote was late"]),
    ("The Long Hall said no vote was due. Ana Velkova said she would stay. It said the vote was late.", ["Long Hall: no vote was due", "Ana Velkova: she would stay", "?: the vote was late"]),
    ("The Long Hall said no vote was due.\nRain fell.\nIt rained all day.\nIt said the vote was late.", ["Long Hall: no vote was due", "?: the vote was late"]),
    ("Teodor Brandt said a truce was near. The Long Hall has condemned it.", ["Teodor Brandt: a truce was near"]),
    ("Q: Will they stay?\nA: They will.", ["?: Will they stay?", "?: They will."]),
    ("“We lost.” — Arno Dell, Keld", ["Arno Dell: “We lost.”"]),
    ("Marland said it would stay.", ["Marland: it would stay"]),
    ("European leaders said they would stay.", ["European leaders: they would stay"]),
    ("A spokesman for Ana Velkova said they would stay.", ["spokesman for Ana Velkova: they would stay"]),
    ("Velkova’s spokesman said they would stay.", ["Velkova’s spokesman: they would stay"]),
    ("One diplomat said they would stay.", ["diplomat: they would stay"]),
    ("Officials said they would stay. The officials said they would go.", ["officials: they would stay", "officials: they would go"]),
    ("The report said that they would stay.", ["report: that they would stay"]),
    ("Mr Dell said they would stay.", ["Dell: they would stay"]),
    ("Arno Dell, a farmer, said they would stay.", ["Arno Dell: they would stay"]),
    ("Arno Dell, who said they would stay, left.", ["Arno Dell: they would stay"]),
    ("Its chief, Arno Dell, said they would stay.", ["Arno Dell: they would stay"]),
    ("Marland pledged to stay by 2031, if it is asked.", ["Marland: to stay by 2031, if it is asked"]),
    ("Haik said they would stay.", ["?: they would stay"]),
    ("They said they would stay.", ["?: they would stay"]),
    ("Teodor Brandt and Ivo Haik met. He said he would stay.", ["?: he would stay"]),
    ("“We stay,” Velkova said.\n“We will not go.”", ["Ana Velkova: “We stay,”", "Ana Velkova: “We will not go.”"]),
    ("“We stay,” Velkova said.\nThe rain fell.\n“We will not go.”", ["Ana Velkova: “We stay,”", "?: “We will not go.”"]),
    ("VELKOVA: We will stay.\nBRANDT: You will not.", ["Ana Velkova: We will stay.", "Teodor Brandt: You will not."]),
    ("Velkova told Ostravan Radio that Ivo Haik had said he would stay.", ["Ana Velkova: that Ivo Haik had said he would stay", "Ivo Haik: he would stay"]),
    ("Velkova rejected the plan, saying it was late.", ["Ana Velkova: the plan", "Ana Velkova: it was late"]),
    ("According to Ana Velkova, the talks failed.", ["Ana Velkova: the talks failed"]),
    ("“We will go.”", []),
    ("The talks failed.", []),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_who_speaks(text, expected):
    assert [f"{s.speaker.name if s.speaker else '?'}: {s.content}" for s in said(text)] == expected


REASONS = [
    ("They said they would stay.", "‘They’ names nobody"),
    ("She said they would stay.", "nobody before 'she' fits"),
    ("Teodor Brandt and Ivo Haik met. He said he would stay.", "'he' could be Ivo Haik or Teodor Brandt"),
    ("Haik said they would stay.", "'Haik' could be any of 2 people: Ivo Haik, Lena Haik"),
    ("The chief negotiator said they would stay.", "named in the article by these words alone"),
    ("The president said they would stay.", "President of Ostrava from 2028-01-01 (Gazette of Ostrava; known until 2031-05-01, believed since)"),
    ("Arno Dell, who said they would stay, left.", "‘who’ after Arno Dell"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS)
def test_a_speaker_has_a_reason(text, reason):
    assert said(text)[0].reasons["speaker"] == reason


def test_who_goes_on_speaking_says_so():
    going_on, cut_off = (said(f"“We stay,” Velkova said.\n{more}“We will not go.”")[1] for more in ("", "The rain fell.\n"))
    assert going_on.reasons["speaker"] == "continues Ana Velkova"
    assert cut_off.speaker is None
    assert "other text lies between" in cut_off.reasons["speaker"]


# A text, and of its first statement: mode, act, factuality, hearsay.
HOW = [
    ("Velkova said: “We will stay.”", "direct", "assert", "actual", False),
    ("Velkova said they would stay.", "indirect", "assert", "actual", False),
    ("Velkova said they would “stay for good”.", "mixed", "assert", "actual", False),
    ("Velkova asked: “Will they come?”", "direct", "ask", "actual", False),
    ("“Will they come?” said Velkova.", "direct", "ask", "actual", False),
    ("Velkova asked whether they would come.", "indirect", "ask", "actual", False),
    ("Velkova urged Marland to sign.", "indirect", "demand", "actual", False),
    ("Velkova promised to sign.", "indirect", "promise", "actual", False),
    ("Velkova threatened to leave.", "indirect", "threaten", "actual", False),
    ("Velkova denied that the talks had failed.", "indirect", "reject", "actual", False),
    ("Velkova proposed to sign.", "indirect", "propose", "actual", False),
    ("Velkova described the plan as “a farce”.", "mixed", "assert", "actual", False),
    ("Velkova will tell Teodor Brandt that she is late.", "indirect", "assert", "planned", False),
    ("Velkova is expected to urge Marland to sign.", "indirect", "demand", "planned", False),
    ("Velkova is said to be demanding a truce.", "indirect", "demand", "actual", True),
    ("Velkova did not say that the talks had failed.", "indirect", "assert", "negated", False),
    ("Velkova may say that the talks have failed.", "indirect", "assert", "hypothetical", False),
]


@pytest.mark.parametrize(("text", "mode", "act", "factuality", "hearsay"), HOW)
def test_how_it_is_said(text, mode, act, factuality, hearsay):
    first = said(text)[0]
    assert (first.mode, first.act, first.factuality, first.hearsay) == (mode, act, factuality, hearsay)


def test_a_quotation_without_a_cue_has_no_act_and_says_why():
    second = said("“We stay,” Velkova said.\n“We will not go.”")[1]
    assert second.act is None
    assert second.reasons["act"] == "no cue verb says what kind of saying it is"


ADDRESSEES = [
    ("Velkova told Teodor Brandt that she would stay.", ["Teodor Brandt"]),
    ("Velkova urged Ivo Haik and Teodor Brandt to sign.", ["Ivo Haik", "Teodor Brandt"]),
    ("Velkova warned Marland that war would follow.", ["Marland"]),
    ("Velkova told the Ostragrad Herald he would stay.", ["Ostragrad Herald"]),
    ("Velkova told them that she would stay.", []),
    ("Velkova said in Mardon that she would stay.", []),
    ("“We stay,” Velkova told Ivo Haik.", []),
]


@pytest.mark.parametrize(("text", "names"), ADDRESSEES)
def test_who_is_told(text, names):
    assert [a.name for a in said(text)[0].addressees] == names


VENUES = [
    ("Velkova said in an interview with the Ostragrad Herald that she would stay.", "in an interview with the Ostragrad Herald"),
    ("In a statement on Monday, Velkova said they would stay.", "In a statement"),
    ("Velkova, speaking at a press conference in Mardon, said they would stay.", "at a press conference"),
    ("Velkova said they would stay.", None),
    ("Velkova said that they had met at a summit.", None),
    ("Velkova spoke at a summit. She said they would stay.", None),
]


@pytest.mark.parametrize(("text", "venue"), VENUES)
def test_where_it_was_said(text, venue):
    first = said(text)[0]
    assert first.venue == venue
    assert [e.exact for e in first.words("venue")] == ([venue] if venue else [])


MADE = [
    ("Officials said they would stay.", [("officials", "unnamed")]),
    ("The chief negotiator said they would stay.", [("chief negotiator", "unnamed")]),
    ("European leaders said they would stay.", []),
    ("Ana Velkova said they would stay.", []),
]


@pytest.mark.parametrize(("text", "actors"), MADE)
def test_unnamed_speakers_are_made_of_their_words(text, actors):
    made = statements.read(page_of(text))[1]
    assert [(a.name, a.type) for a in made] == actors


def test_one_unnamed_speaker_is_one_actor_and_of_this_article_alone():
    first, second = said("Officials said they would stay. The officials said they would go.")
    (other,) = said("Officials said they would leave.")
    assert first.speaker == second.speaker != other.speaker


# ---------------------------------------------------------------- whose word it is


def test_the_innermost_statement_is_the_authority():
    text = "Velkova told Ostravan Radio that Ivo Haik had said he would stay. The rain fell."
    page = page_of(text)

    def authority(words: str) -> tuple[str, str]:
        found = page.authority((text.index(words), text.index(words) + len(words)))
        return found.kind, found.name

    assert authority("he would stay") == ("statement", "Ivo Haik")
    assert authority("Ivo Haik had said") == ("statement", "Ana Velkova")
    assert authority("The rain fell") == ("outlet", "Ostragrad Herald")


def test_an_unknown_speaker_is_still_an_authority():
    text = "They said the talks had failed."
    page = page_of(text)
    found = page.authority((text.index("talks"), text.index("talks") + 5))
    assert (found.kind, found.name) == ("statement", "unknown speaker")


PIECES = [
    "Ana Velkova", "Haik", "Mr Dell", "she", "who", "officials", "A spokesman for Keld", "said", "told", "urged", "will",
    "did not", "is said to be demanding", "according to", "that", "the talks failed", "to sign", "“Yes,”", "“No.”", "“Why?”",
    "“", "”", "’s", ",", ".", ":", "\n", "BRANDT:", "in a statement", "to Marland", "described it as", "‘thin’", "and", "but",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=50)


@given(TEXTS)
def test_every_statement_stands_on_its_words(text):
    found = said(text)
    for statement in found:
        check(statement, text)
        assert statement.reasons["speaker"]
        assert statement.words("content")
    assert len({s.id for s in found}) == len(found)


@given(TEXTS)
def test_the_statement_around_a_span_is_the_smallest_that_holds_it(text):
    page = page_of(text)
    for sentence in page.analysis.sentences:
        holding = [
            e.end - e.start
            for s in page.statements
            for e in s.words("content")
            if e.start <= sentence.span.start and sentence.span.end <= e.end
        ]
        found = page.statement_around(sentence.span)
        sizes = [e.end - e.start for e in found.words("content")] if found else []
        assert bool(found) == bool(holding)
        assert not holding or min(holding) in sizes


def test_a_long_article_is_read_in_linear_time():
    line = "“We will stay,” Ana Velkova said.\nHe told Ivo Haik that she was late. Officials left Mardon.\n"

    def seconds(words: int) -> float:
        text = line * (words // len(line.split()))
        start = time.process_time()
        page = page_of(text)
        for sentence in page.analysis.sentences:
            page.authority(sentence.span)
        return time.process_time() - start

    seconds(500)
    small, large = seconds(5_000), seconds(40_000)
    assert large < 30 * small  # eight times the text: a quadratic reader takes sixty-four times as long
