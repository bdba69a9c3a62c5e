"""Import of past quarters' results into the ledger: a changed result is a new version, the old one stays."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from engine.records.case import RUNNING, case
from processes.appraisal.rules import label, rating_matrix
from processes.appraisal.variables import EMPLOYEE_PROCESS
from processes.people.city import Period, Predicate, Rating, Text
from processes.people.imports.cells import read_choice, read_code, read_day, read_nip, read_number, read_whole
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.records import FROM_CASE, placement, result
from processes.people.spans import Span

RATINGS = {
    Rating.DIATAS_EKSPEKTASI: ("Di atas ekspektasi", "di atas", "atas"),
    Rating.SESUAI_EKSPEKTASI: ("Sesuai ekspektasi", "sesuai"),
    Rating.DIBAWAH_EKSPEKTASI: ("Di bawah ekspektasi", "di bawah", "bawah"),
}
#: The synonyms of dossier 11: older systems print them.
PREDICATES = {
    Predicate.SANGAT_BAIK: ("Sangat Baik",),
    Predicate.BAIK: ("Baik",),
    Predicate.BUTUH_PERBAIKAN: ("Butuh Perbaikan", "Cukup"),
    Predicate.KURANG: ("Kurang", "Kurang/Misconduct", "Misconduct"),
    Predicate.SANGAT_KURANG: ("Sangat Kurang",),
}
_MATRIX = rating_matrix()
_COMPARED = ("unit_id", "value", "work_result", "behaviour", "predicate", "appraiser_id")

COLUMNS = (
    Column("nip", "NIP", read_nip),
    Column("year", "Tahun", read_whole(2010, 2100)),
    Column("quarter", "Triwulan", read_whole(1, 4), aliases=("tw", "periode")),
    Column("value", "Nilai", read_number(0, 120), required=False, aliases=("nilai indikatif",)),
    Column("work_result", "Hasil Kerja", read_choice(RATINGS), aliases=("rating hasil kerja", "hasilKinerja")),
    Column(
        "behaviour", "Perilaku Kerja", read_choice(RATINGS), aliases=("rating perilaku", "perilakuKerja", "perilaku")
    ),
    Column("predicate", "Predikat", read_choice(PREDICATES), aliases=("predikat kinerja", "kuadranKinerja")),
    Column("appraiser", "NIP Penilai", read_nip, required=False, aliases=("nipNrpPenilai", "penilai")),
    Column("unit", "Kode Unit", read_code(), required=False, aliases=("unorId", "unit")),
    Column("decided", "Tanggal Penetapan", read_day, required=False, aliases=("tanggal", "decided_at")),
)

_latest = select(result).where(result.c.tenant == bindparam("tenant")).order_by(result.c.version)
_placements = select(placement.c.employee_id, placement.c.unit_id, placement.c.valid_from, placement.c.valid_to).where(
    placement.c.tenant == bindparam("tenant")
)

_open_cases = select(case.c.subject).where(
    case.c.tenant == bindparam("tenant"),
    case.c.process == EMPLOYEE_PROCESS,
    case.c.status.in_(RUNNING),
    case.c.business_key >= bindparam("first_key"),
    case.c.business_key < bindparam("last_key"),
)

_Key = tuple[int, int, int]


def plan_results(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new results and new versions of changed ones; a result of a case of ours is never replaced."""
    stored: dict[_Key, Any] = {
        (row["employee_id"], row["year"], row["quarter"]): row for row in planning.stored(_latest)
    }
    running = _running(planning, {(row["year"], row["quarter"]) for row in rows if row.has_read("year", "quarter")})
    places: dict[int, list[Any]] = {}
    for place in planning.stored(_placements):
        places.setdefault(place["employee_id"], []).append(place)
    new: list[dict[str, Any]] = []
    for row in rows:
        values = _values(planning, row, places, running)
        if values is not None:
            known = stored.get((values["employee_id"], row["year"], row["quarter"]))
            unchanged = planning.unchanged
            _put(planning, row, new, known, values)
            planning.reject_own(row, values["employee_id"], unchanged=unchanged)
    planning.insert(result, new)


def _running(planning: Planning, quarters: set[tuple[int, int]]) -> set[_Key]:
    """Return the employees and quarters with an open case: its result would find its place taken."""
    return {
        (row["subject"], year, quarter)
        for year, quarter in quarters
        for row in planning.stored(_open_cases, **_keys_of(year, quarter))
    }


def _values(
    planning: Planning, row: ImportRow, places: dict[int, list[Any]], running: set[_Key]
) -> dict[str, Any] | None:
    last_day = _last_day(planning, row)
    _check_predicate(planning, row)
    employee_id = planning.employee_id(row)
    appraiser_id = planning.employee_id(row, "appraiser") if row["appraiser"] is not None else None
    unit_id = planning.unit_id(row) if row["unit"] is not None else None
    if (employee_id, row["year"], row["quarter"]) in running:
        planning.reject(row, "quarter", "case_open", quarter=row["quarter"], year=row["year"])
    if employee_id is None or last_day is None or not row.is_whole:
        return None
    return {
        "tenant": planning.around.tenant,
        "employee_id": employee_id,
        "year": row["year"],
        "quarter": row["quarter"],
        "unit_id": unit_id if row["unit"] is not None else _unit_on(places.get(employee_id, []), last_day),
        "value": row["value"],
        "work_result": str(row["work_result"]),
        "behaviour": str(row["behaviour"]),
        "predicate": str(row["predicate"]),
        "appraiser_id": appraiser_id,
        "case_id": None,
        "decided_at": _decided_at(planning, row),
        "source": planning.around.source[:120] or "import",
    }


def _last_day(planning: Planning, row: ImportRow) -> date | None:
    """Return the last day of the quarter if it is over."""
    if not row.has_read("year", "quarter"):
        return None
    day = Period.quarter(row["year"], row["quarter"]).end
    if day < planning.around.today:
        return day
    planning.reject(row, "quarter", "quarter_not_over", quarter=row["quarter"], year=row["year"])
    return None


def _check_predicate(planning: Planning, row: ImportRow) -> None:
    """Refuse a predicate that the two ratings do not make (PermenPANRB 6/2022 annex pp. 99, 102)."""
    named = ("work_result", "behaviour", "predicate")
    if not row.has_read(*named):
        return
    work, behaviour, given = (row[name] for name in named)
    expected = _MATRIX[work, behaviour]
    if given is not expected:
        words = {"work": work, "behaviour": behaviour, "expected": expected, "value": given}
        params = {f"{name}_id": label(value).id for name, value in words.items()}
        params |= {f"{name}_en": label(value).en for name, value in words.items()}
        planning.reject(row, "predicate", "predicate_differs", **params)


def _keys_of(year: int, quarter: int) -> dict[str, str]:
    # Business keys are `2026-3:<subject>`; ';' follows ':' in every collation that compares bytes.
    return {"first_key": f"{year}-{quarter}:", "last_key": f"{year}-{quarter};"}


def _unit_on(places: list[Any], day: date) -> int | None:
    return next(
        (place["unit_id"] for place in places if Span(None, place["valid_from"], place["valid_to"], None).covers(day)),
        None,
    )


def _decided_at(planning: Planning, row: ImportRow) -> datetime:
    day: date | None = row["decided"]
    if day is None:
        return planning.around.now
    return datetime(day.year, day.month, day.day, tzinfo=planning.around.zone)


def _put(planning: Planning, row: ImportRow, new: list[dict[str, Any]], known: Any, values: dict[str, Any]) -> None:
    if known is None:
        planning.new += 1
        new.append({**values, "version": 1})
    elif known["source"] == FROM_CASE or known["case_id"] is not None:
        planning.reject(row, "", "result_from_case")
    elif all(known[name] == values[name] for name in _COMPARED):
        planning.unchanged += 1
    else:
        planning.changed += 1
        new.append({**values, "version": known["version"] + 1})


_KEY = ("nip", "year", "quarter")
RESULTS = ImportKind(
    "results",
    "Hasil triwulan lalu",
    "Past results",
    COLUMNS,
    _KEY,
    plan_results,
    about=Text("Hasil triwulan sebelum Alur dipakai.", "Results of quarters before Alur was used."),
)
