"""One run of the history checker: table beside table in the order of the cases."""

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, Select, select

from engine.bpmn.release import Release
from engine.casework import find_release
from engine.errors import NotFound
from engine.moving.replaying import MovedByOtherRules
from engine.moving.runs import MOVES
from engine.queries.verification.asking import CLAIM, UNCLAIM, check_asked
from engine.queries.verification.contents import Contents, WordbookGone, check_contents
from engine.queries.verification.dossier import Dossier, Entry
from engine.queries.verification.drafts import SAVE, check_drafts
from engine.queries.verification.evidence import Evidence
from engine.queries.verification.extensions import Extensions
from engine.queries.verification.figures import MinedFigures
from engine.queries.verification.findings import Finding, Tally, Weight
from engine.queries.verification.orders import check_orders
from engine.queries.verification.outbox import Outbox, check_notices
from engine.queries.verification.proofs import ProvedSteps, check_proofs
from engine.queries.verification.redoing import WorkingDays, moves_in
from engine.queries.verification.replay import check_replay
from engine.queries.verification.seals import Seals
from engine.queries.verification.sent import check_sent
from engine.queries.verification.standing import check_standing
from engine.queries.verification.starts import check_starts
from engine.queries.verification.streams import AnyRow, ByCase, stream
from engine.queries.verification.trail import MADE_BY, MOVED_BY, Known, check_trail
from engine.queries.verification.whole import check_whole
from engine.records.case import CaseStatus, case, case_state, draft, incident, open_task, subscription, timer
from engine.records.history import audit, journal
from engine.records.outbox import delivery
from engine.records.packing import Unreadable
from engine.records.release import release
from engine.services import Directory

_cases = (
    select(
        case.c.id,
        case.c.tenant,
        case.c.process,
        case.c.subject,
        case.c.release_id,
        case.c.status,
        case.c.started_at,
        case.c.ended_at,
        release.c.digest,
        case_state.c.version,
        case_state.c.content,
        case_state.c.digest.label("state_digest"),
    )
    .join_from(case, release)
    .outerjoin(case_state, case_state.c.case_id == case.c.id)
    .order_by(case.c.id)
)
_journal = select(journal).order_by(journal.c.case_id, journal.c.version)
_audit = (
    select(audit.c.subject.label("case_id"), audit.c.id, audit.c.tenant, audit.c.at, audit.c.actor, audit.c.command)
    .where(audit.c.subject.is_not(None))
    .order_by(audit.c.subject, audit.c.id)
)
_bulk_moves = select(audit.c.command, audit.c.at, audit.c.subject).where(audit.c.command.in_(MOVED_BY)).distinct()
_bulk_starts = select(audit.c.at).where(audit.c.subject.is_(None), audit.c.command == "StartCases").distinct()
_WAITING = {
    table.name: select(table).order_by(table.c.case_id)
    for table in (open_task, timer, subscription, incident, delivery)
} | {"draft": select(draft.c.case_id, draft.c.token, draft.c.person, draft.c.saved_at).order_by(draft.c.case_id)}


class Verification:
    """One run of the checker: findings one by one, and how much was looked at."""

    def __init__(
        self,
        read: Connection,
        directory: Directory,
        case_id: int | None,
        more: Extensions,
        evidence: Evidence | None,
        *,
        seals: Collection[str],
    ) -> None:
        self.tally = Tally()
        self.seals = Seals(read, seals)
        self._evidence = evidence
        self._read = read
        self._directory = directory
        self._case_id = case_id
        self._more = more
        self._contents = Contents(read)
        self._changed_days: dict[str, datetime | None] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, first of the database as a whole, then case by case."""
        return self.tally.count(self._findings())

    def _findings(self) -> Iterator[Finding]:
        if self._evidence is not None:
            self._evidence.list_kept()
        if self._read.dialect.name == "postgresql":
            self._read.exec_driver_sql("SET LOCAL statement_timeout = 0")  # this is no page that somebody waits for
        if self._case_id is None:
            for check in (check_whole, check_starts, check_notices, check_orders, check_proofs, *self._more.whole):
                yield from check(self._read)
            note = self._evidence.note if self._evidence is not None else None
            yield from check_contents(self._read, self._contents, self.tally, note)
            yield from self.seals.check(self.tally)
        yield from self._check_cases()
        if self._evidence is not None:
            self._evidence.note_rows(self._read)
            yield from self._evidence.check(self.tally)

    def _check_cases(self) -> Iterator[Finding]:
        known = self._known()
        is_whole = self._case_id is None
        outbox = Outbox(self._read, self._contents) if is_whole else None
        of_many = ProvedSteps(self._read) if is_whole else None
        figures = MinedFigures(self._read, self._directory) if is_whole else None
        commands = (*known.made_by, CLAIM, UNCLAIM, SAVE)
        waiting = {name: self._by_case(statement, name) for name, statement in _WAITING.items()}
        steps = self._by_case(_journal, "journal")
        told = self._by_case(_audit.where(audit.c.command.in_(commands)), "audit")
        for row in stream(self._read, self._only(_cases, case.c.id)):
            written = steps.take(row.id)
            entries = [self._entry(step) for step in written]
            if of_many is not None:
                for step, entry in zip(written, entries, strict=True):
                    yield from of_many.check(step, is_of_many=entry.kind in MOVES)
            rows = {name: table.take(row.id) for name, table in waiting.items()}
            dossier = _dossier(row, entries, told.take(row.id), rows)
            yield from self._check_case(dossier, known)
            if outbox is not None:
                outbox.note(dossier)
            if figures is not None:
                figures.note(dossier)
        if figures is not None:
            yield from figures.check()
        if of_many is not None:
            yield from of_many.end()
        if outbox is not None:
            yield from outbox.check()
            for table in (steps, told, *waiting.values()):
                yield from table.end()

    def _known(self) -> Known:
        moves = self._read.execute(_bulk_moves)
        return Known(
            {**MADE_BY, **self._more.made_by},
            frozenset(self._read.execute(_bulk_starts).scalars()),
            frozenset((MOVED_BY[row.command], row.at, row.subject) for row in moves),
        )

    def _by_case(self, statement: Select[*tuple[Any, ...]], name: str) -> ByCase:
        return ByCase(self._read, self._only(statement, statement.selected_columns.case_id), name)

    def _only(self, statement: Select[*tuple[Any, ...]], column: Any) -> Select[*tuple[Any, ...]]:
        if self._case_id is None:
            return statement
        return statement.where(getattr(column, "element", column) == self._case_id)

    def _entry(self, row: AnyRow) -> Entry:
        self.tally.steps += 1
        content: Any = None
        lacks: int | None = None
        try:
            content = self._contents.unpack(row.entry)
        except WordbookGone as error:
            lacks = error.identifier
        except Unreadable:
            pass  # said with the others of its case
        if self._evidence is not None:
            self._evidence.note(content, row.case_id)
        return Entry(row.version, row.at, row.actor, content if isinstance(content, dict) else None, lacks)

    def _check_case(self, found: Dossier, known: Known) -> Iterator[Finding]:
        self.tally.cases += 1
        self.tally.completions += sum(entry.kind == "complete" for entry in found.journal)
        loaded = self._load(found)
        plain = [*check_trail(found, known), *check_asked(found), *check_standing(found, loaded)]
        yield from (*plain, *check_drafts(found))
        if loaded is not None and all(finding.weight is Weight.NOTE for finding in plain):
            yield from self._replay(found, loaded)
        else:
            self.tally.not_replayed += 1
        if found.again.is_same:
            yield from check_sent(self._read, found)
        for check in self._more.checks:
            yield from check(self._read, found)

    def _load(self, found: Dossier) -> Release | None:
        """Return the release of a case; None if its content is damaged, which is said where contents are read."""
        try:
            return find_release(self._read, found.release_id, found.digest)
        except Exception:
            # Damaged bytes can raise whatever the readers of XML, decision tables and forms raise.
            return None

    def _replay(self, found: Dossier, loaded: Release) -> Iterator[Finding]:
        try:
            zone = self._directory.zone(found.tenant)
        except Exception as error:
            # The plugin of a city may be gone; its records are checked all the same.
            self.tally.not_replayed += 1
            yield Finding("not_replayed", found.id, {"why": f"zona waktu / time zone ({type(error).__name__})"})
            return
        days = self._days(found.tenant)
        try:
            findings = list(check_replay(found, loaded, zone, days, moves_in(found.journal, found.tenant, self._read)))
        except (MovedByOtherRules, NotFound):
            findings = [Finding("not_replayed", found.id, {"why": "kasus pindah rilis / moved to another release"})]
        except Exception as error:
            # What says how a case was moved can be damaged in any way.
            findings = [Finding("replay_differs", found.id, {"what": type(error).__name__})]
        if any(finding.code == "not_replayed" for finding in findings):
            self.tally.not_replayed += 1
        else:
            self.tally.replayed += 1
        yield from findings

    def _days(self, tenant: str) -> WorkingDays:
        of_case = partial(self._directory.calendar, self._read, tenant)
        if self._more.days_changed is None:
            return WorkingDays(of_case)
        if tenant not in self._changed_days:
            self._changed_days[tenant] = self._more.days_changed(self._read, tenant)
        return WorkingDays(of_case, self._changed_days[tenant], is_known=True)


def _dossier(row: AnyRow, entries: list[Entry], told: list[AnyRow], rows: dict[str, list[AnyRow]]) -> Dossier:
    return Dossier(
        row.id,
        row.tenant,
        row.process,
        row.subject,
        row.release_id,
        row.digest,
        CaseStatus(row.status),
        row.started_at,
        row.ended_at,
        row.version,
        row.content,
        row.state_digest,
        entries,
        told,
        rows,
    )
