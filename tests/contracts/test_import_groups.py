"""Every kind of file that a process imports stands in one group of the page, and is told in both languages."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator

import processes
from processes.people.imports import ImportKind
from webapp.wiring import import_groups


def kinds_of_processes() -> Iterator[ImportKind]:
    """Return the kinds that the modules of the imports define."""
    for process in pkgutil.iter_modules(processes.__path__, "processes."):
        for module in pkgutil.walk_packages(importlib.import_module(process.name).__path__, f"{process.name}."):
            if ".imports." in module.name:
                found = vars(importlib.import_module(module.name)).values()
                yield from (value for value in found if isinstance(value, ImportKind))


def test_every_kind_of_file_stands_in_one_group() -> None:
    grouped = Counter(kind.name for group in import_groups() for kind in group.kinds)

    assert grouped == Counter({kind.name for kind in kinds_of_processes()})


def test_groups_and_kinds_are_told_in_both_languages() -> None:
    groups = import_groups()
    kinds = [kind for group in groups for kind in group.kinds]
    about = [one.about for one in groups] + [one.about for one in kinds]
    told = [*about, *(one.title for one in groups), *(one.title for one in kinds)]

    assert [text for text in told if not text.id.strip() or not text.en.strip()] == []
    assert {text.id[-1] for text in about} == {"."}
    assert len({group.title.id for group in groups}) == len(groups)
