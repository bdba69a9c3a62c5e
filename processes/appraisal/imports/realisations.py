"""Import of what was measured in a quarter, number by number."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from processes.appraisal.imports.positions import INDICATOR, NIP, QUARTER, YEAR, Positions
from processes.appraisal.imports.quarters import QuarterEntry, QuarterKey, read_quarters, write_quarters
from processes.appraisal.imports.scored import scored_in
from processes.people.city import Indicator, IndicatorLevel, MeasureField, Period, Text, Who
from processes.people.imports import Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import outside, read_code, read_number, read_text

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


def plan_realisations(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan what was measured, number by number: each joins the numbers that are there already."""
    entries = read_quarters(planning)
    years = (row["year"] for row in rows if row.has_read("year"))
    scored = {(row["employee_id"], row["year"], row["quarter"]): row for row in scored_in(planning, years)}
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
        if first["field"] != row["field"]:  # once by its name and once without; two alike were told of already
            titles = ", ".join(row.title(column) for column in _KEY)
            planning.reject(row, "field", "duplicate", other=first.number, key=titles)
        _put(planning, row, entries.setdefault(key, QuarterEntry({})), name)
    write_quarters(planning, entries)


def _quarter(planning: Planning, row: ImportRow) -> QuarterKey | None:
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
    fields = {item.name: item for item in indicator.inputs if _is_personal(indicator, item)}
    name: str = row["field"] or (next(iter(fields)) if len(fields) == 1 else "")
    other = next((item for item in indicator.inputs if item.name == name), None if fields else indicator.inputs[0])
    if name in fields:
        _check_bounds(planning, row, fields[name])
    elif other is not None and other.who is Who.APPRAISER:
        planning.reject(row, "field", "appraiser_field", value=other.name)
    elif other is not None:
        planning.reject(row, "field", "unit_field", value=other.name, name=f"{indicator.code}__{other.name}")
    elif row["reason"] is None:
        choices = ", ".join(fields)
        planning.reject(row, "field", "unknown_field", value=name, indicator=indicator.code, choices=choices)
    return name


def _is_personal(indicator: Indicator, measure: MeasureField) -> bool:
    """Say whether a number is about the employee: the appraiser's are his to give, and the unit's hold for everybody.

    A city's infant deaths are never one clinician's; but the attendance of one employee is his, though his unit has it.
    """
    if measure.who is Who.UNIT:
        return indicator.level in (IndicatorLevel.EMPLOYEE, IndicatorLevel.COUNTER)
    return measure.who is not Who.APPRAISER


def _check_bounds(planning: Planning, row: ImportRow, measure: MeasureField) -> None:
    value: Decimal | None = row["value"]
    found = None if value is None else outside(value, measure.minimum, measure.maximum)
    if found is not None:
        planning.reject(row, "value", found.code, **found.params)


def _put(planning: Planning, row: ImportRow, entry: QuarterEntry, name: str) -> None:
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


REALISATIONS = ImportKind(
    "realisations",
    "Realisasi",
    "Realisations",
    COLUMNS,
    _KEY,
    plan_realisations,
    about=Text(
        "Capaian triwulan setiap orang yang tercatat di sistem lain atau di kertas.",
        "Everybody's numbers of a quarter, from other systems or from paper.",
    ),
)
