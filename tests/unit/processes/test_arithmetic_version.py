"""The version of the shared arithmetic is tied to its source: running cases are pinned to what they are scored by."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from processes.appraisal.rules import ARITHMETIC_VERSION, achievement, measure, ratings, recommend, score, survey
from processes.people.city import indicators

#: Whatever a published rule computes with besides its own modules, whose source `publish_rule` hashes itself.
COMPUTING = (achievement, indicators, measure, ratings, recommend, score, survey)

#: What the modules said when a version was pinned; of an older version no pin is kept.
PINNED = ("1", "b2c2d71cba37c1d0082983547de17ade4b6b1caa98679a782c4a829ecc42e768")

TELL = (
    "The arithmetic behind every city's rule has changed. If any value, rating, cap or reason can come out otherwise, "
    f"raise ARITHMETIC_VERSION (now {ARITHMETIC_VERSION!r}) in processes/appraisal/rules/score.py: running cases then "
    "stop with an incident instead of being scored by something else without a word. Then pin here: {found!r}"
)


def said_by(node: object) -> str:
    """Return what code says: not its comments, docstrings, line breaks, or how a Python version writes a tree down."""
    if isinstance(node, list):
        return f"[{','.join(said_by(item) for item in node)}]"
    if not isinstance(node, ast.AST):
        return repr(node)
    parts = ((name, _without_docstring(getattr(node, name, None))) for name in node._fields if name not in _SILENT)
    given = (f"{name}={said_by(part)}" for name, part in parts if part is not None and part != [])
    return f"{type(node).__name__}({','.join(given)})"


# Where a name stands and how a text was quoted says nothing; `type_params` is new in a later Python.
_SILENT = frozenset({"ctx", "kind", "type_comment", "type_ignores", "type_params"})


def _without_docstring(part: object) -> object:
    if not isinstance(part, list):
        return part
    return [item for item in part if not (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))]


def digest(sources: Iterator[tuple[str, str]]) -> str:
    """Return the hash of what modules say."""
    whole = "\n".join(f"{name} {said_by(ast.parse(source))}" for name, source in sources)
    return hashlib.sha256(whole.encode()).hexdigest()


def sources(*modules: ModuleType) -> Iterator[tuple[str, str]]:
    for module in modules:
        yield module.__name__, Path(str(module.__file__)).read_text(encoding="utf-8")


def test_the_version_belongs_to_this_arithmetic() -> None:
    found = (ARITHMETIC_VERSION, digest(sources(*COMPUTING)))

    assert found == PINNED, TELL.format(found=found)


@pytest.mark.parametrize(
    ("before", "after"),
    [("ENOUGH = 30", "ENOUGH = 31"), ("def f(a):\n    return a", "def f(a):\n    return -a")],
)
def test_another_number_or_sign_is_another_arithmetic(before: str, after: str) -> None:
    assert digest(iter([("m", before)])) != digest(iter([("m", after)]))


def test_a_comment_a_docstring_and_a_line_break_are_not() -> None:
    plain = 'def f(a):\n    return g(a, "x")\n'
    dressed = '"""Says."""\ndef f(a):\n    """Return it."""\n    return g(  # why\n        a, \'x\'\n    )\n'

    assert digest(iter([("m", plain)])) == digest(iter([("m", dressed)]))


def test_no_module_that_computes_is_left_out() -> None:
    names = {module.__name__ for module in COMPUTING}
    asked = {
        str(node.module)
        for _, source in sources(*COMPUTING)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
    }

    # `processes.people.city` holds value types: of them only the indicator has a number that is computed with.
    assert {name for name in asked if name.startswith("processes.appraisal")} <= names
