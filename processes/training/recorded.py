"""What the steps of training must have recorded beside their cases, as the cases tell it when they are done again.

It says once more, and without the services, which columns hold what afterwards: a change of what a service writes is a
change here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from engine.queries.verification import Call, Dossier

Columns = dict[str, Any]

_STATUS: Final[Mapping[str, str]] = {
    "training.decline": "declined",
    "training.put_on_list": "waiting",
    "training.lapse": "lapsed",
    "training.withdraw": "withdrawn",
    "training.note_absence": "absent",
}


@dataclass
class Recorded:
    """The columns that are known after the last step.

    :ivar choices: of each nomination's place, by round and nomination.
    :ivar attendances: by nomination.
    :ivar evaluations: by level and source.
    """

    nomination: Columns | None = None
    record: Columns | None = None
    rounds: dict[int, Columns] = field(default_factory=dict)
    choices: dict[tuple[int, int], Columns] = field(default_factory=dict)
    attendances: dict[int, Columns] = field(default_factory=dict)
    evaluations: dict[tuple[int, str], Columns] = field(default_factory=dict)


def recorded_by(case: Dossier) -> Recorded:
    """Return what the steps of a case of training must have left."""
    found = Recorded()
    for call in case.again.calls:
        record = _RECORDS.get(call.service)
        if record is not None:
            record(found, call)
        elif call.service in _STATUS and found.nomination is not None:
            found.nomination["status"] = _STATUS[call.service]
    return found


def _nominated(found: Recorded, call: Call) -> None:
    given = call.variables
    is_eligible = given["eligibility"]["is_eligible"]
    found.nomination = {
        "employee_id": int(given["employee"]),
        "unit_id": int(given["unit"]),
        "session_id": int(given["session"]["id"]),
        "need": given["facts"]["need"],
        "gap": int(given["facts"]["gap"]),
        "performance_gap": Decimal(given["facts"]["performance_gap"]),
        "status": "proposed" if is_eligible else "refused",
        "letter": None,
    }


def _queued(found: Recorded, call: Call) -> None:
    if found.nomination is not None:
        found.nomination |= {"status": "queued", "session_id": int(call.variables["session"]["id"])}


def _assigned(found: Recorded, call: Call) -> None:
    if found.nomination is not None:
        found.nomination |= {"status": "chosen", "letter": call.value}


def _certified(found: Recorded, call: Call) -> None:
    if found.nomination is not None:
        found.nomination["status"] = "completed"
    own = {"employee_id": int(call.variables["employee"]), "certificate": call.value["certificate"]}
    found.record = {**own, "course": call.variables["facts"]["course"]}


def _chosen(found: Recorded, call: Call) -> None:
    ranking, number = call.variables["ranking"], len(found.rounds) + 1
    found.rounds[number] = {"seed": ranking["seed"], "session_id": int(call.variables["session"])}
    for row, told in zip(ranking["rows"], call.value, strict=True):
        found.choices[number, int(row["nomination"])] = {
            "place": int(row["place"]),
            "score": Decimal(row["score"]),
            "is_ranked_in": row["is_chosen"],
            "is_chosen": told["is_chosen"],
        }


def _attended(found: Recorded, call: Call) -> None:
    for one, told in zip(call.variables["participants"], call.value, strict=True):
        found.attendances[int(one["nomination"])] = {name: told[name] for name in ("share", "pre_test", "post_test")}


def _reacted(found: Recorded, call: Call) -> None:
    given = call.variables.get("reaction")
    if given:
        marks = [Decimal(given[name]) for name in ("material", "trainer", "organisation")]
        found.evaluations[1, "alumni"] = {"score": sum(marks) / len(marks)}


def _behaved(found: Recorded, call: Call) -> None:
    for item in call.variables["answers"]:
        given = (item or {}).get("answer")
        if given:
            applied = call.variables["applied"]["is_applied"]
            found.evaluations[3, item["role"]] = {"score": Decimal(given["rating"]), "is_applied": applied}


def _measured(found: Recorded, call: Call) -> None:
    entered, figures = call.variables.get("impact"), call.variables.get("figures") or {}
    given = {4: entered or figures.get("impact"), 3: figures.get("behaviour")}
    for level, row in given.items():
        if row and row.get("is_found", True):
            found.evaluations[level, "unit"] = {name: Decimal(row[name]) for name in ("before", "after")}


_RECORDS: Final[Mapping[str, Callable[[Recorded, Call], None]]] = {
    "training.record_nomination": _nominated,
    "training.queue": _queued,
    "training.assign": _assigned,
    "training.certify": _certified,
    "training.record_choice": _chosen,
    "training.record_attendance": _attended,
    "training.record_reaction": _reacted,
    "training.record_behaviour": _behaved,
    "training.record_impact": _measured,
}


def differing(row: Any, columns: Columns) -> list[str]:
    """Return the names of the columns that say otherwise than the case."""
    return [name for name, value in columns.items() if getattr(row, name) != value]
