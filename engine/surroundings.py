"""What a step of a case needs from outside the diagram: services, working days, sent messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from engine.calendar import WorkCalendar
from engine.command import Context
from engine.errors import ElementFailed, EngineError
from engine.records.case import select_message
from engine.records.changes import Write
from engine.records.packing import Wordbook, check_storable, unpack
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult


@dataclass
class CaseSurroundings:
    """What a step of one case needs from outside; keeps what its services want written.

    :ivar doer: who did what led to this step; the actor, unless he only tries again what failed for somebody else.
    """

    context: Context
    tenant: str
    case_id: int
    wordbook: Wordbook
    writes: list[Write] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    results: list[list[Any]] = field(default_factory=list)
    doer: int | None = field(init=False)
    _calendar: WorkCalendar | None = None

    def __post_init__(self) -> None:
        """Take the actor for the doer."""
        self.doer = self.context.actor.person

    @property
    def now(self) -> datetime:
        """The instant of the command."""
        return self.context.now

    @property
    def zone(self) -> tzinfo:
        """The time zone of the city."""
        return self.context.directory.zone(self.tenant)

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of the case, read once a step.

        :raise ElementFailed: the directory cannot say, for instance because the case names no unit of the city.
        """
        if self._calendar is None:
            try:
                self._calendar = self.context.directory.calendar(self.context.read, self.tenant, variables)
            except EngineError as error:
                raise ElementFailed(f"The working days of the case are not known: {error}") from error
        return self._calendar

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Call a service by name; any failure of it becomes `ElementFailed`."""
        directory = self.context.directory
        function = directory.services.get(service)
        if function is None:
            known = ", ".join(sorted(directory.services))
            raise ElementFailed(f"Service '{service}' is not provided by anything (known: {known}).", service=service)
        if service in self.context.refused:
            raise ElementFailed(self.context.refused[service], service=service)
        try:
            result = function(self._service_context(inputs, variables))
            check_storable([result.value, *(dict(notice.params) for notice in result.notices)])
        except ServiceFailed as error:
            raise ElementFailed(f"Service '{service}': {error}", **{**error.params, "service": service}) from error
        except (Exception, SystemExit) as error:
            # A service is code of a process or of a city's plugin: whatever it raises, or gives back, must stop this
            # element only. sys.exit() in it must not end the server.
            raise ElementFailed(f"Service '{service}' failed: {type(error).__name__}: {error}") from error
        return self._keep(service, result)

    def _service_context(self, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> ServiceContext:
        return ServiceContext(
            self.tenant,
            self.case_id,
            {name: _copied(value) for name, value in variables.items()},
            inputs,
            self.context.read,
            self.now,
            self.zone,
            self.context.new_id,
            self.context.directory.city(self.tenant),
            self.doer,
            frozenset(name for name, _ in self.results),
            self.wordbook,
        )

    def _keep(self, service: str, result: ServiceResult) -> Any:
        self.writes += [replace(item, service=service) for item in result.writes]
        self.notices += result.notices
        self.results.append([service, result.value])
        return _copied(result.value)

    def published(self, message: str, key: str) -> Mapping[str, Any] | None:
        """Return the payload of a message that was sent before this case came to wait for it."""
        row = self.context.read.execute(
            select_message, {"tenant": self.tenant, "message": message, "key": key}
        ).one_or_none()
        payload = unpack(row.payload) if row is not None else None
        if not isinstance(payload, dict):
            return None
        self.results.append([f"message:{message}", payload])
        return payload


def _copied(value: Any) -> Any:
    """Return containers as copies: what a service changes in what it was given must not reach the case."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
