"""Scenarios and releases of the shipped processes, for tests of what plays, writes and proposes them."""

from collections.abc import Iterator
from functools import cache

from engine.bpmn.release import Release, compile_release
from engine.scenarios import Scenario, read_file
from webapp.wiring import collect_parts, shipped_scenarios
from webapp.wiring.parts import shipped_releases


@cache
def release_of(process: str) -> Release:
    """Return the release of a shipped process."""
    return compile_release(shipped_releases()[process], collect_parts().catalogue)


@cache
def scenarios_of(process: str) -> dict[str, Scenario]:
    """Return the scenarios of a shipped process by the stems of their files."""
    found = shipped_scenarios(process)
    return {name.rpartition("/")[2].removesuffix(".json"): read_file(content) for name, content in found.items()}


def all_ways() -> Iterator[tuple[Release, str, Scenario]]:
    """Yield every shipped scenario with its release and its name."""
    for process in sorted(shipped_releases()):
        for name, scenario in scenarios_of(process).items():
            yield release_of(process), name, scenario
