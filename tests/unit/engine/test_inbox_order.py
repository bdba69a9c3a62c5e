"""The inbox whatever waits: every task once and in order, read from an index, with searches and counts that end."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from engine.policy.actor import Actor
from engine.queries import inbox
from engine.queries.due_order import Position, place
from engine.queries.inbox import Filters, InboxPage, count_tasks, group_tasks, my_tasks
from engine.records.case import case, case_state, open_task
from tests.unit.engine.diagrams import diagram, end, path, start, user
from tests.unit.engine.world import CITY, World

ANN = 11
READER = Actor(CITY, ANN, frozenset({"checkers", "helpers"}))
TODAY = date(2026, 10, 5)
SEED = 7
ALL = Filters()


@pytest.fixture
def crowded(world: World, tmp_path: Path) -> World:
    """A world in which 240 tasks wait: for Ann, in two queues, and for others; some on one day, some without one."""
    world.deploy(diagram(tmp_path, start(), user("write"), end(), path("begin", "write", "done")))
    world.start("test", person=ANN)
    with world.engine.database.reading() as read:
        pattern = dict(read.execute(select(case)).mappings().one())
        state = dict(read.execute(select(case_state)).mappings().one())
        task = dict(read.execute(select(open_task)).mappings().one())
    chance, numbers = random.Random(SEED), range(1, 241)
    with world.engine.database.writing() as connection:
        connection.execute(insert(case), [{**pattern, **_copy(number)} for number in numbers])
        connection.execute(insert(case_state), [{**state, "case_id": number} for number in numbers])
        connection.execute(insert(open_task), [{**task, "case_id": n, **_waits(n, chance)} for n in numbers])
    return world


def _copy(number: int) -> dict[str, Any]:
    return {"id": number, "business_key": f"copy:{number}", "title": f"Kasus {number:03}"}


def _waits(number: int, chance: random.Random) -> dict[str, Any]:
    due = TODAY + timedelta(days=chance.randrange(-3, 4)) if chance.random() < 0.8 else None
    who = {0: (ANN, None), 1: (None, "checkers"), 2: (None, "helpers"), 3: (99, None)}[number % 4]
    return {"assignee": who[0], "candidate": who[1], "due": due, "rank": chance.choice([0, 25, 50, 50, 50, 100])}


def walk(world: World, query: Any, filters: Filters = ALL) -> Iterator[InboxPage]:
    """Read one page after the other to the last."""
    after: Position | None = None
    while True:
        page: InboxPage = world.engine.read(query, READER, filters, after)
        yield page
        if page.next is None:
            return
        after = page.next


@pytest.mark.parametrize("size", [1, 3, 7, 50])
@pytest.mark.parametrize(("query", "expected"), [(my_tasks, 61), (group_tasks, 120)])
def test_walking_the_pages_shows_every_task_once_and_in_order(
    crowded: World, monkeypatch: pytest.MonkeyPatch, query: Any, expected: int, size: int
) -> None:
    monkeypatch.setattr(inbox, "PAGE", size)

    rows = [row for page in walk(crowded, query) for row in page.rows]

    assert len(rows) == len({(row.case_id, row.token) for row in rows}) == expected
    assert [place(row) for row in rows] == sorted(place(row) for row in rows)


@pytest.mark.parametrize("size", [1, 4, 200])
def test_a_search_in_small_pieces_finds_what_one_in_a_single_piece_finds(
    crowded: World, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    filters = Filters(text="asus 1", due_before=TODAY + timedelta(days=2))
    whole = [row.case_id for page in walk(crowded, group_tasks, filters) for row in page.rows]

    monkeypatch.setattr(inbox, "SEARCHED", size)
    pieces = [row.case_id for page in walk(crowded, group_tasks, filters) for row in page.rows]

    assert len(whole) > 20
    assert pieces == whole


def test_a_search_stops_after_so_many_tasks_and_says_where_it_goes_on(
    crowded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "SEARCHED", 10)

    first, *rest = walk(crowded, my_tasks, Filters(text="gibt es nicht"))

    assert (first.rows, first.is_searching) == ((), True)
    assert first.next is not None
    assert [page.is_searching for page in rest][-1] is False


def test_a_search_for_a_common_word_misses_no_task_from_page_to_page(
    crowded: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PAGE", 7)
    monkeypatch.setattr(inbox, "SEARCHED", 40)

    rows = [row for page in walk(crowded, group_tasks, Filters(text="kasus")) for row in page.rows]

    assert len(rows) == len({row.case_id for row in rows}) == 120
    assert [place(row) for row in rows] == sorted(place(row) for row in rows)


def test_counts_stop_one_behind_the_most(crowded: World, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = crowded.engine.read(count_tasks, READER, TODAY)
    monkeypatch.setattr(inbox, "MOST_COUNTED", 20)

    capped = crowded.engine.read(count_tasks, READER, TODAY)

    assert (exact.mine, exact.queued) == (61, 120)
    assert 0 < exact.overdue < 61
    assert (capped.mine, capped.queued) == (21, 21)


BEHIND = {"a day": Position(TODAY, 50, 100, 1), "no day": Position(None, 50, 100, 1)}
FILTERS = {
    "all": ALL,
    "overdue": Filters(due_before=TODAY),
    "nothing found": Filters(text="zz", process="test"),
    "all found": Filters(text="asus"),
}


@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)
@pytest.mark.parametrize("after", [None, *BEHIND.values()], ids=["first", *BEHIND])
@pytest.mark.parametrize(
    ("query", "index"), [(my_tasks, "ix_open_task_assignee"), (group_tasks, "ix_open_task_candidate")]
)
def test_every_page_is_read_from_an_index_in_its_order(
    crowded: World, query: Any, index: str, after: Position | None, filters: Filters
) -> None:
    with explaining(crowded) as plan:
        crowded.engine.read(query, READER, filters, after)

    # A search may sort what it has found among the tasks that it looked through, and only that.
    looks = [step for step in plan if step.strip() in {"MATERIALIZE looked", "CTE looked"}]
    assert len([step for step in plan if "TEMP B-TREE" in step]) <= len(looks)
    assert not [step for step in plan if "SCAN open_task" in step]
    assert {index} == {part for step in plan for part in step.split() if part.startswith("ix_open_task")} or not plan


def test_the_counts_are_read_from_the_indexes(crowded: World) -> None:
    with explaining(crowded) as plan:
        crowded.engine.read(count_tasks, READER, TODAY)

    assert len([step for step in plan if "SEARCH open_task USING" in step]) == 3
    assert not [step for step in plan if "SCAN open_task" in step or "TEMP B-TREE" in step]


def test_a_case_whose_state_is_damaged_hides_no_task(crowded: World) -> None:
    with crowded.engine.database.writing() as connection:
        connection.execute(update(case_state).where(case_state.c.case_id == 4).values(content=b"\x02 no state"))

    rows = {row.case_id: row for row in crowded.tasks(ANN)}

    assert rows[4].variables == {}
    assert rows[8].variables["person"] == ANN


# In a table as small as this PostgreSQL would read and sort everything, and be right.
ONLY_WHAT_MUST_BE = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off"


def in_words_of_sqlite(step: str) -> str:
    """Return a step of a plan as SQLite would call it."""
    step = re.sub(r"Index (Only )?Scan (Backward )?using (\S+) on open_task\b", r"SEARCH open_task USING \3", step)
    return re.sub(r"->  (Incremental )?Sort$", "TEMP B-TREE", step).replace("Seq Scan on open_task", "SCAN open_task")


@contextmanager
def explaining(world: World) -> Iterator[list[str]]:
    """Collect the query plans of all reads of open tasks in the block."""
    plan: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if world.engine.database.is_sqlite else "EXPLAIN (COSTS OFF) "

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "open_task" in statement and not statement.startswith("EXPLAIN"):
            if not world.engine.database.is_sqlite:
                cursor.execute(ONLY_WHAT_MUST_BE)
            cursor.execute(explain + statement, parameters)
            plan.extend(in_words_of_sqlite(str(row[-1])) for row in cursor.fetchall())

    world.engine.database.renew()
    event.listen(world.engine.database.read, "before_cursor_execute", note)
    try:
        yield plan
    finally:
        event.remove(world.engine.database.read, "before_cursor_execute", note)
