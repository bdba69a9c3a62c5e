"""What the steps of an appraisal must have recorded beside their cases, as the cases tell it when they are done again.

It says once more, and without the services, which columns hold what afterwards: a change of what a service writes is a
change here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.operations import OPERATIONS
from engine.queries.verification import Call, Dossier, Entry

Columns = dict[str, Any]


#: What a step has to come for.
_NOTHING_YET: Columns = dict.fromkeys(
    (
        *("work_result", "behaviour", "predicate", "work_note", "behaviour_note", "justification", "signed_at"),
        *("handed_over_at", "responded_at", "response", "objection", "dialogue_on", "dialogue_note"),
        *("decision", "decision_note", "decided_by", "decided_at", "locked_at"),
    )
)


@dataclass
class Recorded:
    """The columns that are known after the last step.

    :ivar evaluations: by version.
    :ivar told: whom the services told what, and when.
    """

    recommendation: Columns | None = None
    evaluations: dict[int, Columns] = field(default_factory=dict)
    result: Columns | None = None
    told: list[tuple[int, str, datetime]] = field(default_factory=list)


def recorded_by(case: Dossier) -> Recorded:
    """Return what the steps of an employee's appraisal must have left."""
    found = Recorded()
    calls: dict[int, list[Call]] = {}
    for call in case.again.calls:
        calls.setdefault(call.entry.version, []).append(call)
    for entry in case.journal:
        for call in calls.get(entry.version, ()):
            _record(found, call)
        _renew(found, entry)
    return found


def _renew(found: Recorded, entry: Entry) -> None:
    """Note what a hand-over to another rater changes."""
    rating = entry.renewed[0].get("rating_by") if entry.renewed is not None else None
    first = found.evaluations.get(1)
    if rating is None or first is None:
        return
    first["is_final"] = rating["is_final"]
    if entry.kind == "reassign":
        first["rater_id"] = int(rating["person"])


def _record(found: Recorded, call: Call) -> None:
    record = _RECORDS.get(call.service)
    if record is not None:
        record(found, call, call.variables)


def _recommended(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    rating = given["rating_by"]
    person = int(rating["person"])
    found.recommendation = dict(call.value)
    key = {"employee_id": int(given["employee"]), "unit_id": int(given["unit"])}
    quarter = {"year": int(given["year"]), "quarter": int(given["quarter"])}
    found.evaluations[1] = {**_NOTHING_YET, **key, **quarter, "rater_id": person, "is_final": bool(rating["is_final"])}
    found.told.append((person, "appraisal.recommended", call.entry.at))


def _rated(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    ratings, rating = given["ratings"], given["rating_by"]
    found.evaluations[1] |= {
        "work_result": ratings["work"],
        "behaviour": ratings["behaviour"],
        "predicate": given["predicate"],
        "work_note": ratings.get("work_note"),
        "behaviour_note": ratings.get("behaviour_note"),
        "rater_id": doer(call.entry) or int(rating["person"]),
        "is_final": bool(rating["is_final"]),
    }


def _signed(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    found.evaluations[1] |= {
        "justification": given["signature"].get("justification"),
        "signed_at": call.entry.at,
        "rater_id": call.value["person"],
    }


def _handed_over(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    dialogue = given.get("dialogue") or {}
    is_final = call.value["is_final"]
    found.evaluations[1] |= {
        "handed_over_at": call.entry.at,
        "dialogue_on": dialogue.get("dialogue_on"),
        "dialogue_note": dialogue.get("note"),
        "is_final": is_final,
    }
    told = "appraisal.handed_over_final" if is_final else "appraisal.handed_over"
    found.told.append((int(given["employee"]), told, call.entry.at))


def _responded(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    response = given.get("response") or {}
    found.evaluations[1] |= {
        "responded_at": call.entry.at,
        "response": call.value,
        "objection": response.get("reason") if call.value == "objected" else None,
    }
    found.told.append((int(given["rating_by"]["person"]), f"appraisal.{call.value}", call.entry.at))


def _decided(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    decision = given["decision"]
    decider = doer(call.entry) or int(given["decided_by"]["person"])
    found.evaluations[1] |= {
        "decision": decision["outcome"],
        "decision_note": decision["reason"],
        "decided_by": decider,
        "decided_at": call.entry.at,
    }
    if decision["outcome"] == "change":
        first = found.evaluations[1]
        found.evaluations[2] = {
            **_NOTHING_YET,
            **{name: first[name] for name in ("employee_id", "unit_id", "year", "quarter")},
            "work_result": decision["work"],
            "behaviour": decision["behaviour"],
            "predicate": given["predicate"],
            "rater_id": decider,
            "is_final": True,
            "signed_at": call.entry.at,
            "handed_over_at": call.entry.at,
            "response": "final",
        }
    found.told.append((int(given["employee"]), f"appraisal.decided_{decision['outcome']}", call.entry.at))


def _locked(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    found.evaluations[max(found.evaluations)]["locked_at"] = call.entry.at
    signed = given.get("signed_by")
    found.result = {
        "unit_id": int(given["unit"]),
        "year": int(given["year"]),
        "quarter": int(given["quarter"]),
        "work_result": given["ratings"]["work"],
        "behaviour": given["ratings"]["behaviour"],
        "predicate": given["predicate"],
        "appraiser_id": int(signed["person"] if signed else given["rating_by"]["person"]),
        "decided_at": call.entry.at,
        "source": "case",
    }


def doer(entry: Entry) -> int | None:
    """Return whose act a step is; an operation may have been made for somebody."""
    return entry.data.get("for") if entry.kind in OPERATIONS else entry.actor


_RECORDS: Mapping[str, Any] = {
    "appraisal.recommend_ratings": _recommended,
    "appraisal.record_ratings": _rated,
    "appraisal.record_signature": _signed,
    "appraisal.record_hand_over": _handed_over,
    "appraisal.record_response": _responded,
    "appraisal.record_decision": _decided,
    "appraisal.lock_result": _locked,
}


def differing(row: Any, columns: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns in which a row is not what it must be."""
    return (name for name, value in columns.items() if getattr(row, name) != value)
