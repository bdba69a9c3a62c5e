"""Reads what the pages about the filling of posts show, for whom the rules let see it."""

from dataclasses import dataclass
from typing import Any

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries.names import names_of
from processes.promotion.board.queries.considered import (
    Candidate,
    Counts,
    Voice,
    candidates_page,
    counts_of,
    own_row,
    voices_of,
)
from processes.promotion.board.queries.fillings import (
    PAGE,
    FillingPage,
    FillingRow,
    fillings_of,
    fillings_page,
    find_filling,
    running_filling,
)
from processes.promotion.board.subjects import filling_subject
from processes.promotion.board.variables import FILLED_BY_BOARD
from processes.promotion.posts.holding import find_post
from processes.promotion.posts.subjects import post_subject
from webapp.wiring import Alur


@dataclass(frozen=True, slots=True)
class SeenFilling:
    """A filling for those who prepare, review, decide or audit it."""

    row: FillingRow
    counts: Counts
    is_eligible: bool
    candidates: tuple[Candidate, ...]
    page: int
    pages: int
    voices: tuple[Voice, ...]
    names: dict[int, str]


@dataclass(frozen=True, slots=True)
class OwnFilling:
    """A filling as somebody sees it who was considered: his own row, and how it ended."""

    row: FillingRow
    own: Candidate
    counts: Counts


@dataclass(frozen=True, slots=True)
class Opening:
    """What the page of a post offers about its filling.

    :param running: the case, for whoever may see it; None if the post is not being filled.
    """

    may_open: bool
    running: int | None


def read_fillings(read: Any, actor: Actor, alur: Alur, page: int) -> FillingPage:
    """Return a page of the city's fillings.

    :raise NotFound: the reader may not see them.
    """
    alur.engine.policy.require(actor, "filling:list", TenantSubject(actor.tenant), read)
    return fillings_page(read, actor.tenant, page)


def read_filling(
    read: Any, actor: Actor, alur: Alur, case_id: int, *, page: int, is_eligible: bool
) -> SeenFilling | OwnFilling:
    """Return a filling in full, or what somebody may see who was considered himself.

    :raise NotFound: there is none, or the reader has nothing to do with it.
    """
    policy, tenant = alur.engine.policy, actor.tenant
    subject = filling_subject(read, tenant, case_id, alur.now_in(tenant).date())
    row, counts = find_filling(read, tenant, case_id), counts_of(read, tenant, case_id)
    if not policy.allows(actor, "filling:view", subject, read):
        policy.require(actor, "filling:own", subject, read)
        return _own(read, actor, row, counts)
    people = counts.eligible if is_eligible else counts.considered - counts.eligible
    pages = max(1, -(-people // PAGE))
    page = min(max(page, 1), pages)
    found = candidates_page(read, tenant, case_id, page=page, is_eligible=is_eligible)
    involved = (row.signed.by if row.signed else None, *((row.ended.by, row.ended.employee) if row.ended else ()))
    names = names_of(read, actor, involved)
    voices = voices_of(read, tenant, case_id)
    return SeenFilling(row, counts, is_eligible, found, page, pages, voices, names)


def read_opening(read: Any, actor: Actor, alur: Alur, post_id: int) -> Opening:
    """Return whether the reader may begin to fill a post, or where he sees how it is filled."""
    tenant, day = actor.tenant, alur.now_in(actor.tenant).date()
    if find_post(read, tenant, post_id).level not in FILLED_BY_BOARD:
        return Opening(may_open=False, running=None)
    running = running_filling(read, tenant, post_id)
    if running is not None:
        subject = filling_subject(read, tenant, running.case_id, day)
        is_seen = alur.engine.policy.allows(actor, "filling:view", subject, read)
        return Opening(may_open=False, running=running.case_id if is_seen else None)
    subject_ = post_subject(read, tenant, post_id, day)
    is_free = not subject_.holders and alur.engine.policy.allows(actor, "post:fill", subject_, read)
    return Opening(may_open=is_free, running=None)


def my_fillings(read: Any, actor: Actor) -> tuple[FillingRow, ...]:
    """Return the newest fillings in which the reader was considered."""
    return fillings_of(read, actor.tenant, actor.person) if actor.person is not None else ()


def _own(read: Any, actor: Actor, row: FillingRow, counts: Counts) -> OwnFilling:
    own = own_row(read, actor.tenant, row.case_id, actor.person) if actor.person is not None else None
    if own is None:
        raise NotFound()
    return OwnFilling(row, own, counts)
