"""Which dated numbers a service reads: found in its code, so that nobody has to keep a list of it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any, Final

from engine.services import Service
from plugins import national
from processes.people.city import ParameterSet
from processes.people.parameters import shipped_sets
from webapp.wiring.parts import offers

_KEY: Final = re.compile(r"[a-z_]+\.[a-z_]+")
_OURS: Final = "processes."
#: The numbers that a city's own rules work with, by the question that they are asked.
_OF_RULES: Final = {"score": national.PARAMETERS}


@cache
def national_sets() -> tuple[ParameterSet, ...]:
    """Return every set of numbers that Alur ships, of all times."""
    # processes.people.parameters, which ships none, is a plain module.
    rooms = (shipped_sets(module.__name__) for module in offers("parameters") if hasattr(module, "__path__"))
    return (*(item for sets in rooms for item in sets), *national.PARAMETERS)


def keys_read(services: Iterable[Service], known: Iterable[str]) -> frozenset[str]:
    """Return which sets of numbers services may read, of those that there are.

    What a service could name on any of its ways counts, whether it goes that way or not.
    """
    named = frozenset(key for service in services for key in _keys_named(service))
    return named & frozenset(known)


@cache
def _keys_named(service: Service) -> frozenset[str]:
    """Return every text in the code of a service, and in all that it calls of processes, that may be a key."""
    found: set[str] = set()
    seen: dict[int, Any] = {}  # with the things themselves, so that no other one comes to have the same id
    waiting: list[Any] = [service]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            found |= {item} if _KEY.fullmatch(item) else set()
        elif id(item) not in seen:
            seen[id(item)] = item
            waiting += _inside(item)
    return frozenset(found)


def _inside(item: Any) -> Iterator[Any]:
    """Yield what something consists of, or names in its code."""
    if isinstance(item, tuple | list | set | frozenset):
        yield from item
    elif isinstance(item, Mapping):
        yield from (*item, *item.values())
    elif isinstance(item, partial):
        yield from (item.func, *item.args, *item.keywords.values())
    elif isinstance(item, classmethod | staticmethod | MethodType):
        yield item.__func__
    elif isinstance(item, property):
        yield item.fget
    elif isinstance(item, type) and item.__module__.startswith(_OURS):
        yield from vars(item).values()
    elif isinstance(item, FunctionType) and item.__module__.startswith(_OURS):
        yield from _named_by(item)


def _named_by(function: FunctionType) -> Iterator[Any]:
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from vars(function).values()
    for code in _codes(function.__code__):
        yield from (value for value in code.co_consts if isinstance(value, str | tuple))
        yield from (found for name in code.co_names for found in _global(function, name, code.co_names))
        if "city" in code.co_names:
            yield from (held.key for name in code.co_names for held in _OF_RULES.get(name, ()))


def _global(function: FunctionType, name: str, names: Iterable[str]) -> Iterator[Any]:
    """Yield what a name of a function stands for; of a module, what the function may take out of it."""
    found = function.__globals__.get(name)
    if isinstance(found, ModuleType):
        yield from (getattr(found, part) for part in names if found.__name__.startswith(_OURS) and hasattr(found, part))
    else:
        yield found


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)
