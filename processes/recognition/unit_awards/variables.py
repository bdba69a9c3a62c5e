"""What the case of an award for a unit knows from its start on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

PROCESS: Final = "unit_award"


@dataclass(frozen=True, slots=True)
class Proposed:
    """Which unit a case is about, by whom, for which quarter.

    :param proposer: None where a rule of the city proposed.
    """

    unit: int
    unit_name: str
    name: str
    year: int
    quarter: int
    proposer: int | None

    def to_variables(self) -> dict[str, Any]:
        """Return it as the case begins with."""
        return {
            "unit": self.unit,
            "unit_name": self.unit_name,
            "award_name": self.name,
            "year": self.year,
            "quarter": self.quarter,
            "proposer": self.proposer,
        }


def read_proposed(variables: Mapping[str, Any]) -> Proposed:
    """Return what the variables of a case say."""
    proposer = variables.get("proposer")
    return Proposed(
        int(variables["unit"]),
        str(variables["unit_name"]),
        str(variables["award_name"]),
        int(variables["year"]),
        int(variables["quarter"]),
        int(proposer) if proposer is not None else None,
    )


def business_key(unit: int, year: int, quarter: int) -> str:
    """Return what keeps a proposal single: one for each unit and quarter."""
    return f"{unit}:{year}-{quarter}"
