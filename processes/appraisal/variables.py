"""The variables of an appraisal case, typed: what a case knows from its start on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from processes.people.city import Period, PositionFacts, PositionLevel, ScoreRule, UnitKind, from_plain, to_plain

EMPLOYEE_PROCESS = "periodic_evaluation"
UNIT_PROCESS = "unit_evaluation"
#: The task in which an objection is decided.
DECISION = "decide_objection"


@dataclass(frozen=True, slots=True)
class EmployeeCase:
    """Whose case it is, in which quarter, judged by which line, position and rule version.

    :param rated_by: the person who rates at present.
    :param is_final: no objection: nobody stands above the appraiser, or a superior has taken over.
    :param is_replaced: the superior of a late appraiser has taken over.
    :param raters: everybody who rated or signed, and the one for whom they did: none of them decides an objection.
    """

    employee: int
    unit: int
    year: int
    quarter: int
    position: PositionFacts
    rule: ScoreRule
    rated_by: int
    is_final: bool
    is_replaced: bool
    raters: frozenset[int]

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
        is_replaced(variables),
        raters_of(variables),
    )


def raters_of(variables: Mapping[str, Any]) -> frozenset[int]:
    """Return everybody who rated or signed so far, and the one for whom they did; empty for a case of a unit."""
    of_case = (variables.get("rating_by") or {}, variables.get("signed_by") or {})
    found = (of_case[0].get("person"), of_case[1].get("person"), of_case[1].get("rater"))
    return frozenset(int(person) for person in found if person is not None)


def why_returned(variables: Mapping[str, Any]) -> str:
    """Return why the ratings came back instead of being signed; empty where they did not."""
    signature = variables.get("signature") or {}
    return str(signature.get("reason") or "") if signature.get("outcome") == "return" else ""


def is_replaced(variables: Mapping[str, Any]) -> bool:
    """Say whether the superior of a late appraiser has taken a case over.

    Cases of the first release say it by `is_final` alone.
    """
    rating_by = variables["rating_by"]
    return bool(rating_by.get("is_replaced", rating_by["is_final"]))


def rating_by(person: int, *, is_final: bool, is_replaced: bool = False, is_last: bool = False) -> dict[str, Any]:
    """Return the variable that says who rates.

    :param is_last: nobody stands above that person: no limit takes his tasks away, and his result is final.
    """
    return {"person": person, "is_final": is_final or is_last, "is_replaced": is_replaced, "is_last": is_last}


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
        "rating_by": rating_by(rater, is_final=is_final),
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
