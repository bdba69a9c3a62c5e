"""A city hall that opens a quarter person by person, to be killed in the middle: `python -m ... FOLDER`."""

import sys
from pathlib import Path

from engine.jobs import run_until_idle
from engine.policy.actor import system_actor
from processes.appraisal import opening
from processes.appraisal.commands.open_quarter import OpenQuarter
from tests.processes.city_hall import open_city_hall
from tests.processes.office import CITY

if __name__ == "__main__":
    opening.CHUNK = 1
    with open_city_hall(Path(sys.argv[1])) as hall:
        hall.engine.run(OpenQuarter(2026, 3), system_actor(CITY))
        print("opening", flush=True)  # noqa: T201  # tells the test that the quarter is asked for
        run_until_idle(hall.app)
        sys.stdin.read()
