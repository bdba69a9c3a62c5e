"""The steps from an empty database to this Alur's tables, carried out in one write transaction."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from engine.errors import EngineError
from engine.records.database import Database

HERE = Path(__file__).parent


class NewerDatabase(EngineError):
    """The database was made by a newer Alur; install that version or a newer one."""

    code = "database.newer"


class OlderDatabase(EngineError):
    """The database has the tables of an older Alur; `alur upgrade` brings them up to date."""

    code = "database.older"


class EmptyDatabase(EngineError):
    """The database has no tables yet; setting a city up makes them."""

    code = "database.empty"


class UpgradeFailed(EngineError):
    """A step could not be carried out; the database is as it was before."""

    code = "database.upgrade_failed"


def prepare(database: Database) -> bool:
    """Make the tables of this Alur in an empty database, and tell whether they had to be made.

    A database that holds people's data is left as it is: bringing it up to date is a step of its own, with a backup.

    :raise OlderDatabase: it has older tables.
    :raise NewerDatabase: it has newer ones.
    """
    if step_of(database) is None:
        return upgrade(database)
    require_current(database)
    return False


def require_current(database: Database) -> None:
    """Do nothing if the database has exactly the tables of this Alur.

    :raise EmptyDatabase: it has none.
    :raise OlderDatabase: it has older ones.
    :raise NewerDatabase: it has newer ones.
    """
    if is_current(database):
        return
    found = step_of(database)
    if found is None:
        raise EmptyDatabase
    raise OlderDatabase(
        f"The database stands at step {found}, this Alur at {newest_step()}.", found=found, wanted=newest_step()
    )


def upgrade(database: Database) -> bool:
    """Bring the database to the tables of this Alur, and tell whether anything had to be done.

    All steps happen or none: a step that fails leaves the database as it was.

    :raise NewerDatabase: it holds tables that this Alur does not know.
    :raise UpgradeFailed: a step failed.
    """
    if is_current(database):
        return False
    try:
        with database.writing() as connection:
            make_tables(connection)
    except (SQLAlchemyError, CommandError) as error:
        raise UpgradeFailed(f"A step failed: {error}") from error
    return True


def make_tables(connection: Connection) -> None:
    """Take every step that is missing, inside a write transaction."""
    command.upgrade(_config(connection), "head")


def is_current(database: Database) -> bool:
    """Tell whether the database has exactly the tables of this Alur.

    :raise NewerDatabase: it has newer ones.
    """
    found = step_of(database)
    if found is not None and not knows_step(found):
        raise NewerDatabase(f"Step {found!r} is not known here.", step=found)
    return found == newest_step()


def step_of(database: Database) -> str | None:
    """Return the newest step that a database has taken, None if it has no tables yet."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_step() -> str | None:
    """Return the newest step of this Alur."""
    return _steps().get_current_head()


def knows_step(step: str) -> bool:
    """Tell whether a step is one of this Alur's, so that a database that stands there can be brought up to date."""
    try:
        _steps().get_revision(step)
    except CommandError:
        return False
    return True


def write_step(database: Database, message: str) -> None:
    """Write a new step from the difference between a database and the declared tables; read it before it is kept."""
    with database.writing() as connection:
        steps = ScriptDirectory.from_config(_config())
        number = f"{len(list(steps.walk_revisions())) + 1:04}"
        command.revision(_config(connection), message=message, autogenerate=True, rev_id=number)


@cache
def _steps() -> ScriptDirectory:
    """Return the steps of this Alur; Alembic compiles the module of each to know it, which every command waits for."""
    return ScriptDirectory.from_config(_config())


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
