"""What the cases of the monthly approval and of disputes know from their start on, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

APPROVAL = "incentive_approval"
DISPUTE = "incentive_dispute"

#: Steps of the monthly approval and the variable that says who did each; nobody stands in two of them.
DONE_BY: Mapping[str, str] = {
    "check": "checked",
    "decide_ceiling": "ceiling_allowed",
    "sign": "stated",
    "verify": "verified",
    "order": "ordered",
    "pay": "ordered",
}


@dataclass(frozen=True, slots=True)
class MonthCase:
    """A unit's month.

    :param month: its first day.
    """

    unit: int
    month: date

    @property
    def named(self) -> dict[str, int]:
        """The month as texts of notices name it."""
        return {"year": self.month.year, "month": self.month.month}


@dataclass(frozen=True, slots=True)
class DisputeCase:
    """Whose slip of which unit and month is disputed."""

    employee: int
    unit: int
    month: date

    @property
    def named(self) -> dict[str, int]:
        """The month as texts of notices name it."""
        return {"year": self.month.year, "month": self.month.month}


def read_month(variables: Mapping[str, Any]) -> MonthCase:
    """Return the typed view of a monthly case's variables."""
    return MonthCase(int(variables["unit"]), as_day(variables["month_of"]))


def read_dispute(variables: Mapping[str, Any]) -> DisputeCase:
    """Return the typed view of a dispute's variables."""
    return DisputeCase(int(variables["employee"]), int(variables["unit"]), as_day(variables["month_of"]))


def as_day(value: object) -> date:
    """Return a day that a case keeps; one that was written as text is read."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def month_variables(unit: int, month: date, officer_group: str) -> dict[str, Any]:
    """Return the variables with which a unit's month starts.

    :param officer_group: whose queue the unit's own steps go to.
    """
    return {"unit": unit, "month_of": month, "officer_group": officer_group}


def dispute_variables(case: DisputeCase, *, officer_group: str, line: str, reason: str, slip: int) -> dict[str, Any]:
    """Return the variables with which a dispute starts.

    :param line: code of the line that is disputed; empty for the slip as a whole.
    :param slip: version of the slip that was disputed.
    """
    return {
        "employee": case.employee,
        "unit": case.unit,
        "month_of": case.month,
        "officer_group": officer_group,
        "dispute": {"line": line, "reason": reason, "slip": slip},
    }


def month_key(unit: int, month: date) -> str:
    """Return the business key of a unit's month, which keeps a second case from being opened."""
    return f"{month:%Y-%m}:{unit}"


def dispute_key(case: DisputeCase) -> str:
    """Return the business key of a dispute: one for each slip."""
    return f"{case.month:%Y-%m}:{case.employee}:{case.unit}"


def acted_in_other_steps(variables: Mapping[str, Any], element: str) -> frozenset[int]:
    """Return who did another step of a month than this one; whoever did the same step before may do it again."""
    own = DONE_BY.get(element)
    others = {name for name in DONE_BY.values() if name != own}
    return frozenset(person for name in others if (person := _person(variables.get(name))) is not None)


def answered_by(variables: Mapping[str, Any]) -> int | None:
    """Return who answered a dispute for the unit; None if nobody has."""
    return _person(variables.get("answered"))


def _person(done: Any) -> int | None:
    person = done.get("person") if isinstance(done, Mapping) else None
    return None if person is None else int(person)
