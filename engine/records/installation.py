"""One row by which an installation knows what belongs to it outside the database: its files and its secrets."""

from typing import Final

from sqlalchemy import Column, SmallInteger, String, Table, bindparam, select, text

from engine.records.schema import metadata

THE_ROW: Final = 1
MARK_LENGTH: Final = 64

installation = Table(
    "installation",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    # As written in the folder of the files; None until one belongs to this database.
    Column("files", String(MARK_LENGTH)),
    # Keyed, and told by no secret; None until secrets belong to this database.
    Column("secrets", String(MARK_LENGTH)),
)

select_row = select(installation.c.files, installation.c.secrets).where(installation.c.id == THE_ROW)
#: Whoever comes first has it; the others read what is there. Both databases know these words, SQLAlchemy has none.
claim_row = text(
    "INSERT INTO installation (id, files, secrets) VALUES (1, :files, :secrets) ON CONFLICT (id) DO UPDATE SET"
    " files = coalesce(installation.files, excluded.files),"
    " secrets = coalesce(installation.secrets, excluded.secrets)"
)
#: For an administrator who says that another folder, or other secrets, belong to it from now on.
replace_row = (
    installation.update()
    .where(installation.c.id == THE_ROW)
    .values(files=bindparam("new_files", type_=String), secrets=bindparam("new_secrets", type_=String))
)
