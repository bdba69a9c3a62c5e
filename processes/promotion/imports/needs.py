"""Imports of what the need for people follows from: indicators of areas, and the plans of five years."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from processes.people.careers import CompetencyKind
from processes.people.city import Text
from processes.people.imports import Batch, Column, ImportKind, ImportRow, Planning
from processes.people.imports.cells import plain_word, read_choice, read_code, read_number, read_text, read_whole
from processes.people.imports.posts import GENERAL_FAMILY, LEVELS
from processes.promotion.imports.places import YEAR
from processes.promotion.posts.fields import FIELDS
from processes.promotion.posts.plan import YEARS_OF_A_PLAN
from processes.promotion.records import ContextTopic, competency_plan, context_figure, need_plan

_TOPICS = {
    ContextTopic.POPULATION: ("Penduduk", "Kependudukan"),
    ContextTopic.SERVICE_DEMAND: ("Permintaan Layanan", "Kebutuhan layanan"),
    ContextTopic.INFRASTRUCTURE: ("Sarana Prasarana", "Infrastruktur"),
}

CONTEXT_COLUMNS = (
    Column("unit", "Kode Unit Wilayah", read_code(), aliases=("kode unit", "unit", "wilayah")),
    YEAR,
    Column("name", "Indikator", read_text(120), aliases=("nama indikator",)),
    Column("topic", "Golongan Indikator", read_choice(_TOPICS), aliases=("golongan", "topik")),
    Column("value", "Nilai", read_number()),
    Column("measure", "Satuan", read_text(40)),
    Column("source", "Sumber", read_text(200)),
)
PLAN_COLUMNS = (
    Column("made_in", "Tahun Rencana", read_whole(2010, 2100), aliases=("tahun penyusunan",)),
    Column("family", "Rumpun atau Jenjang", read_text(60), aliases=("rumpun", "jenjang", "rumpun jabatan")),
    Column("year", "Tahun Kebutuhan", read_whole(2010, 2100), aliases=("tahun",)),
    Column("need", "Kebutuhan", read_whole(0, 30_000), aliases=("jumlah kebutuhan",)),
    Column("reason", "Dasar", read_text(300), aliases=("alasan", "dasar perhitungan")),
)

_FIELDS: dict[str, tuple[str, ...]] = {
    CompetencyKind.MANAGERIAL.value: ("Manajerial", "Managerial"),
    CompetencyKind.SOCIO_CULTURAL.value: ("Sosial Kultural", "Socio-cultural"),
    **{field: (words.id, words.en) for field, words in FIELDS.items()},
}
COMPETENCE_COLUMNS = (
    Column("made_in", "Tahun Rencana", read_whole(2010, 2100), aliases=("tahun penyusunan",)),
    Column("field", "Bidang Kompetensi", read_choice(_FIELDS), aliases=("bidang",)),
    Column("year", "Tahun Pengembangan", read_whole(2010, 2100), aliases=("tahun",)),
    Column("people", "Jumlah Pegawai", read_whole(0, 30_000), aliases=("jumlah", "pegawai")),
    Column("reason", "Dasar", read_text(300), aliases=("alasan", "program")),
)

_figures = select(context_figure).where(context_figure.c.tenant == bindparam("tenant"))
_competence = select(competency_plan).where(competency_plan.c.tenant == bindparam("tenant"))
_plans = select(need_plan).where(need_plan.c.tenant == bindparam("tenant"))


def plan_context(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed indicators of areas."""
    keys, columns = ("tenant", "unit_id", "year", "name"), ("topic", "value", "measure", "source")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_figures)}
    batch = Batch(planning, context_figure, keys, columns)
    for row in rows:
        unit_id = planning.unit_id(row)
        if unit_id is not None and row.is_whole:
            key = (planning.around.tenant, unit_id, row["year"], row["name"])
            values = {name: row[name] for name in columns} | {"topic": str(row["topic"])}
            batch.put(stored.get(key), dict(zip(keys, key, strict=True)) | values)
    batch.close()


def plan_needs(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan the rows of a five-year plan: by job family, and by level for posts of no special family."""
    keys, columns = ("tenant", "made_in", "family", "year"), ("need", "reason")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_plans)}
    batch = Batch(planning, need_plan, keys, columns)
    groups = _groups(planning)
    for row in rows:
        group = _group(planning, row, groups)
        _check_year(planning, row)
        if row.is_whole:
            key = (planning.around.tenant, row["made_in"], group, row["year"])
            batch.put(stored.get(key), dict(zip(keys, key, strict=True)) | {name: row[name] for name in columns})
    batch.close()


def plan_competence(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan the rows of a five-year plan of competencies, by field."""
    keys, columns = ("tenant", "made_in", "field", "year"), ("people", "reason")
    stored = {tuple(row[name] for name in keys): row for row in planning.stored(_competence)}
    batch = Batch(planning, competency_plan, keys, columns)
    for row in rows:
        _check_year(planning, row)
        if row.is_whole:
            key = (planning.around.tenant, row["made_in"], row["field"], row["year"])
            batch.put(stored.get(key), dict(zip(keys, key, strict=True)) | {name: row[name] for name in columns})
    batch.close()


def _groups(planning: Planning) -> dict[str, str]:
    """Return the groups of the plan by the words for them: the families of the city, and the levels of posts."""
    known = {plain_word(word): level.value for level, words in LEVELS.items() for word in (level.value, *words)}
    city = planning.around.city
    for family in city.info.families if city is not None else ():
        if family.code != GENERAL_FAMILY:
            known |= {plain_word(word): family.code for word in (family.code, family.name_id, family.name_en)}
    return known


def _group(planning: Planning, row: ImportRow, groups: Mapping[str, str]) -> str:
    if row["family"] is None:
        return ""
    found = groups.get(plain_word(row["family"]))
    if found is None:
        choices = ", ".join(dict.fromkeys(groups.values()))
        planning.reject(row, "family", "unknown_family", value=row["family"], choices=choices)
    return found or ""


def _check_year(planning: Planning, row: ImportRow) -> None:
    first, year = row["made_in"], row["year"]
    if first is not None and year is not None and not first <= year < first + YEARS_OF_A_PLAN:
        planning.reject(row, "year", "out_of_range", value=year, low=first, high=first + YEARS_OF_A_PLAN - 1)


CONTEXT = ImportKind(
    "context-figures",
    "Indikator wilayah",
    "Indicators of areas",
    CONTEXT_COLUMNS,
    ("unit", "year", "name"),
    plan_context,
    about=Text(
        "Angka wilayah yang memengaruhi kebutuhan pegawai, misalnya jumlah penduduk.",
        "Figures of an area that bear on staffing, such as its population.",
    ),
)
NEEDS = ImportKind(
    "need-plan",
    "Rencana kebutuhan lima tahun",
    "Five-year plan of needs",
    PLAN_COLUMNS,
    ("made_in", "family", "year"),
    plan_needs,
    about=Text(
        "Kebutuhan pegawai setiap rumpun jabatan untuk lima tahun.", "Staff that each job family needs over five years."
    ),
)
COMPETENCE = ImportKind(
    "competency-plan",
    "Rencana kompetensi lima tahun",
    "Five-year plan of competencies",
    COMPETENCE_COLUMNS,
    ("made_in", "field", "year"),
    plan_competence,
    about=Text("Kompetensi yang perlu ditambah dalam lima tahun.", "Competencies to be gained over five years."),
)
