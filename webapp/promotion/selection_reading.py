"""What the pages of open selections are made of, as the reader may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.guests import is_guest
from processes.people.queries.guests import guests_of
from processes.people.queries.names import names_of
from processes.promotion.parameters import SELECTION, numbers_on
from processes.promotion.selection.queries.requirements import Requirements, requirements_of
from processes.promotion.selection.queries.selections import Applicant, Selection, find_selection, newest_selections
from processes.promotion.selection.queries.standing import HandedIn, Standing, files_of, find_handed_in, standings_of
from processes.promotion.selection.queries.vacant import VacantPost, vacant_posts
from processes.promotion.selection.ranking import Stage
from processes.promotion.selection.records import Step
from webapp.wiring import Alur

_AFTER_NAMES = (Step.ANNOUNCED, Step.APPOINTING, Step.DONE)


@dataclass(frozen=True, slots=True)
class SelectionList:
    """The selections of the city, and whether the reader may announce one."""

    selections: tuple[Selection, ...]
    person: int | None
    may_open: bool


@dataclass(frozen=True, slots=True)
class SeenSelection:
    """A selection as the reader sees it.

    :param own: the reader's application with everything that is known of it.
    :param named: the three names, once they are announced, by the alphabet.
    :param chosen: whoever was chosen; empty before.
    :param needs: what stands between the reader and an application; None where there is nothing to apply for.
    """

    found: Selection
    names: Mapping[int, str]
    own: Standing | None
    named: tuple[str, ...]
    chosen: str
    needs: Requirements | None
    may_withdraw: bool
    may_arrange: bool
    may_judge: bool
    reads_papers: bool
    is_guest: bool

    @property
    def may_apply(self) -> bool:
        """The reader can apply: it is not too late, and nothing is known that stands against it."""
        return self.needs is not None and self.needs.are_met


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates with their scores and files, for those who carry the selection."""

    found: Selection
    standings: tuple[Standing, ...]
    files: Mapping[int, tuple[HandedIn, ...]]


@dataclass(frozen=True, slots=True)
class Arranging:
    """The panel of a selection, for those who name it.

    :param guests: who was invited and is not on it yet, by number and name.
    """

    found: Selection
    names: Mapping[int, str]
    guests: tuple[tuple[int, str], ...]
    is_receiving: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What can be announced, and the bounds of the weights as text."""

    posts: tuple[VacantPost, ...]
    bounds: Mapping[Stage, tuple[str, str]]


def read_list(read: Any, actor: Actor, alur: Alur) -> SelectionList:
    """Return the newest selections of the city."""
    found = newest_selections(read, actor.tenant)
    return SelectionList(found, actor.person, _may(alur, actor, "selection:open", TenantSubject(actor.tenant), read))


def read_selection(read: Any, actor: Actor, alur: Alur, case_id: int) -> SeenSelection:
    """Return one selection as its page shows it.

    :raise NotFound: there is none that the reader may see.
    """
    found = _seen(read, actor, alur, case_id)
    everybody = standings_of(read, found)
    names = {**names_of(read, actor, found.members), **{item.employee: item.name for item in everybody}}
    entry = found.applicant(actor.person)
    return SeenSelection(
        found,
        names,
        next((item for item in everybody if item.employee == actor.person), None),
        _named(found, everybody),
        names.get(found.ended.employee, "") if found.ended is not None and found.ended.employee is not None else "",
        _needs(read, actor, alur, found),
        may_withdraw=_may_withdraw(found, entry),
        may_arrange=_may(alur, actor, "selection:panel", found, read),
        may_judge=_may(alur, actor, "selection:judge", found, read),
        reads_papers=_may(alur, actor, "selection:documents", found, read),
        is_guest=is_guest(actor),
    )


def read_ranking(read: Any, actor: Actor, alur: Alur, case_id: int) -> Ranking:
    """Return all candidates of a selection.

    :raise NotFound: the reader may not see them.
    """
    found = _seen(read, actor, alur, case_id)
    alur.engine.policy.require(actor, "selection:judge", found, read)
    files: dict[int, tuple[HandedIn, ...]] = {}
    for item in files_of(read, found):
        files[item.employee] = (*files.get(item.employee, ()), item)
    return Ranking(found, standings_of(read, found), files)


def read_handed_in(read: Any, actor: Actor, alur: Alur, case_id: int, *, number: int, kind: str) -> HandedIn:
    """Return a file of a candidate: one's own, or one that the reader has to read.

    :raise NotFound: there is none for this reader.
    """
    found = _seen(read, actor, alur, case_id)
    own = found.applicant(actor.person)
    is_own = own is not None and own.number == number
    if not is_own and not _may(alur, actor, "selection:documents", found, read):
        raise NotFound()
    return find_handed_in(read, found, number, kind)


def read_arranging(read: Any, actor: Actor, alur: Alur, case_id: int) -> Arranging:
    """Return the panel of a selection with who may join it.

    :raise NotFound: the reader may not name it.
    """
    found = _seen(read, actor, alur, case_id)
    alur.engine.policy.require(actor, "selection:panel", found, read)
    invited = guests_of(read, actor.tenant, case_id, alur.now_in(actor.tenant).date())
    free = tuple((item.id, item.full_name) for item in invited if item.id not in found.members)
    return Arranging(found, names_of(read, actor, found.members), free, found.stage is Step.RECEIVING)


def read_opening(read: Any, actor: Actor, alur: Alur) -> Opening:
    """Return what the reader may announce.

    :raise NotFound: the reader may announce nothing.
    """
    alur.engine.policy.require(actor, "selection:open", TenantSubject(actor.tenant), read)
    day = alur.now_in(actor.tenant).date()
    rules = numbers_on(read, actor.tenant, SELECTION, day, alur.directory.city(actor.tenant)).values
    bounds = {stage: (str(rules[f"least.{stage}"]), str(rules[f"most.{stage}"])) for stage in Stage}
    return Opening(vacant_posts(read, actor.tenant, day), bounds)


def read_withdrawing(read: Any, actor: Actor, alur: Alur, case_id: int) -> Selection:
    """Return a selection from which the reader may withdraw.

    :raise NotFound: there is nothing to withdraw.
    """
    found = _seen(read, actor, alur, case_id)
    if not _may_withdraw(found, found.applicant(actor.person)):
        raise NotFound()
    return found


def _seen(read: Any, actor: Actor, alur: Alur, case_id: int) -> Selection:
    found = find_selection(read, actor.tenant, case_id)
    alur.engine.policy.require(actor, "selection:view", found, read)
    return found


def _may(alur: Alur, actor: Actor, permission: str, subject: Any, read: Any) -> bool:
    return alur.engine.policy.allows(actor, permission, subject, read)


def _needs(read: Any, actor: Actor, alur: Alur, found: Selection) -> Requirements | None:
    now, person = alur.now_in(actor.tenant), actor.person
    if person is None or is_guest(actor) or person in found.applicants | found.members:
        return None
    if not found.is_receiving(now.date()):
        return None
    return requirements_of(read, found, person, now=now, city=alur.directory.city(actor.tenant))


def _may_withdraw(found: Selection, entry: Applicant | None) -> bool:
    is_open = not found.is_over and found.stage is not Step.APPOINTING
    return entry is not None and not entry.is_withdrawn and is_open


def _named(found: Selection, everybody: tuple[Standing, ...]) -> tuple[str, ...]:
    if found.stage not in _AFTER_NAMES:
        return ()
    return tuple(sorted(item.name for item in everybody if item.is_named and not item.is_withdrawn))
