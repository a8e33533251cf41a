"""Quotations between marks of every kind: what is quoted, how deep, over which paragraphs, closed or not."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.quotations import quotations
from detente.language.words import paragraphs

# A text and its quotations in the order in which they open: ">" for each level below the outer one, "~" where
# the closing mark is missing, "¶" between the parts that stand in different paragraphs.
CASES = {
    # typographic double marks
    "double": ("“We will stay,” she said.", ["“We will stay,”"]),
    "double at the end": ("She said: “We will stay.”", ["“We will stay.”"]),
    "double alone": ("“Stay”", ["“Stay”"]),
    "two in a sentence": ("“Yes,” he said, “we will.”", ["“Yes,”", "“we will.”"]),
    "half a sentence": ("The plan was “not serious” and “late”.", ["“not serious”", "“late”"]),
    "double with apostrophes inside": ("“We won’t go, it’s ours,” she said.", ["“We won’t go, it’s ours,”"]),
    "double with a plural possessive": ("“The miners’ demands stand,” he said.", ["“The miners’ demands stand,”"]),
    "no space before the next word": ("the “hawks”and the doves", ["“hawks”"]),
    # straight double marks
    "straight": ('"We will stay," she said.', ['"We will stay,"']),
    "straight split": ('"Yes," he said. "We will."', ['"Yes,"', '"We will."']),
    "straight after a colon": ('He said: "Go."', ['"Go."']),
    "straight in brackets": ('the deal (called "thin" in Marland)', ['"thin"']),
    "straight around one word": ('a "deal" and a "peace"', ['"deal"', '"peace"']),
    "straight after a dash": ('the talks—"a farce"—ended', ['"a farce"']),
    "straight before a bracket": ('("a farce")', ['"a farce"']),
    "straight closed by a curled mark": ('"It failed,” she said. “Go.”', ['"It failed,”', "“Go.”"]),
    "an inner one never closed, a space before the outer mark": ("“'6 ”", ["“'6 ”", "~>'6"]),
    # British single marks
    "single": ("‘We will stay,’ she said.", ["‘We will stay,’"]),
    "single with a contraction": ("‘We won’t stay,’ she said.", ["‘We won’t stay,’"]),
    "single ending in a word": ("He called it ‘a farce’ and left.", ["‘a farce’"]),
    "single ending in s": ("He called them ‘traitors’ and left.", ["‘traitors’"]),
    "single ending in s before a stop": ("He called them ‘traitors’.", ["‘traitors’"]),
    "single with a plural possessive": ("‘The miners’ demands stand,’ he said.", ["‘The miners’ demands stand,’"]),
    "single, possessive before the last word": ("‘It is the farmers’ money,’ he said.", ["‘It is the farmers’ money,’"]),
    "single with a dropped g": ("‘I’m goin’ home,’ he said.", ["‘I’m goin’ home,’"]),
    "two single ones ending in s": ("the ‘hawks’ and the ‘doves’", ["‘hawks’", "‘doves’"]),
    "single with a possessive after it": ("‘Marland’ is the miners’ home.", ["‘Marland’"]),
    "single then possessive of s": ("He called it ‘theft’ of the miners’ money.", ["‘theft’"]),
    "single question": ("‘Why?’ she asked.", ["‘Why?’"]),
    "single before a dash": ("‘A farce’ – her word – it was.", ["‘A farce’"]),
    "single before a bracket": ("(he said ‘no’)", ["‘no’"]),
    "straight single": ("'We will stay,' she said.", ["'We will stay,'"]),
    "straight single with a contraction": ("'We won't stay,' she said.", ["'We won't stay,'"]),
    "doubled straight single": ("''We stay,'' she said. ''We do.''", ["'We stay,'", "'We do.'"]),
    "straight single half": ("a 'deal' of sorts", ["'deal'"]),
    # apostrophes that are none
    "possessive": ("Marland’s army and the miners’ union", []),
    "straight possessive": ("Marland's army and the miners' union", []),
    "contractions": ("It’s what they don’t say, and he’d know.", []),
    "decade": ("in the ’90s and the ‘80s", []),
    "straight decade": ("in the '90s", []),
    "elision": ("’Tis late, ’twas early; get ’em, rock ‘n’ roll", []),
    "names": ("O’Dowd met D’Arcy and al-Sa’id", []),
    "feet and inches": ("He is 6' 2\" tall and 12\" wide.", []),
    "minutes and seconds": ("at 51° 30' 26\" north, 0° 7' 39\" west", []),
    # paragraphs
    "runs on": ("“One day.\n“Another day.”", ["“One day.¶“Another day.”"]),
    "runs on over three": ("She said: “One.\n“Two.\n“Three,” and left.", ["“One.¶“Two.¶“Three,”"]),
    "runs on over blank lines": ("“One.\n\n“Two.”", ["“One.¶“Two.”"]),
    "runs on in single marks": ("‘One.\n‘Two.’", ["‘One.¶‘Two.’"]),
    "runs on in straight marks": ('"One.\n"Two."', ['"One.¶"Two."']),
    "closed before the next opens": ("“One.”\n“Two.”", ["“One.”", "“Two.”"]),
    "runs on and never closes": ("“One.\n“Two.\nThree.", ["~“One.¶“Two."]),
    "speech after a run": ("“One.\n“Two,” he said. “Three.”", ["“One.¶“Two,”", "“Three.”"]),
    "a run with another inside": ("“One.\n“Two ‘two’ two.”", ["“One.¶“Two ‘two’ two.”", ">‘two’"]),
    # unbalanced
    "never closed": ("She said “we will stay.\nHe left.", ["~“we will stay."]),
    "never opened": ("We will stay,” she said.", []),
    "only an opening mark": ("“", []),
    "only a closing mark": ("”", []),
    "an opening mark at the end": ("He said “", []),
    "opened twice": ("“One. “Two,” he said.", ["~“One.", "“Two,”"]),
    "never closed straight": ('He said "we stay.\nShe left.', ['~"we stay.']),
    "one unclosed, a later one whole": ("He said “stay.\nShe left.\n“No,” said he.", ["~“stay.", "“No,”"]),
    "empty": ("He said “” and ‘’ and \"\".", []),
    "only a space inside": ("He said “ ” twice.", []),
    "closing mark where one opens": ("”We stay,” she said.", ["”We stay,”"]),
    # nested
    "single in double": ("“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”", ">‘no’"]),
    "double in single": ("‘He said “no” twice,’ she said.", ["‘He said “no” twice,’", ">“no”"]),
    "both end together": ("“He said ‘no.’”", ["“He said ‘no.’”", ">‘no.’"]),
    "both begin together": ("“‘No’ is what he said.”", ["“‘No’ is what he said.”", ">‘No’"]),
    "three deep": ("“She said ‘he cried “stop” twice’ then,” he said.", ["“She said ‘he cried “stop” twice’ then,”", ">‘he cried “stop” twice’", ">>“stop”"]),
    "two inside one": ("“‘Yes’ or ‘no’, please,” she said.", ["“‘Yes’ or ‘no’, please,”", ">‘Yes’", ">‘no’"]),
    "straight single in straight double": ("\"He said 'no' twice,\" she said.", ["\"He said 'no' twice,\"", ">'no'"]),
    "straight, both begin together": ("\"'No' is what he said.\"", ["\"'No' is what he said.\"", ">'No'"]),
    "inner never closed": ("“He said ‘no twice,” she said. “Yes.”", ["“He said ‘no twice,”", "~>‘no twice,", "“Yes.”"]),
    # other marks
    "guillemets": ("«We will stay», she said.", ["«We will stay»"]),
    "guillemets with spaces": ("« We will stay », she said.", ["« We will stay »"]),
    "German marks": ("„Wir bleiben“, she said.", ["„Wir bleiben“"]),
    "German opening, English closing": ("„We stay”, she said.", ["„We stay”"]),
    "German single": ("‚Wir bleiben‘, she said.", ["‚Wir bleiben‘"]),
    # neighbours
    "ellipses": ("“…and so we stay…” she said.", ["“…and so we stay…”"]),
    "square brackets": ("“[We] stay,” she said.", ["“[We] stay,”"]),
    "a dash before the closing mark": ("“We stay –” he began.", ["“We stay –”"]),
    "after a bracket": ("(“no”)", ["“no”"]),
    "bullets": ("• “One”\n• “Two”", ["“One”", "“Two”"]),
    "no marks": ("She said that they would stay.", []),
    "no text": ("", []),
}


def read(text: str) -> list[str]:
    """The quotations of a text in the notation of the table."""
    return [
        ("" if q.closed else "~") + ">" * q.depth + "¶".join(s.of(text) for s in q.spans)
        for q in quotations(text, paragraphs(text))
    ]


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_quotations_are_read_as_the_marks_say(text, expected):
    assert read(text) == expected


MARKS = "“”‘’\"'„‚«»"
MARKED = st.text(alphabet=st.sampled_from(MARKS + " abs.,?()–\n6"), max_size=60)


@given(MARKED | st.text(max_size=60))
def test_parts_lie_in_the_text_in_order_and_apart(text):
    for quotation in quotations(text, paragraphs(text)):
        assert quotation.spans
        end = 0
        for part in quotation.spans:
            assert end <= part.start < part.end <= len(text)
            assert part.of(text) == part.of(text).rstrip() or part.end == len(text)
            end = part.end


@given(MARKED)
def test_every_part_lies_in_one_paragraph_and_begins_with_a_mark(text):
    found = paragraphs(text)
    for quotation in quotations(text, found):
        for part in quotation.spans:
            assert text[part.start] in MARKS
            assert sum(p.holds(part) for p in found) == 1


@given(MARKED)
def test_outer_quotations_never_share_a_character(text):
    outer = sorted(s for q in quotations(text, paragraphs(text)) if q.depth == 0 for s in q.spans)
    assert all(a.end <= b.start for a, b in pairwise(outer))


@given(MARKED)
def test_an_inner_quotation_lies_in_one_a_level_up(text):
    found = quotations(text, paragraphs(text))
    for inner in (q for q in found if q.depth):
        holding = [q for q in found if q.depth == inner.depth - 1 for s in q.spans if s.holds(inner.spans[0])]
        assert len(holding) == 1


@given(MARKED, MARKED)
def test_an_unclosed_quotation_reaches_no_further_than_the_paragraphs_that_open_it_again(before, after):
    text = f"{before}\nplain words\n{after}"
    plain = text.index("\nplain") + 1
    assert not any(s.meets((plain, plain + 11)) for q in quotations(text, paragraphs(text)) for s in q.spans)


@pytest.mark.parametrize("pattern", ["“", "”", "‘", "’", '"', "'", "“‘", " ‘s’", "“a. ", "s’ ", "‘as’ s ", "„", "“a\n", "‘a b’ ", "“a”"])
def test_a_hundred_thousand_marks_are_read_in_linear_time(pattern):
    text = pattern * (100_000 // len(pattern))
    found = paragraphs(text)
    start = time.process_time()
    quotations(text, found)
    assert time.process_time() - start < 3.0  # takes well under a second; a quadratic reader would take minutes
