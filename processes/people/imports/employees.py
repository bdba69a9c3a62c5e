"""Import of employees and of where they work: a changed unit or post ends the placement before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports.batch import Batch, with_file_values
from processes.people.imports.cells import read_choice, read_code, read_day, read_nip, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.nip import parse_nip
from processes.people.records import EmployeeKind, employee, placement
from processes.people.spans import Span, SpanOverlap, Timeline, changed_spans

_KINDS = {EmployeeKind.PNS: ("PNS", "CPNS"), EmployeeKind.PPPK: ("PPPK", "P3K")}
_OWN = ("name", "kind", "grade", "active_from", "active_to")
_COLUMNS = ("nip", *_OWN)

COLUMNS = (
    Column("nip", "NIP", read_nip, aliases=("nip baru", "ni pppk")),
    Column("old_nip", "NIP Lama", read_nip, required=False, aliases=("nip sebelumnya",)),
    Column("name", "Nama", read_text(200), aliases=("nama lengkap", "nama pegawai")),
    Column("kind", "Jenis", read_choice(_KINDS), required=False, aliases=("jenis pegawai", "status")),
    Column("grade", "Golongan", read_code(10), required=False, aliases=("golongan ruang", "gol")),
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code", "unor_id")),
    Column("post", "Kode Jabatan", read_code(), required=False, aliases=("jabatan", "post code")),
    Column("since", "TMT Jabatan", read_day, required=False, aliases=("tmt", "mulai", "sejak", "valid_from")),
    Column("active_from", "Aktif Sejak", read_day, required=False, aliases=("aktif mulai",)),
    Column("active_to", "Aktif Sampai", read_day, required=False, aliases=("berhenti", "pensiun")),
)

_existing = select(employee.c.id, *(employee.c[name] for name in _COLUMNS)).where(
    employee.c.tenant == bindparam("tenant")
)
_placements = (
    select(
        placement.c.id,
        placement.c.employee_id,
        placement.c.unit_id,
        placement.c.post_id,
        placement.c.valid_from,
        placement.c.valid_to,
    )
    .where(placement.c.tenant == bindparam("tenant"))
    .order_by(placement.c.valid_from)
)


def plan_employees(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed employees with their placements."""
    stored = {row["nip"]: row for row in planning.stored(_existing)}
    places = _read_placements(planning)
    batch = Batch(planning, employee, ("id",), _COLUMNS)
    for row in rows:
        known = _known(planning, row, stored)
        if not row.is_whole:
            _check_rest(planning, row, known)
            continue
        unchanged = planning.unchanged
        values = _values(planning, row, known)
        employee_id = known["id"] if known else planning.new_id()
        is_moved = _place(planning, row, places.setdefault(employee_id, Timeline()))
        before = planning.unchanged
        batch.put(known, {"id": employee_id, "tenant": planning.around.tenant, **values})
        if is_moved and planning.unchanged > before:
            planning.unchanged, planning.changed = before, planning.changed + 1
        planning.reject_own(row, employee_id, unchanged=unchanged)
    batch.close()
    _write_placements(planning, places)


def _known(planning: Planning, row: ImportRow, stored: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the stored employee: by the number, or by the old one after a new work agreement."""
    known: Mapping[str, Any] | None = stored.get(row["nip"])
    if row["old_nip"] is None or row["old_nip"] == row["nip"]:
        return known
    former: Mapping[str, Any] | None = stored.get(row["old_nip"])
    if known is not None and former is not None:
        planning.reject(row, "nip", "nip_taken", value=row["nip"])
    elif known is None and former is None:
        planning.reject(row, "old_nip", "unknown_employee", value=row["old_nip"])
    return known or former


def _values(planning: Planning, row: ImportRow, known: Mapping[str, Any] | None) -> dict[str, Any]:
    values = with_file_values(known or {}, row, _OWN)
    said = _check_kind(planning, row)
    _check_active(planning, row, values)
    return {**values, "nip": row["nip"], "kind": str(said)}


def _check_kind(planning: Planning, row: ImportRow) -> EmployeeKind:
    """Return the kind that the number says, which the file must not contradict."""
    said = EmployeeKind(parse_nip(row["nip"], lenient=True).kind.value)
    if row["kind"] is not None and row["kind"] is not said:
        planning.reject(row, "kind", "kind_differs", value=row["kind"], other=said)
    return said


def _check_active(planning: Planning, row: ImportRow, values: Mapping[str, Any]) -> None:
    first, last = values["active_from"], values["active_to"]
    if first is not None and last is not None and last < first:
        planning.reject(row, "active_to", "ends_before_start", first=first, last=last)


def _check_rest(planning: Planning, row: ImportRow, known: Mapping[str, Any] | None) -> None:
    """Note what else is wrong with a row that is not whole."""
    if row.has_read("nip"):
        _check_kind(planning, row)
    if row.has_read("active_from", "active_to"):
        _check_active(planning, row, with_file_values(known or {}, row, _OWN))
    _post_id(planning, row, planning.unit_id(row))


def _place(planning: Planning, row: ImportRow, line: Timeline) -> bool:
    """Put the row's unit and post on the employee's line; say whether that changed something."""
    unit_id = planning.unit_id(row)
    post_id = _post_id(planning, row, unit_id)
    since: date = row["since"] or planning.around.today
    if row["since"] is None and any(span.covers(since) and span.value == (unit_id, post_id) for span in line.spans):
        return False
    try:
        return line.place(since, None, (unit_id, post_id)) is not None
    except SpanOverlap as overlap:
        planning.reject(row, "since", "overlaps", other=overlap.other)
        return False


def _post_id(planning: Planning, row: ImportRow, unit_id: int | None) -> int | None:
    code = row["post"]
    if code is None:
        return None
    post_id, of_unit = planning.posts.get(code, (None, None))
    if post_id is None:
        planning.reject(row, "post", "unknown_post", value=code)
    elif unit_id is not None and of_unit != unit_id:
        other = next((name for name, item in planning.units.items() if item == of_unit), "")
        planning.reject(row, "post", "post_elsewhere", value=code, other=other)
    return post_id


def _read_placements(planning: Planning) -> dict[int, Timeline]:
    places: dict[int, Timeline] = {}
    for row in planning.stored(_placements):
        span = Span(row["id"], row["valid_from"], row["valid_to"], (row["unit_id"], row["post_id"]))
        places.setdefault(row["employee_id"], Timeline()).spans.append(span)
    return places


def _write_placements(planning: Planning, places: Mapping[int, Timeline]) -> None:
    new, changed = changed_spans(places.items())
    columns = ("unit_id", "post_id", "valid_from", "valid_to")
    rows = [
        {"employee_id": owner, **dict(zip(columns, (*span.value, span.first, span.last), strict=True)), "id": span.id}
        for owner, span in (*new, *changed)
    ]
    tenant = planning.around.tenant
    planning.update(placement, ("id",), columns, rows[len(new) :])
    planning.insert(placement, [{**row, "id": planning.new_id(), "tenant": tenant} for row in rows[: len(new)]])


EMPLOYEES = ImportKind(
    "employees",
    "Pegawai",
    "Employees",
    COLUMNS,
    ("nip",),
    plan_employees,
    about=Text(
        "Orang dengan NIP, jabatan, dan unitnya; yang berhenti mendapat hari terakhir.",
        "People with NIP, post and unit; who leaves gets a last day.",
    ),
)
