"""The house: sizes, words that no file may hold, docstrings, dependencies, and what the wheel carries."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from pathlib import Path

import pytest

import detente
from detente import errors

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "detente"
MODULES = sorted(SOURCE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LONGEST = 600

# Put together here, so that this file does not hold them. A folder of one machine is told from a path in an URL by
# what stands before it.
FORBIDDEN = {
    "a folder of one machine": r"(?<![\w.~-])/(?:" + "|".join(["wo" + "rk", "ho" + "me", "ro" + "ot", "Us" + "ers"]) + ")/",
    "a package index": "|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.(?:org|com)", "deb\\." + "debian"]),
    "a folder of jobs": "/t" + r"mp/[a-z]+_jobs",
    "how work is handed out": "sub" + "agent",
}


@cache
def tracked() -> tuple[Path, ...]:
    """The files under version control."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"not a checkout: {error}")
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_one_idea(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{lines} lines, at most {LONGEST}"


def undocumented(path: Path) -> list[str]:
    """Public modules, classes and functions without a docstring. What stands inside a function is nobody else's."""
    found = []

    def look(node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, called: str) -> None:
        if not ast.get_docstring(node):
            found.append(called)
        for child in node.body if isinstance(node, (ast.Module, ast.ClassDef)) else []:
            public = isinstance(child, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and child.name[0] != "_"
            if public and not overloads(child):
                look(child, f"{called}.{child.name}")

    look(ast.parse(path.read_text(encoding="utf-8")), path.stem)
    return found


def overloads(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id == "overload" for d in node.decorator_list)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_what_is_public_is_documented(path: Path) -> None:
    assert undocumented(path) == []


def test_what_is_undocumented_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('"""A."""\nclass B:\n    def c(self): ...\n    def _d(self): ...\ndef e():\n    """E."""\n')
    assert undocumented(tmp_path / "a.py") == ["a.B", "a.B.c"]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what].encode())
    found = [f"{name(path)}: {match[0]!r}" for path in tracked() for match in pattern.finditer(path.read_bytes())]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a folder of one machine", "open('/" + "home/ana/a.txt')"),
        ("a package index", "https://py" + "pi.org/simple"),
        ("a folder of jobs", "/t" + "mp/shell_jobs"),
        ("how work is handed out", "a Sub".lower() + "agent"),
    ],
)
def test_what_is_forbidden_would_be_found(what: str, text: str) -> None:
    assert re.search(FORBIDDEN[what], text)
    assert not re.search(FORBIDDEN[what], "https://courier.example/" + "home/world/talks.html")


def test_the_version_is_one() -> None:
    assert PROJECT["version"] == detente.__version__
    assert f"## [{detente.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def imported() -> dict[str, set[str]]:
    """The packages of others that the source imports, and the modules that do."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for package in {n.partition(".")[0] for n in names} - sys.stdlib_module_names - {"detente"}:
                found.setdefault(package, set()).add(name(path))
    return found


def test_what_is_imported_is_asked_for() -> None:
    extras = [rs for extra, rs in PROJECT["optional-dependencies"].items() if extra not in ("dev", "test")]
    requirements = [*PROJECT["dependencies"], *(r for rs in extras for r in rs)]
    asked = {re.split(r"[^\w.-]", r)[0].lower().replace("_", "-") for r in requirements}
    homes = importlib.metadata.packages_distributions()
    for package, modules in imported().items():
        distributions = {d.lower().replace("_", "-") for d in homes.get(package, [package])}
        assert distributions & asked, f"{package} is imported by {sorted(modules)} and is no dependency"


@pytest.fixture(scope="module")
def wheel() -> Path:
    """The wheel that `make test` has built and runs these tests on."""
    built = os.environ.get("DETENTE_WHEEL")
    if not built:
        pytest.skip("DETENTE_WHEEL is not set: `make test` sets it to the wheel it builds")
    return Path(built)


def test_the_tests_run_on_the_wheel(wheel: Path) -> None:
    assert wheel.name.startswith(f"detente-{detente.__version__}-")
    assert not Path(detente.__file__).is_relative_to(ROOT / "src")


def test_the_wheel_carries_every_file_of_the_package_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    expected = {path.relative_to(ROOT / "src").as_posix() for path in tracked() if path.is_relative_to(SOURCE)}
    assert len(expected) > len(MODULES) // 2
    assert expected - packed == set()
    assert any(member.endswith("/licenses/LICENSE") for member in packed)


def test_every_error_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", page, re.M)
    raised = [n for n, e in vars(errors).items() if isinstance(e, type) and issubclass(e, errors.DetenteError)]
    assert sorted(listed) == sorted(raised)
    for word in listed:
        assert word in (errors.__doc__ or ""), "the tree at the top of errors.py leaves it out"
