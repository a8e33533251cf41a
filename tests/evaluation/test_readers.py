"""The readers: what a corpus says arrives at the right code points, and what it does not say stays unknown."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import EncodingError, InputError, MalformedInput
from detente.evaluation.attributions import british, read_brat
from detente.evaluation.documents import IGNORED, Document, Mention
from detente.evaluation.names import WIKIGOLD, read_columns, read_re3d, set_running
from detente.evaluation.treebanks import add_gum_names, add_uner, bio_spans, gum_mentions, read_treebank
from detente.language.analysis import Span
from tests.evaluation import made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made.write(tmp_path)
    return tmp_path


def test_a_treebank_as_raw_text(folder: Path) -> None:
    first, second = read_treebank(folder / "made.conllu")
    assert first.id == "made-0"
    assert first.text == "Velkova arrived in Ostrava. The Republic signed the truce.\n\nTalks failed."
    assert second.text == "Marland's army left the valley. They don't trust him."
    assert [p.of(first.text) for p in first.paragraphs] == first.text.split("\n\n")


def test_words_stand_where_they_are_written(folder: Path) -> None:
    for document in read_treebank(folder / "made.conllu"):
        for sentence in document.sentences or ():
            for word in sentence.words:
                assert document.text[word.start : word.end] == word.form


def test_trees_keep_heads_and_subtypes(folder: Path) -> None:
    sentence = (read_treebank(folder / "made.conllu")[1].sentences or [])[0]
    assert [word.head for word in sentence.words] == [2, 0, 3, -1, 5, 3, 3]
    assert sentence.words[0].relation == "nmod:poss"
    assert sentence.words[3].lemma == "leave"


def test_a_sentence_without_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.conllu"
    path.write_text("# sent_id = s1\n1\tA\ta\tDET\t_\t_\t0\troot\t_\t_\n\n", encoding="utf8")
    with pytest.raises(MalformedInput, match=r"bad\.conllu, line 1: .*# text"):
        read_treebank(path)


def test_names_over_the_treebank(folder: Path) -> None:
    documents = read_treebank(folder / "made.conllu")
    add_uner(documents, folder / "made.iob2")
    found = [(span.of(d.text), kind) for d in documents for span, kind in d.names or ()]
    assert found == [("Velkova", "person"), ("Ostrava", "place"), ("Republic", "organisation"), ("Marland", "place")]
    assert documents[0].types == {"person", "organisation", "place"}


def test_names_over_other_words_are_left_out(folder: Path) -> None:
    (folder / "made.iob2").write_text(made.iob2().replace("\tTalks\t", "\tTalk\t"), encoding="utf8")
    documents = read_treebank(folder / "made.conllu")
    add_uner(documents, folder / "made.iob2")
    assert [(s.of(documents[0].text), k) for s, k in documents[0].names or ()][-1] == ("Talks failed.", IGNORED)


GUM = """# newdoc id = g
# sent_id = g-1
# text = President Ana Velkova met the Bank of Ostrava on Tuesday.
1	President	President	PROPN	_	_	3	nmod:desc	_	Entity=(1-person-new-cf1-1-sgl
2	Ana	Ana	PROPN	_	_	3	flat	_	_
3	Velkova	Velkova	PROPN	_	_	4	nsubj	_	Entity=1)
4	met	meet	VERB	_	_	0	root	_	_
5	the	the	DET	_	_	6	det	_	Entity=(2-organization-new-cf2-1-sgl
6	Bank	bank	PROPN	_	_	4	obj	_	_
7	of	of	ADP	_	_	8	case	_	_
8	Ostrava	Ostrava	PROPN	_	_	6	nmod	_	Entity=(3-place-new-cf3-1-sgl)2)
9	on	on	ADP	_	_	10	case	_	_
10	Tuesday	Tuesday	PROPN	_	_	4	obl	_	Entity=(4-time-new-cf4-1-sgl)|SpaceAfter=No
11	.	.	PUNCT	_	_	4	punct	_	_

"""


def test_gum_names_without_titles_and_articles(tmp_path: Path) -> None:
    path = tmp_path / "gum.conllu"
    path.write_text(GUM, encoding="utf8")
    documents = read_treebank(path)
    add_gum_names(documents, path)
    found = [(span.of(documents[0].text), kind) for span, kind in documents[0].names or ()]
    assert found == [("Ana Velkova", "person"), ("Bank of Ostrava", "organisation"), ("Tuesday", IGNORED)]


def test_bio_spans_part_where_the_type_changes() -> None:
    places = [(0, 1), (2, 3), (4, 5), (6, 7)]
    tags = ["B-PER", "I-PER", "I-LOC", "B-LOC"]
    types = {"PER": "person", "LOC": "place"}
    assert bio_spans(places, tags, types) == [
        (Span(0, 3), "person"),
        (Span(4, 5), "place"),
        (Span(6, 7), "place"),
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Talks failed .", "Talks failed."),
        ("She said \" no \" .", 'She said "no".'),
        ("the ( old ) bank", "the (old) bank"),
        ("Ostrava 's army", "Ostrava's army"),
        ("They do n't", "They don't"),
        ("£ 5bn , then", "£5bn, then"),
    ],
)
def test_words_set_as_running_text(words: str, text: str) -> None:
    running, places = set_running(words.split())
    assert running == text
    assert [running[a:b] for a, b in places] == words.split()


def test_columns_of_names(tmp_path: Path) -> None:
    path = tmp_path / "wiki.conllu"
    path.write_text("0\tAna\tB-PER\n1\tVelkova\tI-PER\n2\tspoke\tO\n\n0\tMarlandic\tB-MISC\n", encoding="utf8")
    one, two = read_columns(path, WIKIGOLD, word=1)
    assert [(s.of(one.text), k) for s, k in one.names or ()] == [("Ana Velkova", "person")]
    assert [(s.of(two.text), k) for s, k in two.names or ()] == [("Marlandic", "other")]
    assert one.types == {"person", "organisation", "place", "other", "event"}


def test_re3d_leaves_out_what_is_no_name(tmp_path: Path) -> None:
    text = "Troops of the Republic Guard held Ostrava.\nGeneral Velkova fled."
    rows = [("Troops", "Organisation"), ("the Republic Guard", "Organisation"), ("Ostrava", "Location"), ("General Velkova", "Person")]
    (tmp_path / "documents.json").write_text(json.dumps({"_id": "d", "text": text}) + "\n", encoding="utf8")
    lines = [
        json.dumps({"documentId": "d", "begin": text.index(w), "end": text.index(w) + len(w), "type": t}) for w, t in rows
    ]
    (tmp_path / "entities.json").write_text("\n".join(lines), encoding="utf8")
    (document,) = read_re3d(tmp_path)
    assert [(s.of(text), k) for s, k in document.names or ()] == [
        ("Troops", "organisation"),
        ("Republic Guard", "organisation"),
        ("Ostrava", "place"),
        ("General Velkova", IGNORED),
    ]
    assert [p.of(text) for p in document.paragraphs] == text.split("\n")


def test_attributions_with_their_words(folder: Path) -> None:
    (document,) = read_brat(folder)
    assert document.text == made.ARTICLE
    first, second = document.attributions or []
    assert [s.of(document.text) for s in (*first.sources, *first.cues, *first.contents)] == [
        "Ana Velkova",
        "said",
        "the truce would hold",
    ]
    assert first.speech
    assert [s.of(document.text) for s in second.contents] == ["“We want peace,”"]


@pytest.mark.parametrize(("cue", "speech"), [("believes", False), ("plans", False), ("warned", True), ("according to", True)])
def test_speech_apart_from_belief_and_intention(tmp_path: Path, cue: str, speech: bool) -> None:
    text = f"Velkova {cue} the truce holds."
    start = text.index(cue)
    (tmp_path / "a.txt").write_text(text, encoding="utf8")
    (tmp_path / "a_x.ann").write_text(
        f"T1\tCue {start} {start + len(cue)}\t{cue}\nT2\tContent {start + len(cue) + 1} {len(text) - 1}\tx\nE1\tA:T1 Cue:T1 Content:T2\n",
        encoding="utf8",
    )
    (document,) = read_brat(tmp_path)
    assert [said.speech for said in document.attributions or ()] == [speech]


def test_an_attribution_without_content_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("She said.", encoding="utf8")
    (tmp_path / "a_x.ann").write_text("T1\tCue 4 8\tsaid\nE1\tA:T1 Cue:T1\n", encoding="utf8")
    assert read_brat(tmp_path)[0].attributions == []


def test_a_text_without_annotation_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("She said.", encoding="utf8")
    assert read_brat(tmp_path) == []


def test_british_marks_move_nothing(folder: Path) -> None:
    (document,) = read_brat(folder)
    turned = british(document)
    assert turned.text == document.text.replace("“", "‘").replace("”", "’")
    assert turned.attributions == document.attributions
    plain = Document("d", 'He said "no".', [Span(0, 13)])
    assert british(plain).text == "He said ‘no’."


def test_a_closing_mark_where_one_opens_keeps_its_pair() -> None:
    document = Document("x", "”It is late.” — Ana Velkova", [Span(0, 27)])
    assert british(document).text == document.text


ROW = "1\tPeace\tpeace\tNOUN\t_\t_\t0\troot\t_\t_"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.conllu", "# text = Peace\n1\tPeace", r"a\.conllu, line 2: got '1\\tPeace', expected a number and 9 more columns"),
        ("a.conllu", "# text = Peace\nPeace holds", "line 2"),
        ("a.conllu", f"# text = War\n{ROW}", r"line 1: got 'War', expected a text that holds the words"),
        ("a.conllu", f"# text = Peace\n{ROW.replace('0', '7')}", "line 1: .*each with a head among them"),
        ("a.conllu", "# text = Peace", "line 1: got 'a sentence without text or words'"),
        ("a.tsv", "Peace\tO\n\nPeace", r"a\.tsv, line 3: got 'Peace', expected 2 columns"),
    ],
)
def test_a_broken_corpus_is_named_with_its_line(tmp_path: Path, name: str, content: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf8")
    with pytest.raises(MalformedInput, match=says):
        read_treebank(path) if path.suffix == ".conllu" else read_columns(path, WIKIGOLD)


@pytest.mark.parametrize("line", ["T1", "T1\tCue", "T1\tCue a b\tx", "T1\tCue 1\tx", "T1\tCue 0 99\tx", "T1\tCue 4 2\tx", "E1\tA:T1 Cue:T9"])
def test_broken_stand_off_is_an_error_or_passed_over(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("She said so.", encoding="utf8")
    (tmp_path / "a_x.ann").write_text(line, encoding="utf8")
    if line == "T1":
        assert read_brat(tmp_path)[0].attributions == []
    else:
        with pytest.raises(MalformedInput, match=r"a_x\.ann, line 1"):
            read_brat(tmp_path)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_bytes(b"# text = \xff")
    with pytest.raises(EncodingError, match=r"a\.conllu"):
        read_treebank(path)


@given(st.text(alphabet="#=1\t\n -_aé()\u2028|.", max_size=120))
def test_no_file_crashes_the_readers(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.conllu"
    path.write_text(content, encoding="utf8", newline="")
    for read in (read_treebank, lambda p: read_columns(p, WIKIGOLD), gum_mentions):
        with suppress(InputError):
            read(path)


def test_line_ends_of_windows_and_days(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(f"# newdoc id = d\r\n# meta::dateCreated = 2031-05-14\r\n# text = Peace\r\n{ROW}\r\n\r\n", encoding="utf8", newline="")
    (document,) = read_treebank(path)
    assert (document.text, document.published) == ("Peace", "2031-05-14")


def test_chains_of_mentions(tmp_path: Path) -> None:
    path = tmp_path / "gum.conllu"
    path.write_text(GUM, encoding="utf8")
    assert gum_mentions(path) == {
        "g-1": [Mention("organization", 4, 7, "2"), Mention("person", 0, 2, "1"), Mention("place", 7, 7, "3"), Mention("time", 9, 9, "4")]
    }
