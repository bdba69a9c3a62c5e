"""One language, one parser, one decision engine: nothing else in Alur evaluates what a diagram, table or form says."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("engine", "processes", "plugins", "forms", "webapp")
# What of SpiffWorkflow moves tokens; its own expressions, script engines, tables and parsers stay outside.
SPIFF = {
    "SpiffWorkflow.bpmn.specs.bpmn_process_spec",
    "SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin",
    "SpiffWorkflow.bpmn.workflow",
    "SpiffWorkflow.specs",
    "SpiffWorkflow.task",
    "SpiffWorkflow.util.task",
}
PYTHON_FROM_TEXT = {"eval", "exec", "compile", "__import__"}
OTHER_LANGUAGES = ("simpleeval", "numexpr", "lark", "pyparsing", "asteval", "RestrictedPython", "pySFeel", "js2py")
PARSERS = {"parse_expression", "parse_unary_tests"}
ASKED = (ast.Import, ast.ImportFrom, ast.Call, ast.Attribute, ast.Name)


Module = tuple[str, Sequence[ast.AST]]


def sources() -> Iterator[Module]:
    """Yield the Python files of Alur and its cities, and all that stands in each that is asked about here."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "node_modules" not in name and "/scaffold/" not in name:
                nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                yield name, [node for node in nodes if isinstance(node, ASKED)]


@pytest.fixture(scope="module")
def modules() -> list[Module]:
    """The Python files of Alur and its cities, read once."""
    return list(sources())


def imported(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the names of the modules that a module imports."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def called(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the plain names that a module calls."""
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def test_nothing_makes_python_of_a_text(modules: list[Module]) -> None:
    found = [(name, one) for name, nodes in modules for one in called(nodes) if one in PYTHON_FROM_TEXT]

    assert found == []


def test_no_other_language_or_parser_of_expressions_is_imported(modules: list[Module]) -> None:
    found = [(name, one) for name, nodes in modules for one in imported(nodes) if one.split(".")[0] in OTHER_LANGUAGES]

    assert found == []


def test_of_spiffworkflow_only_tokens_are_used_and_neither_scripts_nor_tables(modules: list[Module]) -> None:
    used = {one for _, nodes in modules for one in imported(nodes) if one.split(".")[0] == "SpiffWorkflow"}

    assert used - SPIFF == set()


def test_the_grammar_is_read_by_the_language_and_its_tables_only(modules: list[Module]) -> None:
    users = {name for name, nodes in modules if PARSERS & set(called(nodes))}

    assert {name for name in users if not name.startswith(("engine/feel/", "engine/dmn/"))} == set()


def test_templates_are_files_and_never_made_of_data(modules: list[Module]) -> None:
    asked = {"render_template_string", "from_string"}
    found = [
        (name, node.lineno)
        for name, nodes in modules
        for node in nodes
        if (isinstance(node, ast.Attribute) and node.attr in asked) or (isinstance(node, ast.Name) and node.id in asked)
    ]

    assert found == []
