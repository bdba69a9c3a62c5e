"""Where each candidate of a selection stands: what was checked, what each stage brought, value and place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, bindparam, select

from engine.errors import NotFound
from engine.records.files import StoredFile
from processes.people.queries.on_day import TENANT, AnyRow, AnySelect
from processes.people.records import employee
from processes.promotion.selection.queries.selections import Selection
from processes.promotion.selection.ranking import Stage, mean_score
from processes.promotion.selection.records import (
    FileKind,
    selection_candidate,
    selection_check,
    selection_file,
    selection_rank,
    selection_score,
)

_CASE: Any = bindparam("case_id")


def _of_case(table: Any, *order: Any) -> AnySelect:
    found: AnySelect = select(table).where(table.c.tenant == TENANT, table.c.case_id == _CASE).order_by(*order)
    return found


_candidates: AnySelect = (
    select(selection_candidate, employee.c.name)
    .join(employee, employee.c.id == selection_candidate.c.employee_id)
    .where(selection_candidate.c.tenant == TENANT, selection_candidate.c.case_id == _CASE)
    .order_by(selection_candidate.c.number)
)
_checks = _of_case(selection_check, selection_check.c.round)
_scores = _of_case(selection_score, selection_score.c.stage, selection_score.c.member)
_ranks = _of_case(selection_rank, selection_rank.c.place)
_files: AnySelect = (
    select(selection_candidate.c.number, selection_file)
    .join(
        selection_file,
        (selection_file.c.tenant == selection_candidate.c.tenant)
        & (selection_file.c.case_id == selection_candidate.c.case_id)
        & (selection_file.c.employee_id == selection_candidate.c.employee_id),
    )
    .where(selection_candidate.c.tenant == TENANT, selection_candidate.c.case_id == _CASE)
    .order_by(selection_candidate.c.number, selection_file.c.kind)
)
_file = _files.where(selection_candidate.c.number == bindparam("number"), selection_file.c.kind == bindparam("kind"))


@dataclass(frozen=True, slots=True)
class Check:
    """What the administrative selection found; codes of what is missing, and the officer's words on the documents."""

    is_passed: bool
    misses: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate with everything that is known of him in the selection.

    :param scores: of each stage, all that were given.
    :param value: the final one, unrounded; None before the ranking, as `place` is.
    """

    employee: int
    name: str
    number: int
    is_withdrawn: bool
    check: Check | None
    scores: Mapping[Stage, tuple[Decimal, ...]]
    value: Decimal | None
    place: int | None
    is_named: bool

    def mean(self, stage: Stage) -> Decimal | None:
        """Return what a stage brought; None before it has."""
        found = self.scores.get(stage)
        return mean_score(found) if found else None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file of a candidate, known by the candidate's number."""

    number: int
    employee: int
    kind: FileKind
    file: StoredFile


def standings_of(read: Connection, of: Selection) -> tuple[Standing, ...]:
    """Return all candidates of a selection, the best first, then by their numbers, in four statements."""
    params = {"tenant": of.tenant, "case_id": of.case_id}
    checks = {row.employee_id: row for row in read.execute(_checks, params)}  # the highest round comes last
    ranks = {row.employee_id: row for row in read.execute(_ranks, params)}
    scores = _scores_by_person(read.execute(_scores, params))
    found = [
        _standing(row, checks.get(row.employee_id), ranks.get(row.employee_id), scores.get(row.employee_id, {}))
        for row in read.execute(_candidates, params)
    ]
    return tuple(sorted(found, key=lambda item: (item.place is None, item.place, item.number)))


def files_of(read: Connection, of: Selection) -> tuple[HandedIn, ...]:
    """Return the files that candidates have handed in, by their numbers."""
    rows = read.execute(_files, {"tenant": of.tenant, "case_id": of.case_id})
    return tuple(_handed_in(row) for row in rows)


def find_handed_in(read: Connection, of: Selection, number: int, kind: str) -> HandedIn:
    """Return one file of a candidate.

    :raise NotFound: there is none.
    """
    params = {"tenant": of.tenant, "case_id": of.case_id, "number": number, "kind": kind}
    row = read.execute(_file, params).one_or_none()
    if row is None:
        raise NotFound()
    return _handed_in(row)


def _scores_by_person(rows: Iterable[AnyRow]) -> dict[int, dict[Stage, tuple[Decimal, ...]]]:
    found: dict[int, dict[Stage, tuple[Decimal, ...]]] = {}
    for row in rows:
        of_person = found.setdefault(row.employee_id, {})
        of_person[Stage(row.stage)] = (*of_person.get(Stage(row.stage), ()), row.score)
    return found


def _standing(
    row: AnyRow, check: AnyRow | None, place: AnyRow | None, scores: Mapping[Stage, tuple[Decimal, ...]]
) -> Standing:
    return Standing(
        row.employee_id,
        row.name,
        row.number,
        row.withdrawn_at is not None,
        Check(bool(check.is_passed), tuple(check.misses.split()), check.reason) if check is not None else None,
        scores,
        place.value if place is not None else None,
        place.place if place is not None else None,
        bool(place.is_named) if place is not None else False,
    )


def _handed_in(row: AnyRow) -> HandedIn:
    file = StoredFile(row.sha256, row.size, row.media_type, row.filename)
    return HandedIn(row.number, row.employee_id, FileKind(row.kind), file)
