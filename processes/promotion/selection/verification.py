"""Proves that what the steps of an open selection recorded is there once and says what its journal says."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, select

from engine.queries.verification import Call, Dossier, Finding
from engine.records.case import case as process_case
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import (
    selection,
    selection_check,
    selection_file,
    selection_outcome,
    selection_rank,
    selection_stage,
)
from processes.promotion.selection.variables import SELECTION_PROCESS

#: What the steps of a case must have left, by table: rows as columns and values.
Told = dict[Table, list[Mapping[str, Any]]]

_ORDER: Final[Mapping[Table, tuple[str, ...]]] = {
    selection_stage: ("number",),
    selection_check: ("round", "employee_id"),
    selection_rank: ("employee_id",),
    selection_outcome: ("case_id",),
}
_of_no_case = (
    select(selection.c.case_id)
    .outerjoin(
        process_case,
        (process_case.c.id == selection.c.case_id)
        & (process_case.c.process == SELECTION_PROCESS)
        & (process_case.c.subject == selection.c.post_id),
    )
    .where(process_case.c.id.is_(None))
)
_announced = select(selection.c.post_id).where(selection.c.case_id == bindparam("case_id"))

#: The files that rows name.
SELECTION_FILES = select(selection_file.c.sha256, selection_file.c.size)


def check_selection(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where stages, checks, ranking and outcome of a selection say otherwise than its journal, done again."""
    if case.process != SELECTION_PROCESS or not case.again.is_same:
        return
    if read.execute(_announced, {"case_id": case.id}).scalar() != case.subject:
        yield Finding("record_missing", case.id, {"service": SELECTION_PROCESS, "table": "selection"})
    told: Told = {table: [] for table in _ORDER}
    for call in case.again.calls:
        tell = _TELLERS.get(call.service)
        if tell is not None:
            tell(told, call)
    for table, order in _ORDER.items():
        found = read.execute(select(table).where(table.c.case_id == case.id)).all()
        rows = sorted(found, key=lambda row: tuple(getattr(row, name) for name in order))
        expected = sorted(told[table], key=lambda row: tuple(row.get(name, case.id) for name in order))
        yield from _compare(case, table.name, rows, expected)


def check_announced(read: Connection) -> Iterator[Finding]:
    """Yield announcements that belong to no case of their post."""
    for case_id in read.execute(_of_no_case).scalars():
        yield Finding("record_unexplained", case_id, {"table": "selection"})


def _compare(case: Dossier, table: str, rows: list[Any], expected: list[Mapping[str, Any]]) -> Iterator[Finding]:
    if len(rows) < len(expected):
        yield Finding("record_missing", case.id, {"service": SELECTION_PROCESS, "table": table})
    elif len(rows) > len(expected):
        yield Finding("record_unexplained", case.id, {"table": table})
    for row, columns in zip(rows, expected, strict=False):
        yield from (
            Finding("record_differs", case.id, {"table": table, "column": name})
            for name, value in {**columns, "tenant": case.tenant}.items()
            if getattr(row, name) != value
        )


def _stage(told: Told, call: Call) -> None:
    told[selection_stage].append({name: call.value[name] for name in ("number", "stage", "until")})


def _checked(told: Told, call: Call) -> None:
    passed = {int(item["employee"]) for item in call.value["passed"]}
    of_round = int(call.variables["screening"]["round"])
    told[selection_check] += [
        {"employee_id": person, "round": of_round, "is_passed": person in passed}
        for person in (int(item["employee"]) for item in call.variables["screening"]["candidates"])
    ]


def _ranked(told: Told, call: Call) -> None:
    weights = {stage: Decimal(call.variables["weights"][stage]) for stage in Stage}
    told[selection_rank] += [
        {
            "employee_id": int(row["employee"]),
            "place": int(row["place"]),
            "is_named": row["is_named"],
            "value": sum((row[stage] * weight for stage, weight in weights.items()), Decimal(0)) / 100,
        }
        for row in call.value["rows"]
    ]


def _closed(told: Told, call: Call) -> None:
    told[selection_outcome].append({"outcome": "closed", "employee_id": None})


def _chosen(told: Told, call: Call) -> None:
    given = call.variables
    told[selection_outcome].append(
        {
            "outcome": "chosen",
            "employee_id": int(call.value),
            "reason": given["choice"].get("reason"),
            "minutes": given["minutes"]["number"],
            "recommendation": given["approval"]["number"],
        }
    )


_TELLERS: Final[Mapping[str, Any]] = {
    "promotion.enter_stage": _stage,
    "promotion.record_screening": _checked,
    "promotion.rank_candidates": _ranked,
    "promotion.close_selection": _closed,
    "promotion.record_choice": _chosen,
}
