"""Imports of allowances: parameters, attendance, measures, terms of service, ceilings, deductions, payments."""

from processes.incentive.imports.attendance import ATTENDANCE
from processes.incentive.imports.money import CEILINGS, DEDUCTIONS, PAYMENTS
from processes.incentive.imports.parameters import PARAMETERS
from processes.incentive.imports.standing import SANCTIONS, SERVICE_TERMS
from processes.people.city import Text
from processes.people.imports import ImportGroup, ImportKind, by_name

INCENTIVE_GROUPS = (
    ImportGroup(
        Text("Kehadiran dan tunjangan (TPP)", "Attendance and allowances"),
        Text(
            "Kehadiran harian, hukuman disiplin, dan angka yang dipakai menghitung TPP.",
            "Daily attendance, disciplinary measures, and the numbers by which allowances are computed.",
        ),
        (PARAMETERS, ATTENDANCE, SANCTIONS, SERVICE_TERMS, CEILINGS, DEDUCTIONS, PAYMENTS),
    ),
)
INCENTIVE_KINDS: dict[str, ImportKind] = by_name(INCENTIVE_GROUPS)

__all__ = [
    "ATTENDANCE",
    "CEILINGS",
    "DEDUCTIONS",
    "INCENTIVE_GROUPS",
    "INCENTIVE_KINDS",
    "PARAMETERS",
    "PAYMENTS",
    "SANCTIONS",
    "SERVICE_TERMS",
]
