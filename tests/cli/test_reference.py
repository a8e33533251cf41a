"""The generated parts of the reference are what the code says now."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente import records
from detente.cli import VERBS
from docs import generate

DOCS = Path(generate.__file__).parent


@pytest.mark.parametrize("page", list(generate.pages()), ids=lambda p: p.name)
def test_a_page_is_what_would_be_written(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == generate.written(page), f"{page.name} is stale: python docs/generate.py"


def test_a_stale_page_would_be_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("A.\n\n<!-- generated: registry -->\nold\n<!-- end of registry -->\n\nB.\n", encoding="utf-8")
    written = generate.written(page)
    assert "old" not in written
    assert written.startswith("A.\n\n<!-- generated: registry -->\n\n| table |")
    assert written.endswith("<!-- end of registry -->\n\nB.\n")
    page.write_text(written, encoding="utf-8")
    assert generate.written(page) == written


def test_every_generated_part_is_on_some_page() -> None:
    used = {name for page in generate.pages() for name in re.findall(r"<!-- generated: (\S+) -->", page.read_text(encoding="utf-8"))}
    assert used == set(generate.GENERATED)


def test_every_verb_and_every_kind_is_there() -> None:
    cli = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    assert re.findall(r"^## detente (\w+)$", cli, re.M) == list(VERBS)
    page = (DOCS / "reference" / "records.md").read_text(encoding="utf-8")
    for kind, struct in records.KINDS.items():
        assert f"### {struct.__name__} (`{kind}`)" in page
        for field in struct.__struct_fields__:
            assert f"| `{field}` |" in page


def test_what_the_page_says_of_fields_is_said_of_fields_that_are() -> None:
    for name, fields in generate.meanings().items():
        struct = getattr(records, name)
        assert set(fields) <= set(struct.__struct_fields__)
        assert set(fields).isdisjoint(generate._docstring(struct)[1]), "the docstring says it already"


LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@pytest.mark.parametrize("page", [DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = [to for to in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / to).exists()]
    assert lost == []


def test_every_page_is_in_the_contents() -> None:
    listed = LINK.findall((DOCS / "index.md").read_text(encoding="utf-8"))
    folders = tuple(to for to in listed if to.endswith("/"))
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")} - {"index.md"}
    assert {page for page in pages if not page.startswith(folders)} == {to for to in listed if to.endswith(".md")}
