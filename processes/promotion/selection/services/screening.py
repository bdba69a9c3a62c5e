"""Services of the administrative selection: who applied, what is known of them, and who has passed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from engine.records.changes import Write
from engine.services import Notice, ServiceContext, ServiceResult
from processes.people.queries import holders_on
from processes.people.records import Role
from processes.promotion.parameters import SELECTION_PANEL, numbers_on
from processes.promotion.selection.facts import read_facts
from processes.promotion.selection.reading import candidates_of, interested
from processes.promotion.selection.records import selection_check
from processes.promotion.selection.services.announcing import post_name, today
from processes.promotion.selection.variables import read_case

INCOMPLETE = "incomplete"


def gather_candidates(call: ServiceContext) -> ServiceResult:
    """Return who applied, with what the tables ask of their careers, and whether they are enough to go on."""
    found = candidates_of(call.read, call.tenant, call.case_id)
    numbers = {item.employee: item.number for item in found}
    closes_on = call.variables["window"]["closes_on"]
    facts = read_facts(call.read, call.tenant, list(numbers), closes_on, call.city)
    return ServiceResult(
        {
            "round": int(call.variables["screening"]["round"]) + 1,
            "candidates": [{**item.plain(), "number": numbers[item.employee]} for item in facts],
            "is_enough": len(facts) >= _least(call),
            "office": _group_for(call, (Role.HR_VERIFIER, Role.HR_HEAD), numbers),
            "head": _group_for(call, (Role.HR_HEAD, Role.HR_VERIFIER), numbers),
        }
    )


def record_screening(call: ServiceContext) -> ServiceResult:
    """Keep who has passed and what others miss; tell each of them, and return those who go on."""
    screening = call.variables["screening"]
    candidates = screening["candidates"]
    checked, documents = call.variables["checked"], call.variables["documents"]["rows"]
    rows = [
        _row(call, candidate, found["misses"], paper)
        for candidate, found, paper in zip(candidates, checked, documents, strict=True)
    ]
    passed = [
        {"employee": row["employee_id"], "number": int(candidate["number"])}
        for candidate, row in zip(candidates, rows, strict=True)
        if row["is_passed"]
    ]
    post = post_name(call)
    told = tuple(
        Notice(row["employee_id"], "selection.passed" if row["is_passed"] else "selection.not_passed", {"post": post})
        for row in rows
    )
    value = {"passed": passed, "is_enough": len(passed) >= _least(call)}
    return ServiceResult(value, (Write(selection_check.insert(), rows),) if rows else (), told)


def _row(
    call: ServiceContext, candidate: Mapping[str, Any], misses: list[str], paper: Mapping[str, Any]
) -> dict[str, Any]:
    is_complete = paper["documents"] != INCOMPLETE
    return {
        "tenant": call.tenant,
        "case_id": call.case_id,
        "employee_id": int(candidate["employee"]),
        "round": int(call.variables["screening"]["round"]),
        "is_passed": is_complete and not misses,
        "misses": " ".join([*misses, *(() if is_complete else ("documents",))]),
        "reason": paper.get("reason"),
    }


def _group_for(call: ServiceContext, roles: Sequence[Role], candidates: Collection[int]) -> str:
    """Return the first group with somebody who has no interest of his own; the first of all if none has."""
    day, post = today(call), read_case(call.variables).post
    for role in roles:
        holders = holders_on(call.read, call.tenant, role, day)
        if set(holders) - interested(call.read, call.tenant, holders, candidates, post=post, day=day):
            return str(role)
    return str(roles[0])


def _least(call: ServiceContext) -> int:
    rules = numbers_on(call.read, call.tenant, SELECTION_PANEL, today(call), call.city)
    return int(rules.values["least_applicants"])
