"""The variables of a rank promotion, by one name each, as services read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from processes.promotion.periods import PromotionPeriod

PROMOTION_PROCESS: Final = "rank_promotion"


@dataclass(frozen=True, slots=True)
class PromotionCase:
    """Whom a case is about, and from when the rank would count."""

    employee: int
    unit: int
    period: PromotionPeriod


def read_case(variables: Mapping[str, Any]) -> PromotionCase:
    """Return what a case began with."""
    period = PromotionPeriod(int(variables["year"]), int(variables["month"]))
    return PromotionCase(int(variables["employee"]), int(variables["unit"]), period)


def start_variables(employee: int, unit: int, period: PromotionPeriod, officers: str) -> dict[str, Any]:
    """Return what a case begins with.

    :param officers: the group that proposes: HR officers of the unit or of one above, else the personnel agency.
    """
    return {
        "employee": employee,
        "unit": unit,
        "year": period.year,
        "month": period.month,
        "effective_on": period.effective_on,
        "officers": officers,
    }


def business_key(employee: int, period: PromotionPeriod) -> str:
    """Return the key of an employee's case for a period: there is one each."""
    return f"{period.code}:{employee}"
