"""What the rules see of a post: whose it is, in which unit, on which day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from engine.command import Context
from processes.people.days import local_day
from processes.promotion.posts.holding import find_post, tenures_of


@dataclass(frozen=True, slots=True)
class PostSubject:
    """A post as the rules see it on a day.

    :param holders: who holds it that day.
    """

    tenant: str
    post_id: int
    unit_id: int
    day: date
    holders: frozenset[int]


def post_subject(read: Connection, tenant: str, post_id: int, day: date) -> PostSubject:
    """Return a post of a city as the subject of a rule.

    :raise NotFound: there is no such post in that city.
    """
    post = find_post(read, tenant, post_id)
    tenures = tenures_of(read, tenant, post_id, day)
    holders = frozenset(item.person for item in tenures if item.last is None or item.last >= day)
    return PostSubject(tenant, post.id, post.unit_id, day, holders)


def subject_of(context: Context, post_id: int) -> PostSubject:
    """Return a post of the actor's city as the subject of a command.

    :raise NotFound: there is no such post in that city.
    """
    tenant = context.actor.tenant
    return post_subject(context.read, tenant, post_id, local_day(context, tenant))
