"""Which processes are about an employee: their titles and answers tell of a person, and the case is his own."""

from typing import Final

#: The subject of such a case is the employee's id; that of any other is a unit's, a post's, or nobody's.
ABOUT_EMPLOYEES: Final = frozenset(
    {
        "periodic_evaluation",
        "rank_promotion",
        "training_nomination",
        "training_evaluation",
        "incentive_dispute",
        "award",
    }
)
