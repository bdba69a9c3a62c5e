"""What stands beside a form so that a person can decide; one template a form key in `templates/task_panels/`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from engine.queries.task import TaskView
from processes.appraisal.facts import predicate_counts, unit_figures
from processes.appraisal.queries.org_results import org_result
from processes.appraisal.rules import distribution_warnings
from processes.appraisal.rules.distribution import GUIDE, SMALL_UNIT
from processes.appraisal.spread import unit_spread
from processes.appraisal.variables import EMPLOYEE_PROCESS, UNIT_PROCESS
from processes.people.city import OrgPredicate, Period, Predicate
from processes.people.queries import find_unit
from webapp.inbox.facts import ResultFacts, in_words, read_result, tell
from webapp.inbox.figures import name_figures
from webapp.org_basis import basis_in_words
from webapp.rooms import room_modules
from webapp.task_forms import FormContext


@dataclass(frozen=True, slots=True)
class Bar:
    """How many employees of a unit have a predicate, and how many may have it by the guide, if it says so."""

    label: str
    count: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Distribution:
    """The predicates of a unit in a quarter against the guide of SE MenPANRB 3/2023."""

    unit: str
    org: str
    org_basis: str
    bars: tuple[Bar, ...]
    total: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignFacts:
    """A result that waits for its signature, and where it stands in the unit."""

    result: ResultFacts
    distribution: Distribution


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known about a unit's quarter when its predicate is set."""

    unit: str
    year: int
    quarter: int
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel ready to be shown."""

    template: str
    facts: object


def panel_for(context: FormContext, view: TaskView) -> Panel | None:
    """Return what the person needs to see for this task; None where the form says everything.

    Another process may use a form of the same key: it brings no employee or unit to tell about.
    """
    key = view.element.form or ""
    reader = _readers().get((view.task.case.process, key))
    return Panel(f"task_panels/{key}.html", reader(context, view)) if reader is not None else None


def panels_beside(context: FormContext, view: TaskView) -> tuple[Panel, ...]:
    """Return what other processes have to say to this task, such as the development plan in a dialogue."""
    added = _beside().get((view.task.case.process, view.element.form or ""), ())
    return tuple(Panel(f"task_panels/{name}.html", read(context, view)) for name, read in added)


def _read_result(context: FormContext, view: TaskView) -> ResultFacts:
    return read_result(context, view.task.case.id)


def _read_sign(context: FormContext, view: TaskView) -> SignFacts:
    # Before enough of the unit is rated its shape says nothing, and the form asks for no justification either.
    unit_id, year, quarter = _unit_quarter(context.variables)
    found = unit_spread(context.read, context.city, context.tenant, unit_id=unit_id, year=year, quarter=quarter)
    warnings = tuple(tell(warning, context.language) for warning in found.warnings)
    return SignFacts(_read_result(context, view), replace(_read_distribution(context, view), warnings=warnings))


def _read_distribution(context: FormContext, view: TaskView) -> Distribution:
    del view
    where = _unit_quarter(context.variables)
    found = org_result(context.read, context.actor, **dict(zip(("unit_id", "year", "quarter"), where, strict=True)))
    org = found.predicate if found is not None else None
    counts = predicate_counts(context.read, context.tenant, *where)
    total = sum(counts.values())
    limits = _limits(org, total)
    warnings = distribution_warnings(org, counts) if org is not None else ()
    return Distribution(
        unit=find_unit(context.read, context.tenant, where[0]).name,
        org=in_words(org, context.language),
        org_basis=basis_in_words(found),
        bars=tuple(Bar(in_words(item, context.language), counts.get(item, 0), limits.get(item)) for item in Predicate),
        total=total,
        warnings=tuple(tell(warning, context.language) for warning in warnings),
    )


def _limits(org: OrgPredicate | None, total: int) -> dict[Predicate, int]:
    """Return how many people at most may have a predicate: whole people, so rounded down; in a small unit none."""
    rules: tuple[Any, ...] = GUIDE[org] if org is not None and total >= SMALL_UNIT else ()
    return {rule.predicate: rule.percent * total // 100 for rule in rules if hasattr(rule, "predicate")}


def _read_unit(context: FormContext, view: TaskView) -> UnitFacts:
    del view
    where = _unit_quarter(context.variables)
    unit = find_unit(context.read, context.tenant, where[0])
    figures = unit_figures(context.read, context.tenant, *where)
    named = name_figures(context, unit.kind, Period.quarter(where[1], where[2]), figures)
    return UnitFacts(unit.name, where[1], where[2], named)


def _unit_quarter(variables: Mapping[str, Any]) -> tuple[int, int, int]:
    return int(variables["unit"]), int(variables["year"]), int(variables["quarter"])


@cache
def _readers() -> Mapping[tuple[str, str], "Reader"]:
    """Return who reads what stands beside a form, by process and form; each part of a process adds its own."""
    return _READERS | {key: read for room in room_modules("task_panels") for key, read in room.READERS.items()}


@cache
def _beside() -> Mapping[tuple[str, str], tuple[tuple[str, "Reader"], ...]]:
    """Return what parts add to forms of processes that are not their own: name of a template and its reader."""
    found: dict[tuple[str, str], tuple[tuple[str, Reader], ...]] = {}
    for room in room_modules("task_panels"):
        for form, added in getattr(room, "BESIDE", {}).items():
            found[form] = (*found.get(form, ()), added)
    return found


Reader = Callable[[FormContext, TaskView], object]
_READERS: Final[dict[tuple[str, str], Reader]] = {
    (EMPLOYEE_PROCESS, "appraisal.realisation"): _read_result,
    (EMPLOYEE_PROCESS, "appraisal.rating_inputs"): _read_result,
    (EMPLOYEE_PROCESS, "appraisal.confirm_ratings"): _read_result,
    (EMPLOYEE_PROCESS, "appraisal.sign"): _read_sign,
    (EMPLOYEE_PROCESS, "appraisal.sign_or_return"): _read_sign,
    (EMPLOYEE_PROCESS, "hand_over"): _read_result,
    (EMPLOYEE_PROCESS, "appraisal.respond"): _read_result,
    (EMPLOYEE_PROCESS, "appraisal.decide_objection"): _read_result,
    (UNIT_PROCESS, "org_predicate"): _read_unit,
    (UNIT_PROCESS, "distribution_justification"): _read_distribution,
}
