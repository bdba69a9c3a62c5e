"""The inbox with few and with many open tasks: a person's own tasks, a group's queue, the counts, and the pages."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert, select

from engine.policy.actor import Actor
from engine.queries.inbox import count_tasks, group_tasks, my_tasks
from engine.records.case import case, open_task
from processes.people.records import role_grant
from tests.bench.city import CODE, SINCE, City
from tests.bench.measure import READ, Contender, Phase
from tests.bench.ours import numbered_cases, start_cases
from tests.bench.story import APPROVAL
from tests.bench.web import Site
from tests.bench.world import OPENING

GROUP = "hr_verifier"
PERSON = 43
READER = Actor(CODE, PERSON, frozenset({GROUP}))
MINE = 60  # more than a page
SEED = 20261201


def fill_inbox(city: City, tasks: int) -> None:
    """Copy one real case until so many tasks wait: a page's worth for the reader, half of the rest in the queue."""
    start_cases(city.world, APPROVAL.process, [next(numbered_cases(APPROVAL))])
    with city.alur.database.reading() as read:
        pattern = dict(read.execute(select(case)).mappings().one())
        task = dict(read.execute(select(open_task)).mappings().one())
    chance = random.Random(SEED)
    numbers = range(1, tasks)
    with city.alur.database.writing() as connection:
        connection.execute(insert(case), [{**pattern, "id": n, "business_key": f"copy:{n}"} for n in numbers])
        connection.execute(insert(open_task), [{**task, "case_id": n, **_who(n), **_when(chance)} for n in numbers])
        connection.execute(insert(role_grant), [_role()])


def _who(number: int) -> dict[str, Any]:
    if number <= MINE:
        return {"assignee": PERSON, "candidate": None}
    if number % 2:
        return {"assignee": None, "candidate": GROUP}
    return {"assignee": 10_000 + number % 2_000, "candidate": None}


def _when(chance: random.Random) -> dict[str, Any]:
    has_date = chance.random() < 0.9
    return {"due": OPENING.date() + timedelta(days=chance.randrange(60)) if has_date else None}


def _role() -> dict[str, Any]:
    who = {"id": 1, "tenant": CODE, "employee_id": PERSON}
    return {**who, "role": GROUP, "unit_id": None, "valid_from": SINCE, "valid_to": None}


def inbox(site: Site) -> Contender:
    """Return what the inbox reads as a contender; a unit is one query or one page."""
    engine = site.city.alur.engine
    browser = site.browser(PERSON)
    behind = engine.read(group_tasks, READER).next
    reads: dict[str, Callable[[], object]] = {
        "mine": partial(engine.read, my_tasks, READER),
        "queue": partial(engine.read, group_tasks, READER),
        "queue_page_2": partial(engine.read, group_tasks, READER, after=behind),
        "counts": lambda: engine.read(count_tasks, READER, OPENING.date()),
        "web_page_mine": partial(browser.open, "/tugas"),
        "web_page_queue": partial(browser.open, "/tugas?antrean=kelompok"),
        "web_search_queue": partial(browser.look, "/tugas", {"antrean": "kelompok", "cari": "tidak ada"}),
    }

    def turn(times: int) -> Iterator[Phase]:
        for name, read in reads.items():
            yield Phase(READ, name, times, partial(_repeat, read, times))

    return turn


def _repeat(read: Callable[[], object], times: int) -> None:
    for _ in range(times):
        read()
