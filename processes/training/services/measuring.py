"""Levels 3 and 4 in figures: what the unit's were before and after a training, as imported or as somebody knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.records.changes import Write
from engine.services import ServiceContext, ServiceResult
from processes.people.queries import all_units, ids_above
from processes.people.queries.figures import QuarterFigure, figures_by_quarter
from processes.training.queries.catalogue import courses
from processes.training.queries.nominations import Nomination, find_nomination
from processes.training.records import training_evaluation
from processes.training.rules.impact import Quarter, before_and_after, compared, in_words
from processes.training.services.evaluating import evaluation_row, measured_columns

NOTHING: Final = {"is_found": False}


@dataclass(frozen=True, slots=True)
class _Found:
    """A unit's figure by quarter, and the quarters before and after the training."""

    unit: int
    name: str
    known: Mapping[Quarter, QuarterFigure]
    before: Quarter
    after: Quarter


def gather_impact(call: ServiceContext) -> ServiceResult:
    """Return the figures by which the course is measured, before and after: of level 4, and of level 3 beside it.

    Each is the unit's, or that of the nearest unit above of which it is known, with how many answers it rests on, where
    it comes from, and units of the same kind to compare with. Where the course names no figure, or a quarter before or
    after is not known, nothing is taken over.
    """
    training = call.variables["training"]
    nomination = find_nomination(call.read, call.tenant, int(training["nomination"]))
    course = courses(call.read, call.tenant).get(nomination.course)
    if course is None:
        return ServiceResult(dict(NOTHING))
    found = {
        "impact": _taken(call, nomination, course.impact_figure, course.impact_measure),
        "behaviour": _taken(call, nomination, course.behaviour_figure, course.behaviour_measure),
    }
    return ServiceResult({"is_found": any(item["is_found"] for item in found.values()), **found})


def record_impact(call: ServiceContext) -> ServiceResult:
    """Keep the figures before and after: as the head confirmed or corrected them, else as they were taken over."""
    figures, entered = call.variables.get("figures") or {}, call.variables.get("impact")
    nomination, head = int(call.variables["training"]["nomination"]), call.variables["training"]["head"]
    rows = [_filled(evaluation_row(call, nomination, 4, "unit", call.actor or head), entered)] if entered else []
    for level, key in ((4, "impact"), (3, "behaviour")):
        taken = figures.get(key, NOTHING)
        if taken["is_found"] and not (entered and level == 4):
            rows.append(_filled(evaluation_row(call, nomination, level, "unit", None), taken))
    return ServiceResult(writes=(Write(training_evaluation.insert(), rows),) if rows else ())


def _taken(call: ServiceContext, nomination: Nomination, name: str, measure: str) -> dict[str, Any]:
    found = _own_figure(call, int(call.variables["training"]["unit"]), name, nomination) if name else None
    if found is None:
        return dict(NOTHING)
    before, after = found.known[found.before], found.known[found.after]
    return {
        "is_found": True,
        "measure": measure or name,
        "before": before.value,
        "after": after.value,
        "sample": after.sample,
        "others": _others(call, found),
        "source": _source(found),
    }


def _filled(row: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    sample = given.get("sample")
    more = {
        "note": given["source"],
        "sample": int(sample) if sample is not None else None,
        "others": given["others"] or None,
        "correction": given.get("correction") or None,
    }
    return row | measured_columns(given) | more


def _own_figure(call: ServiceContext, unit: int, name: str, nomination: Nomination) -> _Found | None:
    above = ids_above(call.read, call.tenant, unit)
    figures = figures_by_quarter(call.read, call.tenant, above, name)
    for one in above:
        known = figures.get(one, {})
        before, after = before_and_after(known, nomination.first_day, nomination.last_day)
        if before is not None and after is not None:
            return _Found(one, name, known, before, after)
    return None


def _others(call: ServiceContext, found: _Found) -> str:
    """Return the units to compare with: those of the same kind, or where the unit is the only one all others."""
    units = {item.id: item for item in all_units(call.read, call.tenant)}
    kind = units.pop(found.unit).kind
    figures = figures_by_quarter(call.read, call.tenant, units, found.name)
    values = {one: {quarter: item.value for quarter, item in known.items()} for one, known in figures.items()}
    alike = {one: known for one, known in values.items() if units[one].kind is kind}
    names = {one: item.name for one, item in units.items()}
    quarters = found.before, found.after
    others = compared(names, alike, *quarters) or compared(names, values, *quarters)
    return in_words(others, found.known[found.before].value)


def _source(found: _Found) -> str:
    told = [
        f"triwulan {quarter} tahun {year} ({found.known[year, quarter].source})"
        for year, quarter in (found.before, found.after)
    ]
    return f"Angka unit {found.name}: {told[0]} dan {told[1]}"
