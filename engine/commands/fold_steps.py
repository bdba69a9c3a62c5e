"""Take in what the cases of a city have done since the last time, and add it to the figures of its processes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, Row
from sqlalchemy.exc import SQLAlchemyError

from engine.bpmn.model import Kind
from engine.bpmn.notes import INCIDENT
from engine.bpmn.state import Stand, decode_state
from engine.calendar import WorkCalendar
from engine.casework import find_release
from engine.command import Changes, Context, TenantSubject
from engine.ids import first_of
from engine.mining.claims import Claim
from engine.mining.figures import SUMS, Figures, Place, pack_spreads, read_figures, sums_of
from engine.mining.folding import CaseTrace, Folding, Standing, pack_trace, read_trace
from engine.mining.moments import Moment
from engine.mining.office import OfficeTime
from engine.moving.timeline import moments_of
from engine.records import mining
from engine.records.changes import Write, write
from engine.records.packing import Unreadable

#: Cases in one transaction.
BATCH: Final = 200
#: How old claims are at least, so that no earlier one comes later; a step that ends a queue waits for them.
SETTLED: Final = timedelta(minutes=2)

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class FoldSteps:
    """Take a batch of cases in. The receipt holds the last moved case to go on behind; None if nothing is left.

    Each step of a case is taken in once: the mark of the city, what is known of each case, and the figures are written
    together, and whoever else has done so meanwhile makes this one begin again.

    :param after: the moved cases up to this number were looked at already.
    :param most: cases, of those that are new and of those that have moved.
    """

    after: int = 0
    most: int = BATCH
    permission: ClassVar[str] = "mining:fold"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Read what is new and add it up."""
        return _Batch(context, subject.tenant, self.after, self.most).changes()


class _Batch:
    """What one command reads, and what comes out."""

    def __init__(self, context: Context, tenant: str, after: int, most: int) -> None:
        self._context, self._read, self._tenant = context, context.read, tenant
        self._after, self._most = after, most
        self._zone = context.directory.zone(tenant)
        self._calendars: Mapping[int, WorkCalendar] | None = None
        self._offices: dict[int | None, OfficeTime] = {}
        self._figures: defaultdict[Place, Figures] = defaultdict(Figures)
        self._standing: Counter[tuple[str, Standing]] = Counter()
        self._traces: list[dict[str, Any]] = []
        self._told_to: int | None = None

    def changes(self) -> Changes:
        mark = self._read.execute(mining.select_mark, {"tenant": self._tenant}).one_or_none()
        known_to = mining.within(mark.cases_to, self._context.now) if mark is not None else 0
        unknown = mining.earlier(known_to)
        claims, audit_to, are_more = self._claims(mark)
        claimed = self._rows(mining.claimed_cases, cases=list(claims), after=unknown) if claims else []
        # Steps wait until all claims before them are known.
        new = self._rows(mining.new_cases, after=unknown) if not are_more else []
        moved = self._rows(mining.moved_cases, after=self._after) if not are_more else []
        cases = {row.id: row for row in (*new, *moved, *claimed)}
        self._told_to = None if are_more else audit_to
        self._fold(cases, claims)
        cases_to = mining.within(max([known_to, *(row.id for row in new)]), self._context.now)
        more = are_more or self._most in (len(new), len(moved))
        return Changes(
            (self._mark_write(mark, cases_to, audit_to), *self._writes(cases, mining.forgotten(cases_to))),
            value=(moved[-1].id if moved else self._after) if more else None,
        )

    def _rows(self, statement: Any, **params: Any) -> Sequence[AnyRow]:
        found: Sequence[AnyRow] = self._read.execute(
            statement, {"tenant": self._tenant, "limit": self._most, **params}
        ).all()
        return found

    def _claims(self, mark: AnyRow | None) -> tuple[dict[int, list[Claim]], int, bool]:
        """Return the claims by case, up to which row of the trail they are told, and whether there are more."""
        until = first_of(self._context.now - SETTLED)
        told_to = mark.audit_to if mark is not None else 0
        if told_to >= until:
            return {}, until, False  # a clock that was ahead has been set right
        rows = self._rows(mining.claims, after=told_to, until=until)
        found: dict[int, list[Claim]] = {}
        for row in rows:
            found.setdefault(row.subject, []).append(Claim(row.at, row.actor, row.command == "UnclaimTask"))
        are_more = len(rows) == self._most
        return found, rows[-1].id if are_more else until, are_more

    def _fold(self, cases: Mapping[int, AnyRow], claims: Mapping[int, list[Claim]]) -> None:
        steps: dict[int, list[AnyRow]] = {}
        dues: dict[int, dict[int, date]] = {}
        params = {"tenant": self._tenant, "cases": list(cases)}
        for step in self._read.execute(mining.new_steps, params) if self._told_to is not None else ():
            steps.setdefault(step.case_id, []).append(step)
        for task in self._read.execute(mining.due_tasks, params):
            dues.setdefault(task.case_id, {})[task.token] = task.due
        for case in cases.values():
            trace = _trace_of(case)
            before = Counter(trace.standing)
            is_whole = self._take(case, trace, self._moments(case, steps.get(case.id, [])), claims.get(case.id, []))
            for token, stay in trace.stays.items():
                stay.due = dues.get(case.id, {}).get(token, stay.due)
            self._keep(case, trace, before, is_whole=is_whole)

    def _take(self, case: AnyRow, trace: CaseTrace, moments: Sequence[Moment], claims: Iterable[Claim]) -> bool:
        """Take steps of a case in, as far as all claims before them are known; say whether that is all of them."""
        if moments and moments[0].version == 1:
            trace.unit = _unit_of(moments[0])
        folding = Folding(case.process, case.subject, self._office(trace.unit), trace)
        folding.claim(claims)
        is_whole = self._told_to is not None and _take_until(self._told_to, folding, moments)
        if is_whole and case.state is not None and moments:
            folding.stand(case.release_id, moments[-1].at, *_standing_in(self._read, case))
        for place, figures in folding.figures.items():
            self._figures[place].add(figures)
        return is_whole

    def _keep(self, case: AnyRow, trace: CaseTrace, before: Counter[Standing], *, is_whole: bool) -> None:
        """Note how far a case is taken in, and where it stands; one that is taken in to its end stands nowhere."""
        is_over = is_whole and case.state is None
        now = Counter(trace.standing) if not is_over else Counter[Standing]()
        for standing in before.keys() | now.keys():
            self._standing[case.process, standing] += now[standing] - before[standing]
        version = max(trace.version, case.version or 0) if is_whole else trace.version
        content = pack_trace(trace) if not is_over else None
        self._traces.append({"tenant": self._tenant, "case_id": case.id, "version": version, "content": content})

    def _office(self, unit: int | None) -> OfficeTime:
        """Return the working time that holds for the cases of a unit; the city's for those of none that is known."""
        if unit is not None and unit not in self._units():
            return self._office(None)
        if unit not in self._offices:
            calendar = self._units()[unit] if unit is not None else self._city_calendar()
            self._offices[unit] = OfficeTime(calendar, self._zone)
        return self._offices[unit]

    def _city_calendar(self) -> WorkCalendar:
        return self._context.directory.calendar(self._read, self._tenant, {})

    def _units(self) -> Mapping[int, WorkCalendar]:
        if self._calendars is None:
            self._calendars = self._context.directory.unit_calendars(self._read, self._tenant)
        return self._calendars

    def _moments(self, case: AnyRow, steps: Sequence[AnyRow]) -> list[Moment]:
        """Return the steps of a case; none of one whose release cannot be read, so that the others are taken in."""
        try:
            return list(moments_of(self._read, case.release_id, case.digest, steps))
        except SQLAlchemyError:
            raise
        except Exception:
            # Damaged bytes can raise whatever the readers of XML, decision tables and forms raise.
            return []

    def _mark_write(self, mark: AnyRow | None, cases_to: int, audit_to: int) -> Write:
        now = self._context.now
        if mark is None:
            first = {"tenant": self._tenant, "version": 1, "cases_to": cases_to, "audit_to": audit_to, "at": now}
            return Write(mining.insert_mark, (first,))
        return write(
            mining.update_mark,
            expect=1,
            of_tenant=self._tenant,
            old_version=mark.version,
            new_version=mark.version + 1,
            new_cases_to=cases_to,
            new_audit_to=audit_to,
            new_at=now,
        )

    def _writes(self, cases: Mapping[int, AnyRow], forget: int) -> Iterator[Write]:
        tenant = self._tenant
        yield Write(mining.delete_mined, [{"of_tenant": tenant, "of_case": case} for case in cases])
        yield Write(mining.insert_mined, self._traces)
        yield write(mining.forget_ended, of_tenant=tenant, up_to=forget)
        rows = list(_merged(self._read, tenant, self._figures))
        yield Write(mining.delete_figure, [{f"of_{name}": row[name] for name in mining.FIGURE_KEY} for row in rows])
        yield Write(mining.insert_figure, rows)
        yield from self._standing_writes()

    def _standing_writes(self) -> Iterator[Write]:
        changed = {key: change for key, change in self._standing.items() if change}
        stored = {
            (row.process, (row.element, row.day, row.release_id)): row.cases
            for row in (self._read.execute(mining.select_standing, {"tenant": self._tenant}) if changed else ())
        }
        keys = [_standing_key(self._tenant, *key) for key in changed]
        counts = [max(0, stored.get(key, 0) + change) for key, change in changed.items()]
        yield Write(mining.delete_standing, [{f"of_{name}": value for name, value in key.items()} for key in keys])
        rows = [{**key, "cases": count} for key, count in zip(keys, counts, strict=True) if count]
        yield Write(mining.insert_standing, rows)


def _take_until(told_to: int, folding: Folding, moments: Iterable[Moment]) -> bool:
    """Take steps in up to one that ends a queue and may be behind claims that are not known yet; say if there is none.

    :param told_to: all claims up to this row of the trail are known.
    """
    for moment in moments:
        if first_of(moment.at) >= told_to and folding.ends_queue(moment):
            return False
        folding.take(moment)
    return True


def _unit_of(beginning: Moment) -> int | None:
    """Return the unit that a case names from its beginning."""
    variables: Any = beginning.content.get("data", {}).get("variables", {})
    unit = variables.get("unit") if isinstance(variables, Mapping) else None
    return unit if isinstance(unit, int) else None


def _trace_of(case: AnyRow) -> CaseTrace:
    """Return what is known of a case; one whose trace is damaged goes on without it, and no step is counted again."""
    if case.trace is None:
        return CaseTrace(case.mined_version or 0)
    try:
        return read_trace(case.mined_version, case.trace)
    except Unreadable:
        return CaseTrace(case.mined_version)


def _standing_in(read: Connection, case: AnyRow) -> tuple[dict[int, str], list[str]]:
    """Return the elements of the open tasks by token, and those at which the case stands beside."""
    try:
        tokens = decode_state(case.state).tokens
    except Unreadable:
        return {}, []
    elements = find_release(read, case.release_id, case.digest).outline.elements
    asked = {token.number: token.element for token in tokens if token.stand is Stand.ASKS}
    waiting = [token for token in tokens if token.stand is Stand.WAITS or INCIDENT in token.notes]
    others = (token.element for token in waiting if token.number not in asked)
    return asked, [name for name in others if name in elements and elements[name].kind is not Kind.BOUNDARY]


def _merged(read: Connection, tenant: str, added: Mapping[Place, Figures]) -> Iterator[dict[str, Any]]:
    """Yield the rows of figures with what is added to them."""
    stored: dict[Place, AnyRow] = {}
    for process, release_id, month in {(place.process, place.release_id, place.month) for place in added}:
        params = {"tenant": tenant, "process": process, "release_id": release_id, "month": month}
        for row in read.execute(mining.select_figures_of_month, params):
            stored[Place(process, release_id, row.element, month)] = row
    for place, figures in added.items():
        if place in stored:
            before = stored[place]
            figures.add(read_figures({name: getattr(before, name) for name in SUMS}, before.content))
        yield {"tenant": tenant, **place._asdict(), **sums_of(figures), "content": pack_spreads(figures)}


def _standing_key(tenant: str, process: str, standing: Standing) -> dict[str, Any]:
    element, day, release_id = standing
    return {"tenant": tenant, "process": process, "release_id": release_id, "element": element, "day": day}
