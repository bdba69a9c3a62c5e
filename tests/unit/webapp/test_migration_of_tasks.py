"""The step that puts open tasks in order keeps them, and the drafts that would go with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, select, table, text

from engine.records.case import draft, open_task
from engine.records.database import Database
from tests.unit.webapp.test_migration_of_incidents import CASE, RELEASE
from webapp import migrations
from webapp.migrations import upgrade

TASK = {"case_id": 7, "tenant": "serang", "element": "write", "assignee": 3, "opened_at": 0, "rank": 40}
DRAFT = {"case_id": 7, "token": 2, "person": 3, "content": b"\x01\x80", "saved_at": 0}


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Database]:
    """A database of the step before, with two open tasks, one of them begun."""
    database = Database(f"sqlite:///{tmp_path / 'alur.db'}")
    tasks = [("open_task", {**TASK, "token": token}) for token in (9, 2)]
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0010")
        rows = [("wordbook", {"id": 1, "words": b""}), ("release", RELEASE), ("process_case", CASE), *tasks]
        for name, row in (*rows, ("draft", DRAFT)):
            connection.execute(table(name, *(column(key) for key in row)).insert(), row)
    yield database
    database.dispose()


def test_tasks_and_drafts_stay(older: Database) -> None:
    upgrade(older)

    with older.reading() as read:
        tasks = read.execute(select(open_task.c.token, open_task.c.assignee, open_task.c.rank)).all()
        drafts = read.execute(select(draft.c.token, draft.c.person, draft.c.content)).all()
    assert [tuple(row) for row in tasks] == [(2, 3, 40), (9, 3, 40)]
    assert [tuple(row) for row in drafts] == [(2, 3, b"\x01\x80")]


def test_a_draft_still_goes_with_its_task(older: Database) -> None:
    upgrade(older)

    with older.writing() as connection:
        connection.execute(open_task.delete().where(open_task.c.token == 2))
        left = connection.execute(select(draft)).all()
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    assert (left, broken) == ([], [])
