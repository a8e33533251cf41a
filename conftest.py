"""The examples of README.md and docs/ run as tests: Python blocks, and `sh` blocks that begin with the command detente."""

import doctest

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from tests.documents import enter_folder, leave_folder, run_shell_block

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS), CodeBlockParser("sh", run_shell_block), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/*/*.md", "docs/*/*/*.md"],
    setup=enter_folder,
    teardown=leave_folder,
).pytest()
