"""What the imports about posts share: the columns of a post and a year, and the post that a row names."""

from processes.people.imports import Column, ImportRow, Planning
from processes.people.imports.cells import read_code, read_whole

POST = Column("post", "Kode Jabatan", read_code(), aliases=("jabatan", "post code"))
YEAR = Column("year", "Tahun", read_whole(2010, 2100))


def post_id(planning: Planning, row: ImportRow) -> int | None:
    """Return the post that a row names, or note that there is none."""
    found = planning.posts.get(row["post"])
    if found is None and row.has_read("post"):
        planning.reject(row, "post", "unknown_post", value=row["post"])
    return found[0] if found is not None else None
