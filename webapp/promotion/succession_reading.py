"""Reads the succession lists for whoever may know them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.command import TenantSubject
from engine.errors import NotFound
from engine.policy.actor import Actor
from processes.people.queries import Unit, all_units, find_unit
from processes.people.queries.names import names_of
from processes.promotion.parameters import SUCCESSION, numbers_on
from processes.promotion.posts.holding import Post, find_post
from processes.promotion.posts.mapping import MappedPost, read_map
from processes.promotion.posts.retirement import months_later
from processes.promotion.posts.subjects import post_subject
from processes.promotion.succession.drawing import FEEDERS
from processes.promotion.succession.lists import (
    Listed,
    Standing,
    SuccessionList,
    find_list,
    names_on,
    standings,
    versions_of,
)
from webapp.promotion.career_reading import around
from webapp.wiring import Alur

#: Rows of a page.
PAGE = 25


@dataclass(frozen=True, slots=True)
class KeyPost:
    """A key post with the newest list that it has."""

    mapped: MappedPost
    unit: Unit
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class KeyPosts:
    """A page of key posts, and how many of all of them have a list in force."""

    rows: tuple[KeyPost, ...]
    posts: int
    covered: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PostSuccession:
    """The lists of a key post, the one that is shown with its names.

    :param may_approve: the reader may approve lists such as the one that is shown.
    :param is_old: the list in force was approved longer ago than lists hold.
    """

    post: Post
    unit: Unit
    versions: tuple[SuccessionList, ...]
    shown: SuccessionList | None
    listed: tuple[Listed, ...]
    drawn_by: str
    is_old: bool
    may_draw: bool
    may_approve: bool

    @property
    def is_waiting(self) -> bool:
        """The version that is shown is the newest one, and nobody has approved it."""
        return self.shown is not None and self.shown is self.versions[0] and not self.shown.is_approved


def read_key_posts(read: Any, actor: Actor, alur: Alur, page: int) -> KeyPosts:
    """Return the key posts of the city: without a list first, then by class.

    :raise NotFound: the lists are not for this reader.
    """
    alur.engine.policy.require(actor, "succession:view", TenantSubject(actor.tenant), read)
    here, units = around(alur, actor.tenant), {unit.id: unit for unit in all_units(read, actor.tenant)}
    posts = [item for item in read_map(read, actor.tenant, here.today, city=here.city) if item.post.level in FEEDERS]
    known = standings(read, actor.tenant)
    posts.sort(key=lambda item: item.post.id in known)  # stable: the highest class first among each
    pages = max(1, -(-len(posts) // PAGE))
    page = min(max(page, 1), pages)
    shown = posts[(page - 1) * PAGE : page * PAGE]
    rows = tuple(KeyPost(item, units[item.post.unit_id], known.get(item.post.id)) for item in shown)
    covered = sum(1 for item in posts if item.post.id in known and known[item.post.id].list.is_approved)
    return KeyPosts(rows, len(posts), covered, page, pages)


def read_succession(read: Any, actor: Actor, alur: Alur, post_id: int, version: int | None) -> PostSuccession:
    """Return the lists of a key post, with the names of one version, by default of the newest.

    :raise NotFound: there is no such key post, or its lists are not for this reader.
    """
    policy, here = alur.engine.policy, around(alur, actor.tenant)
    policy.require(actor, "succession:view", TenantSubject(actor.tenant), read)
    post = find_post(read, actor.tenant, post_id)
    if post.level not in FEEDERS:
        raise NotFound()
    versions = versions_of(read, actor.tenant, post_id)
    shown = next((item for item in versions if item.version == version), versions[0] if versions else None)
    drawn_by = shown.drawn_by if shown is not None else None
    return PostSuccession(
        post,
        find_unit(read, actor.tenant, post.unit_id),
        versions,
        shown,
        names_on(read, actor.tenant, shown.id) if shown is not None else (),
        names_of(read, actor, [drawn_by]).get(drawn_by, "") if drawn_by is not None else "",
        _is_old(read, actor, alur, shown),
        policy.allows(actor, "succession:draw", post_subject(read, actor.tenant, post_id, here.today), read),
        shown is not None and policy.allows(actor, "succession:approve", shown, read),
    )


def read_list(read: Any, actor: Actor, alur: Alur, list_id: int) -> tuple[SuccessionList, Post, tuple[Listed, ...]]:
    """Return one version with its post and lines.

    :raise NotFound: there is no such list, or it is not for this reader.
    """
    alur.engine.policy.require(actor, "succession:view", TenantSubject(actor.tenant), read)
    found = find_list(read, actor.tenant, list_id)
    return found, find_post(read, actor.tenant, found.post_id), names_on(read, actor.tenant, list_id)


def _is_old(read: Any, actor: Actor, alur: Alur, shown: SuccessionList | None) -> bool:
    if shown is None or shown.approved_on is None:
        return False
    here = around(alur, actor.tenant)
    rules = numbers_on(read, actor.tenant, SUCCESSION, here.today, here.city)
    last: date = months_later(shown.approved_on, int(rules.values["list.valid_months"]))
    return here.today > last
