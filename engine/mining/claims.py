"""When somebody took a task of a queue: the audit trail says who did and in which case, but not which task."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """Somebody took a task of a queue, or gave one back."""

    at: datetime
    person: int
    is_back: bool = False


def claim_of(claims: Iterable[Claim], person: int, since: datetime, until: datetime) -> Claim | None:
    """Return the claim by which a task came to whoever has it at the end of a time; None if it came otherwise.

    Of several tasks that one person has taken from the queues of one case, the last one is held to be what he does or
    gives back first: what he took before may have been taken away from him meanwhile.

    :param claims: of the case, the oldest first.
    :param since: when the task came into the queue.
    """
    kept: list[Claim] = []
    for claim in claims:
        if claim.person != person or not since <= claim.at <= until:
            continue
        if not claim.is_back:
            kept.append(claim)
        elif kept:
            kept.pop()
    return kept[-1] if kept else None
