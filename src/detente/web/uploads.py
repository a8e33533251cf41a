"""A form with files: a page of this server's own, bounded, with its token; what it brings becomes a batch that waits."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from detente.articles import check
from detente.articles.given import Given as Checked
from detente.errors import InputError
from detente.web.incoming import Batch, Given, Incoming, name_for, paste
from detente.web.sending import NotTaken, require_form, require_token

MOST_BYTES = 100_000_000
MOST_FILES = 200
MOST_PASTED = 2_000_000
_FORM = "multipart/form-data"
_MOST_FIELDS = 20
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
_HEADLINE = 160  # characters up to which the first line of a text is taken for its headline


async def brought(request: Request, token: str, incoming: Incoming) -> Batch:
    """The batch that a form brings: texts and files, complete on the disk.

    Args:
        token: the secret that every form of this server's pages holds.

    Raises:
        NotTaken: it is no form, is too large, or comes from elsewhere.
        InputError: nothing is in it, or what it says of its articles cannot be so.
    """
    require_form(request, _FORM)
    form = await _parsed(request)
    try:
        require_token(_said(form, "csrf"), token)
        return await run_in_threadpool(_put, form, incoming)
    finally:
        await form.close()


async def _parsed(request: Request) -> FormData:
    parser = MultiPartParser(
        request.headers,
        _bounded(request.stream()),
        max_files=MOST_FILES,
        max_fields=_MOST_FIELDS,
        max_part_size=MOST_PASTED,
    )
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise _explained(error.message) from error


def _explained(fault: str) -> NotTaken:
    """The error for a form that the parser gives up on, by what it says of it."""
    if "exceeded" in fault:
        return NotTaken(
            413,
            f"got a text of more than {MOST_PASTED:,} bytes, expected one article",
            "save it as a file, and choose that",
        )
    if fault.startswith("Too many"):
        return NotTaken(
            413, f"got more than {MOST_FILES} files or too many fields, expected fewer", "send them in parts"
        )
    return NotTaken(400, f"got a form that cannot be read ({fault.rstrip('.')})", "load the page again")


async def _bounded(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """A stream that is read no further than it may be long."""
    seen = 0
    async for chunk in stream:
        seen += len(chunk)
        if seen > MOST_BYTES:
            raise NotTaken(
                413,
                f"got more than {MOST_BYTES:,} bytes, expected fewer",
                "send fewer files at once, or: detente read FOLDER",
            )
        yield chunk


def _put(form: FormData, incoming: Incoming) -> Batch:
    given, text = _given(form), _text(form)
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not text and not files:
        raise InputError(
            "got neither a text nor a file, expected at least one article",
            "paste its text, or choose its file",
        )
    batch = incoming.begin()
    try:
        if text:
            paste(batch, text)
        _keep(batch.files, files)
        return incoming.put(batch, given)
    except BaseException:
        incoming.drop(batch)
        raise


def _given(form: FormData) -> Given:
    """What the form says of all articles, checked as `detente read` checks it."""
    said = {name: _said(form, name) or None for name in ("publisher", "country", "published")}
    try:
        checked = Checked(**said)  # type: ignore[arg-type]
    except InputError as error:
        error.remedy = "correct it in the form: go back one page, where what you wrote still stands"
        raise
    return Given(publisher=checked.publisher, country=checked.country, published=checked.published)


def _text(form: FormData) -> dict[str, str]:
    """The text that was pasted with what is said of it alone; empty where none was."""
    raw = form.get("text")
    text = (raw if isinstance(raw, str) else "").replace("\r\n", "\n")
    url, title = _said(form, "url"), _said(form, "title")
    if not text.strip():
        if url or title:
            raise InputError(
                "got an address or a headline without a text, expected the article's words",
                "paste them too; détente fetches nothing",
            )
        return {}
    if url and not url.startswith(("https://", "http://")):
        raise InputError(
            f"got the address {check.quoted(url)}, expected one that begins with https://",
            "leave it out where there is none",
        )
    if _ADDRESS.fullmatch(text.strip()):
        raise InputError(
            f"got an address alone ({check.quoted(text.strip())}), expected the article's words",
            "open it, copy the words, and paste them here; détente fetches nothing",
        )
    check.readable(text, "the text")
    return {"text": text, "url": url or "pasted text", "title": title or _headline(text)}


def _headline(text: str) -> str:
    """The first line, where it is short and more follows; else nothing."""
    first, _, rest = text.strip().partition("\n")
    return first.strip() if rest.strip() and len(first) <= _HEADLINE else ""


def _said(form: FormData, name: str) -> str:
    value = form.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _keep(folder: Path, files: Sequence[UploadFile]) -> None:
    for number, one in enumerate(files, 1):
        with (folder / name_for(one.filename or "", number)).open("wb") as kept:
            _copy(one.file, kept)


def _copy(source: BinaryIO, target: BinaryIO) -> None:
    source.seek(0)
    shutil.copyfileobj(source, target)
