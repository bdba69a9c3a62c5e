"""SQL statements, compiled once for all databases of a test process.

Nearly every test has a database of its own, and SQLAlchemy keeps what it has compiled with each: a sixth of all work.
"""

from collections.abc import Iterator, MutableMapping
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

#: More than all tests of a process have that nearly always come again.
STATEMENTS: Final = 4000


class _StatementsOfKind(MutableMapping[Any, Any]):
    """What is compiled for databases of one kind, for each of them: the dialect that leads a key is of one alone.

    All that a dialect says of its statements hangs on its class here: every server of a run is of one version.
    """

    _known: Final[LRUCache[Any, Any]] = LRUCache(STATEMENTS)

    def __init__(self, kind: type[Dialect]) -> None:
        self._kind = kind

    def __getitem__(self, key: Any) -> Any:
        return self._known[self._kind, *key[1:]]

    def get(self, key: Any, default: Any = None) -> Any:
        return self._known.get((self._kind, *key[1:]), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._known[self._kind, *key[1:]] = value

    def __delitem__(self, key: Any) -> None:
        del self._known[self._kind, *key[1:]]

    def __iter__(self) -> Iterator[Any]:
        return (key for key in self._known if key[0] is self._kind)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def compile_statements_once() -> None:
    """Let every database that is opened in this process from now on share what is compiled."""
    Dialect.engine_created = classmethod(_share)  # type: ignore[assignment,method-assign]  # SQLAlchemy's hook for it


def _share(_kind: type[Dialect], engine: Engine) -> None:
    engine.update_execution_options(compiled_cache=_StatementsOfKind(type(engine.dialect)))
