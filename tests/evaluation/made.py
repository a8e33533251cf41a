"""A made corpus: a few sentences about invented people in invented states, in the formats of the real ones."""

from __future__ import annotations

from pathlib import Path

ROWS = {
    "Velkova arrived in Ostrava .": "PROPN 2 nsubj Velkova|VERB 0 root arrive|ADP 4 case in|PROPN 2 obl Ostrava|PUNCT 2 punct .",
    "The Republic signed the truce .": "DET 2 det the|PROPN 3 nsubj Republic|VERB 0 root sign|DET 5 det the|NOUN 3 obj truce|PUNCT 3 punct .",
    "Talks failed .": "NOUN 2 nsubj talk|VERB 0 root fail|PUNCT 2 punct .",
    "Marland 's army left the valley .": "PROPN 3 nmod:poss Marland|PART 1 case 's|NOUN 4 nsubj army|VERB 0 root leave|DET 6 det the|NOUN 4 obj valley|PUNCT 4 punct .",
    "They do n't trust him .": "PRON 4 nsubj they|AUX 4 aux do|PART 4 advmod not|VERB 0 root trust|PRON 4 obj he|PUNCT 4 punct .",
}  # fmt: skip
NAMES = {"Velkova": "PER", "Ostrava": "LOC", "Republic": "ORG", "Marland": "LOC"}
GLUED = {".", "'s", "n't"}
ARTICLE = (
    "Ana Velkova said the truce would hold.\n\n“We want peace,” the envoy told reporters. Talks failed in Marland.\n"
)
STAND_OFF = [
    ("T1", "Source", "Ana Velkova"),
    ("T2", "Cue", "said"),
    ("T3", "Content", "the truce would hold"),
    ("T4", "Content", "“We want peace,”"),
    ("T5", "Source", "the envoy"),
    ("T6", "Cue", "told reporters"),
]
EVENTS = ["E1\tAttribution:T9 Source:T1 Cue:T2 Content:T3", "E2\tAttribution:T9 Content:T4 Cue:T6 Source:T5"]


def conllu() -> str:
    """The sentences as CoNLL-U: two documents, the first of two paragraphs."""
    out = []
    for number, (sentence, rows) in enumerate(ROWS.items()):
        words, parts = sentence.split(), [part.split() for part in rows.split("|")]
        spaced = [k + 1 < len(words) and words[k + 1] not in GLUED for k in range(len(words))]
        text = "".join(word + " " * space for word, space in zip(words, spaced, strict=True)).strip()
        if number in (0, 3):
            out.append(f"# newdoc id = made-{number}")
        if number in (0, 2, 3):
            out.append("# newpar")
        out += [f"# sent_id = s{number}", f"# text = {text}"]
        for k, (word, (tag, head, relation, lemma)) in enumerate(zip(words, parts, strict=True), start=1):
            if word == "do":
                out.append(f"{k}-{k + 1}\tdon't\t" + "\t".join("_" * 8))
            misc = "_" if spaced[k - 1] or k == len(words) else "SpaceAfter=No"
            out.append("\t".join([str(k), word, lemma, tag, "_", "_", head, relation, "_", misc]))
        out.append("")
    return "\n".join(out) + "\n"


def iob2() -> str:
    """The names of the sentences as Universal NER writes them."""
    out = []
    for number, sentence in enumerate(ROWS):
        out.append(f"# sent_id = s{number}")
        for k, word in enumerate(sentence.split(), start=1):
            out.append(f"{k}\t{word}\t{'B-' + NAMES[word] if word in NAMES else 'O'}\t-\tmade")
        out.append("")
    return "\n".join(out) + "\n"


def brat() -> str:
    """The article's attributions as brat writes them."""
    lines = []
    for tag, role, words in STAND_OFF:
        start = ARTICLE.index(words)
        lines.append(f"{tag}\t{role} {start} {start + len(words)}\t{words}")
    return "\n".join([*lines, *EVENTS]) + "\n"


def write(folder: Path) -> None:
    """All three as files."""
    (folder / "made.conllu").write_text(conllu(), encoding="utf8")
    (folder / "made.iob2").write_text(iob2(), encoding="utf8")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf8")
    (folder / "article_a1b2.ann").write_text(brat(), encoding="utf8")


def vocabulary() -> list[str]:
    """A small vocabulary: marks, letters, and a few words of the corpus."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["the", "truce", "talks", "want", "peace", "said", "told", "envoy", "they", "in", "trust", "army"]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"!\"'.,-‘’“”", *letters, *("##" + c for c in letters), *known]
