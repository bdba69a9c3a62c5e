"""The step that gives incidents a cause keeps those that there are, and finds the causes of each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, select, table

from engine.causes import cause_of
from engine.records.case import incident
from engine.records.database import Database
from webapp import migrations
from webapp.migrations import upgrade

TEXTS = {
    1: "Service 'tax.rate' is not provided by anything (known: other).",
    2: "Service 'pay.rate' is not provided by anything (known: other).",
    3: "Nobody is named by 'head' for task 'sign'.",
    4: "Condition 'x' at 'which' gives 'Budi 17', neither true nor false.",
}
CASE = {
    "id": 7, "tenant": "serang", "process": "test", "business_key": "1", "release_id": 1, "subject": 1,
    "title": "Kasus", "status": 1, "started_at": 0,
}  # fmt: skip
RELEASE = {
    "id": 1, "tenant": "serang", "process": "test", "number": 1, "digest": "d", "content": b"", "wordbook_id": 1,
    "deployed_at": 0,
}  # fmt: skip


def stuck(token: int, text: str) -> tuple[str, dict[str, Any]]:
    row = {"case_id": 7, "token": token, "tenant": "serang", "element": "work", "code": "element_failed"}
    return "incident", {**row, "text": text, "opened_at": 0}


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Database]:
    """A database of the first step, in which a case is stuck."""
    database = Database(f"sqlite:///{tmp_path / 'alur.db'}")
    rows = [("wordbook", {"id": 1, "words": b""}), ("release", RELEASE), ("process_case", CASE)]
    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for name, row in (*rows, *(stuck(token, text) for token, text in TEXTS.items())):
            connection.execute(table(name, *(column(key) for key in row)).insert(), row)
    yield database
    database.dispose()


def test_every_incident_gets_the_cause_that_a_new_one_would_have(older: Database) -> None:
    upgrade(older)

    with older.reading() as read:
        found = {row.token: (row.text, row.cause) for row in read.execute(select(incident))}
    assert found == {token: (text, cause_of("element_failed", "work", text)) for token, text in TEXTS.items()}
