"""Whatever the engine, a process or a city refuses, and whatever a person is told of, is said in both languages."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import engine
import plugins
import processes
import webapp
from engine.dmn import errors as dmn_errors
from engine.errors import EngineError
from engine.records.contents import FileRefused, Refusal
from webapp.texts import text_for
from webapp.texts.codes import known_codes

ROOT = Path(__file__).parents[2]
PACKAGES = (engine, processes, plugins, webapp)
#: Not ours to import: alembic runs it, and the pytest plugin belongs to pytest.
NOT_IMPORTED = ("webapp.migrations.", "plugins.testing")


def error_classes() -> list[type[EngineError]]:
    """Return every kind of error that is defined anywhere in the packages."""
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(NOT_IMPORTED):
                importlib.import_module(module.name)
    ours = tuple(package.__name__ for package in PACKAGES)
    return [kind for kind in _below(EngineError) if kind.__module__.startswith(ours)]


def _below(kind: type[EngineError]) -> Iterator[type[EngineError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _below(child)


def notice_codes() -> set[str]:
    """Return the codes that are written into notices: `code="noun.verb"`, or among the arguments of a notice."""
    found: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package.__name__).rglob("*.py"):
            if "frontend" not in path.parts and "cities" not in path.parts:
                found |= {code for code in _written(path) if "." in code}
    return found


def _written(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "code" and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and "notice" in node.func.id.lower():
            yield from (str(part.value) for part in node.args if isinstance(part, ast.Constant))


def test_every_error_has_a_sentence_in_both_languages() -> None:
    unreadable = {f"dmn.{name}" for name in vars(dmn_errors)["_READING"]}
    codes = {kind.code for kind in error_classes()} | {refusal.value for refusal in Refusal} | unreadable

    assert len(codes) > 30
    assert sorted(codes - known_codes()) == []


def test_an_error_has_a_code_of_its_own_or_brings_its_sentence() -> None:
    general = {kind for kind in error_classes() if kind.code == EngineError.code and kind is not EngineError}

    silent = {kind.__name__ for kind in general - {FileRefused} if not hasattr(kind, "message")}

    assert silent == set()


def test_every_notice_has_a_sentence_in_both_languages() -> None:
    codes = notice_codes()

    assert "task.delegated" in codes
    assert sorted(codes - known_codes()) == []


def test_the_two_languages_say_different_sentences() -> None:
    same = [code for code in sorted(known_codes()) if text_for(code, {}, "id") == text_for(code, {}, "en")]

    assert same == []
