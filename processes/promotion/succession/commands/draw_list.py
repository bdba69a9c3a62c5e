"""Draw the succession list of a key post as a new version."""

from dataclasses import dataclass
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import Conflict, Invalid
from engine.records.changes import Write, write
from processes.promotion.posts.holding import find_post
from processes.promotion.posts.subjects import PostSubject, subject_of
from processes.promotion.queries.coming import Surroundings
from processes.promotion.succession.drawing import FEEDERS, Successor, draw
from processes.promotion.succession.lists import versions_of
from processes.promotion.succession.records import succession_list, succession_name


class NoKeyPost(Invalid):
    """Lists are kept for high leadership and administrator posts."""

    code = "succession.no_key_post"


class NoStandard(Invalid):
    """The post has no standard of competencies by which anybody could be measured."""

    code = "succession.no_standard"


class StillWaiting(Conflict):
    """The version before was neither approved nor drawn on another day."""

    code = "succession.still_waiting"


@dataclass(frozen=True, slots=True)
class DrawList:
    """Keep who could follow in a post today as the next version; the receipt's value is the id of the list."""

    post_id: int
    permission: ClassVar[str] = "succession:draw"

    def subject(self, context: Context) -> PostSubject:
        """Return the post.

        :raise NotFound: there is no such post in the city.
        """
        return subject_of(context, self.post_id)

    def execute(self, context: Context, subject: PostSubject) -> Changes:
        """Add the version with its names.

        :raise Invalid: the post is no key post, or has no standard.
        :raise StillWaiting: a version of today waits for its approval.
        """
        tenant, post = subject.tenant, find_post(context.read, subject.tenant, self.post_id)
        if post.level not in FEEDERS:
            raise NoKeyPost()
        before = next(iter(versions_of(context.read, tenant, post.id)), None)
        if before is not None and not before.is_approved and before.drawn_on == subject.day:
            raise StillWaiting()
        around = Surroundings(context.directory.city(tenant), context.now.astimezone(context.directory.zone(tenant)))
        found = draw(context.read, tenant, around, post, drawn_by=context.actor.person)
        if found is None:
            raise NoStandard()
        number = context.new_id()
        head = write(
            succession_list.insert(),
            id=number,
            tenant=tenant,
            post_id=post.id,
            version=before.version + 1 if before is not None else 1,
            rules=found.rules.version,
            drawn_on=subject.day,
            drawn_by=context.actor.person,
            drawn_at=context.now,
        )
        rows = [_row(number, tenant, one) for one in found.names]
        names = (Write(succession_name.insert(), rows),) if rows else ()
        return Changes((head, *names), subject=post.id, value=number)


def _row(number: int, tenant: str, one: Successor) -> dict[str, object]:
    return {
        "list_id": number,
        "employee_id": one.person,
        "tenant": tenant,
        "place": one.place,
        "readiness": str(one.readiness) if one.readiness is not None else None,
        "excluded": str(one.excluded) if one.excluded is not None else None,
        "box": one.box,
        "value": one.value,
        "fit": one.fit,
        "short": one.short,
        "levels": one.levels,
        "unassessed": one.unassessed,
    }
