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


def entry_of(path: Path, inside: str, feed: str = "<rss><channel><item>{}</item></channel></rss>") -> str:
    (entry,) = read(path, feed.format(inside))
    assert isinstance(entry, Article), entry
    return entry.text


IN_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>'
TEXTS = {
    "undeclared names of HTML": ("<description>Talks&nbsp;failed at the caf&eacute; &mdash; again.</description>", "Talks\xa0failed at the café — again."),
    "escaped twice, as RSS does": ("<description>Kell &amp;amp; Sons: &amp;#8220;no&amp;#8221;.</description>", "Kell & Sons: “no”."),
    "escaped markup": ("<description>&lt;p&gt;One &amp;mdash; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;</description>", "One — two.\nThree."),
    "a sign that is no markup": ("<description>Prices rose &amp;lt; 6 %.</description>", "Prices rose < 6 %."),
    "a comment": ("<description>&lt;!-- no --&gt;One.&lt;br&gt;Two.</description>", "One.\nTwo."),
    "a name that nobody knows": ("<description><![CDATA[R&d; went on.]]></description>", "R&d; went on."),
    "the fullest that has words": ("<content>&lt;br&gt;</content><description>Rain.</description>", "Rain."),
}
ATOM_TEXTS = {
    "text": ('<content type="text">Say &lt;b&gt; &amp;amp; go.</content>', "Say <b> &amp; go."),
    "html": ('<content type="html">Say &lt;b&gt;no&lt;/b&gt; &amp;amp; go.</content>', "Say no & go."),
    "xhtml": ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p>Two<script>x</script> three.</div></content>', "One.\nTwo three."),
}


@pytest.mark.parametrize(("inside", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_the_words_of_an_entry(tmp_path: Path, inside: str, text: str) -> None:
    assert entry_of(tmp_path / "a.rss", inside) == text


@pytest.mark.parametrize(("inside", "text"), ATOM_TEXTS.values(), ids=ATOM_TEXTS.keys())
def test_the_words_of_an_entry_in_atom(tmp_path: Path, inside: str, text: str) -> None:
    assert entry_of(tmp_path / "a.atom", inside, IN_ATOM) == text


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


WHOLE = [(f"https://courier.example/{n}", "200 OK", PAGE.format(f"Round {n}. {WORDS}").encode()) for n in range(4)]


def scratched(data: bytes, *, gzipped: bool) -> bytes:
    """The crawl with the beginning of its second record overwritten."""
    mark = b"\x1f\x8b\x08" if gzipped else b"WARC/1.0"
    place = data.index(mark, data.index(mark) + 1)
    return data[:place] + b"\x00\x1b[2J" * 8 + data[place + 40 :]


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_damaged_record_costs_itself_alone(tmp_path: Path, gzipped: bool, capfd: pytest.CaptureFixture[str]) -> None:
    data = scratched(crawl(WHOLE, gzipped=gzipped), gzipped=gzipped)
    found = read(tmp_path / ("a.warc.gz" if gzipped else "a.warc"), data)
    assert [thing.origin for thing in found if isinstance(thing, Article)] == [WHOLE[n][0] for n in (0, 2, 3)]
    (error,) = (thing for thing in found if isinstance(thing, InputError))
    assert "damaged record at byte" in str(error)
    assert str(error).isprintable() or str(error).replace("\n", "").isprintable()
    assert capfd.readouterr().err == ""


def test_a_record_that_says_another_length_costs_itself_and_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = crawl(WHOLE, gzipped=False)
    place = data.index(b"Content-Length: ") + len(b"Content-Length: ")
    found = read(tmp_path / "a.warc", data[:place] + b"300" + data[place + 3 :])
    assert [thing.origin for thing in found if isinstance(thing, Article)][-3:] == [page[0] for page in WHOLE[1:]]
    assert any(isinstance(thing, InputError) for thing in found)
    assert capfd.readouterr().err == ""


def test_a_page_that_cannot_be_read_is_named_with_its_file(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "a.warc", crawl([("https://courier.example/1", "200 OK", b"<p>\0\0</p>")], gzipped=False))
    assert isinstance(error, InputError)
    assert error.message.startswith(f"{tmp_path}/a.warc, https://courier.example/1: ")
    assert "iconv" not in error.remedy
