"""Where the parts of a data folder are: by the names of its files, none of which need be there."""

from __future__ import annotations

from pathlib import Path

from detente.evaluation.gold import gold_kinds

# By part, where it is looked for; {split} is dev unless told otherwise.
PLACES = {
    "trees": "ud/*-{split}.conllu",
    "names": "ner/uner_*-{split}.iob2 beside ud/, ner/crossner_*-{split}.txt",
    "attributions": "polnear/{split}/*.txt with .ann",
    "records": "gold/*/*.jsonl, or statements.jsonl … in the folder itself",
    "speakers": "polnear_speakers.csv, beside polnear/{split}/",
    "anaphora": "ud/en_gum*-{split}.conllu; polnear_anaphora.csv, beside polnear/{split}/",
}
PARTS = tuple(PLACES)


class Layout:
    """The files of a data folder.

    Args:
        data: the folder, or one that has it as `data/`.
        split: which part of each corpus: "dev", "test" …
        tables: the folder of tables of speakers and anaphora; the data folder where `None`.
    """

    def __init__(self, data: Path, split: str = "dev", tables: Path | None = None) -> None:
        self.data, self.split = data, split
        self._tables = [tables] if tables else [data, data / "data"]

    def _files(self, pattern: str) -> list[Path]:
        return [path for root in (self.data, self.data / "data") for path in sorted(root.glob(pattern))]

    def treebanks(self) -> dict[str, Path]:
        """The treebanks by name: "ewt" of `en_ewt-dev.conllu`."""
        return {_short(path, self.split): path for path in self._files(f"ud/*-{self.split}.conllu")}

    def chained(self) -> dict[str, Path]:
        """The treebanks that mark chains of mentions."""
        return {name: path for name, path in self.treebanks().items() if name == "gum"}

    def names_over_treebanks(self) -> dict[str, tuple[Path, Path]]:
        """By name, a treebank and the names over it."""
        trees = self.treebanks()
        found = {_short(path, self.split): path for path in self._files(f"ner/uner_*-{self.split}.iob2")}
        pairs = {name: (trees.get(name.removeprefix("uner_")), path) for name, path in found.items()}
        return {name: (tree, path) for name, (tree, path) in pairs.items() if tree}

    def names_in_columns(self) -> dict[str, Path]:
        """The corpora of names with CrossNER's types."""
        return {_short(path, self.split): path for path in self._files(f"ner/crossner_*-{self.split}.txt")}

    def attributions(self) -> Path | None:
        """The folder of attributions."""
        return next((path for path in self._files(f"polnear/{self.split}") if any(path.glob("*.ann"))), None)

    def table(self, of: str) -> Path | None:
        """The table of speakers or of anaphora, where the texts that it is about are there too."""
        found = [path for folder in self._tables if (path := folder / f"polnear_{of}.csv").is_file()]
        return found[0] if found and self.attributions() else None

    def gold(self) -> dict[str, Path]:
        """The folders of gold records."""
        folders = [self.data, *(path for path in self._files("gold/*") if path.is_dir())]
        return {path.resolve().name: path for path in folders if gold_kinds(path)}

    def place(self, part: str) -> str:
        """Where a part was looked for."""
        return PLACES[part].format(split=self.split)


def _short(path: Path, split: str) -> str:
    return path.stem.removesuffix(f"-{split}").removeprefix("en_").removesuffix("_clean")
