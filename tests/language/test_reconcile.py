"""What the model hears and what the rules tell, made one list."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.analysis import Attribution, Heard, Span
from detente.language.joint import JointLanguage
from detente.language.quotations import quotations
from detente.language.reconcile import reconcile
from detente.language.simple import SimpleLanguage
from detente.language.words import paragraphs

TEXT = (
    "Ana Velkova urged them to leave. Teodor Brandt said he was tired and believed it was over.\n"
    "‘We tried,’ she added. ‘We failed.\n"
    "‘It is late.’"
)


def span(words: str) -> Span:
    found = re.search(re.escape(words), TEXT)
    assert found, words
    return Span(*found.span())


def said(content: str, cue: str | None, source: str | None, *, speech: bool = True, confidence: float | None = None) -> Attribution:
    return Attribution(
        content=(span(content),), cue=span(cue) if cue else None, source=span(source) if source else None,
        speech=speech, confidence=confidence,
    )  # fmt: skip


def joined(learned: list[Attribution], ruled: list[Attribution]) -> list[Attribution]:
    return list(reconcile(TEXT, quotations(TEXT, paragraphs(TEXT)), learned, ruled))


def contents(found: list[Attribution]) -> list[list[str]]:
    return [[part.of(TEXT) for part in one.content] for one in found]


def test_the_rules_leave_the_addressee_out() -> None:
    found = joined([said("them to leave", "urged", "Ana Velkova", confidence=0.9)], [said("to leave", "urged", "Ana Velkova")])
    assert contents(found) == [["to leave"]]
    assert found[0].confidence == 0.9


def test_the_rules_part_what_the_model_runs_together() -> None:
    learned = [said("he was tired and believed it was over", "said", "Teodor Brandt")]
    ruled = [said("he was tired", "said", "Teodor Brandt"), said("it was over", "believed", "Teodor Brandt")]
    assert contents(joined(learned, ruled)) == [["he was tired"], ["it was over"]]


def test_the_rules_do_not_cut_what_stands_on_the_other_side_of_the_cue() -> None:
    both = Attribution(content=(span("Ana Velkova urged"), span("he was tired and believed it was over")), cue=span("Brandt said"), source=span("Teodor"))
    assert contents(joined([both], [said("Ana Velkova urged", "Brandt said", "Teodor")])) == [["Ana Velkova urged", "he was tired and believed it was over"]]


def test_they_do_where_theirs_is_a_quotation() -> None:
    both = Attribution(content=(span("‘We tried,’"), span("‘We failed.\n‘It is late.’")), cue=span("added"), source=span("she"))
    assert contents(joined([both], [said("‘We tried,’", "added", "she")]))[0] == ["‘We tried,’"]


CHAIN = "Mark Oster told the Keld Post he had urged Ana Velkova to sign. It was late, officials said."


def at(words: str) -> Span:
    return Span(CHAIN.index(words), CHAIN.index(words) + len(words))


OUTER = Attribution(content=(at("he had urged Ana Velkova to sign"),), cue=at("told"), source=at("Mark Oster"))
INNER = Attribution(content=(at("to sign"),), cue=at("urged"), source=Span(CHAIN.index("he had"), CHAIN.index(" had")))


@pytest.mark.parametrize(("learned", "ruled"), [(OUTER, INNER), (INNER, OUTER)], ids=["the model hears the outer", "the inner"])
def test_a_statement_inside_another_is_kept_beside_it(learned: Attribution, ruled: Attribution) -> None:
    # The two contents are one by their letters; what tells them apart is that one's source and cue stand in the other.
    long = msgspec.structs.replace(INNER, content=(at("Ana Velkova to sign"),))
    both = [long if one is INNER else one for one in (learned, ruled)]
    found = reconcile(CHAIN, (), [both[0]], [both[1]])
    assert [one.cue for one in found] == [at("told"), at("urged")]


def test_an_inner_one_of_nobody_by_name_is_not() -> None:
    someone = msgspec.structs.replace(INNER, content=(at("Ana Velkova to sign"),), source=at("had"))
    assert [one.cue for one in reconcile(CHAIN, (), [OUTER], [someone])] == [at("told")]


def test_a_content_beyond_the_models_does_not_narrow_it() -> None:
    learned = [said("to leave", "urged", "Ana Velkova")]
    assert contents(joined(learned, [said("them to leave", "urged", "Ana Velkova")])) == [["to leave"]]


def test_the_model_names_the_source_and_the_rules_lend_one() -> None:
    found = joined([said("he was tired", "said", None)], [said("he was tired", "said", "Teodor Brandt")])
    assert [one.source for one in found] == [span("Teodor Brandt")]
    found = joined([said("he was tired", "said", "Ana Velkova")], [said("he was tired", "said", "Teodor Brandt")])
    assert [one.source for one in found] == [span("Ana Velkova")]


def test_each_adds_what_the_other_leaves_out() -> None:
    learned, ruled = said("to leave", "urged", "Ana Velkova"), said("he was tired", "said", "Teodor Brandt")
    assert joined([learned], [ruled]) == [learned, ruled]


def test_what_only_the_model_hears_without_a_source_is_no_speech() -> None:
    (one,) = joined([said("it was over", "believed", None)], [])
    assert not one.speech


def test_one_quotation_is_told_once() -> None:
    learned = said("‘We tried,’", "added", "she")
    ruled = said("‘We tried,’", None, None)
    assert joined([learned], [ruled]) == [learned]


def test_a_quotation_over_paragraphs_is_kept_whole() -> None:
    (one,) = joined([said("‘We failed.", "added", "she")], [])
    assert [part.of(TEXT) for part in one.content] == ["‘We failed.", "‘It is late.’"]


def test_nothing_makes_nothing() -> None:
    assert joined([], []) == []


SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(lambda p: Span(p[0], min(len(TEXT), p[0] + p[1])))
MADE = st.builds(
    Attribution, content=st.lists(SPANS, min_size=1, max_size=3).map(tuple), cue=st.none() | SPANS, source=st.none() | SPANS,
    speech=st.booleans(),
)  # fmt: skip


@given(st.lists(MADE, max_size=5), st.lists(MADE, max_size=5))
def test_whatever_they_say_the_list_is_in_order_and_no_longer_than_both(learned: list[Attribution], ruled: list[Attribution]) -> None:
    found = joined(learned, ruled)
    assert len(found) <= len(learned) + len(ruled)
    assert [one.content[0] for one in found] == sorted(one.content[0] for one in found)
    assert all(0 <= a < b <= len(TEXT) for one in found for a, b in one.content)


class Silent:
    """A model that hears nothing."""

    name, version = "silent", "3"

    def hear(self, text: str) -> Heard:
        return Heard((), (), None)


@pytest.mark.parametrize("text", ["", TEXT, "Ana Velkova said that it was over."])
def test_with_a_silent_model_the_rules_stand(text: str) -> None:
    joint = JointLanguage(Silent())
    assert joint.analyse(text) == SimpleLanguage().analyse(text)
    assert joint.version == "1+3"


def test_the_rules_word_is_the_cue_where_the_model_takes_in_more() -> None:
    found = joined([said("he was tired", "Brandt said", "Teodor")], [said("he was tired", "said", "Teodor Brandt")])
    assert [one.cue and one.cue.of(TEXT) for one in found] == ["said"]
