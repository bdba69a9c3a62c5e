"""What holds for feedback among colleagues: the quarter it counts for, its limits, and who may read it when.

Rules and where they come from (PermenPANRB 6/2022 Ps 18 and annex III):

* Feedback is continuous and also given by peers, subordinates and others. What is given after the ratings of a quarter
  were recommended counts for the next quarter: the share of positive feedback is part of that recommendation.
* Who gave it is shown to the appraiser's line and the personnel staff only (`queries.readers.sees_notes`).
* The employee reads the words without giver, relation, day or order. The words count in the ratings, so they are open
  to him at the latest when the result is handed over, in time for an objection; before that as soon as `FEWEST_GIVERS`
  colleagues have written, so that in a small unit the words do not give their writer away. The regulation names no
  number; three is ours, the least number of peers whose scores Serang's R5 counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, String, bindparam, exists, func, literal_column, select

from processes.appraisal.entries import APPRAISER
from processes.appraisal.records import evaluation, feedback, period

#: How often one person may give feedback about the same colleague in a quarter: more would be campaigning.
MOST_PER_COLLEAGUE = 3
#: From how many colleagues on the employee reads their words before the result is handed over.
FEWEST_GIVERS = 3

_OF_QUARTER = ("tenant", "employee_id", "year", "quarter")
_open_period = (
    select(period.c.year, period.c.quarter)
    .where(period.c.tenant == bindparam("tenant"))
    .order_by(period.c.year.desc(), period.c.quarter.desc())
    .limit(1)
)
_evaluated = select(evaluation.c.case_id).where(*(evaluation.c[name] == bindparam(name) for name in _OF_QUARTER))
#: Of a row of `feedback`: no appraiser wrote it in his task. A literal, or SQLite would not use its partial index.
is_from_colleague = feedback.c.relation != literal_column(f"'{APPRAISER}'", String)
#: Of a row of `feedback`: the ratings of its quarter have been recommended, so that it counts and stays as it is.
is_counted = exists().where(*(evaluation.c[name] == feedback.c[name] for name in _OF_QUARTER))

_about = (*(feedback.c[name] == bindparam(name) for name in _OF_QUARTER), is_from_colleague)
_given = select(func.count()).select_from(feedback).where(*_about, feedback.c.giver_id == bindparam("giver_id"))
_givers = select(feedback.c.giver_id).where(*_about).distinct()


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year."""

    year: int
    quarter: int

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.quarter == 4 else Quarter(self.year, self.quarter + 1)


def open_quarter(read: Connection, tenant: str) -> Quarter | None:
    """Return the newest quarter that was opened in a city, be it closed again since, or None."""
    row = read.execute(_open_period, {"tenant": tenant}).one_or_none()
    return Quarter(row.year, row.quarter) if row is not None else None


def counted_quarter(read: Connection, tenant: str, employee_id: int) -> Quarter | None:
    """Return the quarter for which feedback about an employee counts now: the open one, or the next; None without one.

    Once the ratings of the open quarter have been recommended, new words could not change the recommendation any more.
    """
    opened = open_quarter(read, tenant)
    if opened is None:
        return None
    key = {"tenant": tenant, "employee_id": employee_id, "year": opened.year, "quarter": opened.quarter}
    return opened if read.execute(_evaluated, key).first() is None else opened.next


def given_so_far(read: Connection, tenant: str, giver: int, employee_id: int, quarter: Quarter) -> int:
    """Return how often a person has given feedback about an employee that counts for a quarter."""
    key = {"tenant": tenant, "employee_id": employee_id, "year": quarter.year, "quarter": quarter.quarter}
    return int(read.execute(_given, {**key, "giver_id": giver}).scalar_one())


def givers_of(read: Connection, tenant: str, employee_id: int, quarter: Quarter) -> set[int]:
    """Return the colleagues who gave feedback about an employee that counts for a quarter."""
    key = {"tenant": tenant, "employee_id": employee_id, "year": quarter.year, "quarter": quarter.quarter}
    return set(read.execute(_givers, key).scalars())
