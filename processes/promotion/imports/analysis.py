"""Imports of the job and workload analysis: duties, area factors, the number that the city has decided on."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, bindparam, select

from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import read_number, read_text, read_whole
from processes.promotion.imports.places import POST, YEAR, post_id
from processes.promotion.posts.need import HIGHEST_FACTOR, LOWEST_FACTOR, MOST_HOLDERS
from processes.promotion.records import area_factor, job_analysis, job_duty

_HUNDRED = Decimal(100)
_LARGEST = 10_000_000

DUTY_COLUMNS = (
    POST,
    YEAR,
    Column("number", "Nomor Uraian", read_whole(1, 200), aliases=("nomor tugas",)),
    Column("duty", "Uraian Tugas", read_text(300), aliases=("tugas",)),
    Column("product", "Hasil Kerja", read_text(60), aliases=("satuan hasil", "satuan")),
    Column("volume", "Volume Setahun", read_number(0, _LARGEST), aliases=("volume", "beban kerja")),
    Column("hours", "Jam per Hasil", read_number(0, _LARGEST), aliases=("waktu penyelesaian", "jam")),
)
FACTOR_COLUMNS = (
    POST,
    YEAR,
    Column("name", "Faktor", read_text(120), aliases=("faktor wilayah",)),
    Column(
        "weight",
        "Bobot (%)",
        read_number(LOWEST_FACTOR * _HUNDRED, HIGHEST_FACTOR * _HUNDRED),
        aliases=("bobot", "bobot persen"),
    ),
    Column("reason", "Alasan", read_text(300)),
)
APPROVED_COLUMNS = (
    POST,
    YEAR,
    Column("approved", "Jumlah Ditetapkan", read_whole(0, MOST_HOLDERS), aliases=("jumlah", "kebutuhan ditetapkan")),
    Column("decree", "Nomor Keputusan", read_text(120), aliases=("keputusan", "nomor sk")),
)


def _planner(
    table: Table, more_keys: tuple[str, ...], columns: tuple[str, ...], values: Callable[[ImportRow], dict[str, Any]]
) -> Callable[[Planning, Sequence[ImportRow]], None]:
    """Return the planning of rows about a post in a year."""
    keys = ("tenant", "post_id", "year", *more_keys)
    stored_rows = select(table).where(table.c.tenant == bindparam("tenant"))

    def plan(planning: Planning, rows: Sequence[ImportRow]) -> None:
        stored = {tuple(row[name] for name in keys): row for row in planning.stored(stored_rows)}
        batch = Batch(planning, table, keys, columns)
        for row in rows:
            post = post_id(planning, row)
            if post is not None and row.is_whole:
                key = (planning.around.tenant, post, row["year"], *(row[name] for name in more_keys))
                batch.put(stored.get(key), dict(zip(keys, key, strict=True)) | values(row))
        batch.close()

    return plan


def _duty(row: ImportRow) -> dict[str, Any]:
    return {name: row[name] for name in ("duty", "product", "volume", "hours")}


def _factor(row: ImportRow) -> dict[str, Any]:
    return {"weight": row["weight"] / _HUNDRED, "reason": row["reason"]}


def _decided(row: ImportRow) -> dict[str, Any]:
    return {"approved": row["approved"], "decree": row["decree"]}


DUTIES = ImportKind(
    "job-duties",
    "Analisis beban kerja: uraian tugas",
    "Workload analysis: duties",
    DUTY_COLUMNS,
    ("post", "year", "number"),
    _planner(job_duty, ("number",), ("duty", "product", "volume", "hours"), _duty),
    about=Text(
        "Uraian tugas setiap jabatan, volumenya, dan waktunya.",
        "The duties of each post, how often, and how long they take.",
    ),
)
FACTORS = ImportKind(
    "area-factors",
    "Analisis beban kerja: faktor wilayah",
    "Workload analysis: area factors",
    FACTOR_COLUMNS,
    ("post", "year", "name"),
    _planner(area_factor, ("name",), ("weight", "reason"), _factor),
    about=Text(
        "Faktor wilayah yang menambah atau mengurangi beban kerja jabatan.",
        "Factors of an area that add to or take from a post's workload.",
    ),
)
APPROVED = ImportKind(
    "approved-needs",
    "Kebutuhan jabatan yang ditetapkan",
    "Approved needs of posts",
    APPROVED_COLUMNS,
    ("post", "year"),
    _planner(job_analysis, (), ("approved", "decree"), _decided),
    about=Text("Jumlah orang yang ditetapkan untuk setiap jabatan.", "How many people were approved for each post."),
)
