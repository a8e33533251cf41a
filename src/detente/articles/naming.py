"""What a source is called: in an article's origin, in a message, in a command that a person can run."""

from __future__ import annotations

import shlex
from pathlib import PurePath

DASH = "-"
STDIN = "stdin"


def origin_of(path: str) -> str:
    """The path as given; "stdin" for "-". Bytes of a file's name that are not UTF-8 are written as escapes."""
    if path == DASH:
        return STDIN
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def in_shell(origin: str) -> str:
    """The origin as a word of a shell command."""
    return DASH if origin == STDIN else shlex.quote(origin)


def beside(origin: str, suffix: str) -> str:
    """A name beside the origin with another suffix, as a word of a shell command; never the origin's own name."""
    path = PurePath(origin)
    name = path.with_suffix(suffix)
    return shlex.quote(str(name if name != path else path.with_stem(f"{path.stem}-text")))
