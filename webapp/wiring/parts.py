"""Collects what processes and the application add to the engine: services, rules, records, jobs, texts.

The list of modules is data: a new process is one more name, and nothing here changes.
"""

import importlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from engine.bpmn.check import Catalogue
from engine.policy.rules import ENGINE_RULES, Limits, Rules
from engine.services import Service
from forms.spec import check_spec
from processes.people.guests import guest_limits
from processes.people.imports import ImportGroup, ImportKind, by_name
from processes.people.records import Role
from webapp.wiring.form_feel import FORM_FEEL

#: Processes, whose diagrams are deployed; each offers what it has of services, permissions, records, jobs and texts.
PROCESSES = (
    "processes.people",
    "processes.appraisal",
    "processes.promotion",
    "processes.training",
    "processes.incentive",
    "processes.recognition",
)

#: Everything that adds to the engine. Named, not imported: parts of the application import the wiring.
MODULES = (*PROCESSES, "processes.reports", "webapp.auth", "webapp.admin", "webapp.people")

#: The engine's own tables, and the queue's.
ENGINE_RECORDS = (
    "engine.records.case",
    "engine.records.design",
    "engine.records.foresight",
    "engine.records.history",
    "engine.records.installation",
    "engine.records.migration",
    "engine.records.mining",
    "engine.records.outbox",
    "engine.records.release",
    "engine.records.tenant",
    "engine.jobs.tables",
)

#: Tables of processes that do not stand in their `records`.
MORE_RECORDS = (
    "processes.people.careers",
    "processes.people.figures",
    "processes.people.follow_ups",
    "processes.people.guests",
    "processes.people.imports.runs",
    "processes.people.line_proposals",
    "processes.promotion.appointing.records",
    "processes.promotion.board.records",
    "processes.promotion.selection.records",
    "processes.promotion.succession.records",
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the modules add up to."""

    services: Mapping[str, Service]
    rules: Sequence[Rules]
    forms: frozenset[str]
    limits: Sequence[Limits] = ()

    @property
    def catalogue(self) -> Catalogue:
        """The names that a diagram may refer to."""
        return Catalogue(frozenset(self.services), self.forms, frozenset(Role), _form_problems)


def _form_problems(form: Mapping[str, Any]) -> list[Mapping[str, str]]:
    return [{"id": found.message("id"), "en": found.message("en")} for found in check_spec(form, FORM_FEEL)]


def collect_parts(modules: Iterable[str] = MODULES) -> Parts:
    """Return the services, forms and rule tables of the modules.

    :raise ValueError: two modules provide a service of the same name.
    """
    services: dict[str, Service] = {}
    rules: list[Rules] = []
    limits: list[Limits] = []
    forms: set[str] = set()
    for name in modules:
        _add_services(services, _part(name, "services"))
        forms |= _value(_part(name, "services"), "FORMS", frozenset[str]())
        rules.append(_value(_part(name, "permissions"), "RULES", {}))
        limits.append(_value(_part(name, "permissions"), "LIMITS", {}))
    known = {permission for table in (ENGINE_RULES, *rules) for permission in table}
    limits.append(guest_limits(known))
    return Parts(services, tuple(rules), frozenset(forms), tuple(limits))


def import_records(modules: Iterable[str] = MODULES) -> None:
    """Import every module that declares tables, so that the metadata are complete."""
    for name in (*ENGINE_RECORDS, *MORE_RECORDS):
        importlib.import_module(name)
    for name in modules:
        _part(name, "records")


def offers(name: str, modules: Iterable[str] = MODULES) -> list[ModuleType]:
    """Return the modules of that name below the listed ones, such as every `texts` or `jobs`."""
    return [module for module in (_part(package, name) for package in modules) if module is not None]


def shipped_releases(modules: Iterable[str] = MODULES) -> dict[str, Mapping[str, bytes]]:
    """Return the files of every diagram that comes with Alur, by process."""
    found: dict[str, Mapping[str, bytes]] = {}
    for module in offers("definitions", modules):
        found |= {process: module.release_files(process) for process in module.PROCESSES}
    return found


@cache
def shipped_scenarios(process: str) -> Mapping[str, bytes]:
    """Return the scenarios that come with Alur for a process, by their names in a release."""
    for module in offers("definitions"):
        if process in module.PROCESSES:
            folder = files(module.__name__.rpartition(".")[0]).joinpath("scenarios")
            found = {item.name: item.read_bytes() for item in folder.iterdir() if item.name.endswith(".json")}
            mine = sorted(name for name, content in found.items() if json.loads(content)["process"] == process)
            return {f"scenarios/{name}": found[name] for name in mine}
    return {}


@cache
def process_names() -> Mapping[str, tuple[str, str]]:
    """Return what the processes that come with Alur are called, in Indonesian and English."""
    return {process: names for module in offers("definitions") for process, names in module.NAMES.items()}


def import_groups(modules: Iterable[str] = MODULES) -> tuple[ImportGroup, ...]:
    """Return what can be imported, by subject, in the order in which a city needs it."""
    parts = (vars(module).items() for module in offers("imports", modules))
    return tuple(group for part in parts for name, groups in part if name.endswith("_GROUPS") for group in groups)


def import_kinds(modules: Iterable[str] = MODULES) -> dict[str, ImportKind]:
    """Return the kinds of files that can be imported, by name, in the same order."""
    return by_name(import_groups(modules))


def _part(package: str, name: str) -> ModuleType | None:
    """Return a module of a package; None if the package has nothing of the kind."""
    full = f"{package}.{name}"
    return importlib.import_module(full) if find_spec(full) is not None else None


def _add_services(services: dict[str, Service], module: ModuleType | None) -> None:
    added: Mapping[str, Service] = _value(module, "SERVICES", {})
    twice = sorted(services.keys() & added.keys())
    if twice:
        raise ValueError(f"Service {twice[0]!r} is provided twice, the second time by {module}.")
    services.update(added)


def _value(module: ModuleType | None, name: str, default: Any) -> Any:
    return default if module is None else getattr(module, name, default)
