"""The job that looks ahead at a design, by its name."""

from typing import Final

from engine.command import Job

FORESEE: Final = "foresee"


def foresee_job(tenant: str, number: int) -> Job:
    """Return the job that answers what was asked."""
    return Job(FORESEE, {"tenant": tenant, "number": number}, unique=f"{FORESEE}:{number}")
