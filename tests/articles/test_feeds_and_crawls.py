"""Feeds and crawls: each entry and each page is an article; nothing outside the file is followed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from detente.articles import read_sources
from detente.errors import InputError
from detente.records import Article

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Courier</title>
<item><title>Talks fail</title><link>https://courier.example/1</link><pubDate>Mon, 03 Mar 2025 22:30:00 GMT</pubDate>
<dc:creator>Ivo Stan</dc:creator><description>In short.</description>
<content:encoded><![CDATA[<p>The talks failed.</p><p>“We lost,” Ana Velkova said.</p><script>no()</script>]]></content:encoded></item>
<item><title>Rain</title><guid>https://courier.example/2</guid><description>It rained &amp; rained.</description></item>
<item><title>Empty</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Marland Wire</title>
<entry><title>Talks</title><link rel="alternate" href="https://wire.example/1"/><published>2025-03-02T09:00:00Z</published>
<author><name>Lena Haik</name></author><summary>They met.</summary></entry></feed>"""


def read(path: Path, data: str | bytes) -> list[Article | InputError]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_sources(path))


def test_rss(tmp_path: Path) -> None:
    first, second, third = read(tmp_path / "a.rss", RSS)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == "The talks failed.\n“We lost,” Ana Velkova said."
    assert (first.title, first.origin, first.publisher) == ("Talks fail", "https://courier.example/1", "The Courier")
    assert (first.published, first.authors) == ("2025-03-03", ("Ivo Stan",))
    assert (second.text, second.origin, second.published) == ("It rained & rained.", "https://courier.example/2", None)
    assert "entry 3: got an entry without text" in str(third)


def test_atom(tmp_path: Path) -> None:
    (entry,) = read(tmp_path / "a.atom", ATOM)
    assert isinstance(entry, Article)
    assert (entry.text, entry.origin, entry.publisher) == ("They met.", "https://wire.example/1", "Marland Wire")
    assert (entry.published, entry.authors) == ("2025-03-02", ("Lena Haik",))


def test_no_entity_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>' + RSS.partition("?>")[2].replace("In short.", "&x;").replace("content:encoded", "no")
    assert not any("SECRET" in str(getattr(thing, "text", "")) for thing in read(tmp_path / "a.xml", outside))
    laughs = '<!DOCTYPE l [<!ENTITY a "ha ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 20}">' for n in range(9)) + "]><rss><item><description>&j;</description></item></rss>"
    (error,) = read(tmp_path / "b.xml", laughs)
    assert isinstance(error, InputError)


WRONG = {
    "no xml": ("a.rss", "Talks failed.", "broken XML"),
    "no feed": ("a.xml", "<html><body>Talks</body></html>", "without entries"),
    "empty": ("a.atom", "", "broken XML"),
}


@pytest.mark.parametrize(("name", "data", "said"), WRONG.values(), ids=WRONG.keys())
def test_what_is_no_feed_is_said(tmp_path: Path, name: str, data: str, said: str) -> None:
    (error,) = read(tmp_path / name, data)
    assert said in str(error)


PAGE = "<html lang='en'><head><title>Talks fail</title></head><body><article><p>{}</p></article></body></html>"
WORDS = "The talks between Ostrava and Marland failed on Monday after three days in Keld, the envoys of both states said. " * 3


def crawl(pages: list[tuple[str, str, bytes]], *, gzipped: bool) -> bytes:
    pytest.importorskip("warcio", reason="WARC needs warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=gzipped)
    for address, status, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers))
    return stream.getvalue()


@pytest.mark.parametrize(("name", "gzipped"), [("a.warc", False), ("a.warc.gz", True)])
def test_each_page_of_a_crawl_is_an_article(tmp_path: Path, name: str, gzipped: bool) -> None:
    pages = [
        ("https://courier.example/1", "200 OK", PAGE.format(WORDS).encode()),
        ("https://courier.example/2", "404 Not Found", PAGE.format(WORDS).encode()),
        ("https://courier.example/3", "200 OK", b"<html></html>"),
    ]
    first, second = read(tmp_path / name, crawl(pages, gzipped=gzipped))
    assert isinstance(first, Article)
    assert first.origin == "https://courier.example/1"
    assert first.text.startswith("The talks between Ostrava and Marland failed")
    assert "no article text" in str(second)


@pytest.mark.parametrize("cut", [-40, 30])
def test_a_cut_crawl_gives_what_is_whole_and_says_the_rest(tmp_path: Path, cut: int) -> None:
    data = crawl([("https://courier.example/1", "200 OK", PAGE.format(WORDS).encode())] * 2, gzipped=True)
    found = read(tmp_path / "a.warc.gz", data[:cut])
    assert isinstance(found[-1], InputError)


def test_no_crawl(tmp_path: Path) -> None:
    pytest.importorskip("warcio", reason="WARC needs warcio")
    (error,) = read(tmp_path / "a.warc", b"Talks failed.")
    assert isinstance(error, InputError)
