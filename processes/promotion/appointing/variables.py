"""What the shared ending asks of the variables of a case, by one name each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from processes.promotion.appointing.records import AppointmentKind


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is appointed to which post, and by which way."""

    employee: int
    post: int
    kind: AppointmentKind


def read_appointment(variables: Mapping[str, Any]) -> Appointment:
    """Return what a case has decided."""
    kind = AppointmentKind(variables["appointment"])
    return Appointment(int(variables["appointee"]), int(variables["post"]), kind)


def held_from(variables: Mapping[str, Any]) -> date:
    """Return from which day on the post is held: from the inauguration, not before the day that the decree names."""
    inaugurated, named = variables["inauguration"]["inaugurated_on"], variables["decree_answers"]["effective_on"]
    first: date = max(inaugurated, named)
    return first
