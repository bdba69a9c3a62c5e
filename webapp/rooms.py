"""Parts of the application that belong to one process, and what each adds to pages of others; found by their names."""

import importlib
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Final

#: Packages below `webapp`; each may have `task_forms.BUILDERS`, `task_panels.READERS`, `task_panels.BESIDE`.
ROOMS: Final = ("promotion", "training", "incentive", "recognition", "studio")


@cache
def room_modules(name: str) -> tuple[ModuleType, ...]:
    """Return the modules of that name in the parts that have one."""
    packages = (f"webapp.{room}" for room in ROOMS)
    found = (f"{package}.{name}" for package in packages if find_spec(package) is not None)
    return tuple(importlib.import_module(full) for full in found if find_spec(full) is not None)
