"""Files, folders and standard input: what is found, in which order, and that one bad file stops nothing."""

import io
import os
import sys
from pathlib import Path

import pytest

from detente.articles import MAX_BYTES, Given, read_sources
from detente.errors import EmptyArticle, EncodingError, InputError, InvalidDate, MalformedInput, MissingInput
from detente.records import Article

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def tree(root: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def texts(results: list[Article | InputError]) -> list[str]:
    return [r.text if isinstance(r, Article) else type(r).__name__ for r in results]


def test_a_folder_is_read_whole_in_the_order_of_names(tmp_path: Path) -> None:
    tree(tmp_path, {
        "b.txt": b"b", "a.TXT": b"a", "z/1.txt": b"z1", "m/2.txt": b"m2", "m/1.ndjson": b'{"text": "m1"}',
        ".hidden.txt": b"no", ".git/x.txt": b"no", "notes.csv": b"no", "a.txt~": b"no", "README": b"no",
    })  # fmt: skip
    assert texts(list(read_sources(tmp_path))) == ["a", "b", "m1", "m2", "z1"]


def test_what_a_folder_has_beside_articles_is_told_by_kind(tmp_path: Path) -> None:
    files = {"a.txt": b"a", "b.pdf": b"%PDF", "c.pdf": b"%PDF", "m/d.docx": b"PK", "README": b"no", ".hidden": b"no"}
    tree(tmp_path, files)
    notes: list[str] = []
    assert texts(list(read_sources(tmp_path, notes=notes.append))) == ["a"]
    assert [n for n in notes if "(2 .pdf" in n and "1 .docx" in n and "1 without an ending" in n] == notes
    notes.clear()
    list(read_sources(tmp_path / "a.txt", notes=notes.append))
    assert notes == []


def test_origins_are_the_paths_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"news/a.txt": b"a", "b.txt": b"b"})
    monkeypatch.chdir(tmp_path)
    assert [a.origin for a in read_sources(["news", "b.txt"])] == ["news/a.txt", "b.txt"]


@pytest.mark.parametrize("one", [str, Path])
def test_one_path_need_not_be_a_list(tmp_path: Path, one: type) -> None:
    tree(tmp_path, {"a.txt": b"a"})
    assert texts(list(read_sources(one(tmp_path / "a.txt")))) == ["a"]


def test_nothing_given_is_nothing_read() -> None:
    assert list(read_sources([])) == []


def test_every_bad_file_is_an_error_and_the_rest_is_read(tmp_path: Path) -> None:
    tree(tmp_path, {
        "1.txt": b"one", "2.txt": PNG, "3.txt": b"", "4.txt": b"%PDF-1.7 ...", "5.html": b"<html></html>",
        "6.jsonl": b'{"text": "six"}\nbroken', "7.txt": b"caf\xe9 \x81", "8.txt": b"eight",
    })  # fmt: skip
    results = list(read_sources([tmp_path, tmp_path / "9.txt", tmp_path / "8.txt"]))
    assert texts(results) == [
        "one", "EncodingError", "EmptyArticle", "EncodingError", "EmptyArticle", "six", "MalformedInput",
        "EncodingError", "eight", "MissingInput", "eight",
    ]  # fmt: skip
    for error in results:
        if isinstance(error, InputError):
            assert "got " in error.message
            assert "expected" in error.message
            assert error.remedy


def test_a_pdf_is_named_with_the_command_that_helps(tmp_path: Path) -> None:
    tree(tmp_path, {"a.pdf": b"%PDF-1.7"})
    (error,) = read_sources(tmp_path / "a.pdf")
    assert "a PDF, which is not read" in error.message
    assert error.remedy == f"pdftotext {tmp_path / 'a.pdf'} {tmp_path / 'a.txt'} && detente read {tmp_path / 'a.txt'}"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    (error,) = read_sources(tmp_path / "no such.txt")
    assert isinstance(error, MissingInput)
    assert error.message == f"{tmp_path / 'no such.txt'}: got no such file or folder, expected a file of text"
    assert error.remedy == f"ls {tmp_path}"


def test_a_file_without_the_right_to_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"a.txt": b"a"})

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, so file modes prove nothing here
    (error,) = read_sources(tmp_path / "a.txt")
    assert isinstance(error, MissingInput)
    assert error.remedy == f"chmod u+r {tmp_path / 'a.txt'}"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_modes_are_obeyed(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": b"a", "shut/b.txt": b"b", "z.txt": b"z"})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    assert texts(list(read_sources(tmp_path))) == ["MissingInput", "z", "MissingInput"]
    (tmp_path / "shut").chmod(0o700)


def test_a_folder_that_cannot_be_listed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, {"a.txt": b"a", "shut/b.txt": b"b"})
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    results = list(read_sources(tmp_path))
    assert texts(results) == ["a", "MissingInput"]
    assert results[1].message.startswith(str(tmp_path / "shut"))


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 300 + ".txt", "a.txt/b.txt"])
def test_a_path_that_no_file_can_have_is_an_error(tmp_path: Path, name: str) -> None:
    tree(tmp_path, {"a.txt": b"a"})
    (error,) = read_sources(f"{tmp_path}/{name}")
    assert isinstance(error, MissingInput)


def test_a_file_name_that_is_not_utf8_gives_an_origin_that_is(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(path, "wb") as file:  # noqa: PTH123  a Path cannot be made of bytes
        file.write(b"a")
    (article,) = read_sources(tmp_path)
    assert article.origin == f"{tmp_path}/caf\\xe9.txt"


@pytest.mark.parametrize("files", [{}, {"a.pdf": b"%PDF-", ".b.txt": b"b"}])
def test_a_folder_without_articles_is_an_error(tmp_path: Path, files: dict[str, bytes]) -> None:
    (error,) = read_sources(tree(tmp_path, files))
    assert isinstance(error, MissingInput)
    assert "a folder without articles, expected files named .txt, .html" in error.message


def test_a_document_of_json_is_not_read_as_an_article(tmp_path: Path) -> None:
    tree(tmp_path, {"a.json": b'[{"text": "Talks."}]'})
    (error,) = read_sources(tmp_path / "a.json")
    assert isinstance(error, MalformedInput)
    assert "got a .json file, expected one of .txt" in error.message
    assert str(tmp_path / "a.") in error.remedy


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.xml", "a.csv.gz"])
def test_a_table_or_xml_in_a_folder_is_read_only_where_it_is_named(tmp_path: Path, name: str) -> None:
    tree(tmp_path, {"b.txt": b"b", name: b"no table of articles"})
    assert texts(list(read_sources(tmp_path))) == ["b"]
    assert len(list(read_sources(tmp_path / name))) == 1


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Talks resumed.\r\n", "Talks resumed.\r\n"),
        (b"{curly} words", "{curly} words"),
        (b"< 5 people", "< 5 people"),
        (b' { "text": "Talks."}', "Talks."),
        (b"\n<!DOCTYPE html><html><body><p>Talks resumed.</p><p>They go on.</p></body></html>", "Talks resumed.\nThey go on."),
    ],
)
def test_a_file_of_another_name_and_standard_input_are_told_by_their_first_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, text: str
) -> None:
    tree(tmp_path, {"article": data})
    stdin(monkeypatch, data)
    assert texts(list(read_sources([tmp_path / "article", "-"]))) == [text, text]


def test_standard_input_has_a_name_and_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b'{"text": "Talks."}\n{"text": 1}\n')
    article, error = read_sources("-")
    assert article.origin == "stdin:1"
    assert error.message.startswith("stdin, line 2: got a number")
    assert error.remedy.startswith("sed -n 2p -,")


def test_an_empty_standard_input_is_an_error_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"")
    (error,) = read_sources("-")
    assert isinstance(error, EmptyArticle)
    assert not sys.stdin.closed


def test_no_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    (error,) = read_sources("-")
    assert isinstance(error, MissingInput)


def test_a_pipe_that_is_named_is_read_and_one_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    tree(tmp_path, {"a.txt": b"a"})
    assert texts(list(read_sources(tmp_path))) == ["a"]
    keep = os.open(tmp_path / "pipe.txt", os.O_RDWR)  # holds the pipe open, so that neither end waits
    writer = os.open(tmp_path / "pipe.txt", os.O_WRONLY)
    os.write(writer, b"piped")
    results = read_sources(tmp_path / "pipe.txt", max_bytes=4)
    assert isinstance(next(results), InputError), "five bytes, of which four are allowed"
    os.close(writer)
    os.close(keep)


def test_links_that_go_in_circles_end(tmp_path: Path) -> None:
    tree(tmp_path, {"in/a.txt": b"a"})
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert texts(list(read_sources([tmp_path, tmp_path / "self.txt"]))) == ["a", "MissingInput"]


def test_articles_come_one_at_a_time(tmp_path: Path) -> None:
    results = read_sources([tree(tmp_path, {"a.txt": b"a"}) / "a.txt", tmp_path / "b.txt"])
    assert next(results).text == "a"
    (tmp_path / "b.txt").write_text("written after the first was read")
    assert next(results).text.startswith("written")


@pytest.mark.parametrize(
    ("option", "kind"),
    [({"published": "soon"}, InvalidDate), ({"country": "Marland"}, MalformedInput), ({"max_bytes": 0}, ValueError)],
)
def test_a_wrong_option_is_raised_at_the_call(option: dict, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=next(iter(option))) as caught:
        read_sources([], **option)
    if isinstance(caught.value, InputError):
        assert caught.value.remedy.startswith(f"detente read PATH --{next(iter(option))} ")


def test_the_limit_is_20_mb() -> None:
    assert Given().max_bytes == MAX_BYTES == 20_000_000


def test_an_encoding_error_of_a_listed_file_names_that_file(tmp_path: Path) -> None:
    tree(tmp_path, {"a.html": PNG})
    (error,) = read_sources(tmp_path)
    assert isinstance(error, EncodingError)
    assert error.message.startswith(str(tmp_path / "a.html"))
