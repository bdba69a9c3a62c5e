"""Which disciplinary measure days without reason ask for (PP 94/2021 Ps 9-11): a proposal, never a cut by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from processes.incentive.rules import basis as keys
from processes.incentive.rules.basis import Basis
from processes.people.career_values import Measure
from processes.people.city.texts import Text

#: The measures by days in a year, the lightest first.
LADDER = (
    Measure.ORAL_REPRIMAND,
    Measure.WRITTEN_REPRIMAND,
    Measure.STATEMENT_OF_DISSATISFACTION,
    Measure.ALLOWANCE_CUT_6_MONTHS,
    Measure.ALLOWANCE_CUT_9_MONTHS,
    Measure.ALLOWANCE_CUT_12_MONTHS,
    Measure.DEMOTION,
    Measure.RELEASE_FROM_POST,
    Measure.DISMISSAL,
)

#: What the measures are called.
MEASURES = {
    Measure.ORAL_REPRIMAND: Text("teguran lisan", "an oral reprimand"),
    Measure.WRITTEN_REPRIMAND: Text("teguran tertulis", "a written reprimand"),
    Measure.STATEMENT_OF_DISSATISFACTION: Text(
        "pernyataan tidak puas secara tertulis", "a written statement of dissatisfaction"
    ),
    Measure.ALLOWANCE_CUT_6_MONTHS: Text(
        "pemotongan tunjangan 25% selama 6 bulan", "a cut of the allowance by 25% for 6 months"
    ),
    Measure.ALLOWANCE_CUT_9_MONTHS: Text(
        "pemotongan tunjangan 25% selama 9 bulan", "a cut of the allowance by 25% for 9 months"
    ),
    Measure.ALLOWANCE_CUT_12_MONTHS: Text(
        "pemotongan tunjangan 25% selama 12 bulan", "a cut of the allowance by 25% for 12 months"
    ),
    Measure.DEMOTION: Text("penurunan jabatan setingkat selama 12 bulan", "a lower post for 12 months"),
    Measure.RELEASE_FROM_POST: Text(
        "pembebasan dari jabatan menjadi pelaksana selama 12 bulan", "release from the post for 12 months"
    ),
    Measure.DISMISSAL: Text("pemberhentian dengan hormat tidak atas permintaan sendiri", "dismissal"),
}


def measure_for(days: int, in_a_row: int, basis: Basis) -> Measure | None:
    """Return the measure for days of absence without reason in a calendar year; None while there are too few.

    :param in_a_row: the longest run of working days: ten of them are enough for the heaviest measure.
    """
    if in_a_row >= basis.number(keys.DISCIPLINE, "in_a_row"):
        return Measure.DISMISSAL
    found: Measure | None = None
    for measure in LADDER:
        if days >= basis.number(keys.DISCIPLINE, measure.value):
            found = measure
    return found


def longest_run(days: Collection[date], working: Collection[date]) -> int:
    """Return the most working days in a row among some days; a weekend or holiday between does not break a run."""
    longest = run = 0
    for day in sorted(working):
        run = run + 1 if day in days else 0
        longest = max(longest, run)
    return longest
