"""`python -m tests.bench.play`: how long people wait for a page of a play, as JSON, over all shipped processes.

Every scenario that Alur ships is played step by step as a person plays it: behind each step its page is asked for,
which plays the draft from its start in the real engine and shows where it stands, with the form of the next task. The
first page of a process has the diagram, its tables and forms compiled as well. `engine` is the play alone.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from engine.commands.begin_design import BeginDesign
from engine.policy.actor import system_actor
from engine.scenarios import Scenario, look, read_file, scenario_bytes
from processes.people.commands.grant_role import GrantRole
from processes.people.records import Role
from tests.functional.browser import Browser
from tests.functional.town import ADMIN, CITY, Moment, hash_quickly, settle
from webapp.app import create_app
from webapp.studio.play.ground import ground_of
from webapp.wiring import Alur, Settings, build, shipped_releases, shipped_scenarios

Spent = tuple[float, float]
_SHARES: Final = {"median": 0.5, "p95": 0.95, "p99": 0.99}


def main() -> None:
    """Play everything once, and print how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings(
            home=home, database_url=f"sqlite:///{home / 'alur.db'}", secret_key="made up", pepper="made up as well"
        )
        with closing(build(settings, clock=Moment())) as alur:
            settle(alur)
            json.dump(measure(alur), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(alur: Alur) -> dict[str, Any]:
    """Return the milliseconds of the first page of each process, of all pages, and of the plays alone."""
    alur.engine.run(GrantRole(ADMIN.id, Role.PROCESS_OWNER, date(2026, 1, 1)), system_actor(CITY))
    browser = Browser(hash_quickly(create_app(alur)))
    browser.sign_in(ADMIN)
    first: list[Spent] = []
    pages: list[Spent] = []
    engine: list[Spent] = []
    for process, files in shipped_releases().items():
        found = [read_file(content) for content in shipped_scenarios(process).values()]
        address = _begin(alur, {**files, **shipped_scenarios(process)})
        stories = [story for scenario in found for story in _stories(scenario)]
        times = [_page(browser, address, story) for story in stories]
        first, pages = [*first, *times[:1]], [*pages, *times]
        ground = ground_of({**files, **shipped_scenarios(process)}, alur.catalogue)
        assert ground.release is not None
        engine += [_timed(partial(look, ground.release, story)) for story in stories]
    return {"first_page": _shown(first), "page": _shown(pages), "engine": _shown(engine)}


def _begin(alur: Alur, files: dict[str, bytes]) -> str:
    design = alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    return f"/studio/rancangan/{design}/uji-coba"


def _stories(scenario: Scenario) -> Iterator[Scenario]:
    return (replace(scenario, steps=scenario.steps[:count]) for count in range(len(scenario.steps) + 1))


def _page(browser: Browser, address: str, story: Scenario) -> Spent:
    sent = {"_do": "open", "_scenario": scenario_bytes(story).decode()}

    def ask() -> None:
        assert browser.post(address, sent).status_code == 200

    return _timed(ask)


def _timed(act: Callable[[], object]) -> Spent:
    """Return the milliseconds on the clock, and those of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    act()
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)


def _shown(times: Sequence[Spent]) -> dict[str, Any]:
    clock, processor = (sorted(one) for one in zip(*times, strict=True))
    return {"count": len(times), "clock_ms": _shares_of(clock), "cpu_ms": _shares_of(processor)}


def _shares_of(ordered: Sequence[float]) -> dict[str, float]:
    shares = {name: round(ordered[int(share * (len(ordered) - 1))], 1) for name, share in _SHARES.items()}
    return {**shares, "max": round(ordered[-1], 1)}


if __name__ == "__main__":
    main()
