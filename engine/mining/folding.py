"""Takes the steps of one case in, one after another, and says what each adds to the figures of its process."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from engine.bpmn.days import local_day
from engine.bpmn.model import Element, Outline
from engine.mining.claims import Claim, claim_of
from engine.mining.figures import Figures, Place, few_of
from engine.mining.moments import NOWHERE, Moment
from engine.mining.office import OfficeTime, wall_minutes
from engine.mining.spread import bin_of
from engine.mining.taken import flows_taken
from engine.records.packing import pack, unpack

#: Where a case stands: an element, the day since when, and the release.
Standing = tuple[str, date, int]


@dataclass(slots=True)
class Stay:
    """A task that waits.

    :param is_queued: a group was asked, not a person.
    :param claimed: when somebody of the group took it who has handed it to another since.
    :param due: the last day, as the list of open tasks said it.
    :param asked: since when it has been in the queue: whoever took it before does not have it any more.
    """

    element: str
    since: datetime
    is_queued: bool = False
    claimed: datetime | None = None
    due: date | None = None
    asked: datetime | None = None


@dataclass(slots=True)
class CaseTrace:
    """What must be known of a case to take its next step in.

    :param version: of the last step that was taken in.
    :param stays: the open tasks by token.
    :param left: the elements that the case has left at least once.
    :param passed_at: when what leads to something that waits was passed last.
    :param standing: where the case was seen to stand last.
    :param claims: of tasks that are still open, or that steps open which are not taken in yet; the oldest first.
    :param failed_at: since when elements have failed that have not been passed since.
    :param unit: whose working days hold for the case; None for those of the city.
    """

    version: int = 0
    stays: dict[int, Stay] = field(default_factory=dict[int, Stay])
    left: set[str] = field(default_factory=set[str])
    passed_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    standing: list[Standing] = field(default_factory=list[Standing])
    claims: list[Claim] = field(default_factory=list[Claim])
    failed_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    unit: int | None = None


def pack_trace(trace: CaseTrace) -> bytes:
    """Return a trace as stored bytes."""
    stays = [[token, s.element, s.since, s.is_queued, s.claimed, s.due, s.asked] for token, s in trace.stays.items()]
    claims = [[claim.at, claim.person, claim.is_back] for claim in trace.claims]
    standing = [list(item) for item in trace.standing]
    return pack([stays, sorted(trace.left), trace.passed_at, standing, claims, trace.failed_at, trace.unit])


def read_trace(version: int, content: bytes) -> CaseTrace:
    """Return a stored trace.

    :raise Unreadable: the bytes are damaged.
    """
    stays, left, passed_at, standing, *later = cast("tuple[Any, ...]", unpack(content))
    claims, failed_at, unit = later or ((), {}, None)  # those of earlier versions end before them
    return CaseTrace(
        version,
        {token: Stay(*stay) for token, *stay in stays},
        set(left),
        passed_at,
        [(element, day, release_id) for element, day, release_id in standing],
        [Claim(*claim) for claim in claims],
        failed_at,
        unit,
    )


class Folding:
    """Adds the moments of one case to figures.

    :ivar figures: what they have added so far, by place.
    """

    def __init__(self, process: str, person: int, office: OfficeTime, trace: CaseTrace) -> None:
        """Go on behind the steps of a trace, which is changed.

        :param person: whom or what the case is about.
        """
        self.figures: defaultdict[Place, Figures] = defaultdict(Figures)
        self.trace = trace
        self._process, self._person, self._office = process, person, office
        self._outline = NOWHERE

    def take(self, moment: Moment) -> None:
        """Take the next moment in; a step that was taken in before changes nothing."""
        if moment.version > self.trace.version:
            self.trace.version = moment.version
            self._step(moment)

    def claim(self, claims: Iterable[Claim]) -> None:
        """Note that somebody took tasks of queues; they must be known before the steps that are later."""
        self.trace.claims = sorted({*self.trace.claims, *claims})

    def ends_queue(self, moment: Moment) -> bool:
        """Say whether a step is told right only when all claims up to it are known."""
        tokens = (*moment.content.get("closed", ()), _handed_on(moment).get("token", 0))
        stays = (self.trace.stays.get(token) for token in tokens)
        return any(stay is not None and stay.is_queued for stay in stays)

    def stand(self, release_id: int, at: datetime, tokens: Mapping[int, str], others: Sequence[str]) -> None:
        """Note where the case stands now.

        :param at: when it got there at the latest.
        :param tokens: the elements of its open tasks by token; others that were thought to be open are not any more.
        :param others: the elements at which it stands beside.
        """
        stays = {token: self.trace.stays.get(token) or Stay(element, at) for token, element in tokens.items()}
        for token, element in tokens.items():
            stays[token].element = element
        self.trace.stays = stays
        since = [(stay.element, stay.since) for stay in stays.values()]
        since += [(element, self._stands_since(element) or at) for element in others]
        self.trace.standing = [(name, local_day(start, self._office.zone), release_id) for name, start in since]

    def _stands_since(self, name: str) -> datetime | None:
        element = self._outline.elements.get(name)
        return self.trace.failed_at.get(name) or (self._since(self._outline, element) if element else None)

    def _step(self, moment: Moment) -> None:
        content, self._outline = moment.content, moment.outline
        self._hand_on(moment)
        opened = {item[0]: item for item in content.get("opened", ())}
        passed: Sequence[str] = content.get("passed", ())
        for token in content.get("closed", ()):
            if not self._goes_on(moment, token, opened.get(token)):
                self._close(moment, token, passed)
        for token, element, assignee, _candidate in opened.values():
            self._open(moment, token, element, is_queued=assignee is None)
        for name in passed:
            self._pass(moment, name)
        for name in content.get("incidents", ()):
            self._at(moment, name).failed += 1
            self.trace.failed_at[name] = moment.at
        reached = [*(item[1] for item in opened.values()), *content.get("incidents", ())]
        for flow in flows_taken(moment.outline, passed, reached):
            self._at(moment, flow).left_count += 1
        self._note_passed(moment, passed)
        if not any(stay.is_queued for stay in self.trace.stays.values()):
            self.trace.claims = [claim for claim in self.trace.claims if claim.at > moment.at]

    def _hand_on(self, moment: Moment) -> None:
        """Note when a task was taken that goes to another now."""
        handed = _handed_on(moment)
        stay = self.trace.stays.get(handed.get("token", 0))
        if stay is not None and stay.is_queued:
            stay.claimed = self._claimed(stay, handed.get("from"), moment.at)

    def _claimed(self, stay: Stay, person: int | None, at: datetime) -> datetime | None:
        """Return when a task of the queue was taken that somebody has at an instant; a claim tells of one task."""
        claim = claim_of(self.trace.claims, person, stay.asked or stay.since, at) if person is not None else None
        if claim is None:
            return stay.claimed
        self.trace.claims.remove(claim)
        return claim.at

    def _goes_on(self, moment: Moment, token: int, opened: Sequence[Any] | None) -> bool:
        """Say whether a task that is closed and opened in one step is the same one: asked anew, or carried over."""
        stay = self.trace.stays.get(token)
        if stay is None or opened is None:
            return False
        if moment.is_move:
            stay.element = opened[1]
        return bool(stay.element == opened[1])

    def _open(self, moment: Moment, token: int, element: str, *, is_queued: bool) -> None:
        before = self.trace.stays.get(token)
        if before is not None and before.element == element:
            before.is_queued = is_queued  # asked anew, of somebody else
            if not moment.is_move:
                before.asked, before.claimed = moment.at, None
            return
        self.trace.stays[token] = Stay(element, moment.at, is_queued)
        place = self._at(moment, element)
        place.entered += 1
        place.returned += self._returns(moment.outline, element)

    def _close(self, moment: Moment, token: int, passed: Sequence[str]) -> None:
        stay = self.trace.stays.pop(token, None)
        if stay is None:
            return
        if moment.content.get("token") == token:
            stay.element = moment.content.get("element") or stay.element  # it may have been carried to another release
        place = self._at(moment, stay.element)
        if stay.element not in passed:
            place.withdrawn += 1
            return
        place.left_count += 1
        self._add_stay(place, stay.since, moment.at)
        if moment.actor is not None:
            place.doers = few_of({*place.doers, moment.actor})
        taken = self._claimed(stay, moment.actor, moment.at) if stay.is_queued else None
        if taken is not None:
            place.queued[bin_of(self._office.minutes_between(stay.since, taken))] += 1
            place.handled[bin_of(self._office.minutes_between(taken, moment.at))] += 1
        if stay.due is not None:
            is_late = local_day(moment.at, self._office.zone) > stay.due
            place.late += is_late
            place.on_time += not is_late

    def _pass(self, moment: Moment, name: str) -> None:
        element = moment.outline.elements.get(name)
        if element is None or element.is_human:
            return
        place = self._at(moment, name)
        place.left_count += 1
        place.returned += self._returns(moment.outline, name)
        since = self._since(moment.outline, element)
        if since is not None:
            self._add_stay(place, since, moment.at)

    def _since(self, outline: Outline, element: Element) -> datetime | None:
        """Return when something that waits was reached: what leads to it was passed then."""
        if not element.waits:
            return None
        sources = (outline.flows[flow].source for flow in element.incoming)
        return max((self.trace.passed_at[name] for name in sources if name in self.trace.passed_at), default=None)

    def _add_stay(self, place: Figures, since: datetime, until: datetime) -> None:
        working, wall = self._office.minutes_between(since, until), wall_minutes(since, until)
        place.working_minutes += working
        place.wall_minutes += wall
        place.working[bin_of(working)] += 1
        place.wall[bin_of(wall)] += 1
        place.people = few_of({*place.people, self._person})

    def _returns(self, outline: Outline, name: str) -> bool:
        return name in self.trace.left and not _is_repeated(outline, name)

    def _note_passed(self, moment: Moment, passed: Sequence[str]) -> None:
        self.trace.left.update(passed)
        for name in passed:
            self.trace.failed_at.pop(name, None)
            element = moment.outline.elements.get(name)
            if element is not None and any(following.waits for following in moment.outline.next_of(element)):
                self.trace.passed_at[name] = moment.at

    def _at(self, moment: Moment, element: str) -> Figures:
        month = local_day(moment.at, self._office.zone).replace(day=1)
        return self.figures[Place(self._process, moment.release_id, element, month)]


def _handed_on(moment: Moment) -> Mapping[str, Any]:
    """Return which task goes from whom to whom with a step; nothing if none does."""
    content = moment.content
    handed: Mapping[str, Any] = content.get("data", {}) if content.get("kind") in ("delegate", "hand_over") else {}
    return handed


def _is_repeated(outline: Outline, name: str) -> bool:
    """Say whether the diagram itself has an element done more than once: in rounds, or inside something in rounds."""
    return any(element.loop is not None for element in _around(outline, name))


def _around(outline: Outline, name: str) -> Iterator[Element]:
    element = outline.elements.get(name)
    while element is not None:
        yield element
        element = outline.elements.get(element.container)
