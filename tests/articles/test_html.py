"""HTML: the article's text and what the page says of itself, on pages made up for the purpose."""

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.articles import read_sources
from detente.errors import EmptyArticle, InputError
from detente.records import Article

SENTENCES = (
    "President Ana Velkova said on Tuesday that the Republic of Marland would lend Ostrava “£2.5bn” for its railways.",
    "The two governments had been in talks for weeks, officials said, and both sides hope that more will come of it.",
    "The chamber votes on the loan in the spring; the opposition has asked for the terms to be published before that.",
)
META = """<title>Marland to lend Ostrava £2.5bn | The Marland Courier</title>
<meta property="og:title" content="Marland to lend Ostrava £2.5bn">
<meta property="og:site_name" content="The Marland Courier">
<meta name="author" content="Jana Reed and Tom Holt">
<meta property="article:published_time" content="2025-02-11T08:30:00Z">"""


def page(*paragraphs: str, meta: str = META, lang: str = ' lang="en-GB"', charset: str = "utf-8") -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs or SENTENCES)
    return (
        f'<!doctype html><html{lang}><head><meta charset="{charset}">{meta}</head><body><nav><a href="/">Home</a> '
        f'<a href="/world">World</a></nav><article><h1>Marland to lend Ostrava £2.5bn</h1>{body}</article>'
        '<div class="cookie-banner">We value your privacy.</div><footer>Copyright 2019 Courier Ltd</footer></body></html>'
    )


def read_page(folder: Path, html: str | bytes, **options) -> Article | InputError:
    path = folder / "page.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    (result,) = read_sources(path, **options)
    return result


def test_the_text_is_the_articles_without_the_pages_furniture(tmp_path: Path) -> None:
    article = read_page(tmp_path, page())
    assert all(sentence in article.text.split("\n") for sentence in SENTENCES)
    for furniture in ("Home", "privacy", "Copyright"):
        assert furniture not in article.text


def test_the_page_says_title_authors_day_outlet_and_language(tmp_path: Path) -> None:
    article = read_page(tmp_path, page())
    assert article.title == "Marland to lend Ostrava £2.5bn"
    assert article.authors == ("Jana Reed", "Tom Holt")
    assert article.published == "2025-02-11"
    assert article.publisher == "The Marland Courier"
    assert article.language == "en"
    assert article.country is None
    assert article.origin == str(tmp_path / "page.html")


def test_what_the_page_does_not_say_is_unknown(tmp_path: Path) -> None:
    article = read_page(tmp_path, page("On 3 May 2019 the treaty was signed, the government said. " * 5, meta="", lang=""))
    assert article.published is None, "a date of the running text is not the day of publication"
    assert article.publisher is None
    assert article.authors == ()


def test_what_is_given_goes_before_the_page_and_is_said(tmp_path: Path) -> None:
    notes: list[str] = []
    article = read_page(tmp_path, page(), published="2025-02-12", publisher="The Marland Courier", notes=notes.append)
    assert article.published == "2025-02-12"
    assert len(notes) == 1
    assert "'2025-02-11' in the file; '2025-02-12' was given" in notes[0]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("She said: <q>We sign on Friday</q>, and left.", "She said: “We sign on Friday”, and left."),
        ('She said: <Q cite="/x">We sign</Q>.', "She said: “We sign”."),
        ("“We sign,” said the <b>president</b> of <a href='/o'>Ostrava</a>.", "“We sign,” said the president of Ostrava."),
        ("&ldquo;We&rsquo;ll sign,&rdquo; she&nbsp;said &mdash; &pound;2.5bn &amp; more.", "“We’ll sign,” she said — £2.5bn & more."),
        ("AT&amp;T &lt;sic&gt;, 'so' \"be it\".", "AT&T <sic>, 'so' \"be it\"."),
    ],
)
def test_quotations_come_through_unaltered(tmp_path: Path, markup: str, text: str) -> None:
    article = read_page(tmp_path, page(SENTENCES[0], markup, SENTENCES[1]))
    assert text in article.text.replace("\u00a0", " ").split("\n")


def test_a_block_quotation_is_kept(tmp_path: Path) -> None:
    html = page(*SENTENCES).replace("</article>", '<blockquote><p>"We shall sign it," Velkova said.</p></blockquote></article>')
    assert '"We shall sign it," Velkova said.' in read_page(tmp_path, html).text


@pytest.mark.parametrize(
    ("encoding", "charset", "note"),
    [
        ("utf-8", "utf-8", None),
        ("utf-8", "iso-8859-1", None),
        ("cp1252", "iso-8859-1", "read as cp1252"),
        ("cp1252", "utf-8", "read as cp1252"),
        ("utf-16", "utf-16", "read as utf-16-le"),
        ("cp1250", "windows-1250", "read as cp1250"),
    ],
)
def test_the_encoding_is_told_from_the_bytes_before_the_declaration(tmp_path: Path, encoding: str, charset: str, note) -> None:
    notes: list[str] = []
    words = page(charset=charset).replace("£", "")
    article = read_page(tmp_path, words.encode(encoding), notes=notes.append)
    assert "“2.5bn”" in article.text
    assert [n.split("; ")[1] for n in notes] == ([note] if note else [])


def test_another_language_is_said(tmp_path: Path) -> None:
    notes: list[str] = []
    assert read_page(tmp_path, page(lang=' class="x" lang="FR-fr"'), notes=notes.append).language == "fr"
    assert notes == [f"{tmp_path / 'page.html'}: the language is 'fr'; détente reads English"]


def test_a_language_that_cannot_be_meant_is_left_unknown_with_a_note(tmp_path: Path) -> None:
    notes: list[str] = []
    assert isinstance(read_page(tmp_path, page(lang=" lang=x"), notes=notes.append), Article)
    assert notes[0].endswith("left unknown")


@pytest.mark.parametrize(
    "html",
    ["<html></html>", "<html><body><script>var a = 1;</script></body></html>", "<!-- -->", "<p>", "just words, no markup"],
)
def test_a_page_without_article_text_is_an_error(tmp_path: Path, html: str) -> None:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    error = read_page(tmp_path, html)
    assert isinstance(error, EmptyArticle)
    assert "got no article text in the HTML" in error.message
    assert error.remedy.endswith(f"detente read {tmp_path / 'page.txt'}")


def test_the_same_page_gives_the_same_article_after_other_pages(tmp_path: Path) -> None:
    first = read_page(tmp_path, page())
    for number in range(3):
        read_page(tmp_path, page(*(f"{s} Part {number}." for s in SENTENCES)))
    assert read_page(tmp_path, page()) == first


MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<div>", "<q>", "</q", "<!--", "-->", "<table><tr>", "&#xD800;", "&", "\0", "\r", "<"])
    | st.text(max_size=8),
    max_size=40,
).map("".join)


@settings(max_examples=60)
@given(MARKUP)
def test_no_markup_raises(tmp_path_factory, markup: str) -> None:
    data = f"<html><body>{markup}".encode("utf-8", "ignore")
    result = read_page(tmp_path_factory.mktemp("html"), data)
    assert isinstance(result, (Article, InputError))
    if isinstance(result, Article):
        result.text.encode("utf-8")


def test_deep_nesting_is_survived(tmp_path: Path) -> None:
    result = read_page(tmp_path, "<html><body>" + "<div>" * 20_000 + "<p>Deep.</p>" + "</div>" * 20_000)
    assert isinstance(result, (Article, InputError))
