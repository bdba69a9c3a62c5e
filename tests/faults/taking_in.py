"""A process that takes a city in and is killed in the middle of it, after a table."""

import os
import signal
import sys
from pathlib import Path

from tests.faults.one_city import open_place
from webapp.wiring.city_archive import import_city


def take_in(folder: Path, archive: Path, last: str) -> None:
    """Take the city in and die after a table."""

    def say(table: str, _rows: int) -> None:
        if table == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_place(folder, hours=1) as place:
        import_city(place.target, archive, say)


if __name__ == "__main__":
    take_in(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
