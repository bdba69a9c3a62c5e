"""Import of who heads a unit: definitive heads, and acting ones (Plt, Plh) with their decree and dates."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from processes.people.city import Text
from processes.people.imports.cells import read_choice, read_code, read_day, read_nip, read_text
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.lines import by_since, check_span, place_row
from processes.people.imports.planning import ImportKind, Planning
from processes.people.records import HeadKind, unit_head
from processes.people.spans import Span, Timeline, changed_spans

_KINDS = {
    HeadKind.DEFINITIVE: ("Definitif", "Kepala", "definitive"),
    HeadKind.ACTING: ("Plt", "Pelaksana Tugas", "acting"),
    HeadKind.DAILY_ACTING: ("Plh", "Pelaksana Harian", "daily acting"),
}

COLUMNS = (
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code")),
    Column("kind", "Jenis", read_choice(_KINDS), aliases=("jenis penugasan", "plt plh")),
    Column("nip", "NIP", read_nip, aliases=("nip pejabat",)),
    Column("since", "Mulai", read_day, aliases=("tmt", "sejak", "berlaku mulai", "valid_from")),
    Column("until", "Sampai", read_day, required=False, aliases=("berlaku sampai", "valid_to")),
    Column("decree", "Nomor SK", read_text(120), required=False, aliases=("sk", "surat perintah", "decree")),
)
_STORED = ("employee_id", "decree", "valid_from", "valid_to")

_heads = (
    select(unit_head.c.id, unit_head.c.unit_id, unit_head.c.kind, *(unit_head.c[name] for name in _STORED))
    .where(unit_head.c.tenant == bindparam("tenant"))
    .order_by(unit_head.c.valid_from)
)


def plan_heads(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed heads: a unit has one head of each kind on a day."""
    heads = _read_heads(planning)
    was = {span.id: _stored(span) for line in heads.values() for span in line.spans}
    for row in by_since(rows):
        unit_id, employee_id = planning.unit_id(row), planning.employee_id(row)
        if not check_span(planning, row) or unit_id is None or employee_id is None or not row.is_whole:
            continue
        line = heads.setdefault((unit_id, row["kind"]), Timeline())
        unchanged = planning.unchanged
        place_row(planning, row, line, (employee_id, row["decree"]))
        planning.reject_own(row, employee_id, unchanged=unchanged)
    new, changed = changed_spans(heads.items())
    new_rows = [_stored(span) for _, span in changed]
    planning.update(unit_head, ("id",), _STORED, new_rows, was=[was[span.id] for _, span in changed])
    tenant = planning.around.tenant
    planning.insert(
        unit_head,
        [
            {**_stored(span), "id": planning.new_id(), "tenant": tenant, "unit_id": unit_id, "kind": str(kind)}
            for (unit_id, kind), span in new
        ],
    )


def _read_heads(planning: Planning) -> dict[tuple[int, HeadKind], Timeline]:
    heads: dict[tuple[int, HeadKind], Timeline] = {}
    for row in planning.stored(_heads):
        span = Span(row["id"], row["valid_from"], row["valid_to"], (row["employee_id"], row["decree"]))
        heads.setdefault((row["unit_id"], HeadKind(row["kind"])), Timeline()).spans.append(span)
    return heads


def _stored(span: Span) -> dict[str, object]:
    return {"id": span.id, **dict(zip(_STORED, (*span.value, span.first, span.last), strict=True))}


HEADS = ImportKind(
    "acting",
    "Kepala unit, Plt, dan Plh",
    "Unit heads and acting heads",
    COLUMNS,
    ("unit", "kind", "since"),
    plan_heads,
    about=Text("Siapa memimpin unit: definitif, Plt, atau Plh.", "Who heads a unit: definitively or for a time."),
)
