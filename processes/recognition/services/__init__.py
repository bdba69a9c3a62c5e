"""The named services that the diagram of an award calls."""

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

SERVICES: Mapping[str, Service] = {
    "recognition.gather_facts": gather_facts,
    "recognition.compose_panel": compose_panel,
    "recognition.find_authority": find_authority,
    "recognition.record_ineligible": record_ineligible,
    "recognition.record_declined": record_declined,
    "recognition.record_award": record_award,
    "recognition.record_consent": record_consent,
}

#: All forms of the diagram are declared with it.
FORMS = frozenset[str]()
