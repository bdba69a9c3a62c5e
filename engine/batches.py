"""Names of work that is done a batch at a time, and the locks by which one order of it is told from another."""

from typing import Final

RETRY_GROUP: Final = "retry_group"
RECOUNT: Final = "recount_deadlines"


def retry_lock(tenant: str, process: str, cause: str) -> str:
    """Return the queueing lock of the job that tries the incidents of one cause again."""
    return f"retry:{tenant}:{process}:{cause}"


def recount_lock(tenant: str) -> str:
    """Return the queueing lock of the job that counts the deadlines of a city again."""
    return f"recount:{tenant}"
