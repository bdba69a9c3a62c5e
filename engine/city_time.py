"""An instant in a city: what expressions ask for outside a step of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection

from engine.calendar import WorkCalendar
from engine.errors import ElementFailed, EngineError
from engine.services import Directory


@dataclass(frozen=True, slots=True)
class CityTime:
    """An instant in the city of a case, and the working days that its list has by now.

    :param now: the instant: of a recount, or at which an element failed.
    """

    read: Connection
    directory: Directory
    tenant: str
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """The zone in which the city counts its days."""
        return self.directory.zone(self.tenant)

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of a case.

        :raise ElementFailed: they are not known.
        """
        try:
            return self.directory.calendar(self.read, self.tenant, variables)
        except EngineError as error:
            raise ElementFailed(f"The working days of the case are not known: {error}") from error
