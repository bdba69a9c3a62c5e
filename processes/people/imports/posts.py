"""Import of posts (jabatan): their unit, level, job family and class."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from processes.people.city import PositionLevel, Text
from processes.people.imports.batch import Batch, with_file_values
from processes.people.imports.cells import read_choice, read_code, read_text, read_whole
from processes.people.imports.columns import Column, ImportRow
from processes.people.imports.planning import ImportKind, Planning
from processes.people.records import placement, post

LEVELS = {
    PositionLevel.HIGH_LEADERSHIP_POST: ("JPT", "JPT Pratama", "Jabatan Pimpinan Tinggi", "Pimpinan Tinggi Pratama"),
    PositionLevel.ADMINISTRATOR: ("Administrator",),
    PositionLevel.SUPERVISOR: ("Pengawas",),
    PositionLevel.EXECUTOR: ("Pelaksana",),
    PositionLevel.FUNCTIONAL_POSITION: ("Fungsional", "JF", "Jabatan Fungsional"),
}
GENERAL_FAMILY = "general"
_COLUMNS = ("name", "unit_id", "level", "family", "job_class")

COLUMNS = (
    Column("code", "Kode Jabatan", read_code(), aliases=("kode",)),
    Column("name", "Nama Jabatan", read_text(200), aliases=("nama", "jabatan", "position")),
    Column("unit", "Kode Unit", read_code(), aliases=("unit", "unit code", "unor_id")),
    Column("level", "Jenjang", read_choice(LEVELS), aliases=("jenis jabatan", "level")),
    Column("family", "Rumpun", read_code(), required=False, aliases=("rumpun jabatan", "job family")),
    Column("job_class", "Kelas Jabatan", read_whole(1, 17), required=False, aliases=("kelas",)),
)

_existing = select(post.c.id, post.c.code, *(post.c[name] for name in _COLUMNS)).where(
    post.c.tenant == bindparam("tenant")
)
# Also former ones: the level of a post decides by which rule a quarter that is still open is scored.
_own_posts = select(placement.c.post_id).where(
    placement.c.tenant == bindparam("tenant"), placement.c.employee_id == bindparam("actor")
)


def plan_posts(planning: Planning, rows: Sequence[ImportRow]) -> None:
    """Plan new and changed posts."""
    stored = {row["code"]: row for row in planning.stored(_existing)}
    batch = Batch(planning, post, ("id",), _COLUMNS)
    own = {row["post_id"] for row in planning.stored(_own_posts, actor=planning.around.actor)}
    for row in rows:
        unit_id = planning.unit_id(row)
        _check_family(planning, row)
        if not row.is_whole:
            continue
        known = stored.get(row["code"])
        values = with_file_values(known or {}, row, ("name", "level", "family", "job_class"))
        values["family"] = values["family"] or GENERAL_FAMILY
        values |= {"code": row["code"], "unit_id": unit_id, "tenant": planning.around.tenant}
        unchanged = planning.unchanged
        batch.put(known, {"id": known["id"] if known else planning.new_id(), **values})
        if known and known["id"] in own:
            planning.reject_own(row, planning.around.actor, unchanged=unchanged, column="code")
    batch.close()


def _check_family(planning: Planning, row: ImportRow) -> None:
    city = planning.around.city
    if city is None or row["family"] is None:
        return
    known = {GENERAL_FAMILY, *(family.code for family in city.info.families)}
    if row["family"] not in known:
        planning.reject(row, "family", "unknown_family", value=row["family"], choices=", ".join(sorted(known)))


POSTS = ImportKind(
    "posts",
    "Jabatan",
    "Posts",
    COLUMNS,
    ("code",),
    plan_posts,
    about=Text("Jabatan dengan jenjang, rumpun, dan kelasnya.", "Posts with their level, job family and class."),
)
