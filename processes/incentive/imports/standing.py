"""Imports of what changes a person's share: disciplinary measures, and terms of service."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from processes.incentive.records import service_term
from processes.people.career_values import Measure
from processes.people.careers import sanction
from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_choice, read_day, read_nip, read_text

_MEASURES = {
    Measure.ORAL_REPRIMAND: ("Teguran Lisan",),
    Measure.WRITTEN_REPRIMAND: ("Teguran Tertulis",),
    Measure.STATEMENT_OF_DISSATISFACTION: ("Pernyataan Tidak Puas", "Pernyataan Tidak Puas Secara Tertulis"),
    Measure.ALLOWANCE_CUT_6_MONTHS: ("Potong TPP 25% 6 Bulan", "Potong Tukin 25% 6 Bulan"),
    Measure.ALLOWANCE_CUT_9_MONTHS: ("Potong TPP 25% 9 Bulan", "Potong Tukin 25% 9 Bulan"),
    Measure.ALLOWANCE_CUT_12_MONTHS: ("Potong TPP 25% 12 Bulan", "Potong Tukin 25% 12 Bulan"),
    Measure.DEMOTION: ("Penurunan Jabatan", "Penurunan Jabatan Setingkat 12 Bulan"),
    Measure.RELEASE_FROM_POST: ("Pembebasan Jabatan", "Pembebasan Jabatan Menjadi Pelaksana"),
    Measure.DISMISSAL: ("Pemberhentian", "Pemberhentian Dengan Hormat Tidak Atas Permintaan Sendiri"),
}
_FIRST = Column("valid_from", "Mulai", read_day, aliases=("tmt", "berlaku mulai", "valid from"))
_LAST = Column("valid_to", "Sampai", read_day, required=False, aliases=("selesai", "valid to"))

_sanctions = select(sanction).where(sanction.c.tenant == bindparam("tenant"))
_terms = select(service_term).where(service_term.c.tenant == bindparam("tenant"))


def plan_sanctions(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan disciplinary measures by the day they begin; nobody imports his own."""
    keys = ("employee_id", "measure", "valid_from")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_sanctions)}
    batch = Batch(planning, sanction, ("id",), ("valid_to", "decree"))
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is None or not _is_fitting(planning, row):
            continue
        before = stored.get((employee_id, row["measure"].value, row["valid_from"]))
        unchanged = planning.unchanged
        given = {"measure": row["measure"].value, "decree": row["decree"]}
        batch.put(before, {**_span(planning, row, employee_id, before), **given})
        planning.reject_own(row, employee_id, unchanged=unchanged)
    batch.close()


def plan_terms(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan terms of service by the day they begin; without one everybody serves as PNS or PPPK."""
    stored = {(row["employee_id"], row["valid_from"]): row for row in planning.stored(_terms)}
    batch = Batch(planning, service_term, ("id",), ("term", "valid_to"))
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is None or not _is_fitting(planning, row):
            continue
        before = stored.get((employee_id, row["valid_from"]))
        unchanged = planning.unchanged
        given = {"term": row["term"], "source": planning.around.source[:120] or "import"}
        batch.put(before, {**_span(planning, row, employee_id, before), **given})
        planning.reject_own(row, employee_id, unchanged=unchanged)
    batch.close()


def _is_fitting(planning: Planning, row: ImportRow) -> bool:
    first, last = row["valid_from"], row["valid_to"]
    if first is not None and last is not None and last < first:
        planning.reject(row, "valid_to", "ends_before_start", first=first, last=last)
        return False
    return row.is_whole


def _span(planning: Planning, row: ImportRow, employee_id: int, before: Any) -> dict[str, Any]:
    return {
        "id": before["id"] if before is not None else planning.new_id(),
        "tenant": planning.around.tenant,
        "employee_id": employee_id,
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
    }


SANCTIONS = ImportKind(
    "sanctions",
    "Hukuman disiplin",
    "Disciplinary measures",
    (
        Column("nip", "NIP", read_nip),
        Column("measure", "Jenis Hukuman", read_choice(_MEASURES), aliases=("hukuman", "jenis")),
        _FIRST,
        _LAST,
        Column("decree", "Nomor Keputusan", read_text(120), aliases=("sk", "nomor sk", "keputusan")),
    ),
    ("nip", "measure", "valid_from"),
    plan_sanctions,
    about=Text("Hukuman disiplin yang berlaku, dengan SK-nya.", "Disciplinary measures in force, with their decrees."),
)
SERVICE_TERMS = ImportKind(
    "service-terms",
    "Masa calon pegawai (CPNS)",
    "Terms as a candidate (CPNS)",
    (
        Column("nip", "NIP", read_nip),
        Column("term", "Status", read_choice({"cpns": ("CPNS", "Calon PNS")}), aliases=("status pegawai",)),
        _FIRST,
        _LAST,
    ),
    ("nip", "valid_from"),
    plan_terms,
    about=Text("Sejak dan sampai kapan seseorang masih CPNS.", "From when to when somebody is a candidate (CPNS)."),
)
