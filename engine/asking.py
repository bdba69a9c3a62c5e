"""Says by which statements the tasks of a step are opened: for persons only where they are there."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from engine.bpmn.days import local_day
from engine.records.case import insert_task
from engine.records.changes import Write
from engine.surroundings import CaseSurroundings


def task_writes(
    rows: Sequence[Mapping[str, Any]], failed: Collection[int], around: CaseSurroundings
) -> Iterator[Write]:
    """Yield the writes of tasks; those at which something has failed wait for nobody, and are opened in any case.

    :param failed: the tokens that have an incident.
    """
    persons = around.context.directory.persons
    asked = [row for row in rows if row["token"] not in failed]
    if persons is None or all(row["assignee"] is None for row in asked):
        yield Write(insert_task, rows)
        return
    yield persons.opening(asked, local_day(around.now, around.zone))
    if len(asked) < len(rows):
        yield Write(insert_task, [row for row in rows if row["token"] in failed])
