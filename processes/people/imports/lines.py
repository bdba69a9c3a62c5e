"""Import of reporting lines: who appraises whom from which day on."""

from collections.abc import Sequence
from datetime import date

from processes.people.city import Text
from processes.people.imports.cells import read_day, read_nip
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.lines import Lines, find_circle, line_row, read_lines
from processes.people.records import reporting_line
from processes.people.spans import Span, SpanOverlap, Timeline, changed_spans

COLUMNS = (
    Column("nip", "NIP", read_nip, aliases=("nip pegawai",)),
    Column("appraiser", "NIP Penilai", read_nip, aliases=("nip pejabat penilai", "penilai", "appraiser nip")),
    Column("since", "Mulai", read_day, aliases=("tmt", "sejak", "berlaku mulai", "valid_from")),
    Column("until", "Sampai", read_day, required=False, aliases=("berlaku sampai", "valid_to")),
)


def plan_lines(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed reporting lines; nobody appraises himself, and lines form no circle on any day."""
    lines = read_lines(planning.around.read, planning.around.tenant)
    was = {span.id: line_row(owner, span) for owner, line in lines.items() for span in line.spans}
    placed: list[tuple[ImportRow, int, Span]] = []
    for row in by_since(rows):
        employee_id, appraiser_id = planning.employee_id(row), planning.employee_id(row, "appraiser")
        if not _is_sound(planning, row) or employee_id is None or appraiser_id is None or not row.is_whole:
            continue
        unchanged = planning.unchanged
        span = place_row(planning, row, lines.setdefault(employee_id, Timeline()), appraiser_id)
        planning.reject_own(row, employee_id, unchanged=unchanged)
        if span is not None:
            placed.append((row, employee_id, span))
    _check_circles(planning, lines, placed)
    new, changed = changed_spans(lines.items())
    stored = [line_row(owner, span) for owner, span in changed]
    columns = ("appraiser_id", "valid_from", "valid_to")
    planning.update(reporting_line, ("id",), columns, stored, was=[was[span.id] for _, span in changed])
    tenant = planning.around.tenant
    planning.insert(
        reporting_line,
        [{**line_row(owner, span), "id": planning.new_id(), "tenant": tenant} for owner, span in new],
    )


def by_since(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Return the rows by their first day; those whose day could not be read stand at the end."""
    return sorted(rows, key=lambda row: row["since"] or date.max)


def check_span(planning: Planning, row: ImportRow) -> bool:
    """Return whether the row does not end before it starts, as far as both days could be read."""
    first, last = row["since"], row["until"]
    if first is None or last is None or first <= last:
        return True
    planning.reject(row, "until", "ends_before_start", first=first, last=last)
    return False


def place_row(planning: Planning, row: ImportRow, line: Timeline, value: object) -> Span | None:
    """Put a row on a timeline and count it; None if it held already or does not fit."""
    is_stored = any(span.first == row["since"] for span in line.spans)
    try:
        span = line.place(row["since"], row["until"], value)
    except SpanOverlap as overlap:
        planning.reject(row, "until", "overlaps", other=overlap.other)
        return None
    if span is None:
        planning.unchanged += 1
    elif is_stored:
        planning.changed += 1
    else:
        planning.new += 1
    return span


def _is_sound(planning: Planning, row: ImportRow) -> bool:
    is_own = row["nip"] is not None and row["nip"] == row["appraiser"]
    if is_own:
        planning.reject(row, "appraiser", "own_appraiser")
    return check_span(planning, row) and not is_own


def _check_circles(planning: Planning, lines: Lines, placed: Sequence[tuple[ImportRow, int, Span]]) -> None:
    nips = {identifier: nip for nip, identifier in planning.employees.items()} if placed else {}
    for row, employee_id, span in placed:
        circle = find_circle(lines, employee_id, span)
        if circle:
            path = " → ".join(nips.get(person, "?") for person in circle)
            planning.reject(row, "appraiser", "line_circle", path=path)


LINES = ImportKind(
    "lines",
    "Garis penilaian",
    "Reporting lines",
    COLUMNS,
    ("nip", "since"),
    plan_lines,
    about=Text("Siapa menilai siapa, dan sejak kapan.", "Who appraises whom, and since when."),
)
