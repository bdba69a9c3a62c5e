"""Imports of a month's money: ceilings of units, deductions of others, payments of the treasury."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from processes.incentive.imports.cells import read_month, read_rupiah
from processes.incentive.imports.locked import locked_months, reject_locked
from processes.incentive.records import allowance_ceiling, allowance_payment, external_deduction
from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_choice, read_code, read_day, read_nip, read_text
from processes.people.imports.problems import BadCell
from processes.people.imports.sheets import Raw

_DEDUCTIONS = {
    "pph21": ("PPh 21", "PPh Pasal 21", "Pajak"),
    "bpjs_kesehatan": ("BPJS Kesehatan", "BPJS Kes"),
    "bpjs_ketenagakerjaan": ("BPJS Ketenagakerjaan", "BPJS TK"),
    "iwp": ("IWP", "Iuran Wajib Pegawai"),
    "zakat": ("Zakat",),
    "other": ("Lain-lain", "Lainnya"),
}


def _read_whole_rupiah(raw: Raw) -> Decimal:
    if isinstance(raw, str):
        raw = raw.replace(".", "") if raw.replace(".", "").isdigit() else raw
    amount: Decimal = read_rupiah(raw)
    if amount != amount.to_integral_value():
        raise BadCell("not_whole", value=raw)
    return amount


_UNIT = Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code"))
_MONTH = Column("month", "Bulan", read_month, aliases=("month", "periode"))
_AMOUNT = Column("amount", "Jumlah", _read_whole_rupiah, aliases=("pagu", "nilai", "rupiah", "amount"))

_ceilings = select(allowance_ceiling).where(allowance_ceiling.c.tenant == bindparam("tenant"))
_deductions = select(external_deduction).where(
    external_deduction.c.tenant == bindparam("tenant"),
    external_deduction.c.month >= bindparam("first"),
    external_deduction.c.month <= bindparam("last"),
)
_payments = select(allowance_payment).where(allowance_payment.c.tenant == bindparam("tenant"))


def plan_ceilings(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan what units may spend in a month."""
    stored = {(row["unit_id"], row["month"]): row for row in planning.stored(_ceilings)}
    batch = Batch(planning, allowance_ceiling, ("tenant", "unit_id", "month"), ("amount",))
    for row in rows:
        unit_id = planning.unit_id(row)
        if unit_id is not None and row.is_whole:
            key = {"unit_id": unit_id, "month": row["month"]}
            batch.put(stored.get((unit_id, row["month"])), {**_origin(planning), **key, "amount": row["amount"]})
    batch.close()


def plan_deductions(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan what others take off; locked months take nothing more."""
    months = [row["month"] for row in rows if row.has_read("month")]
    first, last = min(months, default=date.min), max(months, default=date.min)
    keys = ("employee_id", "month", "kind")
    held = planning.stored(_deductions, first=first, last=last)
    stored = {tuple(row[name] for name in keys): row for row in held}
    locked = locked_months(planning, first, last)
    batch = Batch(planning, external_deduction, ("tenant", *keys), ("amount",))
    for row in rows:
        employee_id = planning.employee_id(row)
        if employee_id is None or not row.is_whole:
            continue
        before = stored.get((employee_id, row["month"], row["kind"]))
        is_as_before = before is not None and before["amount"] == row["amount"]
        if (employee_id, row["month"]) in locked and not is_as_before:
            reject_locked(planning, row, "month")
            continue
        key = {"employee_id": employee_id, "month": row["month"], "kind": row["kind"]}
        batch.put(before, {**_origin(planning), **key, "amount": row["amount"]})
    batch.close()


def plan_payments(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan what the treasury has paid out; what a step has recorded is left as it is."""
    keys = ("unit_id", "month", "number")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_payments)}
    batch = Batch(planning, allowance_payment, ("tenant", *keys), ("paid_on", "amount"))
    for row in rows:
        unit_id = planning.unit_id(row)
        if unit_id is None or not row.is_whole:
            continue
        before = stored.get((unit_id, row["month"], row["number"]))
        key = {"unit_id": unit_id, "month": row["month"], "number": row["number"]}
        given = {**_origin(planning), **key, "paid_on": row["paid_on"], "amount": row["amount"], "case_id": None}
        is_of_step = before is not None and before["case_id"] is not None
        batch.put(before, before if before is not None and is_of_step else given)
    batch.close()


def _origin(planning: Planning) -> dict[str, Any]:
    return {"tenant": planning.around.tenant, "source": planning.around.source[:120] or "import"}


CEILINGS = ImportKind(
    "allowance-ceilings",
    "Pagu TPP unit",
    "Units' allowance ceilings",
    (_UNIT, _MONTH, _AMOUNT),
    ("unit", "month"),
    plan_ceilings,
    about=Text("Berapa yang boleh dibayarkan sebuah unit dalam satu bulan.", "What a unit may pay in a month."),
)
DEDUCTIONS = ImportKind(
    "allowance-deductions",
    "Potongan luar TPP",
    "External deductions from allowances",
    (
        Column("nip", "NIP", read_nip),
        _MONTH,
        Column("kind", "Jenis Potongan", read_choice(_DEDUCTIONS), aliases=("jenis", "potongan")),
        _AMOUNT,
    ),
    ("nip", "month", "kind"),
    plan_deductions,
    about=Text(
        "Pajak, BPJS, IWP, dan potongan lain yang dihitung di luar Alur.",
        "Tax, insurance and other deductions computed elsewhere.",
    ),
)
PAYMENTS = ImportKind(
    "allowance-payments",
    "Pembayaran TPP (SP2D)",
    "Allowance payments (SP2D)",
    (
        _UNIT,
        _MONTH,
        Column("number", "Nomor SP2D", read_text(60), aliases=("sp2d", "nomor")),
        Column("paid_on", "Tanggal SP2D", read_day, aliases=("tanggal", "paid on")),
        _AMOUNT,
    ),
    ("unit", "month", "number"),
    plan_payments,
    about=Text(
        "Surat perintah pencairan dana yang sudah terbit bagi sebuah unit.", "Payment orders already issued for a unit."
    ),
)
