"""Reads what a second person looks at, and what a release would do to the cases that run."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from engine.bpmn.outline import read_outline
from engine.bpmn.read import read_xml
from engine.bpmn.release import check_release, digest_of
from engine.casework import find_release
from engine.designs.differing import Difference, DifferenceKind, differences
from engine.designs.finding import Design
from engine.designs.reviewing import Remark, Review, remarks_on, reviews_of
from engine.designs.storable import SCENARIO_FOLDER
from engine.errors import Problem
from engine.policy.actor import Actor
from engine.queries.designs import InForce, releases_in_force, running_on, turns_of
from engine.scenarios import check_scenarios
from processes.people.guests import Guest, is_guest
from processes.people.queries.guests import find_guest, guests_of_design
from processes.people.queries.names import names_of
from webapp.studio.play.ground import ground_of
from webapp.studio.play.tested import ScenarioLine, Tested, play_all
from webapp.studio.reading import read_design, with_scenarios
from webapp.studio.releasing.people import reviewers
from webapp.texts import gettext as _
from webapp.texts import language
from webapp.wiring import Alur

_QUIET = (DifferenceKind.LAYOUT, DifferenceKind.TECHNICAL)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the program can say of a design.

    :param errors: what keeps it from being deployed; `warnings` do not.
    :param tested: what came of its scenarios; None as long as there are errors.
    :param changes: what differs from the release in force; `redrawn` says how many differences are in the drawing only.
    """

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    tested: Tested | None
    changes: tuple[Difference, ...]
    redrawn: int

    @property
    def failing(self) -> tuple[ScenarioLine, ...]:
        """The scenarios that do not go as they say."""
        return tuple(line for line in self.tested.lines if not line.is_good) if self.tested is not None else ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A remark with its answers, and what it stands at."""

    remark: Remark
    place: str
    answers: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """Cases that run on a release."""

    id: int
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A design before its second person.

    :param reviews: every time that a review was asked for, newest first.
    :param reviewers: how many people could be the second person.
    :param threads: what was said; of that a guest sees what he began himself, with the answers.
    :param people: the names of everybody on the page.
    :param guests: who was invited from outside; of them a guest sees himself only.
    :param today: the day in the city.
    :param is_outdated: another release has come into force since it was begun or merged.
    """

    design: Design
    digest: str
    in_force: InForce | None
    findings: Findings
    threads: tuple[Thread, ...]
    reviews: tuple[Review, ...]
    reviewers: int
    people: Mapping[int, str]
    guests: tuple[Guest, ...]
    today: date
    is_outdated: bool
    may_change: bool
    may_review: bool
    may_release: bool
    may_remark: bool

    @property
    def open_threads(self) -> int:
        """How many remarks nobody has settled."""
        return sum(thread.remark.is_open for thread in self.threads)


def read_review(read: Any, actor: Actor, alur: Alur, design_id: int) -> ReviewPage:
    """Return everything that a second person looks at.

    :raise NotFound: the design does not exist, or is not for this reader.
    """
    design, may = read_design(read, actor, alur, design_id), alur.engine.policy.allows
    in_force = next((found for found in releases_in_force(read, actor) if found.process == design.process), None)
    threads, reviews = threads_of(read, actor, design), reviews_of(read, design.id)
    is_open = not design.status.is_closed
    findings = (
        _changes(read, actor, design, in_force) if is_guest(actor) else _findings(read, actor, alur, design, in_force)
    )
    return ReviewPage(
        design,
        digest_of(design.files),
        in_force,
        findings,
        threads,
        reviews,
        len(reviewers(read, actor, alur, design)),
        names_of(read, actor, _everybody(design, threads, reviews)),
        _guests(read, actor, design),
        alur.now_in(actor.tenant).date(),
        is_open and (in_force.id if in_force is not None else None) != design.base,
        is_open and may(actor, "design:change", design, read),
        is_open and may(actor, "design:review", design, read),
        is_open and may(actor, "design:release", design, read),
        is_open and may(actor, "design:remark", design, read),
    )


def threads_of(read: Any, actor: Actor, design: Design) -> tuple[Thread, ...]:
    """Return what was said of a design, open remarks first, then in the order in which it was said.

    A guest is shown the threads that he began, and nothing of what others said among themselves.
    """
    said, names = remarks_on(read, actor.tenant, design.id), dict(places_in(design, actor))
    answers = {remark.id: [other for other in said if other.answers == remark.id] for remark in said}
    threads = (
        Thread(remark, names.get(place_of(remark), remark.element or remark.file or ""), tuple(answers[remark.id]))
        for remark in said
        if remark.answers is None and (not is_guest(actor) or remark.said_by == actor.person)
    )
    return tuple(sorted(threads, key=lambda thread: (not thread.remark.is_open, thread.remark.id)))


def place_of(remark: Remark) -> str:
    """Return where a remark stands as the form of a new one says it."""
    return f"{remark.file or ''}#{remark.element}" if remark.element else remark.file or ""


def places_in(design: Design, actor: Actor) -> Iterator[tuple[str, str]]:
    """Yield where a remark of the actor may stand, with what that is called: the whole, steps and files he sees."""
    yield "", _("Rancangan secara keseluruhan")
    outline, _problems = read_outline(read_xml(design.diagram, design.diagram_name), design.diagram_name)
    for element in outline.elements.values() if outline is not None else ():
        name = element.names.get(language()) or element.names.get("id")
        if name:
            yield f"{design.diagram_name}#{element.id}", _("Langkah: %(name)s", name=name)
    for name in sorted(_seen_by(actor, design.files)):
        yield name, _("Berkas: %(name)s", name=name)


def running_cases(read: Any, actor: Actor, process: str) -> tuple[Running, ...]:
    """Return on which releases of a process cases run, the newest release first."""
    numbers = {turn.id: turn.number for turn in turns_of(read, actor, process)}
    counted = running_on(read, numbers)
    found = (Running(release, numbers[release], count) for release, count in counted.items() if count)
    return tuple(sorted(found, key=lambda item: -item.number))


def _findings(read: Any, actor: Actor, alur: Alur, design: Design, in_force: InForce | None) -> Findings:
    ground = ground_of(design.files, alur.catalogue)
    problems = (*check_release(design.files, alur.catalogue), *check_scenarios(design.files, design.process))
    return replace(
        _changes(read, actor, design, in_force),
        errors=tuple(item for item in problems if item.severity == "error"),
        warnings=tuple(item for item in problems if item.severity != "error"),
        tested=play_all(ground) if ground.release is not None else None,
    )


def _changes(read: Any, actor: Actor, design: Design, in_force: InForce | None) -> Findings:
    """Return what differs from the release in force, and nothing of what only those need who look after processes."""
    before = find_release(read, in_force.id, in_force.digest).files if in_force is not None else {}
    both = with_scenarios(design.process, before) if before else {}, design.files
    found = differences(*(_seen_by(actor, files) for files in both)) if before else ()
    told = tuple(item for item in found if item.kind not in _QUIET)
    return Findings((), (), None, told, len(found) - len(told))


def _seen_by(actor: Actor, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files of which somebody is told: guests of all but the scenarios."""
    if not is_guest(actor):
        return files
    return {name: content for name, content in files.items() if not name.startswith(SCENARIO_FOLDER)}


def _guests(read: Any, actor: Actor, design: Design) -> tuple[Guest, ...]:
    if is_guest(actor):
        return (find_guest(read, actor.tenant, actor.person or 0),)
    return guests_of_design(read, actor.tenant, design.id)


def _everybody(design: Design, threads: Iterable[Thread], reviews: Iterable[Review]) -> set[int | None]:
    said = {remark.said_by for thread in threads for remark in (thread.remark, *thread.answers)}
    decided = {person for review in reviews for person in (review.asked_by, review.decided_by)}
    return {design.begun_by, design.saved_by, *design.invited, *said, *decided}
