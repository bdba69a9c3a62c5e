"""The named services that the diagrams of training call."""

from collections.abc import Mapping

from engine.services import Service
from processes.training.services.certifying import (
    certify,
    find_evaluators,
    record_behaviour,
    record_reaction,
)
from processes.training.services.facts import find_next_session, gather_facts
from processes.training.services.measuring import gather_impact, record_impact
from processes.training.services.nominating import (
    assign,
    decline,
    lapse,
    note_absence,
    put_on_list,
    queue,
    record_nomination,
    withdraw,
)
from processes.training.services.seating import list_participants, rank_nominations, record_attendance, record_choice

SERVICES: Mapping[str, Service] = {
    "training.gather_facts": gather_facts,
    "training.record_nomination": record_nomination,
    "training.decline": decline,
    "training.queue": queue,
    "training.put_on_list": put_on_list,
    "training.find_session": find_next_session,
    "training.lapse": lapse,
    "training.assign": assign,
    "training.withdraw": withdraw,
    "training.note_absence": note_absence,
    "training.certify": certify,
    "training.record_reaction": record_reaction,
    "training.rank": rank_nominations,
    "training.record_choice": record_choice,
    "training.list_participants": list_participants,
    "training.record_attendance": record_attendance,
    "training.find_evaluators": find_evaluators,
    "training.record_behaviour": record_behaviour,
    "training.gather_impact": gather_impact,
    "training.record_impact": record_impact,
}

#: Keys of forms that Python gives because they depend on the case: seats, attendance, figures that are known.
FORMS = frozenset({"training.choose", "training.attendance", "training.impact"})
