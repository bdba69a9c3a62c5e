"""What a step of a case needs from outside the diagram: services, working days, sent messages."""

from collections.abc import Collection, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from inspect import iscoroutine
from typing import Any

from engine.bpmn.hearing import Earlier
from engine.calendar import WorkCalendar
from engine.command import Context
from engine.contained import ends_the_process, said_by
from engine.errors import ElementFailed, ErrorThrown
from engine.patience import may_take_long
from engine.records.case import select_message
from engine.records.changes import ReadSpoilt, Write
from engine.records.outbox import insert_notice
from engine.records.packing import Wordbook, check_storable, pack, unpack
from engine.records.refusals import is_outage, is_spoilt
from engine.services import Notice, Service, ServiceContext, ServiceFailed, ServiceResult

THROWN, FAILED = "thrown", "failed"


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
    _waited_for: set[str] = field(default_factory=set)

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

    @property
    def absent(self) -> Set[int]:
        """The persons who were to be asked, and of whom an attempt to write it has shown that they are not there."""
        return self.context.refused.persons

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of the case, read once a step.

        :raise ElementFailed: the directory cannot say, for instance because the case names no unit of the city.
        """
        if self._calendar is None:
            with _contained("The working days of the case are not known"):
                self._calendar = self.context.directory.calendar(self.context.read, self.tenant, variables)
        return self._calendar

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Call a service by name; any failure of it becomes `ElementFailed`, but an error that it throws on purpose.

        :raise ErrorThrown: the service reports an error of the process, which the diagram may catch.
        """
        directory = self.context.directory
        function = directory.services.get(service)
        if function is None:
            known = ", ".join(sorted(directory.services))
            raise ElementFailed(f"Service '{service}' is not provided by anything (known: {known}).", service=service)
        try:
            result = self._ask(service, function, inputs, variables)
        except ErrorThrown as error:
            self.results.append([service, [error.error_code, dict(error.payload)], THROWN])
            raise
        except ElementFailed:
            self.results.append([service, None, FAILED])  # a replay must know which call of several failed
            raise
        return self._keep(service, result)

    def _ask(
        self, service: str, function: Service, inputs: Mapping[str, Any], variables: Mapping[str, Any]
    ) -> ServiceResult:
        refused = self.context.refused.services
        if service in refused:
            raise ElementFailed(refused[service], service=service)
        may_take_long()
        try:
            with _contained(f"Service '{service}'", service):
                return _checked(function(self._service_context(inputs, variables)), service)
        finally:
            if is_spoilt(self.context.read):
                raise ReadSpoilt(service)  # all is computed anew, without this service

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
            frozenset(name for name, *_ in self.results),
            self.wordbook,
        )

    def _keep(self, service: str, result: ServiceResult) -> Any:
        self.writes += result.writes
        if result.notices:
            rows = [notice_row(item, self) for item in result.notices]
            self.writes.append(Write(insert_notice, rows, service=service))
        self.results.append([service, result.value])
        return _copied(result.value)

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        """Return the latest message under a key that was sent before this case came to wait for it.

        :param heard: the numbers of those that it does not take any more; None if none is kept in mind.
        """
        row = self.context.read.execute(
            select_message, {"tenant": self.tenant, "message": message, "key": key}
        ).one_or_none()
        payload = unpack(row.payload) if row is not None and row.number not in (heard or ()) else None
        if row is None or not isinstance(payload, dict):
            self._waited_for.add(message)
            return None
        number = None if heard is None else row.number
        # A replay must know which of several that asked for a message of this name got it.
        told = [] if heard is None and message not in self._waited_for else [number, key]
        self.results.append([f"message:{message}", payload, *told])
        return Earlier(payload, number)


def notice_row(item: Notice, around: CaseSurroundings) -> dict[str, Any]:
    """Return the row of `insert_notice`."""
    return {
        "id": around.context.new_id(),
        "person": item.person,
        "code": item.code,
        "params": pack(dict(item.params)),
        "case_id": around.case_id,
        "at": around.now,
        "read_at": None,
    }


@contextmanager
def _contained(whose: str, service: str | None = None) -> Iterator[None]:
    """Let whatever goes wrong in code of a process or of a city's plugin stop one element only.

    sys.exit() in it must not end the server, nor anything else that is raised beside `Exception`.
    """
    names = {"service": service} if service else {}
    try:
        yield
    except ServiceFailed as error:
        raise ElementFailed(f"{whose}: {error}", **{**error.params, **names}) from error
    except ErrorThrown as error:
        _check_thrown(error, whose)
        raise
    except BaseException as error:
        if ends_the_process(error) or is_outage(error):
            raise
        raise ElementFailed(f"{whose} failed: {type(error).__name__}: {said_by(error)}", **names) from error


def _check_thrown(error: ErrorThrown, whose: str) -> None:
    try:
        check_storable([error.error_code, dict(error.payload)])
    except Exception as reason:
        raise ElementFailed(f"{whose} throws an error that cannot be kept: {said_by(reason)}") from reason


def _checked(result: object, service: str) -> ServiceResult:
    """Return what a service gave back as values of our own: what is wrong with it shows here, not when it is written.

    A generator is read once; a row that is none, or that the service would still change, cannot reach the write.
    """
    if not isinstance(result, ServiceResult):
        if iscoroutine(result):
            result.close()  # nobody awaits it
        raise TypeError(f"it gives back {type(result).__name__}, not a ServiceResult")
    writes = tuple(replace(item, service=service, rows=tuple(dict(row) for row in item.rows)) for item in result.writes)
    notices = tuple(replace(item, params=dict(item.params)) for item in result.notices)
    check_storable([result.value, *(item.params for item in notices)])
    return ServiceResult(result.value, writes, notices)


def _copied(value: Any) -> Any:
    """Return containers as copies: what a service changes in what it was given must not reach the case."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
