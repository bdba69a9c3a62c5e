"""Import of what was measured in a quarter, number by number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from engine.records.case import CaseStatus, case
from engine.records.packing import pack
from processes.appraisal.facts import read_content
from processes.appraisal.imports.positions import INDICATOR, NIP, QUARTER, YEAR, Positions
from processes.appraisal.origins import Origin, with_origins
from processes.appraisal.records import evaluation, realisation
from processes.people.city import Indicator, MeasureField, Period, Who
from processes.people.imports import Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_code, read_number, read_text

COLUMNS = (
    NIP,
    YEAR,
    QUARTER,
    INDICATOR,
    Column("field", "Isian", read_code(40), required=False, aliases=("kode isian", "field")),
    Column("value", "Nilai", read_number(), required=False, aliases=("realisasi", "value")),
    Column("reason", "Alasan Tidak Terukur", read_text(500), required=False, aliases=("tidak terukur", "reason")),
    Column("note", "Catatan", read_text(1000), required=False, aliases=("keterangan",)),
)
_KEY = ("nip", "year", "quarter", "indicator", "field")

_realisations = select(
    realisation.c.employee_id,
    realisation.c.year,
    realisation.c.quarter,
    realisation.c.content,
    realisation.c.source,
    realisation.c.entered_by,
    realisation.c.entered_at,
).where(realisation.c.tenant == bindparam("tenant"))
_KEYS = (evaluation.c.employee_id, evaluation.c.year, evaluation.c.quarter)
# The row is made with the recommendation: from then on "why this result" shows what was scored, and must go on to.
_scored = (
    select(*_KEYS, func.max(evaluation.c.locked_at).is_not(None).label("is_locked"))
    .join_from(evaluation, case, evaluation.c.case_id == case.c.id)
    .where(evaluation.c.tenant == bindparam("tenant"), case.c.status != CaseStatus.CANCELLED)
    .group_by(*_KEYS)
)


_Quarter = tuple[int, int, int]


@dataclass
class _Entry:
    """What is realised of one employee's quarter: stored before, and after the file.

    :param before: what was stored, packed as it was, and where it came from; None for nothing.
    """

    content: dict[str, Any]
    before: tuple[bytes, Origin] | None = None
    is_changed: bool = False

    @property
    def is_stored(self) -> bool:
        """There was something before."""
        return self.before is not None

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


def plan_realisations(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan what was measured, number by number: each joins the numbers that are there already."""
    entries = {
        (row["employee_id"], row["year"], row["quarter"]): _Entry(
            read_content(row["content"]),
            (row["content"], Origin(row["source"], row["entered_by"], row["entered_at"])),
        )
        for row in planning.stored(_realisations)
    }
    scored = {(row["employee_id"], row["year"], row["quarter"]): row for row in planning.stored(_scored)}
    positions = Positions(planning)
    seen: dict[tuple[object, ...], ImportRow] = {}
    for row in rows:
        key, is_one = _quarter(planning, row), _is_one_of(planning, row)
        if key is not None and key in scored:
            code = "locked" if scored[key]["is_locked"] else "recommended"
            planning.reject(row, "nip", code, quarter=row["quarter"], year=row["year"])
            continue
        name = _field_name(planning, row, positions.indicators(row, key[0], Period.quarter(*key[1:])) if key else None)
        if key is None or not is_one or not row.is_whole:
            continue
        first = seen.setdefault((*key, row["indicator"], name), row)
        if first is not row:  # once by its name and once without
            planning.reject(row, "field", "duplicate", other=first.number, key=name)
        _put(planning, row, entries.setdefault(key, _Entry({})), name)
    _write_entries(planning, entries)


def _quarter(planning: Planning, row: ImportRow) -> _Quarter | None:
    employee_id = planning.employee_id(row)
    return (employee_id, row["year"], row["quarter"]) if employee_id and row.has_read("year", "quarter") else None


def _is_one_of(planning: Planning, row: ImportRow) -> bool:
    if not row.has_read("value", "reason"):
        return False
    if row["value"] is None and row["reason"] is None:
        planning.reject(row, "", "nothing_given", choices="Nilai, Alasan Tidak Terukur")
    elif row["value"] is not None and row["reason"] is not None:
        planning.reject(row, "", "value_and_reason")
    else:
        return True
    return False


def _field_name(planning: Planning, row: ImportRow, own: Mapping[str, Indicator] | None) -> str:
    """Return the number's name in the indicator: the one given, or the only one that can be imported."""
    if own is None:
        return row["field"] or "value"
    indicator = own.get(row["indicator"])
    if indicator is None:
        planning.reject(row, "indicator", "unknown_indicator", value=row["indicator"], choices=", ".join(own))
        return ""
    fields = {item.name: item for item in indicator.inputs if item.who is not Who.APPRAISER}
    name: str = row["field"] or (next(iter(fields)) if len(fields) == 1 else "")
    if name in fields:
        _check_bounds(planning, row, fields[name])
    elif any(item.name == name for item in indicator.inputs):
        planning.reject(row, "field", "appraiser_field", value=name)
    elif row["reason"] is None:
        choices = ", ".join(fields)
        planning.reject(row, "field", "unknown_field", value=name, indicator=indicator.code, choices=choices)
    return name


def _check_bounds(planning: Planning, row: ImportRow, measure: MeasureField) -> None:
    value: Decimal | None = row["value"]
    low, high = measure.minimum, measure.maximum
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        shown = ["…" if item is None else str(item).replace(".", ",") for item in (value, low, high)]
        planning.reject(row, "value", "out_of_range", value=shown[0], low=shown[1], high=shown[2])


def _put(planning: Planning, row: ImportRow, entry: _Entry, name: str) -> None:
    code = row["indicator"]
    was_known = code in entry.content.get("not_measurable", {}) or name in entry.content.get("measured", {}).get(
        code, {}
    )
    if row["reason"] is not None:
        is_changed = entry.set("not_measurable", code, value=row["reason"])
    else:
        is_changed = entry.set("measured", code, name, value=row["value"])
        is_changed |= entry.content.get("not_measurable", {}).pop(code, None) is not None
        entry.is_changed |= is_changed
    if row["note"] is not None:
        is_changed |= entry.set("notes", code, value=row["note"])
    if not is_changed:
        planning.unchanged += 1
    elif was_known:
        planning.changed += 1
    else:
        planning.new += 1


def _write_entries(planning: Planning, entries: Mapping[_Quarter, _Entry]) -> None:
    keys, columns = ("tenant", "employee_id", "year", "quarter"), ("content", "entered_at", "entered_by", "source")
    around = planning.around
    changed = [
        {
            **dict(zip(keys, (around.tenant, *key), strict=True)),
            "content": _as_stored(entry),
            "entered_at": around.now,
            "entered_by": around.actor,
            "source": around.source[:120] or "import",
            "is_stored": entry.is_stored,
        }
        for key, entry in entries.items()
        if entry.is_changed
    ]
    planning.insert(realisation, _without_mark(row for row in changed if not row["is_stored"]))
    planning.update(realisation, keys, columns, _without_mark(row for row in changed if row["is_stored"]))


def _as_stored(entry: _Entry) -> bytes:
    filled = {name: part for name, part in entry.content.items() if part}
    if entry.before is None:
        return pack(filled)
    content, origin = entry.before
    return pack(with_origins(filled, read_content(content), origin))


def _without_mark(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "is_stored"} for row in rows]


REALISATIONS = ImportKind("realisations", "Realisasi", "Realisations", COLUMNS, _KEY, plan_realisations)
