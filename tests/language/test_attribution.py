"""Who said what, by rules: source, cue and content in made sentences of every shape."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.language.simple import SimpleLanguage

# A text, and its attributions as "source | cue | content", "¶" between the parts of a content.
CASES = {
    "cue before": ("Ana Velkova said the talks had failed.", ["Ana Velkova | said | the talks had failed"]),
    "cue before, that": ("Ana Velkova said that the talks had failed.", ["Ana Velkova | said | that the talks had failed"]),
    "cue after, clause": ("The talks had failed, Ana Velkova said.", ["Ana Velkova | said | The talks had failed"]),
    "cue after, inverted clause": ("The talks had failed, said Ana Velkova.", ["Ana Velkova | said | The talks had failed"]),
    "quotation then cue": ("“The talks have failed,” Ana Velkova said.", ["Ana Velkova | said | “The talks have failed,”"]),
    "quotation then inverted cue": ("“The talks have failed,” said Ana Velkova, President of Ostrava.", ["Ana Velkova | said | “The talks have failed,”"]),
    "British quotation then cue": ("‘The talks have failed,’ Mr Brandt said.", ["Mr Brandt | said | ‘The talks have failed,’"]),
    "cue then quotation": ("Ana Velkova said: “The talks have failed.”", ["Ana Velkova | said | “The talks have failed.”"]),
    "cue, comma, quotation": ("Ana Velkova said, “The talks have failed.”", ["Ana Velkova | said | “The talks have failed.”"]),
    "split quotation": ("“The talks,” Ana Velkova said, “have failed.”", ["Ana Velkova | said | “The talks,” ¶ “have failed.”"]),
    "split with two sentences": ("“The talks have failed,” Ana Velkova said. “We will go home.”", ["Ana Velkova | said | “The talks have failed,” ¶ “We will go home.”"]),
    "he added with a colon": ("Ana Velkova said the talks had failed. She added: “We will go home.”", ["Ana Velkova | said | the talks had failed", "She | added | “We will go home.”"]),
    "half quoted": ("Ana Velkova said the talks were “a farce” and that she would go home.", ["Ana Velkova | said | the talks were “a farce” and that she would go home"]),
    "half quoted at the end": ("Mr Brandt called the plan “a gift to Marland”.", ["Mr Brandt | called | the plan “a gift to Marland”"]),
    "asked whether": ("Asked if the talks had failed, Mr Brandt said they had not.", ["Mr Brandt | said | they had not"]),
    "asked, question": ("“Have they failed?” she asked.", ["she | asked | “Have they failed?”"]),
    "asked whether, verb": ("Mr Brandt asked whether the talks had failed.", ["Mr Brandt | asked | whether the talks had failed"]),
    "according to, before": ("According to Ana Velkova, the talks had failed.", ["Ana Velkova | According to | the talks had failed"]),
    "according to, after": ("The talks had failed, according to Ana Velkova.", ["Ana Velkova | according to | The talks had failed"]),
    "participle": ("Mr Brandt left the room, saying the talks had failed.", ["Mr Brandt | saying | the talks had failed"]),
    "participle suggesting": ("Mr Brandt attacked the plan, suggesting that it would fail.", ["Mr Brandt | attacked | the plan", "Mr Brandt | suggesting | that it would fail"]),
    "told whom that": ("Ana Velkova told reporters that the talks had failed.", ["Ana Velkova | told | that the talks had failed"]),
    "told whom, bare": ("Ana Velkova told reporters the talks had failed.", ["Ana Velkova | told | the talks had failed"]),
    "told whom, quotation": ("“The talks have failed,” Ana Velkova told the Keld Post.", ["Ana Velkova | told | “The talks have failed,”"]),
    "urged whom to": ("Ana Velkova urged Marland to sign the treaty.", ["Ana Velkova | urged | to sign the treaty"]),
    "called for": ("Ana Velkova called for a truce.", ["Ana Velkova | called | for a truce"]),
    "called on whom to": ("Ana Velkova called on Marland to sign the treaty.", ["Ana Velkova | called | to sign the treaty"]),
    "described as": ("Ana Velkova described the plan as a gift to Marland.", ["Ana Velkova | described | the plan as a gift to Marland"]),
    "accused of": ("Ana Velkova accused Marland of breaking the truce.", ["Ana Velkova | accused | of breaking the truce"]),
    "accused of, quoted": ("Ana Velkova accused Marland of “piracy on the high seas”.", ["Ana Velkova | accused | of “piracy on the high seas”"]),
    "passive with by": ("The plan was described as “a farce” by Mr Brandt.", ["Mr Brandt | described | “a farce”"]),
    "who said": ("Mr Brandt, who said the talks had failed, went home.", ["who | said | the talks had failed"]),
    "two speakers": ("Ana Velkova said the talks had failed, but Mr Brandt insisted that they would go on.", ["Ana Velkova | said | the talks had failed", "Mr Brandt | insisted | that they would go on"]),
    "two speakers in two sentences": ("“It failed,” said Ana Velkova. “It did not,” said Mr Brandt.", ["Ana Velkova | said | “It failed,”", "Mr Brandt | said | “It did not,”"]),
    "apposition": ("Teodor Brandt, the chief negotiator, said the talks had failed.", ["Teodor Brandt | said | the talks had failed"]),
    "apposition after an inverted cue": ("“The talks have failed,” said Teodor Brandt, the chief negotiator.", ["Teodor Brandt | said | “The talks have failed,”"]),
    "speaker in the sentence before": ("Ana Velkova was angry. “The talks have failed.”", ["Ana Velkova || “The talks have failed.”"]),
    "paragraph goes on": ("“The talks have failed,” Ana Velkova said.\n“We will go home.”", ["Ana Velkova | said | “The talks have failed,”", "|| “We will go home.”"]),
    "runs over paragraphs": ("Ana Velkova said: “The talks have failed.\n“We will go home.”", ["Ana Velkova | said | “The talks have failed. ¶ “We will go home.”"]),
    "a party and state in brackets": ("Sen. Ana Velkova (Liberal, Keld) said the talks had failed.", ["Sen. Ana Velkova (Liberal, Keld) | said | the talks had failed"]),
    "a courtesy with a full stop": ("“It failed,” said Mr. Brandt of Marland. They left.", ["Mr. Brandt of Marland | said | “It failed,”"]),
    "an initial": ("“It failed,” Teodor J. Brandt said. They left.", ["Teodor J. Brandt | said | “It failed,”"]),
    "a colon before the next paragraph": ("Ana Velkova said:\n“The talks have failed.”\nThey left.", ["Ana Velkova | said | “The talks have failed.”"]),
    "a colon before two paragraphs": ("Ana Velkova said:\n“The talks failed.\n“We go home.”", ["Ana Velkova | said | “The talks failed. ¶ “We go home.”"]),
    "a colon behind no verb of saying": ("On Friday Ana Velkova had one answer: “Not today.”", ["Ana Velkova | had one answer | “Not today.”"]),
    "the same over paragraphs": ("Ana Velkova issued this statement:\n“The talks have failed.”", ["Ana Velkova | issued this statement | “The talks have failed.”"]),
    "a colon behind a thing": ("The sign was plain: “No entry.”", []),
    "a verb that no table knows": ("“The talks have failed,” Ana Velkova deadpanned.", ["Ana Velkova | deadpanned | “The talks have failed,”"]),
    "such a verb and a cue": ("“Stay in sight,” Ana Velkova sings to Brandt before asking her, “Where do we go?”", ["Ana Velkova | sings | “Stay in sight,”", "Ana Velkova | asking | “Where do we go?”"]),
    "an aside behind an adverbial": ("In the end, Ana Velkova said, the talks would fail.", ["Ana Velkova | said | In the end ¶ the talks would fail"]),
    "an aside behind a condition": ("If it is late, she said, they will go home.", ["she | said | If it is late ¶ they will go home"]),
    "no at the end": ("Ana Velkova said no. Brandt left.", ["Ana Velkova | said | no"]),
    "planned, will": ("Ana Velkova will urge Marland to sign the treaty.", ["Ana Velkova | urge | to sign the treaty"]),
    "planned, expected": ("Ana Velkova is expected to tell Marland that the talks have failed.", ["Ana Velkova | tell | that the talks have failed"]),
    "hearsay": ("Mr Brandt is said to be demanding a new treaty.", ["Mr Brandt | demanding | a new treaty"]),
    "negated": ("Ana Velkova did not say that the talks had failed.", ["Ana Velkova | say | that the talks had failed"]),
    "denial": ("Ana Velkova denied that the talks had failed.", ["Ana Velkova | denied | that the talks had failed"]),
    "denial of a thing": ("Ana Velkova denied breaking the truce.", ["Ana Velkova | denied | breaking the truce"]),
    "refusal": ("Ana Velkova refused to say whether the talks had failed.", ["Ana Velkova | refused | to say whether the talks had failed"]),
    "scare quotes": ("The “peace” was short and the “truce” never came.", []),
    "transcript": ("VELKOVA: The talks have failed.\nBRANDT: They have not.", ["VELKOVA || The talks have failed.", "BRANDT || They have not."]),
    "post": ("Ana Velkova wrote on Chirper: “The talks have failed.”", ["Ana Velkova | wrote | “The talks have failed.”"]),
    "document": ("The report says the talks have failed.", ["The report | says | the talks have failed"]),
    "document, warns": ("A joint statement warned that the talks could fail.", ["A joint statement | warned | that the talks could fail"]),
    "noun call": ("A call for a truce was made on Monday.", []),
    "noun report": ("The report on the talks was long.", []),
    "noun claim": ("The claim was false and the demands were many.", []),
    "noun demand": ("Marland’s demand for a truce stands.", []),
    "act without speech": ("Ana Velkova signed the treaty and flew home.", []),
    "adverb": ("Ana Velkova later said the talks had failed.", ["Ana Velkova | said | the talks had failed"]),
    "adverbial": ("Speaking in Keld on Monday, Ana Velkova said the talks had failed.", ["Ana Velkova | said | the talks had failed"]),
    "when after the cue": ("Ana Velkova said on Monday that the talks had failed.", ["Ana Velkova | said | that the talks had failed"]),
    "venue after the cue": ("Ana Velkova said in a letter to the Keld Post that the talks had failed.", ["Ana Velkova | said | that the talks had failed"]),
    "spokesman for": ("A spokesman for Ana Velkova said the talks had failed.", ["A spokesman for Ana Velkova | said | the talks had failed"]),
    "possessive source": ("Ana Velkova’s spokesman said the talks had failed.", ["Ana Velkova’s spokesman | said | the talks had failed"]),
    "plural source": ("Officials said the talks had failed.", ["Officials | said | the talks had failed"]),
    "unnamed source": ("One diplomat said the talks had failed.", ["One diplomat | said | the talks had failed"]),
    "two sources": ("Ana Velkova and Teodor Brandt said the talks had failed.", ["Ana Velkova and Teodor Brandt | said | the talks had failed"]),
    "state as source": ("Marland said the talks had failed.", ["Marland | said | the talks had failed"]),
    "has said": ("Ana Velkova has repeatedly said that the talks had failed.", ["Ana Velkova | said | that the talks had failed"]),
    "pledged to": ("Ana Velkova pledged to sign the treaty.", ["Ana Velkova | pledged | to sign the treaty"]),
    "promised whom": ("Ana Velkova promised Marland that she would sign.", ["Ana Velkova | promised | that she would sign"]),
    "warned of": ("Ana Velkova warned of a long war.", ["Ana Velkova | warned | of a long war"]),
    "insisted": ("Ana Velkova insisted that Marland must sign.", ["Ana Velkova | insisted | that Marland must sign"]),
    "thought, no speech": ("Ana Velkova believes that the talks have failed.", ["Ana Velkova | believes | that the talks have failed"]),
    "make clear": ("Ana Velkova made clear that the talks had failed.", ["Ana Velkova | made clear | that the talks had failed"]),
    "pronoun": ("She said they had failed.", ["She | said | they had failed"]),
    "quotation, pronoun inverted": ("“It has failed,” said he.", ["he | said | “It has failed,”"]),
    "question mark quotation": ("“Have they failed?” asked Mr Brandt. “I hope not.”", ["Mr Brandt | asked | “Have they failed?” ¶ “I hope not.”"]),
    "content after and": ("Ana Velkova met Mr Brandt and told him the talks had failed.", ["Ana Velkova | told | the talks had failed"]),
    "second verb": ("Ana Velkova praised the plan and said it would hold.", ["Ana Velkova | praised | the plan", "Ana Velkova | said | it would hold"]),
    "semicolon": ("Ana Velkova said the talks had failed; Mr Brandt went home.", ["Ana Velkova | said | the talks had failed"]),
    "tell it to": ("“Tell it to the miners,” Mr Brandt replied.", ["Mr Brandt | replied | “Tell it to the miners,”"]),
    "headline, colon": ("Velkova: Talks have failed\nAna Velkova said she was going home.", ["Velkova || Talks have failed", "Ana Velkova | said | she was going home"]),
    "headline, dash": ("Talks have failed – Velkova\nAna Velkova said she was going home.", ["Velkova || Talks have failed", "Ana Velkova | said | she was going home"]),
    "headline, topic": ("Keld summit: Talks have failed\nAna Velkova said she was going home.", ["Ana Velkova | said | she was going home"]),
    "a title in quotes": ("She wrote “The Long Road to Keld” in 1999.", []),
    "a statement in quotes": ("She wrote: “The Long Road Begins.”", ["She | wrote | “The Long Road Begins.”"]),
    "bullets": ("Ana Velkova said the plan has three parts:\n• a truce\n• a border\n• a fund", ["Ana Velkova | said | the plan has three parts: ¶ a truce ¶ a border ¶ a fund"]),
    "numbered list": ("Ana Velkova said the plan has two parts:\n1. a truce\n2. a fund\nIt rained.", ["Ana Velkova | said | the plan has two parts: ¶ a truce ¶ a fund"]),
    "list that nobody said": ("The plan has two parts:\n• a truce\n• a fund", []),
    "relative clause in brackets": ("The talks (which Ana Velkova said had failed) went on.", ["Ana Velkova | said | had failed"]),
    "relative clause": ("The plan that Ana Velkova said would hold has failed.", ["Ana Velkova | said | would hold"]),
    "between dashes": ("The talks – Ana Velkova said – had failed.", ["Ana Velkova | said | The talks ¶ had failed"]),
    "between commas": ("The talks, Ana Velkova said on Friday, had failed.", ["Ana Velkova | said | The talks ¶ had failed"]),
    "between commas, quoting": ("The envoys, Mr Brandt said, were “well paid”.", ["Mr Brandt | said | The envoys ¶ were “well paid”"]),
    "clause before, another behind": ("The talks failed, he said, and she left.", ["he | said | The talks failed"]),
    "resumed behind but": ("“I like him,” she said on Friday, but “when it comes to gas, he has no plan.”", ["she | said | “I like him,” ¶ “when it comes to gas, he has no plan.”"]),
    "resumed at once": ("“The truth,” she said, “is that we lost.”", ["she | said | “The truth,” ¶ “is that we lost.”"]),
    "continues behind a clause with a verb of thought": ("“We lost,” said Ana Velkova, who has been hoping for a truce for years. “I am tired.”", ["Ana Velkova | said | “We lost,” ¶ “I am tired.”"]),
    "mark opened curly, closed straight": ("“We lost,\" Ana Velkova said.", ["Ana Velkova | said | “We lost,\""]),
    "signed": ("“We lost the war.” ― Ana Velkova\n“We did not.” — Teodor Brandt, Keld", ["Ana Velkova || “We lost the war.”", "Teodor Brandt || “We did not.”"]),
    "a dash that signs nothing": ("“We lost the war.” – That was all.", []),
    "transcript, quoted": ("\"VELKOVA: We lost.\n\"(CROSSTALK)\n\"BRANDT: No.\n\"Not yet.\n\"VELKOVA: Yes.", ["VELKOVA || We lost.", "BRANDT || No. ¶ \"Not yet.", "VELKOVA || Yes."]),
    "transcript, question and answer": ("Q: Is it over?\nA: It is.", ["Q || Is it over?", "A || It is."]),
    "transcript, names": ("Velkova: We lost.\nBrandt: No.\nVelkova: Yes.", ["Velkova || We lost.", "Brandt || No.", "Velkova || Yes."]),
    "signposts are no transcript": ("UPDATE: They left.\nPHOTO: The hall.", []),
    "no cue at all": ("The talks in Keld failed on Monday after three days.", []),
}
# Texts, and whether their attribution tells of speech rather than of a thought or deed.
SPEECH = [
    ("Ana Velkova said that they would go.", True),
    ("Ana Velkova urged them to go.", True),
    ("Ana Velkova agreed that they would go.", False),
    ("Ana Velkova agreed: “We will go.”", True),
    ("Ana Velkova refused to go.", False),
    ("Ana Velkova agreed to go “at once”.", True),
]


def read(text: str) -> list[str]:
    """The attributions of a text in the notation of the table."""
    rows = []
    for found in SimpleLanguage().analyse(text).attributions:
        source, cue = (span.of(text) if span else "" for span in (found.source, found.cue))
        rows.append(" | ".join([source, cue, " ¶ ".join(part.of(text) for part in found.content)]))
    return [row.replace(" |  | ", " || ").strip() for row in rows]


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_who_said_what(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(("text", "speech"), SPEECH)
def test_speech_is_told_from_thought_and_deed(text, speech):
    assert [a.speech for a in SimpleLanguage().analyse(text).attributions] == [speech]


PIECES = [
    "Ana Velkova", "Mr Brandt", "she", "who", "officials", "the report", "said", "told", "urged", "called", "Asked if",
    "described", "is said to be", "according to", "that", "the talks", "had failed", "to sign", "as", "a farce", "by",
    "“Yes,”", "“No.”", "‘Why?’", "“", "”", "’s", ",", ".", ":", ";", "–", "(", ")", "but", "and", "while", "?", "\n",
    "BRANDT:", "•", "on Monday", "saying", "will", "not", "“Yes.\n“No.”",
]  # fmt: skip
MADE = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=60)


@given(MADE)
def test_all_spans_lie_in_the_text_and_contents_in_order(text):
    found = SimpleLanguage().analyse(text).attributions
    for attribution in found:
        parts = [*attribution.content, *filter(None, (attribution.cue, attribution.source))]
        assert all(0 <= p.start < p.end <= len(text) for p in parts)
        assert all(a.start < b.start for a, b in pairwise(attribution.content))
    assert list(found) == sorted(found, key=lambda a: a.content[0])


@given(MADE)
def test_the_cue_stands_outside_what_was_said(text):
    for attribution in SimpleLanguage().analyse(text).attributions:
        if attribution.cue:
            assert not any(part.meets(attribution.cue) for part in attribution.content)


@given(MADE)
def test_a_quotation_is_never_split(text):
    analysis = SimpleLanguage().analyse(text)
    quoted = [s for q in analysis.quotations if q.depth == 0 for s in q.spans]
    for part in (c for a in analysis.attributions for c in a.content):
        assert all(part.holds(s) for s in quoted if part.meets(s))


@pytest.mark.parametrize("pattern", ["said ", "he said that ", "“I said I”.\n", "“He is.\n", "Keld of ", "“yes” ", "he, ", "“He said "])
def test_ten_thousand_words_are_read_in_linear_time(pattern):
    text = pattern * (10_000 // len(pattern.split()))
    start = time.process_time()
    SimpleLanguage().analyse(text)
    assert time.process_time() - start < 30.0  # takes a second or two, several times that while coverage is traced on a loaded machine; a quadratic reader takes minutes
