"""Writes a new step: `python -m webapp.migrations "what is now true"`."""

import sys
import tempfile
from pathlib import Path

from engine.records.database import Database
from webapp.migrations import upgrade, write_step


def main() -> None:
    """Compare a fresh database of all steps so far with the declared tables, and write what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'fresh.db'}")
        upgrade(database)
        write_step(database, " ".join(sys.argv[1:]) or "change the tables")
        database.dispose()


if __name__ == "__main__":
    main()
