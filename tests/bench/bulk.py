"""Opening a quarter: thousands of appraisal cases, so many in one transaction."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from engine.commands.start_case import NewCase
from tests.bench.measure import START, Contender, Phase
from tests.bench.ours import start_cases, take
from tests.bench.raw import RawStore, start
from tests.bench.story import PLAIN_APPRAISAL
from tests.bench.world import World

RAW_SHARE = 10  # SpiffWorkflow starts a tenth of the cases: its cost per case does not change with their number


def alur_in_chunks(world: World, new_cases: Iterator[NewCase], chunk: int) -> Contender:
    """Return Alur opening cases in chunks, each one command and one commit; making the cases is part of it."""

    def open_cases(cases: int) -> None:
        for _ in range(0, cases, chunk):
            start_cases(world, PLAIN_APPRAISAL.process, take(new_cases, chunk), chunk)

    def turn(cases: int) -> Iterator[Phase]:
        yield Phase(START, "bulk", cases, partial(open_cases, cases))

    return turn


def spiffworkflow_one_by_one(store: RawStore, spec: Any) -> Contender:
    """Return SpiffWorkflow opening its twin of the same cases."""

    def turn(cases: int) -> Iterator[Phase]:
        fewer = max(cases // RAW_SHARE, 1)
        yield Phase(START, "bulk", fewer, lambda: [start(store, spec, PLAIN_APPRAISAL) for _ in range(fewer)])

    return turn
