"""The named services that the diagrams of awards call."""

from collections.abc import Mapping

from engine.services import Service
from processes.recognition.services.checking import compose_panel, gather_facts
from processes.recognition.services.deciding import (
    find_authority,
    record_award,
    record_consent,
    record_declined,
    record_ineligible,
)
from processes.recognition.services.units import find_unit_authority, record_unit_award, record_unit_declined

SERVICES: Mapping[str, Service] = {
    "recognition.gather_facts": gather_facts,
    "recognition.compose_panel": compose_panel,
    "recognition.find_authority": find_authority,
    "recognition.record_ineligible": record_ineligible,
    "recognition.record_declined": record_declined,
    "recognition.record_award": record_award,
    "recognition.record_consent": record_consent,
    "recognition.find_unit_authority": find_unit_authority,
    "recognition.record_unit_declined": record_unit_declined,
    "recognition.record_unit_award": record_unit_award,
}

#: All forms of the diagrams are declared with them.
FORMS = frozenset[str]()
