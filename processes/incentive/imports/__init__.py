"""Imports of allowances: parameters, attendance, measures, terms of service, ceilings, deductions, payments."""

from processes.incentive.imports.attendance import ATTENDANCE
from processes.incentive.imports.money import CEILINGS, DEDUCTIONS, PAYMENTS
from processes.incentive.imports.parameters import PARAMETERS
from processes.incentive.imports.standing import SANCTIONS, SERVICE_TERMS
from processes.people.imports import ImportKind

INCENTIVE_KINDS: dict[str, ImportKind] = {
    kind.name: kind for kind in (PARAMETERS, ATTENDANCE, SANCTIONS, SERVICE_TERMS, CEILINGS, DEDUCTIONS, PAYMENTS)
}

__all__ = [
    "ATTENDANCE",
    "CEILINGS",
    "DEDUCTIONS",
    "INCENTIVE_KINDS",
    "PARAMETERS",
    "PAYMENTS",
    "SANCTIONS",
    "SERVICE_TERMS",
]
