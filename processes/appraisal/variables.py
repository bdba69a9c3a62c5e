"""The variables of an appraisal case, typed: what a case knows from its start on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from processes.people.city import Period, PositionFacts, PositionLevel, ScoreRule, UnitKind, from_plain, to_plain

EMPLOYEE_PROCESS = "periodic_evaluation"
UNIT_PROCESS = "unit_evaluation"


@dataclass(frozen=True, slots=True)
class EmployeeCase:
    """Whose case it is, in which quarter, judged by which line, position and rule version.

    :param rated_by: the person who rates at present.
    :param is_final: no objection: the regional head rates, or a superior has taken over.
    """

    employee: int
    unit: int
    year: int
    quarter: int
    position: PositionFacts
    rule: ScoreRule
    rated_by: int
    is_final: bool

    @property
    def period(self) -> Period:
        """The quarter as the city's rules see it."""
        return Period.quarter(self.year, self.quarter)

    @property
    def key(self) -> dict[str, Any]:
        """The columns by which appraisal rows of an employee and quarter are found."""
        return {"employee_id": self.employee, "year": self.year, "quarter": self.quarter}


def read_case(variables: Mapping[str, Any]) -> EmployeeCase:
    """Return the typed view of a case's variables."""
    position = variables["position"]
    return EmployeeCase(
        int(variables["employee"]),
        int(variables["unit"]),
        int(variables["year"]),
        int(variables["quarter"]),
        PositionFacts(position["family"], PositionLevel(position["level"]), UnitKind(position["unit_kind"])),
        from_plain(ScoreRule, variables["rule"]),
        int(variables["rating_by"]["person"]),
        bool(variables["rating_by"]["is_final"]),
    )


def is_replaced(variables: Mapping[str, Any]) -> bool:
    """Say whether the superior of a late appraiser has taken a case over.

    Cases of the first release say it by `is_final` alone.
    """
    rating_by = variables["rating_by"]
    return bool(rating_by.get("is_replaced", rating_by["is_final"]))


def employee_variables(
    *,
    employee: int,
    unit: int,
    year: int,
    quarter: int,
    week: int,
    position: PositionFacts,
    rule: ScoreRule,
    rater: int,
    realisation_due: date,
    window_end: date,
    is_final: bool = False,
) -> dict[str, Any]:
    """Return the variables with which an employee's case starts."""
    return {
        "employee": employee,
        "unit": unit,
        "year": year,
        "quarter": quarter,
        "week": week,
        "position": to_plain(position),
        "rule": to_plain(rule),
        "rating_by": {"person": rater, "is_final": is_final, "is_replaced": False},
        "realisation_due": realisation_due,
        "window_end": window_end,
        "org_key": org_key(unit, year, quarter),
    }


def unit_variables(
    *,
    unit: int,
    year: int,
    quarter: int,
    week: int,
    head: int | None,
    head_superior: int | None,
    deputy: int | None,
    org_due: date,
    window_end: date,
) -> dict[str, Any]:
    """Return the variables with which a unit's case starts; a unit without anybody names nobody."""
    return {
        "unit": unit,
        "year": year,
        "quarter": quarter,
        "week": week,
        "head": head,
        "head_superior": head_superior,
        "deputy": deputy,
        "org_due": org_due,
        "window_end": window_end,
        "org_key": org_key(unit, year, quarter),
    }


def org_key(unit: int, year: int, quarter: int) -> str:
    """Return the correlation key under which a unit's predicate reaches its employees' cases."""
    return f"{unit}:{year}-{quarter}"


def business_key(subject: int, year: int, quarter: int) -> str:
    """Return the key that keeps a second case of the same subject and quarter from being opened."""
    return f"{year}-{quarter}:{subject}"
