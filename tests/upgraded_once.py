"""A SQLite file after every step to today's tables: taken once in a test process, and copied.

A step costs as much alone as all that most tests do on the tables.
"""

from functools import cache
from pathlib import Path

from tests.sqlite import file_of
from webapp.migrations import upgrade


def make_tables(file: Path) -> None:
    """Make a file with today's tables, where there is none yet."""
    file.touch(mode=0o600)  # as Alur makes it
    file.write_bytes(_upgraded())


@cache
def _upgraded() -> bytes:
    return file_of(upgrade)
