"""Makes sure that the Procrastinate installed is the one whose named queries we answer."""

import inspect
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from types import ModuleType

from procrastinate import sql

from engine.errors import EngineError
from engine.jobs.named import NamedQuery

SUPPORTED = "3.10"
BY_POLLING = {"listen_queue"}  # the connector's listen_notify does without
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


class UnsupportedProcrastinate(EngineError):
    """The Procrastinate installed is not the one that Alur's SQLite storage was written for."""

    code = "jobs.unsupported_procrastinate"


def check_procrastinate(
    answers: Mapping[str, NamedQuery],
    *,
    answered_by: Iterable[ModuleType],
    installed: str | None = None,
    queries: Mapping[str, str] | None = None,
) -> None:
    """Compare version, names of queries and their parameters with what we answer.

    A query we do not know would fail in the middle of a night; a parameter we ignore would be worse.

    :param answered_by: the modules that fill `answers`, named so that they are imported before.
    :raise UnsupportedProcrastinate: with every difference, and the way out.
    """
    installed = version("procrastinate") if installed is None else installed
    queries = sql.queries if queries is None else queries
    problems = [*_version_problems(installed), *_query_problems(answers, queries)]
    if problems:
        names = ", ".join(module.__name__ for module in answered_by)
        raise UnsupportedProcrastinate(
            f"Procrastinate {installed}: {'; '.join(problems)}. Install procrastinate>=3.10,<3.11 or adapt {names}.",
            installed=installed,
        )


def _version_problems(installed: str) -> list[str]:
    return [] if installed.split(".")[:2] == SUPPORTED.split(".") else [f"only {SUPPORTED} is supported"]


def _query_problems(answers: Mapping[str, NamedQuery], queries: Mapping[str, str]) -> list[str]:
    ours, theirs = set(answers) | BY_POLLING, set(queries)
    unknown = [f"query {name!r} has no answer" for name in sorted(theirs - ours)]
    gone = [f"query {name!r} is gone" for name in sorted(ours - theirs)]
    changed = [
        f"query {name!r} has other parameters"
        for name in sorted(set(answers) & theirs)
        if set(PLACEHOLDER.findall(queries[name])) != _parameters(answers[name])
    ]
    return [*unknown, *gone, *changed]


def _parameters(query: NamedQuery) -> set[str]:
    """Return the names an answer takes besides the connection."""
    return set(list(inspect.signature(query.answer).parameters)[1:])
