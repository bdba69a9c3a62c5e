"""Why the steps of a case have failed, in the words of the expressions that gave nothing."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.reasons import Reason, reasons_at
from engine.city_time import CityTime
from engine.queries.case import CaseIncident
from engine.queries.operations import CaseStanding
from engine.services import Directory


def reasons_of(
    read: Connection,
    directory: Directory,
    standing: CaseStanding,
    incident: CaseIncident,
    variables: Mapping[str, Any],
) -> tuple[Reason, ...]:
    """Return which expressions of a failed element give nothing, and why; the caller has checked who may see its data.

    :param variables: what the element saw when it failed.
    """
    element = standing.outline.elements.get(incident.element)
    if element is None:
        return ()
    when = CityTime(read, directory, standing.case.tenant, incident.opened_at)
    return reasons_at(standing.outline, element, incident.text, variables, when)
