"""The step that gives tasks a priority and listeners a number keeps everything that waits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, select, table

from engine.records.case import draft, message, open_task, subscription
from engine.records.database import Database
from webapp import migrations
from webapp.migrations import upgrade

CASE = {
    "id": 7, "tenant": "serang", "process": "test", "business_key": "1", "release_id": 1, "subject": 1,
    "title": "Kasus", "status": 1, "started_at": 0,
}  # fmt: skip
RELEASE = {
    "id": 1, "tenant": "serang", "process": "test", "number": 1, "digest": "d", "content": b"", "wordbook_id": 1,
    "deployed_at": 0,
}  # fmt: skip
MESSAGE = {
    "tenant": "serang", "message": "news", "key": "rain", "payload": b"said", "case_id": 7, "sent_at": 0,
}  # fmt: skip
ROWS: list[tuple[str, dict[str, Any]]] = [
    ("wordbook", {"id": 1, "words": b""}),
    ("release", RELEASE),
    ("process_case", CASE),
    ("open_task", {"case_id": 7, "token": 1, "tenant": "serang", "element": "write", "assignee": 11, "opened_at": 0}),
    ("draft", {"case_id": 7, "token": 1, "person": 11, "content": b"typed", "saved_at": 0}),
    ("subscription", {"case_id": 7, "token": 2, "tenant": "serang", "message": "news", "key": "weather"}),
    ("subscription", {"case_id": 7, "token": 3, "tenant": "serang", "message": "alarm", "key": "*"}),
    ("message", MESSAGE),
]


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Database]:
    """A database of the step before, in which a case waits."""
    database = Database(f"sqlite:///{tmp_path / 'alur.db'}")
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for name, row in ROWS:
            connection.execute(table(name, *(column(key) for key in row)).insert(), row)
    yield database
    database.dispose()


def test_drafts_and_tasks_stay_and_matter_as_any_other(older: Database) -> None:
    upgrade(older)

    with older.reading() as read:
        task = read.execute(select(open_task)).one()
        kept = read.execute(select(draft.c.content)).scalar_one()
    assert (task.assignee, task.rank, task.follow_up, kept) == (11, 50, None, b"typed")


def test_who_waits_for_a_message_or_a_signal_goes_on_waiting(older: Database) -> None:
    upgrade(older)

    with older.reading() as read:
        rows = read.execute(select(subscription).order_by(subscription.c.token)).all()
    assert [(row.message, row.key, row.listener, row.takes_earlier) for row in rows] == [
        ("news", "weather", 2, True),
        ("alarm", None, 3, False),
    ]


def test_a_message_that_was_sent_stays_without_a_number_and_nobody_has_heard_it(older: Database) -> None:
    upgrade(older)

    with older.reading() as read:
        said = read.execute(select(message.c.payload, message.c.number)).one()
        heard = read.execute(select(subscription.c.heard)).scalars().all()
    assert (said.payload, said.number, heard) == (b"said", 0, [None, None])
