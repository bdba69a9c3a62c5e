"""What is said of a design and what a second person decides about it, as frozen values; and what a review looks at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from engine.bpmn.check import Catalogue
from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.release import Release, compile_release
from engine.designs.finding import Design
from engine.errors import Conflict, DiagramRefused, Invalid, NotFound, Problem
from engine.records.design import Verdict, design_remark, design_review, design_revision
from engine.scenarios import check_scenarios, play, read_file, scenario_names, time_limit

LONGEST_REMARK = 4000
LONGEST_REASON = 2000
#: Remarks and answers of one person on one design. Nobody who reads with care needs more; the page shows them all.
MOST_REMARKS: Final = 200
#: What all scenarios of a design may take together; those that are left then are not played.
SECONDS: Final = 20.0

_DESIGN: Any = bindparam("design_id")
_remarks = (
    select(
        design_remark.c.id,
        design_remark.c.tenant,
        design_remark.c.design_id,
        design_remark.c.answers,
        design_remark.c.kind,
        design_remark.c.file,
        design_remark.c.element,
        design_remark.c.text,
        design_remark.c.said_at,
        design_remark.c.said_by,
        design_remark.c.settled_at,
        design_remark.c.settled_by,
    )
    .where(design_remark.c.tenant == bindparam("tenant"))
    .order_by(design_remark.c.id)
)
_of_design = _remarks.where(design_remark.c.design_id == _DESIGN)
_one_remark = _remarks.where(design_remark.c.id == bindparam("remark_id"))
_count_said = select(func.count()).where(
    design_remark.c.design_id == _DESIGN, design_remark.c.said_by == bindparam("person")
)
_reviews = (
    select(
        design_review.c.id,
        design_review.c.digest,
        design_review.c.asked_at,
        design_review.c.asked_by,
        design_review.c.verdict,
        design_review.c.reason,
        design_review.c.decided_at,
        design_review.c.decided_by,
    )
    .where(design_review.c.design_id == _DESIGN)
    .order_by(design_review.c.id.desc())
)
_savers = select(design_revision.c.saved_by).where(design_revision.c.design_id == _DESIGN).distinct()


class ReviewOpen(Conflict):
    """The design waits for its review already, or was approved."""

    code = "review_open"


class ReviewNeeded(Conflict):
    """The design was not approved as it is now."""

    code = "review_needed"


class DesignOutdated(Conflict):
    """Another release has come into force since the design was begun; it must be taken into the design first."""

    code = "design_outdated"


class ReasonNeeded(Invalid):
    """What is to be done needs a reason in words."""

    code = "reason_needed"


class TooManyRemarks(Invalid):
    """Somebody has said as much of one design as one person may."""

    code = "too_many_remarks"


class ScenariosDiffer(ReasonNeeded):
    """Not every scenario of the design goes as it says, and no reason is given; `names` says which."""

    code = "scenarios_differ"


class RemarkKind(StrEnum):
    """What a remark is."""

    REMARK = "remark"
    SUGGESTION = "suggestion"


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody says of a design: of an element, of a file or of the whole.

    :param answers: the remark that it answers.
    """

    id: int
    tenant: str
    design_id: int
    answers: int | None
    kind: RemarkKind
    file: str | None
    element: str | None
    text: str = field(repr=False)
    said_at: datetime
    said_by: int | None
    settled_at: datetime | None
    settled_by: int | None

    @property
    def is_open(self) -> bool:
        """Nobody has settled it yet."""
        return self.settled_at is None


@dataclass(frozen=True, slots=True)
class Review:
    """One time that a second person was asked.

    :param digest: of the content that was to be reviewed.
    :param verdict: None as long as nobody has decided.
    """

    id: int
    digest: str
    asked_at: datetime
    asked_by: int | None
    verdict: Verdict | None
    reason: str | None
    decided_at: datetime | None
    decided_by: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scenario of the design.

    :param problems: where it does not go as it says, or why it was not played; none if it goes as it says.
    """

    name: str
    problems: tuple[Problem, ...]


def remarks_on(read: Connection, tenant: str, design_id: int) -> tuple[Remark, ...]:
    """Return what was said of a design, oldest first, answers among the rest."""
    return tuple(_remark(row) for row in read.execute(_of_design, {"tenant": tenant, "design_id": design_id}))


def require_room(read: Connection, design_id: int, person: int | None) -> None:
    """Do nothing if somebody may say more of a design.

    :raise TooManyRemarks: there are `MOST_REMARKS` of him already.
    """
    if read.execute(_count_said, {"design_id": design_id, "person": person}).scalar_one() >= MOST_REMARKS:
        raise TooManyRemarks(most=MOST_REMARKS)


def find_remark(read: Connection, tenant: str, remark_id: int) -> Remark:
    """Return a remark of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(_one_remark, {"tenant": tenant, "remark_id": remark_id}).one_or_none()
    if row is None:
        raise NotFound()
    return _remark(row)


def reviews_of(read: Connection, design_id: int) -> tuple[Review, ...]:
    """Return every time that a review of a design was asked for, newest first."""
    return tuple(_review(row) for row in read.execute(_reviews, {"design_id": design_id}))


def newest_review(read: Connection, design_id: int) -> Review | None:
    """Return the last time that a review of a design was asked for; None if it never was."""
    row = read.execute(_reviews.limit(1), {"design_id": design_id}).one_or_none()
    return _review(row) if row is not None else None


def at_work_on(read: Connection, design: Design) -> frozenset[int]:
    """Return who has begun or saved a design or asked for its review last: none of them is a second person."""
    savers, review = read.execute(_savers, {"design_id": design.id}).scalars(), newest_review(read, design.id)
    found = (design.begun_by, design.saved_by, review.asked_by if review is not None else None, *savers)
    return frozenset(person for person in found if person is not None)


def name_of(design: Design) -> str:
    """Return what the process of a design is called in it, in Indonesian; its id if it has no name."""
    outline, _problems = read_outline(read_xml(design.diagram, design.diagram_name), design.diagram_name)
    return (outline.names.get("id") if outline is not None else None) or design.process


def deployable(files: Mapping[str, bytes], catalogue: Catalogue) -> Release:
    """Return the release of these files, whose scenarios can be read as well.

    :raise DiagramRefused: with every problem found.
    """
    release = compile_release(files, catalogue)
    problems = check_scenarios(files, release.process)
    if problems:
        raise DiagramRefused(problems)
    return release


def outcomes_of(release: Release, is_over: Callable[[], bool] | None = None) -> tuple[Outcome, ...]:
    """Play every scenario among the files of a release, and return what comes of each, by name.

    :param is_over: says whether the time for playing is over, which is a problem of each that is left; None for
        `SECONDS` from now.
    :raise ScenarioRefused: one of them cannot be read.
    """
    return tuple(_outcomes(release, is_over if is_over is not None else time_limit(SECONDS)))


def _outcomes(release: Release, is_over: Callable[[], bool]) -> Iterator[Outcome]:
    for name in scenario_names(release.files):
        scenario = read_file(release.files[name])
        yield Outcome(name, play(release, scenario, is_over).problems)


def given_reason(text: str | None) -> str:
    """Return a reason without the room around it.

    :raise ReasonNeeded: there is none, or it is longer than `LONGEST_REASON`.
    """
    reason = (text or "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ReasonNeeded(longest=LONGEST_REASON)
    return reason


def _remark(row: Row[*tuple[Any, ...]]) -> Remark:
    id_, tenant, design_id, answers, kind, *rest = row
    return Remark(id_, tenant, design_id, answers, RemarkKind(kind), *rest)


def _review(row: Row[*tuple[Any, ...]]) -> Review:
    id_, digest, asked_at, asked_by, verdict, *rest = row
    return Review(id_, digest, asked_at, asked_by, Verdict(verdict) if verdict is not None else None, *rest)
