"""Begin to fill a vacant post of an administrator or supervisor."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Connection, bindparam, select

from engine.command import Changes, Context, TenantSubject
from engine.commands.start_case import NewCase, StartCases
from engine.errors import Conflict, Invalid
from engine.records.case import CaseStatus, case
from processes.promotion.appointing.records import AppointmentKind
from processes.promotion.board.variables import BOARD_PROCESS, FILLED_BY_BOARD, business_key
from processes.promotion.posts.holding import Post, find_post
from processes.promotion.posts.subjects import PostSubject, subject_of

_of_post = select(case.c.status).where(
    case.c.tenant == bindparam("tenant"), case.c.process == BOARD_PROCESS, case.c.subject == bindparam("post")
)


class NotForBoard(Invalid):
    """Posts of this level are not filled by the board."""

    code = "promotion.not_for_board"


class NotVacant(Conflict):
    """Somebody holds the post."""

    code = "promotion.not_vacant"


class FilledAlready(Conflict):
    """The post is being filled already."""

    code = "promotion.filled_already"


@dataclass(frozen=True, slots=True)
class OpenFilling:
    """Begin a case that fills a post; weights come first, names later. The receipt's value is the case."""

    post_id: int
    permission: ClassVar[str] = "post:fill"

    def subject(self, context: Context) -> PostSubject:
        """Return the post."""
        return subject_of(context, self.post_id)

    def execute(self, context: Context, subject: PostSubject) -> Changes:
        """Begin the case.

        :raise NotForBoard: it is a post of another level.
        :raise NotVacant: somebody holds it today.
        :raise FilledAlready: a case for it is running.
        """
        post = find_post(context.read, subject.tenant, self.post_id)
        times = _times(context.read, subject, post)
        variables = {"post": post.id, "level": str(post.level), "appointment": str(AppointmentKind.BOARD)}
        new = NewCase(business_key(post.id, times + 1), post.id, post.name, variables)
        return StartCases(BOARD_PROCESS, (new,)).execute(context, TenantSubject(subject.tenant))


def _times(read: Connection, subject: PostSubject, post: Post) -> int:
    """Return how often the post was filled before, after checking that it can be filled now."""
    if post.level not in FILLED_BY_BOARD:
        raise NotForBoard(f"Post {post.id} is of level {post.level}.", post=post.name)
    if subject.holders:
        raise NotVacant(f"Post {post.id} is held.", post=post.name)
    found = read.execute(_of_post, {"tenant": subject.tenant, "post": post.id}).scalars().all()
    if any(CaseStatus(status).is_running for status in found):
        raise FilledAlready(f"Post {post.id} is being filled.", post=post.name)
    return len(found)
