"""Proves that criteria, candidates, places and outcome of a filling are what its journal says."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from engine.queries.verification import Call, Dossier, Finding
from processes.promotion.board.ranking import rank
from processes.promotion.board.records import (
    board_candidate,
    board_criteria,
    board_outcome,
    board_place,
    board_voice,
)
from processes.promotion.board.services.reviewing import voice_rows
from processes.promotion.board.variables import BOARD_PROCESS, round_of

#: Rows that must be there, by table: what finds each in its case, and the columns that are known of it.
Told = dict[Table, dict[tuple[Any, ...], Mapping[str, Any]]]
_TABLES = (board_criteria, board_candidate, board_place, board_voice, board_outcome)
_KEYS: Mapping[Table, tuple[str, ...]] = {
    board_criteria: (),
    board_outcome: (),
    board_candidate: ("round", "employee_id"),
    board_place: ("round", "employee_id"),
    board_voice: ("round", "employee_id"),
}


def check_filling(read: Connection, case: Dossier) -> Iterator[Finding]:
    """Yield where the records of a filling say otherwise than its journal, done again.

    Of who was considered the journal tells how many there were, and who met every condition; the ranking is made
    again from the values that are kept.
    """
    if case.process != BOARD_PROCESS or not case.again.is_same:
        return
    found = {table: _rows(read, table, case.id) for table in _TABLES}
    told: Told = {table: {} for table in _TABLES}
    for call in case.again.calls:
        yield from _tell(told, found, call, case.id)
    for table in (board_criteria, board_place, board_voice, board_outcome):
        yield from _compare(case.id, table, found[table], told[table])


def _rows(read: Connection, table: Table, case_id: int) -> dict[tuple[Any, ...], Any]:
    rows = read.execute(select(table).where(table.c.case_id == bindparam("case_id")), {"case_id": case_id})
    return {tuple(getattr(row, name) for name in _KEYS[table]): row for row in rows}


def _tell(told: Told, found: Mapping[Table, Mapping[tuple[Any, ...], Any]], call: Call, case: int) -> Iterator[Finding]:
    variables = call.variables
    if call.service == "promotion.board_fix_criteria":
        told[board_criteria][()] = {name: variables["criteria"][name] for name in ("performance", "competency")}
    elif call.service == "promotion.board_gather_candidates":
        yield from _candidates(found[board_candidate], call.value, case)
    elif call.service == "promotion.board_rank":
        _ranked(told, found[board_candidate], variables)
    elif call.service == "promotion.board_record_choice":
        chosen, reason = variables["chosen"], variables["choice"].get("reason") or None
        about = {"employee_id": int(chosen["employee"]), "place": int(chosen["place"]), "decided_by": chosen["by"]}
        told[board_outcome][()] = {"outcome": "chosen", "reason": reason, **about}
    elif call.service == "promotion.board_close":
        told[board_outcome][()] = {"outcome": "closed", "employee_id": None}


def _candidates(rows: Mapping[tuple[Any, ...], Any], pool: Mapping[str, Any], case: int) -> Iterator[Finding]:
    of_round = [row for row in rows.values() if row.round == int(pool["round"])]
    numbers = {"expected": int(pool["considered"]), "found": len(of_round)}
    if numbers["expected"] != numbers["found"]:
        service = "promotion.board_gather_candidates"
        yield Finding("record_count", case, {"service": service, "table": board_candidate.name, **numbers})
    if {row.employee_id for row in of_round if not row.misses} != {int(person) for person in pool["people"]}:
        yield Finding("record_differs", case, {"table": board_candidate.name, "column": "misses"})


def _ranked(told: Told, candidates: Mapping[tuple[Any, ...], Any], variables: Mapping[str, Any]) -> None:
    this_round = round_of(variables)
    values = {row.employee_id: row.total for row in candidates.values() if row.round == this_round and not row.misses}
    for item in rank(values):
        told[board_place][this_round, item.person] = {"place": item.place, "is_shared": item.is_shared}
    for row in voice_rows(variables):
        told[board_voice][this_round, row["employee_id"]] = row


def _compare(
    case: int, table: Table, rows: Mapping[tuple[Any, ...], Any], told: Mapping[tuple[Any, ...], Mapping[str, Any]]
) -> Iterator[Finding]:
    if told.keys() - rows.keys():
        yield Finding("record_missing", case, {"service": BOARD_PROCESS, "table": table.name})
    if rows.keys() - told.keys():
        yield Finding("record_unexplained", case, {"table": table.name})
    for key in told.keys() & rows.keys():
        yield from (
            Finding("record_differs", case, {"table": table.name, "column": name})
            for name, value in told[key].items()
            if getattr(rows[key], name) != value
        )
