"""Background work of careers: grades that follow new ranks, posts that follow inaugurations."""

from sqlalchemy import select

from engine.engine import Engine
from engine.policy.actor import system_actor
from engine.worker import TASKS
from processes.people.careers import rank
from processes.promotion.appointing.commands.take_post import TakePost
from processes.promotion.appointing.following import appointing_cities, appointments_behind
from processes.promotion.commands.follow_ranks import FollowRanks, lies_behind

EVERY_HOUR = "40 * * * *"  # ranks begin on the first of a month; the computer of a small office is off at night

_promoting = select(rank.c.tenant).where(rank.c.case_id.is_not(None)).distinct().order_by(rank.c.tenant)


@TASKS.task("follow_ranks", cron=EVERY_HOUR)
def follow_ranks(engine: Engine) -> None:
    """Let the grades of all cities be those of the newest ranks."""
    with engine.database.reading() as read:
        tenants = read.execute(_promoting).scalars().all()
    for tenant in tenants:
        day = engine.clock().astimezone(engine.directory.zone(tenant)).date()
        with engine.database.reading() as read:
            is_behind = lies_behind(read, tenant, day)
        if is_behind:
            engine.run(FollowRanks(), system_actor(tenant))


@TASKS.task("follow_appointments", cron=EVERY_HOUR)
def follow_appointments(engine: Engine) -> None:
    """Let whoever was inaugurated hold the post from its day on, in all cities."""
    with engine.database.reading() as read:
        tenants = appointing_cities(read)
    for tenant in tenants:
        day = engine.clock().astimezone(engine.directory.zone(tenant)).date()
        with engine.database.reading() as read:
            behind = appointments_behind(read, tenant, day)
        for case_id in behind:
            engine.run(TakePost(case_id), system_actor(tenant))
