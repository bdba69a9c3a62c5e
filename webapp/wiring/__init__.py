"""Puts an installation together: settings, database, engine, cities. Knows no Flask: the worker and the CLI use it."""

from webapp.wiring.alur import Alur, build
from webapp.wiring.parts import (
    MODULES,
    PROCESSES,
    Parts,
    collect_parts,
    import_groups,
    import_kinds,
    import_records,
    shipped_releases,
    shipped_scenarios,
)
from webapp.wiring.settings import Settings, SettingsError, locate, make_home
from webapp.wiring.upkeep import WAITING

__all__ = [
    "MODULES",
    "PROCESSES",
    "WAITING",
    "Alur",
    "Parts",
    "Settings",
    "SettingsError",
    "build",
    "collect_parts",
    "import_groups",
    "import_kinds",
    "import_records",
    "locate",
    "make_home",
    "shipped_releases",
    "shipped_scenarios",
]
