"""Packed files: what comes before a damaged place is read, and nothing that was cut off is taken for whole."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.articles import read_sources
from detente.errors import InputError
from detente.records import Article


def zst(data: bytes) -> bytes:
    return pytest.importorskip("zstandard", reason=".zst needs zstandard").ZstdCompressor().compress(data)


PACKED: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zst}
packed = pytest.mark.parametrize("suffix", PACKED)


def lines(count: int) -> bytes:
    """Articles that do not pack well, so that a cut falls between them."""
    draw = random.Random(1)
    return b"".join(json.dumps({"text": f"Talks {n} {draw.getrandbits(4000):x}."}).encode() + b"\n" for n in range(count))


@packed
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_file_gives_what_is_whole_and_says_the_rest(tmp_path: Path, suffix: str, share: float) -> None:
    data, path = PACKED[suffix](lines(400)), tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(data[: int(len(data) * share)])
    found = list(read_sources(path))
    read = [thing for thing in found if isinstance(thing, Article)]
    # A block of either format holds at most 128 kB, which is 120 of these lines, and comes out whole or not at all.
    assert 400 * share - 130 <= len(read) <= 400 * share
    assert [a.origin.rpartition(":")[2] for a in read] == [str(n + 1) for n in range(len(read))]
    assert "damaged compressed file" in str(found[-1])


@packed
def test_a_text_that_is_cut_off_is_no_article(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(PACKED[suffix](lines(400))[:-20])
    (error,) = read_sources(path)
    assert isinstance(error, InputError)


@packed
@given(parts=st.lists(st.binary(min_size=1, max_size=50).filter(lambda b: b"\n" not in b and b"\r" not in b), min_size=1, max_size=4))
def test_several_packed_pieces_are_one_file(tmp_path_factory: pytest.TempPathFactory, suffix: str, parts: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("pieces") / f"a.jsonl{suffix}"
    rows = [json.dumps({"text": "a" + part.hex()}).encode() + b"\n" for part in parts]
    path.write_bytes(b"".join(map(PACKED[suffix], rows)))
    assert [article.text for article in read_sources(path)] == ["a" + part.hex() for part in parts]


def test_the_remedy_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    path = tmp_path / "two words.txt.gz"
    path.write_bytes(b"no gzip")
    (error,) = read_sources(path)
    assert isinstance(error, InputError)
    assert error.remedy == f"gzip -t '{path}'"
