"""Takes every score of a data folder, part by part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from detente.errors import MissingInput
from detente.evaluation import anaphora, tables
from detente.evaluation.attributions import british, read_brat
from detente.evaluation.documents import IGNORED, Document
from detente.evaluation.gold import (
    FIELDS,
    STATEMENTS,
    compare_records,
    gold_kinds,
    gold_statements,
    gold_text,
)
from detente.evaluation.layout import PARTS, Layout
from detente.evaluation.names import CROSSNER, read_columns
from detente.evaluation.readers import JOINT, MODEL, READING, Readers
from detente.evaluation.report import Figure, Gathered, Report
from detente.evaluation.scoring import Counts
from detente.evaluation.statements import compare, of_attribution, of_corpus, of_statement
from detente.evaluation.treebanks import add_uner, gum_mentions, read_treebank
from detente.evaluation.trees import GivenWords, raw
from detente.language.analysis import Name
from detente.language.model import WEIGHTS
from detente.reading import Reading
from detente.records import KINDS, Article, Statement

NAMES = ("person", "organisation", "place")
# PolNeAR's newspapers are American.
POLNEAR_COUNTRY = "US"
Thing = TypeVar("Thing")
# Hands on what it is given, and shows a person how far it has got.
Track = Callable[[Sequence[Document], str], Iterable[Document]]


@dataclass(frozen=True)
class _Work:
    """What every part needs."""

    layout: Layout
    readers: Readers
    whole: bool
    every: int
    published: str | None
    country: str | None
    track: Track

    def over(self, documents: Sequence[Document], what: str) -> Iterable[Document]:
        """The documents to take."""
        return self.track(documents[:: self.every], what)


def evaluate(
    data: Path,
    *,
    model: Path = WEIGHTS,
    parts: Collection[str] = PARTS,
    split: str = "dev",
    every: int = 1,
    whole: bool = True,
    published: str | None = None,
    country: str | None = None,
    tables: Path | None = None,
    track: Track = lambda documents, _: documents,
) -> Report:
    """Take the scores of a data folder.

    Args:
        data: the folder; `layout.PLACES` says where each part is looked for.
        model: the ONNX file.
        parts: of `PARTS`.
        split: which part of each corpus: "dev", "test" …
        every: take every so manieth document, from 1.
        whole: whether attributions are also scored as they are read and exported, which takes longest.
        published, country: of the texts with gold records.
        tables: the folder of tables of speakers and anaphora; the data folder where `None`.
        track: is handed the documents of each step with the step's name, and hands them on.

    Returns:
        The figures, and which parts were not there.

    Raises:
        InputError: the folder has none of the parts, or a file of it is not well formed.
    """
    for folder in filter(None, (data, tables)):
        if not folder.is_dir():
            raise MissingInput(
                f"{folder}: got no folder, expected one with corpora, gold records or tables",
                "detente evaluate --help",
            )
    work = _Work(Layout(data, split, tables), Readers(model), whole, every, published, country, track)
    figures: list[Figure] = []
    missing = {}
    for part in (part for part in PARTS if part in parts):
        found = [figure for gathered in _PARTS[part](work) for figure in gathered.figures()]
        figures += found
        if not found:
            missing[part] = work.layout.place(part)
    if not figures:
        places = "; ".join(f"{part}: {place}" for part, place in missing.items())
        raise MissingInput(
            f"{data}: got nothing that can be scored, expected one of these: {places}",
            "detente evaluate --help",
        )
    return Report(work.readers.version, tuple(figures), missing)


def _trees(work: _Work) -> Iterator[Gathered]:
    given = GivenWords(work.readers.encoder)
    for corpus, path in work.layout.treebanks().items():
        gathered = Gathered("trees", corpus)
        for document in work.over(read_treebank(path), f"trees, {corpus}"):
            gathered.add(MODEL, given.score(document), "gold_")
            gathered.add(MODEL, raw(document, work.readers.model.analyse(document.text)), "raw_")
        yield gathered


def _names(work: _Work) -> Iterator[Gathered]:
    corpora = {}
    for name, (tree, path) in work.layout.names_over_treebanks().items():
        corpora[name] = read_treebank(tree)
        add_uner(corpora[name], path)
    corpora |= {name: read_columns(path, CROSSNER) for name, path in work.layout.names_in_columns().items()}
    for corpus, documents in corpora.items():
        gathered = Gathered("names", corpus)
        for document in work.over(documents, f"names, {corpus}"):
            gathered.add(MODEL, _compare_names(document, work.readers.hear(document.text).names))
            gathered.add(JOINT, _compare_names(document, work.readers.analyse(document.text).names))
        yield gathered


def _compare_names(document: Document, names: Iterable[Name]) -> dict[str, Counts]:
    """Persons, organisations and places by exact span and type; what the corpus leaves out is left out."""
    left_out = [span for span, kind in document.names or () if kind == IGNORED]
    gold = {(span, kind) for span, kind in document.names or () if kind in NAMES}
    found = {
        (name.span, name.type)
        for name in names
        if name.type in NAMES and not any(span.meets(name.span) for span in left_out)
    }
    return {"f1": Counts(len(gold & found), len(found), len(gold))}


def _attributions(work: _Work) -> Iterator[Gathered]:
    folder = work.layout.attributions()
    if folder is None:
        return
    documents = read_brat(folder)
    for corpus in ("polnear", "polnear_british"):
        gathered = Gathered("attributions", corpus)
        for document in work.over(documents, f"attributions, {corpus}"):
            gold = of_corpus(document)  # of the text as it was: the kinds are told by its marks
            text = document.text if corpus == "polnear" else british(document).text
            heard, told = work.readers.hear(text), work.readers.analyse(text)
            gathered.add(MODEL, compare([of_attribution(text, one) for one in heard.attributions], gold))
            gathered.add(JOINT, compare([of_attribution(text, one) for one in told.attributions], gold))
            if work.whole:
                said = _statements(_read(work, document, text))
                gathered.add(READING, compare([of_statement(text, one) for one in said], gold))
        yield gathered


def _article(document: Document, text: str) -> Article:
    """A text of PolNeAR's as an article."""
    return Article.of(text, f"{document.id}.txt", published=document.published, country=POLNEAR_COUNTRY)


def _read(work: _Work, document: Document, text: str) -> Reading:
    return work.readers.read(_article(document, text))


def _statements(reading: Reading) -> list[Statement]:
    return [record for record in reading.records if isinstance(record, Statement)]


def _records(work: _Work) -> Iterator[Gathered]:
    for corpus, folder in work.layout.gold().items():
        gathered = Gathered("records", corpus)
        document = gold_text(folder)
        for _ in work.track([document], f"records, {corpus}"):
            article = Article.of(
                document.text, f"{document.id}.txt", published=work.published, country=work.country
            )
            records = work.readers.read(article).records
            for kind in gold_kinds(folder):
                of_kind = [record for record in records if isinstance(record, KINDS[kind.removesuffix("s")])]
                if kind in FIELDS:
                    gathered.add(READING, compare_records(kind, of_kind, folder, document.text), f"{kind}_")
                else:
                    said = [of_statement(document.text, one) for one in of_kind if isinstance(one, Statement)]
                    gathered.add(
                        READING, compare(said, gold_statements(folder, document.text)), f"{STATEMENTS}_"
                    )
        yield gathered


def _speakers(work: _Work) -> Iterator[Gathered]:
    table, folder = work.layout.table("speakers"), work.layout.attributions()
    if table is None or folder is None:
        return
    rows = tables.read_table(table)
    gathered = Gathered("speakers", "polnear")
    for document in work.over(_named(folder, rows), "speakers, polnear"):
        reading = _read(work, document, document.text)
        nameless = frozenset(actor.id for actor in reading.actors if actor.type == "unnamed")
        said = _statements(reading)
        gathered.add(READING, tables.speakers(rows[document.id], said, document.text, nameless))
    yield gathered


def _anaphora(work: _Work) -> Iterator[Gathered]:
    for corpus, path in work.layout.chained().items():
        gathered, mentions = Gathered("anaphora", corpus), gum_mentions(path)
        for document in work.over(read_treebank(path), f"anaphora, {corpus}"):
            article = Article.of(document.text, document.id, published=document.published)
            gathered.add(READING, anaphora.score(document, mentions, work.readers.cast(article)))
        yield gathered
    table, folder = work.layout.table("anaphora"), work.layout.attributions()
    if table is None or folder is None:
        return
    rows, gathered = tables.read_table(table), Gathered("anaphora", "polnear")
    for document in work.over(_named(folder, rows), "anaphora, polnear"):
        cast = work.readers.cast(_article(document, document.text))
        gathered.add(READING, tables.anaphora(rows[document.id], cast))
    yield gathered


def _named(folder: Path, rows: Collection[str]) -> list[Document]:
    """The texts of a folder that a table has rows of."""
    return [document for document in read_brat(folder) if document.id in rows]


_PARTS: dict[str, Callable[[_Work], Iterator[Gathered]]] = {
    "trees": _trees, "names": _names, "attributions": _attributions, "records": _records, "speakers": _speakers,
    "anaphora": _anaphora,
}  # fmt: skip
