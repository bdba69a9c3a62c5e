"""The rules by which a city may find people worth an award: pure, with the numbers as dated parameters."""

from typing import Final

from processes.recognition.rules.predicate import EXCELLENT, Excellence, is_excellent
from processes.recognition.rules.service import SERVICE_TIME, Improvement, MonthFigures, find_improvement

#: Names of the rules that may nominate; each is the key of its parameters.
PROPOSING_RULES: Final = (SERVICE_TIME, EXCELLENT)

__all__ = [
    "EXCELLENT",
    "PROPOSING_RULES",
    "SERVICE_TIME",
    "Excellence",
    "Improvement",
    "MonthFigures",
    "find_improvement",
    "is_excellent",
]
