"""The steps from an empty database to this Alur's tables, carried out in one write transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from engine.errors import EngineError
from engine.records.database import Database

HERE = Path(__file__).parent


class NewerDatabase(EngineError):
    """The database was made by a newer Alur; install that version or a newer one."""

    code = "database.newer"


def upgrade(database: Database) -> bool:
    """Bring the database to the tables of this Alur, and tell whether anything had to be done.

    All steps happen or none: a step that fails leaves the database as it was.

    :raise NewerDatabase: it holds tables that this Alur does not know.
    """
    if is_current(database):
        return False
    with database.writing() as connection:
        command.upgrade(_config(connection), "head")
    return True


def is_current(database: Database) -> bool:
    """Tell whether the database has exactly the tables of this Alur.

    :raise NewerDatabase: it has newer ones.
    """
    with database.reading() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    steps = ScriptDirectory.from_config(_config())
    if found is not None and not _knows(steps, found):
        raise NewerDatabase(f"Step {found!r} is not known here.", step=found)
    return found == steps.get_current_head()


def write_step(database: Database, message: str) -> None:
    """Write a new step from the difference between a database and the declared tables; read it before it is kept."""
    with database.writing() as connection:
        steps = ScriptDirectory.from_config(_config())
        number = f"{len(list(steps.walk_revisions())) + 1:04}"
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)


def _knows(steps: ScriptDirectory, step: str) -> bool:
    try:
        steps.get_revision(step)
    except CommandError:
        return False
    return True


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
