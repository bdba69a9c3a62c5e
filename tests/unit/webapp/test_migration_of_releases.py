"""The step that lets designs in knows of each process which release is in force and which default was taken over."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import column, select, table

from engine.records.database import Database
from engine.records.design import taken_default
from engine.records.release import enactment
from tests.unit.webapp.test_migration_of_incidents import RELEASE
from webapp import migrations
from webapp.migrations import upgrade


def test_releases_come_into_force_in_their_order_and_the_newest_default_counts_as_taken(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'alur.db'}")
    numbered = ((1, None), (2, None), (3, 17))
    releases = [
        {**RELEASE, "id": number, "number": number, "digest": f"{number}" * 64, "deployed_by": by}
        for number, by in numbered
    ]
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0015")
        for name, row in (("wordbook", {"id": 1, "words": b""}), *(("release", row) for row in releases)):
            connection.execute(table(name, *(column(key) for key in row)).insert(), row)

    upgrade(database)

    with database.reading() as read:
        turns = read.execute(select(enactment.c.turn, enactment.c.release_id).order_by(enactment.c.turn)).all()
        taken = read.execute(select(taken_default.c.process, taken_default.c.digest)).all()
    database.dispose()
    assert [tuple(row) for row in turns] == [(1, 1), (2, 2), (3, 3)]
    assert [tuple(row) for row in taken] == [(RELEASE["process"], "2" * 64)]
