"""Finds what a city plugin must not do: read it in the source, and catch it when the plugin runs.

The guarantee is against accidents, not malice: in-process plugins are trusted code.
"""

from __future__ import annotations

import ast
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from processes.people.city import Text

#: What of Alur a city may import.
ALLOWED = ("plugins.api", "forms")
#: Parts of the standard library that reach outside, or answer differently tomorrow.
FORBIDDEN_MODULES = frozenset(
    (
        "asyncio builtins concurrent ctypes ftplib glob http importlib inspect io locale logging mmap multiprocessing "
        "os pathlib pickle pkgutil platform queue random runpy secrets select selectors shelve shutil signal site "
        "smtplib socket socketserver sqlite3 ssl subprocess sys tempfile threading time timeit urllib uuid warnings "
        "webbrowser"
    ).split()
)
FORBIDDEN_CALLS = frozenset({"open", "eval", "exec", "compile", "__import__", "input", "print", "id", "hash"})
#: Methods that read the clock, whatever the name they are reached by.
CLOCK_METHODS = frozenset({"now", "today", "utcnow"})
OUTSIDE_EVENTS = ("open", "socket.", "subprocess.", "os.", "shutil.", "ctypes.", "urllib.", "sqlite3.", "tempfile.")

_caught: list[str] = []
_watching = [False]
_hooked = [False]


def source_problems(plugin: ModuleType) -> list[Text]:
    """Return every forbidden import and call in the plugin's package, with file and line."""
    if plugin.__file__ is None:
        return [Text(f"{plugin.__name__} tidak punya berkas sumber", f"{plugin.__name__} has no source file")]
    path = Path(plugin.__file__)
    files = sorted(path.parent.rglob("*.py")) if path.name == "__init__.py" else [path]
    return [problem for file in files for problem in _file_problems(file, plugin.__name__.partition(".")[0])]


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield a list that collects every reach outside made inside the block; each also raises PermissionError there.

    Not for threads: the watch is global to the process while the block runs.
    """
    if not _hooked[0]:
        # An audit hook cannot be removed again, so there is one, and it sleeps outside the block.
        sys.addaudithook(_audit)
        _hooked[0] = True
    patched = [(time, "time"), (time, "time_ns"), (time, "monotonic"), (random, "random"), (random, "randint")]
    kept = [getattr(module, name) for module, name in patched]
    _caught.clear()
    for module, name in patched:
        setattr(module, name, _refuse(f"{module.__name__}.{name}"))
    _watching[0] = True
    try:
        yield _caught
    finally:
        _watching[0] = False
        for (module, name), original in zip(patched, kept, strict=True):
            setattr(module, name, original)


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _watching[0] and event.startswith(OUTSIDE_EVENTS):
        _caught.append(f"{event} {arguments[:1]!r}")
        raise PermissionError(f"a city plugin may not use {event}")


def _refuse(name: str) -> object:
    def refused(*arguments: object, **named: object) -> object:
        del arguments, named
        _caught.append(name)
        raise PermissionError(f"a city plugin may not use {name}")

    return refused


def _file_problems(file: Path, package: str) -> list[Text]:
    tree = ast.parse(file.read_text("utf-8"))
    return [
        Text(*(f"{file.name}:{getattr(node, 'lineno', 0)}: {said}" for said in (problem.id, problem.en)))
        for node in ast.walk(tree)
        for problem in _node_problems(node, package)
    ]


def _node_problems(node: ast.AST, package: str) -> list[Text]:
    if isinstance(node, ast.Import):
        return [_imports(alias.name) for alias in node.names if not _may_import(alias.name, package)]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [] if node.level or _may_import(module, package) else [_imports(module)]
    if not isinstance(node, ast.Call):
        return []
    if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
        return [Text(f"memanggil {node.func.id}", f"calls {node.func.id}")]
    if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_METHODS:
        return [Text(f"membaca jam dengan .{node.func.attr}()", f"reads the clock by .{node.func.attr}()")]
    return []


def _imports(module: str) -> Text:
    return Text(f"mengimpor {module}", f"imports {module}")


def _may_import(module: str, package: str) -> bool:
    if any(module == allowed or module.startswith(f"{allowed}.") for allowed in (*ALLOWED, package)):
        return True
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names and top not in FORBIDDEN_MODULES
