"""A whole evaluation of a made data folder, what it says of what is not there, and its floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from detente.cli.evaluate import PARTS as OFFERED
from detente.errors import InputError, MalformedInput, MissingInput
from detente.evaluation import PARTS, Figure, Report, evaluate, read_floors, unmet
from detente.evaluation.gold import compare_records, gold_statements, gold_text
from detente.evaluation.report import Gathered
from detente.evaluation.scoring import Counts

from . import made

TEXT = "President Ana Velkova of Ostrava said that talks go on. “We want peace,” she told reporters.\n"
STATEMENT = {"kind": "indirect", "speaker": "Ana Velkova", "source": [0, 32], "cue": [33, 37], "content": [[38, 54]]}
EVENT = {"evidence": [[43, 54]], "text": ["talks go on"], "type": "CONSULT", "actors": [], "recipients": [], "date": None}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one small file for every part."""
    for name in ("ud", "ner", "polnear/dev", "gold/talks"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "ud/en_ewt-dev.conllu").write_text(made.conllu(), encoding="utf8")
    (tmp_path / "ud/en_gum_clean-dev.conllu").write_text(made.conllu(), encoding="utf8")
    (tmp_path / "ner/uner_ewt-dev.iob2").write_text(made.iob2(), encoding="utf8")
    (tmp_path / "ner/crossner_politics-dev.txt").write_text("Ana\tB-politician\nVelkova\tI-politician\nspoke\tO\n", encoding="utf8")
    (tmp_path / "polnear/dev/article.txt").write_text(made.ARTICLE, encoding="utf8")
    (tmp_path / "polnear/dev/article_a1b2.ann").write_text(made.brat(), encoding="utf8")
    start = made.ARTICLE.index("“We")
    row = f"article,{start},{start + 17},direct,unnamed,the envoy,x\n"
    (tmp_path / "polnear_speakers.csv").write_text(f"document,start,end,kind,speaker,also,how\n{row}", encoding="utf8")
    row = "article,0,11,description,Ana Velkova,Velkova\n"
    (tmp_path / "polnear_anaphora.csv").write_text(f"document,start,end,words_kind,speaker,also\n{row}", encoding="utf8")
    gold(tmp_path / "gold/talks")
    return tmp_path


def gold(folder: Path, **rows: object) -> Path:
    (folder / "article.txt").write_text(TEXT, encoding="utf8")
    (folder / "statements.jsonl").write_text(json.dumps(STATEMENT | rows) + "\n", encoding="utf8")
    (folder / "events.jsonl").write_text(json.dumps(EVENT) + "\n", encoding="utf8")
    return folder


def test_every_part_is_found_by_its_place(data: Path) -> None:
    report = evaluate(data)
    assert {figure.part for figure in report.figures} == set(PARTS)
    assert report.missing == {}
    assert all(0 <= figure.value <= 100 and figure.documents > 0 for figure in report.figures)
    assert len({figure.name for figure in report.figures}) == len(report.figures)
    values = {figure.name: figure.value for figure in report.figures}
    assert values["model.trees.ewt.raw_words"] == 100
    assert values["reading.records.talks.statements_e2e_f1"] > 0
    assert values["model.attributions.polnear.overlap_f1"] > 0
    assert evaluate(data) == report


def test_a_folder_above_serves_too(data: Path) -> None:
    (data / "above").mkdir()
    for name in ("ud", "ner"):
        (data / name).rename(data / "above" / name)
    (data / "above").rename(data / "data")
    assert {figure.part for figure in evaluate(data, parts=("trees", "names")).figures} == {"trees", "names"}


def test_what_is_not_there_is_said(data: Path) -> None:
    (data / "ner/uner_ewt-dev.iob2").unlink()
    (data / "ner/crossner_politics-dev.txt").unlink()
    assert evaluate(data, parts=("names", "trees")).missing == {"names": "ner/uner_*-dev.iob2 beside ud/, ner/crossner_*-dev.txt"}


@pytest.mark.parametrize("name", ["nowhere", "ud"])
def test_a_folder_with_nothing_to_score(data: Path, name: str) -> None:
    with pytest.raises(MissingInput, match=r"expected .*|ud/\*-test"):
        evaluate(data / name, split="test")


def test_progress_and_every_other_text(data: Path) -> None:
    seen = []

    def track(documents, what):
        seen.append((what, len(documents)))
        return documents

    report = evaluate(data, parts=("trees",), every=2, track=track)
    assert seen == [("trees, ewt", 1), ("trees, gum", 1)]
    assert {figure.documents for figure in report.figures} == {1}
    assert report.figures[0].low is None


@pytest.mark.parametrize("content", [b"", b"no model"])
def test_a_file_that_is_no_model(data: Path, content: bytes) -> None:
    (data / "model.onnx").write_bytes(content)
    with pytest.raises(MalformedInput, match=r"model\.onnx: got a file that is no language model"):
        evaluate(data, model=data / "model.onnx")
    with pytest.raises(MissingInput, match=r"nowhere\.onnx"):
        evaluate(data, model=data / "nowhere.onnx")


def test_the_command_offers_every_part() -> None:
    assert OFFERED == PARTS


# ---------------------------------------------------------------- gold records


def test_events_by_their_words_and_fields(tmp_path: Path) -> None:
    folder = gold(tmp_path)
    counts = compare_records("events", [], folder, TEXT)
    assert counts == {"f1": Counts(0, 0, 1)}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"content": [[38, 9999]]}, r"statements\.jsonl, line 1: .*code points of the text, from 0 to"),
        ({"content": [[54, 38]]}, "code points"),
        ({"content": []}, "code points"),
        ({"content": "x"}, r"line 1: .*\$\.content"),
        ({"kind": None}, r"\$\.kind`; expected a gold record with content and kind"),
        ({"text": ["that talks end"]}, "the words that stand at 38 to 54, 'that talks go on'"),
    ],
)
def test_gold_that_does_not_stand_on_its_words(tmp_path: Path, rows: dict[str, object], says: str) -> None:
    with pytest.raises(MalformedInput, match=says):
        gold_statements(gold(tmp_path, **rows), TEXT)


def test_a_line_that_is_no_json(tmp_path: Path) -> None:
    folder = gold(tmp_path)
    (folder / "statements.jsonl").write_text("\n{", encoding="utf8")
    with pytest.raises(MalformedInput, match="line 2"):
        gold_statements(folder, TEXT)


@pytest.mark.parametrize("texts", [0, 2])
def test_gold_without_its_one_text(tmp_path: Path, texts: int) -> None:
    folder = gold(tmp_path)
    (folder / "article.txt").unlink()
    for number in range(texts):
        (folder / f"{number}.txt").write_text(TEXT, encoding="utf8")
    with pytest.raises(MissingInput, match=r"expected one \.txt"):
        gold_text(folder)


# ---------------------------------------------------------------- floors


def report(**values: float) -> Report:
    figures = (Figure("trees", "model", "ewt", name, value, None, None, 1, 9) for name, value in values.items())
    return Report("1", tuple(figures), {})


@pytest.mark.parametrize(
    ("floor", "below"),
    [("raw_LAS = 80", []), ("raw_LAS = 84.4", []), ("raw_LAS = 84.5", ["model.trees.ewt.raw_LAS: 84.4 is below its floor of 84.5"])],
)
def test_a_figure_below_its_floor(tmp_path: Path, floor: str, below: list[str]) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(f"[evaluate.model.trees.ewt]\n{floor}\n[evaluate.model.trees.gum]\nraw_LAS = 99\n", encoding="utf8")
    found, unmeasured = unmet(report(raw_LAS=84.4), read_floors(path))
    assert [str(one) for one in found] == below
    assert unmeasured == ["model.trees.gum.raw_LAS"]


def test_a_floor_of_no_figure() -> None:
    with pytest.raises(MalformedInput, match=r"'model\.trees\.ewt\.raw_las', .*such as 'model\.trees\.ewt\.raw_LAS'"):
        unmet(report(raw_LAS=84.4), {"model.trees.ewt.raw_las": 80.0})


@pytest.mark.parametrize(
    "content", ["", "[evaluate", "evaluate = 3", "[evaluate]\nx = 'high'", "[evaluate]\nx = 101", "[evaluate]\nx = true", "[evaluate]\nx = nan", "[evaluate]\nx = [1]"]
)
def test_broken_floors(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(content, encoding="utf8")
    with pytest.raises(InputError, match=r"floors\.toml"):
        read_floors(path)


def test_figures_by_reader_and_with_their_interval() -> None:
    gathered = Gathered("trees", "ewt")
    for right in (4, 8):
        gathered.add("model", {"LAS": Counts(right, 10, 10)}, "raw_")
    gathered.add("joint", {"LAS": Counts(1, 1, 1)})
    gathered.add("joint", {"UAS": Counts(0, 0, 0)})
    first, second = gathered.figures()
    assert (first.name, first.value, first.documents, first.of) == ("model.trees.ewt.raw_LAS", 60, 2, 20)
    assert first.score == "60.0 (40.0–80.0)"
    assert (second.name, second.score) == ("joint.trees.ewt.LAS", "100.0")
