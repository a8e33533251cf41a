"""Text comes in: plain text, HTML, tables, feeds and crawls become articles, with clear errors for what cannot be read.

`read_sources` takes files, folders and standard input. Each file beside `sources.py` reads one format; all
of them keep to one contract, `Reader`. What they share: `given.py` (what the call says of every article),
`check.py` (dates, countries, text), `rows.py` (an article as named values), `encoding.py` and `compressed.py`.
"""

from detente.articles.given import MAX_BYTES, Given, Reader
from detente.articles.sources import read_sources

__all__ = ["MAX_BYTES", "Given", "Reader", "read_sources"]
