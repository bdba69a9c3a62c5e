"""The step that lets guests of designs in keeps every guest of a case, with his account and his session."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, column, select, table, text
from sqlalchemy.exc import IntegrityError

from engine.records.database import Database
from processes.people.guests import guest
from tests.unit.webapp.test_migration_of_incidents import CASE, RELEASE
from webapp import migrations
from webapp.auth.records import guest_account, guest_session
from webapp.migrations import upgrade

GUEST = {
    "id": 7, "tenant": "serang", "name": "Prof. Ratna Dewi", "institution": "Universitas Contoh",
    "email": "ratna@kampus.example", "case_id": CASE["id"], "valid_until": 20453, "invited_by": 1, "invited_at": 0,
}  # fmt: skip
SESSION = {"token_hash": b"h" * 32, "guest_id": 7, "created_at": 0, "seen_at": 0}
ROWS = (
    ("wordbook", {"id": 1, "words": b""}),
    ("release", RELEASE),
    ("process_case", CASE),
    ("guest", GUEST),
    ("guest_account", {"guest_id": 7, "tenant": "serang"}),
    ("guest_session", SESSION),
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database of the step before, with a guest who is signed in, brought up to date."""
    opened = Database(f"sqlite:///{tmp_path / 'alur.db'}")
    with opened.writing() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0016")
        for name, row in ROWS:
            add(connection, name, row)
    upgrade(opened)
    yield opened
    opened.dispose()


def add(connection: Connection, name: str, row: Mapping[str, object]) -> None:
    connection.execute(table(name, *(column(key) for key in row)).insert(), row)


def test_a_guest_of_a_case_stays_signed_in(database: Database) -> None:
    people = select(guest.c.name, guest.c.case_id, guest.c.design_id, guest_session.c.token_hash)
    joined = people.join_from(guest, guest_account).join(guest_session)

    with database.reading() as read:
        found = read.execute(joined).all()
        broken = read.execute(text("PRAGMA foreign_key_check")).all()

    assert [tuple(row) for row in found] == [(GUEST["name"], CASE["id"], None, SESSION["token_hash"])]
    assert broken == []


@pytest.mark.parametrize("parts", [{"case_id": None}, {"design_id": 9}])
def test_a_guest_has_exactly_one_part(database: Database, parts: dict[str, object]) -> None:
    with database.writing() as connection, pytest.raises(IntegrityError, match="one_part"):
        add(connection, "guest", {**GUEST, "id": 8, **parts})
