"""A process that takes a city away and is killed in the middle of it, behind a table."""

import os
import signal
import sys
from pathlib import Path

from tests.faults.one_city import open_place
from tests.unit.engine.world import CITY
from webapp.wiring.city_archive import remove_city


def take_away(folder: Path, archive: Path, last: str) -> None:
    """Remove the city and die behind a table."""

    def say(table: str, _rows: int) -> None:
        if table == last:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_place(folder) as place:
        remove_city(place.target, CITY, archive, say)


if __name__ == "__main__":
    take_away(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
