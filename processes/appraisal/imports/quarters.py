"""What is realised in employees' quarters: as it is kept, and how a file's numbers join it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.records.changes import Write
from engine.records.packing import pack
from processes.appraisal.facts import read_content
from processes.appraisal.imports.scored import is_scored
from processes.appraisal.origins import Origin, with_origins
from processes.appraisal.records import realisation
from processes.people.imports import Planning, Surroundings

_realisations = select(
    realisation.c.employee_id,
    realisation.c.year,
    realisation.c.quarter,
    realisation.c.content,
    realisation.c.source,
    realisation.c.entered_by,
    realisation.c.entered_at,
).where(realisation.c.tenant == bindparam("tenant"))

_KEYS = ("tenant", "employee_id", "year", "quarter")
# Changes nothing: it finds the rows only while nothing has been recommended from what they said before.
_not_scored_yet = (
    realisation.update()
    .where(*(realisation.c[name] == bindparam(f"of_{name}") for name in _KEYS))
    .where(~is_scored(realisation, "employee_id", "year", "quarter"))
    .values(source=realisation.c.source)
)

#: Employee, year and quarter.
QuarterKey = tuple[int, int, int]


@dataclass
class QuarterEntry:
    """What is realised of one employee's quarter: stored before, and after the file.

    :param before: what was stored, packed as it was, and where it came from; None for nothing.
    """

    content: dict[str, Any]
    before: tuple[bytes, Origin] | None = None
    is_changed: bool = False

    def set(self, part: str, *path: str, value: object) -> bool:
        """Put a value; say whether that changed something."""
        place = self.content.setdefault(part, {})
        for name in path[:-1]:
            place = place.setdefault(name, {})
        if place.get(path[-1]) == value:
            return False
        place[path[-1]] = value
        self.is_changed = True
        return True


def read_quarters(planning: Planning) -> dict[QuarterKey, QuarterEntry]:
    """Return what is kept of every employee's quarter."""
    return {
        (row["employee_id"], row["year"], row["quarter"]): QuarterEntry(
            read_content(planning.around.read, row["content"]),
            (row["content"], Origin(row["source"], row["entered_by"], row["entered_at"])),
        )
        for row in planning.stored(_realisations)
    }


def write_quarters(planning: Planning, entries: Mapping[QuarterKey, QuarterEntry]) -> None:
    """Plan the writing of what the file has changed, unless somebody changes or scores it meanwhile."""
    changed = {key: entry for key, entry in entries.items() if entry.is_changed}
    known = {key: entry.before[0] for key, entry in changed.items() if entry.before is not None}
    rows = {key: _row(planning.around, key, entry) for key, entry in changed.items()}
    planning.insert(realisation, [row for key, row in rows.items() if key not in known])
    # Employees enter theirs at the same time: what came after the reading is joined anew, never overwritten.
    planning.update(
        realisation,
        _KEYS,
        ("content", "entered_at", "entered_by", "source"),
        [rows[key] for key in known],
        was=[{"content": content} for content in known.values()],
    )
    if rows:
        keys = [{f"of_{name}": row[name] for name in _KEYS} for row in rows.values()]
        planning.writes.append(Write(_not_scored_yet, keys, expect=len(keys)))


def _row(around: Surroundings, key: QuarterKey, entry: QuarterEntry) -> dict[str, Any]:
    return {
        **dict(zip(_KEYS, (around.tenant, *key), strict=True)),
        "content": _as_stored(around.read, entry),
        "entered_at": around.now,
        "entered_by": around.actor,
        "source": around.source[:120] or "import",
    }


def _as_stored(read: Connection, entry: QuarterEntry) -> bytes:
    filled = {name: part for name, part in entry.content.items() if part}
    if entry.before is None:
        return pack(filled)
    content, origin = entry.before
    return pack(with_origins(filled, read_content(read, content), origin))
