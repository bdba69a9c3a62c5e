"""What the steps of an award must have recorded beside their case, told again from its journal without the services."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.queries.verification import Call, Dossier
from processes.recognition.variables import is_decision

Columns = dict[str, Any]

_NOTHING: Columns = dict.fromkeys(
    ("score", "voices", "reason", "decided_by", "decree", "decree_on", "reward", "amount", "dpa_code", "is_public")
)


@dataclass
class Recorded:
    """The columns that are known after the last step: how it ended, and the row in the person's career.

    :param decider: who did the step of the decision, by the journal.
    """

    decider: int | None = None
    outcome: Columns | None = None
    award: Columns | None = None


def recorded_by(case: Dossier) -> Recorded:
    """Return what the steps of a nomination must have left."""
    decisions = [entry.actor for entry in case.journal if entry.content and is_decision(entry.content)]
    found = Recorded(decisions[-1] if decisions else None)
    for call in case.again.calls:
        record = _RECORDS.get(call.service)
        if record is not None:
            record(found, call, call.variables)
    return found


def _ineligible(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    found.outcome = _ended(call, given, "not_eligible")


def _declined(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    found.outcome = {**_ended(call, given, "declined"), **_decision(given, found.decider)}


def _awarded(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    decree, kind = given["decree"], given["reward"]["kind"]
    of_decree = {"decree": decree["number"], "decree_on": decree["decree_on"], "reward": kind}
    money = {name: given[name] if kind == "money" else None for name in ("amount", "dpa_code")}
    found.outcome = {**_ended(call, given, "awarded"), **_decision(given, found.decider), **of_decree, **money}
    found.award = {
        "name": given["award_name"],
        "awarded_on": decree["decree_on"],
        "decree": decree["number"],
    }


def _consented(found: Recorded, call: Call, given: Mapping[str, Any]) -> None:
    if found.outcome is not None:
        found.outcome["is_public"] = (given.get("consent") or {}).get("answer") == "yes"


def _ended(call: Call, given: Mapping[str, Any], outcome: str) -> Columns:
    who = {"employee_id": int(given["employee"]), "outcome": outcome, "decided_at": call.entry.at}
    return {**_NOTHING, **who}


def _decision(given: Mapping[str, Any], decider: int | None) -> Columns:
    value = given["panel_score"]["value"].quantize(Decimal("0.000001"), ROUND_HALF_UP)
    return {
        "score": value,
        "voices": int(given["panel_score"]["voices"]),
        "reason": given["decision"]["reason"],
        "decided_by": int(decider or given["authority"]["person"]),
    }


_RECORDS: Mapping[str, Any] = {
    "recognition.record_ineligible": _ineligible,
    "recognition.record_declined": _declined,
    "recognition.record_award": _awarded,
    "recognition.record_consent": _consented,
}
