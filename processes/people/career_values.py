"""Values of careers that regulations name: levels of education, disciplinary measures."""

from enum import StrEnum
from typing import Final


class EducationLevel(StrEnum):
    """Levels of education, the lowest first."""

    PRIMARY = "SD"
    JUNIOR_SECONDARY = "SMP"
    SENIOR_SECONDARY = "SMA"
    DIPLOMA_1 = "D1"
    DIPLOMA_2 = "D2"
    DIPLOMA_3 = "D3"
    DIPLOMA_4 = "D4"
    BACHELOR = "S1"
    PROFESSION = "PROFESI"
    MASTER = "S2"
    DOCTOR = "S3"


class Weight(StrEnum):
    """How heavy a disciplinary measure is (PP 94/2021 Ps 8)."""

    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"


class Measure(StrEnum):
    """Disciplinary measures (PP 94/2021 Ps 8)."""

    ORAL_REPRIMAND = "oral_reprimand"
    WRITTEN_REPRIMAND = "written_reprimand"
    STATEMENT_OF_DISSATISFACTION = "statement_of_dissatisfaction"
    ALLOWANCE_CUT_6_MONTHS = "allowance_cut_6_months"
    ALLOWANCE_CUT_9_MONTHS = "allowance_cut_9_months"
    ALLOWANCE_CUT_12_MONTHS = "allowance_cut_12_months"
    DEMOTION = "demotion"
    RELEASE_FROM_POST = "release_from_post"
    DISMISSAL = "dismissal"


_LIGHT: Final = (Measure.ORAL_REPRIMAND, Measure.WRITTEN_REPRIMAND, Measure.STATEMENT_OF_DISSATISFACTION)
_SEVERE: Final = (Measure.DEMOTION, Measure.RELEASE_FROM_POST, Measure.DISMISSAL)


def weight_of(measure: Measure) -> Weight:
    """Return how heavy a measure is."""
    if measure in _LIGHT:
        return Weight.LIGHT
    return Weight.SEVERE if measure in _SEVERE else Weight.MODERATE
