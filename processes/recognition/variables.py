"""What a nomination's case knows from its start on."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

PROCESS: Final = "award"
#: From how many scores on a panel's value counts.
QUORUM: Final = 3


@dataclass(frozen=True, slots=True)
class Nominated:
    """Whom a case is about, by whom, for which award.

    :param nominator: None where a rule of the city proposed.
    """

    employee: int
    unit: int
    program: int
    name: str
    nominator: int | None
    amount: Decimal | None
    dpa_code: str | None

    @property
    def parties(self) -> frozenset[int]:
        """The nominee and whoever nominated: nobody of them has a part in the decision."""
        return frozenset({self.employee}) | ({self.nominator} if self.nominator is not None else set())


def read_nominated(variables: Mapping[str, Any]) -> Nominated:
    """Return what the variables of a case say."""
    nominator = variables.get("nominator")
    return Nominated(
        int(variables["employee"]),
        int(variables["unit"]),
        int(variables["program"]),
        str(variables["award_name"]),
        int(nominator) if nominator is not None else None,
        variables.get("amount"),
        variables.get("dpa_code"),
    )


def business_key(program: int, employee: int) -> str:
    """Return what keeps a nomination single: one for each person and award."""
    return f"{program}:{employee}"


def is_decision(entry: Mapping[str, Any]) -> bool:
    """Say whether an entry of a case's journal is that of the decision, by whomever."""
    return entry.get("kind") == "complete" and entry.get("element") == "decide"
