"""Starts one case of a release: runs it up to its first waits and says what has to be written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from engine.bpmn.outcome import Outcome
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from engine.journal import Step
from engine.records.case import CaseStatus, case, insert_case, insert_state, state_digest
from engine.records.changes import Write, write
from engine.steps import outcome_writes
from engine.surroundings import CaseSurroundings


@dataclass(frozen=True, slots=True)
class NewCase:
    """What one case starts with.

    :param business_key: unique per city and process, such as `2026-3:4711`: starting twice is refused by it.
    :param subject: the employee or unit that the case is about; 0 for nobody in particular.
    """

    business_key: str
    subject: int
    title: str
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Started:
    """A case that has been run up to its first waits, not written yet."""

    case_id: int
    outcome: Outcome
    writes: tuple[Write, ...]


def existing_keys(read: Connection, tenant: str, process: str, keys: Iterable[str]) -> set[str]:
    """Return those business keys that a case of the process has already."""
    found = select(case.c.business_key).where(
        case.c.tenant == tenant, case.c.process == process, case.c.business_key.in_(list(keys))
    )
    return set(read.execute(found).scalars())


def start_one(
    release: Release,
    release_id: int,
    around: CaseSurroundings,
    new: NewCase,
    start: str | None = None,
    *,
    told: tuple[str, int] | None = None,
) -> Started:
    """Return a case of a release with what has to be written.

    :param start: the start event that has happened; None for the plain one.
    :param told: key and number of the message that begins it.
    """
    told = told if start in release.spec.hearing.kept else None  # else it never matters again
    outcome = CaseRun(release, around, None, new.variables, start, told=told).outcome()
    row = write(
        insert_case,
        id=around.case_id,
        tenant=around.tenant,
        process=release.process,
        business_key=new.business_key,
        release_id=release_id,
        subject=new.subject,
        title=new.title,
        status=int(CaseStatus.OPEN if outcome.state else CaseStatus.FINISHED),
        started_at=around.now,
        ended_at=None if outcome.state else around.now,
    )
    state = [_state_row(around.case_id, outcome.state)] if outcome.state else []
    step = Step("start", element=start, data={"variables": dict(new.variables)}, kept=told)
    writes = (row, Write(insert_state, state), *outcome_writes(1, outcome, around, step))
    return Started(around.case_id, outcome, writes)


def _state_row(case_id: int, content: bytes) -> dict[str, Any]:
    return {"case_id": case_id, "version": 1, "content": content, "digest": state_digest(case_id, content)}
