"""The rows in which evaluations after a training are kept."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from engine.services import ServiceContext

_COLUMNS: Final = (
    "score",
    "measure",
    "before",
    "after",
    "sample",
    "others",
    "note",
    "is_applied",
    "correction",
)


def evaluation_row(call: ServiceContext, nomination: int, level: int, source: str, person: Any) -> dict[str, Any]:
    """Return a row of an evaluation without its numbers; nobody has answered what was taken over."""
    own = {"nomination_id": nomination, "level": level, "source": source, "tenant": call.tenant}
    by = int(person) if person is not None else None
    return {**dict.fromkeys(_COLUMNS), **own, "answered_by": by, "answered_at": call.now}


def measured_columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was measured before and after, as columns."""
    numbers = {name: Decimal(given[name]) if given.get(name) is not None else None for name in ("before", "after")}
    return {"measure": given.get("measure") or None, "note": given.get("note") or None, **numbers}
