"""Why the steps of a case have failed, in the words of the expressions that gave nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.reasons import Reason, reasons_at
from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, EngineError
from engine.queries.case import CaseIncident
from engine.queries.operations import CaseStanding
from engine.services import Directory


@dataclass(frozen=True, slots=True)
class _Then:
    """The instant at which an element failed, in the city of the case."""

    read: Connection
    directory: Directory
    tenant: str
    now: datetime

    @property
    def zone(self) -> tzinfo:
        return self.directory.zone(self.tenant)

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        try:
            return self.directory.calendar(self.read, self.tenant, variables)
        except EngineError as error:
            raise ElementFailed(f"The working days of the case are not known: {error}") from error


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
    when = _Then(read, directory, standing.case.tenant, incident.opened_at)
    return reasons_at(standing.outline, element, incident.text, variables, when)
