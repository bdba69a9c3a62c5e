"""Finds every text of the application that has to be in the catalogues: in templates and in Python."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

WEBAPP = Path(__file__).parents[3] / "webapp"
CALLS = {"_", "gettext", "lazy", "ngettext"}


@cache
def used_texts() -> dict[str, str]:
    """Return the place of each Indonesian text."""
    found: dict[str, str] = {}
    for path in sorted(WEBAPP.rglob("*.html")):
        if "node_modules" not in path.parts:
            found |= dict.fromkeys(_in_template(path), path.name)
    for path in sorted(WEBAPP.rglob("*.py")):
        found |= dict.fromkeys(_in_python(path), path.name)
    return found


def _in_template(path: Path) -> Iterator[str]:
    tree = Environment(autoescape=True).parse(path.read_text())
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in CALLS:
            yield from (part.value for part in call.args[:1] if isinstance(part, nodes.Const))


def _in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and _name(node.func) in CALLS and node.args:
            text: Any = getattr(node.args[0], "value", None)
            if isinstance(text, str):
                yield text


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""
