"""The tutorial's notebook runs from the first cell to the last, and everything in it shows itself."""

import ast
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs" / "tutorial" / "notebook.ipynb"
SAFE = {
    "p",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "div",
    "style",
    "small",
    "span",
    "b",
    "i",
    "a",
    "ul",
    "li",
    "br",
    "h3",
    "h4",
    "dl",
    "dt",
    "dd",
}


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    if not NOTEBOOK.is_file():
        pytest.skip("the documents are not here: they are no part of the wheel")
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return found


def shown(source: str, names: dict[str, Any]) -> Any:
    """What a cell shows: it is run, and its last line is its value where that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


class Tags(HTMLParser):
    """The tags of a piece of HTML, each closed again."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_it_is_a_notebook_without_results(notebook: dict[str, Any]) -> None:
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    keys = [cell["id"] for cell in notebook["cells"]]
    assert len(set(keys)) == len(keys)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_it_runs_and_everything_shows_itself(
    notebook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("pandas", "polars", "networkx"):
        pytest.importorskip(package, reason=f"{package} is not installed: pip install 'detente[{package}]'")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    values = [
        shown("".join(cell["source"]), names) for cell in notebook["cells"] if cell["cell_type"] == "code"
    ]
    ours = [value for value in values if type(value).__module__.startswith("detente")]
    assert len(ours) >= 6
    for value in ours:
        tags = Tags(value._repr_html_())
        assert tags.seen <= SAFE
        assert tags.open == []
    frames = [value for value in values if type(value).__name__ == "DataFrame"]
    assert len(frames) >= 3
    assert all(len(frame) for frame in frames)
    assert list(tmp_path.iterdir()) == []


def test_a_cell_that_fails_would_be_found() -> None:
    with pytest.raises(NameError):
        shown("x = 1\nnowhere", {})
    assert shown("x = 1\nx + 1", {}) == 2
    with pytest.raises(AssertionError):
        Tags("<p><b></p>")
