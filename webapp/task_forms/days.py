"""Bounds of the days that a form asks for: what happened about a quarter happened neither before it nor tomorrow."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from processes.appraisal.variables import EmployeeCase
from processes.people.city import Period
from webapp.task_forms.context import FormContext

HAND_OVER = "hand_over"


def with_dialogue_day(spec: Mapping[str, Any], context: FormContext) -> Mapping[str, Any]:
    """Return the form of the hand-over, whose dialogue is about the quarter: not before it began.

    Another process may have a form of the same key, and knows no quarter.
    """
    year, quarter = context.variables.get("year"), context.variables.get("quarter")
    if year is None or quarter is None:
        return spec
    return _bounded(spec, "dialogue_on", Period.quarter(int(year), int(quarter)).start)


def with_evidence_days(spec: Mapping[str, Any], case: EmployeeCase, today: date) -> Mapping[str, Any]:
    """Return the form of the marks, whose evidence is of the quarter: behaviour is rated by what was seen in it."""
    last = case.period.end
    return _bounded(spec, "__evidence_", case.period.start, last if last < today else None)


def _bounded(spec: Mapping[str, Any], part: str, first: date, last: date | None = None) -> Mapping[str, Any]:
    """Bound the days whose field's name has a part in it; a bound that the form itself names stays."""
    later = {"max": last.isoformat()} if last is not None else {}
    fields = [
        {"min": first.isoformat(), **field, **later} if field["type"] == "date" and part in field["name"] else field
        for field in spec["fields"]
    ]
    return {**spec, "fields": fields}
