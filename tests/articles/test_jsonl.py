"""JSON Lines: each line an article or an error that names it."""

import json
import tracemalloc
from io import BufferedReader, BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import read_sources
from detente.articles.jsonl import numbered_lines
from detente.errors import EmptyArticle, EncodingError, InputError, InvalidDate, MalformedInput
from detente.records import Article


def write(folder: Path, *lines: object, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_bytes(b"\n".join(x if isinstance(x, bytes) else json.dumps(x).encode() for x in lines) + b"\n")
    return path


def test_fields_are_read(tmp_path: Path) -> None:
    row = {
        "text": "The talks resumed.\r\n", "url": "https://courier.example/talks", "title": " Talks resume ",
        "published": "2025-03-02T10:00:00Z", "publisher": "The Marland Courier", "country": "uk",
        "authors": ["Jana Reed", "Tom Holt"], "language": "en-GB",
    }  # fmt: skip
    (article,) = read_sources(write(tmp_path, row))
    assert article == Article.of(
        "The talks resumed.\r\n", "https://courier.example/talks", title="Talks resume", published="2025-03-02",
        publisher="The Marland Courier", country="GB", authors=("Jana Reed", "Tom Holt"), language="en",
    )  # fmt: skip


@pytest.mark.parametrize("nothing", [None, "", []])
def test_an_exporters_nothing_is_unknown(tmp_path: Path, nothing: object) -> None:
    row = {"text": "Talks."} | dict.fromkeys(("url", "title", "published", "publisher", "country", "authors"), nothing)
    (article,) = read_sources(write(tmp_path, row))
    assert article == Article.of("Talks.", f"{tmp_path / 'a.jsonl'}:1")


def test_white_space_says_nothing(tmp_path: Path) -> None:
    (article,) = read_sources(write(tmp_path, {"text": "Talks.", "url": " ", "title": "\t", "authors": ["", " ", "Jana Reed"]}))
    assert article == Article.of("Talks.", f"{tmp_path / 'a.jsonl'}:1", authors=("Jana Reed",))


def test_one_author_may_be_a_string(tmp_path: Path) -> None:
    (article,) = read_sources(write(tmp_path, {"text": "Talks.", "authors": "Jana Reed"}))
    assert article.authors == ("Jana Reed",)


BAD_LINES = [
    (b'{"text": "Talks."', MalformedInput, "broken JSON (Expecting ',' delimiter at column 18)"),
    (b"{'text': 'Talks.'}", MalformedInput, "broken JSON"),
    (b"Talks resumed today.", MalformedInput, "broken JSON"),
    (b'["Talks."]', MalformedInput, 'a list, expected an object with "text"'),
    (b'"Talks."', MalformedInput, "a string, expected an object"),
    (b"12", MalformedInput, "a number, expected an object"),
    (b"null", MalformedInput, "null, expected an object"),
    (b"{}", MalformedInput, "the keys none at all"),
    (b'{"body": "Talks.", "id": 1}', MalformedInput, "the keys 'body', 'id', expected \"text\""),
    (b'{"text": null}', MalformedInput, "null for it"),
    (b'{"text": ["Talks."]}', MalformedInput, "a list for it"),
    (b'{"text": 7}', MalformedInput, "a number for it"),
    (b'{"text": true}', MalformedInput, "true or false for it"),
    (b'{"text": {"a": 1}}', MalformedInput, "an object for it"),
    (b'{"text": ""}', EmptyArticle, "no letter and no digit"),
    (b'{"text": " \\n "}', EmptyArticle, "no letter and no digit"),
    (b'{"text": "half \\ud800 a pair"}', EncodingError, "half of a surrogate pair (\\ud800) at character 5"),
    (b'{"text": "a\\u0000b"}', EncodingError, "NUL character"),
    (b'{"text": "caf\xe9"}', EncodingError, "not UTF-8 (at 13)"),
    (b'{"text": "Talks.", "title": "\\udfff"}', EncodingError, '"title": got half of a surrogate pair'),
    (b'{"text": "Talks.", "title": 4}', MalformedInput, '"title": got a number, expected a string'),
    (b'{"text": "Talks.", "authors": {"a": 1}}', MalformedInput, '"authors": got an object, expected a list'),
    (b'{"text": "Talks.", "authors": ["a", 1]}', MalformedInput, '"authors": got a number, expected a string'),
    (b'{"text": "Talks.", "published": "yesterday"}', InvalidDate, '"published": got the date \'yesterday\''),
    (b'{"text": "Talks.", "published": "2025-02-30"}', InvalidDate, "no calendar has"),
    (b'{"text": "Talks.", "published": "2999-01-01"}', InvalidDate, "in the future"),
    (b'{"text": "Talks.", "published": "1066-10-14"}', InvalidDate, "from 1600"),
    (b'{"text": "Talks.", "published": 1740873600}', InvalidDate, "a day as a string"),
    (b'{"text": "Talks.", "country": "England"}', MalformedInput, "'England', expected a two-letter code"),
    (b'{"text": "Talks.", "country": 44}', MalformedInput, "a number, expected a string"),
    (b'{"text": "Talks.", "language": "English please"}', MalformedInput, "expected a code such as en"),
    (b'{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1}', MalformedInput, "'g', 'h', …, expected"),
    (b'{"text": "Talks.", "published": "' + b"9" * 100 + b'"}', InvalidDate, "'" + "9" * 60 + "…'"),
    (b'{"\\ud800": 1}', MalformedInput, "'\\ud800'"),
    (b'{"text": ' + b"[" * 100_000, MalformedInput, "cannot be read"),
    (b'{"text": "Talks.", "n": ' + b"9" * 5000 + b"}", MalformedInput, "cannot be read"),
]


@pytest.mark.parametrize(("line", "kind", "says"), BAD_LINES, ids=lambda x: str(x)[:40])
def test_a_bad_line_is_named_and_the_next_is_read(tmp_path: Path, line: bytes, kind: type[InputError], says: str) -> None:
    path = write(tmp_path, *[{"text": f"Talks, day {n}."} for n in range(1, 7)], line, {"text": "Talks, day 8."})
    results = list(read_sources(path))
    assert [type(r) for r in results] == [Article] * 6 + [kind, Article]
    assert results[6].message.startswith(f"{path}, line 7")
    assert says in results[6].message
    assert results[6].remedy == f"sed -n 7p {path}, which shows the line to mend"
    assert results[7].text == "Talks, day 8."


def test_an_export_of_detente_is_sent_to_import(tmp_path: Path) -> None:
    (error,) = read_sources(write(tmp_path, {"kind": "statement", "id": "st-1"}))
    assert error.remedy.startswith("detente import")


def test_blank_lines_and_a_mark_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + b'{"text": "One."}', b"", b"  \r", b'{"text": "Two."}\r', b"{")
    results = list(read_sources(path))
    assert [getattr(r, "text", None) for r in results] == ["One.", "Two.", None]
    assert results[1].origin == f"{path}:4"
    assert "line 5" in results[2].message


def test_line_separators_inside_a_string_do_not_end_the_line(tmp_path: Path) -> None:
    text = "One\u2028two\u2029three\x85four\x0cfive."
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps({"text": text}, ensure_ascii=False), encoding="utf-8")
    (article,) = read_sources(path)
    assert article.text == text


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf\n"])
def test_a_file_without_lines_is_empty(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.jsonl").write_bytes(data)
    (error,) = read_sources(tmp_path / "a.jsonl")
    assert isinstance(error, EmptyArticle)


def test_utf16_is_refused_whole(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"text": "One."}\n{"text": "Two."}'.encode("utf-16"))
    (error,) = read_sources(tmp_path / "a.jsonl")
    assert isinstance(error, EncodingError)
    assert error.remedy.startswith("iconv -f UTF-16")


def test_keys_that_are_not_read_are_named_once(tmp_path: Path) -> None:
    notes: list[str] = []
    path = write(tmp_path, {"text": "One.", "section": "World"}, {"text": "Two.", "section": "World", "body": ""})
    assert len(list(read_sources(path, notes=notes.append))) == 2
    assert notes == [f"{path}: keys that are not read: 'body', 'section'"]


def test_what_is_given_goes_before_the_line(tmp_path: Path) -> None:
    notes: list[str] = []
    path = write(tmp_path, {"text": "One.", "country": "US"}, {"text": "Two."})
    assert [a.country for a in read_sources(path, country="GB", notes=notes.append)] == ["GB", "GB"]
    assert notes == [f"{path}, line 1: country is 'US' in the file; 'GB' was given and is used"]


def test_a_line_over_the_limit_is_passed_by_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "One."}\n{"text": "')
        for _ in range(50):
            file.write(b"a" * 1_000_000)
        file.write(b'"}\n{"text": "Three."}\n')
    tracemalloc.start()
    one, error, three = read_sources(path, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (one.text, three.text) == ("One.", "Three.")
    assert error.message == f"{path}, line 2: got more than 1,000,000 bytes, expected one article"
    assert peak < 8_000_000, "the line of 50 MB was held in memory"


@given(st.lists(st.binary(max_size=12).filter(lambda b: b"\n" not in b), min_size=1), st.integers(1, 10), st.booleans())
def test_lines_within_the_limit_come_whole_and_others_as_none(lines: list[bytes], limit: int, ends: bool) -> None:
    stream = BufferedReader(BytesIO(b"\n".join(lines) + b"\n" * ends))
    got = [(n, None if line is None else line.removesuffix(b"\n")) for n, line in numbered_lines(stream, limit)]
    expected = [(n, line if len(line) <= limit else None) for n, line in enumerate(lines, 1)]
    if not ends and lines[-1] == b"":
        expected.pop()  # nothing after the last line end is no line
    assert got == expected


ROWS = st.fixed_dictionaries(
    {"text": st.text(min_size=1)},
    optional={k: st.none() | st.text() | st.integers() for k in ("url", "title", "published", "country", "authors", "x")},
)


@given(st.lists(ROWS | st.integers() | st.text(), min_size=1, max_size=6))
def test_every_line_gives_one_result_in_order(tmp_path_factory, rows: list[object]) -> None:
    path = write(tmp_path_factory.mktemp("jsonl"), *rows)
    results = list(read_sources(path))
    assert len(results) == len(rows)
    for row, result in zip(rows, results, strict=True):
        if isinstance(result, Article):
            assert result.text == row["text"]
        else:
            assert isinstance(result, InputError)
            assert "got " in result.message
