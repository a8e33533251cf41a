"""XML written as it comes: no tree is held, every text and attribute escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO

# XML 1.0, production 2: control characters, lone surrogates and two others have no place in a document, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A parser would make a line feed of a carriage return, and blanks of line ends in an attribute. Escaped here, for the standard
# library's own escaping brings in all of urllib.
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class Markup:
    """Writes elements to a stream of bytes, in UTF-8, each on a line of its own.

    Args:
        stream: open for bytes.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._write('<?xml version="1.0" encoding="UTF-8"?>')

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        """An element around what is written inside the block."""
        self._write(f"<{name}{_written(attributes)}>")
        yield
        self._write(f"</{name}>")

    def leaf(
        self, name: str, text: str | None = None, attributes: Mapping[str, object] | None = None
    ) -> None:
        """An element that holds a text or nothing; attributes that are `None` are left out."""
        opening = f"{name}{_written(attributes)}"
        self._write(
            f"<{opening}/>" if text is None else f"<{opening}>{legal(text).translate(_TEXT)}</{name}>"
        )

    def _write(self, line: str) -> None:
        self._stream.write(line.encode() + b"\n")


def legal(text: str) -> str:
    """The text with U+FFFD in the place of characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def _written(attributes: Mapping[str, object] | None) -> str:
    given = ((name, value) for name, value in (attributes or {}).items() if value is not None)
    return "".join(f' {name}="{legal(str(value)).translate(_ATTRIBUTE)}"' for name, value in given)
